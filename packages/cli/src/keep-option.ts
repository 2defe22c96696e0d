import { type HitForms, type HitKind, hitKinds } from '@lantern/optics';
import { nearest } from '@lantern/units';
import { UsageError } from './errors.ts';
import { readMergeWindow } from './merge-window.ts';

/** What a simulation writes. */
export interface KeptArrays {
  readonly hitForms: HitForms;
  readonly keepPhotons: boolean;
  readonly recordSteps: number;
  readonly keepGensteps: boolean;
}

const mostRecorded = 100_000;
const expected = `${hitKinds.join(', ')}, photons, record=R, gensteps, separated by commas`;

/**
 * Reads `--keep` and `--merge-hits`. A list without any hits means hits as well: merged ones when a window is given, else
 * as they are.
 *
 * @throws UsageError that names the word; for merged hits without a window, and for a window without them
 */
export function readKeep(keep: string, merge: string | undefined): KeptArrays {
  const kinds = new Set<HitKind>();
  let lite: 'wide' | undefined;
  let keepPhotons = false;
  let keepGensteps = false;
  let recordSteps = 0;
  for (const item of keep === '' ? [] : keep.split(',')) {
    const [name = '', value] = item.trim().split('=', 2);
    const kind = hitKinds.find((known) => known === name);
    const isLite = kind === 'hits-lite' || kind === 'hits-lite-merged';
    if (kind && (value === undefined || (isLite && value === 'wide'))) {
      kinds.add(kind);
      if (value === 'wide') lite = value;
    } else if (name === 'photons' && value === undefined) keepPhotons = true;
    else if (name === 'gensteps' && value === undefined) keepGensteps = true;
    else if (name === 'record' && value !== undefined) recordSteps = steps(value);
    else throw unknown(item, name);
  }
  const window = merge === undefined ? undefined : readMergeWindow(merge);
  if (kinds.size === 0) kinds.add(window ? 'hits-merged' : 'hits');
  const hitForms = { kinds: hitKinds.filter((kind) => kinds.has(kind)), lite, ...window };
  checkMerging(hitForms, keep);
  return { hitForms, keepPhotons, recordSteps, keepGensteps };
}

function checkMerging({ kinds, window }: HitForms, keep: string): void {
  const merged = kinds.find((kind) => kind.endsWith('merged'));
  if (merged && window === undefined) {
    throw new UsageError({
      what: `--keep ${merged} without a window`,
      expected: '--merge-hits WINDOW',
      hint: 'for example: --merge-hits "1 ns"',
    });
  }
  if (!merged && window !== undefined) {
    throw new UsageError({
      what: '--merge-hits, but no merged hits are kept',
      given: `--keep ${keep}`,
      expected: 'hits-merged or hits-lite-merged in --keep, or no hits there',
    });
  }
}

function steps(text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 1 && value <= mostRecorded) return value;
  throw new UsageError({
    what: 'wrong --keep record',
    given: `'${text}'`,
    expected: `an integer from 1 to ${mostRecorded}`,
  });
}

function unknown(item: string, name: string): UsageError {
  const near = nearest(name, [...hitKinds, 'photons', 'record', 'gensteps']);
  return new UsageError({
    what: 'wrong --keep',
    given: `'${item}'`,
    expected,
    hint: near && near !== name ? `did you mean ${near}?` : undefined,
  });
}
