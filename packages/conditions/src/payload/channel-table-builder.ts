import { type CellValue, ChannelTable } from './channel-table.ts';

/** Collects channels one by one; keys and numbers are packed when it is done. */
export class ChannelTableBuilder {
  readonly #keyNames: readonly string[];
  readonly #columnNames: readonly string[];
  readonly #keys: (string | number)[][];
  readonly #columns: CellValue[][];

  constructor(keyNames: readonly string[], columnNames: readonly string[]) {
    this.#keyNames = keyNames;
    this.#columnNames = columnNames;
    this.#keys = keyNames.map(() => []);
    this.#columns = columnNames.map(() => []);
  }

  get rows(): number {
    return this.#columns[0]?.length ?? 0;
  }

  /** Adds a channel: its key and its constants, in the order of their names. */
  add(key: readonly (string | number)[], values: readonly CellValue[]): void {
    for (const [i, column] of this.#keys.entries()) column.push(key[i] ?? '');
    for (const [i, column] of this.#columns.entries()) column.push(values[i] ?? null);
  }

  /** @throws ConditionsError where two channels have the same key */
  table(where: string): ChannelTable {
    const keys = this.#keyNames.map((name, i) => ({ name, values: packKeys(this.#keys[i] ?? []) }));
    const columns = this.#columnNames.map(
      (name, i) => [name, pack(this.#columns[i] ?? [])] as const,
    );
    return new ChannelTable(keys, columns, where);
  }
}

function pack(values: readonly CellValue[]): Float64Array | readonly CellValue[] {
  return isNumbers(values) ? Float64Array.from(values) : values;
}

function packKeys(values: readonly (string | number)[]): Int32Array | readonly (string | number)[] {
  return isNumbers(values) ? Int32Array.from(values) : values;
}

function isNumbers(values: readonly unknown[]): values is readonly number[] {
  return values.every((value) => typeof value === 'number');
}
