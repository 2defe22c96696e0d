import type { GpuMemory } from './gpu-memory.ts';
import type { HitPass } from './hit-pass.ts';

const blockSize = 1024;

/** Bytes for the sums of the blocks of so many numbers. */
export function blockSumBytes(numbers: number): number {
  return 4 * (Math.ceil(numbers / blockSize) + 1);
}

/**
 * Replaces numbers by the sums of those before them (kernel/wgsl/hits/prefix-sum.wgsl).
 *
 * @param memory with the buffer `sums`, of `blockSumBytes`
 */
export function sumBefore(
  pass: HitPass,
  memory: GpuMemory,
  numbers: GPUBuffer,
  count: number,
): void {
  const bindings = { 0: memory.parameters([count]), 1: numbers, 2: memory.get('sums') };
  pass.run('sumBlocks', bindings, count, blockSize);
  pass.run('sumSums', { 0: bindings[0], 2: bindings[2] }, 1);
  pass.run('addSums', bindings, count);
}
