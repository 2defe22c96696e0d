import { rm } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { NpyArrays, NpyDtype } from '@lantern/formats';
import { NpyReader, type NpyRows, NpyWriter } from '@lantern/formats/node';

/** Bytes moved at a time. */
const chunkBytes = 2 ** 22;

/**
 * An NPY file in which the rows of photons come first, and then those of their children, though both come batch by
 * batch. The children wait in a file of their own, `NAME.children.partial.npy`, which is there only if there are any.
 */
export class ChildrenLast<D extends NpyDtype> {
  readonly #path: string;
  readonly #layout: NpyRows<D>;
  readonly #photons: NpyWriter<D>;
  #children: NpyWriter<D> | undefined;

  private constructor(path: string, layout: NpyRows<D>, photons: NpyWriter<D>) {
    this.#path = path;
    this.#layout = layout;
    this.#photons = photons;
  }

  /** Begins the file under its partial name, as `NpyWriter.create`. */
  static async create<D extends NpyDtype>(
    path: string,
    layout: NpyRows<D>,
  ): Promise<ChildrenLast<D>> {
    return new ChildrenLast(path, layout, await NpyWriter.create(path, layout));
  }

  /** Rows so far, of both. */
  get rows(): number {
    return this.#photons.rows + (this.#children?.rows ?? 0);
  }

  async append(rows: NpyArrays[D] | undefined): Promise<void> {
    if (rows && rows.length > 0) await this.#photons.append(rows);
  }

  async appendChildren(rows: NpyArrays[D] | undefined): Promise<void> {
    if (!rows || rows.length === 0) return;
    this.#children ??= await NpyWriter.create(childrenName(this.#path), this.#layout);
    await this.#children.append(rows);
  }

  /** Puts the children behind the photons and gives the file its name. */
  async finish(): Promise<void> {
    await this.#join();
    await this.#photons.finish();
  }

  /** Closes the file, which keeps its partial name; the children are behind the photons unless the disk is full. */
  async abort(): Promise<void> {
    await this.#join().catch(() => {});
    await this.#photons.abort();
  }

  async #join(): Promise<void> {
    const children = this.#children;
    if (!children) return;
    // Once only: rows that are behind the photons already must not come there twice.
    this.#children = undefined;
    await children.abort();
    const reader = await NpyReader.open(children.partialPath, { dtype: this.#layout.dtype });
    try {
      const rowBytes = reader.rowLength * bytesPerWord;
      const rows = Math.max(1, Math.floor(chunkBytes / rowBytes));
      for await (const chunk of reader.chunks(rows)) await this.#photons.append(chunk);
    } finally {
      await reader.close();
    }
    await rm(children.partialPath, { force: true });
  }
}

/** No element of a result is larger. */
const bytesPerWord = 8;

/** `photons.npy` → `photons.children.npy` */
export function childrenName(path: string): string {
  const extension = extname(path);
  return join(dirname(path), `${basename(path, extension)}.children${extension}`);
}
