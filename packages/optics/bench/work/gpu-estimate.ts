import { type CaseWork, slots } from './case-work.ts';

/** A GPU by its data sheet. */
export interface GpuSheet {
  readonly name: string;
  /** Operations of 32-bit floats per second, a fused multiply-add as one. */
  readonly laneOperations: number;
  /** Bytes per second of its memory. */
  readonly memory: number;
  /** Cycles per second, and cycles that an operation waits for the one before it. */
  readonly clock: number;
  readonly wait: number;
}

/**
 * NVIDIA's data sheet of the H200 SXM: 67 TFLOP/s of 32 bits, a multiply-add counted as two, and 4.8 TB/s. Its 132
 * multiprocessors of 128 lanes do that at 1.98 GHz; that a dependent operation starts after 4 cycles is what has been
 * measured on this family since 2017 (Jia et al., arXiv:1804.06826).
 */
export const h200: GpuSheet = {
  ...{ name: 'NVIDIA H200', laneOperations: 67e12 / 2, memory: 4.8e12 },
  ...{ clock: 1.98e9, wait: 4 },
};

/**
 * Of the operations that a multiprocessor could issue, those that such kernels do: the others wait for memory, for each
 * other, for a full pipe. Not measured; between 0.3 and 0.6 is usual where threads diverge.
 */
export const issueShare = 0.4;

/** An estimate of photons per second: not a measurement. */
export interface GpuEstimate {
  readonly gpu: string;
  /** Lanes take photons in every so-manyth turn; the best of those that were tried. */
  readonly refill: number | 'all';
  /** Were nothing but operations to wait for, each issued as soon as it could be; and with `issueShare` of that. */
  readonly byOperations: number;
  readonly expected: number;
  /** Were every read of the scene one of the GPU's memory; nearly all are of its caches, which hold the scene. */
  readonly byMemory: number;
  readonly bound: 'operations' | 'memory';
  /**
   * Of the longest life of all that were counted: how long it takes alone, each operation after the other, and how many
   * photons are followed meanwhile, as `expected`. A batch that waits for its last photon should be many times as large.
   */
  readonly longest: {
    readonly steps: number;
    readonly seconds: number;
    readonly photonsMeanwhile: number;
  };
  /** With one photon for each lane and warps that wait for their last, for comparison. */
  readonly withoutRefill: number;
}

export function estimate(work: CaseWork, gpu: GpuSheet): GpuEstimate {
  const { warps, steps, scene } = work;
  const rate = (operationsPerStep: number): number =>
    gpu.laneOperations / (operationsPerStep * steps.mean);
  const refilled = warps.filter(({ refill }) => refill !== 'all');
  const best = refilled.reduce((a, b) => (b.operationsPerStep < a.operationsPerStep ? b : a));
  const alone = warps.find(({ refill }) => refill === 'all');
  const byOperations = rate(best.operationsPerStep);
  const byMemory = gpu.memory / (scene.readPerStep * steps.mean);
  const expected = Math.min(issueShare * byOperations, byMemory);
  const { float, integer, special } = work.operations;
  const seconds = (steps.most * gpu.wait * (float + integer + 4 * special)) / gpu.clock;
  return {
    gpu: gpu.name,
    longest: { steps: steps.most, seconds, photonsMeanwhile: seconds * expected },
    refill: best.refill,
    byOperations,
    expected,
    byMemory,
    bound: expected < byMemory ? 'operations' : 'memory',
    withoutRefill: issueShare * rate(alone?.operationsPerStep ?? Number.NaN),
  };
}

/** Operations that a photon needs, as if it were alone. */
export function operationsOfPhoton({ operations, steps }: CaseWork): number {
  return slots(operations) * steps.mean;
}
