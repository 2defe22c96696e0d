import type { CaseFindings, CaseGroup, ValidationCase } from './case.ts';
import type { LeakRecord } from './leaks.ts';
import type { SpeedEntry } from './speed-trend.ts';
import type { TrendEntry } from './trend.ts';
import type { Verdict } from './verdict.ts';

/** How a case came out. */
export interface CaseResult
  extends CaseFindings,
    Pick<ValidationCase, 'name' | 'title' | 'source' | 'photons'> {
  readonly verdict: Verdict;
  /** Of the whole case. */
  readonly seconds: number;
}

/** How a group came out. */
export interface GroupResult extends Pick<CaseGroup, 'name' | 'title' | 'about' | 'missing'> {
  readonly cases: readonly CaseResult[];
  readonly verdict: Verdict;
  readonly seconds: number;
}

/** What `validation.json` holds. */
export interface Validation {
  /** ISO 8601. */
  readonly created: string;
  /** Of the working copy, with `+` where it was changed; `unknown` outside one. */
  readonly commit: string;
  readonly seed: number;
  readonly engine: string;
  /** Of the CPU engine; 0 on a GPU, which `machine` names. */
  readonly threads: number;
  readonly machine: string;
  /** On a GPU that is a program: at most so many photons of each case. */
  readonly mostPhotons?: number;
  readonly groups: readonly GroupResult[];
  /** Of all comparisons together. */
  readonly verdict: Verdict;
  readonly seconds: number;
  /** Earlier runs that were recorded, the oldest first. */
  readonly trend: readonly TrendEntry[];
  /** The last long run in closed detectors, where one was recorded. */
  readonly leaks?: LeakRecord;
  /** Benchmarks that were recorded, the oldest first. */
  readonly speed?: readonly SpeedEntry[];
}
