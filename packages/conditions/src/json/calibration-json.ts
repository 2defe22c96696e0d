import type { Calibration, PayloadReference, ProcLevel } from '../model/calibration.ts';
import { formatPosition, parsePosition } from '../model/position.ts';
import { formatMoment, parseMoment } from '../model/time.ts';
import { type Axis, always, forever, type Interval, type Position } from '../model/validity.ts';

/**
 * A row in JSON: the names of the table, in its order, then those that Lantern adds. Times are ISO 8601 in UTC, runs `run` or
 * `run.subrun`; open ends, and what the row has not, are null. [JSN2]
 */
export interface CalibrationJson {
  readonly serNo: number;
  readonly instrument: string;
  readonly calibType: string;
  readonly flavor: string;
  readonly vstart: string | null;
  readonly vend: string | null;
  readonly completion: string;
  readonly procLevel: ProcLevel;
  readonly prodStart: string | null;
  readonly prodEnd: string | null;
  readonly locale: string;
  readonly enterTime: string;
  readonly creator: string;
  readonly uid: string;
  readonly inputDesc: string;
  readonly notes: string;
  readonly dataIdent: string;
  readonly dataFmt: string;
  readonly fmtVersion: string;
  readonly axis: Axis;
  readonly payload: PayloadReference | null;
  readonly deprecated: string | null;
}

/** A row as JSON. */
export function calibrationToJson(row: Calibration): CalibrationJson {
  return {
    serNo: row.serNo,
    instrument: row.instrument,
    calibType: row.calibType,
    flavor: row.flavor,
    vstart: positionToJson(row.vstart, row.axis),
    vend: positionToJson(row.vend, row.axis),
    completion: row.completion,
    procLevel: row.procLevel,
    prodStart: momentToJson(row.prodStart),
    prodEnd: momentToJson(row.prodEnd),
    locale: row.locale,
    enterTime: formatMoment(row.enterTime),
    creator: row.creator,
    uid: row.uid,
    inputDesc: row.inputDesc,
    notes: row.notes,
    dataIdent: row.dataIdent,
    dataFmt: row.dataFmt,
    fmtVersion: row.fmtVersion,
    axis: row.axis,
    payload: row.payload ? { sha256: row.payload.sha256, size: row.payload.size } : null,
    deprecated: row.deprecated ?? null,
  };
}

/**
 * A row from JSON: what {@link calibrationToJson} wrote.
 *
 * @throws ConditionsError `invalid` for a time or a run that is none
 */
export function calibrationFromJson(json: CalibrationJson): Calibration {
  const where = `calibration ${json.serNo}`;
  const { axis } = json;
  return {
    serNo: json.serNo,
    instrument: json.instrument,
    calibType: json.calibType,
    flavor: json.flavor,
    axis,
    vstart: positionFromJson(json.vstart, axis, 'begin', where),
    vend: positionFromJson(json.vend, axis, 'end', where),
    completion: json.completion,
    procLevel: json.procLevel,
    ...(json.prodStart !== null && { prodStart: parseMoment(json.prodStart, where) }),
    ...(json.prodEnd !== null && { prodEnd: parseMoment(json.prodEnd, where) }),
    locale: json.locale,
    enterTime: parseMoment(json.enterTime, where),
    creator: json.creator,
    uid: json.uid,
    inputDesc: json.inputDesc,
    notes: json.notes,
    dataIdent: json.dataIdent,
    dataFmt: json.dataFmt,
    fmtVersion: json.fmtVersion,
    ...(json.payload && { payload: json.payload }),
    ...(json.deprecated !== null && { deprecated: json.deprecated }),
  };
}

/** Null for an end that is open. */
export function positionToJson(position: Position, axis: Axis): string | null {
  return position === always || position === forever ? null : formatPosition(position, axis);
}

/** @param end which of an interval it is: what null means */
export function positionFromJson(
  json: string | null,
  axis: Axis,
  end: keyof Interval,
  where?: string,
): Position {
  if (json !== null) return parsePosition(json, axis, where);
  return end === 'begin' ? always : forever;
}

function momentToJson(moment: bigint | undefined): string | null {
  return moment === undefined ? null : formatMoment(moment);
}
