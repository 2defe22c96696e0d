import { energyToWavelength } from '@lantern/units';
import { expect, test } from 'vitest';
import { valueAt } from '../../geometry/src/scene/resample.ts';
import { describe as detectorOf, PhysicsKernel } from './physics-kernel.ts';

const materials = {
  Steep: {
    tables: {
      RINDEX: [
        [1.5, 1.3],
        [2.2, 1.35],
        [6, 1.9],
      ],
      ABSLENGTH: [
        [1.7, 1e7],
        [3.1, 30],
        [3.2, 2],
      ],
      GROUPVEL: 190,
    },
  },
  Plain: { tables: { RINDEX: 1.2, RAYLEIGH: 5000, WLSABSLENGTH: [[3, 7]] } },
  Dark: {},
} as const;
const surfaces = {
  coat: {
    tables: {
      REFLECTIVITY: [
        [2, 0.25],
        [4, 0.75],
      ],
      EFFICIENCY: 0.5,
    },
  },
} as const;
const kernel = new PhysicsKernel({ materials, surfaces });
const detector = detectorOf({ materials, surfaces });

function tableOf(material: string, property: string) {
  const table = detector.materials.get(material)?.properties.tables.get(property);
  if (!table) throw new Error(`${material} ${property}`);
  return table;
}

test('[LOOK1] values between points are linear in energy, the end values outside', () => {
  for (let energy = 1.2; energy < 7; energy += 0.013) {
    kernel.exports.energyRow(energyToWavelength(energy * 1e-6));
    kernel.exports.materialAt(0);
    for (const [name, property] of [
      ['refractiveIndex', 'RINDEX'],
      ['absorptionLength', 'ABSLENGTH'],
    ] as const) {
      const expected = valueAt(tableOf('Steep', property), energy * 1e-6);
      // 32-bit numbers: relative to the greater of the two points.
      const scale = property === 'ABSLENGTH' && energy < 3.1 ? 1e7 : expected;
      expect(Math.abs(kernel.global(name) - expected) / scale).toBeLessThan(3e-7);
    }
    kernel.exports.surfaceAt(0);
    const reflectivity = Math.min(0.75, Math.max(0.25, 0.25 * energy - 0.25));
    expect(kernel.global('reflectivity')).toBeCloseTo(reflectivity, 6);
  }
});

test('[LOOK2] a point of a table is met exactly, whatever the others are', () => {
  kernel.exports.energyRow(energyToWavelength(3.1e-6));
  kernel.exports.materialAt(0);
  expect(Math.abs(kernel.global('absorptionLength') - 30)).toBeLessThan(1e-3);
});

test('[LOOK3] what is not given: never absorbed, c, a perfect mirror', () => {
  kernel.exports.energyRow(420);
  kernel.exports.materialAt(1);
  expect(kernel.global('absorptionLength')).toBeGreaterThan(1e29);
  expect(kernel.global('rayleighLength')).toBe(5000);
  expect(1 / kernel.global('shiftRate1')).toBeCloseTo(7, 12);
  expect(kernel.global('shiftRate2')).toBeLessThan(1e-29);
  expect(kernel.global('mieRate')).toBeLessThan(1e-29);
  expect(1 / kernel.global('moreRate')).toBeCloseTo(7, 12);
  kernel.exports.materialAt(2);
  expect(kernel.global('moreRate')).toBe(0);
  expect(kernel.global('groupVelocity')).toBeCloseTo(299.792458, 4);
  kernel.exports.surfaceAt(0);
  expect(kernel.global('efficiency')).toBe(0.5);
  expect(kernel.global('transmittance')).toBe(0);
});

test('[LOOK3] an infinite length and one of 0 can be divided by', () => {
  const extremes = new PhysicsKernel({
    materials: {
      Water: { tables: { RINDEX: 1 } },
      Odd: { tables: { RINDEX: 1, ABSLENGTH: Number.POSITIVE_INFINITY, WLSABSLENGTH: 0 } },
    },
  });
  for (const material of [0, 1]) {
    extremes.exports.energyRow(300);
    extremes.exports.materialAt(material);
    for (const name of ['absorptionLength', 'rayleighLength']) {
      expect(extremes.global(name)).toBeGreaterThan(0);
      expect(extremes.global(name)).toBeLessThan(1e31);
    }
    expect(extremes.global('moreRate')).toBeLessThan(1e10);
  }
});
