import type { Terminal } from './command.ts';
import { formatCount, formatDuration, formatRate } from './table.ts';

const redrawMilliseconds = 100;
const widestBar = 30;
/** Room for the words, so that the bar keeps its width while they change. */
const usualWords = 58;

/** A line on a terminal with how much is done, the rate and the time left; nothing where there is no terminal. */
export class ProgressBar {
  readonly #terminal: Terminal;
  readonly #unit: string;
  readonly #begin = performance.now();
  #drawn = Number.NEGATIVE_INFINITY;
  #visible = false;

  /** @param unit what is counted: `photons` */
  constructor(terminal: Terminal, unit: string) {
    this.#terminal = terminal;
    this.#unit = unit;
  }

  /** So many of `total` are done. */
  update(done: number, total: number): void {
    const now = performance.now();
    if (!this.#terminal.interactive || now - this.#drawn < redrawMilliseconds) return;
    this.#drawn = now;
    const seconds = (now - this.#begin) / 1000;
    const line = formatProgress({ done, total, seconds, unit: this.#unit }, this.#terminal.columns);
    this.#terminal.err(`\r\u001b[K${line}`);
    this.#visible = true;
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#visible) this.#terminal.err('\r\u001b[K');
    this.#visible = false;
  }
}

/** How far something has come. */
export interface Done {
  readonly done: number;
  readonly total: number;
  /** Since its beginning. */
  readonly seconds: number;
  readonly unit: string;
}

/** The bar as one line of at most `columns` characters. */
export function formatProgress({ done, total, seconds, unit }: Done, columns: number): string {
  const share = total > 0 ? done / total : 1;
  const rate = seconds > 0 ? done / seconds : 0;
  const left = rate > 0 ? `, ${formatDuration((total - done) / rate)} left` : '';
  const words = `${(100 * share).toFixed(0).padStart(3)} %  ${formatCount(done)} of ${formatCount(total)} ${unit}, ${formatRate(rate)}/s${left}`;
  const room = Math.min(widestBar, columns - Math.max(words.length, usualWords) - 4);
  if (room < 5) return words.slice(0, Math.max(0, columns - 1));
  const filled = Math.round(room * share);
  return `[${'#'.repeat(filled)}${'.'.repeat(room - filled)}] ${words}`;
}
