import { ConditionsError } from '../errors.ts';
import { type Condition, compareConditions } from '../index/tag-index.ts';
import type { Axis } from '../model/validity.ts';
import { maximumOfBlock } from './block-cutter.ts';

/** A line in the root of a tag. */
export interface RootLine extends Condition {
  /** How many entries it has, at least one. */
  readonly entries: number;
  /** SHA-256 of its node. */
  readonly hash: string;
}

/** A line: where its blocks begin, how many entries each has, and their SHA-256. */
export interface LineNode {
  readonly begins: BigInt64Array;
  readonly counts: readonly number[];
  readonly hashes: readonly string[];
}

const rootFormat = 'lantern tag 1';
const lineFormat = 'lantern tag line 1';

/** The root of a tag as text, a line of text for each line of the tag: equal tags, equal bytes. */
export function encodeRoot(lines: readonly RootLine[]): Uint8Array<ArrayBuffer> {
  return encode(
    rootFormat,
    [...lines]
      .sort(compareConditions)
      .map(({ calibType, flavor, axis, entries, hash }) => [
        calibType,
        flavor,
        axis,
        entries,
        hash,
      ]),
  );
}

/** @throws ConditionsError `corrupt` for anything else than what {@link encodeRoot} writes */
export function decodeRoot(bytes: Uint8Array, name: string): readonly RootLine[] {
  const lines = decode(bytes, rootFormat, name).map((row): RootLine => {
    const [calibType, flavor, axis, entries, hash] = row;
    if (
      typeof calibType !== 'string' ||
      typeof flavor !== 'string' ||
      !isAxis(axis) ||
      !isCount(entries) ||
      !isHash(hash)
    ) {
      throw corrupt(name, row);
    }
    return { calibType, flavor, axis, entries, hash };
  });
  const wrong = lines.findIndex((line, i) => i > 0 && compareConditions(lines[i - 1]!, line) >= 0);
  if (wrong > 0) throw corrupt(name, lines[wrong]);
  return lines;
}

/** A line as text, a line of text for each block. */
export function encodeLine({ begins, counts, hashes }: LineNode): Uint8Array<ArrayBuffer> {
  return encode(
    lineFormat,
    hashes.map((hash, i) => [String(begins[i]), counts[i], hash]),
  );
}

/** @throws ConditionsError `corrupt` for anything else than what {@link encodeLine} writes */
export function decodeLine(bytes: Uint8Array, name: string): LineNode {
  const rows = decode(bytes, lineFormat, name);
  const begins = new BigInt64Array(rows.length);
  const counts: number[] = [];
  const hashes: string[] = [];
  rows.forEach((row, i) => {
    const [begin, count, hash] = row;
    if (
      typeof begin !== 'string' ||
      !/^-?\d{1,19}$/.test(begin) ||
      !isCount(count) ||
      count > maximumOfBlock ||
      !isHash(hash)
    ) {
      throw corrupt(name, row);
    }
    begins[i] = BigInt(begin);
    if (i > 0 && begins[i - 1]! >= begins[i]!) throw corrupt(name, row);
    counts.push(count);
    hashes.push(hash);
  });
  if (rows.length === 0) throw corrupt(name, []);
  return { begins, counts, hashes };
}

function encode(format: string, rows: readonly (readonly unknown[])[]): Uint8Array<ArrayBuffer> {
  const body = rows.map((row) => JSON.stringify(row)).join(',\n');
  return new TextEncoder().encode(`{"format":"${format}","rows":[\n${body}\n]}\n`);
}

function decode(bytes: Uint8Array, format: string, name: string): readonly (readonly unknown[])[] {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new ConditionsError('corrupt', { what: 'part of a tag is not JSON', where: name, cause });
  }
  const { format: given, rows } = (value ?? {}) as { format?: unknown; rows?: unknown };
  if (given !== format || !Array.isArray(rows) || !rows.every(Array.isArray)) {
    throw new ConditionsError('corrupt', {
      what: 'part of a tag has another format',
      where: name,
      given: JSON.stringify(given),
      expected: `'${format}'`,
    });
  }
  return rows;
}

function isAxis(value: unknown): value is Axis {
  return value === 'time' || value === 'run';
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

function corrupt(where: string, given: unknown): ConditionsError {
  return new ConditionsError('corrupt', {
    what: 'part of a tag makes no sense',
    where,
    given: JSON.stringify(given),
  });
}
