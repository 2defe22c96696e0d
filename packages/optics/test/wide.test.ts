import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ArithmeticForm, inForm } from '../src/gpu/arithmetic-form.ts';
import { Exact } from './exact-number.ts';
import { withFusedFma } from './fused-fma.ts';
import { openSoftwareGpu, skipSoftwareGpu } from './software-gpu.ts';
import { compileFunction, type WgslType, wgslModule } from './wgsl-functions.ts';
import {
  exactOf,
  isNormal,
  type Wide,
  wideOf,
  widePair,
  widesOf,
  wordsOf,
} from './wide-numbers.ts';

/** A text in one of its forms. */
interface Form extends ArithmeticForm {
  readonly name: string;
  readonly text: string;
}

const own = wgslModule('wide');
const far = 1e30;

/** Division and root as bad as WGSL allows: off by 2.5 ulp here, -2 ulp there. */
const poorBuiltIns = `
fn poorly(v: f32) -> f32 {
  let ulps = select(2, -2, (bitcast<u32>(v) & 1u) == 0u);
  return select(bitcast<f32>(bitcast<i32>(v) + ulps), v, v == 0.0);
}
`;

const forms: readonly Form[] = (
  [
    [false, false],
    [false, 'first'],
    [false, true],
    [true, 'first'],
  ] as const
).map(([fused, guarded]) => ({
  name: `${fused ? 'fused' : 'not fused'}, ${guarded === 'first' ? 'first sums' : guarded ? 'all' : 'nothing'} hidden`,
  fused,
  guarded,
  text: textOf({ fused, guarded }),
}));

function textOf(form: ArithmeticForm): string {
  const text = inForm(own, form);
  return form.fused ? withFusedFma(text) : text;
}

const gpu = skipSoftwareGpu ? undefined : await openSoftwareGpu();

async function evaluate(
  { text }: Form,
  call: string,
  rows: readonly (readonly (Wide | number)[])[],
  gives: WgslType = 'wide',
): Promise<Uint32Array> {
  const takes = rows[0]!.map((part) => (typeof part === 'number' ? 'f32' : 'wide'));
  const compiled = await compileFunction(gpu!, [text], { call, takes, gives });
  return compiled.evaluate(wordsOf(rows));
}

/** Many values of an arbitrary, the same in every run. */
function sample<T>(values: fc.Arbitrary<T>): readonly T[] {
  return fc.sample(values, { numRuns: 6_000, seed: 4 });
}

const pairs = sample(widePair);
const size = (a: Wide): number => Math.abs(a.high);
const flip = (a: Wide): Wide => ({ high: -a.high, low: -a.low });
const highOf = (a: Wide): Wide => ({ high: a.high, low: 0 });

/** Functions of two numbers, and by how much a result is wrong, over what it may be in proportion to. */
interface Case {
  readonly call: string;
  readonly error: (a: Wide, b: Wide, result: Wide) => number;
}

/** What is below the bounds of 32-bit exponents. */
const lost = 1e-36;

/** The error of a result against an exact one, relative to the scale. */
function errorOf(result: Wide, exact: Exact, scale: number): number {
  return Math.max(0, Math.abs(exactOf(result).minus(exact).toNumber()) - lost) / (scale || 1);
}

/** Checks that each call's errors are below a bound; the one that is farthest off is shown. */
async function expectBelow(bound: number, form: Form, cases: readonly Case[]): Promise<void> {
  for (const { call, error } of cases) {
    const rows = /wDiv|wInverse/.test(call)
      ? pairs.filter(([a, b]) => a.high * b.high !== 0)
      : pairs;
    const results = widesOf(await evaluate(form, call, rows));
    const errors = rows.map(([a, b], i) => error(a, b, results[i]!));
    // NaN where an error is.
    const most = Math.max(...errors);
    const worst = errors.findIndex((each) => Object.is(each, most));
    const shown = {
      call,
      given: rows[worst],
      result: results[worst],
      bits: Math.log2(errors[worst]!),
    };
    expect(shown).toEqual({ ...shown, bits: expect.toSatisfy((bits) => bits <= Math.log2(bound)) });
  }
}

const sums: readonly Case[] = [
  { call: 'wAdd', error: (a, b, r) => errorOf(r, exactOf(a).plus(exactOf(b)), size(a) + size(b)) },
  { call: 'wSub', error: (a, b, r) => errorOf(r, exactOf(a).minus(exactOf(b)), size(a) + size(b)) },
  {
    call: 'wAddR(a0, a1.x)',
    error: (a, b, r) => errorOf(r, exactOf(a).plus(Exact.of(b.high)), size(a) + size(b)),
  },
];

