import { bufferUsage } from './gpu-buffer.ts';

/** Two times of 64 bits, in ns. */
export const stampBytes = 16;

const queryResolve = 0x200;

/** When a launch begins and ends by the clock of the device. */
export class LaunchStamps {
  readonly #queries: GPUQuerySet;
  readonly #times: GPUBuffer;

  constructor(device: GPUDevice) {
    this.#queries = device.createQuerySet({ type: 'timestamp', count: 2 });
    const usage = queryResolve | bufferUsage.copySource;
    this.#times = device.createBuffer({ size: stampBytes, usage });
  }

  /** Of the pass whose times are wanted. */
  get pass(): GPUComputePassDescriptor {
    const timestampWrites = {
      querySet: this.#queries,
      beginningOfPassWriteIndex: 0,
      endOfPassWriteIndex: 1,
    };
    return { timestampWrites };
  }

  /** Brings the times of the last pass to a buffer that is read. */
  copyTo(encoder: GPUCommandEncoder, target: GPUBuffer, at: number): void {
    encoder.resolveQuerySet(this.#queries, 0, 2, this.#times, 0);
    encoder.copyBufferToBuffer(this.#times, 0, target, at, stampBytes);
  }

  /** What they say; 0 where the clock was set back between them. */
  secondsIn(bytes: ArrayBuffer): number {
    const [begin = 0n, end = 0n] = new BigUint64Array(bytes);
    return end > begin ? Number(end - begin) / 1e9 : 0;
  }

  destroy(): void {
    this.#queries.destroy();
    this.#times.destroy();
  }
}
