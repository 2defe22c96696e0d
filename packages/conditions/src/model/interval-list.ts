import { always, forever, type Interval, later, type Position } from './validity.ts';

/** Any item with an interval and a number of its own. */
interface Item {
  readonly vstart: Position;
  readonly vend: Position;
  readonly serNo: number;
}

/**
 * Items by the beginning of their intervals, which may overlap. What touches an interval is found by bisection, and by the
 * largest end so far, which says where to stop looking back.
 */
export class IntervalList<T extends Item> {
  readonly #items: T[];
  /** Of each place: the largest vend up to it. Right below `#known`. */
  readonly #reach: bigint[] = [];
  #known = 0;

  constructor(items: readonly T[] = []) {
    this.#items = [...items].sort((a, b) =>
      a.vstart < b.vstart ? -1 : a.vstart > b.vstart ? 1 : a.serNo - b.serNo,
    );
  }

  /** Adds an item, or puts it in the place of the one with its number and beginning. */
  set(item: T): void {
    const at = this.#place(item.vstart, item.serNo);
    const isThere = this.#items[at]?.serNo === item.serNo && this.#items[at].vstart === item.vstart;
    this.#items.splice(at, isThere ? 1 : 0, item);
    this.#known = Math.min(this.#known, at);
  }

  delete(item: T): void {
    const at = this.#place(item.vstart, item.serNo);
    if (this.#items[at]?.serNo !== item.serNo) return;
    this.#items.splice(at, 1);
    this.#known = Math.min(this.#known, at);
  }

  /** What has a position in common with the interval, last beginning first. */
  touching({ begin, end }: Interval): T[] {
    const found: T[] = [];
    this.#update();
    for (let i = this.#place(end, -1) - 1; i >= 0 && this.#reach[i]! > begin; i--) {
      const item = this.#items[i]!;
      if (item.vend > begin) found.push(item);
    }
    return found;
  }

  /** Of those that pass and have a position in common with the interval, the one with the highest number. */
  newestTouching(
    { begin, end }: Interval,
    passes: (item: T) => boolean = () => true,
  ): T | undefined {
    let newest: T | undefined;
    this.#update();
    for (let i = this.#place(end, -1) - 1; i >= 0 && this.#reach[i]! > begin; i--) {
      const item = this.#items[i]!;
      if (newest && item.serNo < newest.serNo) continue;
      if (item.vend > begin && passes(item)) newest = item;
    }
    return newest;
  }

  /** Of those that pass and end after `from`, the one with the latest end at or before the position. */
  before(
    position: Position,
    passes: (item: T) => boolean = () => true,
    from: Position = always,
  ): T | undefined {
    let best: T | undefined;
    let least = from;
    this.#update();
    for (let i = this.#place(position, -1) - 1; i >= 0 && this.#reach[i]! >= least; i--) {
      const item = this.#items[i]!;
      if (item.vend > position || item.vend <= from || item.vend < least || !passes(item)) continue;
      if (!best || item.vend > best.vend || item.serNo > best.serNo) best = item;
      least = best.vend;
    }
    return best;
  }

  /** Of those that pass and begin before `to`, the one with the earliest beginning after the position; of equal ones the newest. */
  after(
    position: Position,
    passes: (item: T) => boolean = () => true,
    to: Position = forever,
  ): T | undefined {
    let best: T | undefined;
    for (let i = this.#place(position, Infinity); i < this.#items.length; i++) {
      const item = this.#items[i]!;
      if (item.vstart >= to || (best && item.vstart > best.vstart)) break;
      if (passes(item)) best = item;
    }
    return best;
  }

  /** The first place whose item is not before (vstart, serNo). */
  #place(vstart: Position, serNo: number): number {
    let [low, high] = [0, this.#items.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const item = this.#items[middle]!;
      const isBefore = item.vstart < vstart || (item.vstart === vstart && item.serNo < serNo);
      if (isBefore) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #update(): void {
    const items = this.#items;
    for (let i = this.#known; i < items.length; i++) {
      this.#reach[i] = i === 0 ? items[0]!.vend : later(this.#reach[i - 1]!, items[i]!.vend);
    }
    this.#known = items.length;
  }
}
