import type { Axis, Interval, Moment, Position } from './validity.ts';

/** How far a calibration procedure came; an experiment may declare others. */
export type Completion = 'ok' | 'incomplete' | 'abort';

/** What a calibration is fit for, best first. */
export type ProcLevel = 'production' | 'development' | 'test' | 'superseded';

/** The levels, best first: the order in which a search asks when told nothing else. */
export const procLevels: readonly ProcLevel[] = ['production', 'development', 'test', 'superseded'];

/** Bulk data by their content. */
export interface PayloadReference {
  /** SHA-256, 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** What belongs together: of these at most one calibration of a level is the answer at a position. */
export interface Series {
  readonly instrument: string;
  readonly calibType: string;
  /** Default `vanilla`. */
  readonly flavor: string;
}

/**
 * A row of metadata: the fields of the GLAST calibration infrastructure's table, with its names, and three more (axis,
 * payload, deprecated). It is what the row was at one moment: rows change by events alone.
 */
export interface Calibration extends Series {
  /** From 1, in the order of registration; never used twice. */
  readonly serNo: number;
  readonly axis: Axis;
  readonly vstart: Position;
  /** {@link forever} where it has no end. */
  readonly vend: Position;
  readonly completion: string;
  readonly procLevel: ProcLevel;
  /** When it became production; undefined if it never did. */
  readonly prodStart?: Moment | undefined;
  /** When it ceased to be. */
  readonly prodEnd?: Moment | undefined;
  /** Where the instrument was. */
  readonly locale: string;
  /** When it was registered: by the store's clock, strictly increasing. */
  readonly enterTime: Moment;
  /** Procedure that made it. */
  readonly creator: string;
  /** Person responsible. */
  readonly uid: string;
  readonly inputDesc: string;
  readonly notes: string;
  /** Where the bulk data are for people and other systems: a file name, may hold $VARIABLES. */
  readonly dataIdent: string;
  /** XML, JSON, CSV, NPY, Parquet, ROOT …; compressed XML is `XML.gz`. */
  readonly dataFmt: string;
  readonly fmtVersion: string;
  /** Absent for rows of other systems whose bulk data were not brought along. */
  readonly payload?: PayloadReference | undefined;
  /** Why it must not be used any more, if so. */
  readonly deprecated?: string | undefined;
}

/** What is given to register one; the rest the store adds or the defaults say. */
export type CalibrationDraft = Series &
  Pick<Calibration, 'vstart' | 'dataFmt' | 'fmtVersion'> &
  Partial<Omit<Calibration, 'serNo' | 'enterTime' | 'prodStart' | 'prodEnd' | 'deprecated'>>;

/** `LAT CAL_Ped vanilla`, for people. */
export function describeSeries({ instrument, calibType, flavor }: Series): string {
  return `${instrument} ${calibType} ${flavor}`;
}

/** When it holds. */
export function intervalOf(calibration: Pick<Calibration, 'vstart' | 'vend'>): Interval {
  return { begin: calibration.vstart, end: calibration.vend };
}
