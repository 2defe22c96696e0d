import type { GpuMemory } from './gpu-memory.ts';
import type { HitPass } from './hit-pass.ts';
import { blockSumBytes, sumBefore } from './prefix-sum.ts';

/** Hits of a batch on the GPU. */
export interface HitRows {
  /** Rows of 64 bytes, in any order; a storage buffer that can be copied from. */
  readonly buffer: GPUBuffer;
  readonly count: number;
  /** Number of the first photon of the batch, and how many there are, of which each has one hit at most. */
  readonly first: number;
  readonly photons: number;
}

/** Bytes of the buffers that putting hits in order takes. */
export async function reserveForOrder(memory: GpuMemory, hits: HitRows): Promise<void> {
  const words = Math.ceil(hits.photons / 32);
  await memory.reserve('bits', 4 * words);
  await memory.reserve('before', 4 * words);
  await memory.reserve('sums', blockSumBytes(words));
  await reserveForPlaces(memory, hits.count);
}

/** Makes room for `places`, the hits in their order, and `photons`, the number in the batch of each hit's photon. */
export async function reserveForPlaces(memory: GpuMemory, hits: number): Promise<void> {
  await memory.reserve('places', 4 * hits);
  await memory.reserve('photons', 4 * hits);
}

/**
 * Finds which hit is the first in the order of photons, which the second, and so on: in the buffer `places`, and
 * their photons in `photons` (kernel order.wgsl). What is wrong with numbers is counted in the first word of `status`.
 */
export function orderHits(pass: HitPass, memory: GpuMemory, hits: HitRows): void {
  const words = Math.ceil(hits.photons / 32);
  const bits = memory.get('bits');
  const before = memory.get('before');
  const status = memory.get('status');
  const batch = memory.parameters([hits.count, hits.first % 2 ** 32, hits.photons]);
  pass.clear(bits, 4 * words);
  pass.run('mark', { 0: batch, 1: hits.buffer, 2: bits, 5: status }, hits.count);
  pass.run('countBits', { 0: batch, 2: bits, 3: before }, words);
  sumBefore(pass, memory, before, words);
  const placed = { 3: before, 4: memory.get('places'), 6: memory.get('photons') };
  pass.run('place', { 0: batch, 1: hits.buffer, 2: bits, ...placed }, hits.count);
}
