import { ConditionsError } from '../errors.ts';
import { formatRun, parseRun } from './run-position.ts';
import { formatMoment, parseMoment } from './time.ts';
import { type Axis, always, forever, type Interval, type Position } from './validity.ts';

/** From the text that the axis has: ISO 8601, or run and sub-run. */
export function parsePosition(text: string, axis: Axis, where?: string): Position {
  return axis === 'run' ? parseRun(text, where) : parseMoment(text, where);
}

/** The text that {@link parsePosition} reads. `open` for an end of an interval that has none. */
export function formatPosition(position: Position, axis: Axis): string {
  if (position === always || position === forever) return 'open';
  return axis === 'run' && position >= 0n ? formatRun(position) : formatMoment(position);
}

/** `[2003-01-10T14:00:00Z, open)`. */
export function formatInterval(interval: Interval, axis: Axis): string {
  return `[${formatPosition(interval.begin, axis)}, ${formatPosition(interval.end, axis)})`;
}

/** Whether two half-open intervals have a position in common. [IOV2] */
export function overlap(a: Interval, b: Interval): boolean {
  return a.begin < b.end && b.begin < a.end;
}

/**
 * Positions are those that an interval can have in it.
 *
 * @throws ConditionsError `invalid` for others: {@link forever}, and what 64 bits do not hold
 */
export function checkPosition(position: bigint): void {
  if (typeof position === 'bigint' && position >= always && position < forever) return;
  throw new ConditionsError('invalid', {
    what: 'no position',
    given: `${position}`,
    expected: `an integer of ${always} .. ${forever - 1n}`,
  });
}
