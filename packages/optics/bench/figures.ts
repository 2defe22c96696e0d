import type { GenstepsRun } from './gensteps-case.ts';
import type { LoadedCase, Run } from './reference-case.ts';

/** Of the files in bench/results; a change of what a name means makes it another. Files without it are version 1. */
export const figuresVersion = 2;

/** Everything that was measured. Seconds, MiB; medians over the rounds unless they are called runs. */
export interface Figures {
  readonly cases: readonly CaseFigures[];
  readonly gensteps: GenstepsFigures;
  /** Absent without a Chromium. */
  readonly browser?: BrowserFigures | undefined;
  /** What was not measured, and why. */
  readonly skipped: readonly string[];
}

/** A reference detector. */
export interface CaseFigures {
  readonly name: string;
  readonly photons: number;
  readonly geant4PhotonsPerSecond: number;
  readonly load: LoadedCase['load'];
  /**
   * Peak resident memory of a process that does nothing else, by what is built: with the scene packed, and at the end of a
   * simulation; and how long reading and packing took there, s.
   */
  readonly memory: { readonly loaded: number; readonly run: number; readonly load: number };
  readonly byThreads: readonly ThreadFigures[];
}

/** What a number of threads does. */
export interface ThreadFigures {
  readonly threads: number;
  readonly start: number;
  readonly photonsPerSecond: number;
  readonly stepsPerSecond: number;
  /** Over that of Geant4 on one thread, for each thread here. */
  readonly perCoreOverGeant4: number;
  /** Over that of one thread here. */
  readonly speedup: number;
  /** Share of the time in which workers had work, and in which the main thread had. */
  readonly workersBusy: number;
  readonly mainBusy: number;
  readonly runs: readonly Run[];
}

/** From generation steps to files of hits, in bigball. */
export interface GenstepsFigures {
  readonly steps: number;
  readonly photons: number;
  readonly run: GenstepsRun;
  readonly runs: readonly GenstepsRun[];
}

/** The same kernel on a page of Chromium, run in turn with Node. */
export interface BrowserFigures {
  readonly version: string;
  readonly cases: readonly {
    readonly name: string;
    readonly threads: number;
    readonly photonsPerSecond: number;
    /** Over that of Node with as many threads. */
    readonly overNode: number;
    readonly runs: readonly Run[];
  }[];
}

/** The value in the middle, of an even number of them the mean of the two; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}
