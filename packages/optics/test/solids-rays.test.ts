import type { Solid } from '@lantern/geometry';
import { add, length, normalize, scale, type Vector3 } from '@lantern/units';
import { describe, expect, it } from 'vitest';
import {
  booleans,
  comb,
  type SolidCase,
  solidCases,
} from '../../geometry/test/solids/solid-cases.ts';
import { SolidKernel } from './solid-kernel.ts';

const far = Number.POSITIVE_INFINITY;
const kernelOf = (solid: Solid): SolidKernel =>
  new SolidKernel({ title: '', solids: new Map([[solid.name, solid]]), name: solid.name });
const caseOf = (title: string): SolidKernel =>
  new SolidKernel(solidCases.find((solid) => solid.title === title) as SolidCase);

const box = kernelOf({ type: 'box', name: 'b', x: 20, y: 40, z: 60 });
const orb = kernelOf({ type: 'orb', name: 'o', r: 10 });
const pipe = caseOf('tube, bore');

describe('[RAY1] leaving', () => {
  it('goes to the nearest face, from where rounding put the photon', () => {
    expect(box.exit([0, 0, 0], [1, 0, 0])).toBe(10);
    expect(box.exit([10, 0, 0], [-1, 0, 0])).toBe(20);
    expect(box.exit([10 + 1e-14, 0, 0], [-1, 0, 0])).toBeCloseTo(20, 12);
    expect(box.exit([10 + 1e-14, 0, 0], [1, 0, 0])).toBe(0);
    expect(box.exit([10, 0, 0], normalize([1e-12, 1, 0]))).toBe(0);
    expect(box.exit([10, 20, 30], normalize([-1, -2, -3]))).toBeCloseTo(20 * Math.sqrt(14), 10);
  });

  it('goes on along a face that the photon is on', () => {
    expect(box.exit([10, 0, 0], [0, 1, 0])).toBe(20);
    expect(box.exit([10, 20, 0], [0, 0, 1])).toBe(30);
  });

  it('a ball: the chord, however flat, where the photon is on the surface or 1e-13 beside it', () => {
    for (const cosine of [0.5, 1e-3, 1e-6, 1e-9, 1e-12]) {
      const inwards: Vector3 = [-cosine, Math.sqrt(1 - cosine * cosine), 0];
      expect(orb.exit([10, 0, 0], inwards) / (20 * cosine)).toBeCloseTo(1, 9);
      const beside = orb.exit([10 + 1e-14, 0, 0], inwards);
      expect(beside).toBeGreaterThan(0);
      expect(beside).toBeLessThan(20 * cosine + 1e-5);
    }
  });

  it('crosses the seam of touching parts, and gaps below the tolerance', () => {
    const ell = caseOf('L of two touching boxes');
    expect(ell.exit([-10, 0, 0], [0, 1, 0])).toBe(50);
    const turned = caseOf('turned box, touching itself turned');
    expect(turned.exit([3, 0, 0], [0, Math.cos(0.4), Math.sin(0.4)])).toBeCloseTo(30, 10);
  });

  it('leaves at once where it is not inside at all', () => {
    expect(pipe.exit([0, 0, 0], [1, 0, 0])).toBe(0);
    expect(pipe.exit([500, 0, 0], [0, 1, 0])).toBe(0);
  });
});

