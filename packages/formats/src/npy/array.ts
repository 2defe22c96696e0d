import { FormatError } from '../errors.ts';
import { bytesPerElement, elementsOf, type NpyArrays, type NpyDtype } from './dtype.ts';
import { encodeNpyHeader, type NpyHeader, parseNpyHeader } from './header.ts';
import { checkExpectation, checkLength, formatShape, type NpyExpectation } from './shape.ts';

/** An array in memory, as an NPY file holds it. */
export interface NpyArray<D extends NpyDtype = NpyDtype> extends NpyHeader<D> {
  /** The elements in C order: the last axis varies fastest. */
  readonly data: NpyArrays[D];
}

/**
 * Reads an NPY file that is in memory. The array may share its memory.
 *
 * @param where the file's name, for errors
 * @param expectation the element type and shape that the caller can use
 * @throws {FormatError} when the file is damaged, cut short, or not what is expected
 * @example
 * ```ts
 * const photons = decodeNpy(bytes, 'photons.npy', { dtype: '<f4', shape: [undefined, 4, 4] });
 * photons.data; // a Float32Array of 16 numbers per photon
 * ```
 */
export function decodeNpy<D extends NpyDtype = NpyDtype>(
  bytes: Uint8Array,
  where: string,
  expectation: NpyExpectation<D> = {},
): NpyArray<D> {
  const header = parseNpyHeader(bytes, where);
  checkExpectation(header, expectation, where);
  checkLength(header, bytes.length, where);
  const { dtype, shape, dataOffset } = header;
  return { dtype, shape, data: elementsOf(dtype, bytes.subarray(dataOffset)) };
}

/**
 * The bytes of an NPY file with the array.
 *
 * @throws {FormatError} when the shape does not fit the number of elements
 */
export function encodeNpy<D extends NpyDtype>(array: NpyArray<D>): Uint8Array {
  const { dtype, shape, data } = array;
  const size = shape.reduce((product, n) => product * n, bytesPerElement(dtype));
  if (size !== data.byteLength) {
    throw new FormatError({
      what: 'array to write as NPY',
      given: `${data.length} elements`,
      expected: `as many as its shape ${formatShape(shape)} has`,
    });
  }
  const header = encodeNpyHeader(array);
  const bytes = new Uint8Array(header.length + size);
  bytes.set(header);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length);
  return bytes;
}
