import {
  compose,
  identity3,
  identityTransform,
  type Matrix3,
  multiply,
  type RigidTransform,
  transpose,
  type Vector3,
} from '@lantern/units';
import type { TriangleMesh } from '../mesh/triangle-mesh.ts';
import type { leafTypes } from './layout.ts';

/** The type of a primitive. */
export type LeafType = (typeof leafTypes)[number];

/** A boolean operation of a solid program. */
export type BooleanCode = 'union' | 'intersection' | 'subtraction';

/** A primitive of a solid, where it stands in it. */
export interface LeafShape {
  readonly kind: 'leaf';
  readonly type: LeafType;
  /** Numbers in the order of the layout. */
  readonly params: readonly number[];
  /** Its matrix may scale and reflect. */
  readonly frame: RigidTransform;
  /** All of it is nearer than this to the origin of the solid, mm; 0 for a primitive that is only taken away or cuts. */
  readonly reach: number;
  /** The triangles of a mesh, in the leaf's own frame. */
  readonly mesh?: TriangleMesh;
  /** How far the triangles of a mesh may be from what they stand for, mm; absent where they are the solid itself. */
  readonly offBy?: number;
  /** What the user should know of it. */
  readonly warning?: string;
}

/** Two shapes, combined. */
export interface BooleanShape {
  readonly kind: 'boolean';
  readonly code: BooleanCode;
  readonly first: Shape;
  readonly second: Shape;
  /** Number of primitives. */
  readonly leaves: number;
  /** The greatest reach of its primitives, mm. */
  readonly reach: number;
}

/** A solid as a tree of primitives: what {@link compileSolid} writes as a program. */
export type Shape = LeafShape | BooleanShape;

function leaf(type: LeafType, params: readonly number[], reach: number): LeafShape {
  return { kind: 'leaf', type, params, frame: identityTransform, reach };
}

/** Number of primitives of a shape. */
export function leafCount(shape: Shape): number {
  return shape.kind === 'leaf' ? 1 : shape.leaves;
}

/** Two shapes, combined. */
export function combine(code: BooleanCode, first: Shape, second: Shape): BooleanShape {
  const leaves = leafCount(first) + leafCount(second);
  const reach = Math.max(first.reach, second.reach);
  return { kind: 'boolean', code, first, second, leaves, reach };
}

/** The union of shapes, balanced: its depth is the logarithm of their number. */
export function union(shapes: readonly Shape[]): Shape {
  const [first, second] = shapes;
  if (!first) throw new RangeError('a union of no shapes');
  if (!second) return first;
  const middle = Math.ceil(shapes.length / 2);
  return combine('union', union(shapes.slice(0, middle)), union(shapes.slice(middle)));
}

/** What is in all of the shapes, tested in their order. */
export function intersection(first: Shape, ...others: readonly Shape[]): Shape {
  return others.reduce<Shape>((shape, second) => combine('intersection', shape, second), first);
}

/** The first shape without the second; all of it when there is no second. */
export function subtraction(first: Shape, second: Shape | undefined): Shape {
  return second ? combine('subtraction', first, second) : first;
}

/** The shape moved by a transform, whose matrix may scale and reflect too (not with a factor of 0). */
export function place(shape: Shape, transform: RigidTransform): Shape {
  if (isIdentity(transform)) return shape;
  if (shape.kind === 'boolean') {
    const [first, second] = [place(shape.first, transform), place(shape.second, transform)];
    return { ...shape, first, second, reach: Math.max(first.reach, second.reach) };
  }
  const frame = compose(transform, shape.frame);
  const away = Math.hypot(...transform.translation);
  const size = isOrthogonal(transform.rotation) ? 1 : Math.hypot(...transform.rotation);
  return { ...shape, frame, reach: shape.reach > 0 ? size * shape.reach + away : 0 };
}

/** Whether a matrix neither scales nor shears: a rotation, perhaps with a reflection. */
export function isOrthogonal(matrix: Matrix3): boolean {
  return multiply(transpose(matrix), matrix).every(
    (value, i) => Math.abs(value - (identity3[i] ?? 0)) < 1e-12,
  );
}

/** Whether a transform changes nothing. */
export function isIdentity({ rotation, translation }: RigidTransform): boolean {
  return (
    translation.every((value) => value === 0) &&
    rotation.every((value, i) => value === identity3[i])
  );
}

/** A box about the origin, by its half lengths. */
export function box(x: number, y: number, z: number): LeafShape {
  return leaf('box', [x, y, z], Math.hypot(x, y, z));
}

/** A sphere about the origin. */
export function sphere(r: number): LeafShape {
  return leaf('sphere', [r], r);
}

