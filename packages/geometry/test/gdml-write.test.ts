import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  determinant,
  gdmlRotation,
  type Matrix3,
  multiply,
  rotationX,
  rotationY,
  rotationZ,
} from '@lantern/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGdml } from '../src/gdml/read-gdml.ts';
import { readGdmlFile } from '../src/gdml/read-gdml-file.node.ts';
import { rotationAngles, withoutReflection } from '../src/gdml/rotation-angles.ts';
import { writeGdml } from '../src/gdml/write-gdml.ts';
import { writeGdmlFile } from '../src/gdml/write-gdml-file.node.ts';
import { comparable, fixture, fixtureNames, read } from './gdml-documents.ts';

const again = (m: Matrix3): Matrix3 => {
  const { angles, unit } = rotationAngles(m);
  const size = unit === 'deg' ? Math.PI / 180 : 1;
  return gdmlRotation(angles[0] * size, angles[1] * size, angles[2] * size);
};
const largestDifference = (a: Matrix3, b: Matrix3): number =>
  Math.max(...a.map((x, i) => Math.abs(x - (b[i] ?? 0))));

describe('writing', () => {
  it.each(fixtureNames)('[GDML60] %s reads, writes and reads the same', async (name) => {
    const detector = await readGdmlFile(fixture(name));
    const file = fixture(name);
    const second = readGdml(writeGdml(detector), { file });
    expect(comparable(second)).toEqual(comparable(detector));
    expect(second.warnings).toEqual([]);
    expect(writeGdml(second)).toBe(writeGdml(readGdml(writeGdml(second), { file })));
  });

  it('[GDML61] rotations are written so that they come back, gimbal lock included', () => {
    const angle = fc.oneof(
      fc.double({ min: -4, max: 4, noNaN: true }),
      fc.constantFrom(
        0,
        Math.PI / 2,
        -Math.PI / 2,
        Math.PI,
        1e-9,
        Math.PI / 2 - 1e-9,
        Math.PI / 2 + 1e-12,
      ),
    );
    fc.assert(
      fc.property(angle, angle, angle, (x, y, z) => {
        const m = multiply(rotationZ(z), multiply(rotationY(y), rotationX(x)));
        expect(largestDifference(again(m), m)).toBeLessThan(3e-15);
      }),
      { seed: 3, numRuns: 1000 },
    );
  });

  it('[GDML61] round degrees come back as round degrees, bit for bit', () => {
    for (const angles of [
      [90, 0, 0],
      [0, 90, 0],
      [12.5, -30.25, 179],
      [0.839937, 1.41362, -149.277961],
    ]) {
      const [x = 0, y = 0, z = 0] = angles;
      const degree = Math.PI / 180;
      const m = gdmlRotation(x * degree, y * degree, z * degree);
      expect(rotationAngles(m).unit).toBe('deg');
      expect(again(m)).toEqual(m);
    }
  });

  it('[GDML61] a matrix that reflects is written as a rotation and a negative scale', () => {
    const m = rotationX(0.3);
    const mirror: Matrix3 = [m[0], -m[1], m[2], m[3], -m[4], m[5], m[6], -m[7], m[8]];
    const { rotation, scale } = withoutReflection(mirror, [1, 2, 3]);
    expect(determinant(rotation)).toBeCloseTo(1, 14);
    expect(scale).toEqual([1, 2, -3]);
  });

  it('[GDML62] names and values of any kind survive', () => {
    const userinfo =
      '<userinfo><auxiliary auxtype="a &lt;b&gt; &quot;c&quot; &amp;&#10;é" auxvalue="&apos;"/></userinfo>';
    const detector = read({
      userinfo,
      solids: '<box name="a &amp; b" x="0.1" y="1e-7" z="123456789.123"/>',
    });
    expect(comparable(readGdml(writeGdml(detector), { file: 'test.gdml' }))).toEqual(
      comparable(detector),
    );
  });

  it('[GDML62] what GDML cannot hold is an error', () => {
    const detector = read({});
    const solids = new Map([['b', { type: 'box', name: 'b', x: Number.NaN, y: 1, z: 1 } as const]]);
    expect(() => writeGdml({ ...detector, solids })).toThrow(
      /a number that GDML cannot hold: given NaN/,
    );
    const userInfo = [{ type: 'a\u0000', value: '', auxiliaries: [] }];
    expect(() => writeGdml({ ...detector, userInfo })).toThrow(/characters that XML cannot hold/);
  });

  it('[GDML63] a file is whole or not there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lantern-gdml-'));
    try {
      const path = join(folder, 'out.gdml');
      await writeGdmlFile(read({}), path);
      expect(readFileSync(path, 'utf8')).toBe(writeGdml(read({})));
      await expect(writeGdmlFile(read({}), join(folder, 'none', 'out.gdml'))).rejects.toThrow(
        /out\.gdml: cannot write: no such file or folder/,
      );
      expect(readdirSync(folder)).toEqual(['out.gdml']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
