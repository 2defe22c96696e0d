import type { Solid } from '@lantern/geometry';
import { add, normalize, RandomStream, scale, subtract, type Vector3 } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import {
  ballFacets,
  bumpyFacets,
  shifted,
  tessellated,
} from '../../geometry/test/solids/mesh-solids.ts';
import { SolidKernel } from './solid-kernel.ts';

const kernelOf = (solid: Solid): SolidKernel =>
  new SolidKernel({ title: '', solids: new Map([[solid.name, solid]]), name: solid.name });

const SIDE = 6;

/** Unit cubes in a lattice, about half of them there: their surface has every way of touching at edges and corners. */
class Cubes {
  readonly #filled: readonly boolean[];

  constructor(seed: number) {
    const random = new RandomStream(seed, 0);
    this.#filled = Array.from({ length: SIDE ** 3 }, () => random.uniform() < 0.5);
  }

  holds(x: number, y: number, z: number): boolean {
    const [i, j, k] = [Math.floor(x), Math.floor(y), Math.floor(z)];
    if (Math.min(i, j, k) < 0 || Math.max(i, j, k) >= SIDE) return false;
    return this.#filled[i + SIDE * (j + SIDE * k)] === true;
  }

  /** One square of two triangles where a cube is beside none. */
  facets(): Vector3[][] {
    return this.#filled.flatMap((isThere, i) => {
      if (!isThere) return [];
      const at: Vector3 = [i % SIDE, Math.floor(i / SIDE) % SIDE, Math.floor(i / SIDE ** 2)];
      return [0, 1, 2].flatMap((axis) =>
        [0, 1].flatMap((end): Vector3[][] => {
          const beside = at.map((x, k) => (k === axis ? x + 2 * end - 1 : x));
          if (this.holds(...(beside as unknown as Vector3))) return [];
          const corner = (u: number, v: number): Vector3 => {
            const point: [number, number, number] = [...at];
            point[axis] = at[axis as 0] + end;
            point[(axis + 1) % 3] = at[((axis + 1) % 3) as 0] + u;
            point[(axis + 2) % 3] = at[((axis + 2) % 3) as 0] + v;
            return point;
          };
          const square = [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)];
          return [end === 1 ? square : square.reverse()];
        }),
      );
    });
  }
}

/** Follows a ray through and says what is wrong; `isIn` knows the inside of points that are not near the surface. */
function follow(
  kernel: SolidKernel,
  from: Vector3,
  to: Vector3,
  isIn?: (point: Vector3) => boolean | undefined,
): string | undefined {
  let at = from;
  let inside = false;
  for (let step = 0; step < 200; step++) {
    const t = inside ? kernel.exit(at, to) : kernel.enter(at, to);
    if (inside && !(t < Number.POSITIVE_INFINITY)) return `never leaves from ${at}`;
    const end = Math.min(t, 100);
    if (isIn && end > 1e-6) {
      const middle = add(at, scale(to, 0.5 * end));
      if (isIn(middle) === !inside) return `${inside ? 'outside' : 'inside'} at ${middle}`;
    }
    if (t === Number.POSITIVE_INFINITY) return undefined;
    at = add(at, scale(to, t));
    inside = !inside;
  }
  return 'goes in and out without end';
}

describe('[RAY14] rays through edges and vertices', () => {
  const half = (random: RandomStream): number =>
    Math.round(2 * SIDE * random.uniform() * 2) / 2 - SIDE / 2;

  test('of cubes that touch at edges and corners: 500,000 of them', { timeout: 120_000 }, () => {
    let rays = 0;
    for (let seed = 1; seed <= 10; seed++) {
      const cubes = new Cubes(seed);
      const kernel = kernelOf(tessellated('cubes', cubes.facets()));
      // What all eight places around a point agree on.
      const isIn = ([x, y, z]: Vector3): boolean | undefined => {
        const here = cubes.holds(x + 1e-7, y + 1e-7, z + 1e-7);
        const isSame = (place: number): boolean => {
          const step = (axis: number): number => ((place >> axis) % 2 === 0 ? 1e-7 : -1e-7);
          return cubes.holds(x + step(0), y + step(1), z + step(2)) === here;
        };
        for (let place = 1; place < 8; place++) if (!isSame(place)) return undefined;
        return here;
      };
      const random = new RandomStream(seed, 1);
      for (let i = 0; i < 50_000; i++) {
        // From a point of the lattice of halves towards another: along faces, edges and diagonals.
        const target: Vector3 = [half(random), half(random), half(random)];
        const way: Vector3 = [0, 1, 2].map(() => Math.round(4 * random.uniform()) - 2) as never;
        if (way.every((x) => x === 0)) continue;
        const to = normalize(way);
        const wrong = follow(kernel, subtract(target, scale(way, 20)), to, isIn);
        if (wrong) expect.fail(`seed ${seed}, through ${target} along ${way}: ${wrong}`);
        rays++;
      }
    }
    expect(rays).toBeGreaterThan(400_000);
  });

  test('of a ball with bumps: 500,000 of them, also from 20 m away', { timeout: 120_000 }, () => {
    const facets = bumpyFacets(4, 7);
    const kernel = kernelOf(tessellated('ball', facets));
    const random = new RandomStream(5, 0);
    const pick = (): readonly Vector3[] =>
      facets[Math.floor(facets.length * random.uniform())] ?? [];
    for (let i = 0; i < 500_000; i++) {
      const [a, b] = pick() as [Vector3, Vector3];
      const [c] = pick() as [Vector3];
      const share = random.uniform() < 0.5 ? 0 : random.uniform();
      const target = add(a, scale(subtract(b, a), share));
      const to = normalize(subtract(target, add(c, [0.1 * random.uniform(), 0, 0])));
      const from = subtract(target, scale(to, random.uniform() < 0.2 ? 20_000 : 200));
      const wrong = follow(kernel, from, to);
      if (wrong) expect.fail(`at ${target} along ${to}: ${wrong}`);
    }
  });
});

describe('[RAY15] photons that stay on a mesh', () => {
  test.each([
    ['cubes', new Cubes(3).facets()],
    ['ball with bumps', bumpyFacets(3, 2)],
    ['ball far off', shifted(ballFacets(5), [4000, -3000, 2000])],
  ])('%s: none leaks, at any angle', (name, facets) => {
    const kernel = kernelOf(tessellated('mesh', facets));
    for (const grazing of [0, 1, 6, 10]) {
      expect(kernel.wander(3, 100_000, grazing), `${name}: ${kernel.violation()}`).toBe(0);
    }
    for (const cosine of [0.7, 0.1, 1e-3, 1e-6, 1e-9]) {
      expect(kernel.reflectInside(5, 20_000, cosine), `${name}: ${kernel.violation()}`).toBe(0);
    }
  });
});

test('[RAY16] a mesh of 256 times the triangles takes less than 20 times as long', () => {
  const [small, large] = [3, 7].map((times) =>
    kernelOf(tessellated('ball', ballFacets(times))),
  ) as [SolidKernel, SolidKernel];
  const time = (kernel: SolidKernel): number => {
    const start = performance.now();
    kernel.timeSolid(1, 2000, 5);
    return performance.now() - start;
  };
  const ratios = Array.from({ length: 7 }, () => time(large) / time(small)).sort((a, b) => a - b);
  expect(ratios[3]).toBeLessThan(20);
});
