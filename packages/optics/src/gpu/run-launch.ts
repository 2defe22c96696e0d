import type { GpuKernel } from './gpu-kernel.ts';
import { counters, countersOf, countersOfBatches, nobody, workgroup } from './launch-layout.ts';
import type { LaunchPace } from './launch-pace.ts';
import { LaunchStamps, stampBytes } from './launch-stamps.ts';
import type { StreamMemory } from './named-buffers.ts';
import type { OpenedGpu } from './open-gpu.ts';

/** What all launches of a stream share. */
export interface LaunchTools {
  readonly gpu: OpenedGpu;
  readonly pace: LaunchPace;
  readonly clock: LaunchClock;
}

/** When the device was done with the last launch, and how many there were. */
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
  took(begin: number, bytes: number): number {
    this.launches++;
    this.fetchedBytes += bytes;
    const now = performance.now();
    const seconds = (now - Math.max(begin, this.#done)) / 1000;
    this.#done = now;
    return seconds;
  }
}

/** One launch. */
export interface Launch {
  readonly kernel: GpuKernel;
  readonly group: GPUBindGroup;
  /** Settings for so many turns. */
  readonly settings: (turns: number) => ArrayBuffer;
  /** Photons on their way, and threads that have one or can take one. */
  readonly living: number;
  readonly busy: number;
  /** Place in the stream of the next photon that nobody has taken. */
  readonly next: number;
  /** Where `next` is when it ends before its turns are over; undefined: it does not. */
  readonly dryAt: number | undefined;
  /** Open batches have places below this. */
  readonly places: number;
}

const read = 1;

/**
 * Runs one launch.
 *
 * @returns the counters (launch-layout.ts) and how many seconds it took
 * @throws OpticsError when the device is lost
 */
export async function runLaunch(
  { gpu, pace, clock }: LaunchTools,
  memory: StreamMemory,
  { kernel, group, settings, living, busy, next, dryAt, places }: Launch,
): Promise<{ readonly found: Uint32Array<ArrayBuffer>; readonly seconds: number }> {
  const { queue } = gpu.device;
  const counting = memory.get('counters');
  const staging = memory.get('count');
  const bytes = 4 * countersOf(places);
  const turns = pace.turns(busy);
  queue.writeBuffer(memory.get('settings'), 0, settings(turns));
  const head = new Uint32Array(countersOfBatches);
  head.set([next, living], counters.next);
  queue.writeBuffer(counting, 0, head);
  const encoder = gpu.device.createCommandEncoder();
  const stamps = clock.stamps(gpu.device);
  const pass = encoder.beginComputePass(stamps?.pass);
  pass.setPipeline(kernel.pipeline);
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
  const found = new Uint32Array(mapped, 0, bytes / 4);
  if (stamps) clock.busySeconds += stamps.secondsIn(mapped.slice(bytes));
  const seconds = clock.took(begin, bytes);
  const left = found[counters.left] ?? nobody;
  const mayHaveEnded = dryAt !== undefined && found[counters.next] === dryAt;
  pace.took({ turns, seconds, busy, left, mayHaveEnded });
  return { found, seconds };
}
