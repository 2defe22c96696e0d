import type { Terminal } from './command.ts';
import { formatCount, formatDuration, formatRate } from './table.ts';

const redrawMilliseconds = 100;
/** Of the timer: while nothing is done, the time gone shows that something goes on. */
const tickMilliseconds = 500;
const widestBar = 30;
/** Room for the words, so that the bar keeps its width while they change. */
const usualWords = 64;

/** A line on a terminal with how much is done, the rate and the time left; nothing where there is no terminal. */
export class ProgressBar {
  readonly #terminal: Terminal;
  readonly #unit: string;
  readonly #begin = performance.now();
  #drawn = Number.NEGATIVE_INFINITY;
  #visible = false;
  #done = 0;
  #total = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param unit what is counted: `photons` */
  constructor(terminal: Terminal, unit: string) {
    this.#terminal = terminal;
    this.#unit = unit;
  }

  /** So many of `total` are done. The line is redrawn from then on, until `clear`. */
  update(done: number, total: number): void {
    if (!this.#terminal.interactive) return;
    this.#done = done;
    this.#total = total;
    // The timer must not keep the process.
    this.#timer ??= setInterval(() => this.#draw(), tickMilliseconds).unref();
    if (performance.now() - this.#drawn >= redrawMilliseconds) this.#draw();
  }

  /** Writes whole lines, which stay, and the bar below them. */
  writeAbove(lines: string): void {
    const visible = this.#visible;
    this.#erase();
    this.#terminal.err(lines);
    if (visible) this.#draw();
  }

  /** Takes the line away. */
  clear(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#erase();
  }

  #draw(): void {
    this.#drawn = performance.now();
    const seconds = (this.#drawn - this.#begin) / 1000;
    const progress = { done: this.#done, total: this.#total, seconds, unit: this.#unit };
    this.#terminal.err(`\r\u001b[K${formatProgress(progress, this.#terminal.columns)}`);
    this.#visible = true;
  }

  #erase(): void {
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
  const gone = formatDuration(Math.floor(seconds));
  const speed =
    rate > 0 ? `, ${formatRate(rate)}/s, ${formatDuration((total - done) / rate)} left` : '';
  const words = `${(100 * share).toFixed(0).padStart(3)} %  ${formatCount(done)} of ${formatCount(total)} ${unit} in ${gone}${speed}`;
  const room = Math.min(widestBar, columns - Math.max(words.length, usualWords) - 4);
  if (room < 5) return words.slice(0, Math.max(0, columns - 1));
  const filled = Math.round(room * share);
  return `[${'#'.repeat(filled)}${'.'.repeat(room - filled)}] ${words}`;
}
