import type { BatchRange } from '../batches/batch-plan.ts';
import type { Stray, TooManyChildren } from '../batches/batch-result.ts';
import type { KeptPlaces } from './batch-places.ts';
import type { BatchSource } from './batch-source.ts';
import type { GpuKernel } from './gpu-kernel.ts';
import { nobody } from './launch-layout.ts';
import type { BatchMemory } from './named-buffers.ts';
import type { BatchPlaces } from './settings-layout.ts';

/** A part of `hits`, in rows. */
export interface HitRegion {
  readonly at: number;
  readonly rows: number;
  /** Whether it is a whole batch's. */
  readonly isFresh: boolean;
}

/** A batch that is through: its hits and what is kept of it are in buffers of its own. */
export interface FollowedBatch {
  readonly range: BatchRange;
  /** The counters of the batch: `batchCounters`. */
  readonly counted: Uint32Array<ArrayBuffer>;
  readonly memory: BatchMemory;
  readonly hits: number;
  readonly children: number;
  /** In its `kept`. */
  readonly places: KeptPlaces;
  readonly seconds: { readonly generate: number; readonly propagate: number };
}

/** Why a batch is not through, and never will be. */
export interface GivenUp {
  readonly counted: Uint32Array<ArrayBuffer>;
  readonly stray?: Stray;
  readonly tooMany?: TooManyChildren;
}

/** A batch on its way through a stream. */
export interface StreamBatch {
  readonly range: BatchRange;
  readonly source: BatchSource;
  readonly kernel: GpuKernel;
  readonly resolve: (end: FollowedBatch | GivenUp) => void;
  readonly reject: (reason: unknown) => void;
  readonly seconds: { generate: number; propagate: number };
  /** Where it has what it was made of in `source`, in words, until its photons are taken. */
  sourceAt: number | undefined;
  /** Hits that were brought there from `hits`. */
  aside: { readonly memory: BatchMemory; readonly hits: number } | undefined;
}

/** One that the device has. */
export interface OpenBatch {
  readonly batch: StreamBatch;
  /** Among the open ones. */
  readonly place: number;
  /** Place of its first photon in the stream. */
  readonly startsAt: number;
  region: HitRegion;
  /** Whether all of its photons have been taken. */
  isTaken: boolean;
}

/** Photons of a batch that nobody has taken, by the place in the stream of the next one. */
export function untaken({ batch, startsAt, isTaken }: OpenBatch, next: number): number {
  if (isTaken) return 0;
  // Both are numbers modulo 2^32, and nearer to each other than 2^31.
  const taken = (next - startsAt) | 0;
  return Math.max(0, batch.range.count - Math.max(0, taken));
}

/**
 * What the kernel is told of it.
 *
 * @param kept of one batch
 * @param tally of a workgroup; undefined where it has none
 */
export function placesOf(
  { batch, startsAt, place, region }: OpenBatch,
  kept: KeptPlaces,
  tally: number | undefined,
): BatchPlaces {
  const { range, source, sourceAt = 0 } = batch;
  const keptAt = place * kept.words;
  return {
    ...{ startsAt, count: range.count },
    firstLow: range.first % 2 ** 32,
    firstHigh: Math.floor(range.first / 2 ** 32),
    ...{ sourceKind: source.sourceKind, sourceAt: 4 * sourceAt },
    ...{ stepCount: source.stepCount, skip: source.skip },
    firstsAt: sourceAt + source.firstsAt,
    photonsAt: keptAt + kept.photonsAt,
    recordsAt: keptAt + kept.recordsAt,
    tracesAt: keptAt + kept.tracesAt,
    childrenAt: keptAt + kept.childrenAt,
    ...{ hitsAt: region.at * rowWords, hitCapacity: region.rows },
    tally: tally ?? nobody,
  };
}

const rowWords = 16;