const products: readonly Case[] = [
  { call: 'wMul', error: (a, b, r) => errorOf(r, exactOf(a).times(exactOf(b)), size(r)) },
  {
    call: 'wMulR(a0, a1.x)',
    error: (a, b, r) => errorOf(r, exactOf(a).times(Exact.of(b.high)), size(r)),
  },
  { call: 'wSquare(a0)', error: (a, _, r) => errorOf(r, exactOf(a).times(exactOf(a)), size(r)) },
];

/** An error of a quotient q of a and b is that of q b, but for the size of b. */
function quotientError(a: Wide, b: Wide, quotient: Wide): number {
  const error = exactOf(quotient).times(exactOf(b)).minus(exactOf(a)).toNumber();
  return Math.max(0, Math.abs(error / b.high) - lost) / (Math.abs(a.high / b.high) || 1);
}

const quotients: readonly Case[] = [
  { call: 'wDiv', error: quotientError },
  { call: 'wInverse(a1)', error: (_, b, r) => quotientError(wideOf(1), b, r) },
  { call: 'wDivR(a0, a1.x)', error: (a, b, r) => quotientError(a, highOf(b), r) },
  {
    call: 'wSqrt(wAbs(a0))',
    error: (a, _, r) => {
      const square = exactOf(a.high < 0 ? { high: -a.high, low: -a.low } : a);
      return errorOf({ high: 0, low: 0 }, exactOf(r).times(exactOf(r)).minus(square), 2 * size(a));
    },
  },
];

/** Products summed as in a scalar product, over the sum of their sizes. */
const dots: readonly Case[] = (
  [
    [
      'wMulAdd(a0, a1, wNeg(a0))',
      (a, b) => [
        [a, b],
        [flip(a), wideOf(1)],
      ],
    ],
    [
      'wMulAdd(a0, a0, a1)',
      (a, b) => [
        [a, a],
        [b, wideOf(1)],
      ],
    ],
    [
      'wDot2(a0, a1, a1, wNeg(a1))',
      (a, b) => [
        [a, b],
        [b, flip(b)],
      ],
    ],
    [
      'wDot2(a0, a1, a0, a0)',
      (a, b) => [
        [a, b],
        [a, a],
      ],
    ],
    [
      'wDot3(a0, a1, a1, wNeg(a1), a0, a0)',
      (a, b) => [
        [a, b],
        [b, flip(b)],
        [a, a],
      ],
    ],
    [
      'wDot3(a0, a0, a0, a1, a1, a1)',
      (a, b) => [
        [a, a],
        [a, b],
        [b, b],
      ],
    ],
  ] as readonly [string, (a: Wide, b: Wide) => readonly (readonly [Wide, Wide])[]][]
).map(([call, factors]) => ({
  call,
  error: (a, b, result) => {
    const terms = factors(a, b).map(([c, d]) => exactOf(c).times(exactOf(d)));
    const sizes = terms.map((term) => Math.abs(term.toNumber()));
    return errorOf(
      result,
      terms.reduce((sum, term) => sum.plus(term)),
      sizes.reduce((sum, x) => sum + x),
    );
  },
}));

/** With numbers that the compiler knows, which it could fold. */
const withConstants: readonly Case[] = [1, -3].flatMap((c) => {
  const wide = wideOf(c);
  const [code, part] = [`vec2<f32>(${c}, 0.0)`, `f32(${c})`];
  const one = exactOf(wide);
  const plus = (call: string, exact: (a: Wide) => Exact): Case => ({
    call,
    error: (a, _, r) => errorOf(r, exact(a), size(a) + Math.abs(c)),
  });
  return [
    plus(`wAdd(a0, ${code})`, (a) => exactOf(a).plus(one)),
    plus(`wAdd(${code}, a0)`, (a) => exactOf(a).plus(one)),
    plus(`wSub(a0, ${code})`, (a) => exactOf(a).minus(one)),
    plus(`wSub(${code}, a0)`, (a) => one.minus(exactOf(a))),
    plus(`wAddR(a0, ${part})`, (a) => exactOf(a).plus(one)),
    plus(`wAdd(wAdd(a0, ${code}), ${code})`, (a) => exactOf(a).plus(one).plus(one)),
    plus(`wSub(wAdd(a0, ${code}), ${code})`, (a) => exactOf(a)),
    plus(`wSub(wAdd(a0, a0), a0)`, (a) => exactOf(a)),
    plus(`wAdd(wSub(a0, ${code}), ${code})`, (a) => exactOf(a)),
    plus(`wSub(${code}, wSub(${code}, a0))`, (a) => exactOf(a)),
    {
      call: `wMulR(wMulR(a0, ${part}), ${part})`,
      error: (a, _, r) => errorOf(r, exactOf(a).times(one).times(one), size(r)),
    },
    { call: `wDiv(${code}, a0)`, error: (a, _, r) => quotientError(wide, a, r) },
    { call: `wDiv(a0, ${code})`, error: (a, _, r) => quotientError(a, wide, r) },
    { call: `wDivR(a0, ${part})`, error: (a, _, r) => quotientError(a, wide, r) },
    {
      call: `wMulAdd(a0, a0, ${code})`,
      error: (a, _, r) => {
        const square = exactOf(a).times(exactOf(a));
        return errorOf(r, square.plus(one), square.toNumber() + Math.abs(c));
      },
    },
  ];
});