describe('[RAY2] entering', () => {
  it('finds the near face, or nothing before the limit', () => {
    expect(box.enter([-30, 0, 0], [1, 0, 0])).toBe(20);
    expect(box.enter([-30, 0, 0], [1, 0, 0], 20.1)).toBe(20);
    expect(box.enter([-30, 0, 0], [1, 0, 0], 19.9)).toBe(far);
    expect(box.enter([-30, 0, 0], [-1, 0, 0])).toBe(far);
    expect(pipe.enter([0, 0, 0], [1, 0, 0])).toBe(40);
    expect(pipe.enter([0, 0, 0], [1, 0, 0], 39)).toBe(far);
  });

  it('on the face: at once inwards, never outwards or along it, at any angle', () => {
    for (const beside of [-1e-13, 0, 1e-13]) {
      for (const tilt of [1, 1e-3, 1e-6, 1e-9]) {
        expect(box.enter([10 + beside, 0, 0], normalize([-tilt, 1, 0]))).toBe(0);
        expect(box.enter([10 + beside, 0, 0], normalize([tilt, 1, 0]))).toBe(far);
        expect(orb.enter([10 + beside, 0, 0], normalize([tilt, 1, 0]))).toBe(far);
      }
    }
    expect(box.enter([10, -50, 0], [0, 1, 0])).toBe(far);
  });

  it('a wall is met again from a hollow side, however flat the angle', () => {
    for (const cosine of [0.5, 1e-3, 1e-6, 1e-9]) {
      const d: Vector3 = [-cosine, Math.sqrt(1 - cosine * cosine), 0];
      expect(pipe.enter([40, 0, 0], d) / (80 * cosine)).toBeCloseTo(1, 7);
    }
    // In the corner of the L, 1e-10 mm before the other wall.
    const ell = caseOf('L of two touching boxes');
    expect(ell.enter([1e-10, 10, 0], normalize([-1, 1, 0]))).toBeLessThan(1e-9);
    expect(ell.enter([1e-6, 10, 0], normalize([-1, 1, 0]))).toBeCloseTo(Math.SQRT2 * 1e-6, 12);
    expect(ell.enter([1e-10, 15, 0], [-1, 0, 0])).toBeLessThan(1e-9);
  });

  it('what faces that coincide leave between them is not there', () => {
    const drilled = caseOf('box with a hole that ends at its faces');
    expect(drilled.enter([1, 2, -50], [0, 0, 1])).toBe(far);
    expect(drilled.enter([1, 2, -50], normalize([1e-3, 0, 1]))).toBe(far);
  });

  it('is exact to 1e-9 mm for a small solid 20 m away', () => {
    const start: Vector3 = [20_000, 3, 4];
    const d = normalize([-20_000, -3, -4]);
    expect(orb.enter(start, d)).toBeCloseTo(length(start) - 10, 9);
    const tangent = normalize([-20_000, 9.99 - 3, -4]);
    const point = add(start, scale(tangent, orb.enter(start, tangent)));
    expect(length(point)).toBeCloseTo(10, 10);
  });
});

it('[RAY3] the normal is of the face hit, outwards, also of what was taken away', () => {
  pipe.enter([0, 0, 0], [1, 0, 0]);
  expect(pipe.normal([40, 0, 0])).toEqual([-1, -0, -0]);
  pipe.exit([45, 0, 0], [1, 0, 0]);
  expect(pipe.normal([50, 0, 0])).toEqual([1, 0, 0]);
  pipe.exit([45, 0, 0], [0, 0, -1]);
  expect(pipe.normal([45, 0, -100])).toEqual([0, 0, -1]);
});

it('[RAY9] a thousand operands', () => {
  for (const kernel of [new SolidKernel(comb(1000)), new SolidKernel(booleans[0] as SolidCase)]) {
    let point: Vector3 = [-500, 0, 0];
    let teeth = 0;
    for (;;) {
      const entry = kernel.enter(point, [1, 0, 0]);
      if (entry === far) break;
      point = [point[0] + entry, 0, 0];
      point = [point[0] + kernel.exit(point, [1, 0, 0]), 0, 0];
      teeth++;
    }
    expect([1000, 1]).toContain(teeth);
  }
});

describe.each([
  ['orb', 'orb'],
  ['box', 'box'],
  ['tube', 'tube'],
  ['photomultiplier', 'photomultiplier'],
])('%s', (_, title) => {
  it('[RAY7] 50,000 reflections, at any angle', () => {
    const kernel = caseOf(title);
    for (const cosine of [0.7, 1e-3, 1e-6, 1e-9]) {
      expect(kernel.reflectInside(5, 50_000, cosine), kernel.violation()).toBe(0);
    }
  });
});
