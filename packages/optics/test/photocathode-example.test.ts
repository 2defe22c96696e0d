import { readFileSync } from 'node:fs';
import { checkGeometry, describeGeometry, packScene, readGdml } from '@lantern/geometry';
import { binomialDeviation, type Vector3 } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { createCpuEngine } from '../src/cpu/cpu-engine.node.ts';
import { layeredMedia } from '../src/validation/layered-media.ts';
import { photonsOf, propagateRows } from '../src/validation/photon-rows.ts';

const path = new URL('../../../examples/photocathode/photocathode.gdml', import.meta.url);
const detector = readGdml(readFileSync(path, 'utf8'), { file: 'photocathode.gdml' });

describe('examples/photocathode', () => {
  test('[FILM4] has nothing to complain of, and every property is used', () => {
    expect(detector.warnings).toEqual([]);
    expect(packScene(detector).warnings).toEqual([]);
    expect(packScene(detector).sensorCount).toBe(1);
    expect(checkGeometry(detector)).toEqual([]);
    expect(describeGeometry(detector).opticalPropertiesNotUsed).toEqual([]);
  });

  test('[CF11] detects what the film absorbs, along the axis at 400 nm, at the first encounter', async () => {
    // At 3.0996 eV, linear between the rows of the file.
    const [water, glass, efficiency] = [1.342996, 1.487328, 0.535686];
    const film = [{ index: [2.24742, 1.183703], thickness: 23.4 }] as const;
    const { absorbed } = layeredMedia(glass, film, 1, 0, 400, 's');
    const window = 1 - ((glass - water) / (glass + water)) ** 2;
    const travelled = Math.exp(-203 / 20_000);
    const expected = window * travelled * efficiency * (absorbed[0] ?? 0);
    const count = 40_000;
    const tally = await propagateRows(
      createCpuEngine(),
      detector,
      photonsOf(count, (i) => ({
        position: [0, 0, 300],
        direction: [0, 0, -1],
        polarisation: [Math.cos(i), Math.sin(i), 0] satisfies Vector3,
      })),
      // The way through the vacuum to the mirror and back takes longer.
      { maxTime: 1.5, keepPhotons: false },
    );
    const found = Number(tally.detected);
    expect(Math.abs(binomialDeviation(found, count, expected))).toBeLessThan(4);
    expect(found / count).toBeGreaterThan(0.25);
  });
});
