import { ConditionsError } from '../errors.ts';
import { type Calibration, type ProcLevel, procLevels } from '../model/calibration.ts';
import type { FieldTest, RowQuery } from './metadata-store.ts';

/** Whether a row of its series may be an answer at all: not deprecated, of a level and a completion that are asked for. */
export function isCandidate(
  row: Pick<Calibration, 'deprecated' | 'procLevel' | 'completion'>,
  levels: readonly ProcLevel[],
  completions: readonly string[] | undefined,
): boolean {
  if (row.deprecated !== undefined || !levels.includes(row.procLevel)) return false;
  return completions ? completions.includes(row.completion) : row.completion !== 'abort';
}

/** For sort: the newest entry first. */
export function newestFirst(a: Calibration, b: Calibration): number {
  return compareValues(b.enterTime, a.enterTime) || b.serNo - a.serNo;
}

/** The rows that a query wants, of these. */
export function matchRows(rows: Iterable<Calibration>, query: RowQuery): Calibration[] {
  const { tests, sort = 'serNo', descending = false } = checkedQuery(query);
  const sign = descending ? -1 : 1;
  const found = Array.from(rows).filter((row) => tests.every((test) => testHolds(row, test)));
  found.sort((a, b) => {
    const [x, y] = [fieldOf(a, sort), fieldOf(b, sort)];
    if (x === undefined || y === undefined) {
      return Number(x === undefined) - Number(y === undefined) || a.serNo - b.serNo;
    }
    return sign * compareValues(x, y) || a.serNo - b.serNo;
  });
  const { limit = 1000, offset = 0 } = query;
  return found.slice(offset, offset + limit);
}

/** What a field of a row is compared by: text, integer, or undefined where the row has none. */
type FieldValue = string | number | bigint | undefined;

const textFields = [
  'instrument',
  'calibType',
  'flavor',
  'axis',
  'completion',
  'procLevel',
  'locale',
  'creator',
  'uid',
  'inputDesc',
  'notes',
  'dataIdent',
  'dataFmt',
  'fmtVersion',
  'payload',
  'deprecated',
] as const satisfies readonly (keyof Calibration)[];

const integerFields = [
  'serNo',
  'vstart',
  'vend',
  'prodStart',
  'prodEnd',
  'enterTime',
] as const satisfies readonly (keyof Calibration)[];

/** All fields of a row, and what they are compared as. */
export const rowFields: ReadonlyMap<keyof Calibration, 'text' | 'integer'> = new Map<
  keyof Calibration,
  'text' | 'integer'
>([
  ...textFields.map((field) => [field, 'text'] as const),
  ...integerFields.map((field) => [field, 'integer'] as const),
]);

const comparisons = ['=', '!=', '<', '<=', '>', '>=', 'like'];

/**
 * The query as it is, if it makes sense: every store asks this first.
 *
 * @throws ConditionsError `invalid` for a field or a test that there is not, a value that the field cannot have, a limit out
 * of 1 .. 10,000
 */
export function checkedQuery(query: RowQuery): RowQuery {
  for (const { field, test, value } of query.tests) {
    const type = rowFields.get(field) ?? noField(field);
    if (!comparisons.includes(test)) {
      throw wrong('no such comparison', `'${test}'`, comparisons.join(', '));
    }
    if (
      type === 'integer' ? typeof value === 'string' || test === 'like' : typeof value !== 'string'
    ) {
      const expected = type === 'integer' ? 'an integer, and no like' : 'text';
      throw wrong(`${field} cannot be compared so`, `${test} ${typeof value} ${value}`, expected);
    }
    if (typeof value === 'number' && !Number.isSafeInteger(value)) {
      throw wrong(`${field} cannot be compared so`, `${value}`, 'an integer');
    }
  }
  if (query.sort && !rowFields.has(query.sort)) noField(query.sort);
  const { limit = 1000, offset = 0 } = query;
  if (!Number.isInteger(limit) || limit < 1 || limit > 10_000) {
    throw wrong('no such limit', `${limit}`, '1 .. 10000');
  }
  if (!Number.isSafeInteger(offset) || offset < 0) {
    throw wrong('no such offset', `${offset}`, '0 and more');
  }
  return query;
}

function noField(field: string): never {
  const names = [...rowFields.keys()];
  throw wrong('no such field', `'${field}'`, `one of ${names.join(', ')}`);
}

function wrong(what: string, given: string, expected: string): ConditionsError {
  return new ConditionsError('invalid', { what, where: 'search', given, expected });
}

/** What a field of a row is compared by. */
export function fieldOf(row: Calibration, field: keyof Calibration): FieldValue {
  return field === 'payload' ? row.payload?.sha256 : row[field];
}

/** Whether a test holds of a row; none does of a field that it has not. */
export function testHolds(row: Calibration, { field, test, value }: FieldTest): boolean {
  const given = fieldOf(row, field);
  if (given === undefined) return false;
  if (test === 'like') return likePattern(`${value}`).test(`${given}`);
  const order = compareValues(given, value);
  switch (test) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    default:
      return order >= 0;
  }
}

function likePattern(text: string): RegExp {
  const parts = text.split(/\*+/).map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'su');
}

function compareValues(a: string | number | bigint, b: string | number | bigint): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** By code points, as UTF-8 sorts: above U+FFFF the order of JavaScript's strings is another. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) {
      const areSurrogates = [isSurrogate(x), isSurrogate(y)];
      if (areSurrogates[0] !== areSurrogates[1]) return areSurrogates[0] ? 1 : -1;
      return x - y;
    }
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

/** The levels of a question, each of which there is. */
export function checkedLevels(levels: readonly ProcLevel[]): readonly ProcLevel[] {
  for (const level of levels) {
    if (!procLevels.includes(level)) {
      throw new ConditionsError('invalid', {
        what: 'no such level',
        given: `'${level}'`,
        expected: procLevels.join(', '),
      });
    }
  }
  return levels;
}
