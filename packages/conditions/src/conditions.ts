import { type CheckQuestion, check } from './check/check.ts';
import type { Finding } from './check/finding.ts';
import { ConditionsError } from './errors.ts';
import { find } from './find/find.ts';
import { canonicalJson, type Json } from './json/canonical-json.ts';
import { vocabulariesFromJson } from './json/vocabularies-from-json.ts';
import type { Change } from './log/conditions-event.ts';
import type { Calibration, CalibrationDraft, ProcLevel, Series } from './model/calibration.ts';
import type { Axis, Moment, Position } from './model/validity.ts';
import type { Vocabularies } from './model/vocabularies.ts';
import type { FindQuestion, Found } from './read/conditions-reader.ts';
import { type Registered, registrationChanges } from './rules/register.ts';
import { closingChange, deprecationChange, levelChanges } from './rules/row-changes.ts';
import { supersedeChanges } from './rules/supersede.ts';
import type { MetadataReader, MetadataStore, RowQuery } from './store/metadata-store.ts';
import type { PayloadStore } from './store/payload-store.ts';

/** Bulk data as they come: whole, or in chunks. */
export type PayloadBytes = Uint8Array | AsyncIterable<Uint8Array>;

/** A calibration to be registered. */
export interface Registration {
  readonly draft: CalibrationDraft;
  /** Its bulk data, where `draft.payload` does not name some that are there. */
  readonly bytes?: PayloadBytes | undefined;
}

/** Who changes something, and why. */
export interface Author {
  readonly by: string;
  /** What the log says of it; default ''. */
  readonly reason?: string | undefined;
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
export class Conditions {
  readonly metadata: MetadataStore;
  readonly payloads: PayloadStore;

  constructor(metadata: MetadataStore, payloads: PayloadStore) {
    this.metadata = metadata;
    this.payloads = payloads;
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
    { by }: Author,
  ): Promise<readonly Registered[]> {
    const drafts: CalibrationDraft[] = [];
    for (const registration of registrations) drafts.push(await this.#withPayload(registration));
    const { result } = await this.metadata.commit(by, (reader, next) =>
      registrationChanges(reader, drafts, next),
    );
    return result;
  }

  /** Makes the end of a calibration's validity nearer. */
  async close(serNo: number, vend: Position, { by, reason = '' }: Author): Promise<Calibration> {
    return this.#change(serNo, by, async (row) => [closingChange(row, vend, reason)]);
  }

  /**
   * Puts a new calibration in the place of one: the old one becomes `superseded`, the new one has its fields but those given.
   */
  async supersede(
    serNo: number,
    { draft, bytes }: { readonly draft: Partial<CalibrationDraft>; readonly bytes?: PayloadBytes },
    { by, reason = '' }: Author,
  ): Promise<Registered> {
    const stored = bytes && (await this.payloads.put(bytes));
    if (draft.payload && !stored) await this.#requirePayload(draft.payload.sha256);
    const changed = stored
      ? { ...draft, payload: { sha256: stored.sha256, size: stored.size } }
      : draft;
    const { result } = await this.metadata.commit(by, async (reader, next) =>
      supersedeChanges(reader, await rowOf(reader, serNo), changed, reason, next),
    );
    return result;
  }

  /** Changes the level of a calibration: to production by the rules of its type, as if it were registered now. */
  async promote(
    serNo: number,
    level: ProcLevel,
    { by, reason = '' }: Author,
  ): Promise<Calibration> {
    return this.#change(serNo, by, (row, reader) => levelChanges(reader, row, level, reason));
  }

  /** Says that a calibration must not be used: it is never found again, and what was found before stays so with `asOf`. */
  async deprecate(serNo: number, { by, reason = '' }: Author): Promise<Calibration> {
    return this.#change(serNo, by, async (row) => [deprecationChange(row, reason)]);
  }

  /**
   * Declares the words and the rules that hold from now on, in the place of all before.
   *
   * @returns whether they are others than those that hold already; if not, nothing happens
   * @throws ConditionsError `invalid` for words and rules that make no sense
   */
  async declare(vocabularies: Vocabularies, { by }: Author): Promise<boolean> {
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
