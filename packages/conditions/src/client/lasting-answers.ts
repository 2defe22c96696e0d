import type { z } from 'zod';
import { ConditionsError } from '../errors.ts';
import { tagFromJson } from '../json/answer-json.ts';
import { tagSchema } from '../json/schemas.ts';
import type { Tag } from '../model/tag.ts';
import { always, type Interval, type Position } from '../model/validity.ts';
import { sha256Of } from '../payload/sha256.ts';
import type { AnswerCache } from './answer-cache.ts';
import { decodeAnswer } from './decode-answer.ts';
import type { HttpTransport, TransportAnswer } from './http-transport.ts';
import { type CellsQuestion, payloadUrl, tagUrl } from './question-url.ts';
import { TagCells } from './tag-cells.ts';

/** An answer of which it is known where it holds. */
interface Valid {
  readonly validity: Interval;
}

/** A kind of question: its URL, and how its answers are read. */
export interface QuestionKind<Question, Json, Answer extends Valid> {
  url(question: Question): string;
  /** Whose cells its answers hold in; undefined where they are not of tags. */
  cells?(question: Question): CellsQuestion;
  readonly schema: z.ZodType<Json>;
  make(json: Json): Answer;
}

/** What questions have in common. */
export interface Asked {
  readonly position: Position;
  /** Of the tags that are asked, if tags are. */
  readonly tags?: readonly string[] | undefined;
  readonly asOf?: bigint | undefined;
}

/** How many answers that may change are remembered with their ETags. */
const remembered = 1000;
/** How long a tag is taken to be what it was, milliseconds. */
const tagsHoldFor = 60_000;

/**
 * Asks by way of caches: answers that never change are asked for once, for all positions at which they are the answer;
 * those that may change are asked for again with their ETag. That a published tag has not become INVALID is asked once a
 * minute; while no server is there to ask, what the cache has is used.
 */
export class LastingAnswers {
  readonly #transport: HttpTransport;
  readonly #cache: AnswerCache;
  readonly #cells: TagCells;
  readonly #now: () => number;
  readonly #seen = new Map<string, { readonly etag: string; readonly answer: TransportAnswer }>();
  readonly #tags = new Map<string, { readonly tag: Tag; readonly at: number }>();

  constructor(
    transport: HttpTransport,
    cache: AnswerCache,
    now: () => number = () => performance.now(),
  ) {
    this.#transport = transport;
    this.#cache = cache;
    this.#cells = new TagCells(transport, cache);
    this.#now = now;
  }

  /** @throws ConditionsError as the server does */
  async ask<Question extends Asked, Json, Answer extends Valid>(
    question: Question,
    kind: QuestionKind<Question, Json, Answer>,
  ): Promise<Answer> {
    const key = kind.url({ ...question, position: always });
    const { position } = question;
    const use = await this.#useOfKept(question);
    if (use !== 'none') {
      const kept = await this.#kept(key, position, kind);
      if (kept) return kept;
    }
    if (use === 'published' && kind.cells) {
      const shared = await unlessAbsent(async () => {
        const begin = await this.#cells.beginOf(kind.cells!(question), position);
        return this.#fresh(key, { ...question, position: begin }, position, kind);
      });
      // What is absent is told with the position that was asked for.
      if (shared) return shared;
    }
    return this.#fresh(key, question, position, kind);
  }

