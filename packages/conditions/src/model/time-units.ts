import { ConditionsError } from '../errors.ts';
import { parseMoment } from './time.ts';
import { always, forever, type Moment } from './validity.ts';

/** Units that clocks of experiments count in since the Unix epoch. */
export type TimeUnit = 's' | 'ms' | 'us' | 'ns';

const decimalsBelow: Readonly<Record<TimeUnit, number>> = { s: 9, ms: 6, us: 3, ns: 0 };

/**
 * A moment from a count of units since the Unix epoch. Text and integers are exact; of a number with decimals its shortest
 * decimal digits are taken, those that JavaScript writes. Nothing is rounded: what is finer than a nanosecond is
 * refused, so that no time gets across the edge of an interval. [TIM2]
 *
 * @throws ConditionsError `invalid`
 */
export function momentFrom(value: bigint | number | string, unit: TimeUnit): Moment {
  const decimals = decimalsBelow[unit];
  const fail = (what: string): never => {
    throw new ConditionsError('invalid', {
      what,
      given: `${value}`,
      expected: `a count of ${unit} with at most ${decimals} decimals`,
    });
  };
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return fail('an integer that a double does not hold');
  }
  const match = /^\s*([+-])?(\d+)(?:\.(\d+))?\s*$/.exec(`${value}`);
  if (!match) return fail('no decimal number');
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  if (fraction.length > decimals) return fail('finer than a nanosecond');
  const size = BigInt(match[2]! + fraction.padEnd(decimals, '0'));
  const moment = match[1] === '-' ? -size : size;
  return moment <= always || moment >= forever ? fail('outside 64 bits of nanoseconds') : moment;
}

/**
 * The count of whole units that are over at a moment, since the Unix epoch: rounded down, also before 1970, so that it is
 * never later than the moment. [TIM2]
 */
export function wholeUnits(moment: Moment, unit: TimeUnit): bigint {
  const size = 10n ** BigInt(decimalsBelow[unit]);
  const whole = moment / size;
  return whole * size > moment ? whole - 1n : whole;
}

/** The count of units since the Unix epoch, exact: `1042207200.1`. {@link momentFrom} reads it back. */
export function decimalUnits(moment: Moment, unit: TimeUnit): string {
  const decimals = decimalsBelow[unit];
  const digits = `${moment < 0n ? -moment : moment}`.padStart(decimals + 1, '0');
  const at = digits.length - decimals;
  const fraction = digits.slice(at).replace(/0+$/, '');
  return `${moment < 0n ? '-' : ''}${digits.slice(0, at)}${fraction && `.${fraction}`}`;
}

/**
 * The moment of a JavaScript Date, which counts milliseconds.
 *
 * @throws ConditionsError `invalid` for an invalid date
 */
export function momentOfDate(date: Date): Moment {
  const ms = date.getTime();
  return Number.isNaN(ms) ? parseMoment('invalid date') : momentFrom(ms, 'ms');
}
