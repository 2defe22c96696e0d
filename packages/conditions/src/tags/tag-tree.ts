import { type Condition, compareConditions } from '../index/tag-index.ts';
import type { TagEntry, TagLine } from '../model/tag.ts';
import { always, forever, type Interval, type Position } from '../model/validity.ts';
import { sha256Of } from '../payload/sha256.ts';
import type { PayloadStore } from '../store/payload-store.ts';
import { BlockCutter } from './block-cutter.ts';
import { conditionKey } from './condition-names.ts';
import { touching, without } from './intervals.ts';
import { NodeCache } from './node-cache.ts';
import { encodeTagBlock, lastNotAfter, TagBlock } from './tag-block.ts';
import {
  decodeLine,
  decodeRoot,
  encodeLine,
  encodeRoot,
  type LineNode,
  type RootLine,
} from './tag-nodes.ts';

/** What a line has at a position, and the positions around it at which that is so. */
export interface LineAnswer {
  /** Undefined in a gap. */
  readonly entry?: TagEntry | undefined;
  readonly validity: Interval;
}

/** New entries for a range of a line: what was there goes, cut at the edges of the range. */
export interface Splice {
  readonly key: Condition;
  readonly range: Interval;
  /** Inside the range, sorted, disjoint; none empties it. */
  readonly entries: readonly TagEntry[];
}

/**
 * The lines of tags in a payload store, as trees of blocks that never change: root, a node for each line, blocks of at
 * most 1,024 entries, each under its SHA-256. A root is all there is of a tag, so a clone costs nothing; two tags with
 * the same entries have the same root, however they came about; an edit writes the blocks around it, the node of its
 * line and the root. [TREE1]
 */
export class TagTree {
  readonly #payloads: PayloadStore;
  readonly #roots: NodeCache<readonly RootLine[]>;
  readonly #lines: NodeCache<LineNode>;
  readonly #blocks: NodeCache<TagBlock>;
  #empty: Promise<string> | undefined;

  /** @param cacheBytes how much of what was read is kept in memory; default 128 MiB */
  constructor(payloads: PayloadStore, cacheBytes: number = 2 ** 27) {
    this.#payloads = payloads;
    this.#roots = new NodeCache(cacheBytes / 8);
    this.#lines = new NodeCache(cacheBytes / 8);
    this.#blocks = new NodeCache((cacheBytes * 3) / 4);
  }

  /** Writes the root of a tag without lines. */
  writeEmpty(): Promise<string> {
    return this.#writeRoot([]);
  }

  /** The root of a tag without lines; it is not written. */
  emptyRoot(): Promise<string> {
    this.#empty ??= sha256Of(encodeRoot([]));
    return this.#empty;
  }

