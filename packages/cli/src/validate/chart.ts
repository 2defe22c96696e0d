/** Two histograms one over the other. */
export interface HistogramChart {
  readonly kind: 'histogram';
  readonly title: string;
  readonly lo: number;
  readonly hi: number;
  readonly counts: readonly number[];
  /** Of another program, of any total; or predicted, without an error of their own. */
  readonly expected: readonly number[];
  readonly exact: boolean;
  readonly isLogarithmic?: boolean;
}

/** A curve by a formula. */
export interface Curve {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** Points with errors beside curves. */
export interface CurveChart {
  readonly kind: 'curve';
  readonly title: string;
  /** What x is, with its unit. */
  readonly x: string;
  readonly curves: readonly Curve[];
  readonly points: readonly {
    readonly x: number;
    readonly y: number;
    readonly error: number;
    /** Index of its curve, for the colour. */
    readonly curve: number;
  }[];
  /** Whether x counts something from 1 on: whole ticks, and y from 0. */
  readonly isCounted?: boolean;
}

/** Something drawn beside comparisons. */
export type Chart = HistogramChart | CurveChart;
