import type { Vector3 } from '@lantern/units';

/** Some photons of a source: ready, or as generation steps from which a kernel makes them. */
export type SourceBatch =
  | {
      readonly kind: 'photons';
      /** Rows of photon-layout.ts: 16 words each. */
      readonly photons: Float32Array;
      /** Whether the source needs the array no more, so that it can be moved; default: it is copied. */
      readonly given?: boolean;
    }
  | {
      readonly kind: 'gensteps';
      /** Rows of 24 words (6, 4): only the steps that this batch needs. */
      readonly steps: Float32Array;
      /** Photons of the first of these steps that belong to earlier batches. */
      readonly skip: number;
    };

/** An event of a source: a particle at its start (mm, ns, MeV; a unit vector), and which photons come of it. */
export interface SourceEvent {
  /** From 0. */
  readonly number: number;
  readonly particle: { readonly name: string };
  readonly kineticEnergy: number;
  readonly at: Vector3;
  readonly direction: Vector3;
  readonly time: number;
  /** Number of its first photon, and how many it has. */
  readonly firstPhoton: number;
  readonly photons: number;
}

/**
 * A source of photons, numbered from 0. Photon i is the same whatever the batches: what a batch gives depends only on
 * (seed, i).
 */
export interface PhotonSource {
  /** In words, for the summary: `file photons.npy`, `light point …`, `gun mu- …`. */
  readonly description: string;
  /** Number of photons in all. */
  readonly count: number;
  /**
   * A spectrum that torch steps of this source refer to: knots (energy in MeV ascending, cumulative 0..1) flattened.
   */
  readonly lightSpectrum?: Float64Array;
  /** Where photons come in events: all of them, in the order of their photons, those without light too. */
  readonly events?: readonly SourceEvent[];
  /** Photons `first` to `first + count - 1`. */
  batch(first: number, count: number): SourceBatch | Promise<SourceBatch>;
  /**
   * All its generation steps in order, for a file: rows of 24 words, materials by their index in the scene. Absent where
   * photons come ready, or need a spectrum that steps do not hold.
   */
  gensteps?(): Iterable<Float32Array<ArrayBuffer>> | AsyncIterable<Float32Array<ArrayBuffer>>;
  /** What was put right or looks doubtful in the photons given so far, in words. */
  warnings?(): readonly string[];
  /** Frees files. */
  close?(): Promise<void>;
}
