import { ConditionsError } from '../errors.ts';
import type { TagEntry, TagLine } from '../model/tag.ts';
import type { Axis, Interval } from '../model/validity.ts';
import { indexLine } from './line-builder.ts';
import type { LineIndex } from './line-index.ts';

/** A condition: what a line of a tag is about. */
export interface Condition {
  readonly calibType: string;
  readonly flavor: string;
  readonly axis: Axis;
}

/** A condition with its index. */
export interface IndexedLine extends Condition {
  readonly index: LineIndex;
}

/** All lines of a tag as they were at one moment, packed for searching. It never changes: another root, another index. */
export class TagIndex {
  /** By calibration type, flavor, axis, each by UTF-16 code units. */
  readonly lines: readonly IndexedLine[];
  readonly #places: ReadonlyMap<string, number>;

  /** @throws ConditionsError `corrupt` for a condition that is there twice */
  constructor(lines: Iterable<IndexedLine>, where?: string) {
    this.lines = [...lines].sort(compareConditions);
    this.#places = new Map(this.lines.map((line, place) => [keyOf(line), place]));
    if (this.#places.size < this.lines.length) {
      const twice = this.lines.find((line, place) => this.#places.get(keyOf(line)) !== place);
      throw new ConditionsError('corrupt', {
        what: 'a condition is there twice',
        where,
        given: twice && `${twice.calibType} ${twice.flavor}`,
      });
    }
  }

  /** From lines that are all at hand. */
  static of(lines: Iterable<TagLine>, where?: string): TagIndex {
    const indexed = Array.from(lines, ({ calibType, flavor, axis, entries }) => ({
      calibType,
      flavor,
      axis,
      index: indexLine(entries, [where, calibType, flavor].filter(Boolean).join(' ')),
    }));
    return new TagIndex(indexed, where);
  }

  /** The line of a condition, if the tag has it. */
  line(condition: Condition): LineIndex | undefined {
    const place = this.#places.get(keyOf(condition));
    return place === undefined ? undefined : this.lines[place]!.index;
  }

  /** Entries that touch a range, whole, as they went in. */
  tagLines(range?: Interval): TagLine[] {
    return this.lines.map(({ calibType, flavor, axis, index }) => ({
      calibType,
      flavor,
      axis,
      entries: entriesOf(index, range),
    }));
  }

  /** Bytes that the lines take. */
  get bytes(): number {
    return this.lines.reduce((sum, { index }) => sum + index.bytes, 0);
  }
}

/** By calibration type, flavor, axis, each by UTF-16 code units: the order of lines in every answer. */
export function compareConditions(a: Condition, b: Condition): number {
  return (
    compare(a.calibType, b.calibType) || compare(a.flavor, b.flavor) || compare(a.axis, b.axis)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function keyOf({ calibType, flavor, axis }: Condition): string {
  return `${calibType.length} ${axis} ${calibType} ${flavor}`;
}

function entriesOf(index: LineIndex, range: Interval | undefined): TagEntry[] {
  const [first, last] = range
    ? [index.cellAt(range.begin), index.cellAt(range.end - 1n)]
    : [0, index.cells - 1];
  const entries: TagEntry[] = [];
  for (let cell = first; cell <= last; cell++) {
    const serNo = index.serNo(cell);
    if (serNo === 0) continue;
    entries.push({ ...index.interval(cell), serNo, payload: index.payload(cell) });
  }
  return entries;
}
