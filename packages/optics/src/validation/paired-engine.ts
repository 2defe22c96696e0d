import type { Scene } from '@lantern/geometry';
import type { BatchSink, Engine, PhotonBatch, PropagationRequest } from '../engine.ts';
import { photonWords } from '../photon-layout.ts';
import type { Tally } from '../tally.ts';
import { propagateTwins, type Twins } from './twin-batches.ts';
import { type TwinComparison, TwinTally } from './twin-comparison.ts';
import { roomOf } from './twin-lives.ts';

/** Steps that are recorded of each photon, whether they are asked for or not. */
const recorded = 48;

/** Bounds the records of a batch: 28 MB. */
const pairedBatch = 8192;

/**
 * An engine that gives what the second of two gives, and compares each photon with that of the first.
 *
 * @param engines the CPU engine first
 * @param kernel the compiled kernel of the CPU engine
 * @param onCompared told what came out, after each propagation
 */
export function pairedEngine(
  engines: Twins<Engine>,
  kernel: WebAssembly.Module,
  onCompared: (comparison: TwinComparison, scene: Scene) => void,
): Engine {
  const propagate = async (
    scene: Scene,
    request: PropagationRequest,
    sink: BatchSink,
  ): Promise<Tally> => {
    const { recordSteps: asked = 0, batchSize = pairedBatch } = request;
    const recordSteps = Math.max(asked, recorded);
    const whole = { ...request, batchSize, recordSteps, keepPhotons: true, reuseArrays: false };
    const compared = new TwinTally(kernel, scene, whole);
    const [, tally] = await propagateTwins(engines, scene, whole, async (pair) => {
      compared.add(pair);
      await sink(asAsked(pair[1], asked));
    });
    onCompared(compared.comparison(), scene);
    return tally;
  };
  return { ...engines[1], propagate };
}

/** A batch with as many records as were asked for. */
function asAsked(batch: PhotonBatch, steps: number): PhotonBatch {
  const children = batch.children && { ...batch.children, ...cut(batch.children, steps) };
  return { ...batch, ...cut(batch, steps), children };
}

type Records = Pick<PhotonBatch, 'records' | 'traces' | 'count'>;

function cut(batch: Records, steps: number): Pick<PhotonBatch, 'records' | 'traces'> {
  const { records, traces, count } = batch;
  if (steps === 0 || !records || !traces) return { records: undefined, traces: undefined };
  const room = roomOf(batch);
  if (room === steps) return { records, traces };
  const rows = new Float32Array(count * steps * photonWords);
  const words = new Int32Array(count * steps * 2);
  // As words: as numbers some of them would not keep their bits.
  const [from, to] = [records, rows].map((all) => new Uint32Array(all.buffer, all.byteOffset));
  for (let i = 0; i < count; i++) {
    const [row, first] = [i * steps, i * room];
    to?.set(
      from?.subarray(first * photonWords, (first + steps) * photonWords) ?? [],
      row * photonWords,
    );
    words.set(traces.subarray(2 * first, 2 * (first + steps)), 2 * row);
  }
  return { records: rows, traces: words };
}
