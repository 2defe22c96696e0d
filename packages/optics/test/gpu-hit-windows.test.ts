import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { openSoftwareGpu, skipSoftwareGpu } from './software-gpu.ts';
import { compileFunction, type WgslFunction, wgslModule } from './wgsl-functions.ts';

/** A time, a float32, and a width, a float64 above 0. */
type Case = readonly [time: number, width: number];

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);
const double = new Float64Array(1);
const doubleBits = new BigUint64Array(double.buffer);

/** The bits of the arguments of `windowKey`: the width as M 2^e. */
function argumentsOf([time, width]: Case): number[] {
  float[0] = time;
  double[0] = width;
  const word = doubleBits[0] ?? 0n;
  let [mantissa, exponent] = [word & (2n ** 52n - 1n), Number(word >> 52n)];
  if (exponent === 0) {
    exponent = 1;
    for (; mantissa < 2n ** 52n; mantissa *= 2n) exponent--;
  } else mantissa += 2n ** 52n;
  return [
    bits[0] ?? 0,
    ...[17, Number(mantissa % 2n ** 32n), Number(mantissa / 2n ** 32n)],
    (exponent - 1075) >>> 0,
  ];
}

/** The key as the windows' order has it: an integer as it is, beyond 2^53 in the order of the float64s. */
function keyOf([time, width]: Case): bigint {
  const window = Math.floor(Math.fround(time) / width);
  if (Number.isNaN(window)) return 0xffff_ffffn * 2n ** 32n + 17n;
  const size = Math.abs(window);
  double[0] = size;
  const large = (doubleBits[0] ?? 0n) - BigInt(1023 + 53) * 2n ** 52n + 2n ** 53n;
  const key = size < 2 ** 53 ? BigInt(size) : large;
  return 2n ** 63n + (window < 0 ? -key : key);
}

describe.skipIf(skipSoftwareGpu)('windows on the GPU', () => {
  let windows: WgslFunction;
  beforeAll(async () => {
    windows = await compileFunction(await openSoftwareGpu(), [wgslModule('hits/window')], {
      call: 'windowKey',
      takes: ['u32', 'u32', 'vec2<u32>', 'i32'],
      gives: 'vec2<u32>',
    });
  });

  async function check(cases: readonly Case[]): Promise<void> {
    const keys = await windows.evaluate(Uint32Array.from(cases.flatMap(argumentsOf)));
    const found = cases.map(
      (_, i) => BigInt(keys[2 * i + 1] ?? 0) * 2n ** 32n + BigInt(keys[2 * i] ?? 0),
    );
    const wrong = cases.filter((each, i) => found[i] !== keyOf(each));
    expect(wrong).toEqual([]);
  }

  const width = fc.double({ min: 0, minExcluded: true, noNaN: true, noDefaultInfinity: true });
  const cases = (count: number, one: fc.Arbitrary<Case>): fc.Arbitrary<Case[]> =>
    fc.array(one, { minLength: count, maxLength: count });

  test('[HIT12] of all times and widths are those of float64', async () => {
    const any = fc.tuple(fc.float(), width);
    await fc.assert(fc.asyncProperty(cases(2000, any), check), { numRuns: 20 });
  });

  test('[HIT12] of ordinary times and widths', async () => {
    const time = fc.float({ min: -1e6, max: 1e6, noNaN: true });
    const ordinary = fc.tuple(time, fc.double({ min: 1e-3, max: 1e3, noNaN: true }));
    await fc.assert(fc.asyncProperty(cases(2000, ordinary), check), { numRuns: 20 });
  });

  test('[HIT12] where times are whole windows but for rounding', async () => {
    const edge = fc
      .tuple(
        fc.integer({ min: -(2 ** 24), max: 2 ** 24 }),
        fc.integer({ min: 1, max: 5000 }),
        fc.nat({ max: 6 }),
      )
      .map(([n, part, off]): Case => {
        const time = Math.fround(n / 8);
        double[0] = time === 0 ? 0.1 : Math.abs(time) / part;
        doubleBits[0] = (doubleBits[0] ?? 0n) + BigInt(off - 3);
        return [time, double[0] ?? 1];
      });
    await fc.assert(fc.asyncProperty(cases(2000, edge), check), { numRuns: 20 });
  });

  test('[HIT12] at the ends of the numbers', async () => {
    const times = [0, 1e-45, 1.1754944e-38, 1, 3.4028234663852886e38, Number.POSITIVE_INFINITY];
    const widths = [
      5e-324,
      1e-310,
      2 ** -149,
      1,
      2 ** 127,
      2 ** 925,
      2 ** 926,
      2 ** 927,
      1.5e308,
      1.7976931348623157e308,
    ];
    const pairs = times.flatMap((time) => widths.map((each): Case => [time, each]));
    await check([...pairs, ...pairs.map(([time, each]): Case => [-time, each]), [Number.NaN, 1]]);
  });
});
