/**
 * What a propagation on a device cost beside its photons, told once at its end by `onWork` of a request. An engine tells
 * what it knows: the CPU engine nothing.
 */
export interface EngineWork {
  /** The device in words. */
  readonly device: string;
  /**
   * Seconds until photons could start: finding how the device calculates, once for an engine; compiling its pipelines; and
   * bringing the scene there, which is there when it has been before.
   */
  readonly start: {
    readonly device: number;
    readonly pipelines: number;
    readonly scene: number;
  };
  readonly launches: number;
  /** Of one launch. */
  readonly threads: number;
  /** Seconds that the device was busy by its own clock; absent where it has none. */
  readonly busySeconds?: number | undefined;
  /** Bytes sent to the device and fetched from it, the scene not among them. */
  readonly sentBytes: number;
  readonly fetchedBytes: number;
  /** Bytes of all buffers at most: of the scene, and of what grows with the photons of batches. */
  readonly sceneBytes: number;
  readonly batchBytes: number;
  /** Photons of all batches that were on the device at a time, at most. */
  readonly batchPhotons: number;
}
