import { photonBytes } from '../photon-layout.ts';
import { childSlotWords } from './batch-places.ts';
import type { DeviceStream } from './device-stream.ts';
import { batchCounters, countersOf } from './launch-layout.ts';
import type { FollowedBatch, OpenBatch } from './open-batch.ts';
import type { StreamRooms } from './stream-rooms.ts';
import type { StreamTools } from './stream-tools.ts';

/** A part of `hits` is given up for a smaller one when so many times as much is not needed any more. */
const tooLarge = 4;

/**
 * Brings what a batch has to buffers of its own, so that its places are free.
 *
 * @param counted its counters
 * @throws OpticsError where the device has no room
 */
export async function toOwnBuffers(
  { gpu, memory: shared, batchMemory, settings }: StreamTools,
  { kept, childSlots }: DeviceStream,
  { batch, region, place }: OpenBatch,
  counted: Uint32Array<ArrayBuffer>,
): Promise<FollowedBatch> {
  const { range, seconds } = batch;
  const memory = batch.aside?.memory ?? batchMemory.take();
  const aside = batch.aside?.hits ?? 0;
  const found = counted[batchCounters.hits] ?? 0;
  const children = Math.min(childSlots, counted[batchCounters.children] ?? 0);
  const words = kept.childrenAt + children * childSlotWords(settings.recordSteps);
  const hits = await memory.reserve('hits', (aside + found) * photonBytes);
  const encoder = gpu.device.createCommandEncoder();
  copyRows(encoder, shared.get('hits'), region.at, hits, aside, found);
  if (words > 0) {
    const target = await memory.reserve('kept', 4 * words);
    const from = 4 * place * kept.words;
    encoder.copyBufferToBuffer(shared.get('kept'), from, target, 0, 4 * words);
  }
  gpu.device.queue.submit([encoder.finish()]);
  return { ...{ range, seconds, counted, memory, children }, hits: aside + found, places: kept };
}

/**
 * Of a batch whose last photons are on their way: its hits make room for those of others, but for the ones that may come.
 *
 * @param hits that it has in `hits`
 * @param left photons on their way
 * @param mostBytes of hits aside that it may have
 * @throws OpticsError where the device has no room
 */
export async function putAside(
  { gpu, memory: shared, batchMemory }: StreamTools,
  rooms: StreamRooms,
  open: OpenBatch,
  { hits, left, mostBytes }: { hits: number; left: number; mostBytes: number },
): Promise<void> {
  const { batch, region } = open;
  if (!region.isFresh && region.rows < tooLarge * left) return;
  const bytes = (hits + left) * photonBytes;
  if (!batch.aside && bytes > mostBytes) return;
  const late = rooms.takeLate(left);
  if (!late) return;
  const { memory, hits: before } = batch.aside ?? { memory: batchMemory.take(), hits: 0 };
  batch.aside = { memory, hits: before };
  // Enough for all that come: a photon has one hit at most.
  const target = before > 0 ? memory.get('hits') : await memory.reserve('hits', bytes);
  const encoder = gpu.device.createCommandEncoder();
  copyRows(encoder, shared.get('hits'), region.at, target, before, hits);
  const counter = 4 * (countersOf(open.place) + batchCounters.hits);
  encoder.clearBuffer(shared.get('counters'), counter, 4);
  gpu.device.queue.submit([encoder.finish()]);
  batch.aside = { memory, hits: before + hits };
  rooms.giveRegion(region);
  open.region = late;
}

function copyRows(
  encoder: GPUCommandEncoder,
  from: GPUBuffer,
  at: number,
  to: GPUBuffer,
  toAt: number,
  rows: number,
): void {
  if (rows === 0) return;
  const [source, target] = [at * photonBytes, toAt * photonBytes];
  encoder.copyBufferToBuffer(from, source, to, target, rows * photonBytes);
}
