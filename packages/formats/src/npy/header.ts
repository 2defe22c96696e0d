import { FormatError } from '../errors.ts';
import { bytesPerElement, isNpyDtype, type NpyDtype, npyDtypes } from './dtype.ts';
import { type PythonLiteral, parsePythonLiteral } from './python-literal.ts';

/** What an NPY header says of the array behind it. */
export interface NpyHeader<D extends NpyDtype = NpyDtype> {
  readonly dtype: D;
  /** Lengths of the axes; C order, the last varies fastest. Empty for a single element. */
  readonly shape: readonly number[];
}

/** A header, and where the elements are. */
export interface LocatedNpyHeader extends NpyHeader {
  /** Of the first element, in bytes from the start of the file. */
  readonly dataOffset: number;
  /** Of all elements, in bytes. */
  readonly dataLength: number;
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] as const; // \x93NUMPY
/** NumPy's alignment of the elements, in bytes. */
const alignment = 64;
/** NumPy refuses headers of more than 10,000 characters; a longer length field is damage. */
const maximumHeaderLength = 65_536;
/** The part of a file that is enough to read any header that is accepted, in bytes. */
export const npyHeaderLimit: number = 12 + maximumHeaderLength;

/**
 * Reads the header at the start of an NPY file, of version 1, 2 or 3.
 *
 * @param bytes the start of the file: all of it, or at least `npyHeaderLimit` bytes
 * @param where the file's name, for errors
 * @param accepted the element types that the caller can use, for the error
 * @throws {FormatError} when it is not an NPY file, cut short, damaged, in Fortran order, or of another element type
 */
export function parseNpyHeader(
  bytes: Uint8Array,
  where: string,
  accepted: readonly NpyDtype[] = npyDtypes,
): LocatedNpyHeader {
  const { text, dataOffset } = headerText(bytes, where);
  const entries = headerEntries(text, where);
  const dtype = dtypeOf(entries.get('descr'), where, accepted);
  const shape = shapeOf(entries.get('shape'), where);
  const order = entries.get('fortran_order');
  if (typeof order !== 'boolean') throw damaged(where, "no 'fortran_order' of True or False");
  if (order && shape.filter((n) => n !== 1).length > 1) {
    throw new FormatError({
      what: 'array in Fortran order',
      where,
      expected: 'C order',
      hint: 'write it with numpy.save(file, numpy.ascontiguousarray(array))',
    });
  }
  const dataLength = shape.reduce((product, n) => product * n, bytesPerElement(dtype));
  if (!Number.isSafeInteger(dataLength)) {
    throw damaged(where, `a shape of (${shape.join(', ')}), too large for any file`);
  }
  return { dtype, shape, dataOffset, dataLength };
}

/**
 * Writes the header of an NPY file, version 1, aligned as NumPy does.
 *
 * @param reserve room for the first axis to grow to any length without moving the elements, as `NpyWriter` needs
 */
export function encodeNpyHeader(header: NpyHeader, reserve = false): Uint8Array {
  const { dtype, shape } = header;
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '${dtype}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const growth = reserve
    ? String(Number.MAX_SAFE_INTEGER).length - String(shape[0] ?? '').length
    : 0;
  const total = Math.ceil((10 + text.length + growth + 1) / alignment) * alignment;
  const bytes = new Uint8Array(total).fill(0x20);
  bytes.set([...magic, 1, 0, (total - 10) & 0xff, (total - 10) >> 8]);
  bytes.set(new TextEncoder().encode(text), 10);
  bytes[total - 1] = 0x0a;
  return bytes;
}

function headerText(bytes: Uint8Array, where: string): { text: string; dataOffset: number } {
  if (bytes.length === 0)
    throw new FormatError({ what: 'empty file', where, expected: 'an NPY file' });
  if (magic.some((byte, i) => i < bytes.length && bytes[i] !== byte)) {
    throw new FormatError({
      what: 'not an NPY file',
      where,
      expected: "'\\x93NUMPY' at its start",
    });
  }
  const version = bytes[6] ?? 0;
  const start = version === 1 ? 10 : 12;
  if (bytes.length < start) throw truncated(where, bytes.length);
  if (version < 1 || version > 3) {
    throw new FormatError({
      what: 'NPY version',
      where,
      given: `${version}.${bytes[7]}`,
      expected: '1.0 to 3.0',
    });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > maximumHeaderLength) {
    throw damaged(where, `a header of ${length} bytes, more than ${maximumHeaderLength}`);
  }
  const dataOffset = start + length;
  if (bytes.length < dataOffset) throw truncated(where, bytes.length);
  const encoding = version === 3 ? 'utf-8' : 'latin1';
  return { text: new TextDecoder(encoding).decode(bytes.subarray(start, dataOffset)), dataOffset };
}

function headerEntries(text: string, where: string): ReadonlyMap<string, PythonLiteral> {
  let literal: PythonLiteral;
  try {
    literal = parsePythonLiteral(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) throw damaged(where, cause.message, cause);
    throw cause;
  }
  if (!(literal instanceof Map)) throw damaged(where, 'no dictionary');
  return literal;
}

function dtypeOf(
  descr: PythonLiteral | undefined,
  where: string,
  accepted: readonly NpyDtype[],
): NpyDtype {
  if (descr === undefined) throw damaged(where, "no 'descr'");
  const name = typeof descr === 'string' ? descr.replace(/^[<>=]([iu]1)$/, '|$1') : undefined;
  if (name !== undefined && isNpyDtype(name)) return name;
  throw new FormatError({
    what: 'element type',
    where,
    given: typeof descr === 'string' ? `'${descr}'` : 'a structured type',
    expected: accepted.length === 1 ? `'${accepted[0]}'` : `one of ${accepted.join(', ')}`,
    hint: `convert it with array.astype('${accepted[0]}')`,
  });
}

function shapeOf(shape: PythonLiteral | undefined, where: string): readonly number[] {
  if (!Array.isArray(shape)) throw damaged(where, "no 'shape' of whole numbers");
  return shape.map((n: unknown) => {
    if (typeof n !== 'number' || !Number.isSafeInteger(n))
      throw damaged(where, "no 'shape' of whole numbers");
    return n;
  });
}

function damaged(where: string, found: string, cause?: unknown): FormatError {
  return new FormatError({ what: `damaged NPY header: ${found}`, where, cause });
}

function truncated(where: string, length: number): FormatError {
  return new FormatError({
    what: 'NPY file cut short',
    where,
    given: `${length} bytes, not even its header`,
  });
}
