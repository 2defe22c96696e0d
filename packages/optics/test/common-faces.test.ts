import type { Detector } from '@lantern/geometry';
import {
  add,
  apply,
  identity3,
  type Matrix3,
  multiply,
  normalize,
  RandomStream,
  rotationAbout,
  rotationX,
  rotationY,
  rotationZ,
  sampleIsotropic,
  scale,
  subtract,
  transpose,
  type Vector3,
} from '@lantern/units';
import { expect, test } from 'vitest';
import { Course } from './navigation-checks.ts';
import { Draft, randomDetector } from './random-detector.ts';

/** A detector of its volumes, in any material. */
function detectorOf(draft: Draft, world: string): Detector {
  const { solids, volumes } = draft;
  return { ...randomDetector(1, 'same index'), solids, volumes, world, skinSurfaces: [] };
}

/** Two solids with the common face x = 0, each turned about x, in a mother that is turned in a mother that is turned. */
function turnedPair(random: RandomStream, kind: 'boxes' | 'rod in a sleeve'): Pair {
  const draft = new Draft(1, 'same index', 10, [4]);
  // In the frames of the mothers the face may be along an axis exactly, or not.
  const isExact = random.uniform() < 0.5;
  const any = (): Matrix3 =>
    isExact ? identity3 : rotationAbout(sampleIsotropic(random), 6 * random.uniform());
  const near = (): Vector3 => [random.uniform(), random.uniform(), random.uniform()];
  const [outer, inner, whole] = [any(), any(), any()];
  const [outerAt, innerAt] = [scale(near(), 30), scale(near(), 10)];
  const turns = [turnOfCube(random), turnOfCube(random)] as const;
  const pieces =
    kind === 'boxes'
      ? ([-10, 10] as const).map((x, i) => ({
          volume: draft.volume(draft.solid({ type: 'box', x: 20, y: 20, z: 20 }), []),
          at: apply(whole, [x, 0, 0]),
          turn: multiply(whole, turns[i] ?? identity3),
        }))
      : ([0, 7] as const).map((rmin) => ({
          volume: draft.volume(
            draft.solid({
              type: 'tube',
              rmin,
              rmax: rmin + 7,
              z: 20,
              startphi: 0,
              deltaphi: 2 * Math.PI,
            }),
            [],
          ),
          at: [0, 0, 0] as const,
          turn: multiply(
            whole,
            multiply(
              rotationZ(6 * random.uniform()),
              rotationX(random.uniform() < 0.5 ? 0 : Math.PI),
            ),
          ),
        }));
  const box = (half: number): string =>
    draft.solid({ type: 'box', x: 2 * half, y: 2 * half, z: 2 * half });
  const mother = draft.volume(box(60), pieces);
  const grandmother = draft.volume(box(120), [{ volume: mother, at: innerAt, turn: inner }]);
  const world = draft.volume(box(400), [{ volume: grandmother, at: outerAt, turn: outer }]);
  const frame = multiply(outer, multiply(inner, whole));
  const origin = add(outerAt, apply(outer, innerAt));
  return { detector: detectorOf(draft, world), frame, origin, turns };
}

/** A turn that puts some face of a cube where another was, and then turns that about x by any angle. */
function turnOfCube(random: RandomStream): Matrix3 {
  const quarters = (): number => (Math.floor(4 * random.uniform()) * Math.PI) / 2;
  const turn = multiply(
    rotationZ(quarters()),
    multiply(rotationY(quarters()), rotationX(quarters())),
  );
  return random.uniform() < 0.5 ? turn : multiply(rotationX(6 * random.uniform()), turn);
}

interface Pair {
  readonly detector: Detector;
  /** Of the pair in the world. */
  readonly frame: Matrix3;
  readonly origin: Vector3;
  readonly turns: readonly [Matrix3, Matrix3];
}

/** Points of a straight ray, up to 60 mm: in the frame of the pair, with the node that each is in. */
function* points(course: Course, { frame, origin }: Pair, at: Vector3, to: Vector3) {
  const { exports } = course.kernel;
  const start = add(origin, apply(frame, at));
  exports.navigateFrom(...start, ...apply(frame, to));
  for (let t = 0; exports.node.value >= 0; ) {
    const node = exports.node.value;
    const way = exports.navigateOn(Number.POSITIVE_INFINITY);
    for (let s = 0.1; way > 1e-6 && s < 1; s += 0.2)
      yield { point: add(at, scale(to, t + s * Math.min(way, 60))), node };
    t += way;
    if (exports.navigateLook() < 0) return;
    exports.navigateCross();
  }
}

test('[RAY13] a ray in the face that two turned siblings share is in one of them, not in their mother', () => {
  const random = new RandomStream(4, 1);
  let inside = 0;
  for (let i = 0; i < 60; i++) {
    const pair = turnedPair(random, 'boxes');
    const course = new Course(pair.detector);
    for (let ray = 0; ray < 100; ray++) {
      // From beside both boxes, to any point of the face.
      const angle = 6.28 * random.uniform();
      const at: Vector3 = [0, 20 * Math.cos(angle), 20 * Math.sin(angle)];
      const target: Vector3 = [0, 20 * random.uniform() - 10, 20 * random.uniform() - 10];
      const to = normalize(subtract(target, at));
      for (const { point, node } of points(course, pair, at, to)) {
        const isInBoth = pair.turns.every((turn) =>
          apply(transpose(turn), point).every((x) => Math.abs(x) < 9.999999),
        );
        if (!isInBoth) continue;
        inside++;
        // 0 the world, 1 and 2 the mothers.
        if (node < 3) expect.fail(`pair ${i}, ray ${ray}: ${point.join(' ')} is in node ${node}`);
      }
    }
  }
  expect(inside).toBeGreaterThan(3000);
});

test('[RAY13] a ray along the surface that a rod and its sleeve share is in one of them', () => {
  const random = new RandomStream(4, 2);
  let inside = 0;
  for (let i = 0; i < 60; i++) {
    const pair = turnedPair(random, 'rod in a sleeve');
    const course = new Course(pair.detector);
    for (let ray = 0; ray < 50; ray++) {
      const angle = 6.28 * random.uniform();
      const side = random.uniform() < 0.5 ? 1 : -1;
      const at: Vector3 = [7 * Math.cos(angle), 7 * Math.sin(angle), -20 * side];
      const to: Vector3 = [0, 0, side];
      for (const { point, node } of points(course, pair, at, to)) {
        if (Math.abs(point[2]) > 9.999999) continue;
        inside++;
        if (node < 3) expect.fail(`pair ${i}, ray ${ray}: ${point.join(' ')} is in node ${node}`);
      }
    }
  }
  expect(inside).toBeGreaterThan(1000);
});
