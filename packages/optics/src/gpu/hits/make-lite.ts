import type { LiteHitLayout } from '../../hits/lite-hit.ts';
import { bufferUsage, largestBuffer } from '../gpu-buffer.ts';
import type { GpuMemory } from './gpu-memory.ts';
import type { HitPass } from './hit-pass.ts';
import type { HitRows } from './order-hits.ts';

const frameNumbers = 12;
/** Of float32 pairs. */
const frameBytes = 8 * frameNumbers;
const liteBytes = 16;
const threads = 64;
const places = 65_535;

/** Whether the frames of the sensors fit into a buffer of the device. */
export function framesFit(device: GPUDevice, frames: Float64Array): boolean {
  return 8 * frames.length <= largestBuffer(device, bufferUsage.storage);
}

/**
 * Brings the frames of the sensors to the GPU, once.
 *
 * @param frames 12 numbers for each sensor (`liteRows`)
 */
export async function uploadFrames(
  memory: GpuMemory,
  queue: GPUQueue,
  frames: Float64Array,
): Promise<void> {
  const sensors = frames.length / frameNumbers;
  const buffer = await memory.reserve('frames', Math.max(1, sensors) * frameBytes);
  queue.writeBuffer(buffer, 0, pairs(frames));
  const table = turnTable();
  queue.writeBuffer(await memory.reserve('turns', table.byteLength), 0, table);
}

/** Makes room for lite hits. */
export async function reserveForLite(memory: GpuMemory, hits: HitRows): Promise<GPUBuffer> {
  return await memory.reserve('lite', liteBytes * hits.count);
}

/**
 * Makes lite hits of all, in the order in which they are: into the buffer `lite` (kernel lite.wgsl). Those behind what the
 * layout can say are counted in the second word of `status`.
 */
export function makeLite(
  pass: HitPass,
  memory: GpuMemory,
  hits: HitRows,
  sensors: number,
  { countShift, leastCosTheta }: LiteHitLayout,
): void {
  const isSphere = leastCosTheta < 0 ? 1 : 0;
  const lite = memory.parameters([hits.count, sensors, countShift, isSphere, 0]);
  const bindings = {
    ...{ 0: lite, 1: hits.buffer, 2: memory.get('frames'), 3: memory.get('turns') },
    ...{ 4: memory.get('lite'), 5: memory.get('status') },
  };
  pass.run('makeLite', bindings, hits.count, threads);
}

/** Numbers as high and low parts, 48 bits together. */
function pairs(numbers: Float64Array): Float32Array<ArrayBuffer> {
  const parts = new Float32Array(2 * numbers.length);
  for (const [i, number] of numbers.entries()) {
    const high = Math.fround(number);
    parts[2 * i] = high;
    parts[2 * i + 1] = number - high;
  }
  return parts;
}

/** Cosines and sines of where every 256th place of phi begins, and of 0 to 255 places. */
function turnTable(): Float32Array<ArrayBuffer> {
  const angles = Array.from({ length: 512 }, (_, i) =>
    i < 256
      ? 2 * Math.PI * ((256 * i - 0.5) / places) - Math.PI
      : 2 * Math.PI * ((i - 256) / places),
  );
  return pairs(Float64Array.from(angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)])));
}
