import type { PropagationRequest } from '../engine.ts';
import type { ConditionUsed, Summary } from './summary.ts';

/** How far a simulation has come. */
export interface Progress {
  /** Photons of the source that are through. */
  readonly photons: number;
  /** Photons of the source in all. */
  readonly total: number;
  readonly steps: number;
  readonly hits: number;
}

/** A propagation whose results go to files. `recordSteps` and `keepPhotons` say which besides the hits. */
export interface SimulationRequest extends Omit<PropagationRequest, 'onReady'> {
  /** What the summary calls the geometry: its file. */
  readonly geometry: string;
  /** The command that makes results to which it alone has a right, for the summary: `lantern start`. */
  readonly madeBy?: string | undefined;
  /** Calibrations that the geometry's properties are from, for the summary. */
  readonly conditions?: readonly ConditionUsed[] | undefined;
  /** What reading and packing it took, s; the engine's start is added. Default 0. */
  readonly loadSeconds?: number | undefined;
  /** Warnings from before, such as those of the geometry, for the summary. */
  readonly warnings?: readonly string[] | undefined;
  /** Whether the source's generation steps are written too; default false. */
  readonly keepGensteps?: boolean | undefined;
  /** Whether results of an earlier simulation in the folder may go; default false. */
  readonly overwrite?: boolean | undefined;
  /** Called after each batch that has been written. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Called when it ends early and leaves a partial result, with what summary.partial.json holds. */
  readonly onPartial?: ((summary: Summary) => void) | undefined;
  /** Called while it runs with what cannot wait for the summary, which holds it too: photons that live very long. */
  readonly onWarning?: ((warning: string) => void) | undefined;
}
