import type { Selectable } from 'kysely';
import type { Calibration } from '../../model/calibration.ts';
import type { Tag, TagRule } from '../../model/tag.ts';
import { withIntegers } from './change-json.ts';
import type { CalibrationTable, SeriesTable, TagTable } from './tables.ts';

type OwnColumn = Exclude<keyof CalibrationTable, 'since' | 'until' | 'series_id' | 'exclusive'>;

/** What a row is made of in its own table. */
export type OwnRecord = Pick<Selectable<CalibrationTable>, OwnColumn>;

/** A row of metadata as it is selected, with its series. */
export type CalibrationRecord = OwnRecord & Omit<Selectable<SeriesTable>, 'id'>;

/** Columns of the fields of a row, in the order of the table. */
export const columnOf: { readonly [K in keyof Calibration]-?: keyof CalibrationRecord } = {
  serNo: 'ser_no',
  instrument: 'instrument',
  calibType: 'calib_type',
  flavor: 'flavor',
  vstart: 'vstart',
  vend: 'vend',
  completion: 'completion',
  procLevel: 'proc_level',
  prodStart: 'prod_start',
  prodEnd: 'prod_end',
  locale: 'locale',
  enterTime: 'enter_time',
  creator: 'creator',
  uid: 'uid',
  inputDesc: 'input_desc',
  notes: 'notes',
  dataIdent: 'data_ident',
  dataFmt: 'data_fmt',
  fmtVersion: 'fmt_version',
  axis: 'axis',
  payload: 'payload_sha256',
  deprecated: 'deprecated',
};

/** Columns of the table of rows that a row is made of. */
export const ownColumns: readonly OwnColumn[] = [
  'ser_no',
  'vstart',
  'vend',
  'completion',
  'proc_level',
  'prod_start',
  'prod_end',
  'locale',
  'enter_time',
  'creator',
  'uid',
  'input_desc',
  'notes',
  'data_ident',
  'data_fmt',
  'fmt_version',
  'payload_sha256',
  'payload_size',
  'deprecated',
];

/** Those, and the columns of its series: what {@link calibrationOf} reads. */
export const calibrationColumns: readonly (keyof CalibrationRecord)[] = [
  ...ownColumns,
  'instrument',
  'calib_type',
  'flavor',
  'axis',
];

/** A row, from its record. */
export function calibrationOf(record: CalibrationRecord): Calibration {
  const { prod_start, prod_end, payload_sha256, payload_size, deprecated } = record;
  return {
    serNo: Number(record.ser_no),
    instrument: record.instrument,
    calibType: record.calib_type,
    flavor: record.flavor,
    axis: record.axis,
    vstart: record.vstart,
    vend: record.vend,
    completion: record.completion,
    procLevel: record.proc_level,
    ...(prod_start !== null && { prodStart: prod_start }),
    ...(prod_end !== null && { prodEnd: prod_end }),
    locale: record.locale,
    enterTime: record.enter_time,
    creator: record.creator,
    uid: record.uid,
    inputDesc: record.input_desc,
    notes: record.notes,
    dataIdent: record.data_ident,
    dataFmt: record.data_fmt,
    fmtVersion: record.fmt_version,
    ...(payload_sha256 !== null && {
      payload: { sha256: payload_sha256, size: Number(payload_size) },
    }),
    ...(deprecated !== null && { deprecated }),
  };
}

/** The columns of a row but its series. */
export function recordOf(row: Calibration): OwnRecord {
  return {
    ser_no: BigInt(row.serNo),
    vstart: row.vstart,
    vend: row.vend,
    completion: row.completion,
    proc_level: row.procLevel,
    prod_start: row.prodStart ?? null,
    prod_end: row.prodEnd ?? null,
    locale: row.locale,
    enter_time: row.enterTime,
    creator: row.creator,
    uid: row.uid,
    input_desc: row.inputDesc,
    notes: row.notes,
    data_ident: row.dataIdent,
    data_fmt: row.dataFmt,
    fmt_version: row.fmtVersion,
    payload_sha256: row.payload?.sha256 ?? null,
    payload_size: row.payload ? BigInt(row.payload.size) : null,
    deprecated: row.deprecated ?? null,
  };
}

/** A tag, from its record. */
export function tagOf(record: Selectable<TagTable>): Tag {
  const { name, instrument, description, state, root, rule, origin, created, changed } = record;
  return {
    name,
    instrument,
    description,
    state,
    root,
    ...(rule !== null && { rule: withIntegers(rule) as TagRule }),
    ...(origin !== null && { origin }),
    created,
    changed,
  };
}
