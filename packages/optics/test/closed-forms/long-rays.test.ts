import { packScene, type Solid } from '@lantern/geometry';
import {
  add,
  apply,
  dot,
  type Matrix3,
  normalize,
  RandomStream,
  rotationAbout,
  sampleIsotropic,
  scale,
  subtract,
  transpose,
  type Vector3,
} from '@lantern/units';
import { expect, test } from 'vitest';
import { Exact, type ExactVector } from '../exact-number.ts';
import { NavigationKernel } from '../navigation-kernel.ts';
import { Draft, type Piece } from '../random-detector.ts';
import { detectorOf } from '../turned-pieces.ts';

/** Half lengths of the world and of the cubes in it, each turned in the one before, mm. */
const halves = [2e5, 1.1e5, 6.2e4, 3.5e4, 1.9e4, 1e4] as const;
const thickness = 0.01;

interface Frame {
  readonly turn: Matrix3;
  readonly at: Vector3;
}

/** A world of five turned cubes, the last with things in it. */
class Nest {
  readonly frames: readonly Frame[];
  readonly kernel: NavigationKernel;

  /** @param things in the innermost cube, whose frames are exact where they are not turned */
  constructor(random: RandomStream, things: (draft: Draft) => readonly Piece[]) {
    const draft = new Draft(1, 'same index', 10, [4]);
    const cube = (half: number): string =>
      draft.solid({ type: 'box', x: 2 * half, y: 2 * half, z: 2 * half });
    const frames: Frame[] = [];
    let pieces = things(draft);
    for (let level = 5; level > 0; level--) {
      const volume = draft.volume(cube(halves[level] ?? 1), pieces);
      const turn = rotationAbout(sampleIsotropic(random), 6 * random.uniform());
      const room = ((halves[level - 1] ?? 1) - 1.74 * (halves[level] ?? 1)) / 2;
      const at = scale(sampleIsotropic(random), room * random.uniform());
      frames.unshift({ turn, at });
      pieces = [{ volume, at, turn }];
    }
    const detector = detectorOf(draft, draft.volume(cube(halves[0]), pieces));
    this.frames = frames;
    this.kernel = new NavigationKernel(packScene(detector).buffer);
  }

  /** A point of the frame so many levels down, in the world. */
  toWorld(point: Vector3, level: number): Vector3 {
    return this.frames
      .slice(0, level)
      .reduceRight((p, { turn, at }) => add(at, apply(turn, p)), point);
  }

  directionToWorld(direction: Vector3, level: number): Vector3 {
    return this.frames.slice(0, level).reduceRight((d, { turn }) => apply(turn, d), direction);
  }

  /** The point at t of a ray of the world, in the frame so many levels down, without rounding. */
  exactly(from: Vector3, to: Vector3, t: number, level: number): ExactVector {
    const way = Exact.of(t);
    let p = vector((k) => Exact.of(from[k] ?? 0).plus(Exact.of(to[k] ?? 0).times(way)));
    for (const { turn, at } of this.frames.slice(0, level)) {
      const moved = vector((k) => p[k].minus(Exact.of(at[k] ?? 0)));
      const columns = transpose(turn);
      p = vector((k) =>
        [0, 1, 2].reduce(
          (sum, i) => sum.plus(Exact.of(columns[3 * k + i] ?? 0).times(moved[i as Axis])),
          Exact.of(0),
        ),
      );
    }
    return p;
  }
}

type Axis = 0 | 1 | 2;
const vector = (part: (k: Axis) => Exact): ExactVector => [part(0), part(1), part(2)];

/** How far outside a box a point is, mm; not rounded before the end. */
function beyondBox(point: ExactVector, half: readonly number[]): number {
  return Math.max(
    ...point.map((x, k) => {
      const size = Exact.of(half[k] ?? 0);
      return Math.max(x.minus(size).toNumber(), Exact.of(0).minus(x).minus(size).toNumber());
    }),
  );
}

function beyondSphere(point: ExactVector, radius: number): number {
  const square = point.reduce((sum, x) => sum.plus(x.times(x)), Exact.of(0));
  return square.minus(Exact.of(radius).times(Exact.of(radius))).toNumber() / (2 * radius);
}

/** A ray of the world that passes a point of the innermost cube, from 100 m before it. */
function towards(nest: Nest, target: Vector3, direction: Vector3): readonly [Vector3, Vector3] {
  const to = normalize(nest.directionToWorld(direction, 5));
  return [subtract(nest.toWorld(target, 5), scale(to, 1e5)), to];
}

