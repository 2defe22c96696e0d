import type { Terminal } from './command.ts';
import type { ProgressBar } from './progress-bar.ts';

/** A photon file may have one for each of its faults: what does not fit is in the summary. */
const mostShown = 10;

/** Writes warnings on `terminal.err`: one line each, each once, ten at most. */
export class Warnings {
  readonly #terminal: Terminal;
  readonly #seen = new Set<string>();
  #hidden = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** @param bar whose line on the terminal is in the way */
  show(warnings: readonly string[], bar?: ProgressBar): void {
    for (const warning of warnings) {
      if (this.#seen.has(warning)) continue;
      this.#seen.add(warning);
      if (this.#seen.size > mostShown) this.#hidden++;
      else this.#write(`warning: ${warning.replace(/\s*\n\s*/g, ' ')}\n`, bar);
    }
  }

  /** Says how many were not shown, and where they are. */
  close(where: string): void {
    const n = this.#hidden;
    if (n > 0) this.#write(`warning: and ${n} more warning${n === 1 ? '' : 's'}${where}\n`);
    this.#hidden = 0;
  }

  #write(line: string, bar?: ProgressBar): void {
    if (bar) bar.writeAbove(line);
    else this.#terminal.err(line);
  }
}
