import type { Calibration } from '../model/calibration.ts';
import { formatMoment } from '../model/time.ts';
import { forever, type Moment } from '../model/validity.ts';
import type { GlastRowsFormat } from './glast-rows.ts';

const levels = { production: 'PROD', development: 'DEV', test: 'TEST', superseded: 'SUPSED' };
const completions: Readonly<Record<string, string>> = {
  ok: 'OK',
  incomplete: 'INC',
  abort: 'ABORT',
};

/** The columns of `metadata_v2r1`, each with what it gets. */
const columns: readonly (readonly [string, (row: Calibration) => string | number | undefined])[] = [
  ['ser_no', (row) => row.serNo],
  ['instrument', (row) => row.instrument],
  ['calib_type', (row) => row.calibType],
  ['flavor', (row) => row.flavor],
  ['data_fmt', (row) => row.dataFmt],
  ['data_size', (row) => row.payload?.size],
  ['vstart', (row) => time(row.vstart)],
  ['vend', (row) => (row.vend === forever ? undefined : time(row.vend))],
  ['enter_time', (row) => time(row.enterTime)],
  ['locale', (row) => row.locale],
  ['fmt_version', (row) => row.fmtVersion],
  ['completion', (row) => completions[row.completion] ?? row.completion],
  ['proc_level', (row) => levels[row.procLevel]],
  ['prod_start', (row) => (row.prodStart === undefined ? undefined : time(row.prodStart))],
  ['prod_end', (row) => (row.prodEnd === undefined ? undefined : time(row.prodEnd))],
  ['creator', (row) => row.creator],
  ['uid', (row) => row.uid],
  ['data_ident', (row) => row.dataIdent || row.payload?.sha256],
  ['input_desc', (row) => row.inputDesc],
  ['notes', (row) => row.notes],
];

/** Writes rows as GLAST's metadata table has them; `readGlastRows` reads them back. Rows on the axis `run` have no place in it: they are left out. */
export function writeGlastRows(rows: readonly Calibration[], format: GlastRowsFormat): string {
  const inTime = rows.filter(({ axis }) => axis === 'time');
  const names = columns.map(([name]) => name);
  const records = inTime.map((row) => columns.map(([, value]) => value(row)));
  if (format === 'csv') {
    return [names, ...records.map((record) => record.map(csvField))]
      .map((record) => `${record.join(',')}\n`)
      .join('');
  }
  if (format === 'xml') {
    const lines = records.map(
      (record) => `  <row>\n${record.map(xmlField(names)).join('')}  </row>\n`,
    );
    return `<?xml version="1.0" encoding="UTF-8"?>\n<table_data name="metadata_v2r1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n${lines.join('')}</table_data>\n`;
  }
  const list = names.map((name) => `\`${name}\``).join(', ');
  return records
    .map(
      (record) =>
        `INSERT INTO \`metadata_v2r1\` (${list}) VALUES (${record.map(sqlValue).join(', ')});\n`,
    )
    .join('');
}

function time(moment: Moment): string {
  return formatMoment(moment).replace('T', ' ').replace('Z', '');
}

function csvField(value: string | number | undefined): string {
  if (value === undefined) return '\\N';
  const text = String(value);
  return /[",\n\r#]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function xmlField(
  names: readonly string[],
): (value: string | number | undefined, i: number) => string {
  return (value, i) =>
    value === undefined
      ? `    <field name="${names[i]}" xsi:nil="true"/>\n`
      : `    <field name="${names[i]}">${escaped(String(value))}</field>\n`;
}

function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r -\ud7ff\ue000-\ufffd]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

function sqlValue(value: string | number | undefined): string {
  if (value === undefined) return 'NULL';
  if (typeof value === 'number') return String(value);
  const text = value
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\n', '\\n')
    .replaceAll('\u0000', '\\0');
  return `'${text}'`;
}
