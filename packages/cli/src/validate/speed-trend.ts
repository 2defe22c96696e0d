import { readFile } from 'node:fs/promises';
import { LanternError } from '@lantern/units';

/** What a benchmark (`npm run bench -- --record`) keeps in bench/trend.json. */
export interface SpeedEntry {
  /** Short; with `+` where tracked files were changed. */
  readonly commit: string;
  /** ISO 8601. */
  readonly date: string;
  /** Processor, number of cores, version of Node. */
  readonly machine: string;
  /** Cores that other programs kept busy before it began: above 0.3 the figures are low. */
  readonly loadAverage: number;
  /** By reference detector. */
  readonly cases: Readonly<Record<string, SpeedOfCase>>;
  /** Seconds from generation steps to hits, and of how many photons. */
  readonly gensteps: {
    readonly photons: number;
    readonly threads: number;
    readonly seconds: number;
  };
}

/** Of a reference detector. Seconds, MiB. */
export interface SpeedOfCase {
  /** Of one thread. */
  readonly photonsPerSecond: number;
  readonly overGeant4: number;
  /** On all cores over one, for each core. */
  readonly scaling: number;
  /** Of one thread in Chromium over Node; null where it was not measured. */
  readonly browserOverNode: number | null;
  /** Reading the file and packing it, by what is built. */
  readonly load: number;
  readonly memory: number;
}

/**
 * The benchmarks that were recorded, the oldest first; none where there is no file.
 *
 * @throws {LanternError} when it holds something else
 */
export async function readSpeedTrend(path: string): Promise<readonly SpeedEntry[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return [];
  }
  const what = { what: 'cannot read the trend of earlier benchmarks', where: path };
  try {
    const entries: unknown = JSON.parse(text);
    if (Array.isArray(entries)) return entries as SpeedEntry[];
  } catch (cause) {
    throw new LanternError({ ...what, cause });
  }
  throw new LanternError({ ...what, expected: 'an array of entries' });
}
