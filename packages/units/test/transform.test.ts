import {
  apply,
  compose,
  determinant,
  gdmlAngles,
  gdmlRotation,
  identity3,
  identityTransform,
  invert,
  type Matrix3,
  multiply,
  rotationAbout,
  rotationX,
  rotationY,
  rotationZ,
  transformDirection,
  transformPoint,
  transpose,
  type Vector3,
} from '@lantern/units';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const angle = fc.double({ min: -7, max: 7, noNaN: true });
const coordinate = fc.double({ min: -1e4, max: 1e4, noNaN: true });
const vector: fc.Arbitrary<Vector3> = fc.tuple(coordinate, coordinate, coordinate);
const rotation = fc.tuple(angle, angle, angle).map(([x, y, z]) => gdmlRotation(x, y, z));
const transform = fc.record({ rotation, translation: vector });

function expectClose(a: readonly number[], b: readonly number[], digits = 12): void {
  expect(a).toHaveLength(b.length);
  for (const [i, value] of a.entries()) expect(value).toBeCloseTo(b[i] ?? Number.NaN, digits);
}

test('[VT3] rotations are active and right-handed', () => {
  expectClose(apply(rotationX(0.1), [0, 1, 0]), [0, Math.cos(0.1), Math.sin(0.1)]);
  expectClose(apply(rotationY(0.1), [0, 0, 1]), [Math.sin(0.1), 0, Math.cos(0.1)]);
  expectClose(apply(rotationZ(0.1), [1, 0, 0]), [Math.cos(0.1), Math.sin(0.1), 0]);
  expectClose(rotationAbout([5, 0, 0], 0.3), rotationX(0.3));
  expectClose(rotationAbout([0, 2, 0], 0.3), rotationY(0.3));
  expectClose(rotationAbout([0, 0, 1], 0.3), rotationZ(0.3));
  fc.assert(
    fc.property(rotation, (r) => {
      expectClose(multiply(r, transpose(r)), identity3);
      expect(determinant(r)).toBeCloseTo(1, 12);
    }),
  );
});

test('[VT4] quarter turns are exact', () => {
  for (const turn of [-4, -3, -2, -1, 0, 1, 2, 3, 4, 5]) {
    for (const rotate of [rotationX, rotationY, rotationZ]) {
      for (const element of rotate((turn * Math.PI) / 2)) expect([-1, 0, 1]).toContain(element + 0);
    }
  }
  expect(rotationZ(1e-9)[3]).toBe(1e-9);
});

test('[VT5] the rotation of GDML is Rz Ry Rx, and its angles are found back', () => {
  // CLHEP's HepRotation::rotateX, Y, Z, each of which multiplies from the left.
  const [x, y, z] = [0.3, -0.8, 1.9];
  const point: Vector3 = [1, 2, 3];
  const expected = apply(rotationZ(z), apply(rotationY(y), apply(rotationX(x), point)));
  expectClose(apply(gdmlRotation(x, y, z), point), expected);
  fc.assert(fc.property(rotation, (r) => expectClose(gdmlRotation(...gdmlAngles(r)), r, 9)));
  for (const y of [Math.PI / 2, -Math.PI / 2]) {
    const r: Matrix3 = gdmlRotation(0.4, y, -1.1);
    expectClose(gdmlRotation(...gdmlAngles(r)), r);
  }
});

test('[VT6] rigid transforms compose and invert', () => {
  const quarter = { rotation: rotationZ(Math.PI / 2), translation: [10, 0, 0] } as const;
  expect(transformPoint(quarter, [1, 0, 0])).toEqual([10, 1, 0]);
  expect(transformDirection(quarter, [1, 0, 0])).toEqual([0, 1, 0]);
  fc.assert(
    fc.property(transform, transform, vector, (a, b, p) => {
      expectClose(transformPoint(compose(a, b), p), transformPoint(a, transformPoint(b, p)), 7);
      expectClose(transformPoint(invert(a), transformPoint(a, p)), p, 7);
      expectClose(transformPoint(compose(a, identityTransform), p), transformPoint(a, p), 7);
    }),
  );
});
