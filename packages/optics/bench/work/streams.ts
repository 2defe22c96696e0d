import { slotWords } from '../../src/gpu/launch-layout.ts';
import { streamSize } from '../../src/gpu/stream-size.ts';
import { photonBytes } from '../../src/photon-layout.ts';
import { type StreamUse, streamUse } from './stream-model.ts';

/** A large GPU's threads, buffers and batches, as gpu-engine.ts has them. */
const gpu = { threads: 65_536, bufferBytes: 2 ** 31, batchSize: 2 ** 20, lookAhead: 130 } as const;
/** All is smaller by this in the model; of a smaller batch the longest life is somewhat shorter. */
const scale = 8;
const photons = 160e6;
/** More than a launch of 50 ms has where photons are many. */
const turns = 4096;

/** What threads do, and what memory holds. */
export interface Streams {
  readonly photons: number;
  readonly stream: StreamUse;
  /** Each batch begins when the one before is through. */
  readonly oneByOne: StreamUse;
  /** Bytes of hits and of threads for each photon that has room for a hit; bytes of hits aside at most. */
  readonly bytesOfPhoton: number;
  readonly asideBytes: number;
}

/** Sends photons of counted steps through both. */
export function streamsOf({
  stepsOf,
  hits,
}: {
  readonly stepsOf: Uint32Array;
  readonly hits: number;
}): Streams {
  const { threads, bufferBytes, batchSize, lookAhead } = gpu;
  const batches = Math.ceil(photons / batchSize);
  const size = streamSize({ batchSize, batches, threads, bufferBytes, keptBytes: 0 });
  const one = {
    ...{ stepsOf, hits: hits / stepsOf.length, turns },
    ...{ photons: photons / scale, batchSize: batchSize / scale, threads: threads / scale },
  };
  const scaled = { ...size, lateRows: size.lateRows / scale, asideBytes: size.asideBytes / scale };
  const stream = streamUse({ ...one, size: scaled, lookAhead });
  const alone = { ...scaled, open: 1, fresh: 1 };
  const oneByOne = streamUse({ ...one, size: alone, lookAhead: 1 });
  const fresh = size.fresh * batchSize;
  const bytes = (fresh + size.lateRows) * photonBytes + 2 * 4 * slotWords * threads;
  return {
    ...{ photons, stream, oneByOne, bytesOfPhoton: bytes / fresh },
    asideBytes: stream.rowsAside * photonBytes * scale,
  };
}