describe.skipIf(skipSoftwareGpu).each(forms)('$name', (form) => {
  test('[WIDE1] a result is normal: its high part is the f32 next to it', async () => {
    for (const { call } of [...sums, ...products, ...quotients, { call: 'wFloor(a0)' }]) {
      const rows = pairs.filter(([, b]) => b.high !== 0);
      const results = widesOf(await evaluate(form, call, rows));
      const bad = results.findIndex((result) => !isNormal(result));
      expect([call, rows[bad], results[bad]]).toEqual([call, undefined, undefined]);
    }
  });

  test('[WIDE2] sums and differences, also where they cancel', async () => {
    await expectBelow(2 ** -46, form, sums);
  });

  test('[WIDE3] products', async () => {
    await expectBelow(2 ** -45, form, products);
  });

  test('[WIDE4] quotients and roots', async () => {
    await expectBelow(2 ** -44, form, quotients);
  });

  test('[WIDE4] quotients and roots on a device whose f32 are as poor as WGSL allows', async () => {
    const poor = form.text
      .replaceAll(/1\.0 \/ b(\.x)?/g, 'poorly($&)')
      .replace('inverseSqrt(a.x)', 'poorly(inverseSqrt(a.x))');
    expect(poor.match(/poorly\(/g)).toHaveLength(4);
    await expectBelow(2 ** -42, { ...form, text: poor + poorBuiltIns }, quotients);
  });

  test('[WIDE5] order, sign, least and greatest, powers of two: exact', async () => {
    const near = pairs.flatMap(([a, b]) => {
      const next = Math.fround(a.low * (1 + 2 ** -20));
      const apart = Math.abs(next - a.low) > lost;
      return [[a, b] as const, [a, a] as const, [a, apart ? { ...a, low: next } : a] as const];
    });
    const sign = (a: Wide): number => Math.sign(exactOf(a).toNumber());
    const less = (a: Wide, b: Wide): boolean => exactOf(a).minus(exactOf(b)).toNumber() < 0;
    const same = (a: Wide, b: Wide): boolean => a.high === b.high && a.low === b.low;
    for (const [call, of] of [
      ['wLess', less],
      ['wLessEq', (a, b) => !less(b, a)],
      ['wEq', same],
    ] as readonly [string, (a: Wide, b: Wide) => boolean][]) {
      const results = await evaluate(form, call, near, 'bool');
      const bad = near.find(([a, b], i) => (results[i] === 1) !== of(a, b));
      expect([call, bad]).toEqual([call, undefined]);
    }
    for (const [call, of] of [
      ['wMin', (a, b) => (less(b, a) ? b : a)],
      ['wMax', (a, b) => (less(a, b) ? b : a)],
      ['wNeg(a0)', flip],
      ['wAbs(a0)', (a) => (sign(a) < 0 ? flip(a) : a)],
      [
        'wCopysign',
        (a, b) => (sign(a) < 0 === (sign(b) < 0 || Object.is(b.high, -0)) ? a : flip(a)),
      ],
      ['wScale(a0, 0.125)', (a) => ({ high: a.high / 8, low: a.low / 8 })],
    ] as readonly [string, (a: Wide, b: Wide) => Wide][]) {
      const results = widesOf(await evaluate(form, call, near));
      const bad = near.findIndex(([a, b], i) => !same(results[i]!, of(a, b)));
      expect([call, near[bad], results[bad]]).toEqual([call, undefined, undefined]);
    }
  });

  test('[WIDE5] whole numbers: exact', async () => {
    const whole = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    const part = fc.oneof(
      fc.constantFrom(0, 0.5, 2 ** -20, -(2 ** -20)),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    const numbers = sample(fc.tuple(whole, fc.nat(31), part)).map(([i, shift, f]) =>
      wideOf((i >> shift) + f),
    );
    const value = (a: Wide): number => a.high + a.low;
    for (const [call, of] of [
      ['wFloor', Math.floor],
      ['wRound', (a) => Math.floor(a + 0.5)],
    ] as readonly [string, (a: number) => number][]) {
      const results = widesOf(
        await evaluate(
          form,
          call,
          numbers.map((a) => [a]),
        ),
      );
      const bad = numbers.findIndex((a, i) => value(results[i]!) !== of(value(a)));
      expect([call, numbers[bad], results[bad]]).toEqual([call, undefined, undefined]);
    }
    const rows = numbers.filter((a) => Math.abs(value(a)) < 2 ** 30).map((a) => [a]);
    const cut = new Int32Array((await evaluate(form, 'wToI32', rows, 'i32')).buffer);
    expect(rows.find(([a], i) => cut[i] !== Math.trunc(value(a!)))).toBeUndefined();
    for (const [signed, call] of [
      [true, 'wFromI32(bitcast<i32>(a0))'],
      [false, 'wFromU32(bitcast<u32>(a0))'],
    ] as const) {
      const integers = Uint32Array.from(sample(whole));
      const compiled = await compileFunction(gpu!, [form.text], {
        call,
        takes: ['f32'],
        gives: 'wide',
      });
      const results = widesOf(await compiled.evaluate(integers));
      const wrong = [...integers].findIndex((i, k) => value(results[k]!) !== (signed ? i | 0 : i));
      expect([call, integers[wrong], results[wrong]]).toEqual([call, undefined, undefined]);
    }
  });

  test('[WIDE6] the infinite is 1e30, and what is done to it stays a number', async () => {
    const others = [0, 1, -1, 1e-6, -1e-6, 1e6, -1e6, 1e15, far, -far].map(wideOf);
    const infinite = others.flatMap((b) => [[wideOf(far), b] as const, [wideOf(-far), b] as const]);
    const beyond = (a: Wide): boolean => Math.abs(a.high) > 1e29;
    for (const { call } of [
      ...sums,
      ...products.slice(0, 2),
      ...quotients,
      { call: 'wMin' },
      { call: 'wMax' },
    ]) {
      const rows = infinite.filter(([, b]) =>
        call.startsWith('wMul') ? size(b) <= 1e6 : !/wDiv|wInverse/.test(call) || size(b) >= 1e-6,
      );
      const results = widesOf(await evaluate(form, call, rows));
      expect(results.filter(({ high, low }) => !Number.isFinite(high + low))).toEqual([]);
      if (!/^w(Add|Sub)/.test(call)) continue;
      expect(results.filter((r, i) => size(rows[i]![1]) < far && !beyond(r))).toEqual([]);
      expect(
        results.filter((r, i) => size(rows[i]![1]) === far && !beyond(r) && r.high !== 0),
      ).toEqual([]);
    }
    const less = await evaluate(form, 'wLess(a1, a0)', infinite, 'bool');
    expect([...less].map(Boolean)).toEqual(infinite.map(([a, b]) => b.high < a.high));
  });

  test('[WIDE7] hidden sums are the sums: the same numbers as without', async () => {
    const plain = { ...form, text: textOf({ ...form, guarded: false }) };
    const rows = pairs.filter(([, b]) => b.high !== 0);
    // 1 / b times b is made 1 where nothing is hidden: the same but for the last bit.
    const same = quotients.filter(({ call }) => !call.startsWith('wInverse'));
    for (const { call } of [...sums, ...products, ...same, ...dots]) {
      const hidden = new Float32Array((await evaluate(form, call, rows)).buffer);
      const shown = new Float32Array((await evaluate(plain, call, rows)).buffer);
      expect([call, hidden.findIndex((part, i) => part !== shown[i])]).toEqual([call, -1]);
    }
  });

  test('[WIDE8] sums of products', async () => {
    await expectBelow(2 ** -45, form, dots);
  });

  // Nothing hidden is for devices whose compilers fold nothing: SwiftShader's does.
  test.skipIf(form.guarded === false)(
    '[WIDE7] numbers that the compiler knows are no worse',
    async () => {
      await expectBelow(2 ** -44, form, withConstants);
    },
  );
});
