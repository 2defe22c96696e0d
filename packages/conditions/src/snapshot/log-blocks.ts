import { z } from 'zod';
import { ConditionsError } from '../errors.ts';
import { eventFromJson, eventToJson } from '../json/event-json.ts';
import { eventSchema, sha256Schema } from '../json/schemas.ts';
import type { ConditionsEvent } from '../log/conditions-event.ts';
import { gunzip, gzip } from './compression.ts';
import type { SectionWriter } from './section-writer.ts';

const eventsPerBlock = 256;
const maximumBlockBytes = 2 ** 28;
const whole = z.number().int().nonnegative();

/** A block of the log in a file: first and last event, offset, length, length as text, SHA-256 as it is. */
export type LogBlock = readonly [number, number, number, number, number, string];

const directorySchema: z.ZodType<LogBlock[]> = z.array(
  z.tuple([whole, whole, whole, whole, whole.max(maximumBlockBytes), sha256Schema]),
);

/** @throws ConditionsError `corrupt` for what is no directory */
export function parseLogDirectory(json: unknown, where: string): LogBlock[] {
  const result = directorySchema.safeParse(json);
  if (result.success) return result.data;
  throw new ConditionsError('corrupt', {
    what: 'no directory of the log',
    where,
    given: result.error.issues[0]?.message,
  });
}

/** Writes events in compressed blocks, a line of JSON for each. */
export class LogBlockWriter {
  readonly blocks: LogBlock[] = [];
  readonly #writer: SectionWriter;
  /** Serial number × 2^20 + block, of each event of a row. */
  #rowBlocks = new Float64Array(1024);
  #count = 0;
  #open: ConditionsEvent[] = [];

  constructor(writer: SectionWriter) {
    this.#writer = writer;
  }

  async add(event: ConditionsEvent): Promise<void> {
    const serNo = serNoOf(event);
    if (serNo !== undefined) {
      if (this.#count === this.#rowBlocks.length) {
        const longer = new Float64Array(2 * this.#count);
        longer.set(this.#rowBlocks);
        this.#rowBlocks = longer;
      }
      this.#rowBlocks[this.#count++] = serNo * 2 ** 20 + this.blocks.length;
    }
    this.#open.push(event);
    if (this.#open.length === eventsPerBlock) await this.flush();
  }

  /** Writes what waits. */
  async flush(): Promise<void> {
    const [first, last] = [this.#open[0], this.#open.at(-1)];
    if (!first || !last) return;
    const lines = this.#open.map((event) => `${JSON.stringify(eventToJson(event))}\n`);
    this.#open = [];
    const text = new TextEncoder().encode(lines.join(''));
    const { offset, length, sha256 } = await this.#writer.section(await gzip(text));
    this.blocks.push([first.seq, last.seq, offset, length, text.length, sha256]);
  }

  /** Pairs of a serial number and a block, in order, each once. */
  rowBlocks(): Uint32Array<ArrayBuffer> {
    const keys = [...new Set(this.#rowBlocks.slice(0, this.#count).sort())];
    const pairs = new Uint32Array(2 * keys.length);
    keys.forEach((key, i) => {
      pairs[2 * i] = Math.floor(key / 2 ** 20);
      pairs[2 * i + 1] = key % 2 ** 20;
    });
    return pairs;
  }
}

/** The row that an event is about. */
export function serNoOf({ change }: ConditionsEvent): number | undefined {
  if (change.kind === 'registered') return change.calibration.serNo;
  return 'serNo' in change ? change.serNo : undefined;
}

/** @throws ConditionsError `corrupt` for bytes that are not the events that the directory tells */
export async function decodeLogBlock(
  bytes: Uint8Array<ArrayBuffer>,
  [first, last, , , textLength]: LogBlock,
  where: string,
): Promise<readonly ConditionsEvent[]> {
  const text = new TextDecoder().decode(await gunzip(bytes, textLength, where));
  const events: ConditionsEvent[] = [];
  try {
    for (const line of text.split('\n')) {
      if (line) events.push(eventFromJson(eventSchema.parse(JSON.parse(line))));
    }
  } catch (cause) {
    throw new ConditionsError('corrupt', { what: 'a line of the log is no event', where, cause });
  }
  const isInOrder = events.every(({ seq }, i) => i === 0 || seq > events[i - 1]!.seq);
  if (isInOrder && events[0]?.seq === first && events.at(-1)?.seq === last) return events;
  throw new ConditionsError('corrupt', {
    what: 'a block of the log has other events than the file says',
    where,
    given: `${events.length} events, ${events[0]?.seq} .. ${events.at(-1)?.seq}`,
    expected: `${first} .. ${last}`,
  });
}
