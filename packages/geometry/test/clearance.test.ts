import { RandomStream, type Vector3 } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { apartFromAll, type Hull, holdsHull } from '../src/scene/clearance.ts';
import { inside } from '../src/solids/inside.ts';
import { solidCases } from './solids/solid-cases.ts';

const random = new RandomStream(11n, 0n);
const within = (size: number): number => size * (2 * random.uniform() - 1);

/** A ball of that middle and radius, and the box around it. */
function ball([x, y, z]: Vector3, radius: number): Hull {
  return {
    box: { min: [x - radius, y - radius, z - radius], max: [x + radius, y + radius, z + radius] },
    centre: [x, y, z],
    radius,
    fromAxis: Math.hypot(x, y) + radius,
  };
}

describe('what touches nothing', () => {
  test.each([0.5, 2, 6])(
    '[HIER3] balls of radius up to %d are apart as every pair of them says',
    (size) => {
      const hulls = Array.from({ length: 200 }, () =>
        ball([within(30), within(30), within(30)], size * random.uniform()),
      );
      const touches = (a: Hull, b: Hull): boolean =>
        Math.hypot(...a.centre.map((x, i) => x - (b.centre[i] ?? 0))) <= a.radius + b.radius;
      const slow = hulls.map((a) => hulls.every((b) => a === b || !touches(a, b)));
      expect(apartFromAll(hulls)).toEqual(slow);
      if (size === 2) expect(new Set(slow).size).toBe(2);
    },
  );

  test('[HIER3] a ball around others is apart from none of them; a ball in the corner of its box is', () => {
    const hulls = [ball([0, 0, 0], 10), ball([8, 8, 8], 1), ball([1, 0, 0], 1)];
    expect(apartFromAll(hulls)).toEqual([false, true, false]);
  });

  test('[HIER3] a wall of 40,000 sensors across x takes no time that grows with their square', () => {
    const rows = 200;
    const wall = Array.from({ length: rows * rows }, (_, i) =>
      ball([0, 10 * (i % rows), 10 * Math.floor(i / rows)], 4),
    );
    const begin = performance.now();
    const apart = apartFromAll([...wall, ball([0, 5, 0], 3)]);
    expect(performance.now() - begin).toBeLessThan(5000);
    expect(apart.flatMap((yes, i) => (yes ? [] : [i]))).toEqual([0, 1, rows * rows]);
  });

  test.each(solidCases)(
    '[HIER4] $title: no point of a ball that it is proven to hold is outside',
    (solid) => {
      const holds = holdsHull(solid.solids, solid.name);
      const member = inside(solid.solids, solid.name);
      for (let i = 0; i < 300; i++) {
        const hull = ball([within(60), within(60), within(60)], 10 * random.uniform() ** 2);
        if (!holds(hull)) continue;
        for (let k = 0; k < 20; k++) {
          const [x, y, z] = [within(1), within(1), within(1)];
          const shrink = (hull.radius * 0.999) / Math.max(1, Math.hypot(x, y, z));
          const [cx, cy, cz] = hull.centre;
          expect(member(cx + shrink * x, cy + shrink * y, cz + shrink * z)).toBe(true);
        }
      }
    },
  );

  test('[HIER4] a proof is found for an orb, a tube, a box, and a union with one of them', () => {
    const solids = new Map([
      ['orb', { type: 'orb', name: 'orb', r: 10 }],
      [
        'tube',
        {
          type: 'tube',
          name: 'tube',
          rmin: 0,
          rmax: 10,
          z: 20,
          startphi: 0,
          deltaphi: 2 * Math.PI,
        },
      ],
      ['box', { type: 'box', name: 'box', x: 20, y: 20, z: 20 }],
      [
        'union',
        {
          type: 'union',
          name: 'union',
          first: 'orb',
          second: 'box',
          transform: {
            rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1],
            translation: [0, 0, 15],
            scale: [1, 1, 1],
          },
        },
      ],
    ] as const);
    for (const name of ['orb', 'tube', 'box', 'union']) {
      expect(holdsHull(solids, name)(ball([1, 2, 3], 5))).toBe(true);
      expect(holdsHull(solids, name)(ball([1, 2, 3], 12))).toBe(false);
    }
  });
});
