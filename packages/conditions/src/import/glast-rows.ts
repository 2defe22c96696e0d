import { nearest } from '@lantern/units';
import { ConditionsError } from '../errors.ts';
import type { CalibrationDraft, ProcLevel } from '../model/calibration.ts';
import { forever } from '../model/validity.ts';
import { readCsvRecords } from '../payload/formats/read-csv.ts';
import { defaultPayloadLimits } from '../payload/limits.ts';
import { decodeUtf8 } from '../payload/xml/decode-text.ts';
import { parseXml } from '../payload/xml/parse-xml.ts';
import { attribute, requiredAttribute, type XmlElement } from '../payload/xml/xml-element.ts';
import type { BundleCalibration } from './conditions-bundle.ts';
import { parseGlastTime } from './glast-time.ts';
import { type FieldRow, type LocatedRow, sqlRows } from './sql-rows.ts';

/** How rows of metadata are written: comma-separated, as `mysql --xml` does, or as a dump does. */
export type GlastRowsFormat = 'csv' | 'xml' | 'sql';

/** Columns of the table `metadata_v2r1`, and the document's names of them. */
const columns: Readonly<Record<string, string>> = {
  ser_no: 'serNo',
  instrument: 'instrument',
  calib_type: 'calibType',
  flavor: 'flavor',
  vstart: 'vstart',
  vend: 'vend',
  completion: 'completion',
  proc_level: 'procLevel',
  prod_start: 'prodStart',
  prod_end: 'prodEnd',
  locale: 'locale',
  enter_time: 'enterTime',
  update_time: 'updateTime',
  creator: 'creator',
  uid: 'uid',
  input_desc: 'inputDesc',
  input_start: 'inputStart',
  input_end: 'inputEnd',
  notes: 'notes',
  data_ident: 'dataIdent',
  data_fmt: 'dataFmt',
  data_size: 'dataSize',
  fmt_version: 'fmtVersion',
};
const names = Object.values(columns);

const completions: Readonly<Record<string, string>> = {
  OK: 'ok',
  INC: 'incomplete',
  ABORT: 'abort',
};
const levels: Readonly<Record<string, ProcLevel>> = {
  PROD: 'production',
  DEV: 'development',
  TEST: 'test',
  SUPSED: 'superseded',
};

/** What the table has where a vend is not known: "the last possible time". */
const lastPossible = /^2037-12-31(?:[ T]00:00(?::00(?:\.0+)?)?)?$/;

/**
 * Rows of the GLAST metadata table, as drafts in the order of their serial numbers: columns by the table's names or the
 * document's; PROD, DEV, TEST, SUPSED and OK, INC, ABORT by the document's words; a vend that is missing or 2037-12-31 is none.
 * What a registration sets itself (serial number, time of entry) stays in the notes.
 *
 * @throws ConditionsError `invalid` with the line, column and value
 */
export async function readGlastRows(
  bytes: Uint8Array,
  file: string,
  format: GlastRowsFormat,
): Promise<readonly BundleCalibration[]> {
  const rows = (await locatedRows(bytes, file, format)).map(({ fields, where }, i) =>
    calibrationOf(named(fields, where), where, i),
  );
  return rows.sort((a, b) => a.order - b.order).map(({ calibration }) => calibration);
}

async function locatedRows(
  bytes: Uint8Array,
  file: string,
  format: GlastRowsFormat,
): Promise<readonly LocatedRow[]> {
  if (format === 'sql') return sqlRows(decodeUtf8(bytes, file), file);
  if (format === 'xml') return xmlRows(parseXml(decodeUtf8(bytes, file), file));
  const [header = [], ...records] = await readCsvRecords(bytes, file, defaultPayloadLimits);
  return records.map((record, i) => ({
    fields: Object.fromEntries(
      header.map((name, j) => [name, isNull(record[j]) ? undefined : record[j]]),
    ),
    where: `${file}: row ${i + 1}`,
  }));
}

function isNull(field: string | undefined): boolean {
  return field === undefined || field === '\\N' || field === 'NULL';
}

