import type { DecodedArray } from 'hyparquet';
import { ConditionsError } from '../../errors.ts';
import { type CellValue, ChannelTable, type TableColumn } from '../channel-table.ts';
import { checkLimit, defaultPayloadLimits, type PayloadLimits } from '../limits.ts';
import { shorten } from '../xml/xml-element.ts';

/**
 * Reads a Parquet file, with any of its usual compressions. Columns of numbers become numbers, of 64-bit integers bigints
 * where they need them, lists stay lists; times become text in ISO 8601.
 *
 * @throws ConditionsError `invalid` where it is not a sound Parquet file or passes a limit
 */
export async function readParquet(
  bytes: Uint8Array,
  where: string,
  limits: PayloadLimits = defaultPayloadLimits,
): Promise<ChannelTable> {
  const [{ parquetMetadata, parquetReadObjects, parquetSchema }, { compressors }] =
    await Promise.all([import('hyparquet'), import('hyparquet-compressors')]);
  const buffer = bytes.slice().buffer;
  try {
    const metadata = parquetMetadata(buffer);
    const names = parquetSchema(metadata).children.map((child) => child.element.name);
    const rows = Number(metadata.num_rows);
    checkLimit(limits, 'items', rows * names.length, 'too many values', where);
    const size = metadata.row_groups.reduce((sum, group) => sum + Number(group.total_byte_size), 0);
    checkLimit(limits, 'bytes', size, 'the payload grows beyond the limit', where);
    const limited = Object.fromEntries(
      Object.entries(compressors).map(([codec, decompress]) => [
        codec,
        (input: Uint8Array, length: number): Uint8Array => {
          checkLimit(limits, 'bytes', length, 'a page grows beyond the limit', where);
          return decompress(input, length);
        },
      ]),
    );
    const objects = await parquetReadObjects({ file: buffer, metadata, compressors: limited });
    if (objects.length !== rows) {
      throw new RangeError(`${objects.length} rows where its footer says ${rows}`);
    }
    const columns = names.map((name) => [name, columnOf(objects.map((row) => row[name]))] as const);
    return new ChannelTable([], columns, where);
  } catch (cause) {
    if (cause instanceof ConditionsError) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new ConditionsError('invalid', {
      what: `not a sound Parquet file: ${shorten(message)}`,
      where,
      cause,
    });
  }
}

function columnOf(values: DecodedArray): TableColumn {
  const cells = Array.from(values, cellOf);
  if (cells.every((cell) => typeof cell === 'number')) return Float64Array.from(cells);
  if (!cells.every((cell) => typeof cell === 'bigint')) return cells;
  const areSafe = cells.every((cell) => Number.isSafeInteger(Number(cell)));
  return areSafe ? Float64Array.from(cells, Number) : BigInt64Array.from(cells);
}

function cellOf(value: unknown): CellValue {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Array.from(value);
  if (Array.isArray(value) && value.every((item) => typeof item === 'number')) return value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'bigint'))
    return value.map(Number);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
  if (value === undefined || value === null) return null;
  if (typeof value === 'object') return JSON.stringify(value);
  return value as CellValue;
}
