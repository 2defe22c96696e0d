import { type Box3, isEmpty, overlapBoxes } from '../solids/box3.ts';
import { itemsOf, split } from './build-hierarchy.ts';
import { isConvexLeaf, type Part, partOf, unionOf } from './compile-solid-parts.ts';
import type { LeafShape, Shape } from './compile-solid-shape.ts';
import { opCodes, type solidKinds } from './layout.ts';
import type { SceneSections } from './section-writer.ts';

/** Of the order of a leaf's cost: what it costs to meet a box. */
const BOX_COST = 3;

/** Solids that cost less than this have no boxes: the ray would have to be made ready for them. */
const SHORT = 60;

/** Unions of up to this number of parts are not split. */
const FEW = 3;

/** Where a program is written to. */
interface Program {
  readonly sections: SceneSections;
  readonly writeLeaf: (leaf: LeafShape) => number;
  /** How much boxes are widened, mm. */
  readonly margin: number;
  /** What a box must save to be worth it. */
  readonly least: number;
  boxes: number;
}

/** What there is to know of a program that was written. */
export interface WrittenProgram {
  readonly kind: keyof typeof solidKinds;
  /** Of a union of few: where its boxes begin in `param`. */
  readonly box: number;
}

/**
 * [SOL18] Writes a solid as operations (`opCodes` of the layout). Unions are trees balanced by the surface-area heuristic;
 * a part whose box is likely to be missed by rays that meet what is around it is skipped by it.
 *
 * @param writeLeaf writes a leaf; its index
 */
export function writeProgram(
  shape: Shape,
  sections: SceneSections,
  writeLeaf: (leaf: LeafShape) => number,
): WrittenProgram {
  const part = partOf(shape);
  const few = kindOfFew(part);
  // Rounding at the solid, and of a ray that begins on a face, is below 1e-9 of the size.
  const margin = 1e-6 + 1e-9 * shape.reach;
  const least = few || part.cost < SHORT ? Number.POSITIVE_INFINITY : BOX_COST;
  const program = { sections, writeLeaf, margin, least, boxes: 0 };
  writeList(program, part, part.box);
  if (few === 'unionOfFew' && part.kind === 'union') {
    const [box = 0] = part.parts.map((leaf) => writeBox(program, leaf.box));
    return { kind: few, box };
  }
  return { kind: few ?? (program.boxes > 0 ? 'programWithBoxes' : 'program'), box: 0 };
}

/** [SOL21] The kind of a solid that is met without a program. */
function kindOfFew(part: Part): 'unionOfFew' | 'oneLessOne' | 'inBoth' | undefined {
  if (part.kind === 'union')
    return part.parts.length <= FEW && part.parts.every(isConvexLeaf) ? 'unionOfFew' : undefined;
  if (part.kind === 'leaf' || ![...part.keep, ...part.away].every(isConvexLeaf)) return undefined;
  if (part.keep.length === 1 && part.away.length === 1) return 'oneLessOne';
  return part.keep.length === 2 && part.away.length === 0 ? 'inBoth' : undefined;
}

function writeBox({ sections, margin }: Program, { min, max }: Box3): number {
  return sections.param.append(...min.map((x) => x - margin), ...max.map((x) => x + margin));
}

function emit({ sections }: Program, code: (typeof opCodes)[number], leaf = 0): number {
  return sections.op.append({ code: opCodes.indexOf(code), leaf });
}

/** Lets an operation that skips skip all that was written since. */
function close({ sections }: Program, skip: number): void {
  if (skip >= 0) sections.op.update(skip, { leaf: sections.op.count - 1 - skip });
}

/** A skip where the part's box is missed, if it is worth it among rays that meet `around`; else -1. */
function openBox(
  program: Program,
  code: 'skipOperand' | 'skipOperation',
  part: Part,
  around: Box3,
): number {
  const box = overlapBoxes(part.box, around);
  const share = isEmpty(box) ? 0 : area(box) / area(around);
  if (!((1 - share) * part.cost > program.least)) return -1;
  program.boxes++;
  const numbers = writeBox(program, box);
  return program.sections.op.append({ code: opCodes.indexOf(code), box: numbers });
}

/** Half the surface; NaN where that is infinite, so that nothing is worth a box there. */
function area({ min, max }: Box3): number {
  const [x, y, z] = [max[0] - min[0], max[1] - min[1], max[2] - min[2]];
  const half = x * y + y * z + z * x;
  return half < Number.POSITIVE_INFINITY ? half : Number.NaN;
}

/** Pushes the list of the part; rays are likely to meet `around`. */
function writeOperand(program: Program, part: Part, around: Box3): void {
  const skip = openBox(program, 'skipOperand', part, around);
  writeList(program, part, skip < 0 ? around : part.box);
  close(program, skip);
}

function writeList(program: Program, part: Part, around: Box3): void {
  switch (part.kind) {
    case 'leaf':
      emit(program, 'push', program.writeLeaf(part.leaf));
      return;
    case 'union':
      writeUnion(program, part.parts, around);
      return;
    case 'cut': {
      const [first, ...others] = part.keep as [Part, ...Part[]];
      writeOperand(program, first, around);
      for (const other of others) writeOperation(program, 'intersection', other, part.box);
      if (part.away.length <= FEW) {
        for (const taken of part.away) writeOperation(program, 'subtraction', taken, part.box);
      } else {
        writeOperation(program, 'subtraction', unionOf(part.away), part.box);
      }
    }
  }
}

/** Combines the list on top with the part; rays are likely to meet `around`, and nothing beyond it matters. */
function writeOperation(
  program: Program,
  code: 'union' | 'intersection' | 'subtraction',
  part: Part,
  around: Box3,
): void {
  const isLeaf = isConvexLeaf(part);
  const skipEmpty = isLeaf || code === 'union' ? -1 : emit(program, 'skipEmpty');
  // What misses a part that cuts keeps nothing: that is for the list, not for a box, to say.
  const skip = code === 'intersection' ? -1 : openBox(program, 'skipOperation', part, around);
  if (isLeaf) {
    const fused = {
      union: 'uniteLeaf',
      intersection: 'intersectLeaf',
      subtraction: 'subtractLeaf',
    };
    emit(program, fused[code] as 'uniteLeaf', program.writeLeaf(part.leaf));
  } else {
    writeList(program, part, skip < 0 ? around : overlapBoxes(part.box, around));
    emit(program, code);
  }
  close(program, skip);
  close(program, skipEmpty);
}

function writeUnion(program: Program, parts: readonly Part[], around: Box3): void {
  const groups = parts.length > FEW ? halves(parts) : parts;
  const [first, ...others] = groups as [Part, ...Part[]];
  writeOperand(program, first, around);
  for (const other of others) writeOperation(program, 'union', other, around);
}

/** Two parts of about the same cost that are apart as far as may be; one without bounds stands alone. */
function halves(parts: readonly Part[]): readonly Part[] {
  const isEndless = ({ box }: Part): boolean => !Number.isFinite(area(box));
  const endless = parts.filter(isEndless);
  if (endless.length > 0 && endless.length < parts.length)
    return [unionOf(endless), unionOf(parts.filter((part) => !isEndless(part)))];
  const items = itemsOf(
    parts.map(({ box }) => box),
    0,
  );
  const middle = endless.length > 0 ? parts.length >> 1 : split(items, 0, parts.length);
  const [low, high] = [items.order.slice(0, middle), items.order.slice(middle)];
  return [low, high].map((half) => unionOf(Array.from(half, (i) => parts[i] as Part)));
}
