import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type LoadedCase, loadCase, type Run, referenceCases, runOnce } from './reference-case.ts';

/** A reference detector, measured. Seconds, MiB; medians over the runs. */
export interface CaseFigures {
  readonly name: string;
  readonly photons: number;
  readonly geant4PhotonsPerSecond: number;
  readonly load: LoadedCase['load'];
  readonly peakMemoryMiB: number;
  readonly byThreads: readonly ThreadFigures[];
}

/** What a number of threads does. */
export interface ThreadFigures {
  readonly threads: number;
  readonly start: number;
  readonly photonsPerSecond: number;
  readonly stepsPerSecond: number;
  /** Over that of Geant4 on one thread, for each thread here. */
  readonly perCoreOverGeant4: number;
  /** Over that of one thread here. */
  readonly speedup: number;
  readonly runs: readonly Run[];
}

/** Runs of each setting. */
const rounds = 3;

/**
 * Measures the references at each number of threads. Rounds go over all settings in turn, so that what disturbs the
 * machine for a while disturbs all of them.
 *
 * @param folder of the references
 * @param threadCounts 1 is among them
 * @param onRun told before each run
 */
export async function benchmark(
  folder: string,
  threadCounts: readonly number[],
  onRun: (words: string) => void,
): Promise<CaseFigures[]> {
  const cases: LoadedCase[] = [];
  for (const reference of referenceCases) cases.push(await loadCase(folder, reference));
  const runs = new Map<string, Run[]>();
  for (let round = 1; round <= rounds; round++) {
    for (const loaded of cases) {
      for (const threads of threadCounts) {
        onRun(`round ${round} of ${rounds}: ${loaded.name}, ${threads} threads`);
        const key = `${loaded.name} ${threads}`;
        runs.set(key, [...(runs.get(key) ?? []), await runOnce(loaded, threads)]);
      }
    }
  }
  return cases.map((loaded) => {
    const runsOf = (threads: number): Run[] => runs.get(`${loaded.name} ${threads}`) ?? [];
    const single = median(runsOf(1).map((run) => run.photonsPerSecond));
    return {
      name: loaded.name,
      photons: loaded.photons,
      geant4PhotonsPerSecond: loaded.geant4,
      load: loaded.load,
      peakMemoryMiB: peakMemory(folder, loaded.name, Math.max(...threadCounts)),
      byThreads: threadCounts.map((threads) =>
        threadFigures(threads, runsOf(threads), single, loaded.geant4),
      ),
    };
  });
}

function threadFigures(
  threads: number,
  runs: readonly Run[],
  single: number,
  geant4: number,
): ThreadFigures {
  const photonsPerSecond = median(runs.map((run) => run.photonsPerSecond));
  return {
    threads,
    start: median(runs.map((run) => run.start)),
    photonsPerSecond,
    stepsPerSecond: median(runs.map((run) => run.stepsPerSecond)),
    perCoreOverGeant4: photonsPerSecond / threads / geant4,
    speedup: photonsPerSecond / single,
    runs,
  };
}

/** In a process of its own: the peak of this one is that of all cases. */
function peakMemory(folder: string, name: string, threads: number): number {
  const hook = new URL('../../../tools/typescript.mjs', import.meta.url).href;
  const script = fileURLToPath(new URL('./peak-memory.ts', import.meta.url));
  const args = ['--import', hook, script, folder, name, String(threads)];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the measurement of memory failed: ${stderr}`);
  return Number(stdout);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
