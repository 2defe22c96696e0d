import { GeometryError } from '../errors.ts';
import { MeshBuilder } from '../mesh/mesh-builder.ts';
import { twiceArea } from '../mesh/outline.ts';
import type { Arb8, Point2, TwistedTubs } from '../model/solid.ts';
import { meshShape } from './compile-solid-mesh.ts';
import {
  hyperboloid,
  intersection,
  type Plane,
  planes,
  planeThrough,
  type RuledSide,
  ruled,
  type Shape,
  subtraction,
} from './compile-solid-shape.ts';

/** A line in the x-y plane that moves with z: a point and a way along it, both linear in z; inside is to its left. */
interface MovingLine {
  readonly from: readonly [Point2, Point2];
  readonly way: readonly [Point2, Point2];
}

/**
 * [SOL27] Flat faces are planes or triangles; a twisted side is the surface of the straight lines between its edges at
 * one z, a hyperbolic paraboloid, and is met exactly. With one, the cross-section has to be convex at each z.
 */
export function arb8Shape(solid: Arb8): Shape {
  const where = `<arb8 name="${solid.name}">`;
  const { low, high } = ends(solid, where);
  const { dz } = solid;
  const size = Math.max(dz, ...[...low, ...high].map(({ x, y }) => Math.hypot(x, y)));
  const lines = low.map((a, i): MovingLine => {
    const next = (i + 1) % 4;
    const [b, c, d] = [low[next] ?? a, high[i] ?? a, high[next] ?? a];
    const [way, wayUp] = [minus(b, a), minus(d, c)];
    return {
      from: [scaled(plus(a, c), 0.5), scaled(minus(c, a), 0.5 / dz)],
      way: [scaled(plus(way, wayUp), 0.5), scaled(minus(wayUp, way), 0.5 / dz)],
    };
  });
  const isTwisted = lines.map(({ way: [, change], way: [mean] }) => {
    // How far the fourth corner of the side is off the plane of the others, but for the slope of the side.
    const length = Math.hypot(mean.x, mean.y) + dz * Math.hypot(change.x, change.y);
    return Math.abs(2 * dz * cross(mean, change)) > 1e-12 * size * length;
  });
  if (!isTwisted.includes(true)) return flatShape(low, high, dz);
  requireConvex(low, high, dz, where);
  const sides = lines.flatMap((line, i): Shape[] => {
    const isEdge = [...line.way].every(({ x, y }) => Math.hypot(x, y) <= 1e-12 * size);
    if (isEdge) return [];
    return [isTwisted[i] ? ruled(sideOf(line)) : planes([planeOf(line)], 0)];
  });
  const box = planes(
    [
      { normal: [0, 0, -1], c: dz },
      { normal: [0, 0, 1], c: dz },
    ],
    Math.hypot(size, dz),
  );
  return intersection(box, ...sides);
}

/** The corners of both ends, counterclockwise. */
function ends({ vertices, dz }: Arb8, where: string): { low: Point2[]; high: Point2[] } {
  if (vertices.length !== 8 || !vertices.every(({ x, y }) => Number.isFinite(x + y))) {
    throw new GeometryError({
      what: `the corners of ${where} are not eight finite points`,
      given: vertices.map(({ x, y }) => `(${x}, ${y})`).join(', '),
    });
  }
  const low = vertices.slice(0, 4);
  const high = vertices.slice(4, 8);
  const middle = low.map((a, i) => scaled(plus(a, high[i] ?? a), 0.5));
  const [below, halfway, above] = [low, middle, high].map(twiceArea) as [number, number, number];
  // Simpson's rule is exact: the area is quadratic in z.
  const volume = (dz / 6) * (below + 4 * halfway + above);
  const size = Math.max(dz, ...vertices.map(({ x, y }) => Math.hypot(x, y)));
  if (below * above < 0 || !(Math.abs(volume) > 1e-12 * size ** 3)) {
    throw new GeometryError({
      what: `${where} has no volume, or its ends run around different ways`,
      given: `areas of ${below / 2} and ${above / 2} mm² at its ends`,
      expected: 'corners of both ends in the same order around the z axis',
    });
  }
  for (const [end, name] of [
    [low, '-dz'],
    [high, '+dz'],
  ] as const) {
    const [a, b, c, d] = end as [Point2, Point2, Point2, Point2];
    if (!cut(a, b, c, d) && !cut(b, c, d, a)) continue;
    throw new GeometryError({
      what: `two sides of the end at ${name} of ${where} cross`,
      given: end.map(({ x, y }) => `(${x}, ${y})`).join(', '),
    });
  }
  return volume > 0 ? { low, high } : { low: low.toReversed(), high: high.toReversed() };
}

