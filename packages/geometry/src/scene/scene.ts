import type { RigidTransform } from '@lantern/units';

/** A thing that detects photons: a placed volume with a surface of some EFFICIENCY. */
export interface Sensor {
  /** Sensor number + 1, as in photon rows; 0 is no sensor. */
  readonly identity: number;
  /** Names of the placed volumes from the world down, joined with `/`. */
  readonly path: string;
  /** Copy numbers along the path. */
  readonly copyNumbers: readonly number[];
  /** The volume's origin in the world, mm. */
  readonly position: readonly [number, number, number];
  /** The volume's +z axis in the world. */
  readonly direction: readonly [number, number, number];
}

/** A detector packed for the engines, and what is needed to speak of it in words. */
export interface Scene {
  /** The sections of layout.ts. */
  readonly buffer: ArrayBuffer;
  /** Names by index in the packed sections. */
  readonly materials: readonly string[];
  readonly surfaces: readonly string[];
  readonly volumes: readonly string[];
  /** Number of nodes: placed volumes of the expanded tree. */
  readonly nodeCount: number;
  readonly sensorCount: number;
  /** Mean numbers of photons of a wavelength shift by material, the larger of its two; of those that say one. */
  readonly shiftNumbers: ReadonlyMap<string, number>;
  /** What the packer found doubtful. */
  readonly warnings: readonly string[];
  /** Names of the placed volumes from the world down to the node, joined with `/`. */
  nodePath(node: number): string;
  /** Index of the node's volume in `volumes`. */
  nodeVolume(node: number): number;
  /** Index of the material of a volume (by index) in `materials`. */
  volumeMaterial(volume: number): number;
  /** Where the node stands in the world. */
  nodeTransform(node: number): RigidTransform;
  /** The sensors in the order of their identities. */
  sensors(): Iterable<Sensor>;
  /**
   * The frames of the sensors in that order, 12 numbers each: rotation R (row-major) and origin t, mm, of
   * p_world = R p_sensor + t.
   */
  sensorFrames(): Float64Array<ArrayBuffer>;
}
