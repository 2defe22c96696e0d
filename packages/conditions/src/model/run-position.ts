import { ConditionsError } from '../errors.ts';
import type { Position } from './validity.ts';

const subRuns = 2n ** 32n;
const maxRun = 2n ** 31n - 1n;

/**
 * A place on the axis `run`.
 *
 * @param run 0 .. 2^31 - 1
 * @param subRun 0 .. 2^32 - 1
 * @throws ConditionsError `invalid` outside
 */
export function runPosition(run: number | bigint, subRun: number | bigint = 0): Position {
  const [major, minor] = [whole(run), whole(subRun)];
  if (major === undefined || major < 0n || major > maxRun) throw outOfRange('run', run, maxRun);
  if (minor === undefined || minor < 0n || minor >= subRuns) {
    throw outOfRange('sub-run', subRun, subRuns - 1n);
  }
  return major * subRuns + minor;
}

/** From `123` or `123.4`, run and sub-run. */
export function parseRun(text: string, where?: string): Position {
  const match = /^\s*(\d{1,20})(?:\.(\d{1,20}))?\s*$/.exec(text);
  if (!match) {
    throw new ConditionsError('invalid', {
      what: 'no run',
      where,
      given: `'${text}'`,
      expected: 'a run such as 123, or with its sub-run, 123.4',
    });
  }
  return runPosition(BigInt(match[1]!), BigInt(match[2] ?? 0));
}

/** `123`, or `123.4` where the sub-run is not 0. */
export function formatRun(position: Position): string {
  const [run, subRun] = [position / subRuns, position % subRuns];
  return subRun === 0n ? `${run}` : `${run}.${subRun}`;
}

function whole(value: number | bigint): bigint | undefined {
  if (typeof value === 'bigint') return value;
  return Number.isSafeInteger(value) ? BigInt(value) : undefined;
}

function outOfRange(what: string, given: number | bigint, max: bigint): ConditionsError {
  return new ConditionsError('invalid', {
    what: `no such ${what}`,
    given: `${given}`,
    expected: `an integer of 0 .. ${max}`,
  });
}
