import type { Agreement, HistogramAgreement } from './agreement.ts';

/** How one detector compares. */
export interface CaseResult {
  readonly name: string;
  /** What made the reference. */
  readonly source: string;
  readonly agreement: Agreement;
  /** The histograms of time without the correction to Geant4's clock; not part of the verdict. */
  readonly ownTimes: readonly HistogramAgreement[];
  /** Seconds of propagation, with records. */
  readonly seconds: number;
}

/** What `validation.json` holds. */
export interface Validation {
  /** ISO 8601. */
  readonly created: string;
  readonly seed: number;
  readonly engine: string;
  readonly threads: number;
  readonly cases: readonly CaseResult[];
  /** Whether all of them agree. */
  readonly agrees: boolean;
}
