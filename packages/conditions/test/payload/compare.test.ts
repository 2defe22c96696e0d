import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparePayloads, isSamePayload } from '../../src/payload/compare-payloads.ts';
import { glastRegistry } from '../../src/payload/glast/glast-registry.ts';
import { glastBytes, glastDtdFiles, withoutGlast } from './glast-folder.ts';

test('[BLK10] changed, added and removed constants by path, with their differences', () => {
  const difference = comparePayloads(
    { gains: [1, 2, 3], name: 'a', gone: true },
    { gains: [1, 2.5, 3, 4], name: 'b' },
  );
  expect(difference).toEqual({
    changed: [
      { path: 'gains[1]', before: 2, after: 2.5, difference: 0.5, relative: 0.25 },
      { path: 'name', before: 'a', after: 'b' },
    ],
    added: [['gains[3]', 4]],
    removed: [['gone', true]],
    unchanged: 2,
  });
  expect(isSamePayload(difference)).toBe(false);
});

test('[BLK10] changes within the tolerance are none; from 0 there is no relative difference', () => {
  const [before, after] = [
    { a: 100, b: 0, c: 1n },
    { a: 101, b: 0.5, c: 3n },
  ];
  expect(comparePayloads(before, after, { relative: 0.02 }).changed).toEqual([
    { path: 'b', before: 0, after: 0.5, difference: 0.5, relative: undefined },
    { path: 'c', before: 1n, after: 3n, difference: 2, relative: 2 },
  ]);
  expect(isSamePayload(comparePayloads(before, after, { absolute: 2 }))).toBe(true);
  expect(isSamePayload(comparePayloads([Number.NaN], [Number.NaN]))).toBe(true);
});

test('[BLK10] a payload does not differ from itself, and the differences of two mirror each other', () => {
  const payload = fc.dictionary(
    fc.constantFrom('a', 'b', 'c'),
    fc.array(fc.integer(), { maxLength: 3 }),
  );
  fc.assert(
    fc.property(payload, payload, (one, other) => {
      expect(isSamePayload(comparePayloads(one, one))).toBe(true);
      const there = comparePayloads(one, other);
      const back = comparePayloads(other, one);
      expect(new Set(back.removed)).toEqual(new Set(there.added));
      expect(new Set(back.added)).toEqual(new Set(there.removed));
      expect(back.changed.length).toBe(there.changed.length);
      expect(back.unchanged).toBe(there.unchanged);
    }),
  );
});

describe.skipIf(withoutGlast !== undefined)('two calibrations of GLAST', () => {
  test('[BLK10] differ by the constants that changed, whatever their order and time stamp', async () => {
    const registry = glastRegistry(glastDtdFiles());
    const pedestals = async (file: string): Promise<unknown> =>
      (
        await registry.convert({
          bytes: glastBytes(file),
          calibType: 'CAL_Ped',
          dataFmt: 'XML',
          fmtVersion: 'v2r0',
          where: file,
        })
      ).value;
    const [before, after] = [
      await pedestals('test/testCalPed_v2.xml'),
      await pedestals('test/testCalPed_v2n2.xml'),
    ];
    const { changed, added, removed, unchanged } = comparePayloads(before, after);
    expect([added, removed]).toEqual([[], []]);
    expect(changed.length + unchanged).toBe(192);
    expect(changed[0]).toEqual({
      path: 'row=0/col=0/layer=0/xtal=0/face=NEG/range=LEX8/avg',
      before: 8,
      after: 9.2,
      difference: expect.closeTo(1.2, 12),
      relative: expect.closeTo(0.15, 12),
    });
  });
});
