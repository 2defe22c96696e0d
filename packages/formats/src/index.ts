export { FormatError } from './errors.ts';
export { decodeNpy, encodeNpy, type NpyArray } from './npy/array.ts';
export { type NpyArrays, type NpyDtype, npyDtypes } from './npy/dtype.ts';
export {
  encodeNpyHeader,
  type LocatedNpyHeader,
  type NpyHeader,
  npyHeaderLimit,
  parseNpyHeader,
} from './npy/header.ts';
export type { NpyExpectation } from './npy/shape.ts';
export { NumberScanner, type NumbersExpected } from './numbers/number-scanner.ts';
