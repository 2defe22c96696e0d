import { photonWords } from '../photon-layout.ts';
import { childHeadWords, childSlotWords } from './batch-places.ts';

/** Children as the kernel leaves them: slots in the order in which threads took them (children.wgsl). */
export interface TakenSlots {
  readonly slots: Uint32Array<ArrayBuffer>;
  readonly count: number;
  readonly recordSteps: number;
}

/** Children in the order of their photons and of their making. */
export interface OrderedChildren {
  readonly ends: Float32Array<ArrayBuffer>;
  readonly records?: Float32Array<ArrayBuffer>;
  readonly traces?: Int32Array<ArrayBuffer>;
}

/** Brings the slots into order: which photon of the batch, then which of its descendants; both are in the slot's head. */
export function orderedChildren({ slots, count, recordSteps }: TakenSlots): OrderedChildren {
  const stride = childSlotWords(recordSteps);
  const order = Array.from({ length: count }, (_, i) => i * stride).sort(
    (a, b) => (slots[a] ?? 0) - (slots[b] ?? 0) || (slots[a + 1] ?? 0) - (slots[b + 1] ?? 0),
  );
  const part = (from: number, words: number): Uint32Array<ArrayBuffer> => {
    const all = new Uint32Array(count * words);
    order.forEach((slot, i) => {
      all.set(slots.subarray(slot + from, slot + from + words), i * words);
    });
    return all;
  };
  const ends = new Float32Array(part(childHeadWords, photonWords).buffer);
  if (recordSteps === 0) return { ends };
  const recordsAt = childHeadWords + photonWords;
  const records = part(recordsAt, recordSteps * photonWords);
  const traces = part(recordsAt + recordSteps * photonWords, recordSteps * 2);
  return {
    ends,
    records: new Float32Array(records.buffer),
    traces: new Int32Array(traces.buffer),
  };
}
