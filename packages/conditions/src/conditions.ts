import { type CheckQuestion, check } from './check/check.ts';
import type { Finding } from './check/finding.ts';
import { ConditionsError } from './errors.ts';
import { find } from './find/find.ts';
import { canonicalJson, type Json } from './json/canonical-json.ts';
import { vocabulariesFromJson } from './json/vocabularies-from-json.ts';
import type { Change } from './log/conditions-event.ts';
import type { Calibration, CalibrationDraft, ProcLevel, Series } from './model/calibration.ts';
import type { Tag, TagLine, TagState } from './model/tag.ts';
import type { Axis, Interval, Moment, Position } from './model/validity.ts';
import type { Vocabularies } from './model/vocabularies.ts';
import { ConverterRegistry } from './payload/converter-registry.ts';
import { payloadComparison } from './payload/load-calibration.ts';
import type {
  ConditionsReader,
  FindQuestion,
  Found,
  Resolved,
  TagQuestion,
} from './read/conditions-reader.ts';
import { type Author, checkedAuthor } from './rules/check-author.ts';
import { type Registered, registrationChanges } from './rules/register.ts';
import { closingChange, deprecationChange, levelChanges } from './rules/row-changes.ts';
import { supersedeChanges } from './rules/supersede.ts';
import type { MetadataReader, MetadataStore, RowQuery } from './store/metadata-store.ts';
import type { PayloadStore } from './store/payload-store.ts';
import {
  type Coverage,
  type CoverageQuestion,
  coverage,
  type NeededCondition,
  requireCoverage,
} from './tags/coverage.ts';
import { type ComparePayloads, type ConditionsDiff, type DiffQuestion, diff } from './tags/diff.ts';
import type { EntryDraft } from './tags/entry-drafts.ts';
import { type ExplainQuestion, type Explanation, explain } from './tags/explain.ts';
import { findTag } from './tags/find-tag.ts';
import type { PutMode } from './tags/line-edits.ts';
import { type IndexedStack, type TagFindQuestion, TagResolver } from './tags/resolve-tags.ts';
import type { UpdatePlan } from './tags/running-update.ts';
import type { TagDraft } from './tags/tag-draft.ts';
import { TagEditor, type TagRemoval } from './tags/tag-editor.ts';
import { TagLines } from './tags/tag-lines.ts';
import { TagTree } from './tags/tag-tree.ts';
import { RunningTagUpdates, type UpdateQuestion } from './tags/update-running-tag.ts';

/** So many payloads are stored at the same time. */
const atOnce = 16;

/** Bulk data as they come: whole, or in chunks. */
export type PayloadBytes = Uint8Array | AsyncIterable<Uint8Array>;

/** A calibration to be registered. */
export interface Registration {
  readonly draft: CalibrationDraft;
  /** Its bulk data, where `draft.payload` does not name some that are there. */
  readonly bytes?: PayloadBytes | undefined;
}

/**
 * Calibrations of an experiment: metadata in one store, payloads in another, and the rules by which they change and are
 * found. Nothing is ever edited or deleted: every answer can be had again by its `asOf`.
 *
 * @example
 * ```ts
 * const conditions = new Conditions(new MemoryMetadataStore(), new MemoryPayloadStore());
 * const draft = { instrument: 'LAT', calibType: 'CAL_Ped', flavor: 'vanilla', vstart: parseMoment('2003-01-10'), dataFmt: 'CSV', fmtVersion: '1' };
 * await conditions.register({ draft, bytes: new TextEncoder().encode('1,2') }, { by: 'me' });
 * ```
 */
export class Conditions implements ConditionsReader {
  readonly metadata: MetadataStore;
  readonly payloads: PayloadStore;
  /** The lines of tags as trees of blocks: what copies, mirrors and checks of payloads have to know. */
  readonly tagTree: TagTree;
  readonly #compare: ComparePayloads;
  readonly #tagEditor: TagEditor;
  readonly #tagUpdates: RunningTagUpdates;
  readonly #tagLines: TagLines;
  readonly #tagResolver: TagResolver;

