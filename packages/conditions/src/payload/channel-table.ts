import { nearest } from '@lantern/units';
import { ConditionsError } from '../errors.ts';
import type { Constant, ConstantValue, HasConstants } from './constants.ts';

/** A value in a table: a constant, or several in a row. */
export type CellValue = ConstantValue | ArrayLike<number>;

/** The values of a column, by row. */
export type TableColumn = Float64Array | BigInt64Array | readonly CellValue[];

/** A part of what names a channel. */
export interface ChannelKey {
  /** `layer`, `face` … */
  readonly name: string;
  /** By row: numbers or words. */
  readonly values: Int32Array | readonly (string | number)[];
}

/**
 * Constants by channel: each row is a channel, named by its keys, the slowest varying first; without keys rows are
 * named by their number. What calibrations of all formats become in memory.
 */
export class ChannelTable implements HasConstants {
  readonly keys: readonly ChannelKey[];
  readonly columns: ReadonlyMap<string, TableColumn>;
  readonly rows: number;
  #index: ReadonlyMap<string, number> | undefined;

  /**
   * @param where file or row, for errors
   * @throws ConditionsError `invalid` where columns differ in length or two rows have the same key
   */
  constructor(
    keys: readonly ChannelKey[],
    columns: Iterable<readonly [string, TableColumn]>,
    where: string,
  ) {
    this.keys = keys;
    this.columns = new Map(columns);
    const lengths = [
      ...keys.map(({ name, values }) => [name, values.length] as const),
      ...[...this.columns].map(([name, values]) => [name, values.length] as const),
    ];
    this.rows = lengths[0]?.[1] ?? 0;
    const other = lengths.find(([, length]) => length !== this.rows);
    if (other) {
      throw new ConditionsError('invalid', {
        what: `the column ${other[0]} has another length`,
        where,
        given: `${other[1]} rows`,
        expected: String(this.rows),
      });
    }
    if (keys.length > 0) this.#index = this.#makeIndex(where);
  }

  /** The row of a channel; undefined where there is none. */
  rowOf(...key: readonly (number | string)[]): number | undefined {
    if (this.keys.length > 0) return this.#index?.get(key.join('/'));
    const row = Number(key[0]);
    return Number.isInteger(row) && row >= 0 && row < this.rows ? row : undefined;
  }

  /**
   * The number in a column for a channel.
   *
   * @throws ConditionsError `absent` where there is no such column or channel, `invalid` where it is no number
   */
  number(column: string, ...key: readonly (number | string)[]): number {
    const values = this.column(column);
    const row = this.rowOf(...key);
    if (row === undefined) {
      throw new ConditionsError('absent', {
        what: 'no such channel',
        given: this.keys.map(({ name }, i) => `${name}=${key[i]}`).join('/') || `row ${key[0]}`,
        expected: this.rows === 0 ? 'none: the table is empty' : `such as ${this.channel(0)}`,
      });
    }
    const value = values[row];
    if (typeof value === 'number') return value;
    throw new ConditionsError('invalid', {
      what: `${this.channel(row)}/${column} is not a number`,
      given: String(value),
    });
  }

  /** @throws ConditionsError `absent` where there is none of that name */
  column(name: string): TableColumn {
    const values = this.columns.get(name);
    if (values) return values;
    const near = nearest(name, this.columns.keys());
    throw new ConditionsError('absent', {
      what: 'no such column',
      given: name,
      expected: [...this.columns.keys()].join(', '),
      hint: near && `did you mean ${near}?`,
    });
  }

  /** The name of a row's channel: `layer=0/xtal=3`, `row=7` without keys. */
  channel(row: number): string {
    if (this.keys.length === 0) return `row=${row}`;
    return this.keys.map(({ name, values }) => `${name}=${values[row]}`).join('/');
  }

  /** The same table with some of its columns as keys. */
  keyedBy(names: readonly string[], where: string): ChannelTable {
    const keys = names.map((name) => ({ name, values: keyValues(name, this.column(name), where) }));
    const rest = [...this.columns].filter(([name]) => !names.includes(name));
    return new ChannelTable([...this.keys, ...keys], rest, where);
  }

  *constants(): Generator<Constant> {
    for (let row = 0; row < this.rows; row++) {
      const channel = this.channel(row);
      for (const [name, values] of this.columns) {
        const value = values[row] ?? null;
        if (typeof value !== 'object' || value === null) yield [`${channel}/${name}`, value];
        else {
          for (let i = 0; i < value.length; i++) {
            yield [`${channel}/${name}[${i}]`, value[i] ?? null];
          }
        }
      }
    }
  }

  #makeIndex(where: string): ReadonlyMap<string, number> {
    const index = new Map<string, number>();
    for (let row = 0; row < this.rows; row++) {
      const key = this.keys.map(({ values }) => values[row]).join('/');
      const first = index.get(key);
      if (first !== undefined) {
        throw new ConditionsError('invalid', {
          what: `two rows for the channel ${this.channel(row)}`,
          where,
          given: `rows ${first} and ${row}, from 0`,
        });
      }
      index.set(key, row);
    }
    return index;
  }
}

function keyValues(name: string, column: TableColumn, where: string): readonly (string | number)[] {
  return Array.from<unknown, string | number>(column as ArrayLike<unknown>, (value, row) => {
    if (typeof value === 'string' || Number.isSafeInteger(value)) return value as string | number;
    if (typeof value === 'bigint') return String(value);
    throw new ConditionsError('invalid', {
      what: `the key ${name} of row ${row}`,
      where,
      given: String(value),
      expected: 'a whole number or a word',
    });
  });
}
