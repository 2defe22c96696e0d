import type { Detector } from '@lantern/geometry';
import type { Engine, GunOptions, PhotonBatch, PhotonSource, Tally } from '@lantern/optics';
import type { PhotonEnd, RowRequest } from '@lantern/optics/validation';
import type { Chart } from './chart.ts';
import type { Comparison } from './comparison.ts';
import type { TwinFindings } from './twin-findings.ts';

/** What a case works with. */
export interface CaseTools {
  readonly engine: Engine;
  /** The same without anything that is done by the way, for the speed. */
  readonly timed: Engine;
  /** The compiled kernel, for the gun. */
  readonly kernel: GunOptions['module'];
  readonly seed: bigint;
  readonly threads: number;
  readonly signal: AbortSignal;
  /** So many photons, or fewer where the engine is a slow one. */
  few(photons: number): number;
  /** Tells that so many more photons are through, for the progress bar. */
  done(photons: number): void;
  /** Propagates photons of a source through a detector with the settings above. */
  propagate(
    detector: Detector,
    source: PhotonSource,
    onEnd: (end: PhotonEnd, photon: number) => void,
    request?: RowRequest,
    onBatch?: (batch: PhotonBatch) => void,
  ): Promise<Tally>;
}

/** Charts that are not part of the verdict, with the reason. */
export interface Aside {
  readonly title: string;
  readonly text: string;
  readonly charts: readonly Chart[];
}

/** What a case found. */
export interface CaseFindings {
  readonly comparisons: readonly Comparison[];
  readonly charts?: readonly Chart[];
  /** What there is to say beside the numbers. */
  readonly note?: string;
  readonly asides?: readonly Aside[];
  /** Of a case that compares two engines photon by photon. */
  readonly twin?: TwinFindings;
  /** The speed of one thread, where it was measured. */
  readonly photonsPerSecond?: number;
}

/** One thing to validate. */
export interface ValidationCase {
  /** Of lower case, unique in its group. */
  readonly name: string;
  readonly title: string;
  /** Where what is expected comes from. */
  readonly source: string;
  /** Photons that it propagates, about. */
  readonly photons: number;
  run(tools: CaseTools): Promise<CaseFindings>;
}

/** Cases of one kind. */
export interface CaseGroup {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly cases: readonly ValidationCase[];
  /** What is not there to run it, where something is missing. */
  readonly missing?: string;
}
