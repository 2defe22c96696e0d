import { type Constant, type ConstantValue, constantsOf } from './constants.ts';

/** A constant that is another in the second payload. */
export interface ChangedConstant {
  readonly path: string;
  readonly before: ConstantValue;
  readonly after: ConstantValue;
  /** after - before; undefined unless both are numbers. */
  readonly difference?: number | undefined;
  /** difference / |before|; undefined unless both are numbers and `before` is not 0. */
  readonly relative?: number | undefined;
}

/** How one payload differs from another. */
export interface PayloadDifference {
  readonly changed: readonly ChangedConstant[];
  /** Only in the second. */
  readonly added: readonly Constant[];
  /** Only in the first. */
  readonly removed: readonly Constant[];
  /** How many constants are the same in both. */
  readonly unchanged: number;
}

/** Changes up to which constants count as the same: |after - before| <= absolute + relative * |before|. */
export interface PayloadTolerance {
  /** Default 0. */
  readonly absolute?: number | undefined;
  /** Default 0. */
  readonly relative?: number | undefined;
}

/**
 * Compares two converted payloads constant by constant, by path. What is not a constant of the detector (time stamps,
 * comments, the order of elements) is no difference, where the payload's converter knows it.
 *
 * @example
 * ```ts
 * const { changed } = comparePayloads(pedestals2003, pedestals2004, { relative: 0.01 });
 * changed[0]; // { path: 'row=0/col=0/layer=1/xtal=2/face=POS/range=LEX8/avg', before: 9.2, after: 9.8, difference: 0.6, … }
 * ```
 */
export function comparePayloads(
  before: unknown,
  after: unknown,
  tolerance: PayloadTolerance = {},
): PayloadDifference {
  const left = new Map(constantsOf(before));
  const changed: ChangedConstant[] = [];
  const added: Constant[] = [];
  let unchanged = 0;
  for (const [path, value] of constantsOf(after)) {
    const old = left.get(path);
    if (old === undefined) {
      added.push([path, value]);
      continue;
    }
    left.delete(path);
    const change = changeOf(path, old, value, tolerance);
    if (change) changed.push(change);
    else unchanged++;
  }
  return { changed, added, removed: [...left], unchanged };
}

/** Whether nothing differs. */
export function isSamePayload({ changed, added, removed }: PayloadDifference): boolean {
  return changed.length === 0 && added.length === 0 && removed.length === 0;
}

function changeOf(
  path: string,
  before: ConstantValue,
  after: ConstantValue,
  { absolute = 0, relative = 0 }: PayloadTolerance,
): ChangedConstant | undefined {
  if (before === after || (Number.isNaN(before) && Number.isNaN(after))) return undefined;
  if (!isNumeric(before) || !isNumeric(after)) return { path, before, after };
  const difference =
    typeof before === 'bigint' && typeof after === 'bigint'
      ? Number(after - before)
      : Number(after) - Number(before);
  const scale = Math.abs(Number(before));
  if (Math.abs(difference) <= absolute + relative * scale) return undefined;
  return {
    path,
    before,
    after,
    difference,
    relative: scale === 0 ? undefined : difference / scale,
  };
}

function isNumeric(value: ConstantValue): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}
