import { ConditionsError } from '../errors.ts';
import { parseMoment } from '../model/time.ts';
import type { Moment } from '../model/validity.ts';

const dashed =
  /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[-T\s]\s*(\d{1,2}):(\d{1,2})(?::(\d{1,2})(\.\d{1,9})?)?)?\s*$/;
const spoken = /^\s*\w{3}\s+(\w{3})\s+(\d{1,2})\s+(\d{1,2}):(\d\d):(\d\d)\s+(\d{4})\s*$/;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * A time as GLAST's databases and files have it, taken as UTC: `2003-1-10 17:00`, `2003-11-2-12:56`, `Wed Jan 18 16:35:58 2006`.
 *
 * @throws ConditionsError `invalid`
 */
export function parseGlastTime(text: string, where: string): Moment {
  const parts = partsOf(text);
  if (parts) {
    const [year, month, day, hour = '0', minute = '0', second = '0', decimals = ''] = parts;
    const pad = (part: string | undefined): string => (part ?? '0').padStart(2, '0');
    const iso = `${year}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}:${pad(second)}${decimals}Z`;
    return parseMoment(iso, where);
  }
  throw new ConditionsError('invalid', {
    what: 'no time',
    where,
    given: `'${text.slice(0, 80)}'`,
    expected: 'one such as 2003-1-10 17:00',
  });
}

function partsOf(text: string): readonly (string | undefined)[] | undefined {
  const match = dashed.exec(text);
  if (match) return match.slice(1);
  const [, name, day, hour, minute, second, year] = spoken.exec(text) ?? [];
  const month = months.indexOf(name ?? '');
  return month < 0 ? undefined : [year, String(month + 1), day, hour, minute, second];
}
