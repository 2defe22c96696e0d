import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { FormatError } from '../errors.ts';
import { fileError } from '../file-error.node.ts';
import { requireReplaceable } from '../write-whole.node.ts';
import type { NpyArray } from './array.ts';
import { holds, type NpyArrays, type NpyDtype } from './dtype.ts';
import { encodeNpyHeader } from './header.ts';
import { formatShape } from './shape.ts';

/** The rows that an `NpyWriter` writes. */
export interface NpyRows<D extends NpyDtype = NpyDtype> {
  readonly dtype: D;
  /** The shape of one row, the axes behind the first: [4, 4] for photons. */
  readonly rowShape: readonly number[];
}

/**
 * Writes an NPY file row by row, when their number is not known before. Until it is finished the file has the name
 * `NAME.partial.npy`. After every `append` that file is a whole NPY file of the rows so far, so that also a run that
 * was killed leaves something to read that does not look complete.
 *
 * @example
 * ```ts
 * const writer = await NpyWriter.create('hits.npy', { dtype: '<f4', rowShape: [4, 4] });
 * try {
 *   for await (const hits of engine) await writer.append(hits);
 *   await writer.finish();
 * } catch (error) {
 *   await writer.abort(); // leaves hits.partial.npy
 *   throw error;
 * }
 * ```
 */
export class NpyWriter<D extends NpyDtype = NpyDtype> {
  readonly path: string;
  /** The name of the file until it is finished. */
  readonly partialPath: string;
  readonly #layout: NpyRows<D>;
  readonly #rowLength: number;
  readonly #file: FileHandle;
  readonly #inode: bigint;
  #rows = 0;
  #end: number;
  /** Appends wait for each other, so that rows are in the order of the calls. */
  #queue: Promise<void> = Promise.resolve();
  #state: 'open' | 'failed' | 'closed' = 'open';

  private constructor(
    path: string,
    layout: NpyRows<D>,
    file: { handle: FileHandle; inode: bigint; end: number },
  ) {
    this.path = path;
    this.partialPath = partialPath(path);
    this.#layout = layout;
    this.#rowLength = layout.rowShape.reduce((product, n) => product * n, 1);
    this.#file = file.handle;
    this.#inode = file.inode;
    this.#end = file.end;
  }

  /**
   * Starts a file of no rows. A partial file of that name from an earlier run is removed.
   *
   * @param path the name when finished; its folder must exist
   * @throws {FormatError} when the file cannot be written, or is there and is not a regular file
   */
  static async create<D extends NpyDtype>(path: string, layout: NpyRows<D>): Promise<NpyWriter<D>> {
    const partial = partialPath(path);
    await requireReplaceable(path);
    await requireReplaceable(partial);
    try {
      await rm(partial, { force: true });
      const handle = await open(partial, 'wx');
      try {
        const header = encodeNpyHeader(
          { dtype: layout.dtype, shape: [0, ...layout.rowShape] },
          true,
        );
        await writeBytes(handle, header, 0);
        const { ino: inode } = await handle.stat({ bigint: true });
        return new NpyWriter(path, layout, { handle, inode, end: header.length });
      } catch (error) {
        await handle.close();
        await rm(partial, { force: true });
        throw error;
      }
    } catch (error) {
      throw fileError(error, 'cannot write', partial);
    }
  }

  /** How many rows have been written. */
  get rows(): number {
    return this.#rows;
  }

  /**
   * Writes rows behind those before. The memory may be used again when the promise is fulfilled.
   *
   * @param data a whole number of rows
   * @throws {FormatError} when it is not, or when the file cannot be written (the disk is full); after that the writer
   * accepts only `abort`
   */
  append(data: NpyArrays[D]): Promise<void> {
    const done = this.#queue.then(() => this.#append(data));
    this.#queue = done.catch(() => undefined);
    return done;
  }

