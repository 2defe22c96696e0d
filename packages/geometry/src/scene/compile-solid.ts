import type { Solid } from '../model/solid.ts';
import { absorbFrame } from './compile-solid-absorb.ts';
import { writeProgram } from './compile-solid-program.ts';
import { greatestStretch, inverseTranspose } from './compile-solid-scale.ts';
import {
  isIdentity,
  isOrthogonal,
  type LeafShape,
  leafCount,
  type Shape,
} from './compile-solid-shape.ts';
import { solidShape } from './compile-solid-tree.ts';
import { leafTypes, solidKinds } from './layout.ts';
import type { SceneSections } from './section-writer.ts';

/** Leaves that the kernel meets without a program when one of them is the whole solid. */
const direct: ReadonlySet<string> = new Set([
  'box',
  'sphere',
  'cylinder',
  'frustum',
  'ellipsoid',
  'planes',
]);

const compiled = new WeakMap<SceneSections, Map<string, number>>();

/**
 * Writes a solid as a program over primitives (see `leafTypes` and `opCodes` of the layout), once for each name.
 *
 * @param sections the scene that is being packed
 * @returns the index of the solid in the section `solid`
 * @throws {GeometryError} for a solid that the engines cannot propagate in
 */
export function compileSolid(
  solids: ReadonlyMap<string, Solid>,
  name: string,
  sections: SceneSections,
): number {
  let known = compiled.get(sections);
  if (!known) {
    known = new Map();
    compiled.set(sections, known);
  }
  let index = known.get(name);
  if (index === undefined) {
    index = writeSolid(solidShape(solids, name), sections);
    known.set(name, index);
  }
  return index;
}

function writeSolid(shape: Shape, sections: SceneSections): number {
  const firstOp = sections.op.count;
  const firstLeaf = sections.leaf.count;
  const { kind, box } = writeProgram(shape, sections, (leaf) => writeLeaf(leaf, sections));
  return sections.solid.append({
    tolerance: toleranceOf(shape.reach),
    stride: (2 * shape.reach) / Math.sqrt(leafCount(shape)),
    firstOp,
    opCount: sections.op.count - firstOp,
    kind: leafKind(shape) ?? solidKinds[kind],
    leaf: firstLeaf,
    box,
  });
}

/** [SOL17] The type of the only leaf, where that is convex and in the frame of the solid. */
function leafKind(shape: Shape): number | undefined {
  if (shape.kind !== 'leaf') return undefined;
  const { type, frame } = absorbFrame(shape);
  return isIdentity(frame) && direct.has(type) ? leafTypes.indexOf(type) : undefined;
}

/** [SOL16] Lengths that are rounding: 1e-12 of the size, not less than 1e-9 mm, so that a layer of 1e-6 mm is a layer. */
function toleranceOf(reach: number): number {
  return Math.max(1e-9, 1e-12 * reach);
}

/** Writes a primitive whose frame is absorbed as far as may be; its index. */
export function writeLeaf(shape: LeafShape, sections: SceneSections): number {
  const { rotation } = shape.frame;
  return sections.leaf.append({
    stretch: isOrthogonal(rotation) ? 0 : greatestStretch(rotation),
    type: leafTypes.indexOf(shape.type),
    transform: isIdentity(shape.frame) ? -1 : writeTransform(shape, sections),
    params: sections.param.append(...shape.params),
    count: shape.type === 'planes' ? shape.params.length / 4 : 0,
  });
}

function writeTransform({ frame }: LeafShape, sections: SceneSections): number {
  const matrix = isOrthogonal(frame.rotation) ? frame.rotation : inverseTranspose(frame.rotation);
  const [r0, r1, r2, r3, r4, r5, r6, r7, r8] = matrix;
  const [tx, ty, tz] = frame.translation;
  return sections.transform.append({ r0, r1, r2, r3, r4, r5, r6, r7, r8, tx, ty, tz });
}
