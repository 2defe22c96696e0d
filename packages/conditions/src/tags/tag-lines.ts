import { LineBuilder } from '../index/line-builder.ts';
import type { LineIndex } from '../index/line-index.ts';
import {
  type Condition,
  compareConditions,
  type IndexedLine,
  TagIndex,
} from '../index/tag-index.ts';
import type { Tag, TagEntry, TagLine, TagRule } from '../model/tag.ts';
import type { Interval } from '../model/validity.ts';
import type { MetadataReader } from '../store/metadata-store.ts';
import { conditionKey, conditionName, conditionOf } from './condition-names.ts';
import { touching } from './intervals.ts';
import { NodeCache } from './node-cache.ts';
import { ruleConditions, ruleEntries } from './rule-lines.ts';
import type { RootLine } from './tag-nodes.ts';
import type { TagTree } from './tag-tree.ts';

/** A tag that is there, whose lines are asked for: its root, or its rule until it is written down. */
export type LinesOf = Pick<Tag, 'name' | 'instrument' | 'root' | 'rule'>;

/**
 * The lines of tags, and of rules that are not written down yet, and their indexes. What is kept does not depend on names
 * or time: lines by their hash, rules by what they say; so a clone is indexed already.
 */
export class TagLines {
  readonly tree: TagTree;
  readonly #reader: MetadataReader;
  readonly #indexes: NodeCache<LineIndex>;
  readonly #ruled: NodeCache<readonly TagEntry[]>;

  /** @param cacheBytes how much of indexes is kept; default 512 MiB */
  constructor(tree: TagTree, reader: MetadataReader, cacheBytes: number = 2 ** 29) {
    this.tree = tree;
    this.#reader = reader;
    this.#indexes = new NodeCache(cacheBytes);
    this.#ruled = new NodeCache(cacheBytes / 8);
  }

  /** The rule by which a tag has its lines; undefined where they are written down. */
  async ruleOf({ rule, root }: LinesOf): Promise<TagRule | undefined> {
    return rule && root === (await this.tree.emptyRoot()) ? rule : undefined;
  }

  /** What a tag is about. */
  async conditions(tag: LinesOf): Promise<readonly Condition[]> {
    const rule = await this.ruleOf(tag);
    const conditions = rule
      ? await ruleConditions(this.#reader, tag.instrument, rule)
      : await this.tree.lines(tag.root);
    return conditions.map(conditionOf);
  }

  /** Entries of a condition that touch a range, whole; all without a range. */
  async entries(
    tag: LinesOf,
    condition: Condition,
    range?: Interval,
  ): Promise<readonly TagEntry[]> {
    const rule = await this.ruleOf(tag);
    if (!rule) return this.tree.entries(tag.root, condition, range);
    const entries = await this.#ruleEntries(tag.instrument, rule, condition);
    return range ? touching(entries, range) : entries;
  }

  /** All lines, in order, with the entries that touch a range, whole; lines without such entries are left out. */
  async lines(tag: LinesOf, range?: Interval): Promise<readonly TagLine[]> {
    const lines: TagLine[] = [];
    for (const condition of [...(await this.conditions(tag))].sort(compareConditions)) {
      const entries = await this.entries(tag, condition, range);
      if (entries.length > 0) lines.push({ ...condition, entries });
    }
    return lines;
  }

  /**
   * Entries of a condition in two tags, without those in blocks that both have: these are the same in both, at the same
   * positions. What tags that come from one another have in common is not even read.
   */
  async distinctEntries(
    a: LinesOf,
    b: LinesOf,
    condition: Condition,
  ): Promise<readonly [readonly TagEntry[], readonly TagEntry[]]> {
    if ((await this.ruleOf(a)) || (await this.ruleOf(b))) {
      return [await this.entries(a, condition), await this.entries(b, condition)];
    }
    const inA = await this.tree.blockHashes(a.root, condition);
    const inB = await this.tree.blockHashes(b.root, condition);
    const [hasA, hasB] = [new Set(inA), new Set(inB)];
    return [
      await this.tree.entriesOf(inA.filter((hash) => !hasB.has(hash))),
      await this.tree.entriesOf(inB.filter((hash) => !hasA.has(hash))),
    ];
  }

  /** The index of one line; undefined where the tag has no such condition. */
  async index(tag: LinesOf, condition: Condition): Promise<LineIndex | undefined> {
    const rule = await this.ruleOf(tag);
    if (rule) return this.#ruleIndex(tag.instrument, rule, condition);
    const line = await this.tree.find(tag.root, condition);
    return line && this.#lineIndex(line, `tag ${tag.name}, ${conditionName(condition)}`);
  }

  /** The index of all lines of a tag. */
  async indexAll(tag: LinesOf): Promise<TagIndex> {
    const lines: IndexedLine[] = [];
    for (const condition of await this.conditions(tag)) {
      const index = await this.index(tag, condition);
      if (index) lines.push({ ...condition, index });
    }
    return new TagIndex(lines, `tag ${tag.name}`);
  }

  #lineIndex({ hash, entries }: RootLine, where: string): Promise<LineIndex> {
    return this.#indexes.get(hash, async () => {
      const builder = new LineBuilder(where, Math.min(entries, mostExpected));
      for await (const block of this.tree.blocks(hash)) builder.addColumns(block);
      const value = builder.build();
      return { value, bytes: value.bytes };
    });
  }

  #ruleIndex(instrument: string, rule: TagRule, condition: Condition): Promise<LineIndex> {
    const key = `${ruleKey(instrument, rule)}\u0000${conditionKey(condition)}`;
    return this.#indexes.get(key, async () => {
      const builder = new LineBuilder(conditionName(condition));
      for (const entry of await this.#ruleEntries(instrument, rule, condition)) builder.add(entry);
      const value = builder.build();
      return { value, bytes: value.bytes };
    });
  }

  #ruleEntries(
    instrument: string,
    rule: TagRule,
    condition: Condition,
  ): Promise<readonly TagEntry[]> {
    const key = `${ruleKey(instrument, rule)}\u0000${conditionKey(condition)}`;
    return this.#ruled.get(key, async () => {
      const value = await ruleEntries(this.#reader, instrument, rule, condition);
      return { value, bytes: 200 * value.length };
    });
  }
}

/** A root may tell any number of entries: more than these have their place made as they come. */
const mostExpected = 2 ** 20;

/** Rules speak of a moment in the past, so what they say is settled. */
function ruleKey(instrument: string, { levels, asOf, calibTypes, flavors }: TagRule): string {
  return JSON.stringify([instrument, levels, String(asOf), calibTypes, flavors]);
}
