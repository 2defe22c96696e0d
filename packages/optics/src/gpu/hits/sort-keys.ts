import type { GpuMemory } from './gpu-memory.ts';
import type { HitPass } from './hit-pass.ts';

const tileSize = 1024;
const digitsOfTile = 16;
const bitsOfDigit = 4;
/** Bytes from one digit to the next: uniform buffers begin at multiples of it. */
const stride = 256;
/** Two calls of three numbers. */
const workgroupBytes = 24;

/** A digit of a key: bits of one of its words. */
interface Digit {
  readonly word: number;
  readonly shift: number;
}

/** Digits of keys of which each word has so many bits that can differ, the least first. */
export function digitsOf(bits: readonly number[]): readonly Digit[] {
  return bits.flatMap((count, word) =>
    Array.from({ length: Math.ceil(count / bitsOfDigit) }, (_, i) => ({
      word,
      shift: i * bitsOfDigit,
    })),
  );
}

/** Hits that one dispatch can sort. */
export function mostSorted({ limits }: GPUDevice): number {
  return tileSize * limits.maxComputeWorkgroupsPerDimension;
}

/** Makes room for sorting so many keys. */
export async function reserveForSort(memory: GpuMemory, count: number): Promise<void> {
  const tiles = Math.ceil(count / tileSize);
  await memory.reserve('keys', 16 * count);
  await memory.reserve('sorted', 8 * count);
  await memory.reserve('seen', 32);
  await memory.reserve('tile counts', 4 * (digitsOfTile * tiles + 1));
  await memory.reserve('sides', 4 * (mostDigits + 1));
  await memory.reserve('workgroups', workgroupBytes * mostDigits, indirect);
  await memory.reserve('digits', stride * mostDigits, uniform);
}

const mostDigits = (4 * 32) / bitsOfDigit;
const indirect = 0x100;
const uniform = 0x40;

/**
 * Sorts the numbers in the first half of the buffer `sorted` by their `keys` (kernel radix-sort.wgsl); the last of `sides`
 * then says in which half they are. Digits that are the same in all keys, by `seen`, take no time.
 */
export function sortKeys(
  pass: HitPass,
  memory: GpuMemory,
  queue: GPUQueue,
  count: number,
  digits: readonly Digit[],
): void {
  const [keys, seen, sorted] = [memory.get('keys'), memory.get('seen'), memory.get('sorted')];
  const [sides, workgroups] = [memory.get('sides'), memory.get('workgroups')];
  const tileCounts = memory.get('tile counts');
  const table = memory.get('digits');
  queue.writeBuffer(table, 0, digitTable(digits));
  const tiles = Math.ceil(count / tileSize);
  const plan = memory.parameters([tiles, digits.length]);
  pass.run('planSort', { 0: plan, 1: seen, 2: table, 3: workgroups, 4: sides }, 1);
  const items = memory.parameters([count]);
  // The sum over blocks does for a single list of numbers, too: as if each were a block.
  const sums = memory.parameters([digitsOfTile * tiles * tileSize]);
  digits.forEach((_, i) => {
    const digit = { buffer: table, offset: i * stride, size: 16 };
    const bindings = { 0: items, 1: digit, 2: keys, 3: sorted, 4: tileCounts, 5: sides };
    pass.runAsFound('countDigits', bindings, workgroups, i * workgroupBytes);
    const listed = { 0: sums, 2: tileCounts };
    pass.runAsFound('sumSums', listed, workgroups, i * workgroupBytes + workgroupBytes / 2);
    pass.runAsFound('moveByDigit', bindings, workgroups, i * workgroupBytes);
  });
}

function digitTable(digits: readonly Digit[]): Uint32Array<ArrayBuffer> {
  const table = new Uint32Array((digits.length * stride) / 4);
  digits.forEach(({ word, shift }, i) => {
    table.set([word, shift, i], (i * stride) / 4);
  });
  return table;
}
