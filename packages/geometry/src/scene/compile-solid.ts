import type { TriangleMesh } from '../mesh/triangle-mesh.ts';
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
import { packMesh } from './pack-mesh.ts';
import type { SceneSections } from './section-writer.ts';

/** Leaves that the kernel can meet without a program when one of them is the whole solid. */
const direct: ReadonlySet<string> = new Set([
  'box',
  'sphere',
  'cylinder',
  'frustum',
  'ellipsoid',
  'planes',
  'mesh',
]);

const compiled = new WeakMap<SceneSections, Map<string, number>>();

/**
 * Writes a solid as a program over primitives (see `leafTypes` and `opCodes` of the layout), once for each name.
 *
 * @param sections the scene that is being packed
 * @param warnings where to add what is doubtful, or only near to the truth
 * @returns the index of the solid in the section `solid`
 * @throws {GeometryError} for a solid that the engines cannot propagate in
 */
export function compileSolid(
  solids: ReadonlyMap<string, Solid>,
  name: string,
  sections: SceneSections,
  warnings: Set<string> = new Set(),
): number {
  let known = compiled.get(sections);
  if (!known) {
    known = new Map();
    compiled.set(sections, known);
  }
  let index = known.get(name);
  if (index === undefined) {
    const shape = solidShape(solids, name);
    index = writeSolid(shape, sections);
    known.set(name, index);
    collectWarnings(shape, warnings);
  }
  return index;
}

function collectWarnings(shape: Shape, warnings: Set<string>): void {
  const open = [shape];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.kind === 'boolean') open.push(next.second, next.first);
    else if (next.warning !== undefined) warnings.add(next.warning);
  }
}

function writeSolid(shape: Shape, sections: SceneSections): number {
  const firstOp = sections.op.count;
  const firstLeaf = sections.leaf.count;
  const tolerance = toleranceOf(shape.reach);
  const { kind, box } = writeProgram(shape, sections, (leaf) =>
    leaf.mesh ? writeMesh(leaf.mesh, tolerance, sections) : writeLeaf(leaf, sections),
  );
  return sections.solid.append({
    tolerance,
    stride: (2 * shape.reach) / Math.sqrt(leafCount(shape)),
    firstOp,
    opCount: sections.op.count - firstOp,
    kind: leafKind(shape) ?? solidKinds[kind],
    leaf: firstLeaf,
    box,
  });
}

/** [SOL17] The type of the only leaf, where the kernel can do without a program. */
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

function writeMesh(mesh: TriangleMesh, tolerance: number, sections: SceneSections): number {
  const { params, root } = packMesh(mesh, tolerance, sections);
  const type = leafTypes.indexOf('mesh');
  return sections.leaf.append({ stretch: 0, type, transform: -1, params, count: root });
}

function writeTransform({ frame }: LeafShape, sections: SceneSections): number {
  const matrix = isOrthogonal(frame.rotation) ? frame.rotation : inverseTranspose(frame.rotation);
  const [r0, r1, r2, r3, r4, r5, r6, r7, r8] = matrix;
  const [tx, ty, tz] = frame.translation;
  return sections.transform.append({ r0, r1, r2, r3, r4, r5, r6, r7, r8, tx, ty, tz });
}
