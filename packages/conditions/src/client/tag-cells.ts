import { z } from 'zod';
import { ConditionsError } from '../errors.ts';
import { bucketAt, type CellBuckets } from '../index/stack-cells.ts';
import { always, forever, type Position } from '../model/validity.ts';
import type { AnswerCache } from './answer-cache.ts';
import { decodeAnswer } from './decode-answer.ts';
import type { HttpTransport } from './http-transport.ts';
import { type CellsQuestion, cellsUrl } from './question-url.ts';

const integer = z.string().regex(/^-?\d{1,20}$/);
const bucketsSchema = z.object({ width: integer, first: integer, last: integer });
const beginsSchema = z.object({ begins: z.array(integer).min(1) });

/** How many lists of cells are remembered. */
const remembered = 200;

/**
 * Knows where the answers of published tags change, so that all who ask about positions between two changes ask for one
 * URL: a proxy in between has the answer for all of them once it has it for one.
 */
export class TagCells {
  readonly #transport: HttpTransport;
  readonly #cache: AnswerCache;
  readonly #known = new Map<string, Promise<unknown>>();

  constructor(transport: HttpTransport, cache: AnswerCache) {
    this.#transport = transport;
    this.#cache = cache;
  }

  /** The first position that has the answer which this one has. */
  async beginOf(question: CellsQuestion, position: Position): Promise<Position> {
    const buckets = await this.#get(cellsUrl(question), bucketsSchema, bucketsFrom);
    const url = cellsUrl(question, bucketAt(buckets, position));
    const begins = await this.#get(url, beginsSchema, ({ begins: all }) => all.map(BigInt));
    let begin = begins[0] ?? always;
    for (const one of begins) {
      if (one > position) break;
      begin = one;
    }
    if (begin > position)
      throw new ConditionsError('corrupt', {
        what: 'a list of cells is of another bucket',
        where: url,
      });
    return begin;
  }

  #get<Json, Value>(
    url: string,
    schema: z.ZodType<Json>,
    make: (json: Json) => Value,
  ): Promise<Value> {
    const known = this.#known.get(url) as Promise<Value> | undefined;
    if (known) return known;
    const asked = this.#ask(url, schema, make);
    this.#known.set(url, asked);
    asked.catch(() => this.#known.delete(url));
    const [oldest = ''] = this.#known.keys();
    if (this.#known.size > remembered) this.#known.delete(oldest);
    return asked;
  }

  async #ask<Json, Value>(
    url: string,
    schema: z.ZodType<Json>,
    make: (json: Json) => Value,
  ): Promise<Value> {
    const kept = await this.#cache.answer(url, 0n);
    if (kept !== undefined) {
      const bytes = new TextEncoder().encode(kept);
      return decodeAnswer({ bytes, server: 'the cache' }, schema, make);
    }
    return this.#transport.ask({ path: url }, async (answer) => {
      const value = decodeAnswer(answer, schema, make);
      const text = new TextDecoder().decode(answer.bytes);
      await this.#cache.keepAnswer(url, { begin: always, end: forever }, text);
      return value;
    });
  }
}

function bucketsFrom(json: z.infer<typeof bucketsSchema>): CellBuckets {
  const [width, first, last] = [BigInt(json.width), BigInt(json.first), BigInt(json.last)];
  if (width > 0n && first <= last) return { width, first, last };
  throw new ConditionsError('invalid', { what: 'no buckets', given: JSON.stringify(json) });
}
