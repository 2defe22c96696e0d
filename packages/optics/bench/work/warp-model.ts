import type { Cut } from './count-work.ts';

/** A photon's life as what each part of it made the kernel do: counts by block. */
export interface CountedLife {
  readonly make: Uint16Array;
  readonly steps: readonly Uint16Array[];
  readonly end: Uint16Array;
}

/** Threads that go through the kernel together. */
export const warpSize = 32;

/** How well the lanes of a warp are used. */
export interface LaneUse {
  /** Of the turns of all lanes, those in which a lane had a step to make. */
  readonly lanes: number;
  /** Of the operations that the warp's lanes had time for, those that a photon needed. */
  readonly operations: number;
  /** Operations that the warp went through for each step of a photon, of all its lanes together. */
  readonly operationsPerStep: number;
}

/** The lives in a log of cuts that are there whole. */
export function livesOf(cuts: readonly Cut[]): CountedLife[] {
  const lives: CountedLife[] = [];
  let make: Uint16Array | undefined;
  let steps: Uint16Array[] = [];
  for (const { kind, counts } of cuts) {
    if (kind === 'make') [make, steps] = [counts, []];
    else if (kind === 'step') steps.push(counts);
    else if (make) {
      if (steps.length > 0) lives.push({ make, steps, end: counts });
      make = undefined;
    }
  }
  return lives;
}

/**
 * Sends lives through one warp as propagate.wgsl does: in a turn each lane that has a photon makes one step, and one
 * without takes the next photon, in turns that are for that. The warp goes through each block as often as the lane that
 * does most often. The last photons, when there are none to take any more, do not count.
 *
 * @param operations of each block
 * @param making operations of making a photon beside what its life says: from its generation step
 * @param refill a lane takes a photon in every so-manyth turn; 'all': when no lane has one
 */
export function warpUse(
  lives: readonly CountedLife[],
  operations: Float64Array,
  making: number,
  refill: number | 'all',
): LaneUse {
  const active = Array.from(operations.keys()).filter((block) => (operations[block] ?? 0) > 0);
  const most = new Uint32Array(operations.length);
  const lanes: { life: CountedLife; next: number }[] = [];
  let [taken, turn, steps, needed, spent] = [0, 0, 0, 0, 0];
  let current = new Uint32Array(operations.length);
  const run = (counts: Uint16Array): void => {
    for (const block of active) current[block] = (current[block] ?? 0) + (counts[block] ?? 0);
  };
  for (; taken < lives.length; turn++) {
    const mayTake = refill === 'all' ? lanes.every((lane) => isOver(lane)) : turn % refill === 0;
    let hasMade = false;
    most.fill(0);
    for (let i = 0; i < warpSize; i++) {
      current = current.fill(0);
      let lane = lanes[i];
      if (!lane || isOver(lane)) {
        const life = mayTake ? lives[taken] : undefined;
        if (!life) continue;
        taken++;
        lane = { life, next: 0 };
        lanes[i] = lane;
        run(life.make);
        needed += making;
        hasMade = true;
      }
      run(lane.life.steps[lane.next++] ?? lane.life.end);
      steps++;
      if (isOver(lane)) run(lane.life.end);
      for (const block of active) {
        const count = current[block] ?? 0;
        needed += count * (operations[block] ?? 0);
        if (count > (most[block] ?? 0)) most[block] = count;
      }
    }
    if (hasMade) spent += making;
    for (const block of active) spent += (most[block] ?? 0) * (operations[block] ?? 0);
  }
  return {
    lanes: steps / (turn * warpSize),
    operations: needed / (spent * warpSize),
    operationsPerStep: (spent * warpSize) / steps,
  };
}

function isOver({ life, next }: { readonly life: CountedLife; readonly next: number }): boolean {
  return next >= life.steps.length;
}

/**
 * The same without operations: every step takes as long as any other.
 *
 * @param stepsOf steps of each photon
 * @param refill as for `warpUse`
 * @returns the share of the turns of all lanes in which a lane had a step to make
 */
export function lanesUsed(stepsOf: Uint32Array, refill: number | 'all'): number {
  const left = new Uint32Array(warpSize);
  let [taken, turn, steps] = [0, 0, 0];
  for (; taken < stepsOf.length; turn++) {
    const mayTake = refill === 'all' ? left.every((n) => n === 0) : turn % refill === 0;
    for (let i = 0; i < warpSize; i++) {
      if (left[i] === 0 && mayTake) left[i] = stepsOf[taken++] ?? 0;
      if ((left[i] ?? 0) === 0) continue;
      left[i] = (left[i] ?? 0) - 1;
      steps++;
    }
  }
  return steps / (turn * warpSize);
}
