import type { TagEntry } from '../model/tag.ts';
import { type Axis, always, forever, type Interval, type Position } from '../model/validity.ts';
import type { ResolvedLine } from '../read/conditions-reader.ts';
import type { LineIndex } from './line-index.ts';
import { compareConditions, type TagIndex } from './tag-index.ts';

/** A tag of a stack. */
export interface StackedTag {
  readonly name: string;
  readonly index: TagIndex;
}

/** A line of one of the tags. */
interface Layer {
  readonly tag: string;
  readonly index: LineIndex;
}

/** A condition of any of the tags, with its lines in the order in which they are asked. */
export interface StackedCondition {
  readonly calibType: string;
  readonly flavor: string;
  readonly layers: readonly Layer[];
}

/** What the tags say of all their conditions. */
export interface StackAnswer {
  readonly lines: readonly ResolvedLine[];
  readonly missing: readonly { readonly calibType: string; readonly flavor: string }[];
  readonly validity: Interval;
}

/** Where none of the tags has an entry. */
export interface StackGap {
  /** Positions around the one asked for without an entry. */
  readonly validity: Interval;
  /** The entry with the latest end before it, of any tag. */
  readonly before?: TagEntry | undefined;
  /** The entry with the earliest beginning after it, of any tag. */
  readonly after?: TagEntry | undefined;
}

/** Some tags and an axis: for each condition, the first tag that has an entry at a position answers. */
export class TagStack {
  readonly axis: Axis;
  /** By calibration type and flavor. */
  readonly conditions: readonly StackedCondition[];
  readonly #byName: ReadonlyMap<string, StackedCondition>;

  constructor(tags: readonly StackedTag[], axis: Axis) {
    const found = new Map<string, { calibType: string; flavor: string; layers: Layer[] }>();
    for (const { name, index: tag } of tags) {
      for (const { calibType, flavor, axis: its, index } of tag.lines) {
        if (its !== axis) continue;
        const key = keyOf(calibType, flavor);
        const condition = found.get(key) ?? { calibType, flavor, layers: [] };
        found.set(key, condition);
        condition.layers.push({ tag: name, index });
      }
    }
    this.axis = axis;
    this.#byName = found;
    this.conditions = [...found.values()].sort((a, b) =>
      compareConditions({ ...a, axis }, { ...b, axis }),
    );
  }

  /** Undefined where no tag has the condition. */
  condition(calibType: string, flavor: string): StackedCondition | undefined {
    return this.#byName.get(keyOf(calibType, flavor));
  }

  /** All conditions at a position. */
  resolve(position: Position): StackAnswer {
    const lines: ResolvedLine[] = [];
    const missing: { calibType: string; flavor: string }[] = [];
    let [begin, end] = [always, forever];
    for (const condition of this.conditions) {
      const answer = resolveCondition(condition, position);
      const { validity } = answer;
      if (validity.begin > begin) begin = validity.begin;
      if (validity.end < end) end = validity.end;
      if ('serNo' in answer) lines.push(answer);
      else missing.push({ calibType: condition.calibType, flavor: condition.flavor });
    }
    return { lines, missing, validity: { begin, end } };
  }
}

/** One condition at a position: what holds, or the gap. */
export function resolveCondition(
  condition: StackedCondition,
  position: Position,
): ResolvedLine | StackGap {
  const { calibType, flavor, layers } = condition;
  let [begin, end] = [always, forever];
  for (const { tag, index } of layers) {
    const cell = index.cellAt(position);
    const own = index.interval(cell);
    if (own.begin > begin) begin = own.begin;
    if (own.end < end) end = own.end;
    const serNo = index.serNo(cell);
    if (serNo === 0) continue;
    const payload = index.payload(cell);
    return { calibType, flavor, tag, serNo, payload, validity: { begin, end } };
  }
  let [before, after]: (TagEntry | undefined)[] = [];
  for (const { index } of layers) {
    const cell = index.cellAt(position);
    const [left, right] = [entryOf(index, cell - 1), entryOf(index, cell + 1)];
    if (left && (!before || left.end > before.end)) before = left;
    if (right && (!after || right.begin < after.begin)) after = right;
  }
  return { validity: { begin, end }, before, after };
}

/** The neighbour of a gap is an entry, or nothing. */
function entryOf(index: LineIndex, cell: number): TagEntry | undefined {
  if (cell < 0 || cell >= index.cells) return undefined;
  return { ...index.interval(cell), serNo: index.serNo(cell), payload: index.payload(cell) };
}

function keyOf(calibType: string, flavor: string): string {
  return `${calibType.length} ${calibType} ${flavor}`;
}
