import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Figures } from './figures.ts';

/** What is kept of a benchmark, so that later ones can be seen beside it: by the page of `lantern validate`, too. */
export interface SpeedEntry {
  /** Short; with `+` where tracked files were changed. */
  readonly commit: string;
  /** ISO 8601. */
  readonly date: string;
  /** Processor, number of cores, version of Node. */
  readonly machine: string;
  /** Cores that other programs kept busy before it began: above 0.3 the figures are low. */
  readonly loadAverage: number;
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

/** What a benchmark adds to the trend. */
export function speedEntry(
  figures: Figures,
  from: Pick<SpeedEntry, 'commit' | 'date' | 'machine' | 'loadAverage'>,
): SpeedEntry {
  const rounded = (x: number): number => Number(x.toPrecision(4));
  const { photons, run } = figures.gensteps;
  return {
    ...from,
    cases: Object.fromEntries(
      figures.cases.map(({ name, byThreads, memory }) => {
        const [single, all] = [byThreads[0], byThreads.at(-1)];
        const page = figures.browser?.cases.find((one) => one.name === name && one.threads === 1);
        const speed: SpeedOfCase = {
          photonsPerSecond: Math.round(single?.photonsPerSecond ?? 0),
          overGeant4: rounded(single?.perCoreOverGeant4 ?? 0),
          scaling: rounded((all?.speedup ?? 0) / (all?.threads ?? 1)),
          browserOverNode: page ? rounded(page.overNode) : null,
          load: rounded(memory.load),
          memory: memory.run,
        };
        return [name, speed];
      }),
    ),
    gensteps: { photons, threads: run.threads, seconds: rounded(run.total) },
  };
}

/** Appends an entry to a file; one of the same commit and machine is replaced. */
export function recordSpeed(path: string, entry: SpeedEntry): void {
  const earlier = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as SpeedEntry[]) : [];
  const kept = earlier.filter(
    ({ commit, machine }) => commit !== entry.commit || machine !== entry.machine,
  );
  writeFileSync(path, `${JSON.stringify([...kept, entry], undefined, 1)}\n`);
}
