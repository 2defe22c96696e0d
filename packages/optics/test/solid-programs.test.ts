import type { Solid, Transform } from '@lantern/geometry';
import {
  identity3,
  normalize,
  RandomStream,
  rotationAbout,
  rotationX,
  rotationY,
  rotationZ,
  sampleIsotropic,
  type Vector3,
} from '@lantern/units';
import { expect, test } from 'vitest';
import { type Met, ProgramPair } from './program-pair.ts';

const far = Number.POSITIVE_INFINITY;
const whole = { startphi: 0, deltaphi: 2 * Math.PI } as const;

/** Trees of primitives with whole numbers as sizes and positions, so that many faces coincide. */
class RandomTree {
  readonly solids = new Map<string, Solid>();
  readonly random: RandomStream;

  constructor(seed: number) {
    this.random = new RandomStream(seed, 11);
  }

  whole(low: number, high: number): number {
    return low + Math.floor((high - low + 1) * this.random.uniform());
  }

  #add(solid: Record<string, unknown> & { type: Solid['type'] }): string {
    const name = `s${this.solids.size}`;
    this.solids.set(name, { ...solid, name } as unknown as Solid);
    return name;
  }

  primitive(): string {
    const size = (): number => this.whole(1, 6);
    switch (this.whole(0, 9)) {
      case 0:
        return this.#add({ type: 'orb', r: size() });
      case 1:
        return this.#add({ type: 'tube', rmin: 0, rmax: size(), z: 2 * size(), ...whole });
      case 2:
        return this.#add({ type: 'tube', rmin: 1, rmax: 1 + size(), z: 2 * size(), ...whole });
      case 3:
        return this.#add({
          type: 'cone',
          rmin1: 0,
          rmax1: size(),
          rmin2: 0,
          rmax2: size(),
          z: 2 * size(),
          ...whole,
        });
      case 4:
        return this.#add({
          type: 'ellipsoid',
          ax: size(),
          by: size(),
          cz: size(),
          zcut1: 0,
          zcut2: 0,
        });
      case 5:
        return this.#add({ type: 'torus', rmin: 0, rmax: 1, rtor: 1 + size(), ...whole });
      default:
        return this.#add({ type: 'box', x: 2 * size(), y: 2 * size(), z: 2 * size() });
    }
  }

  transform(): Transform {
    const place = (): number => this.whole(-6, 6);
    const how = this.random.uniform();
    const rotation =
      how < 0.6
        ? identity3
        : how < 0.8
          ? ([rotationX, rotationY, rotationZ][this.whole(0, 2)] ?? rotationX)(Math.PI / 2)
          : rotationAbout(sampleIsotropic(this.random), 6 * this.random.uniform());
    const scale: Vector3 = this.random.uniform() < 0.1 ? [1, 2, -1] : [1, 1, 1];
    return { rotation, translation: [place(), place(), place()], scale };
  }

  operation(): 'union' | 'subtraction' | 'intersection' {
    const how = this.random.uniform();
    return how < 0.6 ? 'union' : how < 0.9 ? 'subtraction' : 'intersection';
  }

  /** A solid of so many primitives, nested at random, to the left, or as one chain of one operation. */
  tree(leaves: number): string {
    if (leaves <= 1) return this.primitive();
    const chain = this.random.uniform() < 0.3;
    if (chain) {
      const type = this.operation();
      let first = this.primitive();
      for (let i = 1; i < leaves; i++) {
        const second = this.primitive();
        first = this.#add({ type, first, second, transform: this.transform() });
      }
      return first;
    }
    const left = this.random.uniform() < 0.5 ? leaves - 1 : this.whole(1, leaves - 1);
    const [first, second] = [this.tree(left), this.tree(leaves - left)];
    const type = this.operation();
    return this.#add({ type, first, second, transform: this.transform() });
  }

  /** Whole numbers, so that rays begin on faces and edges; or any. */
  point(): Vector3 {
    const any = this.random.uniform() < 0.5;
    const at = (): number => (any ? 24 * this.random.uniform() - 12 : this.whole(-12, 12));
    return [at(), at(), at()];
  }

  /** Along an axis, in a plane of faces, through corners; or any. */
  direction(): Vector3 {
    if (this.random.uniform() < 0.4) return sampleIsotropic(this.random);
    const at = (): number => this.whole(-2, 2);
    const way: Vector3 = [at(), at(), at()];
    return way.every((x) => x === 0) ? [0, 0, 1] : normalize(way);
  }
}

function expectSame(compiled: Met, plain: Met, where: () => string): void {
  const same = compiled.t === plain.t || Math.abs(compiled.t - plain.t) <= 1e-12 * (1 + plain.t);
  if (!same) expect.fail(`${where()}: ${compiled.t} instead of ${plain.t}`);
}

/** Walks through the solid as it is compiled and as it is written; how many normals there were, and how many differ. */
function walk(pair: ProgramPair, tree: RandomTree, rays: number): { met: number; odd: number } {
  let [met, odd] = [0, 0];
  for (let ray = 0; ray < rays; ray++) {
    let at = tree.point();
    const to = tree.direction();
    const limit = tree.random.uniform() < 0.3 ? tree.whole(1, 12) : far;
    const where = (): string => `from ${at.join(' ')} along ${to.join(' ')}`;
    let isIn = pair.plain.inside(at);
    // Where faces coincide rounding may put the point on either side.
    for (let step = 0; step < 30; step++) {
      const [a, b] = isIn
        ? [pair.compiled.exit(at, to), pair.plain.exit(at, to)]
        : [pair.compiled.enter(at, to, limit), pair.plain.enter(at, to, limit)];
      expectSame(a, b, where);
      if (b.t === far) break;
      met++;
      if (a.normal.some((x, i) => Math.abs(x - (b.normal[i] ?? 0)) > 1e-9)) odd++;
      at = [at[0] + b.t * to[0], at[1] + b.t * to[1], at[2] + b.t * to[2]];
      isIn = !isIn;
    }
  }
  return { met, odd };
}

test('[RAY12] a balanced program with boxes meets what the plain one meets, to the face', () => {
  let [met, odd] = [0, 0];
  for (let seed = 1; seed <= 250; seed++) {
    const tree = new RandomTree(seed);
    const name = tree.tree([2, 3, 5, 12, 40][seed % 5] ?? 2);
    const pair = new ProgramPair(tree.solids, name);
    try {
      const found = walk(pair, tree, 400);
      met += found.met;
      odd += found.odd;
    } catch (error) {
      throw new Error(`seed ${seed}, ${tree.solids.size} solids`, { cause: error });
    }
  }
  expect(met).toBeGreaterThan(25_000);
  // Where several faces meet in a point, which of them is hit has no meaning.
  expect(odd / met).toBeLessThan(0.01);
});

test('[RAY12] a point is in both or in neither', () => {
  for (let seed = 300; seed < 400; seed++) {
    const tree = new RandomTree(seed);
    const pair = new ProgramPair(tree.solids, tree.tree(2 + (seed % 30)));
    for (let i = 0; i < 1000; i++) {
      const point = tree.point();
      if (pair.compiled.inside(point) !== pair.plain.inside(point))
        expect.fail(`seed ${seed}: ${point.join(' ')}`);
    }
  }
});
