import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './process.mjs';
import { swiftShaderFolder } from './software-vulkan.mjs';

/** In CI alone, as it packs 150 MB: on the system that the kit is for, with what it is packed of. */
const isPossible =
  Boolean(process.env.CI) &&
  process.platform === 'linux' &&
  process.arch === 'x64' &&
  swiftShaderFolder !== undefined &&
  existsSync(join(root, '..', 'shared', 'reference'));

test.runIf(isPossible)(
  'the kit for a machine with a GPU runs where there is nothing else',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'lantern-kit-'));
    const kit = join(folder, 'kit');
    /** With the software GPU's driver, and no other variable of this machine. */
    const env = {
      VK_DRIVER_FILES: join(swiftShaderFolder ?? '', 'vk_swiftshader_icd.json'),
      PATH: '/usr/bin:/bin',
    };
    try {
      const vulkan = join(swiftShaderFolder ?? '', 'libvulkan.so.1');
      const loader = existsSync(vulkan) ? ['--vulkan', vulkan] : [];
      const packed = spawnSync(
        process.execPath,
        [join(root, 'tools', 'gpu-kit.mjs'), kit, ...loader],
        {
          encoding: 'utf8',
        },
      );
      expect(packed.stderr).toBe('');
      const bytes = readdirSync(kit).reduce((sum, name) => sum + statSync(join(kit, name)).size, 0);
      expect(bytes).toBeLessThan(64 * 2 ** 20);
      const told = spawnSync('/bin/sh', [join(kit, 'run.sh'), 'gpus'], { env, encoding: 'utf8' });
      expect(told.stdout).toMatch(/SwiftShader/);
      expect(told.status).toBe(0);
      const bench = spawnSync(
        '/bin/sh',
        [join(kit, 'run.sh'), 'bench', '--cases', 'watertank', '--quick'],
        { env: { ...env, KIT_ENGINE: 'cpu' }, encoding: 'utf8' },
      );
      expect(bench.stdout).toMatch(/^watertank +100000 /m);
      expect(readdirSync(join(kit, 'results'))).toContainEqual(
        expect.stringMatching(/-cpu\.json$/),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  600_000,
);
