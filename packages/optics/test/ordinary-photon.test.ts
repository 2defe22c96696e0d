import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { photonWords } from '../src/photon-layout.ts';
import { passOrdinary } from '../src/sources/ordinary-photon.ts';
import { checkPhotons, type PhotonRepairs } from '../src/sources/photon-check.ts';

const number = fc.oneof(
  fc.float({ min: -2, max: 2 }),
  fc.float(),
  fc.constantFrom(0, 1, -1, Number.NaN, Number.POSITIVE_INFINITY, 3e38, 1e-30, 420),
);

describe('ordinary photons', () => {
  test('[SRC2] [SRC3] pass as they would be checked, and all others are checked', () => {
    let passed = 0;
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 12, maxLength: 12 }),
        fc.boolean(),
        fc.boolean(),
        (values, unit, across) => {
          const row = new Float32Array(photonWords);
          row.set(values);
          if (unit) {
            row.set([0.6, 0, 0.8], 4);
            row[11] = 420;
          }
          if (across) row.set([0, -1, 0], 8);
          const before = row.slice();
          const quick = row.slice();
          const repairs: PhotonRepairs = { polarised: 0, turned: 0 };
          const isOrdinary = passOrdinary(quick, 0, 200, 800, 1e-3, 1e-3);
          if (!isOrdinary) {
            expect(Buffer.from(quick.buffer).equals(Buffer.from(before.buffer))).toBe(true);
            return;
          }
          passed++;
          const strict = { where: '', seed: 1n, wavelengths: { low: 200, high: 800 } };
          const checked = row.slice();
          expect(() => checkPhotons(checked, 0, strict, repairs)).not.toThrow();
          expect(repairs).toEqual({ polarised: 0, turned: 0 });
          for (let i = 0; i < 12; i++) expect(checked[i]).toBe(i === 7 ? 0 : quick[i]);
          const length = Math.hypot(...quick.subarray(4, 7));
          const size = Math.hypot(...quick.subarray(8, 11));
          const [dx = 0, dy = 0, dz = 0, , px = 0, py = 0, pz = 0] = quick.subarray(4, 11);
          expect(length).toBeCloseTo(1, 6);
          expect(size).toBeCloseTo(1, 6);
          expect(dx * px + dy * py + dz * pz).toBeCloseTo(0, 6);
        },
      ),
      { numRuns: 3000 },
    );
    expect(passed).toBeGreaterThan(100);
  });

  test('[SRC2] photons with one thing wrong are none of them', () => {
    const good = [1, 2, 3, 4, 0, 0, 1, 0, 1, 0, 0, 420, 0, 0, 0, 0];
    const isOrdinary = (index: number, value: number): boolean => {
      const row = Float32Array.from(good);
      row[index] = value;
      return passOrdinary(row, 0, 200, 800, 1e-3, 1e-3);
    };
    expect(isOrdinary(0, 1)).toBe(true);
    for (const [index, value] of [
      [0, Number.NaN],
      [1, Number.POSITIVE_INFINITY],
      [2, Number.NEGATIVE_INFINITY],
      [3, Number.NaN],
      [4, Number.NaN],
      [6, 1.01],
      [6, 0],
      [8, 0],
      [9, Number.NaN],
      [10, 0.01],
      [10, 3e38],
      [11, 0],
      [11, -420],
      [11, 199],
      [11, 801],
      [11, Number.NaN],
    ] as const)
      expect([index, value, isOrdinary(index, value)]).toEqual([index, value, false]);
  });
});
