import type { BatchResult, BatchSettings } from '../batches/batch-result.ts';
import { childRows } from '../batches/child-rows.ts';
import type { EventCuts } from '../hits/shape-hits.ts';
import { photonWords, tallyFields } from '../photon-layout.ts';
import { readTally, type Tally } from '../tally.ts';
import { childSlotWords } from './batch-places.ts';
import { orderedChildren } from './gpu-children.ts';
import type { ChildSlots } from './hits/child-hits.ts';
import type { HitShaper } from './hits/hit-shaper.ts';
import { batchCounters, nobody } from './launch-layout.ts';
import type { FollowedBatch, GivenUp } from './open-batch.ts';
import type { OpenedGpu } from './open-gpu.ts';
import { readBuffer } from './read-buffer.ts';
import type { WorkDone } from './work-done.ts';

/** What brings batches to the host. */
export interface DeliveryTools {
  readonly gpu: OpenedGpu;
  readonly settings: BatchSettings;
  readonly work: WorkDone;
  /** A spare array of so many bytes, with anything in it. */
  readonly take: (bytes: number) => ArrayBuffer;
}

/** Brings a batch that is through to the host. */
export class BatchDelivery {
  readonly #tools: DeliveryTools;
  readonly #hits: HitShaper;
  readonly #batch: FollowedBatch;
  readonly #cuts: EventCuts;

  constructor(tools: DeliveryTools, hits: HitShaper, batch: FollowedBatch, cuts: EventCuts) {
    this.#tools = tools;
    this.#hits = hits;
    this.#batch = batch;
    this.#cuts = cuts;
  }

  /** @throws OpticsError when the GPU's memory does not suffice, or it is lost */
  async result(): Promise<BatchResult> {
    const begin = performance.now();
    const { range, memory, hits, places, counted, seconds } = this.#batch;
    const { keepPhotons, recordSteps } = this.#tools.settings;
    const { first, count } = range;
    const of = { first, photons: count };
    const rows = { buffer: memory.get('hits'), count: hits, ...of };
    const shaped = await this.#hits.shaped(rows, this.#cuts);
    const ends = keepPhotons ? await this.#kept(places.photonsAt, count * photonWords) : undefined;
    const steps = count * recordSteps;
    const records = steps > 0 ? await this.#kept(places.recordsAt, steps * photonWords) : undefined;
    const traces = steps > 0 ? await this.#kept(places.tracesAt, steps * 2) : undefined;
    const children = await this.#children();
    return {
      ...shaped,
      photons: ends && new Float32Array(ends.buffer),
      records: records && new Float32Array(records.buffer),
      traces: traces && new Int32Array(traces.buffer),
      children,
      tally: tallyOf(counted, first),
      seconds: { ...seconds, deliver: (performance.now() - begin) / 1000 },
    };
  }

  /** Their hits alone, unless all their rows are asked for. */
  async #children(): Promise<BatchResult['children']> {
    const { range, memory, children: count, places } = this.#batch;
    if (count === 0) return undefined;
    const { recordSteps, keepPhotons, hitShape } = this.#tools.settings;
    const slotWords = childSlotWords(recordSteps);
    const isKept = keepPhotons || recordSteps > 0;
    const children: ChildSlots = {
      ...{ buffer: memory.get('kept'), count, at: places.childrenAt, slotWords },
      ...{ first: range.first, photons: range.count },
    };
    const rows = isKept ? undefined : await this.#hits.children(children, this.#cuts);
    if (rows) return rows;
    const slots = new Uint32Array(count * slotWords);
    await this.#read(places.childrenAt, slots);
    const ordered = orderedChildren({ slots, count, recordSteps });
    return childRows({ ...ordered, recordSteps, keepPhotons, hitShape, cuts: this.#cuts });
  }

  async #kept(at: number, words: number): Promise<Uint32Array<ArrayBuffer>> {
    const rows = new Uint32Array(this.#tools.take(4 * words));
    await this.#read(at, rows);
    return rows;
  }

  #read(at: number, into: Uint32Array<ArrayBuffer>): Promise<void> {
    const { gpu, work } = this.#tools;
    const { memory } = this.#batch;
    work.fetchedBytes += into.byteLength;
    return readBuffer(gpu, memory, memory.get('kept'), 4 * at, into);
  }
}

/** What a batch that is given up has to say. */
export function givenUp({ counted, stray, tooMany }: GivenUp, first: number): BatchResult {
  const seconds = { generate: 0, propagate: 0, deliver: 0 };
  return { tally: tallyOf(counted, first), seconds, hits: new Float32Array(0), stray, tooMany };
}

/** @param counted counters of a batch */
function tallyOf(counted: Uint32Array<ArrayBuffer>, first: number): Tally {
  const words = counted.slice(batchCounters.tally, batchCounters.tally + 2 * tallyFields.length);
  const tally = readTally(new BigUint64Array(words.buffer));
  const outside = counted[batchCounters.outside] ?? nobody;
  return { ...tally, firstOutside: outside === nobody ? 0n : BigInt(first + outside + 1) };
}