  /**
   * The lines of a tag, in order.
   *
   * @throws ConditionsError `absent` or `corrupt`, as all methods here
   */
  lines(root: string): Promise<readonly RootLine[]> {
    return this.#roots.get(root, async () => {
      const bytes = await this.#payloads.get(root);
      return { value: decodeRoot(bytes, `tag root ${root}`), bytes: bytes.length };
    });
  }

  /** What a line has at a position: a binary search in its node, and one in a block. */
  async at(root: string, key: Condition, position: Position): Promise<LineAnswer> {
    const line = await this.#line(root, key);
    if (!line) return { validity: { begin: always, end: forever } };
    const i = lastNotAfter(line.begins, position);
    if (i < 0) return { validity: { begin: always, end: line.begins[0]! } };
    const block = await this.block(line.hashes[i]!);
    const j = block.lastBeginning(position);
    const entry = block.entry(j);
    if (position < entry.end) return { entry, validity: { begin: entry.begin, end: entry.end } };
    const next = j + 1 < block.size ? block.begins[j + 1] : line.begins[i + 1];
    return { validity: { begin: entry.end, end: next ?? forever } };
  }

  /** Entries of a line that touch a range, whole; all without a range. */
  async entries(root: string, key: Condition, range?: Interval): Promise<readonly TagEntry[]> {
    const line = await this.#line(root, key);
    if (!line) return [];
    const from = range ? Math.max(0, lastNotAfter(line.begins, range.begin)) : 0;
    const to = range ? lastNotAfter(line.begins, range.end - 1n) + 1 : line.hashes.length;
    const blocks = await this.#blocksOf(line.hashes.slice(from, to));
    const entries = blocks.flatMap((block) => block.entries());
    return range ? touching(entries, range) : entries;
  }

  /** One line of a tag; undefined where the tag has no such condition. */
  async find(root: string, condition: Condition): Promise<RootLine | undefined> {
    return find(await this.lines(root), condition);
  }

  /**
   * The blocks of a line, in order, for those who want columns. They are not kept; some are read ahead.
   *
   * @param line its hash, as {@link lines} tells it
   */
  async *blocks(line: string): AsyncGenerator<TagBlock> {
    const { hashes } = await this.#node(line);
    const read = (from: number) => {
      const some = Promise.all(
        hashes.slice(from, from + readAtOnce).map((hash) => this.#read(hash)),
      );
      // It is awaited later, or no more when the reading ends early.
      some.catch(() => undefined);
      return some;
    };
    let next = read(0);
    for (let i = 0; i < hashes.length; i += readAtOnce) {
      const blocks = await next;
      next = read(i + readAtOnce);
      yield* blocks;
    }
  }

  /** Hashes of the blocks of a line: entries in blocks that two lines share are the same in both. */
  async blockHashes(root: string, key: Condition): Promise<readonly string[]> {
    return (await this.#line(root, key))?.hashes ?? [];
  }

  /** Entries of some blocks, in order. */
  async entriesOf(blocks: readonly string[]): Promise<readonly TagEntry[]> {
    return (await this.#blocksOf(blocks)).flatMap((block) => block.entries());
  }

  /** A block by its hash. */
  block(hash: string): Promise<TagBlock> {
    return this.#blocks.get(hash, async () => {
      const value = await this.#read(hash);
      return { value, bytes: value.bytes };
    });
  }

  /** Hashes of all that a tag is made of: its root, lines and blocks; what a copy of it needs. */
  async hashes(root: string): Promise<ReadonlySet<string>> {
    const hashes = new Set([root]);
    for (const { hash } of await this.lines(root)) {
      hashes.add(hash);
      for (const block of (await this.#node(hash)).hashes) hashes.add(block);
    }
    return hashes;
  }

  /**
   * A new tag.
   *
   * @param lines each with sorted, disjoint entries; lines without any are left out
   * @returns its root
   */
  async build(lines: Iterable<TagLine> | AsyncIterable<TagLine>): Promise<string> {
    const written: RootLine[] = [];
    for await (const { calibType, flavor, axis, entries } of lines) {
      const line = await this.#writeLine([], [], 0, joined(entries));
      if (line) written.push({ calibType, flavor, axis, ...line });
    }
    return this.#writeRoot(written);
  }

  /** @returns the root of a tag that differs from another one in these places, which may touch, but not overlap */
  async splice(root: string, splices: readonly Splice[]): Promise<string> {
    const lines = new Map((await this.lines(root)).map((line) => [conditionKey(line), line]));
    for (const { key, range, entries } of splices) {
      const name = conditionKey(key);
      const line = lines.get(name);
      const changed = await this.#spliceLine(line && (await this.#node(line.hash)), range, entries);
      const { calibType, flavor, axis } = key;
      if (changed) lines.set(name, { calibType, flavor, axis, ...changed });
      else lines.delete(name);
    }
    return this.#writeRoot([...lines.values()]);
  }

  async #spliceLine(
    line: LineNode | undefined,
    range: Interval,
    entries: readonly TagEntry[],
  ): Promise<{ readonly entries: number; readonly hash: string } | undefined> {
    const before: BlockReference[] = line
      ? line.hashes.map((hash, i) => ({ begin: line.begins[i]!, count: line.counts[i]!, hash }))
      : [];
    // An entry that ends where the range begins may become one with the first new one: its block is read, too.
    const first = Math.max(
      0,
      before.findLastIndex(({ begin }) => begin < range.begin),
    );
    let next = first;
    const old: TagEntry[] = [];
    while (next < before.length && (next === first || before[next]!.begin <= range.end)) {
      old.push(...(await this.block(before[next++]!.hash)).entries());
    }
    const list = joined([...without(old, range), ...entries].sort(byBegin));
    return this.#writeLine(before.slice(0, first), before, next, list);
  }

  /**
   * Cuts entries into blocks, and goes on with the blocks of the line before as soon as the cuts fall on theirs.
   *
   * @param kept blocks before the entries
   * @param before blocks of the line before
   * @param next the first of these that follows the entries
   */
  async #writeLine(
    kept: readonly BlockReference[],
    before: readonly BlockReference[],
    next: number,
    entries: Iterable<TagEntry>,
  ): Promise<{ readonly entries: number; readonly hash: string } | undefined> {
    const blocks = [...kept];
    const cutter = new BlockCutter();
    const add = async (list: Iterable<TagEntry>) => {
      for (const entry of list) {
        const block = cutter.add(entry);
        if (block) blocks.push(await this.#writeBlock(block));
      }
    };
    await add(entries);
    let i = next;
    while (!cutter.atBoundary && i < before.length) {
      await add((await this.block(before[i++]!.hash)).entries());
    }
    if (!cutter.atBoundary) blocks.push(await this.#writeBlock(cutter.rest()));
    blocks.push(...before.slice(i));
    if (blocks.length === 0) return undefined;
    const { sha256 } = await this.#payloads.put(
      encodeLine({
        begins: BigInt64Array.from(blocks, ({ begin }) => begin),
        counts: blocks.map(({ count }) => count),
        hashes: blocks.map(({ hash }) => hash),
      }),
    );
    return { entries: blocks.reduce((sum, { count }) => sum + count, 0), hash: sha256 };
  }

  async #writeBlock(entries: readonly TagEntry[]): Promise<BlockReference> {
    const { sha256 } = await this.#payloads.put(encodeTagBlock(entries));
    return { begin: entries[0]!.begin, count: entries.length, hash: sha256 };
  }

  async #writeRoot(lines: readonly RootLine[]): Promise<string> {
    return (await this.#payloads.put(encodeRoot(lines))).sha256;
  }

  async #line(root: string, key: Condition): Promise<LineNode | undefined> {
    const found = await this.find(root, key);
    return found && this.#node(found.hash);
  }

  #node(hash: string): Promise<LineNode> {
    return this.#lines.get(hash, async () => {
      const bytes = await this.#payloads.get(hash);
      return { value: decodeLine(bytes, `tag line ${hash}`), bytes: bytes.length };
    });
  }

  async #read(hash: string): Promise<TagBlock> {
    return TagBlock.decode(await this.#payloads.get(hash), `tag block ${hash}`);
  }

  async #blocksOf(hashes: readonly string[]): Promise<TagBlock[]> {
    const blocks: TagBlock[] = [];
    for (let i = 0; i < hashes.length; i += readAtOnce) {
      const some = hashes.slice(i, i + readAtOnce).map((hash) => this.block(hash));
      blocks.push(...(await Promise.all(some)));
    }
    return blocks;
  }
}

interface BlockReference {
  readonly begin: Position;
  readonly count: number;
  readonly hash: string;
}

const readAtOnce = 16;

/** Entries of one calibration that touch are one entry: a line has one form only. */
function joined(entries: readonly TagEntry[]): TagEntry[] {
  const list: TagEntry[] = [];
  for (const entry of entries) {
    const last = list.at(-1);
    if (
      last &&
      last.end === entry.begin &&
      last.serNo === entry.serNo &&
      last.payload === entry.payload
    ) {
      list[list.length - 1] = { ...last, end: entry.end };
    } else {
      list.push(entry);
    }
  }
  return list;
}

function byBegin(a: Interval, b: Interval): number {
  return a.begin < b.begin ? -1 : a.begin > b.begin ? 1 : 0;
}

function find(lines: readonly RootLine[], key: Condition): RootLine | undefined {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareConditions(lines[middle]!, key) < 0) low = middle + 1;
    else high = middle;
  }
  const line = lines[low];
  return line && compareConditions(line, key) === 0 ? line : undefined;
}
