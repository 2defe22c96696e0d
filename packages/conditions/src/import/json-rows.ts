import { ConditionsError } from '../errors.ts';
import { type JsonValue, readJson } from '../payload/formats/read-json.ts';

/** Objects of a JSON file, with where they are. */
export class JsonRow {
  readonly #fields: { readonly [name: string]: JsonValue };
  readonly where: string;

  constructor(value: JsonValue | undefined, where: string) {
    this.where = where;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new ConditionsError('invalid', { what: 'not an object', where });
    }
    this.#fields = value as { readonly [name: string]: JsonValue };
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#fields, name) && this.#fields[name] !== null;
  }

  /** @throws ConditionsError `invalid` where it is missing, without a `fallback`, or no text */
  text(name: string, fallback?: string): string {
    const value = this.has(name) ? this.#fields[name] : fallback;
    if (typeof value === 'string') return value;
    throw this.#wrong(name, value, 'a text');
  }

  /** A whole number of any size, as a number or as text. */
  integer(name: string, fallback?: bigint): bigint {
    const value = this.has(name) ? this.#fields[name] : fallback;
    if (typeof value === 'bigint') return value;
    if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
    if (typeof value === 'string' && /^-?\d{1,40}$/.test(value)) return BigInt(value);
    throw this.#wrong(name, value, 'a whole number');
  }

  rows(name: string): readonly JsonRow[] {
    const value = this.has(name) ? this.#fields[name] : [];
    if (Array.isArray(value))
      return value.map((item, i) => new JsonRow(item, `${this.where}: ${name}[${i}]`));
    throw this.#wrong(name, value, 'a list');
  }

  row(name: string): JsonRow {
    return new JsonRow(this.#fields[name], `${this.where}: ${name}`);
  }

  #wrong(name: string, value: unknown, expected: string): ConditionsError {
    return new ConditionsError('invalid', {
      what: value === undefined ? `${name} is missing` : name,
      where: this.where,
      given: value === undefined ? undefined : (JSON.stringify(value) ?? '').slice(0, 80),
      expected,
    });
  }
}

const long = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|-?\d{16,40}(?![\d.eE])/g;

/** Reads JSON whose whole numbers may have 64 bits: those that a number cannot hold become text. */
export function readLongJson(bytes: Uint8Array, where: string): JsonValue {
  const text = new TextDecoder().decode(bytes);
  const quoted = text.replace(long, (word) => (word.startsWith('"') ? word : `"${word}"`));
  return readJson(new TextEncoder().encode(quoted), where);
}
