import {
  add,
  cross,
  dot,
  length,
  normalize,
  perpendicular,
  scale,
  subtract,
  type Vector3,
} from '@lantern/units';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const coordinate = fc.double({ min: -1e4, max: 1e4, noNaN: true });
const vector: fc.Arbitrary<Vector3> = fc.tuple(coordinate, coordinate, coordinate);
const direction = vector.filter((v) => length(v) > 1e-3).map(normalize);

test('[VT1] the algebra of vectors', () => {
  expect(cross([1, 0, 0], [0, 1, 0])).toEqual([0, 0, 1]);
  expect(length([2, 3, 6])).toBe(7);
  expect(subtract(add([1, 2, 3], [4, 5, 6]), [4, 5, 6])).toEqual([1, 2, 3]);
  fc.assert(
    fc.property(vector, vector, (a, b) => {
      const c = cross(a, b);
      const size = length(a) * length(b);
      expect(Math.abs(dot(c, a))).toBeLessThanOrEqual(1e-13 * size * length(a) + 1e-300);
      expect(Math.abs(dot(c, c) + dot(a, b) ** 2 - size ** 2)).toBeLessThanOrEqual(
        1e-14 * size ** 2 + 1e-300,
      ); // Lagrange
      expect(dot(scale(a, 2), b)).toBeCloseTo(2 * dot(a, b), 300);
    }),
  );
});

test('[VT2] a vector without a direction is an error', () => {
  for (const v of [
    [0, 0, 0],
    [Number.NaN, 0, 1],
    [Number.POSITIVE_INFINITY, 0, 0],
  ] as const) {
    expect(() => normalize(v)).toThrow(RangeError);
  }
  expect(length(normalize([1e-200, 0, 1e-200]))).toBeCloseTo(1, 15);
});

test('[VT7] a perpendicular is a unit vector at right angles', () => {
  fc.assert(
    fc.property(direction, (n) => {
      const p = perpendicular(n);
      expect(length(p)).toBeCloseTo(1, 12);
      expect(dot(n, p)).toBeCloseTo(0, 12);
    }),
  );
  expect(perpendicular([0, 0, -1])).toEqual([1, -0, 0]);
});
