/** One batch of a propagation. */
export interface BatchRange {
  /** 0, 1, 2 …: the order in which batches are delivered. */
  readonly index: number;
  /** Number of its first photon. */
  readonly first: number;
  readonly count: number;
}

/** How photons are cut into batches. */
export interface BatchPlan {
  readonly first: number;
  readonly count: number;
  readonly batchSize: number;
}

/** Large enough that messages cost nothing beside propagation, small enough for progress several times a second. */
const largestBatch = 16_384;
const smallestBatch = 256;
/** With fewer batches for each worker, the last one to finish would keep the others waiting. */
const batchesPerWorker = 32;
/** Bytes of step records that one batch may hold. */
const recordBytes = 8 * 2 ** 20;
/** A row and its trace. */
const bytesPerRecordedStep = 72;
/** Bytes that the children of one batch should need. */
const childrenBytes = 64 * 2 ** 20;
/** Light is shifted several times, but by few materials into many photons. */
const shiftsPerPhoton = 4;

/**
 * Photons of a batch when the user does not say.
 *
 * @param childBytes of the children that one wavelength shift makes on average
 */
export function defaultBatchSize(
  count: number,
  threads: number,
  recordSteps: number,
  childBytes = 0,
): number {
  const even = Math.ceil(count / (threads * batchesPerWorker));
  const balanced = Math.min(largestBatch, Math.max(smallestBatch, even));
  const fitting = [
    Math.floor(recordBytes / (recordSteps * bytesPerRecordedStep)),
    Math.floor(childrenBytes / (shiftsPerPhoton * childBytes)),
  ];
  return Math.max(1, Math.min(balanced, ...fitting));
}

/** Number of batches of a plan. */
export function batchCount({ count, batchSize }: BatchPlan): number {
  return Math.ceil(count / batchSize);
}

/** Batch `index` of a plan; the last may be shorter. */
export function batchRange({ first, count, batchSize }: BatchPlan, index: number): BatchRange {
  const offset = index * batchSize;
  return { index, first: first + offset, count: Math.min(batchSize, count - offset) };
}
