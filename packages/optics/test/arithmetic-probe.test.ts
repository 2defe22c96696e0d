import { describe, expect, test } from 'vitest';
import { OpticsError } from '../src/errors.ts';
import { probeArithmetic } from '../src/gpu/arithmetic-probe.ts';
import type { OpenedGpu } from '../src/gpu/open-gpu.ts';
import { withFusedFma } from './fused-fma.ts';
import { openSoftwareGpu, skipSoftwareGpu } from './software-gpu.ts';
import { wgslModule } from './wgsl-functions.ts';

const gpu = skipSoftwareGpu ? undefined : await openSoftwareGpu();
const wide = wgslModule('wide');

/** The software GPU with another compiler. */
function gpuThat(changes: (code: string) => string): OpenedGpu {
  const device = new Proxy(gpu!.device, {
    get(own, name) {
      if (name === 'createShaderModule')
        return (asked: GPUShaderModuleDescriptor) =>
          own.createShaderModule({ ...asked, code: changes(asked.code) });
      const value: unknown = Reflect.get(own, name, own);
      return typeof value === 'function' ? value.bind(own) : value;
    },
  });
  return { ...gpu!, device };
}

/** a - (a - b) is b: true of numbers, not of f32; differences that are hidden are left alone. */
const reorder = (code: string): string =>
  code.replaceAll(
    /(let (\w+) = \(sum - ([\w.]+)\);\s+let \w+ = )\(sum - \2\)/g,
    (_, before, _name, a) => `${before}${a}`,
  );
const seeThrough = (code: string): string => code.replaceAll(/(?<!fn )exactly\(/g, '(');

describe.skipIf(skipSoftwareGpu)('the arithmetic of a device', () => {
  test.skipIf(process.env.LANTERN_TEST_GPU)(
    '[WIDE9] the fma of SwiftShader rounds twice, and its compiler folds numbers that it knows',
    async () => {
      expect(await probeArithmetic(gpu!, wide)).toEqual({ fused: false, guarded: 'first' });
    },
  );

  test('[WIDE9] a fused fma is found', async () => {
    const { fused } = await probeArithmetic(gpuThat(withFusedFma), wide);
    expect(fused).toBe(true);
  });

  test('[WIDE9] where a compiler reorders sums they are hidden', async () => {
    expect((await probeArithmetic(gpuThat(reorder), wide)).guarded).toBe(true);
    const fused = gpuThat((code) => withFusedFma(reorder(code)));
    expect(await probeArithmetic(fused, wide)).toEqual({ fused: true, guarded: true });
  });

  test('[WIDE9] a device that sees through is refused, by what it gets wrong', async () => {
    const refused = probeArithmetic(
      gpuThat((code) => reorder(seeThrough(code))),
      wide,
    );
    await expect(refused).rejects.toThrow(OpticsError);
    await expect(refused).rejects.toThrow(/wAdd\(a, b\) by 2\^-2\d\.\d.*the CPU engine does/s);
  });

  test('[WIDE9] so are products that lose their error, and poor roots', async () => {
    const lossy = gpuThat((code) => code.replace('third + aLower * bLower', '0.0'));
    await expect(probeArithmetic(lossy, wide)).rejects.toThrow(
      /split products, first sums hidden: wMul\(a, b\) by 2\^-/,
    );
    const poor = gpuThat((code) => code.replace('inverseSqrt(a.x)', '1.0001 * inverseSqrt(a.x)'));
    await expect(probeArithmetic(poor, wide)).rejects.toThrow(/wSqrt\(wAbs\(a\)\) by 2\^-/);
  });
});
