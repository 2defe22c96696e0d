import { ConditionsError } from '../errors.ts';
import type { Condition } from '../index/tag-index.ts';
import type { TagChange } from '../log/apply-change.ts';
import type { Change } from '../log/conditions-event.ts';
import type { Tag, TagState } from '../model/tag.ts';
import { always, forever, type Interval, type Position } from '../model/validity.ts';
import type { Author } from '../rules/check-author.ts';
import type { MetadataReader, MetadataStore } from '../store/metadata-store.ts';
import type { PayloadStore } from '../store/payload-store.ts';
import { checkFit } from './check-fit.ts';
import { type EntryDraft, entriesFrom } from './entry-drafts.ts';
import { findStack, findTag } from './find-tag.ts';
import { byRule, fixed, guardTagChange } from './guard-tag-change.ts';
import { checkAppend, hullOf, inOrder, type PutMode, putInLine } from './line-edits.ts';
import { ruleLines } from './rule-lines.ts';
import { stackLines } from './stack-lines.ts';
import { checkTagDraft, ruleFrom, type TagDraft } from './tag-draft.ts';
import type { TagLines } from './tag-lines.ts';
import { editRights } from './tag-states.ts';
import type { Splice } from './tag-tree.ts';

/** What is taken out of a tag: lines that have these words, and of them this range. */
export interface TagRemoval {
  readonly calibType: string;
  /** Default: all. */
  readonly flavor?: string | undefined;
  /** Default: all. */
  readonly axis?: Condition['axis'] | undefined;
  /** Default: all. */
  readonly begin?: Position | undefined;
  readonly end?: Position | undefined;
}

/**
 * The changes of tags. Each is decided inside the store's one write at a time, from the tag as it is then, and passes
 * `guardTagChange`, whoever asks. Blocks are written before the event that names them: a crash between leaves blocks that
 * nobody names, never an event without its blocks. [TAG3]
 */
export class TagEditor {
  readonly #metadata: MetadataStore;
  readonly #payloads: PayloadStore;
  readonly #lines: TagLines;

  constructor(metadata: MetadataStore, payloads: PayloadStore, lines: TagLines) {
    this.#metadata = metadata;
    this.#payloads = payloads;
    this.#lines = lines;
  }

