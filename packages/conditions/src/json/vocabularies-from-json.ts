import { nearest } from '@lantern/units';
import { ConditionsError } from '../errors.ts';
import type { Calibration } from '../model/calibration.ts';
import { parseRun } from '../model/run-position.ts';
import { isPlainText } from '../model/text.ts';
import { parseMoment } from '../model/time.ts';
import type { Assertion, RowTest, TypeRules, Vocabularies } from '../model/vocabularies.ts';
import { rowFields } from '../store/match-rows.ts';

const wordLists = [
  'instruments',
  'calibTypes',
  'flavors',
  'completions',
  'dataFmts',
  'locales',
] as const;
const ruleNames = [
  'overlap',
  'refuseGaps',
  'required',
  'refuseUnchanged',
  'refuseUnreadable',
  'assertions',
] as const;
const overlapRules = ['refuse', 'close', 'newest'] as const;
const steps = ['register', 'promote', 'superseded'] as const;
const comparisons = ['=', '!=', '<', '<=', '>', '>=', 'like', 'in', 'present', 'absent'] as const;

/** JSON with names. */
type Members = Readonly<Record<string, unknown>>;

/**
 * The words and rules of a configuration file, checked: JSON of the shape of {@link Vocabularies}. [VOC1]
 *
 * @param json parsed
 * @param where the file, for errors
 * @throws ConditionsError `invalid` that names the place in the file, what is there and what may be
 */
export function vocabulariesFromJson(json: unknown, where = 'vocabularies'): Vocabularies {
  const all = members(json, where);
  onlyNames(all, [...wordLists, 'rules'], where);
  const lists = wordLists.flatMap((name) =>
    all[name] === undefined ? [] : [[name, words(all[name], `${where}, ${name}`)]],
  );
  const vocabularies: Vocabularies = Object.fromEntries(lists);
  if (all.rules === undefined) return vocabularies;
  const rules = Object.entries(members(all.rules, `${where}, rules`)).map(([type, given]) => {
    const at = `${where}, rules of '${type}'`;
    const types = vocabularies.calibTypes;
    if (type !== '*' && types && !types.includes(type)) {
      throw wrong('no such calibration type', at, type, types.join(', '), nearest(type, types));
    }
    if (!isPlainText(type)) throw wrong('no type', at, show(type), 'Unicode without NUL');
    return [type, typeRules(given, at)] as const;
  });
  return { ...vocabularies, rules: Object.fromEntries(rules) };
}

function typeRules(json: unknown, where: string): TypeRules {
  const all = members(json, where);
  onlyNames(all, ruleNames, where);
  const { overlap, refuseGaps, required, refuseUnchanged, refuseUnreadable, assertions } = all;
  return {
    ...(overlap !== undefined && { overlap: oneOf(overlap, overlapRules, `${where}, overlap`) }),
    ...(refuseGaps !== undefined && { refuseGaps: flag(refuseGaps, `${where}, refuseGaps`) }),
    ...(refuseUnchanged !== undefined && {
      refuseUnchanged:
        refuseUnchanged === 'constants'
          ? refuseUnchanged
          : flag(refuseUnchanged, `${where}, refuseUnchanged`),
    }),
    ...(refuseUnreadable !== undefined && {
      refuseUnreadable: flag(refuseUnreadable, `${where}, refuseUnreadable`),
    }),
    ...(required !== undefined && {
      required: list(required, `${where}, required`, (one, at) => fieldName(one, at)),
    }),
    ...(assertions !== undefined && {
      assertions: list(assertions, `${where}, assertions`, assertion),
    }),
  };
}

function assertion(json: unknown, where: string): Assertion {
  const all = members(json, where);
  onlyNames(all, ['name', 'on', 'when', 'require'], where);
  const { name, on, when, require } = all;
  const tests = list(require, `${where}, require`, rowTest);
  if (typeof name !== 'string' || name === '' || !isPlainText(name))
    throw wrong('no name', where, show(name), 'what it demands, in words');
  if (tests.length === 0) throw wrong('it demands nothing', `${where}, require`, '[]', 'tests');
  return {
    name,
    ...(on !== undefined && { on: list(on, `${where}, on`, (one, at) => oneOf(one, steps, at)) }),
    ...(when !== undefined && { when: list(when, `${where}, when`, rowTest) }),
    require: tests,
  };
}

