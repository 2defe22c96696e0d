import { expect, test } from 'vitest';
import {
  coatedReflectance,
  metalReflectance,
  reflectance,
} from '../../src/validation/reflectance.ts';

/** Of anchors/optics.md 8.3: a film of 100 nm and index 1.7 between 1.4 and 1.0, at 5 eV. */
const coating = { n1: 1.4, film: 1.7, n2: 1, thickness: 100, wavelength: 1239.84198433 / 5 };

test('[CF3] the formulae themselves: a film, a metal and two media in known cases', () => {
  expect(coatedReflectance(coating, 0, 's')).toBeCloseTo(0.107407, 6);
  expect(coatedReflectance(coating, 0, 'p')).toBeCloseTo(0.107407, 6);
  for (const polarisation of ['s', 'p'] as const) {
    for (const angle of [0.1, 0.5, 0.7]) {
      // A film of one of the two indices is no film; nor is one without thickness.
      const bare = reflectance(1.4, 1, angle, polarisation);
      const film = { ...coating, film: 1.4 };
      expect(coatedReflectance(film, angle, polarisation)).toBeCloseTo(bare, 10);
      const thin = { ...coating, thickness: 0 };
      expect(coatedReflectance(thin, angle, polarisation)).toBeCloseTo(bare, 10);
      // A metal that does not absorb is a dielectric.
      expect(metalReflectance(1.4, [1, 0], angle, polarisation)).toBeCloseTo(bare, 10);
    }
    // A gap of air: total reflection where it is wide, none of it where there is none.
    const gap = { n1: 1.5, film: 1, n2: 1.5, thickness: 0, wavelength: 500 };
    expect(coatedReflectance(gap, 1, polarisation)).toBeCloseTo(0, 10);
    expect(coatedReflectance({ ...gap, thickness: 5000 }, 1, polarisation)).toBeCloseTo(1, 10);
    const part = coatedReflectance({ ...gap, thickness: 50 }, 1, polarisation);
    expect(part).toBeGreaterThan(0.01);
    expect(part).toBeLessThan(0.99);
  }
  // Aluminium at 4 eV at right angles: ((n − 1)² + k²)/((n + 1)² + k²).
  const aluminium = (0.72 ** 2 + 3.71 ** 2) / (1.28 ** 2 + 3.71 ** 2);
  expect(metalReflectance(1, [0.28, 3.71], 0, 's')).toBeCloseTo(aluminium, 10);
});
