import type { Interval, Position } from '../model/validity.ts';

/** Keeps answers that never change, each with the positions for which it is the answer, and payloads. */
export interface AnswerCache {
  /**
   * @param question its URL but for the position
   * @returns the answer as it came, if there is one whose validity has the position
   */
  answer(question: string, position: Position): Promise<string | undefined>;
  keepAnswer(question: string, validity: Interval, text: string): Promise<void>;
  /** The caller checks their hash. */
  payload(sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  keepPayload(sha256: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** What turned out to be damaged. */
  forgetPayload(sha256: string): Promise<void>;
}

interface Kept extends Interval {
  readonly text: string;
}

/** What is remembered at most. */
interface MemoryLimits {
  /** Answers; default 20,000. */
  readonly answers?: number;
  /** Bytes of payloads; default 64 MiB. */
  readonly bytes?: number;
}

/** An {@link AnswerCache} in memory: the longest unused goes first. */
export class MemoryAnswerCache implements AnswerCache {
  readonly #answers = new Map<string, Map<string, Kept>>();
  readonly #payloads = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly #limits: Required<MemoryLimits>;
  #count = 0;
  #bytes = 0;

  constructor({ answers = 20_000, bytes = 64 * 2 ** 20 }: MemoryLimits = {}) {
    this.#limits = { answers, bytes };
  }

  async answer(question: string, position: Position): Promise<string | undefined> {
    const kept = this.#answers.get(question);
    if (!kept) return undefined;
    this.#answers.delete(question);
    this.#answers.set(question, kept);
    for (const { begin, end, text } of kept.values())
      if (begin <= position && position < end) return text;
    return undefined;
  }

  async keepAnswer(question: string, { begin, end }: Interval, text: string): Promise<void> {
    const kept = this.#answers.get(question) ?? new Map<string, Kept>();
    this.#answers.set(question, kept);
    const key = `${begin} ${end}`;
    if (!kept.has(key)) this.#count++;
    kept.set(key, { begin, end, text });
    while (this.#count > this.#limits.answers) this.#forgetOldest();
  }

  async payload(sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const bytes = this.#payloads.get(sha256);
    if (bytes) {
      this.#payloads.delete(sha256);
      this.#payloads.set(sha256, bytes);
    }
    return bytes?.slice();
  }

  async keepPayload(sha256: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    if (this.#payloads.has(sha256) || bytes.length > this.#limits.bytes) return;
    this.#payloads.set(sha256, bytes.slice());
    this.#bytes += bytes.length;
    while (this.#bytes > this.#limits.bytes) {
      const [oldest = ''] = this.#payloads.keys();
      await this.forgetPayload(oldest);
    }
  }

  async forgetPayload(sha256: string): Promise<void> {
    this.#bytes -= this.#payloads.get(sha256)?.length ?? 0;
    this.#payloads.delete(sha256);
  }

  #forgetOldest(): void {
    const [question, kept] = this.#answers.entries().next().value ?? ['', undefined];
    const [first] = kept?.keys() ?? [];
    if (kept && first !== undefined && kept.delete(first)) this.#count--;
    if (!kept || kept.size === 0) this.#answers.delete(question);
  }
}