/** A cylinder along z, circular unless the second semi-axis is given. */
export function cylinder(zLow: number, zHigh: number, rx: number, ry: number = rx): LeafShape {
  const params = [rx, ry, zLow, zHigh, 1 / (rx * rx), 1 / (ry * ry)];
  return leaf('cylinder', params, Math.hypot(rx, ry, zLow, zHigh));
}

/** A frustum along z with radius r1 at z1 and r2 at z2 > z1; a cylinder when these are equal. */
export function frustum(z1: number, z2: number, r1: number, r2: number): LeafShape {
  if (r1 === r2) return cylinder(z1, z2, r1);
  const slope = (r2 - r1) / (z2 - z1);
  const reach = Math.hypot(Math.max(r1, r2), Math.max(-z1, z2));
  const apex = r2 === 0 ? z2 : z1 - r1 / slope;
  const params = [r1, r2, z1, z2, slope, Math.abs(apex) < 4 * reach ? apex : 0];
  return leaf('frustum', params, reach);
}

/** An ellipsoid about the origin between two planes of constant z. */
export function ellipsoid(axes: Vector3, zLow: number, zHigh: number): LeafShape {
  const params = [...axes, zLow, zHigh, ...axes.map((axis) => 1 / (axis * axis))];
  return leaf('ellipsoid', params, Math.max(...axes));
}

/** The infinite cone about +z (or -z) with half angle `theta` below 90 degrees, its apex at the origin. */
export function halfCone(theta: number, upwards: boolean): Shape {
  const shape = leaf('halfCone', [Math.tan(theta)], 0);
  if (upwards) return shape;
  return place(shape, { rotation: [1, 0, 0, 0, -1, 0, 0, 0, -1], translation: [0, 0, 0] });
}

/** A half-space n·x <= c by its outward normal, of any length but zero. */
export interface Plane {
  readonly normal: Vector3;
  readonly c: number;
}

/** The plane with an outward normal through a point. */
export function planeThrough(normal: Vector3, point: Vector3): Plane {
  const norm = Math.hypot(...normal);
  const [x, y, z] = normal.map((value) => value / norm) as [number, number, number];
  return { normal: [x, y, z], c: x * point[0] + y * point[1] + z * point[2] };
}

/** What is behind all of the planes (unit normals): a convex polyhedron of the given reach, or an infinite wedge. */
export function planes(list: readonly Plane[], reach: number): LeafShape {
  return leaf(
    'planes',
    list.flatMap(({ normal, c }) => [...normal, c]),
    reach,
  );
}

/** A torus about z. */
export function torus(rtor: number, r: number): LeafShape {
  return leaf('torus', [rtor, r], rtor + r);
}

/** A hyperboloid of one sheet x² + y² <= r² + tan² z²; a cylinder when tan is 0. */
export function hyperboloid(r: number, tan: number, zLow: number, zHigh: number): LeafShape {
  if (tan === 0) return cylinder(zLow, zHigh, r);
  const z = Math.max(-zLow, zHigh);
  return leaf('hyperboloid', [r * r, tan * tan, zLow, zHigh], Math.hypot(r, tan * z, z));
}

/** An elliptic cone along z up to its apex: x²/a² + y²/b² <= (apex - z)², a and b in mm per mm below the apex. */
export function ellipticCone(
  a: number,
  b: number,
  apex: number,
  zLow: number,
  zHigh: number,
): LeafShape {
  if (a === b) return frustum(zLow, zHigh, a * (apex - zLow), a * (apex - zHigh));
  // In a frame where it is round: the wider axis keeps its scale.
  const wide = Math.max(a, b);
  const reach = Math.hypot(wide * (apex - zLow), zLow, zHigh);
  return leaf('ellipticCone', [wide / a, wide / b, wide, apex, zLow, zHigh], reach);
}

/** A paraboloid x² + y² <= slope z + square, between two planes of constant z. */
export function paraboloid(slope: number, square: number, zLow: number, zHigh: number): LeafShape {
  const reach = Math.hypot(Math.sqrt(slope * zHigh + square), zLow, zHigh);
  return leaf('paraboloid', [slope, square, zLow, zHigh], reach);
}

/** Coefficients of a quadric that holds straight lines at each z. */
export interface RuledSide {
  readonly one: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly xz: number;
  readonly yz: number;
  readonly zz: number;
}

/** What is behind a ruled surface: the points where the sum of the coefficients' terms is at most 0; infinite. */
export function ruled({ one, x, y, z, xz, yz, zz }: RuledSide): LeafShape {
  return leaf('ruled', [one, x, y, z, xz, yz, zz], 0);
}

/** A closed mesh. */
export function meshLeaf(mesh: TriangleMesh, reach: number): LeafShape {
  return { ...leaf('mesh', [], reach), mesh };
}
