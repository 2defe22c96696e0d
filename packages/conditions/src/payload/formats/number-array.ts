import { decodeNpy, FormatError, type NpyArrays, type NpyDtype } from '@lantern/formats';
import { ConditionsError } from '../../errors.ts';
import type { Constant, HasConstants } from '../constants.ts';

/** Numbers with a shape, as NPY files have them: C order, the last axis varies fastest. */
export class NumberArray implements HasConstants {
  readonly dtype: NpyDtype;
  readonly shape: readonly number[];
  readonly data: NpyArrays[NpyDtype];

  constructor(dtype: NpyDtype, shape: readonly number[], data: NpyArrays[NpyDtype]) {
    this.dtype = dtype;
    this.shape = shape;
    this.data = data;
  }

  /** Paths are `[layer,column]`, as NumPy writes them. */
  *constants(): Generator<Constant> {
    for (let i = 0; i < this.data.length; i++)
      yield [`[${this.#indices(i)}]`, this.data[i] ?? null];
  }

  #indices(element: number): string {
    const indices: number[] = [];
    for (const length of this.shape.toReversed()) {
      indices.unshift(element % length);
      element = Math.floor(element / length);
    }
    return indices.join();
  }
}

/** @throws ConditionsError `invalid` where it is not a sound NPY file */
export function readNpyPayload(bytes: Uint8Array, where: string): NumberArray {
  try {
    const { dtype, shape, data } = decodeNpy(bytes, where);
    return new NumberArray(dtype, shape, data);
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new ConditionsError('invalid', { ...cause.parts, cause });
  }
}