/** `<row>` with a `<field name="…">` for each column, wherever they are. */
function xmlRows(root: XmlElement): readonly LocatedRow[] {
  const rows: LocatedRow[] = [];
  const descend = (xml: XmlElement): void => {
    if (xml.name !== 'row') {
      xml.children.forEach(descend);
      return;
    }
    const fields: Record<string, string | undefined> = {};
    for (const field of xml.children) {
      const isNil = attribute(field, 'xsi:nil') === 'true';
      fields[requiredAttribute(field, 'name')] = isNil ? undefined : field.text;
    }
    rows.push({ fields, where: `${xml.file}:${xml.line}` });
  };
  descend(root);
  return rows;
}

/** The fields by the document's names. */
function named(fields: FieldRow, where: string): FieldRow {
  return Object.fromEntries(
    Object.entries(fields).map(([column, value]) => {
      const name = Object.hasOwn(columns, column) ? columns[column] : column;
      if (name !== undefined && names.includes(name)) return [name, value];
      const near = nearest(column, [...Object.keys(columns), ...names]);
      throw new ConditionsError('invalid', {
        what: 'no such column of calibration metadata',
        where,
        given: column.slice(0, 80),
        hint: near && `did you mean ${near}?`,
      });
    }),
  );
}

function calibrationOf(
  fields: FieldRow,
  where: string,
  index: number,
): { readonly order: number; readonly calibration: BundleCalibration } {
  const required = (name: string): string => {
    const value = fields[name];
    if (value !== undefined && value !== '') return value;
    throw new ConditionsError('invalid', { what: `${name} is missing`, where });
  };
  const { vend, procLevel = 'TEST', completion, flavor, serNo } = fields;
  const hasEnd = vend !== undefined && vend !== '' && !lastPossible.test(vend.trim());
  const draft: CalibrationDraft = {
    instrument: required('instrument'),
    calibType: required('calibType'),
    flavor: flavor || 'vanilla',
    axis: 'time',
    vstart: parseGlastTime(required('vstart'), where),
    vend: hasEnd ? parseGlastTime(vend, where) : forever,
    completion: word(completion ?? 'OK', completions, 'completion', where),
    procLevel: word(procLevel, levels, 'procLevel', where),
    locale: fields.locale ?? 'orbit',
    creator: fields.creator ?? '',
    uid: fields.uid ?? '',
    inputDesc: withRemarks(fields, 'inputDesc', ['inputStart', 'inputEnd']),
    notes: withRemarks(fields, 'notes', [
      'serNo',
      'enterTime',
      'updateTime',
      'prodStart',
      'prodEnd',
    ]),
    dataIdent: required('dataIdent'),
    dataFmt: required('dataFmt'),
    fmtVersion: fields.fmtVersion ?? '',
  };
  const id = serNo ? `serNo ${serNo}` : where;
  return {
    order: serNo ? Number(serNo) : index,
    calibration: { draft, id, file: draft.dataIdent },
  };
}

function word<W extends string>(
  given: string,
  words: Readonly<Record<string, W>>,
  name: string,
  where: string,
): W {
  const key = given.toUpperCase();
  const found = words[key] ?? Object.values(words).find((value) => value === given.toLowerCase());
  if (found !== undefined) return found;
  throw new ConditionsError('invalid', {
    what: name,
    where,
    given: `'${given.slice(0, 80)}'`,
    expected: `one of ${[...Object.keys(words), ...Object.values(words)].join(', ')}`,
  });
}

/** A text, with what has no field of its own here: `total fantasy [GLAST serNo 12]`. */
function withRemarks(fields: FieldRow, name: string, more: readonly string[]): string {
  const remarks = more.flatMap((field) => (fields[field] ? [`${field} ${fields[field]}`] : []));
  const text = fields[name] ?? '';
  if (remarks.length === 0) return text;
  return `${text}${text === '' ? '' : ' '}[GLAST: ${remarks.join(', ')}]`;
}