/** Whether the lines a to b and c to d cross. */
function cut(a: Point2, b: Point2, c: Point2, d: Point2): boolean {
  const side = (p: Point2, q: Point2, r: Point2): number => cross(minus(q, p), minus(r, p));
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

/** All sides flat: planes where it is convex, else triangles. */
function flatShape(low: readonly Point2[], high: readonly Point2[], dz: number): Shape {
  const builder = new MeshBuilder();
  const at = (points: readonly Point2[], z: number): [number, number, number, number] =>
    points.map(({ x, y }) => builder.vertex(x, y, z)) as [number, number, number, number];
  const bottom = at(low, -dz);
  const top = at(high, dz);
  bottom.forEach((a, i) => {
    const next = (i + 1) % 4;
    builder.quadrangle(a, bottom[next] ?? a, top[next] ?? a, top[i] ?? a);
  });
  const diagonal = (points: readonly Point2[]): number => {
    const [a, b, c, d] = points as [Point2, Point2, Point2, Point2];
    return cross(minus(b, a), minus(c, a)) < 0 || cross(minus(c, a), minus(d, a)) < 0 ? 1 : 0;
  };
  const turned = <T>(list: readonly [T, T, T, T], by: number): [T, T, T, T] =>
    [0, 1, 2, 3].map((i) => list[(i + by) % 4]) as [T, T, T, T];
  builder.quadrangle(...turned(top, diagonal(high)));
  const [a, b, c, d] = turned(bottom, diagonal(low));
  builder.quadrangle(a, d, c, b);
  return meshShape(builder.mesh());
}

/** @throws {GeometryError} where the cross-section is not convex at some z between the ends */
function requireConvex(
  low: readonly Point2[],
  high: readonly Point2[],
  dz: number,
  where: string,
): void {
  const size = Math.max(...[...low, ...high].map(({ x, y }) => Math.hypot(x, y)));
  const corner = (i: number, s: number): number => {
    const at = (k: number): Point2 => {
      const [a, b] = [low[k % 4], high[k % 4]] as [Point2, Point2];
      return plus(scaled(a, 1 - s), scaled(b, s));
    };
    return cross(minus(at(i + 1), at(i)), minus(at(i + 2), at(i + 1)));
  };
  for (let i = 0; i < 4; i++) {
    // Quadratic in s: least at an end or at its turning point.
    const [c0, c1, c2] = [corner(i, 0), corner(i, 0.5), corner(i, 1)];
    const bend = 2 * (c0 - 2 * c1 + c2);
    const turning = bend > 0 ? (3 * c0 - 4 * c1 + c2) / (2 * bend) : 0;
    for (const s of [0, 1, Math.max(0, Math.min(1, turning))]) {
      if (corner(i, s) >= -1e-12 * size * size) continue;
      throw new GeometryError({
        what: `${where} has twisted sides, and its cross-section is not convex`,
        given: `corner ${((i + 1) % 4) + 1} at z = ${dz * (2 * s - 1)} mm`,
        expected: 'a convex quadrangle at each z',
        hint: 'make it a <tessellated>, or a boolean of convex parts',
      });
    }
  }
}

/** -(way × (p - from)) <= 0, multiplied out. */
function sideOf({ from: [a0, a1], way: [e0, e1] }: MovingLine): RuledSide {
  const scale = 1 / Math.max(Math.hypot(e0.x, e0.y), Math.hypot(e1.x, e1.y));
  return {
    one: scale * cross(e0, a0),
    x: scale * e0.y,
    y: -scale * e0.x,
    z: scale * (cross(e0, a1) + cross(e1, a0)),
    xz: scale * e1.y,
    yz: -scale * e1.x,
    zz: scale * cross(e1, a1),
  };
}

/** The plane of a side that is not twisted: its normal lies across the way at the end where that is longer. */
function planeOf({ from: [a0, a1], way: [e0, e1] }: MovingLine): Plane {
  const way = Math.hypot(e0.x, e0.y) > 0 ? e0 : e1;
  return planeThrough([way.y, -way.x, cross(way, a1)], [a0.x, a0.y, 0]);
}

function plus(a: Point2, b: Point2): Point2 {
  return { x: a.x + b.x, y: a.y + b.y };
}

function minus(a: Point2, b: Point2): Point2 {
  return { x: a.x - b.x, y: a.y - b.y };
}

function scaled({ x, y }: Point2, by: number): Point2 {
  return { x: x * by, y: y * by };
}

function cross(a: Point2, b: Point2): number {
  return a.x * b.y - a.y * b.x;
}

/**
 * [SOL28] Between hyperboloids, which the straight lines of the outer and inner radius turn out, and two sides
 * y' = κ z x', hyperbolic paraboloids, in the frames of their middles: all met exactly. κ = tan(twist / 2) / (Z / 2).
 *
 * @see G4TwistedTubs, constructor
 */
export function twistedTubsShape(solid: TwistedTubs): Shape {
  const { name, twistedangle, endinnerrad, endouterrad, zlen, phi } = solid;
  if (!(Math.abs(twistedangle) < Math.PI * (1 - 1e-9))) {
    throw new GeometryError({
      what: `<twistedtubs name="${name}"> is twisted too much`,
      given: `${twistedangle} rad`,
      expected: 'less than pi',
    });
  }
  const kappa = Math.tan(twistedangle / 2) / (zlen / 2);
  const waist = Math.cos(twistedangle / 2);
  const barrel = (r: number): Shape =>
    hyperboloid(r * waist, Math.abs(r * waist * kappa), -zlen / 2, zlen / 2);
  const ring = subtraction(barrel(endouterrad), endinnerrad > 0 ? barrel(endinnerrad) : undefined);
  if (phi >= 2 * Math.PI) return ring;
  const [c, s] = [Math.cos(phi / 2), Math.sin(phi / 2)];
  const end = (sign: 1 | -1, outside: 1 | -1): Shape =>
    ruled({
      one: 0,
      x: -outside * s,
      y: outside * sign * c,
      z: 0,
      xz: -outside * sign * kappa * c,
      yz: -outside * kappa * s,
      zz: 0,
    });
  if (phi <= Math.PI) return intersection(ring, end(1, 1), end(-1, 1));
  return subtraction(ring, intersection(end(1, -1), end(-1, -1)));
}
