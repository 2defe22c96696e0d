import type { Agreement } from './agreement.ts';

/** How one detector compares. */
export interface CaseResult {
  readonly name: string;
  /** What made the reference. */
  readonly source: string;
  readonly agreement: Agreement;
  /** Seconds of propagation. */
  readonly seconds: number;
  readonly photonsPerSecond: number;
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
