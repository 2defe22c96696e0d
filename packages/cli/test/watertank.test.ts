import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkGeometry, packScene, readGdml, writeGdml } from '@lantern/geometry';
import { dot, normalize } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { waterIndex } from '../src/watertank/water.ts';
import { defaultTank, watertank } from '../src/watertank/watertank.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe.each([
  ['as it is', defaultTank],
  ['small and crowded', { radius: 1500, height: 2400, spacing: 300 }],
])('the example detector, %s', (_, size) => {
  const detector = watertank(size);
  const scene = packScene(detector);
  const sensors = [...scene.sensors()];

  test('[EX1] its photomultipliers are numbered, within the water, and look inward', () => {
    expect(sensors.length).toBeGreaterThan(100);
    const numbers = sensors.map(({ copyNumbers }) => copyNumbers.at(-2));
    expect(numbers).toEqual(sensors.map((__, i) => i));
    for (const { position, direction } of sensors) {
      const [x, y, z] = position;
      expect(Math.hypot(x, y)).toBeLessThan(size.radius - 200);
      expect(Math.abs(z)).toBeLessThan(size.height / 2 - 200);
      expect(dot(direction, normalize(position))).toBeLessThan(0);
    }
  });

  test('[EX1] nothing overlaps, no light stops for want of an index, all properties are used', () => {
    expect(checkGeometry(detector).map(({ message }) => message)).toEqual([]);
    expect(scene.warnings).toEqual([]);
  });

  test('[EX2] written and read again it is the same', () => {
    const again = readGdml(writeGdml(detector), { file: 'watertank.gdml' });
    expect(again.warnings).toEqual([]);
    for (const part of ['elements', 'materials', 'surfaces', 'volumes'] as const)
      expect([...again[part].keys()].sort()).toEqual([...detector[part].keys()].sort());
    expect(again.skinSurfaces.length).toBe(detector.skinSurfaces.length);
    const sensorsAgain = [...packScene(again).sensors()];
    expect(sensorsAgain.length).toBe(sensors.length);
    sensorsAgain.forEach(({ position, direction, path }, i) => {
      expect(path).toBe(sensors[i]?.path);
      position.forEach((value, axis) => {
        expect(value).toBeCloseTo(sensors[i]?.position[axis] ?? Number.NaN, 6);
      });
      direction.forEach((value, axis) => {
        expect(value).toBeCloseTo(sensors[i]?.direction[axis] ?? Number.NaN, 9);
      });
    });
  });
});

test('[EX1] the index of water is that of Daimon and Masumura: 1.33299 at the sodium line', () => {
  expect(waterIndex(589.3)).toBeCloseTo(1.333, 3);
  expect(waterIndex(400)).toBeCloseTo(1.3434, 3);
});

test('[EX3] make-watertank.ts writes it, in any size', async () => {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const file = join(await temporaryFolder(), 'tank.gdml');
  const args = [
    '--import',
    './tools/typescript.mjs',
    'examples/watertank/make-watertank.ts',
    file,
    '--radius',
    '2000',
    '--spacing',
    '400',
  ];
  const result = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  expect(result.stderr).toBe('');
  expect(result.stdout).toMatch(/\d+ photomultipliers in a tank of 2000 x 7000 mm/);
  const detector = readGdml(await readFile(file, 'utf8'), { file });
  expect(detector.volumes.get('Water')?.placements.length).toBeGreaterThan(200);
});
