import { ConditionsError } from '../errors.ts';
import type { Calibration } from '../model/calibration.ts';
import { parsePosition } from '../model/position.ts';
import { parseMoment } from '../model/time.ts';
import { always, forever } from '../model/validity.ts';
import type { Assertion, AssertionStep, RowTest } from '../model/vocabularies.ts';
import { fieldOf, rowFields, testHolds } from '../store/match-rows.ts';
import { whereOf } from './describe-row.ts';

/**
 * Refuses a row that does not meet an assertion of its type. [INS10]
 *
 * @throws ConditionsError `conflict` with the assertion's name and the field that is not as it demands
 */
export function requireAssertions(
  row: Calibration,
  step: AssertionStep,
  assertions: readonly Assertion[],
): void {
  const failed = assertions
    .filter(({ on = ['register', 'promote'] }) => on.includes(step))
    .flatMap((assertion) => failedTests(row, assertion).map((test) => ({ assertion, test })));
  const [first] = failed;
  if (!first) return;
  const { assertion, test } = first;
  throw new ConditionsError('conflict', {
    what: `against the rule '${assertion.name}'`,
    where: whereOf(row),
    given: `${test.field} ${text(fieldOf(row, test.field))}`,
    expected: describeTest(test),
    hint: 'the assertions of this type are part of the vocabularies',
  });
}

/** The tests of an assertion that do not hold of a row. */
export function failedTests(row: Calibration, { when = [], require }: Assertion): RowTest[] {
  if (!when.every((test) => holds(row, test))) return [];
  return require.filter((test) => !holds(row, test));
}

/** `completion = ok`. */
export function describeTest({ field, test, value, other }: RowTest): string {
  if (other !== undefined) return `${field} ${test} ${other}`;
  if (value === undefined) return `${field} ${test}`;
  return `${field} ${test} ${typeof value === 'object' ? value.join(', ') : value}`;
}

/** Whether a row has a value there: text that is not empty, an end that is not open. */
export function isPresent(row: Calibration, field: keyof Calibration): boolean {
  const value = fieldOf(row, field);
  return value !== undefined && value !== '' && value !== forever && value !== always;
}

function holds(row: Calibration, { field, test, value, other }: RowTest): boolean {
  if (test === 'present' || test === 'absent')
    return isPresent(row, field) === (test === 'present');
  if (test === 'in') {
    const values = typeof value === 'object' ? value : value === undefined ? [] : [value];
    return values.some((one) => holds(row, { field, test: '=', value: one }));
  }
  const than = other === undefined ? comparable(row, field, value) : fieldOf(row, other);
  return than !== undefined && testHolds(row, { field, test, value: than });
}

/** A value of JSON as the field has it. */
function comparable(
  row: Calibration,
  field: keyof Calibration,
  value: RowTest['value'],
): string | number | bigint | undefined {
  if (typeof value === 'object' || value === undefined) return undefined;
  if (rowFields.get(field) === 'text' || field === 'serNo') return value;
  if (field === 'vstart' || field === 'vend') return parsePosition(`${value}`, row.axis);
  return parseMoment(`${value}`);
}

function text(value: string | number | bigint | undefined): string {
  return value === undefined || value === '' ? 'not given' : `'${value}'`;
}
