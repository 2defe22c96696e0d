import { always, forever, type Position, runPosition } from '@lantern/conditions';

/** Where the HSF reference service has open ends: `sys.maxsize` of Python, 2^63 - 1. */
export const hsfOpen: bigint = 2n ** 63n - 1n;

/** A place on the axis of the HSF reference service: two integers. Here they are run and sub-run. */
export interface HsfMoment {
  readonly major: bigint;
  readonly minor: bigint;
}

/**
 * @param end whether it is where an interval ends: there the largest integer stands for what is beyond all others
 * @throws ConditionsError `invalid` outside of runs 0 .. 2^31 - 1 and sub-runs 0 .. 2^32 - 1
 */
export function positionOfHsf({ major, minor }: HsfMoment, end = false): Position {
  if (end && major === hsfOpen) return forever;
  if (end && minor === hsfOpen) return major === 2n ** 31n - 1n ? forever : runPosition(major + 1n);
  return runPosition(major, minor);
}

/** The other way round. */
export function hsfOfPosition(position: Position): HsfMoment {
  if (position === forever) return { major: hsfOpen, minor: hsfOpen };
  if (position === always || position < 0n) return { major: 0n, minor: 0n };
  return { major: position >> 32n, minor: position & 0xffffffffn };
}

/** The placeholder of an integer that JSON.stringify cannot write. */
const mark = '\u0000int ';

/** JSON with integers of 64 bits as plain digits, as Python writes and C++ reads them. */
export function hsfJson(value: unknown): string {
  return JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? mark + one : one)).replaceAll(
    /"\\u0000int (-?\d+)"/g,
    '$1',
  );
}

/** An integer of a request: what JSON.parse has rounded up to 2^63 is the largest integer. */
export function hsfInteger(value: number): bigint {
  return value >= 9.2e18 ? hsfOpen : BigInt(value);
}
