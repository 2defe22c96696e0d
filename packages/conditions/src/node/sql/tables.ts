import type { Generated } from 'kysely';
import type { ProcLevel } from '../../model/calibration.ts';
import type { TagState } from '../../model/tag.ts';
import type { Axis, Moment, Position } from '../../model/validity.ts';

/** The log: the only truth; the other tables are what it says, laid out for questions. `int8` is bigint: database.ts. */
export interface EventTable {
  readonly seq: bigint;
  readonly at: Moment;
  readonly by: string;
  readonly kind: string;
  /** jsonb: change-json.ts. */
  readonly change: unknown;
}

/** What a row of metadata belongs to, said once. */
export interface SeriesTable {
  readonly id: Generated<number>;
  readonly instrument: string;
  readonly calib_type: string;
  readonly flavor: string;
  readonly axis: Axis;
}

/**
 * Rows of metadata in two times: valid in [vstart, vend), known in [since, until). `until` is `forever` for what they are
 * now.
 */
export interface CalibrationTable {
  readonly ser_no: bigint;
  readonly since: Moment;
  readonly until: Moment;
  readonly series_id: number;
  readonly vstart: Position;
  readonly vend: Position;
  readonly completion: string;
  readonly proc_level: ProcLevel;
  readonly prod_start: Moment | null;
  readonly prod_end: Moment | null;
  readonly locale: string;
  readonly enter_time: Moment;
  readonly creator: string;
  readonly uid: string;
  readonly input_desc: string;
  readonly notes: string;
  readonly data_ident: string;
  readonly data_fmt: string;
  readonly fmt_version: string;
  readonly payload_sha256: string | null;
  readonly payload_size: bigint | null;
  readonly deprecated: string | null;
  /** Whether the rule of its type forbids that it overlaps in production: migrations.ts. */
  readonly exclusive: boolean;
}

/** Tags in the time in which they are known. */
export interface TagTable {
  readonly name: string;
  readonly since: Moment;
  readonly until: Moment;
  readonly instrument: string;
  readonly description: string;
  readonly state: TagState;
  readonly root: string;
  /** jsonb: change-json.ts. */
  readonly rule: unknown;
  readonly origin: string | null;
  readonly created: Moment;
  readonly changed: Moment;
}

/** All tables of conditions. */
export interface ConditionsTables {
  readonly event: EventTable;
  readonly series: SeriesTable;
  readonly calibration: CalibrationTable;
  readonly tag: TagTable;
}
