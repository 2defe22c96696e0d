import { ms, ns, ps, s, us } from '@lantern/units';
import { UsageError } from './errors.ts';

/** When hits of a sensor are one. */
export interface MergeWindow {
  /** ns, above 0 */
  readonly window: number;
  readonly acrossEvents: boolean;
}

const units: Readonly<Record<string, number>> = { ps, ns, us, ms, s };

/**
 * Reads the words of `--merge-hits`: `1 ns`, or `1 ns across events`.
 *
 * @throws UsageError for anything else, and for a window that is not above 0
 */
export function readMergeWindow(text: string): MergeWindow {
  const [, number = '', unit = '', across] =
    /^\s*(\S+?)\s*([a-z]+)(\s+across\s+events)?\s*$/.exec(text) ?? [];
  const window = number === '' ? Number.NaN : Number(number) * (units[unit] ?? Number.NaN);
  if (window > 0 && window < Number.POSITIVE_INFINITY)
    return { window, acrossEvents: across !== undefined };
  throw new UsageError({
    what: 'wrong --merge-hits',
    given: `'${text}'`,
    expected: `a time above 0 with its unit (${Object.keys(units).join(', ')}), and 'across events' or not`,
    hint: 'for example: --merge-hits "1 ns"',
  });
}
