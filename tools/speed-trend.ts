import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { SpeedEntry, SpeedOfCase } from '../packages/cli/src/validate/speed-trend.ts';
import type { Figures } from '../packages/optics/bench/figures.ts';

/** What a benchmark adds to the trend, which the page of `lantern validate` shows. */
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