/** Follows a ray: at each boundary the node left and the one entered, and the way so far. */
function* boundaries(
  { exports }: NavigationKernel,
  from: Vector3,
  to: Vector3,
): Generator<{ readonly here: number; readonly there: number; readonly t: number }> {
  exports.navigateFrom(...from, ...to);
  for (let t = 0; ; ) {
    const here = exports.node.value;
    t += exports.navigateOn(Number.POSITIVE_INFINITY);
    const there = exports.navigateLook();
    yield { here, there, t };
    if (there < 0) return;
    exports.navigateCross();
  }
}

const orb = (r: number): Omit<Solid, 'name'> & { type: 'orb' } => ({ type: 'orb', r }) as never;

test('[CF27] rays of 100 m through five turned frames meet cubes and a ball where exact arithmetic has them', () => {
  const random = new RandomStream(27, 1);
  let worst = 0;
  let met = 0;
  for (let n = 0; n < 12; n++) {
    const radius = 50 + 4000 * random.uniform() ** 3;
    const nest = new Nest(random, (draft) => [
      { volume: draft.volume(draft.solid(orb(radius)), []), at: [0, 0, 0] },
    ]);
    for (let ray = 0; ray < 60; ray++) {
      const aim = scale(sampleIsotropic(random), radius * 0.999 * random.uniform());
      const [from, to] = towards(nest, aim, sampleIsotropic(random));
      const nodes: number[] = [];
      for (const { here, there, t } of boundaries(nest.kernel, from, to)) {
        nodes.push(here);
        const inner = Math.max(here, there);
        const point = nest.exactly(from, to, t, Math.min(inner, 5));
        const half = halves[Math.min(inner, 5)] ?? 0;
        const off =
          inner === 6 ? beyondSphere(point, radius) : beyondBox(point, [half, half, half]);
        worst = Math.max(worst, Math.abs(off));
        met++;
      }
      // Down into the ball and out of all.
      expect(nodes.slice(nodes.indexOf(5))).toEqual([5, 6, 5, 4, 3, 2, 1, 0]);
      expect(nodes[0]).toBeLessThan(3);
    }
  }
  expect(met).toBeGreaterThan(5000);
  expect(worst).toBeLessThan(1e-6);
});

test('[CF27] a layer of 10 µm is met from 100 m away at both faces, alone and between two plates', () => {
  const random = new RandomStream(27, 2);
  let worst = 0;
  let worstPath = 0;
  for (let n = 0; n < 12; n++) {
    const isBetween = n % 2 === 1;
    const plate = (draft: Draft, z: number): string =>
      draft.volume(draft.solid({ type: 'box', x: 4000, y: 4000, z }), []);
    // The plates touch the layer's faces: 1024 + 0.005 - 1024 is exact enough for one ulp of the sum.
    const nest = new Nest(random, (draft) => [
      { volume: plate(draft, thickness), at: [0, 0, 0] },
      ...(isBetween
        ? ([1, -1] as const).map(
            (side): Piece => ({
              volume: plate(draft, 64),
              at: [0, 0, side * (32 + thickness / 2)],
            }),
          )
        : []),
    ]);
    for (let ray = 0; ray < 200; ray++) {
      const aim: Vector3 = [3000 * (random.uniform() - 0.5), 3000 * (random.uniform() - 0.5), 0];
      // Some at flat angles.
      const up = random.uniform() < 0.3 ? 0.02 : 1;
      const any = sampleIsotropic(random);
      const direction = normalize([any[0], any[1], up * any[2] + Math.sign(any[2]) * 0.01 * up]);
      if (isBetween && Math.abs(direction[2]) < 0.1) continue;
      const [from, to] = towards(nest, aim, direction);
      const list = [...boundaries(nest.kernel, from, to)];
      const into = list.find(({ there }) => there === 6);
      const out = list.find(({ here }) => here === 6);
      if (!into || !out) expect.fail(`nest ${n}, ray ${ray} does not meet the layer`);
      for (const { t } of [into, out]) {
        const off = beyondBox(nest.exactly(from, to, t, 5), [2000, 2000, thickness / 2]);
        worst = Math.max(worst, Math.abs(off));
      }
      const cosine = Math.abs(dot(direction, [0, 0, 1]));
      worstPath = Math.max(worstPath, Math.abs((out.t - into.t) * cosine - thickness));
      // In order, with nothing between that is not there.
      const before = direction[2] > 0 ? 8 : 7;
      const order = list.filter(({ here }) => here > 5).map(({ here }) => here);
      expect(order).toEqual(isBetween ? [before, 6, 15 - before] : [6]);
    }
  }
  expect(worst).toBeLessThan(1e-6);
  expect(worstPath).toBeLessThan(1e-6);
});
