import { rotationX, rotationZ } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { GeometryError } from '../../src/errors.ts';
import type { Solid, SolidType } from '../../src/model/solid.ts';
import { solidBounds } from '../../src/solids/bounds.ts';
import { inside } from '../../src/solids/inside.ts';
import { sampleVolume } from './sample-volume.ts';
import { comb, combFromRight } from './solid-cases.ts';
import { exampleSolids, solidExamples } from './solid-examples.ts';

function named(...solids: Solid[]): Map<string, Solid> {
  return new Map(solids.map((solid) => [solid.name, solid]));
}

/** Does not compile when a type is missing. */
const allTypes: Record<SolidType, true> = {
  arb8: true,
  box: true,
  cone: true,
  cutTube: true,
  elcone: true,
  ellipsoid: true,
  eltube: true,
  genericPolycone: true,
  genericPolyhedra: true,
  hype: true,
  intersection: true,
  multiUnion: true,
  orb: true,
  para: true,
  paraboloid: true,
  polycone: true,
  polyhedra: true,
  reflectedSolid: true,
  scaledSolid: true,
  sphere: true,
  subtraction: true,
  tessellated: true,
  tet: true,
  torus: true,
  trap: true,
  trd: true,
  tube: true,
  twistedbox: true,
  twistedtrap: true,
  twistedtrd: true,
  twistedtubs: true,
  union: true,
  xtru: true,
};

describe('volume by membership', () => {
  test.each(solidExamples)('[MEM1] [MEM4] $solid.name', ({ solid, volume, loose }) => {
    const sampled = sampleVolume(exampleSolids, solid.name);
    expect(Math.abs(sampled.volume - volume)).toBeLessThanOrEqual(4 * sampled.error);
    expect(sampled.outsideBounds).toBe(0);
    if (!loose) expect(sampled.filled).toBeGreaterThan(0.93);
  });

  test('[MEM1] every type of the schema has an example', () => {
    const types = new Set(solidExamples.map(({ solid }) => solid.type));
    expect([...types].sort()).toEqual(Object.keys(allTypes).sort());
  });
});

describe('definitions', () => {
  test('[MEM2] a trap leans by theta along phi, and its faces by alpha', () => {
    const trap: Solid = {
      ...{ type: 'trap', name: 'trap', z: 20, theta: Math.PI / 4, phi: 0, y1: 10, x1: 2, x2: 2 },
      ...{ alpha1: Math.PI / 4, y2: 10, x3: 2, x4: 2, alpha2: Math.PI / 4 },
    };
    const isIn = inside(named(trap), 'trap');
    // The middle of the top face stands at x = 10 tan 45° = 10; its high-y end at x = 10 + 5 tan 45°.
    expect(isIn(10, 0, 9.999)).toBe(true);
    expect(isIn(14.9, 4.9, 9.999)).toBe(true);
    expect(isIn(5.1, 4.9, 9.999)).toBe(false);
    expect(isIn(-14.9, -4.9, -9.999)).toBe(true);
  });

  test('[MEM2] the radii of a polyhedra reach its sides, not its corners; those of a generic one its corners', () => {
    const common = { startphi: 0, deltaphi: 2 * Math.PI, numsides: 4 };
    const planes: Solid = {
      ...{ type: 'polyhedra', name: 'planes', ...common },
      planes: [
        { z: -1, rmin: 0, rmax: 10 },
        { z: 1, rmin: 0, rmax: 10 },
      ],
    };
    const corners: Solid = {
      ...{ type: 'genericPolyhedra', name: 'corners', ...common },
      corners: [
        { r: 10, z: -1 },
        { r: 10, z: 1 },
        { r: 0, z: 1 },
        { r: 0, z: -1 },
      ],
    };
    const solids = named(planes, corners);
    expect(inside(solids, 'planes')(14.1, 0, 0)).toBe(true);
    expect(inside(solids, 'corners')(14.1, 0, 0)).toBe(false);
    expect(inside(solids, 'corners')(9.9, 0, 0)).toBe(true);
    expect(inside(solids, 'corners')(7.2, 7.2, 0)).toBe(false);
  });

  test('[MEM2] cut tube: the planes pass through (0, 0, ∓z/2), and nothing else ends it', () => {
    const lean = Math.SQRT1_2;
    const tube: Solid = {
      ...{ type: 'cutTube', name: 'cut', rmin: 0, rmax: 5, z: 10, startphi: 0, deltaphi: 7 },
      ...{ lowNormal: [0, 0, -1], highNormal: [lean, 0, lean] },
    };
    const isIn = inside(named(tube), 'cut');
    expect(isIn(-4, 0, 8.9)).toBe(true);
    expect(isIn(4, 0, 1.1)).toBe(false);
    expect(isIn(4, 0, 0.9)).toBe(true);
    expect(solidBounds(named(tube), 'cut').max[2]).toBeCloseTo(10);
  });

  test('[MEM2] a segment of phi counts from startphi, whatever turn it is given in', () => {
    const tube: Solid = {
      ...{ type: 'tube', name: 'segment', rmin: 0, rmax: 5, z: 10 },
      ...{ startphi: -3 * Math.PI, deltaphi: Math.PI / 2 },
    };
    const isIn = inside(named(tube), 'segment');
    expect(isIn(-1, -1, 0)).toBe(true);
    expect(isIn(-1, 1, 0)).toBe(false);
    expect(isIn(1, -1, 0)).toBe(false);
  });

  test('[MEM3] the parts of a boolean stand by their transforms: turned, then moved', () => {
    const solids = named(
      { type: 'box', name: 'rod', x: 2, y: 2, z: 20 },
      {
        ...{ type: 'union', name: 'cross', first: 'rod', second: 'rod' },
        transform: { rotation: rotationX(Math.PI / 2), translation: [0, 0, 5], scale: [1, 1, 1] },
        firstTransform: {
          ...{ rotation: rotationZ(0), translation: [0, 1, 0], scale: [1, 1, 1] },
        },
      },
    );
    const isIn = inside(solids, 'cross');
    expect(isIn(0, 9.9, 5)).toBe(true);
    expect(isIn(0, -9.9, 5.9)).toBe(true);
    expect(isIn(0, 9.9, 0)).toBe(false);
    expect(isIn(0, 1.9, -9.9)).toBe(true);
    expect(isIn(0, -0.1, -9.9)).toBe(false);
    expect(solidBounds(solids, 'cross')).toEqual({ min: [-1, -10, -10], max: [1, 10, 10] });
  });

  test('[MEM3] reflection: the local point is divided by the scale', () => {
    const isIn = inside(exampleSolids, 'reflectedSolid');
    expect(isIn(105, 5, -29)).toBe(true);
    expect(isIn(105, 5, 29)).toBe(false);
  });
});

