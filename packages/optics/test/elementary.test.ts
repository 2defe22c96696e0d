import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { inForm } from '../src/gpu/arithmetic-form.ts';
import type { OpenedGpu } from '../src/gpu/open-gpu.ts';
import { withFusedFma } from './fused-fma.ts';
import { openSoftwareGpu, skipSoftwareGpu } from './software-gpu.ts';
import { compileFunction, wgslModule } from './wgsl-functions.ts';

const own = ['wide', 'elementary'].map(wgslModule).join('\n');
const forms = [
  { name: 'not fused, plain', text: inForm(own, { fused: false, guarded: false }) },
  { name: 'not fused, guarded', text: own },
  { name: 'fused', text: withFusedFma(inForm(own, { fused: true, guarded: false })) },
];

/** The distance of an f32 from the next one away from zero. */
function ulp(value: number): number {
  return 2 ** (Math.floor(Math.log2(Math.max(Math.abs(value), 2 ** -126))) - 23);
}

/** Numbers of f32 between two, dense where the function changes and at its ends. */
function between(least: number, most: number): readonly number[] {
  const inside = fc.double({ min: least, max: most, noNaN: true, noDefaultInfinity: true });
  const even = fc.float({ min: Math.fround(least), max: Math.fround(most), noNaN: true });
  const steps = Array.from({ length: 4001 }, (_, k) => least + ((most - least) * k) / 4000);
  const drawn = fc.sample(fc.oneof(inside, even), { numRuns: 8000, seed: 8 });
  return [...drawn, ...steps].map(Math.fround).filter((x) => x >= least && x <= most);
}

/** Positive numbers of all sizes, and near 1. */
const sizes: readonly number[] = [
  ...between(-110, 110).map((k) => Math.fround(2 ** (k * 0.9))),
  ...between(0.5, 2),
  ...Array.from({ length: 200 }, (_, k) => 1 + (k - 100) * 2 ** -23),
];

