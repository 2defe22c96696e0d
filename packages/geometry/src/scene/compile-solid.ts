import type { Solid } from '../model/solid.ts';
import { absorbFrame } from './compile-solid-absorb.ts';
import { isIdentity, type LeafShape, type Shape } from './compile-solid-shape.ts';
import { solidShape } from './compile-solid-tree.ts';
import { leafTypes, opCodes } from './layout.ts';
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
  writeOps(shape, sections);
  return sections.solid.append({
    tolerance: toleranceOf(reachOf(shape)),
    firstOp,
    opCount: sections.op.count - firstOp,
    kind: kindOf(shape),
    leaf: firstLeaf,
  });
}

/** [SOL17] The type of the only leaf, where that is convex and in the frame of the solid; -1 otherwise. */
function kindOf(shape: Shape): number {
  if (shape.kind !== 'leaf') return -1;
  const { type, frame } = absorbFrame(shape);
  return isIdentity(frame) && direct.has(type) ? leafTypes.indexOf(type) : -1;
}

/** [SOL16] Lengths that are rounding: 1e-12 of the size, not less than 1e-9 mm, so that a layer of 1e-6 mm is a layer. */
function toleranceOf(reach: number): number {
  return Math.max(1e-9, 1e-12 * reach);
}

/** Operands, then the operation; the second operand is skipped where the first leaves nothing to cut. */
function writeOps(shape: Shape, sections: SceneSections): void {
  if (shape.kind === 'leaf') {
    sections.op.append({ code: opCodes.indexOf('push'), leaf: writeLeaf(shape, sections) });
    return;
  }
  writeOps(shape.first, sections);
  const cuts = shape.code !== 'union';
  const skip = cuts ? sections.op.append({ code: opCodes.indexOf('skipEmpty') }) : -1;
  writeOps(shape.second, sections);
  const last = sections.op.append({ code: opCodes.indexOf(shape.code) });
  if (cuts) sections.op.update(skip, { leaf: last - skip });
}

function writeLeaf(leaf: LeafShape, sections: SceneSections): number {
  const shape = absorbFrame(leaf);
  return sections.leaf.append({
    type: leafTypes.indexOf(shape.type),
    transform: isIdentity(shape.frame) ? -1 : writeTransform(shape, sections),
    params: sections.param.append(...shape.params),
    count: shape.type === 'planes' ? shape.params.length / 4 : 0,
  });
}

function writeTransform({ frame }: LeafShape, sections: SceneSections): number {
  const [r0, r1, r2, r3, r4, r5, r6, r7, r8] = frame.rotation;
  const [tx, ty, tz] = frame.translation;
  return sections.transform.append({ r0, r1, r2, r3, r4, r5, r6, r7, r8, tx, ty, tz });
}

/** How far from the origin the solid may reach, mm. */
function reachOf(shape: Shape): number {
  return shape.kind === 'leaf'
    ? shape.reach
    : Math.max(reachOf(shape.first), reachOf(shape.second));
}
