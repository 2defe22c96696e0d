import { expect, test } from 'vitest';
import { product, sumCode, summed } from './wgsl/wide-sum.mjs';

const named = (code: string) => ({
  code,
  type: 'wide' as const,
  ...(code.startsWith('-') ? { operator: 'unary' } : {}),
});
const times = (a: string, b: string) => ({
  ...named(`wMul(${a}, ${b})`),
  operator: 'call',
  terms: product(named(a), named(b)),
});

/** What is written for left + right or left - right; undefined where nothing is gained. */
function joined(
  left: ReturnType<typeof named>,
  right: ReturnType<typeof named>,
  isNegative = false,
) {
  const terms = summed(left, right, isNegative);
  return terms && { ...named(sumCode(terms)), operator: 'call', terms };
}

test('sums of wide products are one operation', () => {
  const pair = joined(times('a', 'b'), times('c', 'd'), true)!;
  expect(pair.code).toBe('wDot2(a, b, -c, d)');
  const three = joined(pair, times('loadWide(m)', '-f'), true)!;
  expect(three.code).toBe('wDot3(a, b, -c, d, loadWide(m), f)');
  expect(joined(three, named('g'))!.code).toBe('wAdd(wDot3(a, b, -c, d, loadWide(m), f), g)');
  expect(joined(three, times('g', 'h'))!.code).toBe(`wMulAdd(g, h, ${three.code})`);
  expect(joined(named('a'), times('b', 'c'), true)!.code).toBe('wMulAdd(-b, c, a)');
  expect(joined(times('b', 'c'), named('a'), true)!.code).toBe('wMulAdd(b, c, -a)');
});

test('but not where nothing is a product, or the order of calls could change', () => {
  expect(joined(named('a'), named('b'))).toBeUndefined();
  expect(joined({ ...times('a', 'b'), calls: true } as never, named('c'))).toBeUndefined();
});
