import { describe, expect, it } from 'vitest';
import {
  comb,
  combFromRight,
  type SolidCase,
  solidCases,
} from '../../geometry/test/solids/solid-cases.ts';
import { SolidKernel } from './solid-kernel.ts';

/** How many steps each solid is walked at each angle: 10⁷ for all solids. */
const STEPS = Math.ceil(1e7 / solidCases.length / 3);

/** Rays are aimed at edges and apexes too, where a normal may not exist. */
const oddNormals = ({ isEdgy }: SolidCase): number => (isEdgy ? 2e-2 : 5e-3);

describe.each([...solidCases, comb(50), combFromRight(50)])('$title', (solid) => {
  const kernel = new SolidKernel(solid);

  it('[RAY5] entry and exit alternate, and what is between them is inside or outside', () => {
    const violations = kernel.followRays(1, STEPS / 4);
    expect(violations, kernel.violation()).toBe(0);
    expect(kernel.oddNormals()).toBeLessThan(oddNormals(solid));
  });

  it('[RAY6] no photon leaks, at any angle', () => {
    for (const grazing of [0, 1, 10]) {
      const violations = kernel.wander(2 + grazing, STEPS, grazing);
      expect(violations, kernel.violation()).toBe(0);
      expect(kernel.oddNormals()).toBeLessThan(oddNormals(solid));
    }
  });

  it('[RAY7] a photon is reflected inside without end', () => {
    for (const cosine of [0.5, 1e-3, 1e-6, 1e-9]) {
      const violations = kernel.reflectInside(3, 2000, cosine);
      expect(violations, kernel.violation()).toBe(0);
    }
  });
});
