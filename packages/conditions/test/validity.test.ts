import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  always,
  type Calibration,
  calibrationFromJson,
  calibrationToJson,
  canonicalJson,
  forever,
  formatMoment,
  formatRun,
  overlap,
  parseMoment,
  parseRun,
  runPosition,
} from '../src/index.ts';
import { someRow } from './metadata-store-contract.ts';

const moments = fc.bigInt({ min: always + 1n, max: forever - 1n });

test('[TIM1] times are read to the nanosecond', () => {
  const day = 86_400n * 10n ** 9n;
  expect(parseMoment('1970-01-01')).toBe(0n);
  expect(parseMoment('1970-01-02T00:00Z')).toBe(day);
  expect(parseMoment('1969-12-31T23:59:59.999999999')).toBe(-1n);
  expect(parseMoment('1970-01-01T01:00:00+01:00')).toBe(0n);
  expect(parseMoment('1970-01-01 00:00:00-0030')).toBe(1800n * 10n ** 9n);
  expect(parseMoment('2003-01-10T14:00:00.1')).toBe(1_042_207_200_100_000_000n);
  expect(parseMoment('2000-02-29T00:00:00.123456789000Z')).toBe(951_782_400_123_456_789n);
  expect(formatMoment(1_042_207_200_100_000_000n)).toBe('2003-01-10T14:00:00.1Z');
  expect(formatMoment(-1n)).toBe('1969-12-31T23:59:59.999999999Z');
  expect(formatMoment(0n)).toBe('1970-01-01T00:00:00Z');
});

test('[TIM1] what is no time is refused', () => {
  for (const text of [
    '',
    'yesterday',
    '2003',
    '2003-1-10',
    '2003-02-29',
    '2003-01-10T24:00',
    '2003-01-10T14:60',
    '2003-01-10T14',
    '2003-01-10T14:00:60Z',
    '2003-01-10T14:00:00.1234567891',
    '1600-01-01',
    '2300-01-01',
    '2003-01-10T14:00+25:00',
    '2262-04-11T23:47:16.854775807Z',
    '1677-09-21T00:12:43.145224192Z',
    '0000-01-01',
  ]) {
    expect(() => parseMoment(text, 'file'), text).toThrow(
      /^file: .*expected a time such as 2003-01-10T14:00:00.5Z/,
    );
  }
});

test('[TIM1] written and read back, a time is the same, and its order is the order of the texts', () => {
  fc.assert(
    fc.property(moments, (moment) => {
      expect(parseMoment(formatMoment(moment))).toBe(moment);
    }),
  );
});

test('[RUN1] runs and sub-runs are positions in their order', () => {
  expect(parseRun('123')).toBe(runPosition(123));
  expect(parseRun('123.0')).toBe(parseRun('123'));
  expect(formatRun(parseRun('123.4'))).toBe('123.4');
  expect(parseRun('123.4294967295') + 1n).toBe(parseRun('124'));
  expect(parseRun('2147483647.4294967295')).toBe(forever);
  for (const text of ['', '-1', '1.2.3', '1.', 'x', '2147483648', '1.4294967296', '1e3']) {
    expect(() => parseRun(text), text).toThrow(/expected/);
  }
  expect(() => runPosition(1.5)).toThrow('no such run');
  const part = fc.tuple(
    fc.integer({ min: 0, max: 2 ** 31 - 1 }),
    fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  );
  fc.assert(
    fc.property(part, part, (a, b) => {
      const [x, y] = [runPosition(...a), runPosition(...b)];
      expect(parseRun(formatRun(x))).toBe(x);
      expect(x < y).toBe(a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]));
    }),
  );
});

test('[IOV2] intervals overlap where they have a position in common', () => {
  const interval = fc
    .tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 6 }))
    .map(([begin, length]) => ({ begin: BigInt(begin), end: BigInt(begin + length) }));
  fc.assert(
    fc.property(interval, interval, (a, b) => {
      const positions = Array.from({ length: 20 }, (_, i) => BigInt(i));
      const isIn = (position: bigint, { begin, end }: typeof a) =>
        begin <= position && position < end;
      expect(overlap(a, b)).toBe(
        positions.some((position) => isIn(position, a) && isIn(position, b)),
      );
    }),
  );
});

test('[JSN1] canonical JSON has one text for one value', () => {
  expect(
    canonicalJson({ b: 1, a: [true, null, 'ü"\n'], c: undefined, A: { z: -0, y: 1e21 } }),
  ).toBe('{"A":{"y":1e+21,"z":0},"a":[true,null,"ü\\"\\n"],"b":1}');
  expect(() => canonicalJson([Number.NaN])).toThrow('JSON has no NaN');
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value as never);
      expect(canonicalJson(JSON.parse(text) as never)).toBe(text);
    }),
  );
});

test('[JSN2] a row in JSON has the names of the table, and is the row again', () => {
  const row = someRow(7, {
    vstart: parseMoment('2003-01-10T14:00'),
    procLevel: 'production',
    prodStart: 5n,
  });
  const json = calibrationToJson(row);
  expect(json).toMatchObject({
    serNo: 7,
    vstart: '2003-01-10T14:00:00Z',
    vend: null,
    prodEnd: null,
    payload: null,
  });
  expect(Object.keys(json).slice(0, 19)).toEqual([
    'serNo',
    'instrument',
    'calibType',
    'flavor',
    'vstart',
    'vend',
    'completion',
    'procLevel',
    'prodStart',
    'prodEnd',
    'locale',
    'enterTime',
    'creator',
    'uid',
    'inputDesc',
    'notes',
    'dataIdent',
    'dataFmt',
    'fmtVersion',
  ]);
  const optional = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: undefined });
  const rows = fc.record({
    axis: fc.constantFrom('time', 'run'),
    ends: fc.tuple(fc.bigInt({ min: 0n, max: forever - 1n }), fc.boolean(), fc.boolean()),
    notes: fc.string(),
    prodStart: optional(moments),
    deprecated: optional(fc.string()),
    size: optional(fc.nat()),
  });
  fc.assert(
    fc.property(
      rows,
      ({ axis, ends: [vstart, noBegin, noEnd], notes, prodStart, deprecated, size }) => {
        const given: Calibration = someRow(1, {
          axis,
          vstart: noBegin ? always : vstart,
          vend: noEnd ? forever : vstart + 1n,
          notes,
          ...(prodStart !== undefined && { prodStart }),
          ...(deprecated !== undefined && { deprecated }),
          ...(size !== undefined && { payload: { sha256: 'ab'.repeat(32), size } }),
        });
        const text = JSON.stringify(calibrationToJson(given));
        expect(calibrationFromJson(JSON.parse(text))).toStrictEqual(given);
      },
    ),
  );
});
