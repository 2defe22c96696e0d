import { type FileHandle, open } from 'node:fs/promises';
import { FormatError } from '../errors.ts';
import { fileError } from '../file-error.node.ts';
import type { NpyArray } from './array.ts';
import { bytesPerElement, elementsOf, type NpyArrays, type NpyDtype } from './dtype.ts';
import { type LocatedNpyHeader, type NpyHeader, npyHeaderLimit, parseNpyHeader } from './header.ts';
import { checkExpectation, checkLength, type NpyExpectation } from './shape.ts';

/**
 * Reads the rows of an NPY file, a few at a time, so that the file may be larger than the memory. A row is what one step
 * along the first axis holds.
 *
 * @example
 * ```ts
 * const reader = await NpyReader.open('photons.npy', { dtype: '<f4', shape: [undefined, 4, 4] });
 * for await (const photons of reader.chunks(100_000)) propagate(photons); // Float32Array
 * ```
 */
export class NpyReader<D extends NpyDtype = NpyDtype> implements AsyncDisposable {
  readonly path: string;
  readonly header: NpyHeader<D>;
  /** How many rows the file holds. */
  readonly rows: number;
  /** How many elements a row holds. */
  readonly rowLength: number;
  readonly #file: FileHandle;
  readonly #dataOffset: number;

  private constructor(path: string, file: FileHandle, header: LocatedNpyHeader & NpyHeader<D>) {
    this.path = path;
    this.header = header;
    this.rows = header.shape[0] ?? 1;
    this.rowLength = header.shape.slice(1).reduce((product, n) => product * n, 1);
    this.#file = file;
    this.#dataOffset = header.dataOffset;
  }

  /**
   * Opens a file and checks its header and length.
   *
   * @param expectation the element type and shape that the caller can use
   * @throws {FormatError} when it cannot be read, is damaged, cut short, or not what is expected
   */
  static async open<D extends NpyDtype = NpyDtype>(
    path: string,
    expectation: NpyExpectation<D> = {},
  ): Promise<NpyReader<D>> {
    let file: FileHandle | undefined;
    try {
      file = await open(path, 'r');
      const { size } = await file.stat();
      const start = await readBytes(file, 0, Math.min(size, npyHeaderLimit));
      const header = parseNpyHeader(start, path, expectation.dtype && [expectation.dtype]);
      checkExpectation(header, expectation, path);
      checkLength(header, size, path);
      return new NpyReader(path, file, header);
    } catch (error) {
      await file?.close();
      throw fileError(error, 'cannot read', path);
    }
  }

  /**
   * Reads some rows into new memory.
   *
   * @param start the first row
   * @param count how many; fewer come where the file ends
   * @throws {FormatError} when the file cannot be read or has become shorter
   */
  async read(start: number, count: number): Promise<NpyArrays[D]> {
    const { dtype } = this.header;
    const rowSize = this.rowLength * bytesPerElement(dtype);
    const length = Math.max(0, Math.min(count, this.rows - start)) * rowSize;
    try {
      const bytes = await readBytes(this.#file, this.#dataOffset + start * rowSize, length);
      if (bytes.length === length) return elementsOf(dtype, bytes);
    } catch (error) {
      throw fileError(error, 'cannot read', this.path);
    }
    throw new FormatError({
      what: 'NPY file has become shorter while it was read',
      where: this.path,
    });
  }

  /**
   * All rows in order, in arrays of `count` rows but for the last.
   *
   * @param count rows per array, at least 1
   */
  async *chunks(count: number): AsyncGenerator<NpyArrays[D], void, undefined> {
    if (!(count >= 1)) throw new RangeError(`rows per chunk: given ${count}, expected at least 1`);
    for (let start = 0; start < this.rows; start += count) yield await this.read(start, count);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/**
 * Reads a whole NPY file.
 *
 * @param expectation the element type and shape that the caller can use
 * @throws {FormatError} when it cannot be read, is damaged, cut short, or not what is expected
 */
export async function readNpy<D extends NpyDtype = NpyDtype>(
  path: string,
  expectation: NpyExpectation<D> = {},
): Promise<NpyArray<D>> {
  const reader = await NpyReader.open(path, expectation);
  try {
    const { dtype, shape } = reader.header;
    return { dtype, shape, data: await reader.read(0, reader.rows) };
  } finally {
    await reader.close();
  }
}

/** A single read returns at most 2 GiB. */
const maximumRead = 1 << 30;

/** The bytes from there on, fewer where the file ends. */
async function readBytes(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const part = Math.min(length - filled, maximumRead);
    const { bytesRead } = await file.read(bytes, filled, part, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
