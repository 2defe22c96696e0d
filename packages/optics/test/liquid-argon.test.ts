import { readFileSync } from 'node:fs';
import {
  checkGeometry,
  type Detector,
  describeGeometry,
  packScene,
  readGdml,
} from '@lantern/geometry';
import { readGdmlFile } from '@lantern/geometry/node';
import { binomialDeviation, type Vector3 } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { createCpuEngine } from '../src/cpu/cpu-engine.node.ts';
import { photonFlags } from '../src/photon-layout.ts';
import { type PhotonEnd, photonsOf, propagateRows } from '../src/validation/photon-rows.ts';
import { sharedFile, withShared } from './closed-forms/shared-data.ts';

const path = new URL('../../../examples/liquid-argon-box/liquid-argon-box.gdml', import.meta.url);
const detector = readGdml(readFileSync(path, 'utf8'), { file: 'liquid-argon-box.gdml' });

/** Photons of 128 nm from one point, straight at the middle of a trap 85 mm away or all around. */
async function shine(
  detector: Detector,
  count: number,
  at: Vector3,
  direction?: Vector3,
): Promise<PhotonEnd[]> {
  const ends: PhotonEnd[] = [];
  const source = photonsOf(count, (i) => ({
    position: at,
    direction: direction ?? sunflower(i, count),
    polarisation: [Math.cos(i), 0.1, Math.sin(i)],
    wavelength: 128,
  }));
  await propagateRows(createCpuEngine(), detector, source, {}, (end) => ends.push(end));
  return ends;
}

/** Even directions: the golden angle from one to the next. */
function sunflower(i: number, count: number): Vector3 {
  const z = 1 - (2 * i + 1) / count;
  const azimuth = i * Math.PI * (3 - Math.sqrt(5));
  const r = Math.sqrt(1 - z * z);
  return [r * Math.cos(azimuth), r * Math.sin(azimuth), z];
}

const met = ({ flagMask }: PhotonEnd, flag: keyof typeof photonFlags): boolean =>
  (flagMask & photonFlags[flag]) !== 0;

describe('examples/liquid-argon-box', () => {
  test('[CF33] has nothing to complain of, and every property is used', () => {
    expect(detector.warnings).toEqual([]);
    expect(packScene(detector).warnings).toEqual([]);
    expect(packScene(detector).sensorCount).toBe(120);
    expect(checkGeometry(detector)).toEqual([]);
    expect(describeGeometry(detector).opticalPropertiesNotUsed).toEqual([]);
  });

  test('[CF33] the first film shifts 80 % of the light that enters it, the plate 90 % of that', async () => {
    const count = 20_000;
    const ends = await shine(detector, count, [300, -1700, 300], [0, -1, 0]);
    const direct = ends.filter((end) => !met(end, 'BULK_SCATTER'));
    // 82.5 mm to the trap; Fresnel at normal incidence, 1.3575 to 1.65; a film of ten absorption lengths.
    const shiftedAtOnce = (1 - (0.2925 / 3.0075) ** 2) * 0.8;
    const shifted = direct.filter((end) => met(end, 'BULK_REEMIT')).length;
    expect(Math.abs(binomialDeviation(shifted, direct.length, shiftedAtOnce))).toBeLessThan(4);

    const hits = direct.filter((end) => met(end, 'SURFACE_DETECT'));
    expect(hits.length).toBeGreaterThan(1000);
    const mean = (value: (end: PhotonEnd) => number): number =>
      hits.reduce((sum, end) => sum + value(end), 0) / hits.length;
    // The spectrum of the second shifter, less what it absorbs again; light of the first hardly gets through it.
    expect(mean(({ wavelength }) => wavelength)).toBeGreaterThan(430);
    expect(mean(({ wavelength }) => wavelength)).toBeLessThan(455);
    expect(hits.filter(({ wavelength }) => wavelength < 385).length).toBeLessThan(
      0.01 * hits.length,
    );
    // 82.5 mm at 7.48 ns/m, 1.1 and 1.7 ns of the shifters, and a few ns on the way through the plate.
    const way = mean(({ time }) => time) - 0.617 - 2.8;
    expect(way).toBeGreaterThan(0);
    expect(way).toBeLessThan(6);
  });

  test('[CF33] from the middle, the argon scatters nearly all light and absorbs little', async () => {
    const count = 20_000;
    const ends = await shine(detector, count, [0, 0, 0]);
    // No wall is nearer than 1.78 m, 0.991 m are a scattering length and 33 m one of absorption.
    const unscattered = ends.filter((end) => !met(end, 'BULK_SCATTER')).length / count;
    expect(unscattered).toBeLessThan(Math.exp(-1.78 / 0.991));
    // Diffusion holds to 10 % where walls are but two lengths away.
    const expected = absorbedBeforeWalls([6, 3.57, 3.6], 0.991, 33);
    expect(shareAbsorbedBeforeWalls(ends)).toBeGreaterThan(0.9 * expected);
    expect(shareAbsorbedBeforeWalls(ends)).toBeLessThan(1.1 * expected);
  });
});

test.runIf(withShared)(
  '[CF34] dune_mock_wls_detector_box.gdml: from the middle, light of 128 nm is absorbed before the shells as by diffusion',
  async () => {
    const mock = await readGdmlFile(sharedFile('data/gdml/dune_mock_wls_detector_box.gdml'));
    const ends = await shine(mock, 40_000, [0, 0, 0]);
    // Its lengths at 9.68626 eV, in m, between the points of its tables.
    const expected = absorbedBeforeWalls([60, 13.5, 13], 0.999, 10);
    expect(Math.abs(shareAbsorbedBeforeWalls(ends) / expected - 1)).toBeLessThan(0.01);
  },
);

/** Of photons that are absorbed and have met nothing before. */
function shareAbsorbedBeforeWalls(ends: readonly PhotonEnd[]): number {
  const { TORCH, BULK_ABSORB, BULK_SCATTER } = photonFlags;
  const stayed = ends.filter(
    ({ flagMask }) => (flagMask & ~BULK_SCATTER) === (TORCH | BULK_ABSORB),
  );
  return stayed.length / ends.length;
}

/**
 * The share of light from the middle of a box that is absorbed before it comes to a wall, by diffusion: w with
 * D Δw = (w - 1)/a, D = 1/(3 (1/s + 1/a)), and w = 0 at 0.7104 transport lengths beyond the walls (Case and Zweifel,
 * Linear Transport Theory, 1967: Milne's problem). Good where the box is many lengths wide.
 *
 * @param sides full lengths, in the unit of the lengths of scattering s and absorption a
 */
function absorbedBeforeWalls(sides: Vector3, s: number, a: number): number {
  const transport = 1 / (1 / s + 1 / a);
  const [x, y, z] = sides.map((side) => side + 2 * 0.7104 * transport) as [number, number, number];
  let sum = 0;
  for (let i = 1; i < 60; i += 2)
    for (let j = 1; j < 60; j += 2)
      for (let k = 1; k < 60; k += 2) {
        const sign = (-1) ** ((i + j + k - 3) / 2);
        const waves = (i / x) ** 2 + (j / y) ** 2 + (k / z) ** 2;
        const rate = 1 + (a * transport * Math.PI ** 2 * waves) / 3;
        sum += (sign * 64) / (Math.PI ** 3 * i * j * k * rate);
      }
  return sum;
}
