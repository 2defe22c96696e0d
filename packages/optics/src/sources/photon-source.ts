/** Some photons of a source: ready, or as generation steps from which a kernel makes them. */
export type SourceBatch =
  | {
      readonly kind: 'photons';
      /** Rows of photon-layout.ts: 16 words each. */
      readonly photons: Float32Array;
    }
  | {
      readonly kind: 'gensteps';
      /** Rows of 24 words (6, 4): only the steps that this batch needs. */
      readonly steps: Float32Array;
      /** Photons of the first of these steps that belong to earlier batches. */
      readonly skip: number;
    };

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
  /** Photons `first` to `first + count - 1`. */
  batch(first: number, count: number): SourceBatch | Promise<SourceBatch>;
  /** What was put right or looks doubtful in the photons given so far, in words. */
  warnings?(): readonly string[];
  /** Frees files. */
  close?(): Promise<void>;
}
