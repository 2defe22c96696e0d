/**
 * Writes the kernels' accessors and constants of the packed scene, the photon row and the generation step, from their
 * descriptions in geometry/src/scene/layout.ts, optics/src/photon-layout.ts, optics/src/genstep-layout.ts and
 * optics/src/gpu/settings-layout.ts: packages/optics/kernel/wasm/generated/scene.ts and
 * packages/optics/kernel/wgsl/generated/scene.wgsl. Then the WGSL twins of the
 * AssemblyScript kernel (emit-wgsl.mjs), and all WGSL modules as one TypeScript module, so that they need no
 * files at run time: packages/optics/src/gpu/generated/kernel-modules.ts.
 *
 * To be run with `--import tools/typescript.mjs`.
 */
import { join } from 'node:path';
import { emitWgsl } from './emit-wgsl.mjs';
import { writeIfChanged } from './generated-file.mjs';
import { kernelModulesText } from './kernel-modules.mjs';
import { assemblyScriptLayout } from './layout-assemblyscript.mjs';
import { wgslLayout } from './layout-wgsl.mjs';
import { root } from './process.mjs';

const optics = join(root, 'packages', 'optics');
writeIfChanged(join(optics, 'kernel', 'wasm', 'generated', 'scene.ts'), assemblyScriptLayout());
writeIfChanged(join(optics, 'kernel', 'wgsl', 'generated', 'scene.wgsl'), wgslLayout());
emitWgsl();
writeIfChanged(
  join(optics, 'src', 'gpu', 'generated', 'kernel-modules.ts'),
  kernelModulesText(join(optics, 'kernel', 'wgsl')),
);
