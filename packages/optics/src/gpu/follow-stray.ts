import type { Stray } from '../batches/batch-result.ts';
import { photonWords } from '../photon-layout.ts';
import { keptPlaces } from './batch-places.ts';
import type { DeviceStream } from './device-stream.ts';
import type { StreamBatch } from './open-batch.ts';
import { readBuffer } from './read-buffer.ts';
import type { StreamTools } from './stream-tools.ts';

/**
 * Where a photon starts is where it ends, outside the world: it is followed again, alone. The stream has nothing else then.
 *
 * @param place in the batch
 * @throws OpticsError when the device is lost
 */
export async function followStray(
  { gpu, memory }: StreamTools,
  device: DeviceStream,
  { range, source, kernel, seconds }: StreamBatch,
  place: number,
): Promise<Stray> {
  device.reset();
  const isStep = source.stepCount > 0;
  const row = source.words.subarray(place * photonWords, (place + 1) * photonWords);
  const words = isStep ? source.words : row;
  gpu.device.queue.writeBuffer(memory.get('source'), 0, words);
  device.kept = keptPlaces({ count: 1, recordSteps: 0, keepPhotons: true, childSlots: 0 });
  await memory.reserve('kept', 4 * device.kept.words);
  const photon = range.first + place;
  const alone = { ...source, words, skip: source.skip + place };
  const nothing = { resolve: () => {}, reject: () => {}, aside: undefined };
  device.begin(
    {
      ...{ range: { index: 0, first: photon, count: 1 }, source: alone, sourceAt: 0 },
      ...{ kernel, seconds, ...nothing },
    },
    { place: 0, region: { at: 0, rows: 1, isFresh: true } },
  );
  while (device.isBusy)
    await device.launch(false, { keepPhotons: 1, recordSteps: 0, childSlots: 0 });
  const end = new Uint32Array(photonWords);
  await readBuffer(gpu, memory, memory.get('kept'), 4 * device.kept.photonsAt, end);
  const [x = 0, y = 0, z = 0] = new Float32Array(end.buffer);
  return { photon, position: [x, y, z] };
}
