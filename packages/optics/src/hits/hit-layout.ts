import { photonOffsets, photonWords } from '../photon-layout.ts';

/** Where the words of a hit are, whole or lite: what merging needs to know of a row. */
export interface HitLayout {
  /** 32-bit words of a row. */
  readonly words: number;
  /** Word of the time, a float32 in ns. */
  readonly time: number;
  /** Word of the hit count, in the bits from `countShift` up; those below are another's. */
  readonly count: number;
  readonly countShift: number;
  /** Word of the identity (sensor number + 1), in the bits of `identityMask`. */
  readonly identity: number;
  readonly identityMask: number;
  /** Word of the flags of its life. */
  readonly flagMask: number;
  /** Words by which hits of the same time have an order, whatever the order in which they come. */
  readonly order: readonly number[];
}

/** The hit of hits.npy: a photon row of 64 bytes. */
export const wholeHit: HitLayout = {
  words: photonWords,
  time: photonOffsets.time / 4,
  count: photonOffsets.count / 4,
  countShift: 16,
  identity: photonOffsets.identity / 4,
  identityMask: 0xff_ffff,
  flagMask: photonOffsets.flagMask / 4,
  // Position, direction, polarisation, wavelength, last flag: not its number, which a child gets late.
  order: [0, 1, 2, 4, 5, 6, 8, 9, 10, 11, 12],
};

/** The largest count that a row can hold. */
export function largestCount({ countShift }: HitLayout): number {
  return 2 ** (32 - countShift) - 1;
}