  /** @param position that the answer has to hold at */
  async #fresh<Question extends Asked, Json, Answer extends Valid>(
    key: string,
    question: Question,
    position: Position,
    kind: QuestionKind<Question, Json, Answer>,
  ): Promise<Answer> {
    return this.get(kind.url(question), async (answer) => {
      const value = decodeAnswer(answer, kind.schema, kind.make);
      const { begin, end } = value.validity;
      if (position < begin || position >= end)
        throw new ConditionsError('corrupt', {
          what: 'the answer is for other positions than the one asked for',
          where: answer.server,
        });
      if (isForEver(answer.headers))
        await this.#cache.keepAnswer(key, value.validity, new TextDecoder().decode(answer.bytes));
      return value;
    });
  }

  /** Asks for what may have changed: the body is sent only if it has. */
  async get<T>(path: string, accept: (answer: TransportAnswer) => T | Promise<T>): Promise<T> {
    const seen = this.#seen.get(path);
    const headers: Record<string, string> = seen ? { 'if-none-match': seen.etag } : {};
    return this.#transport.ask({ path, headers }, async (answer) => {
      if (answer.status === 304 && seen) return accept(seen.answer);
      const value = await accept(answer);
      const etag = answer.headers.get('etag');
      if (etag !== null && !isForEver(answer.headers)) this.#remember(path, { etag, answer });
      return value;
    });
  }

  /** Bytes whose hash is right: of the cache, else of a server, else of the next. */
  async payload(sha256: string): Promise<Uint8Array<ArrayBuffer>> {
    const kept = await this.#cache.payload(sha256);
    if (kept && (await sha256Of(kept)) === sha256) return kept;
    if (kept) await this.#cache.forgetPayload(sha256);
    return this.#transport.ask(
      { path: payloadUrl(sha256), elsewhere: true },
      async ({ bytes, server }) => {
        const given = await sha256Of(bytes);
        if (given !== sha256)
          throw new ConditionsError('corrupt', {
            what: 'the payload is not what its hash says',
            where: `${server}${payloadUrl(sha256)}`,
            given: `${bytes.length} bytes with SHA-256 ${given}`,
          });
        await this.#cache.keepPayload(sha256, bytes);
        return bytes;
      },
    );
  }

  /** A tag as it is now, or was at most a minute ago where `maybeOlder`. */
  async tag(name: string, maybeOlder = false): Promise<Tag> {
    const known = this.#tags.get(name);
    if (maybeOlder && known && this.#now() - known.at < tagsHoldFor) return known.tag;
    const tag = await this.get(tagUrl(name), (answer) =>
      decodeAnswer(answer, tagSchema, tagFromJson),
    );
    this.#tags.set(name, { tag, at: this.#now() });
    return tag;
  }

  /** What of a cache may be used: answers about the past, or about tags that are published still. */
  async #useOfKept({ tags, asOf }: Asked): Promise<'past' | 'published' | 'none'> {
    if (asOf !== undefined) return 'past';
    if (!tags) return 'none';
    try {
      const found = await Promise.all(tags.map((name) => this.tag(name, true)));
      return found.every(({ state }) => state === 'PUBLISHED') ? 'published' : 'none';
    } catch (error) {
      // Kept answers are of tags that were published; whether one is INVALID by now, nobody can tell at present.
      if (error instanceof ConditionsError && error.kind === 'unavailable') return 'past';
      // The question itself gets the server's whole answer.
      if (error instanceof ConditionsError && error.kind === 'absent') return 'none';
      throw error;
    }
  }

  async #kept<Question, Json, Answer extends Valid>(
    key: string,
    position: Position,
    { schema, make }: QuestionKind<Question, Json, Answer>,
  ): Promise<Answer | undefined> {
    const text = await this.#cache.answer(key, position);
    if (text === undefined) return undefined;
    try {
      const bytes = new TextEncoder().encode(text);
      const answer = decodeAnswer({ bytes, server: 'the cache' }, schema, make);
      const { begin, end } = answer.validity;
      return begin <= position && position < end ? answer : undefined;
    } catch (error) {
      if (error instanceof ConditionsError) return undefined;
      throw error;
    }
  }

  #remember(path: string, seen: { readonly etag: string; readonly answer: TransportAnswer }): void {
    this.#seen.delete(path);
    this.#seen.set(path, seen);
    if (this.#seen.size <= remembered) return;
    const [oldest = ''] = this.#seen.keys();
    this.#seen.delete(oldest);
  }
}

function isForEver(headers: Headers): boolean {
  return /(^|[ ,])immutable([ ,]|$)/.test(headers.get('cache-control') ?? '');
}

async function unlessAbsent<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ConditionsError && error.kind === 'absent') return undefined;
    throw error;
  }
}