  /**
   * A new tag, OPEN: empty, by rule, a clone (which writes nothing but its event) or a merger. [TAG8]
   *
   * @throws ConditionsError `invalid`, `absent` for a tag it comes from, `conflict` for a name that is taken
   */
  async create(draft: TagDraft, author: Author): Promise<Tag> {
    checkTagDraft(draft);
    const { name, description = '' } = draft;
    const content = await this.#contentOf(draft);
    return this.#commit(name, author, async (_reader, before) => {
      const change: TagChange = { kind: 'tagCreated', tag: name, description, ...content };
      guardTagChange(before, change);
      return [change];
    });
  }

  /**
   * Adds entries: to any line of an OPEN tag, at the ends of the lines of a RUNNING one. All or none.
   *
   * @param mode what becomes of entries that are there; default `refuse`
   */
  async put(
    name: string,
    drafts: readonly EntryDraft[],
    author: Author,
    mode: PutMode = 'refuse',
  ): Promise<Tag> {
    return this.#edit(name, author, async (reader, tag) => {
      const splices: Splice[] = [];
      for (const { condition, entries } of await entriesFrom(reader, tag, drafts)) {
        const sorted = inOrder(condition, entries, name);
        const hull = hullOf(sorted, mode);
        const there = await this.#lines.tree.entries(tag.root, condition, hull);
        splices.push(putInLine(condition, there, sorted, mode, name));
      }
      return splices;
    });
  }

  /** @throws ConditionsError `absent` where the tag has nothing of what is to be taken out */
  async remove(name: string, removals: readonly TagRemoval[], author: Author): Promise<Tag> {
    return this.#edit(name, author, async (_reader, tag) => {
      const splices: Splice[] = [];
      for (const removal of removals) splices.push(...(await this.#removal(tag, removal)));
      return splices;
    });
  }

  /** Puts splices that were planned elsewhere into a tag, if it still has the root that the plan knew. */
  async splice(
    name: string,
    root: string,
    splices: readonly Splice[],
    author: Author,
  ): Promise<Tag> {
    return this.#edit(name, author, async (_reader, tag) => {
      if (tag.root === root) return splices;
      throw new ConditionsError('conflict', {
        what: 'the tag has changed since the update was planned',
        where: `tag ${name}`,
        hint: 'plan it again',
      });
    });
  }

  /**
   * Moves a tag through states, each step legal. On the way to PUBLISHED or RUNNING a tag by rule is written down, and all
   * that the tag names must be there. [TAG1] [TAG9]
   */
  async move(name: string, states: readonly TagState[], author: Author): Promise<Tag> {
    const { reason = '' } = author;
    const written = await this.#writtenDown(await findTag(this.#metadata, name), states);
    return this.#commit(name, author, async (reader) => {
      let tag = await findTag(reader, name);
      const changes: Change[] = [];
      for (const state of states) {
        const isInUse = state === 'PUBLISHED' || state === 'RUNNING';
        const root = isInUse && (await this.#lines.ruleOf(tag)) ? (written ?? tag.root) : tag.root;
        const change: TagChange = { kind: 'tagMoved', tag: name, state, root, reason };
        guardTagChange(tag, change);
        tag = { ...tag, state, root };
        if (isInUse) await checkFit(reader, this.#payloads, this.#lines, tag);
        changes.push(change);
      }
      return changes;
    });
  }

  /** Content of a tag that is made, but for its name; read before the store's write, which others wait for. */
  async #contentOf(draft: TagDraft) {
    const reader = this.#metadata;
    const { tree } = this.#lines;
    if (draft.clone !== undefined) {
      const origin = await findTag(reader, draft.clone, draft.asOf);
      const { instrument, root } = origin;
      const rule = await this.#lines.ruleOf(origin);
      if (!rule) return { instrument, root, origin: origin.name };
      if (!draft.writtenDown) return { instrument, root, origin: origin.name, rule };
      const written = await tree.build(ruleLines(reader, instrument, rule));
      return { instrument, root: written, origin: origin.name };
    }
    if (draft.merge !== undefined) {
      const tags = await findStack(reader, draft.merge, draft.asOf);
      const root = await tree.build(stackLines(this.#lines, tags));
      return {
        instrument: tags[0]!.instrument,
        root,
        origin: tags.map((tag) => tag.name).join(', '),
      };
    }
    const { instrument = '' } = draft;
    const root = await tree.writeEmpty();
    return draft.rule
      ? { instrument, root, rule: await ruleFrom(reader, draft.rule) }
      : { instrument, root };
  }

  async #removal(tag: Tag, removal: TagRemoval): Promise<readonly Splice[]> {
    const { calibType, flavor, axis, begin = always, end = forever } = removal;
    const range: Interval = { begin, end };
    const splices: Splice[] = [];
    for (const line of await this.#lines.tree.lines(tag.root)) {
      if (line.calibType !== calibType) continue;
      if ((flavor ?? line.flavor) !== line.flavor || (axis ?? line.axis) !== line.axis) continue;
      const there = await this.#lines.tree.entries(tag.root, line, range);
      if (there.length > 0) splices.push({ key: line, range, entries: [] });
    }
    if (splices.length > 0) return splices;
    throw new ConditionsError('absent', {
      what: 'the tag has nothing there to take out',
      where: `tag ${tag.name}`,
      given: [calibType, flavor, axis].filter(Boolean).join(' '),
    });
  }

  /** The lines of a rule, written outside the store's write, which other writers wait for: they are settled. */
  async #writtenDown(tag: Tag, states: readonly TagState[]): Promise<string | undefined> {
    const rule = await this.#lines.ruleOf(tag);
    const isNeeded = states.some((state) => state === 'PUBLISHED' || state === 'RUNNING');
    if (!rule || !isNeeded) return undefined;
    return this.#lines.tree.build(ruleLines(this.#metadata, tag.instrument, rule));
  }

  async #edit(
    name: string,
    author: Author,
    decide: (reader: MetadataReader, tag: Tag) => Promise<readonly Splice[]>,
  ): Promise<Tag> {
    const { reason = '' } = author;
    return this.#commit(name, author, async (reader) => {
      const tag = await findTag(reader, name);
      const right = editRights[tag.state];
      if (right === 'none') throw fixed(tag);
      if (await this.#lines.ruleOf(tag)) throw byRule(tag);
      const splices = await decide(reader, tag);
      if (right === 'append') await this.#checkAppends(tag, splices);
      const root = await this.#lines.tree.splice(tag.root, splices);
      if (root === tag.root) return [];
      const change: TagChange = { kind: 'tagEdited', tag: name, root, reason };
      guardTagChange(tag, change);
      return [change];
    });
  }

  async #checkAppends(tag: Tag, splices: readonly Splice[]): Promise<void> {
    for (const { key, range } of splices) {
      const rest = { ...range, end: forever };
      checkAppend(key, await this.#lines.tree.entries(tag.root, key, rest), range, tag.name);
    }
  }

  async #commit(
    name: string,
    { by }: Author,
    decide: (reader: MetadataReader, tag: Tag | undefined) => Promise<readonly Change[]>,
  ): Promise<Tag> {
    await this.#metadata.commit(by, async (reader) => ({
      changes: await decide(reader, await reader.tag(name)),
      result: undefined,
    }));
    return findTag(this.#metadata, name);
  }
}
