/** The typed array of each element type, by NumPy's name: little-endian, as every machine that Lantern runs on. */
export interface NpyArrays {
  readonly '<f4': Float32Array;
  readonly '<f8': Float64Array;
  readonly '<i8': BigInt64Array;
  readonly '<u8': BigUint64Array;
  readonly '<i4': Int32Array;
  readonly '<u4': Uint32Array;
  readonly '<i2': Int16Array;
  readonly '<u2': Uint16Array;
  readonly '|i1': Int8Array;
  readonly '|u1': Uint8Array;
}

/** The name of an element type: `<f4` is a 32-bit float, `|u1` a byte. */
export type NpyDtype = keyof NpyArrays;

interface ArrayMaker<A> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): A;
}

const makers: { readonly [D in NpyDtype]: ArrayMaker<NpyArrays[D]> } = {
  '<f4': Float32Array,
  '<f8': Float64Array,
  '<i8': BigInt64Array,
  '<u8': BigUint64Array,
  '<i4': Int32Array,
  '<u4': Uint32Array,
  '<i2': Int16Array,
  '<u2': Uint16Array,
  '|i1': Int8Array,
  '|u1': Uint8Array,
};

/** The element types that are read and written. */
export const npyDtypes: readonly NpyDtype[] = Object.keys(makers) as NpyDtype[];

/** Whether the text names an element type that is read and written. */
export function isNpyDtype(text: string): text is NpyDtype {
  return Object.hasOwn(makers, text);
}

/** The size of one element, in bytes. */
export function bytesPerElement(dtype: NpyDtype): number {
  return makers[dtype].BYTES_PER_ELEMENT;
}

/**
 * The bytes as elements: the same memory where its alignment allows, else a copy.
 *
 * @param bytes a whole number of elements
 */
export function elementsOf<D extends NpyDtype>(dtype: D, bytes: Uint8Array): NpyArrays[D] {
  const size = bytesPerElement(dtype);
  const { buffer, byteOffset, byteLength } = bytes.byteOffset % size === 0 ? bytes : bytes.slice();
  return new makers[dtype](buffer, byteOffset, byteLength / size);
}

/** Whether the array holds elements of this type. */
export function holds<D extends NpyDtype>(dtype: D, data: ArrayBufferView): data is NpyArrays[D] {
  return data instanceof makers[dtype];
}
