import { type ChildRows, childRows } from '../batches/child-rows.ts';
import type { EventCuts, HitShape } from '../hits/shape-hits.ts';
import { photonBytes, photonWords } from '../photon-layout.ts';

/** Where the kernel has put them (kernel/wasm/children.ts), and which of it is kept. */
export interface ChildSlots {
  readonly memory: ArrayBuffer;
  /** Address of the first slot. */
  readonly at: number;
  readonly count: number;
  readonly recordSteps: number;
  readonly keepPhotons: boolean;
  readonly hitShape: HitShape | undefined;
  readonly cuts: EventCuts;
}

const traceBytes = 8;

/** Bytes of a slot: the row of the end, the step rows and their traces. */
export function childSlotBytes(recordSteps: number): number {
  return photonBytes + recordSteps * (photonBytes + traceBytes);
}

/** Copies the children out of the kernel's memory. */
export function readChildren(slots: ChildSlots): ChildRows {
  const { memory, at, count, recordSteps } = slots;
  const stride = childSlotBytes(recordSteps);
  if (recordSteps === 0) {
    const ends = new Float32Array(memory, at, count * photonWords).slice();
    return childRows({ ...slots, ends });
  }
  const ends = new Float32Array(count * photonWords);
  const records = new Float32Array(count * recordSteps * photonWords);
  const traces = new Int32Array(count * recordSteps * 2);
  for (let i = 0; i < count; i++) {
    const slot = at + i * stride;
    const steps = slot + photonBytes;
    ends.set(new Float32Array(memory, slot, photonWords), i * photonWords);
    const stepWords = recordSteps * photonWords;
    records.set(new Float32Array(memory, steps, stepWords), i * stepWords);
    const trace = new Int32Array(memory, steps + 4 * stepWords, recordSteps * 2);
    traces.set(trace, i * recordSteps * 2);
  }
  return childRows({ ...slots, ends, records, traces });
}
