import type { Detector } from '@lantern/geometry';
import {
  add,
  apply,
  identity3,
  type Matrix3,
  multiply,
  type RandomStream,
  rotationAbout,
  sampleIsotropic,
  scale,
  type Vector3,
} from '@lantern/units';
import type { Course } from './navigation-checks.ts';
import { Draft, type Piece, randomDetector } from './random-detector.ts';

/** A few pieces that touch, in a mother that is turned in a mother that is turned. */
export interface TurnedPieces {
  readonly detector: Detector;
  /** Of the pieces in the world. */
  readonly frame: Matrix3;
  readonly origin: Vector3;
}

/** A detector of its volumes, in any material. */
export function detectorOf({ solids, volumes }: Draft, world: string): Detector {
  return { ...randomDetector(1, 'same index'), solids, volumes, world, skinSurfaces: [] };
}

/**
 * Puts pieces, of up to 60 mm around the origin, into turned mothers: nodes 0 to 2 are the world and the mothers. In the
 * frames of the mothers the pieces' axes are along the axes exactly, or not.
 *
 * @param make the pieces, in a frame that is turned so
 */
export function inTurnedMothers(
  random: RandomStream,
  make: (draft: Draft, frame: Matrix3) => readonly Piece[],
): TurnedPieces {
  const draft = new Draft(1, 'same index', 10, [4]);
  const isExact = random.uniform() < 0.5;
  const any = (): Matrix3 =>
    isExact ? identity3 : rotationAbout(sampleIsotropic(random), 6 * random.uniform());
  const near = (): Vector3 => [random.uniform(), random.uniform(), random.uniform()];
  const [outer, inner, whole] = [any(), any(), any()];
  const [outerAt, innerAt] = [scale(near(), 30), scale(near(), 10)];
  const pieces = make(draft, whole);
  const box = (half: number): string =>
    draft.solid({ type: 'box', x: 2 * half, y: 2 * half, z: 2 * half });
  const mother = draft.volume(box(60), pieces);
  const grandmother = draft.volume(box(120), [{ volume: mother, at: innerAt, turn: inner }]);
  const world = draft.volume(box(400), [{ volume: grandmother, at: outerAt, turn: outer }]);
  const frame = multiply(outer, multiply(inner, whole));
  const origin = add(outerAt, apply(outer, innerAt));
  return { detector: detectorOf(draft, world), frame, origin };
}

/** Points of a straight ray, up to 60 mm: in the frame of the pieces, with the node that each is in. */
export function* points(
  course: Course,
  { frame, origin }: TurnedPieces,
  at: Vector3,
  to: Vector3,
): Generator<{ readonly point: Vector3; readonly node: number }> {
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
