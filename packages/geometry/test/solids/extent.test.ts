import { gdmlRotation, RandomStream, type Vector3 } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import type { Transform } from '../../src/model/transform.ts';
import { solidBounds } from '../../src/solids/bounds.ts';
import { placedBox, placedRadius, placedReach, solidExtent } from '../../src/solids/extent.ts';
import { inside } from '../../src/solids/inside.ts';
import { solidCases } from './solid-cases.ts';
import { exampleSolids, solidExamples } from './solid-examples.ts';

const all = [
  ...solidExamples.map(({ solid }) => ({
    title: solid.name,
    solids: exampleSolids,
    name: solid.name,
  })),
  ...solidCases,
];

const turned: Transform = {
  rotation: gdmlRotation(0.4, -1.1, 2.3),
  translation: [30, -400, 7],
  scale: [1, 1, 1],
};

describe('how far a solid reaches', () => {
  test.each(all)(
    '[MEM7] $title: no point of it is further, in its own frame and turned',
    ({ title, solids, name }) => {
      const extent = solidExtent(solids, name);
      const box = placedBox(extent, turned);
      const random = new RandomStream(5n, 1n);
      const number = (): number => 2 * random.uniform() - 1;
      const { min, max } = solidBounds(solids, name);
      const holds = inside(solids, name);
      const { rotation: r, translation: t } = turned;
      const from: Vector3 = [100 * number(), 100 * number(), 100 * number()];
      const reach = placedReach(extent, turned, from);
      const radius = placedRadius(extent, turned);
      const [ax, ay] = [number() * 50, number() * 50];
      const around = extent.around(ax, ay);
      let found = 0;
      for (let i = 0; i < 3000; i++) {
        const [x, y, z] = [0, 1, 2].map(
          (k) => (min[k] ?? 0) + random.uniform() * ((max[k] ?? 0) - (min[k] ?? 0)),
        ) as [number, number, number];
        if (!holds(x, y, z)) continue;
        found++;
        const [u, v, w] = [number(), number(), number()];
        expect(u * x + v * y + w * z).toBeLessThanOrEqual(extent.along(u, v, w) + 1e-9);
        const p = [0, 1, 2].map(
          (k) =>
            (r[3 * k] ?? 0) * x + (r[3 * k + 1] ?? 0) * y + (r[3 * k + 2] ?? 0) * z + (t[k] ?? 0),
        );
        for (const k of [0, 1, 2]) {
          expect(p[k]).toBeGreaterThanOrEqual((box.min[k] ?? 0) - 1e-9);
          expect(p[k]).toBeLessThanOrEqual((box.max[k] ?? 0) + 1e-9);
        }
        expect(Math.hypot(p[0] ?? 0, p[1] ?? 0)).toBeLessThanOrEqual(radius + 1e-9);
        expect(Math.hypot(x - ax, y - ay)).toBeLessThanOrEqual(around + 1e-9);
        expect(Math.hypot(...p.map((x, k) => x - (from[k] ?? 0)))).toBeLessThanOrEqual(
          reach + 1e-9,
        );
      }
      if (!/^apart|10 µm/.test(title)) expect(found).toBeGreaterThan(0);
    },
  );

  test('[MEM7] the box of a turned ellipsoid is tight', () => {
    const solids = new Map([
      ['s', { type: 'ellipsoid', name: 's', ax: 100, by: 50, cz: 20, zcut1: 0, zcut2: 0 }] as const,
    ]);
    const rotation = gdmlRotation(0.4, -1.1, 2.3);
    const { max } = placedBox(solidExtent(solids, 's'), {
      ...turned,
      rotation,
      translation: [0, 0, 0],
    });
    const reach = [0, 1, 2].map((k) =>
      Math.hypot(
        100 * (rotation[3 * k] ?? 0),
        50 * (rotation[3 * k + 1] ?? 0),
        20 * (rotation[3 * k + 2] ?? 0),
      ),
    );
    expect(max.map((x, k) => x / (reach[k] ?? 1))).toEqual([
      expect.closeTo(1, 12),
      expect.closeTo(1, 12),
      expect.closeTo(1, 12),
    ]);
  });
});
