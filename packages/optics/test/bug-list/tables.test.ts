import { checkGeometry } from '@lantern/geometry';
import { expect, test } from 'vitest';
import { box, byEnergy, type Optics, smallDetector } from '../../src/validation/small-detector.ts';
import { PhysicsKernel } from '../physics-kernel.ts';

test('[BUG3] no table takes anything of its neighbours, inside its range and outside', () => {
  // Neighbours far apart in value, on different energies.
  const materials = Object.fromEntries(
    Array.from({ length: 7 }, (_, i) => [
      `M${i}`,
      {
        tables: {
          RINDEX: i % 2 ? 1.001 : 3,
          ABSLENGTH: [
            [1.5 + 0.1 * i, 10 ** (i % 3)],
            [2.5 + 0.1 * i, 10 ** (i % 3)],
            [4 + 0.3 * i, 10 ** (i % 3)],
          ] as const,
          RAYLEIGH: 1e6 / (i + 1),
        },
      },
    ]),
  );
  const kernel = new PhysicsKernel({ materials });
  for (let i = 0; i < 7; i++) {
    for (let wavelength = 120; wavelength < 1100; wavelength += 7) {
      kernel.exports.energyRow(wavelength);
      kernel.exports.materialAt(i);
      expect(kernel.global('refractiveIndex')).toBeCloseTo(i % 2 ? 1.001 : 3, 6);
      expect(kernel.global('absorptionLength') / 10 ** (i % 3)).toBeCloseTo(1, 6);
      expect((kernel.global('rayleighLength') * (i + 1)) / 1e6).toBeCloseTo(1, 6);
    }
  }
});

function cube(optics: Optics, tables: Optics = {}) {
  return smallDetector({
    materials: { Medium: optics },
    surfaces: { Cathode: { tables } },
    solids: [box('cube', 100), box('plate', 10)],
    world: {
      name: 'World',
      solid: 'cube',
      material: 'Medium',
      inside: [{ name: 'Plate', solid: 'plate', material: 'Medium', skin: 'Cathode' }],
    },
  });
}

test('[BUG14] a placeholder of 38 in a table of refractive indices is a warning that shows it', () => {
  const fluoride = byEnergy([
    [1239.84 / 400, 1.38],
    [1239.84 / 150, 2.618],
    [1239.84 / 60, 38],
  ]);
  const findings = checkGeometry(cube({ RINDEX: fluoride, ABSLENGTH: 1000 }));
  const jump = findings.find(({ kind }) => kind === 'jump');
  expect(jump?.severity).toBe('warning');
  expect(jump?.where).toContain('Medium');
  expect(jump?.message).toContain('38');
  expect(jump?.message).toContain('placeholder');
  const smooth = checkGeometry(
    cube({
      RINDEX: byEnergy([
        [2, 1.38],
        [4, 1.41],
      ]),
      ABSLENGTH: 1000,
    }),
  );
  expect(smooth.filter(({ kind }) => kind === 'jump')).toEqual([]);
});

test('[BUG15] an efficiency that varies and peaks at exactly 1 is a warning', () => {
  const shape = (peak: number) =>
    byEnergy([
      [2, 0.1 * peak],
      [3, peak],
      [4, 0.3 * peak],
    ]);
  const told = (peak: number) =>
    checkGeometry(
      cube({ RINDEX: 1.4, ABSLENGTH: 1000 }, { EFFICIENCY: shape(peak), REFLECTIVITY: 0 }),
    ).filter(({ kind, where }) => kind === 'badValue' && where.includes('Cathode'));
  const [warning] = told(1);
  expect(warning?.severity).toBe('warning');
  expect(warning?.message).toContain('normalised to its peak');
  expect(told(0.3)).toEqual([]);
});
