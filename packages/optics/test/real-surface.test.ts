import { readRealSurface } from '@lantern/geometry/node';
import { compareFractions, energyToWavelength, normalize, type Vector3 } from '@lantern/units';
import { expect, test } from 'vitest';
import { PhysicsKernel, type SurfaceInWords } from './physics-kernel.ts';

/**
 * Geant4 11.4, examples/extended/optical/OpNovice2, boundary.mac and boundary.out: first interactions by status of
 * G4OpBoundaryProcess. Needs Geant4's RealSurface data, which is not Lantern's to give.
 */
const runs: readonly (readonly [SurfaceInWords, Readonly<Record<number, number>>])[] = [
  [
    { model: 'DAVIS', type: 'dielectric_LUTDAVIS', finish: 'RoughTeflon_LUT' },
    { 6: 9567, 9: 388, 10: 38 },
  ],
  [
    { model: 'DAVIS', type: 'dielectric_LUTDAVIS', finish: 'Detector_LUT' },
    { 6: 118, 9: 8885, 10: 991 },
  ],
  [
    { model: 'LUT', type: 'dielectric_LUT', finish: 'polishedlumirrorair' },
    { 1: 103, 15: 787, 9: 104, 10: 5 },
  ],
];

const folder = process.env.G4REALSURFACEDATA;
const direction = normalize([0.9, 0.44, 0]);
const polarisation: Vector3 = [-direction[1], direction[0], 0];
const tables = { REFLECTIVITY: 0.8, TRANSMITTANCE: 0.1, EFFICIENCY: 0.1 };

test.skipIf(!folder).each(runs)(
  '[LUT3] [LUT5] as Geant4 11.4 with its RealSurface data (skipped without G4REALSURFACEDATA): $0.finish',
  async (surface, counts) => {
    const { finish = '' } = surface;
    const lookUps = await readRealSurface(folder ?? '', [finish]);
    const kernel = new PhysicsKernel(
      {
        materials: { Box: { tables: { RINDEX: 1.3167 } }, World: { tables: { RINDEX: 1.01 } } },
        surfaces: { surface: { ...surface, tables } },
      },
      { lookUps },
    );
    const start = { direction, polarisation, wavelength: energyToWavelength(3e-6) };
    const total = 100_000;
    const options = { from: 0, to: 1, surface: 0, normal: [-1, 0, 0] } as const;
    const samples = kernel.sample('boundary', total, start, options);
    const reference = Object.values(counts).reduce((sum, count) => sum + count, 0);
    expect(samples.every(({ status }) => `${status}` in counts)).toBe(true);
    for (const [status, count] of Object.entries(counts)) {
      const found = samples.filter((sample) => sample.status === Number(status)).length;
      const deviation = compareFractions(found, total, count, reference);
      expect({ status, deviation, agrees: Math.abs(deviation) < 4 }).toMatchObject({
        agrees: true,
      });
    }
  },
);