function rowTest(json: unknown, where: string): RowTest {
  const all = members(json, where);
  onlyNames(all, ['field', 'test', 'value', 'other'], where);
  const field = fieldName(all.field, where);
  const test = oneOf(all.test, comparisons, where);
  if (test === 'present' || test === 'absent') {
    onlyNames(all, ['field', 'test'], where);
    return { field, test };
  }
  if (all.other !== undefined) {
    onlyNames(all, ['field', 'test', 'other'], where);
    const other = fieldName(all.other, where);
    if (test === 'in' || test === 'like' || kindOf(field) !== kindOf(other)) {
      throw wrong(
        'fields that cannot be compared so',
        where,
        `${field} ${test} ${other}`,
        'fields of one kind',
      );
    }
    return { field, test, other };
  }
  const value =
    test === 'in'
      ? list(all.value, `${where}, value`, (one, at) => fieldValue(field, one, at))
      : fieldValue(field, all.value, where);
  if (test === 'like' && kindOf(field) !== 'text')
    throw wrong('like is for text', where, field, 'a field of text');
  return { field, test, value };
}

function fieldValue(field: keyof Calibration, value: unknown, where: string): string | number {
  const kind = kindOf(field);
  if (kind === 'number' && typeof value === 'number' && Number.isSafeInteger(value)) return value;
  if (kind === 'number' || typeof value !== 'string') {
    const expected =
      kind === 'number' ? 'an integer' : kind === 'text' ? 'text' : 'a time, as text';
    throw wrong(`no value for ${field}`, where, show(value), expected);
  }
  if (!isPlainText(value)) throw wrong('not text', where, show(value), 'Unicode without NUL');
  if (kind === 'moment') parseMoment(value, where);
  if (kind === 'position' && !/^\d+(\.\d+)?$/.test(value)) parseMoment(value, where);
  else if (kind === 'position') parseRun(value, where);
  return value;
}

function kindOf(field: keyof Calibration): 'text' | 'number' | 'position' | 'moment' {
  if (rowFields.get(field) === 'text') return 'text';
  if (field === 'serNo') return 'number';
  return field === 'vstart' || field === 'vend' ? 'position' : 'moment';
}

function fieldName(value: unknown, where: string): keyof Calibration {
  return oneOf(value, [...rowFields.keys()], where);
}

function oneOf<T extends string>(value: unknown, all: readonly T[], where: string): T {
  const found = all.find((one) => one === value);
  if (found !== undefined) return found;
  const near = typeof value === 'string' ? nearest(value, all) : undefined;
  throw wrong('no such word', where, show(value), `one of ${all.join(', ')}`, near);
}

function words(json: unknown, where: string): string[] {
  const all = list(json, where, (one, at) => {
    if (typeof one === 'string' && one !== '' && isPlainText(one)) return one;
    throw wrong('no word', at, show(one), 'text');
  });
  const twice = all.find((word, i) => all.indexOf(word) < i);
  if (twice !== undefined) throw wrong('a word that is there twice', where, twice, 'each once');
  return all;
}

function list<T>(json: unknown, where: string, read: (one: unknown, at: string) => T): T[] {
  if (!Array.isArray(json)) throw wrong('no list', where, show(json), 'a list');
  return json.map((one, i) => read(one, `${where}[${i}]`));
}

function flag(json: unknown, where: string): boolean {
  if (typeof json === 'boolean') return json;
  throw wrong('neither true nor false', where, show(json), 'true or false');
}

function members(json: unknown, where: string): Members {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Members;
  throw wrong('no object', where, show(json), 'names and values');
}

function onlyNames(given: Members, known: readonly string[], where: string): void {
  for (const name of Object.keys(given)) {
    if (known.includes(name) || given[name] === undefined) continue;
    throw wrong('an unknown name', where, name, known.join(', '), nearest(name, known));
  }
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value).slice(0, 80);
}

function wrong(
  what: string,
  where: string,
  given: string,
  expected: string,
  near?: string,
): ConditionsError {
  const hint = near && `did you mean '${near}'?`;
  return new ConditionsError('invalid', { what, where, given, expected, hint });
}
