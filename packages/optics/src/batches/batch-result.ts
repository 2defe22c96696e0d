import type { WorkSeconds } from '../engine.ts';
import type { HitShape, ShapedHits } from '../hits/shape-hits.ts';
import type { Tally } from '../tally.ts';
import type { ChildRows } from './child-rows.ts';

/** What is the same for all batches of a propagation. */
export interface BatchSettings {
  readonly seed: bigint;
  /** 0: no limit. */
  readonly maxBounces: number;
  /** ns; Infinity: no limit. */
  readonly maxTime: number;
  readonly recordSteps: number;
  readonly keepPhotons: boolean;
  /** Default: hits as they are. */
  readonly hitShape?: HitShape | undefined;
  /** Knots (energy in MeV, cumulative 0..1) of the spectrum of torch steps. */
  readonly lightSpectrum?: Float64Array | undefined;
}

/** A photon that starts outside the world. */
export interface Stray {
  readonly photon: number;
  readonly position: readonly [number, number, number];
}

/** Why a batch was given up: light that multiplies by wavelength shifting. */
export interface TooManyChildren {
  /** Number of the photon that was followed. */
  readonly photon: number;
  /** How many more this one photon had become; undefined when those of the batch together were too many. */
  readonly descendants?: number | undefined;
}

/** What a kernel makes of a batch: copies, free of its memory. See PhotonBatch of engine.ts. */
export interface BatchResult extends ShapedHits {
  readonly seconds: WorkSeconds;
  readonly tally: Tally;
  /** The first photon that starts outside the world, if there is one: its number and position in mm. */
  readonly stray?: Stray | undefined;
  readonly tooMany?: TooManyChildren | undefined;
  readonly children?: ChildRows | undefined;
  readonly photons?: Float32Array<ArrayBuffer> | undefined;
  readonly records?: Float32Array<ArrayBuffer> | undefined;
  readonly traces?: Int32Array<ArrayBuffer> | undefined;
}