  /**
   * Makes the file complete: what was written reaches the disk, then it gets its name. A file that had the name before
   * is replaced.
   *
   * @throws {FormatError} when that fails, or an `append` had failed; the partial file stays
   */
  async finish(): Promise<void> {
    await this.#queue;
    this.#mustBeOpen();
    this.#state = 'closed';
    try {
      try {
        await this.#file.sync();
        await this.#mustBeOurs();
      } finally {
        await this.#file.close();
      }
      await requireReplaceable(this.path);
      await rename(this.partialPath, this.path);
      await syncFolder(dirname(this.path));
    } catch (error) {
      throw fileError(error, 'cannot complete', this.path);
    }
  }

  /**
   * Gives up: the rows so far stay in `partialPath`. Does nothing after `finish`.
   *
   * @returns how many rows are in the partial file
   */
  async abort(): Promise<number> {
    await this.#queue;
    if (this.#state !== 'closed') {
      this.#state = 'closed';
      await this.#file.close();
    }
    return this.#rows;
  }

  async #append(data: NpyArrays[D]): Promise<void> {
    this.#mustBeOpen();
    this.#mustBeRows(data);
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    try {
      await writeBytes(this.#file, bytes, this.#end);
      const rows = this.#rows + data.length / this.#rowLength;
      const { dtype, rowShape } = this.#layout;
      await writeBytes(this.#file, encodeNpyHeader({ dtype, shape: [rows, ...rowShape] }, true), 0);
      this.#rows = rows;
      this.#end += bytes.length;
    } catch (error) {
      this.#state = 'failed';
      // What came through of these rows would contradict the header.
      await this.#file.truncate(this.#end).catch(() => undefined);
      throw fileError(error, 'cannot write', this.partialPath, `${this.#rows} rows written before`);
    }
  }

  #mustBeOpen(): void {
    if (this.#state === 'open') return;
    const what = this.#state === 'failed' ? 'writing has failed before' : 'the file is closed';
    throw new FormatError({ what: `cannot write: ${what}`, where: this.partialPath });
  }

  #mustBeRows(data: NpyArrays[D]): void {
    const { dtype, rowShape } = this.#layout;
    const isWhole = this.#rowLength > 0 && data.length % this.#rowLength === 0;
    if (holds(dtype, data) && isWhole) return;
    throw new FormatError({
      what: 'rows to write as NPY',
      where: this.partialPath,
      given: `${data.length} elements in ${data.constructor.name}`,
      expected: `rows of ${formatShape(rowShape)} of '${dtype}'`,
    });
  }

  /** Another process that writes to the same name has put its own file there: neither may pass for the other. */
  async #mustBeOurs(): Promise<void> {
    const { ino } = await stat(this.partialPath, { bigint: true });
    if (ino === this.#inode) return;
    throw new FormatError({
      what: 'cannot complete: another process writes to the same name',
      where: this.partialPath,
      hint: 'give each run its own folder with --out',
    });
  }
}

/**
 * Writes a whole array as an NPY file, by way of a partial name: the file is there completely or not at all.
 *
 * @throws {FormatError} when it cannot be written, or the array is a single element without an axis
 */
export async function writeNpy<D extends NpyDtype>(
  path: string,
  array: NpyArray<D>,
): Promise<void> {
  const { dtype, shape, data } = array;
  const writer = await NpyWriter.create(path, { dtype, rowShape: shape.slice(1) });
  try {
    await writer.append(data);
    if (writer.rows !== shape[0]) {
      throw new FormatError({
        what: 'array to write as NPY',
        where: path,
        given: `${data.length} elements`,
        expected: `as many as its shape ${formatShape(shape)} has`,
      });
    }
    await writer.finish();
  } catch (error) {
    await writer.abort();
    await rm(writer.partialPath, { force: true });
    throw error;
  }
}

/** `hits.npy` → `hits.partial.npy` */
function partialPath(path: string): string {
  const extension = extname(path);
  return join(dirname(path), `${basename(path, extension)}.partial${extension}`);
}

/** Writes all of them; a single write may take only a part. */
async function writeBytes(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const length = Math.min(bytes.length - done, maximumWrite);
    const { bytesWritten } = await file.write(bytes, done, length, position + done);
    done += bytesWritten;
  }
}

/** A single write takes at most 2 GiB. */
const maximumWrite = 1 << 30;

/** Makes a new name durable. Windows cannot open folders, and does not need it. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
