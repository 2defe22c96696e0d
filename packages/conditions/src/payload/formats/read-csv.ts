import { ConditionsError } from '../../errors.ts';
import { ChannelTable, type TableColumn } from '../channel-table.ts';
import { checkLimit, defaultPayloadLimits, type PayloadLimits } from '../limits.ts';
import { decodeUtf8 } from '../xml/decode-text.ts';
import { shorten } from '../xml/xml-element.ts';

/**
 * Reads CSV (RFC 4180) with the names of its columns in the first line; lines that begin with `#` are comments. A column
 * of decimal numbers becomes numbers, of whole numbers beyond 2^53 bigints, one with empty fields has null for them, any
 * other is text.
 *
 * @throws ConditionsError `invalid` with the line
 */
export async function readCsv(
  bytes: Uint8Array,
  where: string,
  limits: PayloadLimits = defaultPayloadLimits,
): Promise<ChannelTable> {
  const records = await readCsvRecords(bytes, where, limits);
  const [names = [], ...rows] = records;
  checkLimit(limits, 'items', names.length * rows.length, 'too many fields', where);
  const columns = names.map((name, i): readonly [string, TableColumn] => [
    name,
    columnOf(rows.map((row) => row[i] ?? '')),
  ]);
  return new ChannelTable([], columns, where);
}

/**
 * The fields of a CSV file as text, record by record; the first are the names of its columns.
 *
 * @throws ConditionsError `invalid` with the line
 */
export async function readCsvRecords(
  bytes: Uint8Array,
  where: string,
  limits: PayloadLimits = defaultPayloadLimits,
): Promise<readonly (readonly string[])[]> {
  const text = decodeUtf8(bytes, where);
  const { parse, CsvError } = await import('csv-parse/browser/esm/sync');
  let records: string[][];
  try {
    records = parse(text, {
      comment: '#',
      comment_no_infix: true,
      max_record_size: limits.text,
      skip_empty_lines: true,
    });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const line = 'lines' in cause ? `:${cause.lines}` : '';
    throw new ConditionsError('invalid', {
      what: `not a sound CSV table: ${shorten(cause.message)}`,
      where: `${where}${line}`,
      cause,
    });
  }
  checkNames(records[0], where);
  return records;
}

function checkNames(names: readonly string[] | undefined, where: string): void {
  if (!names) {
    throw new ConditionsError('invalid', {
      what: 'the file is empty',
      where,
      expected: 'a line with the names of the columns',
    });
  }
  const wrong = names.find((name, i) => name.trim() === '' || names.indexOf(name) !== i);
  if (wrong === undefined) return;
  throw new ConditionsError('invalid', {
    what: wrong.trim() === '' ? 'a column without a name' : 'two columns of the same name',
    where,
    given: `'${shorten(wrong)}'`,
  });
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const whole = /^[+-]?\d{1,18}$/;

function columnOf(fields: readonly string[]): TableColumn {
  const filled = fields.filter((field) => field !== '');
  if (filled.length === 0 || !filled.every((field) => decimal.test(field))) return fields;
  const isBig = filled.some(
    (field) => /^[+-]?\d+$/.test(field) && !Number.isSafeInteger(Number(field)),
  );
  if (isBig) {
    if (!fields.every((field) => whole.test(field))) return fields;
    return BigInt64Array.from(fields, (field) => BigInt(field.replace('+', '')));
  }
  const numbers = fields.map((field) => (field === '' ? null : Number(field)));
  if (!numbers.every((number) => number === null || Number.isFinite(number))) return fields;
  return numbers.every((number) => number !== null) ? Float64Array.from(numbers) : numbers;
}
