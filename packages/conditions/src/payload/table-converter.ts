import { ConditionsError } from '../errors.ts';
import { ChannelTable } from './channel-table.ts';
import type { Converter } from './converter-registry.ts';
import { suggestion } from './xml/xml-element.ts';

/** What a table of constants has to have. */
export interface TableShape {
  /** CSV or Parquet. */
  readonly dataFmt: 'CSV' | 'Parquet';
  readonly calibTypes: readonly string[];
  readonly fmtVersions: readonly string[];
  /** Columns that name a channel. */
  readonly keys: readonly string[];
  /** Columns of numbers; more are allowed. */
  readonly numbers: readonly string[];
  /** Lowest and highest value allowed, by column. */
  readonly ranges?: Readonly<Record<string, readonly [number, number]>> | undefined;
}

/** A converter for constants by channel that are kept as a table. */
export function tableConverter(shape: TableShape): Converter<ChannelTable> {
  const { dataFmt, calibTypes, fmtVersions, keys, numbers, ranges = {} } = shape;
  return {
    dataFmt,
    calibTypes,
    fmtVersions,
    makes: fmtVersions.at(-1) ?? '*',
    convert(base, { where }): ChannelTable {
      if (!(base instanceof ChannelTable)) throw new TypeError('a table converter got no table');
      for (const name of [...keys, ...numbers]) {
        if (base.columns.has(name)) continue;
        throw new ConditionsError('invalid', {
          what: `the column ${name} is missing`,
          where,
          given: [...base.columns.keys()].join(', '),
          hint: suggestion(name, base.columns.keys()),
        });
      }
      const table = base.keyedBy(keys, where);
      for (const name of numbers) checkNumbers(table, name, ranges[name], where);
      return table;
    },
  };
}

function checkNumbers(
  table: ChannelTable,
  name: string,
  [lowest, highest]: readonly [number, number] = [-Infinity, Infinity],
  where: string,
): void {
  const values = table.column(name);
  for (let row = 0; row < table.rows; row++) {
    const value = values[row];
    if (typeof value === 'number' && value >= lowest && value <= highest) continue;
    throw new ConditionsError('invalid', {
      what: `${table.channel(row)}/${name}`,
      where,
      given: String(value === '' ? 'nothing' : value),
      expected: Number.isFinite(highest - lowest) ? `${lowest} to ${highest}` : 'a number',
    });
  }
}
