import { photonBytes } from '../photon-layout.ts';
import { mostFresh, mostOpen } from './launch-layout.ts';

/** What the size of a stream goes by. */
export interface StreamBounds {
  /** Photons of a batch, and batches of the propagation. */
  readonly batchSize: number;
  readonly batches: number;
  /** Of a launch. */
  readonly threads: number;
  /** Bytes of what is kept of a batch beside its hits. */
  readonly keptBytes: number;
  /** Bytes of a buffer at most. */
  readonly bufferBytes: number;
}

/** How much of a stream is on the device at a time. */
export interface StreamSize {
  /** Batches that are open: loaded, and not at their end. */
  readonly open: number;
  /** Those with room for a hit of every photon: until all of their photons are taken, and not much longer. */
  readonly fresh: number;
  /** Rows for the hits of the photons that are on their way of the other ones. */
  readonly lateRows: number;
  /** Bytes of hits of open batches that are kept aside, at most. */
  readonly asideBytes: number;
}

/** Some 20 ms of 200 million photons per second: the host has its turn once in that time. */
const freshPhotons = 2 ** 22;
/** Of what is kept beside hits, unless two batches have more. */
const keptBytesOfAll = 2 ** 28;
/** At least two, so that a batch can wait behind the one that is begun. */
const fewest = 2;

/** How many batches a stream has open, by what the buffers of the device hold. */
export function streamSize(bounds: StreamBounds): StreamSize {
  const { batchSize, batches, threads, keptBytes, bufferBytes } = bounds;
  const rows = Math.floor(bufferBytes / photonBytes);
  const kept = Math.min(bufferBytes, Math.max(keptBytesOfAll, fewest * keptBytes));
  const keeping = Math.floor(kept / keptBytes);
  const open = Math.max(1, Math.min(mostOpen, batches, keeping));
  // A photon on its way has one hit at most, and is a thread's; parts of this are in use a little longer.
  const late = Math.min(2 * threads, Math.floor(rows / 4));
  const wanted = Math.max(fewest, Math.floor(freshPhotons / batchSize));
  const fitting = Math.max(1, Math.floor((rows - late) / batchSize));
  const fresh = Math.min(mostFresh, open, wanted, fitting);
  const isTight = fresh * batchSize + late > rows || batches <= fresh;
  return { open, fresh, lateRows: isTight ? 0 : late, asideBytes: bufferBytes / 2 };
}
