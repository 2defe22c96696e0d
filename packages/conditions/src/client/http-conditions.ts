import { z } from 'zod';
import type { PayloadBytes, Registration } from '../conditions.ts';
import {
  coverageQuestionToJson,
  diffQuestionToJson,
  explainQuestionToJson,
} from '../json/analysis-question-json.ts';
import {
  type FoundJson,
  foundFromJson,
  type ResolvedJson,
  resolvedFromJson,
  tagFromJson,
  tagLineFromJson,
} from '../json/answer-json.ts';
import { calibrationFromJson } from '../json/calibration-json.ts';
import { draftToJson, partialDraftToJson } from '../json/draft-json.ts';
import { edgeText } from '../json/event-json.ts';
import {
  calibrationSchema,
  foundSchema,
  resolvedSchema,
  sha256Schema,
  tagLineSchema,
  tagSchema,
} from '../json/schemas.ts';
import { entryDraftToJson, tagDraftToJson, tagRemovalToJson } from '../json/tag-edit-json.ts';
import { fromWire } from '../json/wire-json.ts';
import type {
  Calibration,
  CalibrationDraft,
  PayloadReference,
  ProcLevel,
} from '../model/calibration.ts';
import type { Tag, TagLine, TagState } from '../model/tag.ts';
import type { Interval, Moment, Position } from '../model/validity.ts';
import type { Vocabularies } from '../model/vocabularies.ts';
import { sha256Of } from '../payload/sha256.ts';
import type { FindQuestion, Found, Resolved, TagQuestion } from '../read/conditions-reader.ts';
import type { ConditionsAccess, TagAnalysis } from '../read/conditions-writer.ts';
import type { Author } from '../rules/check-author.ts';
import type { Registered } from '../rules/register.ts';
import type { RowQuery } from '../store/metadata-store.ts';
import type { Coverage, CoverageQuestion } from '../tags/coverage.ts';
import type { ConditionsDiff, DiffQuestion } from '../tags/diff.ts';
import type { EntryDraft } from '../tags/entry-drafts.ts';
import type { ExplainQuestion, Explanation } from '../tags/explain.ts';
import type { PutMode } from '../tags/line-edits.ts';
import type { TagFindQuestion } from '../tags/resolve-tags.ts';
import type { UpdatePlan } from '../tags/running-update.ts';
import type { TagDraft } from '../tags/tag-draft.ts';
import type { TagRemoval } from '../tags/tag-editor.ts';
import type { UpdateQuestion } from '../tags/update-running-tag.ts';
import { type AnswerCache, MemoryAnswerCache } from './answer-cache.ts';
import { decodeAnswer } from './decode-answer.ts';
import { HttpTransport, type TransportOptions } from './http-transport.ts';
import { LastingAnswers, type QuestionKind } from './lasting-answers.ts';
import {
  apiRoot,
  findInTagsUrl,
  findUrl,
  linesUrl,
  resolveUrl,
  rowsUrl,
  rowUrl,
  tagUrl,
} from './question-url.ts';

/** How a client reaches servers, and what it keeps. */
export interface HttpConditionsOptions extends TransportOptions {
  /** Default: a {@link MemoryAnswerCache}; `@lantern/conditions/node` has one on disk. */
  readonly cache?: AnswerCache | undefined;
}

const registeredSchema = z.object({
  calibration: calibrationSchema,
  closed: z.array(calibrationSchema),
});

/** Of a plan by far the largest part is the server's word: what a program reads of it first is checked. */
const updatePlanSchema = z.looseObject({ operations: z.array(z.looseObject({})) });

const findKind: QuestionKind<FindQuestion, FoundJson, Found> = {
  url: findUrl,
  schema: foundSchema,
  make: foundFromJson,
};
const findInTagsKind: QuestionKind<TagFindQuestion, FoundJson, Found> = {
  url: findInTagsUrl,
  cells: ({ tags, axis, calibType, flavor = 'vanilla' }) => ({ tags, axis, calibType, flavor }),
  schema: foundSchema,
  make: foundFromJson,
};
const resolveKind: QuestionKind<TagQuestion, ResolvedJson, Resolved> = {
  url: resolveUrl,
  cells: ({ tags, axis }) => ({ tags, axis }),
  schema: resolvedSchema,
  make: resolvedFromJson,
};

/**
 * Conditions on servers of Lantern (`lantern serve`): the same answers as where they are. Runs in Node and in browsers.
 *
 * @example
 * ```ts
 * const conditions = new HttpConditions({ servers: ['https://proxy.site', 'https://conditions.experiment'] });
 * const { calibration } = await conditions.findInTags({ tags: ['2026-a'], calibType: 'gain', position: parseMoment('2026-11-23') });
 * const bytes = await conditions.payload(calibration.payload.sha256);
 * ```
 */
