import { photonWords } from '../photon-layout.ts';

/** What is kept of the photons of a batch on the GPU. */
export interface KeptWish {
  readonly count: number;
  readonly recordSteps: number;
  readonly keepPhotons: boolean;
  readonly childSlots: number;
}

/** Where it is in the buffer `kept`, in words; parts that are not wanted are empty. */
export interface KeptPlaces {
  readonly photonsAt: number;
  readonly recordsAt: number;
  readonly tracesAt: number;
  readonly childrenAt: number;
  /** Words of all. */
  readonly words: number;
}

const traceWords = 2;
/** Words of a child's slot before its rows: see children.wgsl. */
export const childHeadWords = 2;

/** Lays out the ends, step rows and traces of photons and the slots of children, one part after the other. */
export function keptPlaces({ count, recordSteps, keepPhotons, childSlots }: KeptWish): KeptPlaces {
  const recordsAt = keepPhotons ? count * photonWords : 0;
  const tracesAt = recordsAt + count * recordSteps * photonWords;
  const childrenAt = tracesAt + count * recordSteps * traceWords;
  const words = childrenAt + childSlots * childSlotWords(recordSteps);
  return { photonsAt: 0, recordsAt, tracesAt, childrenAt, words };
}

/** Words of a child's slot: which photon it comes from and its number there, its end, its step rows and their traces. */
export function childSlotWords(recordSteps: number): number {
  return childHeadWords + photonWords + recordSteps * (photonWords + traceWords);
}
