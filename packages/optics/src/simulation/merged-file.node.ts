import type { HitLayout } from '../hits/hit-layout.ts';
import { HitMerger } from '../hits/hit-merger.ts';
import type { MergedPart } from '../hits/shape-hits.ts';

/** Rows written at a time. */
const rowsAtOnce = 16_384;

/** A file of merged hits: those of an event are written when the next begins, or at the end. */
export class MergedFile {
  readonly #merger: HitMerger;
  readonly #write: (rows: Uint32Array<ArrayBuffer>) => Promise<void>;
  #event = 0;

  /** @param write appends rows to the file */
  constructor(
    layout: HitLayout,
    window: number,
    write: (rows: Uint32Array<ArrayBuffer>) => Promise<void>,
  ) {
    this.#merger = new HitMerger(layout, window);
    this.#write = write;
  }

  /** Takes what a batch gives, in the order of its photons. */
  async append(parts: readonly MergedPart[]): Promise<void> {
    for (const { event, rows } of parts) {
      if (event !== this.#event) await this.flush();
      this.#event = event;
      this.#merger.add(rows);
    }
  }

  /** Writes what is merged so far. */
  async flush(): Promise<void> {
    for (const rows of this.#merger.drain(rowsAtOnce)) await this.#write(rows);
  }
}
