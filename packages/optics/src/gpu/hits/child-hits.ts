import { photonBytes } from '../../photon-layout.ts';
import { HitPass } from './hit-pass.ts';
import type { HitWork } from './hit-work.ts';
import { type HitRows, reserveForPlaces } from './order-hits.ts';
import { blockSumBytes, sumBefore } from './prefix-sum.ts';
import { digitsOf, reserveForSort, sortKeys } from './sort-keys.ts';

/** The children of a batch where the kernel has left them, in any order (kernel/wgsl/children.wgsl). */
export interface ChildSlots {
  readonly buffer: GPUBuffer;
  readonly count: number;
  /** Words before the first slot, and of a slot: photon of the batch, number among its descendants, row, what else. */
  readonly at: number;
  readonly slotWords: number;
  /** Number of the first photon of the batch, and how many there are. */
  readonly first: number;
  readonly photons: number;
}

/** Children in the order of the photons that they descend from, and of their making. */
export interface OrderedChildren {
  /** Numbers of those photons. */
  readonly parents: BigUint64Array<ArrayBuffer>;
  /** Those detected, in order; their indices are the places among the children. */
  readonly hits: HitRows;
}

const threads = 64;
/** More descendants of a photon are an error: ENG23. */
const descendantBits = 20;

/**
 * Sorts children, and takes the hits among them together, with their `places` and `photons`; only the numbers of the photons
 * are read (kernel hits/children.wgsl).
 */
export async function childHits(work: HitWork, slots: ChildSlots): Promise<OrderedChildren> {
  const { gpu, kernels, memory, reader } = work;
  const { count, first, photons } = slots;
  await reserveForSort(memory, count);
  await memory.reserve('parents', 4 * count);
  await memory.reserve('hits before', 4 * (count + 1));
  await memory.reserve('sums', blockSumBytes(count + 1));
  const photonBits = Math.ceil(Math.log2(photons));
  const digits = digitsOf([descendantBits, photonBits]);
  const words = [count, slots.at, slots.slotWords, digits.length];
  const order = { 0: memory.parameters(words), 1: slots.buffer, 3: memory.get('sorted') };
  const [seen, hitsBefore] = [memory.get('seen'), memory.get('hits before')];
  const pass = new HitPass(gpu, kernels);
  pass.clear(seen, seen.size);
  pass.run('makeChildKeys', { ...order, 2: memory.get('keys'), 4: seen }, count, threads);
  sortKeys(pass, memory, gpu.device.queue, count, digits);
  const sides = { 5: memory.get('sides') };
  const marked = { 6: memory.get('parents'), 7: hitsBefore };
  pass.run('markHits', { ...order, ...sides, ...marked }, count, threads);
  sumBefore(pass, memory, hitsBefore, count + 1);
  pass.submit();
  const [[hits = 0], parents] = await Promise.all([
    reader.buffer('hits before', 4, 4 * count),
    reader.buffer('parents', 4 * count),
  ]);
  const rows = await memory.reserve('hits of children', photonBytes * Math.max(1, hits));
  await reserveForPlaces(memory, Math.max(1, hits));
  if (hits > 0) {
    const taking = new HitPass(gpu, kernels);
    const taken = { 8: rows, 9: memory.get('places'), 10: memory.get('photons') };
    taking.run('takeHits', { ...order, ...sides, 7: hitsBefore, ...taken }, count, threads);
    taking.submit();
  }
  return {
    parents: BigUint64Array.from(parents, (photon) => BigInt(first + photon)),
    hits: { buffer: rows, count: hits, first, photons },
  };
}
