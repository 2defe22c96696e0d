import { tallyFields } from '../photon-layout.ts';
import type { GpuKernel } from './gpu-kernel.ts';
import type { LaneMemory } from './lane-memory.ts';
import { counters, nobody, workgroup } from './launch-layout.ts';
import type { LaunchPace } from './launch-pace.ts';
import { LaunchStamps, stampBytes } from './launch-stamps.ts';
import type { OpenedGpu } from './open-gpu.ts';
import type { SceneKernels } from './scene-kernels.ts';
import { packSettings, type Settings } from './settings-layout.ts';

/** 32-bit words that a launch counts. */
export const counterWords: number = counters.tally + 2 * tallyFields.length;

/** What launches of all batches share. */
export interface LaunchTools {
  readonly gpu: OpenedGpu;
  readonly kernels: SceneKernels;
  readonly pace: LaunchPace;
  readonly clock: LaunchClock;
  /** Threads of a launch at most, a multiple of those of a workgroup. */
  readonly threads: number;
  readonly signal?: AbortSignal | undefined;
}

/** When the device was done with the last launch of any lane, and how many there were. */
export class LaunchClock {
  launches = 0;
  /** Of the counters. */
  fetchedBytes = 0;
  /** Seconds that the device was busy by its own clock; 0 where it has none. */
  busySeconds = 0;
  #done = 0;
  #stamps: LaunchStamps | undefined;

  /** @returns undefined where the device has no clock */
  stamps(device: GPUDevice): LaunchStamps | undefined {
    if (!device.features.has('timestamp-query')) return undefined;
    this.#stamps ??= new LaunchStamps(device);
    return this.#stamps;
  }

  /** Frees what it has on the device. */
  close(): void {
    this.#stamps?.destroy();
  }

  /** @returns seconds that a launch took, which was handed in at `begin` */
  took(begin: number): number {
    this.launches++;
    this.fetchedBytes += 4 * counterWords;
    const now = performance.now();
    const seconds = (now - Math.max(begin, this.#done)) / 1000;
    this.#done = now;
    return seconds;
  }
}

const read = 1;
const none = new Uint32Array([0, 0, 0, 0, nobody, nobody, nobody, nobody]);

/**
 * Follows the photons of a batch to their ends, in as many launches as it takes; between them others may use the device,
 * and `signal` may end it.
 *
 * @returns the counters: launch-layout.ts. When one of the photons cannot be followed, those until then
 * @throws OpticsError when the device is lost
 */
export async function runLaunches(
  { gpu, pace, clock, threads, signal }: LaunchTools,
  { pipeline }: GpuKernel,
  memory: LaneMemory,
  group: GPUBindGroup,
  settings: Settings,
): Promise<Uint32Array<ArrayBuffer>> {
  const { queue } = gpu.device;
  const counting = memory.get('counters');
  const staging = memory.get('count');
  const bytes = 4 * counterWords;
  const found = new Uint32Array(counterWords);
  found.set(none);
  queue.writeBuffer(counting, 0, found);
  for (let half = 0; ; half = 1 - half) {
    signal?.throwIfAborted();
    gpu.throwIfFailed();
    const waiting = settings.count - Math.min(settings.count, found[counters.next] ?? 0);
    const busy = Math.min(threads, (found[counters.left] ?? 0) + waiting);
    const turns = pace.turns(busy);
    queue.writeBuffer(memory.get('settings'), 0, packSettings({ ...settings, half, turns }));
    const onTheirWay = new Uint32Array([found[counters.left] ?? 0, 0]);
    queue.writeBuffer(counting, 4 * counters.found, onTheirWay);
    const encoder = gpu.device.createCommandEncoder();
    const stamps = clock.stamps(gpu.device);
    const pass = encoder.beginComputePass(stamps?.pass);
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(Math.ceil(busy / workgroup));
    pass.end();
    encoder.copyBufferToBuffer(counting, 0, staging, 0, bytes);
    stamps?.copyTo(encoder, staging, bytes);
    const begin = performance.now();
    queue.submit([encoder.finish()]);
    const told = bytes + (stamps ? stampBytes : 0);
    await gpu.guard(staging.mapAsync(read, 0, told));
    const mapped = staging.getMappedRange(0, told).slice(0);
    staging.unmap();
    found.set(new Uint32Array(mapped, 0, counterWords));
    if (stamps) clock.busySeconds += stamps.secondsIn(mapped.slice(bytes));
    const left = found[counters.left] ?? 0;
    pace.took({ turns, seconds: clock.took(begin), busy, left });
    if (isOver(found, settings.count)) return found;
  }
}

/** Whether all photons are at their ends, or one cannot be followed. */
function isOver(found: Uint32Array, count: number): boolean {
  const stopped = [counters.endless, counters.crowded, counters.faulty];
  if (stopped.some((counter) => found[counter] !== nobody)) return true;
  return found[counters.left] === 0 && (found[counters.next] ?? 0) >= count;
}