describe('what cannot be', () => {
  test('[MEM5] a missing solid is named, with the nearest name', () => {
    expect(() => inside(exampleSolids, 'polycon')).toThrow(/'polycon'.*did you mean 'polycone'/);
    expect(() => solidBounds(exampleSolids, 'nothing')).toThrow(GeometryError);
  });

  test('[MEM5] a solid that contains itself', () => {
    const transform = { rotation: rotationX(0), translation: [0, 0, 0], scale: [1, 1, 1] } as const;
    const solids = named(
      { type: 'union', name: 'a', first: 'b', second: 'b', transform },
      { type: 'union', name: 'b', first: 'a', second: 'a', transform },
    );
    expect(() => inside(solids, 'a')).toThrow(/contains itself.*a > b > a/);
    expect(() => solidBounds(solids, 'a')).toThrow(/contains itself/);
  });

  test('[MEM5] bounds that are not numbers', () => {
    const solids = named({ type: 'box', name: 'odd', x: Number.NaN, y: 1, z: 1 });
    expect(() => solidBounds(solids, 'odd')).toThrow(/box 'odd'.*without finite bounds/);
  });

  test('[MEM6] a solid used twice at each of 40 levels is done once', () => {
    const transform = { rotation: rotationX(0), translation: [0, 0, 1], scale: [1, 1, 1] } as const;
    const solids = named({ type: 'orb', name: 's0', r: 1 });
    for (let i = 1; i <= 40; i++) {
      const below = `s${i - 1}`;
      solids.set(`s${i}`, {
        ...{ type: 'union', name: `s${i}`, first: below, second: below, transform },
      });
    }
    expect(solidBounds(solids, 's40').max[2]).toBe(41);
    expect(inside(solids, 's15')(0, 0, 0)).toBe(true);
    // Written out it has 2^40 parts: a point outside would be asked of all of them.
    expect(() => inside(solids, 's40')).toThrow(/<union name="s20"> has too many parts/);
  });

  test('[MEM6] 50,000 nested booleans, and 5,000 nested second operands', () => {
    for (const solid of [comb(50_000), combFromRight(5000)]) {
      expect(solidBounds(solid.solids, solid.name).max[0]).toBeGreaterThan(5000);
      expect(inside(solid.solids, solid.name)(2, 0, 0)).toBe(true);
    }
  });
});
