import type { Lasting } from './cache-answer.ts';

/** An answer as it was sent. */
export interface HotAnswer {
  readonly lasting: Lasting;
  readonly text: string | Uint8Array<ArrayBuffer>;
}

/** Bytes of answers that are kept. */
const bytesAtMost = 64 * 2 ** 20;
/** URLs of which it is remembered that they were asked. */
const seenAtMost = 20_000;

/**
 * Answers that never change and are asked for again and again, by their URL: the second time one is asked for it is kept, so that
 * what is asked for once takes no room. The longest unused goes first.
 */
export class HotAnswers {
  readonly #kept = new Map<string, HotAnswer>();
  #seen = new Set<string>();
  #bytes = 0;

  get(url: string): HotAnswer | undefined {
    const answer = this.#kept.get(url);
    if (!answer) return undefined;
    this.#kept.delete(url);
    this.#kept.set(url, answer);
    return answer;
  }

  /** Of an answer that was made. */
  made(url: string, answer: HotAnswer): void {
    if (!this.#seen.has(url)) {
      if (this.#seen.size >= seenAtMost) this.#seen = new Set();
      this.#seen.add(url);
      return;
    }
    this.#kept.set(url, answer);
    this.#bytes += answer.text.length;
    for (const [oldest, { text }] of this.#kept) {
      if (this.#bytes <= bytesAtMost) break;
      this.#kept.delete(oldest);
      this.#bytes -= text.length;
    }
  }

  clear(): void {
    this.#kept.clear();
    this.#bytes = 0;
  }
}
