import { readFile } from 'node:fs/promises';
import { writeWhole } from '@lantern/formats/node';
import { LanternError } from '@lantern/units';
import type { Validation } from './validation.ts';

/** What is kept of a validation, so that later ones can be seen beside it. */
export interface TrendEntry {
  readonly commit: string;
  /** ISO 8601. */
  readonly date: string;
  readonly machine: string;
  /** By group. */
  readonly groups: Readonly<
    Record<
      string,
      {
        readonly comparisons: number;
        readonly differing: number;
        /** Largest deviation of a number, in standard deviations. */
        readonly worst: number;
        /** Least probability of a shape. */
        readonly least: number;
      }
    >
  >;
  /** Photons per second of one thread, by reference detector; measured by the way, on a machine that may be busy. */
  readonly photonsPerSecond: Readonly<Record<string, number>>;
  /** Of the whole validation. */
  readonly seconds: number;
}

/** What a validation adds to the trend. */
export function trendEntry(validation: Omit<Validation, 'trend' | 'leaks'>): TrendEntry {
  const { commit, created, machine, groups, seconds } = validation;
  const ran = groups.filter(({ cases }) => cases.length > 0);
  return {
    commit,
    date: created,
    machine,
    groups: Object.fromEntries(
      ran.map(({ name, verdict: { comparisons, differing, worst, least } }) => [
        name,
        {
          comparisons,
          differing: differing.length,
          worst: Number(worst.toFixed(2)),
          least: Number(least.toPrecision(3)),
        },
      ]),
    ),
    photonsPerSecond: Object.fromEntries(
      ran.flatMap(({ cases }) =>
        cases.flatMap(({ name, photonsPerSecond }) =>
          photonsPerSecond === undefined ? [] : [[name, Math.round(photonsPerSecond)]],
        ),
      ),
    ),
    seconds: Number(seconds.toFixed(1)),
  };
}

/**
 * The entries of a file, the oldest first; none where there is no file.
 *
 * @throws {LanternError} when it holds something else
 */
export async function readTrend(path: string): Promise<readonly TrendEntry[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return [];
  }
  const what = { what: 'cannot read the trend of earlier validations', where: path };
  try {
    const entries: unknown = JSON.parse(text);
    if (Array.isArray(entries)) return entries as TrendEntry[];
  } catch (cause) {
    throw new LanternError({ ...what, cause });
  }
  throw new LanternError({ ...what, expected: 'an array of entries' });
}

/** Appends an entry; one of the same commit and machine is replaced. */
export async function recordTrend(
  path: string,
  earlier: readonly TrendEntry[],
  entry: TrendEntry,
): Promise<readonly TrendEntry[]> {
  const kept = earlier.filter(
    ({ commit, machine }) => commit !== entry.commit || machine !== entry.machine,
  );
  const entries = [...kept, entry];
  await writeWhole(path, `${JSON.stringify(entries, undefined, 1)}\n`);
  return entries;
}