  /** @param compare how payloads are compared constant by constant; default: as their formats have them */
  constructor(
    metadata: MetadataStore,
    payloads: PayloadStore,
    compare: ComparePayloads = payloadComparison({ registry: new ConverterRegistry(), payloads }),
  ) {
    this.#compare = compare;
    this.metadata = metadata;
    this.payloads = payloads;
    this.tagTree = new TagTree(payloads);
    this.#tagLines = new TagLines(this.tagTree, metadata);
    this.#tagEditor = new TagEditor(metadata, payloads, this.#tagLines);
    this.#tagUpdates = new RunningTagUpdates(metadata, this.#tagLines, this.#tagEditor);
    this.#tagResolver = new TagResolver(this.#tagLines, metadata);
  }

  /** The same payloads and comparison with metadata from elsewhere, such as a store in memory that follows this one's. */
  over(metadata: MetadataStore): Conditions {
    return new Conditions(metadata, this.payloads, this.#compare);
  }

  /**
   * Registers a calibration and stores its payload, or refuses it with the reason.
   *
   * @throws ConditionsError `invalid` for fields that are wrong, `conflict` for what the rules of its type refuse
   */
  async register(registration: Registration, author: Author): Promise<Registered> {
    const [registered] = await this.registerMany([registration], author);
    return registered!;
  }

  /** Registers many, in order, each by the rules and seeing those before it: all or none. */
  async registerMany(
    registrations: readonly Registration[],
    author: Author,
  ): Promise<readonly Registered[]> {
    const { by } = checkedAuthor(author);
    const drafts: CalibrationDraft[] = [];
    for (let i = 0; i < registrations.length; i += atOnce) {
      const some = registrations.slice(i, i + atOnce);
      drafts.push(...(await Promise.all(some.map((one) => this.#withPayload(one)))));
    }
    const { result } = await this.metadata.commit(by, (reader, next) =>
      registrationChanges(reader, drafts, next, this.#compare),
    );
    return result;
  }

  /** Makes the end of a calibration's validity nearer. */
  async close(serNo: number, vend: Position, author: Author): Promise<Calibration> {
    const { by, reason } = checkedAuthor(author);
    return this.#change(serNo, by, async (row) => [closingChange(row, vend, reason)]);
  }

  /**
   * Puts a new calibration in the place of one: the old one becomes `superseded`, the new one has its fields but those given.
   */
  async supersede(
    serNo: number,
    { draft, bytes }: { readonly draft: Partial<CalibrationDraft>; readonly bytes?: PayloadBytes },
    author: Author,
  ): Promise<Registered> {
    const { by, reason } = checkedAuthor(author);
    const stored = bytes && (await this.payloads.put(bytes));
    if (draft.payload && !stored) await this.#requirePayload(draft.payload.sha256);
    const changed = stored
      ? { ...draft, payload: { sha256: stored.sha256, size: stored.size } }
      : draft;
    const { result } = await this.metadata.commit(by, async (reader, next) =>
      supersedeChanges(reader, await rowOf(reader, serNo), changed, reason, next, this.#compare),
    );
    return result;
  }

  /** Changes the level of a calibration: to production by the rules of its type, as if it were registered now. */
  async promote(serNo: number, level: ProcLevel, author: Author): Promise<Calibration> {
    const { by, reason } = checkedAuthor(author);
    return this.#change(serNo, by, (row, reader) => levelChanges(reader, row, level, reason));
  }

  /** Says that a calibration must not be used: it is never found again, and what was found before stays so with `asOf`. */
  async deprecate(serNo: number, author: Author): Promise<Calibration> {
    const { by, reason } = checkedAuthor(author);
    return this.#change(serNo, by, async (row) => [deprecationChange(row, reason)]);
  }

  /**
   * Declares the words and the rules that hold from now on, in the place of all before.
   *
   * @returns whether they are others than those that hold already; if not, nothing happens
   * @throws ConditionsError `invalid` for words and rules that make no sense
   */
  async declare(vocabularies: Vocabularies, author: Author): Promise<boolean> {
    const { by } = checkedAuthor(author);
    const checked = vocabulariesFromJson(vocabularies);
    const { result } = await this.metadata.commit(by, async (reader) => {
      const text = canonicalJson(checked as Json);
      const isNew = text !== canonicalJson((await reader.vocabularies()) as Json);
      const changes: Change[] = isNew
        ? [{ kind: 'vocabulariesDeclared', vocabularies: checked }]
        : [];
      return { changes, result: isNew };
    });
    return result;
  }

  /** @throws ConditionsError `absent` that names the nearest intervals before and after, when nothing is valid */
  find(question: FindQuestion): Promise<Found> {
    return find(this.metadata, question);
  }

  /** @throws ConditionsError `absent` where there is, or was, no such row */
  row(serNo: number, asOf?: Moment): Promise<Calibration> {
    return rowOf(this.metadata, serNo, asOf);
  }

  rows(query: RowQuery): Promise<readonly Calibration[]> {
    return this.metadata.rows(query);
  }

  seriesList(
    asOf?: Moment,
  ): Promise<readonly (Series & { readonly axis: Axis; readonly rows: number })[]> {
    return this.metadata.seriesList(asOf);
  }

  /**
   * Looks for what concerns several rows: gaps, overlaps, rows never superseded or out of reach, payloads missing or changed,
   * misspelt words, rows against the rules of today; the whole log, if asked.
   */
  check(question: CheckQuestion = {}): AsyncGenerator<Finding> {
    return check(this.metadata, this.payloads, question);
  }

  /** Bytes of a payload, checked against their hash. */
  payload(sha256: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.payloads.get(sha256);
  }

  /**
   * A new tag, OPEN: empty, by rule, a clone, or several tags as one. A clone costs one event, whatever it holds.
   *
   * @throws ConditionsError `conflict` for a name that is taken, `absent` for a tag that it comes from
   */
  async createTag(draft: TagDraft, author: Author): Promise<Tag> {
    return this.#tagEditor.create(draft, checkedAuthor(author));
  }

  /**
   * Puts calibrations into a tag, all or none: into any line of an OPEN tag, at the ends of lines of a RUNNING one.
   *
   * @param mode what becomes of entries that they overlap; default `refuse`
   * @throws ConditionsError `conflict` for a tag that is fixed and for overlaps, `absent` for rows that are not there
   */
  async putInTag(
    tag: string,
    entries: readonly EntryDraft[],
    author: Author,
    mode?: PutMode,
  ): Promise<Tag> {
    return this.#tagEditor.put(tag, entries, checkedAuthor(author), mode);
  }

  /** @throws ConditionsError `conflict` for a tag that is not OPEN, `absent` where it has nothing there */
  async removeFromTag(tag: string, removals: readonly TagRemoval[], author: Author): Promise<Tag> {
    return this.#tagEditor.remove(tag, removals, checkedAuthor(author));
  }

  /**
   * Moves a tag through one state or several, all or none.
   *
   * @throws ConditionsError `conflict` for a transition that is not legal, or a tag that is not fit for use
   */
  async moveTag(tag: string, states: readonly TagState[], author: Author): Promise<Tag> {
    return this.#tagEditor.move(tag, states, checkedAuthor(author));
  }

  /** What an update of a RUNNING tag by a VALIDATED one would do, or why it is refused. */
  planTagUpdate(question: UpdateQuestion): Promise<UpdatePlan> {
    return this.#tagUpdates.plan(question);
  }

  /** @throws ConditionsError `conflict` where the plan has problems, or the running tag has changed meanwhile */
  async updateTag(question: UpdateQuestion, author: Author): Promise<UpdatePlan> {
    return this.#tagUpdates.update(question, checkedAuthor(author));
  }

  /** @throws ConditionsError `absent` with the nearest name */
  tag(name: string, asOf?: Moment): Promise<Tag> {
    return findTag(this.metadata, name, asOf);
  }

  tags(asOf?: Moment): Promise<readonly Tag[]> {
    return this.metadata.tags(asOf);
  }

  /** Lines of a tag, with the entries that touch a range, whole; lines without such entries are left out. */
  async lines(name: string, range?: Interval, asOf?: Moment): Promise<readonly TagLine[]> {
    return this.#tagLines.lines(await this.tag(name, asOf), range);
  }

  /** What `resolve` answers from, for those who ask many times: it is immutable. @throws ConditionsError as `resolve` does */
  tagStack(question: Omit<TagQuestion, 'position'>): Promise<IndexedStack> {
    return this.#tagResolver.stack(question);
  }

  /** @throws ConditionsError `absent` for a tag that is not there, `conflict` for one that is INVALID */
  resolve(question: TagQuestion): Promise<Resolved> {
    return this.#tagResolver.resolve(question);
  }

  /** @throws ConditionsError `absent` that names the nearest intervals before and after, when the tags have a gap there */
  findInTags(question: TagFindQuestion): Promise<Found> {
    return this.#tagResolver.find(question);
  }

  /** How conditions of one source differ from those of another, or of another moment: down to the changed constants. */
  diff(question: DiffQuestion): Promise<ConditionsDiff> {
    return diff(this.#tagLines, this.metadata, question, this.#compare);
  }

  /** Gaps and overlaps in a range, for each condition. */
  coverage(question: CoverageQuestion): Promise<Coverage> {
    return coverage(this.#tagLines, this.metadata, question);
  }

  /**
   * What a job asks before its first event: all that it needs, all through its range.
   *
   * @throws ConditionsError `absent` that names conditions, gaps and the nearest intervals
   */
  requireCoverage(
    question: CoverageQuestion & { readonly needed: readonly NeededCondition[] },
  ): Promise<Coverage> {
    return requireCoverage(this.#tagLines, this.metadata, question);
  }

  /** Why an answer is what it is: tag, level, rule, alternatives. */
  explain(question: ExplainQuestion): Promise<Explanation> {
    return explain(this.#tagLines, this.metadata, question);
  }

  async dispose(): Promise<void> {
    await this.metadata.close();
  }

  async #withPayload({ draft, bytes }: Registration): Promise<CalibrationDraft> {
    if (!bytes) {
      if (draft.payload) await this.#requirePayload(draft.payload.sha256);
      return draft;
    }
    const { sha256, size } = await this.payloads.put(bytes);
    return { ...draft, payload: { sha256, size } };
  }

  async #requirePayload(sha256: string): Promise<void> {
    if (await this.payloads.has(sha256)) return;
    throw new ConditionsError('absent', {
      what: `no payload ${sha256}`,
      hint: 'store it before the calibration that refers to it',
    });
  }

  /** Changes a row that is there, and tells what it is then. */
  async #change(
    serNo: number,
    by: string,
    decide: (row: Calibration, reader: MetadataReader) => Promise<readonly Change[]>,
  ): Promise<Calibration> {
    await this.metadata.commit(by, async (reader) => {
      const changes = await decide(await rowOf(reader, serNo), reader);
      return { changes, result: undefined };
    });
    return this.row(serNo);
  }
}

async function rowOf(reader: MetadataReader, serNo: number, asOf?: Moment): Promise<Calibration> {
  const row = Number.isSafeInteger(serNo) && serNo > 0 ? await reader.row(serNo, asOf) : undefined;
  if (row) return row;
  throw new ConditionsError('absent', {
    what: `no calibration ${serNo}`,
    expected: 'a serial number that `list` shows',
  });
}
