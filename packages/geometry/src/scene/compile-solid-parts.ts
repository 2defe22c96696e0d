import { type Box3, joinBoxes, overlapBoxes } from '../solids/box3.ts';
import { absorbFrame } from './compile-solid-absorb.ts';
import { leafBox } from './compile-solid-box.ts';
import { isIdentity, type LeafShape, type LeafType, type Shape } from './compile-solid-shape.ts';

/** A primitive of a solid. */
export interface LeafPart {
  readonly kind: 'leaf';
  readonly leaf: LeafShape;
  readonly box: Box3;
  readonly cost: number;
}

/** What is in one or more of the parts. */
export interface UnionPart {
  readonly kind: 'union';
  readonly parts: readonly Part[];
  readonly box: Box3;
  readonly cost: number;
}

/** What is in all of `keep` and in none of `away`. */
export interface CutPart {
  readonly kind: 'cut';
  readonly keep: readonly Part[];
  readonly away: readonly Part[];
  readonly box: Box3;
  readonly cost: number;
}

/**
 * A solid in a form without order: chains of unions and of cuts are one part each, however they were nested. `box` holds
 * the part, mm, in the frame of the solid; `cost` is how long a ray takes with all of it, about a nanosecond each.
 */
export type Part = LeafPart | UnionPart | CutPart;

const costs: Partial<Readonly<Record<LeafType, number>>> = {
  box: 5,
  sphere: 5,
  cylinder: 6,
  ellipsoid: 7,
  frustum: 10,
  halfCone: 10,
  hyperboloid: 20,
  ellipticCone: 12,
  paraboloid: 8,
  ruled: 15,
  mesh: 200,
  torus: 150,
};

/** [SOL15] (A − B) ∩ C − D is A ∩ C − (B ∪ D), and A ∪ (B ∪ C) one union of three. */
export function partOf(shape: Shape): Part {
  if (shape.kind === 'leaf') return leafPart(shape);
  if (shape.code === 'union') return unionOf(partsOfUnion([shape]));
  const keep: Part[] = [];
  const taken: Shape[] = [];
  const open: Shape[] = [shape];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.kind === 'boolean' && next.code !== 'union') {
      if (next.code === 'subtraction') taken.push(next.second);
      else open.push(next.second);
      open.push(next.first);
    } else {
      keep.push(partOf(next));
    }
  }
  return cutOf(keep, partsOfUnion(taken.reverse()));
}

function leafPart(shape: LeafShape): LeafPart {
  const leaf = absorbFrame(shape);
  const framed = isIdentity(leaf.frame) ? 0 : 3;
  const planes = 3 + 0.4 * leaf.params.length;
  return { kind: 'leaf', leaf, box: leafBox(leaf), cost: framed + (costs[leaf.type] ?? planes) };
}

/** The operands of unions of unions, in their order. */
function partsOfUnion(shapes: readonly Shape[]): readonly Part[] {
  const parts: Part[] = [];
  const open = shapes.toReversed();
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.kind === 'boolean' && next.code === 'union') open.push(next.second, next.first);
    else parts.push(partOf(next));
  }
  return parts;
}

/** The union of one part or more. */
export function unionOf(parts: readonly Part[]): Part {
  const [first] = parts;
  if (!first) throw new RangeError('a union of no parts');
  if (parts.length === 1) return first;
  const box = parts.reduce((whole, part) => joinBoxes(whole, part.box), first.box);
  return { kind: 'union', parts, box, cost: costOf(parts) };
}

function cutOf(keep: readonly Part[], away: readonly Part[]): Part {
  const [first] = keep;
  if (!first) throw new RangeError('a cut of no parts');
  const box = keep.reduce((whole, part) => overlapBoxes(whole, part.box), first.box);
  // Cheap and convex ones first: where they leave nothing, or little, the others have less to do.
  const ordered = keep.toSorted((a, b) => rank(a) - rank(b));
  return { kind: 'cut', keep: ordered, away, box, cost: costOf(keep) + costOf(away) };
}

function rank(part: Part): number {
  if (!isConvexLeaf(part)) return 2;
  return Number.isFinite(part.box.max[0]) ? 0 : 1;
}

const convex: ReadonlySet<LeafType> = new Set([
  'box',
  'sphere',
  'cylinder',
  'frustum',
  'ellipsoid',
  'planes',
  'halfCone',
  'ellipticCone',
  'paraboloid',
]);

/** Whether a ray has at most one stretch in the part, which is a leaf. */
export function isConvexLeaf(part: Part): part is LeafPart {
  return part.kind === 'leaf' && convex.has(part.leaf.type);
}

function costOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { cost }) => sum + cost, 0);
}
