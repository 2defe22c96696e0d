import { FormatError } from '../errors.ts';
import type { NpyDtype } from './dtype.ts';
import type { LocatedNpyHeader, NpyHeader } from './header.ts';

/** What a reader asks of a file: an element type, and axes of a given length, or of any where it is undefined. */
export interface NpyExpectation<D extends NpyDtype = NpyDtype> {
  readonly dtype?: D | undefined;
  readonly shape?: readonly (number | undefined)[] | undefined;
  /** For the error, what to do with an array of another shape. */
  readonly shapeHint?: ((shape: readonly number[]) => string | undefined) | undefined;
}

/**
 * Checks that the array is the one that was asked for.
 *
 * @param where the file's name, for the error
 * @throws {FormatError} naming what the file holds and what was asked for
 */
export function checkExpectation<D extends NpyDtype>(
  header: LocatedNpyHeader,
  expectation: NpyExpectation<D>,
  where: string,
): asserts header is LocatedNpyHeader & NpyHeader<D> {
  const { dtype, shape, shapeHint } = expectation;
  if (dtype !== undefined && header.dtype !== dtype) {
    throw new FormatError({
      what: 'element type',
      where,
      given: `'${header.dtype}'`,
      expected: `'${dtype}'`,
      hint: `convert it with array.astype('${dtype}')`,
    });
  }
  if (shape === undefined) return;
  const fits =
    shape.length === header.shape.length &&
    shape.every((n, axis) => n === undefined || n === header.shape[axis]);
  if (!fits) {
    throw new FormatError({
      what: 'shape',
      where,
      given: formatShape(header.shape),
      expected: formatShape(shape),
      hint: shapeHint?.(header.shape),
    });
  }
}

/** The shape as Python prints it, N for an axis of any length: `(N, 4, 4)`. */
export function formatShape(shape: readonly (number | undefined)[]): string {
  const items = shape.map((n) => n ?? 'N');
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
}

/**
 * Checks that the file is as long as its header says.
 *
 * @param fileLength in bytes
 * @param where the file's name, for the error
 * @throws {FormatError} when it is shorter or longer
 */
export function checkLength(header: LocatedNpyHeader, fileLength: number, where: string): void {
  const expected = header.dataOffset + header.dataLength;
  if (fileLength === expected) return;
  throw new FormatError({
    what: fileLength < expected ? 'NPY file cut short' : 'NPY file longer than its header says',
    where,
    given: `${fileLength} bytes`,
    expected: `${expected} for ${formatShape(header.shape)} of '${header.dtype}'`,
  });
}