describe.skipIf(skipSoftwareGpu).each(forms)('$name', ({ text }) => {
  let gpu: OpenedGpu;

  beforeAll(async () => {
    gpu = await openSoftwareGpu();
  });

  /** What a function of one or two numbers gives. */
  async function values(call: string, rows: readonly (readonly number[])[]): Promise<Float32Array> {
    const takes = rows[0]!.map(() => 'f32' as const);
    const compiled = await compileFunction(gpu, [text], { call, takes, gives: 'f32' });
    const words = new Uint32Array(Float32Array.from(rows.flat()).buffer);
    return new Float32Array((await compiled.evaluate(words)).buffer);
  }

  /** Checks that a function is within so many units of the last place, besides an error of its own. */
  async function expectWithin(
    ulps: number | ((...x: number[]) => number),
    call: string,
    exact: (...x: number[]) => number,
    rows: readonly (readonly number[])[],
    besides: (...x: number[]) => number = () => 0,
  ): Promise<void> {
    const found = await values(call, rows);
    const errors = rows.map((row, i) => {
      const wanted = exact(...row);
      const error = Math.max(0, Math.abs(found[i]! - wanted) - besides(...row)) / ulp(wanted);
      return error / (typeof ulps === 'number' ? ulps : ulps(...row));
    });
    const most = Math.max(...errors);
    const at = errors.findIndex((error) => Object.is(error, most));
    const shown = { call, given: rows[at], found: found[at], exact: exact(...rows[at]!), most };
    expect(shown).toEqual({ ...shown, most: expect.toSatisfy((part) => part <= 1) });
  }

  const alone = (x: readonly number[]): readonly (readonly [number])[] => x.map((each) => [each]);

  test('[ELEM2] logarithm', async () => {
    await expectWithin(2, 'rLog', Math.log, alone(sizes));
    expect([...(await values('rLog', alone([0, -0, -1])))]).toEqual(
      Array(3).fill(Math.fround(-1e30)),
    );
  });

  test('[ELEM3] exponential', async () => {
    await expectWithin(2, 'rExp', Math.exp, alone([...between(-87.3, 88), ...between(-1, 1)]));
    const ends = [...(await values('rExp', alone([-88, -1e30, 0, 1e30])))];
    expect(ends.slice(0, 3)).toEqual([0, 0, 1]);
    expect(ends[3]).toBeLessThan(2e38);
  });

  test('[ELEM4] sine and cosine', async () => {
    const angles = [...between(-4, 4), ...between(-1e3, 1e3), ...between(-1e5, 1e5)];
    const quarters = Array.from({ length: 2000 }, (_, k) => Math.fround((k * k * Math.PI) / 64));
    const besides = (x: number): number => Math.abs(x) * 2 ** -45 + 1e-37;
    for (const [call, exact] of [
      ['rSin', Math.sin],
      ['rCos', Math.cos],
    ] as const) {
      await expectWithin(2, call, exact, alone([...angles, ...quarters]), besides);
      const wild = await values(call, alone([1e8, -1e12, 1e30, -1e30]));
      expect(wild.every((each) => Math.abs(each) <= 1)).toBe(true);
    }
  });

  test('[ELEM5] arc cosine', async () => {
    const near = Array.from({ length: 200 }, (_, k) => 1 - k * 2 ** -24);
    const all = [...between(-1, 1), ...near, ...near.map((x) => -x), 0.5, -0.5, 0];
    await expectWithin(2, 'rAcos', Math.acos, alone(all));
  });

  test('[ELEM6] cube root', async () => {
    await expectWithin(2, 'rCbrt', Math.cbrt, alone([...sizes, ...sizes.map((x) => -x), 0, 1e30]));
  });

  test('[ELEM7] power', async () => {
    const rows = sizes.flatMap((base, k) => {
      const most = 69 / Math.max(1e-3, Math.abs(Math.log(base)));
      const exponent = Math.fround(most * (((k * 0.618) % 2) - 1));
      return [
        [base, exponent] as const,
        [base, Math.fround(Math.min(3, most) * ((k * 0.37) % 1))] as const,
      ];
    });
    await expectWithin(
      (base, exponent) => 2 + Math.abs(exponent! * Math.log(base!)) / 4,
      'rPow',
      Math.pow,
      rows,
    );
    const ends = await values('rPow', [
      [0, 2],
      [0, 0],
      [5, 0],
      [0.5, 1e3],
      [1, 1e30],
    ]);
    expect([...ends]).toEqual([0, 1, 1, 0, 1]);
  });

  test('[ELEM8] the angle of a point', async () => {
    const sides = [...between(-1, 1), ...sizes.slice(0, 4000)];
    const rows = sides.flatMap((y, k) => {
      const x = sides[(k * 7919) % sides.length]!;
      return [
        [y, x] as const,
        [x, y] as const,
        [y, -y] as const,
        [y, Math.fround(y * 0.41421357)] as const,
      ];
    });
    // Without signs of zeros, and without what is lost below 1e-38.
    const kept = rows
      .map(([y, x]) => [y + 0, x + 0] as const)
      .filter(([y, x]) => Math.max(Math.abs(x), Math.abs(y)) > 1e-30)
      .filter(([y, x]) => y === 0 || Math.min(Math.abs(y), Math.abs(Math.atan2(y, x))) > 1e-30);
    await expectWithin(2, 'rAtan2', Math.atan2, [...kept, [0, 1], [1, 0], [-1, 0], [0, -1]]);
    expect((await values('rAtan2', [[0, 0]]))[0]).toBe(0);
  });
});

test('[ELEM1] no function of WGSL with an accuracy of its own, but the square root', () => {
  const builtIn =
    /\b(log2?|exp2?|sin|cos|tan|a(sin|cos|tan2?)h?|sinh|cosh|tanh|pow|inverseSqrt|ldexp)\(/;
  expect(wgslModule('elementary').replaceAll(/\/\/.*/g, '')).not.toMatch(builtIn);
});