export class HttpConditions implements ConditionsAccess, TagAnalysis {
  readonly #transport: HttpTransport;
  readonly #answers: LastingAnswers;

  /** @throws ConditionsError `invalid` without a server, or with one that is no URL */
  constructor({ cache = new MemoryAnswerCache(), ...options }: HttpConditionsOptions) {
    this.#transport = new HttpTransport(options);
    this.#answers = new LastingAnswers(this.#transport, cache);
  }

  find(question: FindQuestion): Promise<Found> {
    return this.#answers.ask(question, findKind);
  }

  findInTags(question: TagFindQuestion): Promise<Found> {
    return this.#answers.ask(question, findInTagsKind);
  }

  resolve(question: TagQuestion): Promise<Resolved> {
    return this.#answers.ask(question, resolveKind);
  }

  row(serNo: number, asOf?: Moment): Promise<Calibration> {
    return this.#get(rowUrl(serNo, asOf), calibrationSchema, calibrationFromJson);
  }

  rows(query: RowQuery): Promise<readonly Calibration[]> {
    return this.#get(rowsUrl(query), z.array(calibrationSchema), (rows) =>
      rows.map(calibrationFromJson),
    );
  }

  tag(name: string, asOf?: Moment): Promise<Tag> {
    return asOf === undefined
      ? this.#answers.tag(name)
      : this.#get(tagUrl(name, asOf), tagSchema, tagFromJson);
  }

  tags(asOf?: Moment): Promise<readonly Tag[]> {
    return this.#get(tagUrl(undefined, asOf), z.array(tagSchema), (tags) => tags.map(tagFromJson));
  }

  lines(tag: string, range?: Interval, asOf?: Moment): Promise<readonly TagLine[]> {
    return this.#get(linesUrl(tag, range, asOf), z.array(tagLineSchema), (lines) =>
      lines.map(tagLineFromJson),
    );
  }

  payload(sha256: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.#answers.payload(sha256);
  }

  async register(registration: Registration, author?: Author): Promise<Registered> {
    const [registered] = await this.registerMany([registration], author);
    return registered!;
  }

  /** The author is who the token says, whatever `author.by` is; so for all changes. */
  async registerMany(
    registrations: readonly Registration[],
    _author?: Author,
  ): Promise<readonly Registered[]> {
    const rows = [];
    for (const { draft, bytes } of registrations)
      rows.push(draftToJson(bytes ? { ...draft, payload: await this.#upload(bytes) } : draft));
    return this.#change('POST', '/rows', { rows }, z.array(registeredSchema), (all) =>
      all.map(registeredFromJson),
    );
  }

  async close(
    serNo: number,
    vend: Position,
    { reason }: Partial<Author> = {},
  ): Promise<Calibration> {
    const body = { vend: edgeText(vend), reason };
    return this.#change(
      'POST',
      `/rows/${serNo}/close`,
      body,
      calibrationSchema,
      calibrationFromJson,
    );
  }

  async supersede(
    serNo: number,
    { draft, bytes }: { readonly draft: Partial<CalibrationDraft>; readonly bytes?: PayloadBytes },
    { reason }: Partial<Author> = {},
  ): Promise<Registered> {
    const stored = bytes && (await this.#upload(bytes));
    const axis = draft.axis ?? (await this.row(serNo)).axis;
    const json = partialDraftToJson({ ...draft, ...(stored && { payload: stored }) }, axis);
    const body = { draft: json, reason };
    const path = `/rows/${serNo}/supersede`;
    return this.#change('POST', path, body, registeredSchema, registeredFromJson);
  }

  async promote(
    serNo: number,
    level: ProcLevel,
    { reason }: Partial<Author> = {},
  ): Promise<Calibration> {
    const path = `/rows/${serNo}/promote`;
    return this.#change('POST', path, { level, reason }, calibrationSchema, calibrationFromJson);
  }

  async deprecate(serNo: number, { reason }: Partial<Author> = {}): Promise<Calibration> {
    const path = `/rows/${serNo}/deprecate`;
    return this.#change('POST', path, { reason }, calibrationSchema, calibrationFromJson);
  }

  async declare(vocabularies: Vocabularies, _author?: Author): Promise<boolean> {
    const answer = z.object({ isNew: z.boolean() });
    return this.#change('PUT', '/vocabularies', vocabularies, answer, ({ isNew }) => isNew);
  }

  createTag(draft: TagDraft, _author?: Author): Promise<Tag> {
    return this.#change('POST', '/tags', tagDraftToJson(draft), tagSchema, tagFromJson);
  }

  putInTag(
    tag: string,
    entries: readonly EntryDraft[],
    { reason }: Partial<Author> = {},
    mode?: PutMode,
  ): Promise<Tag> {
    const body = { entries: entries.map(entryDraftToJson), mode, reason };
    return this.#changeTag(tag, 'entries', body);
  }

  removeFromTag(
    tag: string,
    removals: readonly TagRemoval[],
    { reason }: Partial<Author> = {},
  ): Promise<Tag> {
    return this.#changeTag(tag, 'removals', { removals: removals.map(tagRemovalToJson), reason });
  }

  moveTag(
    tag: string,
    states: readonly TagState[],
    { reason }: Partial<Author> = {},
  ): Promise<Tag> {
    return this.#changeTag(tag, 'move', { states, reason });
  }

  planTagUpdate({ running, staging, from, mode }: UpdateQuestion): Promise<UpdatePlan> {
    const query = new URLSearchParams({ staging, from: edgeText(from), ...(mode && { mode }) });
    const path = `${tagUrl(running)}/update?${query}`;
    return this.#get(path, updatePlanSchema, (json) => fromWire(json) as UpdatePlan);
  }

  updateTag(
    { running, staging, from, mode }: UpdateQuestion,
    { reason }: Partial<Author> = {},
  ): Promise<UpdatePlan> {
    const path = `/tags/${encodeURIComponent(running)}/update`;
    const body = { staging, from: edgeText(from), mode, reason };
    return this.#change(
      'POST',
      path,
      body,
      updatePlanSchema,
      (json) => fromWire(json) as UpdatePlan,
    );
  }

  diff(question: DiffQuestion): Promise<ConditionsDiff> {
    return this.#analysis('diff', diffQuestionToJson(question));
  }

  coverage(question: CoverageQuestion): Promise<Coverage> {
    return this.#analysis('coverage', coverageQuestionToJson(question));
  }

  requireCoverage(question: CoverageQuestion): Promise<Coverage> {
    return this.#analysis('coverage/required', coverageQuestionToJson(question));
  }

  explain(question: ExplainQuestion): Promise<Explanation> {
    return this.#analysis('explanation', explainQuestionToJson(question));
  }

  /** Holds nothing that would have to be given back. */
  async dispose(): Promise<void> {}

  #get<Json, Value>(
    path: string,
    schema: z.ZodType<Json>,
    make: (json: Json) => Value,
  ): Promise<Value> {
    return this.#answers.get(path, (answer) => decodeAnswer(answer, schema, make));
  }

  #change<Json, Value>(
    method: 'POST' | 'PUT',
    path: string,
    body: unknown,
    schema: z.ZodType<Json>,
    make: (json: Json) => Value,
  ): Promise<Value> {
    const headers = { 'content-type': 'application/json' };
    return this.#transport.ask(
      { method, path: apiRoot + path, headers, body: JSON.stringify(body) },
      (answer) => decodeAnswer(answer, schema, make),
    );
  }

  #analysis<Answer>(what: string, question: unknown): Promise<Answer> {
    const schema = z.looseObject({});
    return this.#change('POST', `/${what}`, question, schema, (json) => fromWire(json) as Answer);
  }

  #changeTag(tag: string, what: string, body: unknown): Promise<Tag> {
    const path = `/tags/${encodeURIComponent(tag)}/${what}`;
    return this.#change('POST', path, body, tagSchema, tagFromJson);
  }

  async #upload(bytes: PayloadBytes): Promise<PayloadReference> {
    const isWhole = bytes instanceof Uint8Array;
    const query = isWhole ? `?sha256=${await sha256Of(bytes as Uint8Array<ArrayBuffer>)}` : '';
    const headers = { 'content-type': 'application/octet-stream' };
    const body = isWhole ? (bytes as Uint8Array<ArrayBuffer>) : streamOf(bytes);
    const path = `${apiRoot}/payloads${query}`;
    return this.#transport.ask({ method: 'POST', path, headers, body }, (answer) =>
      decodeAnswer(answer, storedSchema, ({ sha256, size }) => ({ sha256, size })),
    );
  }
}

const storedSchema = z.object({ sha256: sha256Schema, size: z.number().int().nonnegative() });

function registeredFromJson({ calibration, closed }: z.infer<typeof registeredSchema>): Registered {
  return {
    calibration: calibrationFromJson(calibration),
    closed: closed.map(calibrationFromJson),
  };
}

function streamOf(bytes: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const chunks = bytes[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return?.();
    },
  });
}
