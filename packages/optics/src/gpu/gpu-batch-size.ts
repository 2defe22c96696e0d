import { photonBytes } from '../photon-layout.ts';

/** What a batch may be as large as. */
export interface BatchBounds {
  /** Photons of the propagation. */
  readonly count: number;
  readonly recordSteps: number;
  readonly keepPhotons: boolean;
  /** Bytes of the children that one shift makes on average. */
  readonly childBytes: number;
  /** Bytes of a buffer at most. */
  readonly bufferBytes: number;
  readonly isSoftware: boolean;
}

/** Hundreds of thousands of threads have several photons each, and progress is seen several times a second. */
const largest = 2 ** 20;
/** A program in place of a GPU is a thousand times slower. */
const largestOfSoftware = 2 ** 13;
/** Of small propagations: enough batches for one to be made ready while another is followed. */
const fewBatches = 4;
const smallest = 2 ** 14;
/** Batches that share a buffer, at least. */
const together = 2;
/** Buffers grow when there are more children than thought. */
const shiftsPerPhoton = 4;
const recordBytes = 256 * 2 ** 20;
const bytesPerRecordedStep = photonBytes + 8;

/** Photons of a batch when the user does not say: by what the buffers of the device hold. */
export function gpuBatchSize(bounds: BatchBounds): number {
  const { count, recordSteps, keepPhotons, childBytes, bufferBytes, isSoftware } = bounds;
  const most = isSoftware ? largestOfSoftware : largest;
  const even = Math.min(most, Math.max(smallest, Math.ceil(count / fewBatches)));
  const kept =
    (keepPhotons ? photonBytes : 0) +
    recordSteps * bytesPerRecordedStep +
    shiftsPerPhoton * childBytes;
  const fitting = [
    bufferBytes / (together * photonBytes),
    bufferBytes / (together * kept),
    recordBytes / (recordSteps * bytesPerRecordedStep),
  ];
  return Math.max(1, Math.floor(Math.min(even, ...fitting)));
}
