import { ConditionsError } from '../errors.ts';
import { always, forever, type Moment } from './validity.ts';

const pattern =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?(?:([Zz])|([+-])(\d\d):?(\d\d)?)?$/;

const nsPerMs = 1_000_000n;

/**
 * A moment from ISO 8601: `2003-01-10`, `2003-01-10T14:00`, `2003-01-10 14:00:00.123456789+01:00`. Without a zone it is
 * UTC; a date alone is its midnight. Nothing is rounded. [TIM1]
 *
 * @throws ConditionsError `invalid` where it is no date, has more than nine decimals (zeros beyond do no harm) or is outside
 * 1677-09-21 .. 2262-04-11, which is all that 64 bits of nanoseconds hold
 */
export function parseMoment(text: string, where?: string): Moment {
  const match = pattern.exec(text.trim());
  const fail = (what: string, hint?: string): never => {
    throw new ConditionsError('invalid', {
      what,
      where,
      given: `'${text}'`,
      expected: 'a time such as 2003-01-10T14:00:00.5Z',
      hint,
    });
  };
  if (!match) return fail('no time in ISO 8601');
  const [year, month, day, hour, minute, second] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const utc = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!);
  const date = new Date(utc);
  const isReal =
    // Date.UTC takes the years 0 .. 99 for those of the last century.
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month! - 1 &&
    date.getUTCDate() === day &&
    hour! < 24 &&
    minute! < 60 &&
    second! < 60;
  if (!isReal) {
    return fail('no such time', second === 60 ? 'leap seconds are not counted' : undefined);
  }
  const decimals = (match[7] ?? '').replace(/0+$/, '');
  if (decimals.length > 9) return fail('more than nine decimals of a second');
  const [zoneHours, zoneMinutes] = [Number(match[10] ?? 0), Number(match[11] ?? 0)];
  if (zoneHours > 23 || zoneMinutes > 59) return fail('no such time zone');
  const zone = (match[9] === '-' ? -1 : 1) * (zoneHours * 60 + zoneMinutes);
  const moment = BigInt(utc - zone * 60_000) * nsPerMs + BigInt(decimals.padEnd(9, '0'));
  if (moment <= always || moment >= forever) {
    return fail('a time outside 1677-09-21 .. 2262-04-11');
  }
  return moment;
}

/** ISO 8601 in UTC with as many decimals as it needs, up to nine: `2003-01-10T14:00:00Z`. Read back, it is the same. */
export function formatMoment(moment: Moment): string {
  const ms = moment >= 0n ? moment / nsPerMs : -((-moment + nsPerMs - 1n) / nsPerMs);
  const iso = new Date(Number(ms)).toISOString();
  const inMs = (moment - ms * nsPerMs).toString().padStart(6, '0');
  const decimals = `${iso.slice(20, 23)}${inMs}`.replace(/0+$/, '');
  return `${iso.slice(0, 19)}${decimals && `.${decimals}`}Z`;
}
