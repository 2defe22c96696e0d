import { packScene } from '@lantern/geometry';
import { describe, expect, test } from 'vitest';
import { inForm } from '../src/gpu/arithmetic-form.ts';
import { assembleKernel } from '../src/gpu/assemble-kernel.ts';
import { kernelModules } from '../src/gpu/generated/kernel-modules.ts';
import type { OpenedGpu } from '../src/gpu/open-gpu.ts';
import { PackedScene } from '../src/gpu/packed-scene.ts';
import { sceneFeatures, stubsWithout } from '../src/gpu/scene-features.ts';
import { sceneConstants } from '../src/gpu/scene-limits.ts';
import { randomDetector } from './random-detector.ts';
import { fillers } from './random-fillers.ts';
import { openSoftwareGpu, skipSoftwareGpu } from './software-gpu.ts';
import { compileFunction } from './wgsl-functions.ts';

/** What a WGSL compiler says of a kernel, with the places in the modules; no machine code is made. */
async function faultsOf(
  device: GPUDevice,
  stubs: readonly string[],
  constants: Readonly<Record<string, number>>,
  form: { readonly fused: boolean; readonly guarded: boolean },
): Promise<string[]> {
  const modules = kernelModules.map((module) =>
    module.name === 'wide.wgsl' ? { ...module, text: inForm(module.text, form) } : module,
  );
  const { code, place } = assembleKernel({ modules, entries: ['run'], stubs, constants });
  device.pushErrorScope('validation');
  const { messages } = await device.createShaderModule({ code }).getCompilationInfo();
  const error = await device.popErrorScope();
  const said = [...messages].map(({ lineNum, message }) => {
    const { file = '', line = 0 } = place(lineNum) ?? {};
    return `${file}:${line}: ${message}`;
  });
  return error && said.length === 0 ? [error.message] : said;
}

describe.skipIf(skipSoftwareGpu)('[KERN8] the text of a kernel is right WGSL', async () => {
  const gpu = skipSoftwareGpu ? undefined : await openSoftwareGpu();
  const device = gpu?.device as GPUDevice;

  test.each([true, false].flatMap((fused) => [true, false].map((guarded) => ({ fused, guarded }))))(
    'with everything, $fused $guarded',
    async (form) => {
      expect(await faultsOf(device, [], {}, form)).toEqual([]);
    },
  );

  test('with nothing', async () => {
    const form = { fused: true, guarded: false };
    expect(await faultsOf(device, stubsWithout(new Set()), {}, form)).toEqual([]);
  });

  test.each(fillers.map(({ name }, i) => [name, i + 1] as const))('for %s', async (only, seed) => {
    const scene = packScene(randomDetector(seed, 'three indices', { only }));
    const features = sceneFeatures(new PackedScene(scene.buffer));
    const form = { fused: false, guarded: true };
    expect(await faultsOf(device, stubsWithout(features), sceneConstants(scene), form)).toEqual([]);
  });

  test('[KERN2] a stub that is called is a fault, with its number, and gives zero', async () => {
    const fault = kernelModules.find(({ name }) => name === 'fault.wgsl');
    const text = `const FAULT_ABSENT: u32 = 1u;
fn leftOut(x: f32) -> vec2<f32> { return vec2<f32>(x, 1.0); }
fn spans(kind: i32) -> i32 {
  switch (kind) { case ONE { return 7; } default { return 8; } }
}
const ONE: i32 = 1;
fn probe(k: i32) -> vec4<u32> {
  fault = 0u;
  if (k == 0) { return vec4<u32>(u32(leftOut(3.0).y), fault, 0u, 0u); }
  return vec4<u32>(u32(spans(k)), fault, 0u, 0u);
}
`;
    const modules = [
      { name: 'fault.wgsl', text: fault?.text ?? '' },
      { name: 'm.wgsl', text },
    ];
    const stubs = ['leftOut', 'spans:ONE'];
    const { code } = assembleKernel({ modules, entries: ['probe'], stubs });
    const probe = await compileFunction(gpu as OpenedGpu, [code], {
      call: 'probe',
      takes: ['i32'],
      gives: 'vec4<u32>',
    });
    expect([...(await probe.evaluate(Uint32Array.of(0, 1, 2)))]).toEqual([
      ...[0, 1, 0, 0],
      ...[0, 1 | (1 << 8), 0, 0],
      ...[8, 0, 0, 0],
    ]);
  });

  test('an error is told with its place in the modules', async () => {
    const broken = { name: 'broken.wgsl', text: '\nfn broken() -> u32 {\n  return 1.5;\n}' };
    const code = assembleKernel({ modules: [broken], entries: ['broken'] });
    device.pushErrorScope('validation');
    const module = device.createShaderModule({ code: code.code });
    const [message] = (await module.getCompilationInfo()).messages;
    await device.popErrorScope();
    expect(code.place(message?.lineNum ?? 0)).toEqual({
      file: 'kernel/wgsl/broken.wgsl',
      line: 3,
    });
  });
});
