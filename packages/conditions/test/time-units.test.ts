import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  always,
  decimalUnits,
  forever,
  momentFrom,
  momentOfDate,
  parseMoment,
  type TimeUnit,
  wholeUnits,
} from '../src/index.ts';

const moments = fc.bigInt({ min: always + 1n, max: forever - 1n });
const units = fc.constantFrom<TimeUnit>('s', 'ms', 'us', 'ns');
const size: Record<TimeUnit, bigint> = { s: 1_000_000_000n, ms: 1_000_000n, us: 1_000n, ns: 1n };

test('[TIM2] counts of units become moments', () => {
  expect(momentFrom(1_042_207_200, 's')).toBe(parseMoment('2003-01-10T14:00:00Z'));
  expect(momentFrom(1.1, 's')).toBe(1_100_000_000n);
  expect(momentFrom('-0.000000001', 's')).toBe(-1n);
  expect(momentFrom(-1.5, 'ms')).toBe(-1_500_000n);
  expect(momentFrom(7n, 'us')).toBe(7_000n);
  expect(momentFrom('42', 'ns')).toBe(42n);
  expect(momentOfDate(new Date(5))).toBe(5_000_000n);
});

test('[TIM2] what a moment cannot say exactly is refused', () => {
  expect(() => momentFrom(0.1, 'ns')).toThrow(
    'finer than a nanosecond: given 0.1, expected a count of ns with at most 0 decimals',
  );
  expect(() => momentFrom(0.1 + 0.2, 's')).toThrow('finer than a nanosecond');
  expect(() => momentFrom(2 ** 53, 'ns')).toThrow('an integer that a double does not hold');
  expect(() => momentFrom(1e21, 's')).toThrow('an integer that a double does not hold');
  expect(() => momentFrom(1e-9, 's')).toThrow('no decimal number');
  expect(() => momentFrom(Number.NaN, 's')).toThrow('no decimal number');
  expect(() => momentFrom('', 's')).toThrow('no decimal number');
  expect(() => momentFrom('9223372037', 's')).toThrow('outside 64 bits');
  expect(() => momentFrom(forever, 'ns')).toThrow('outside 64 bits');
  expect(() => momentOfDate(new Date('never'))).toThrow('no time');
});

test('[TIM2] decimal counts are exact in every unit', () => {
  fc.assert(
    fc.property(moments, units, (moment, unit) => {
      expect(momentFrom(decimalUnits(moment, unit), unit)).toBe(moment);
    }),
  );
});

test('[TIM2] whole units are counted down: a time before an edge stays before it', () => {
  fc.assert(
    fc.property(moments, units, fc.bigInt({ min: -3n, max: 3n }), (moment, unit, nudge) => {
      const edge = (moment / size[unit]) * size[unit];
      const near = edge + nudge;
      const whole = wholeUnits(near, unit);
      expect(whole * size[unit]).toBeLessThanOrEqual(near);
      expect((whole + 1n) * size[unit]).toBeGreaterThan(near);
      expect(whole * size[unit] < edge).toBe(near < edge);
    }),
  );
});

test('[TIM2] integers of every unit come back as they went in', () => {
  fc.assert(
    fc.property(fc.integer({ min: -9_000_000_000, max: 9_000_000_000 }), units, (count, unit) => {
      expect(wholeUnits(momentFrom(count, unit), unit)).toBe(BigInt(count));
      expect(decimalUnits(momentFrom(count, unit), unit)).toBe(`${count}`);
    }),
  );
});
