import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromiumPath } from '../test/chromium.ts';
import { type BrowserBench, openBrowserBench } from './browser-bench.ts';
import {
  type BrowserFigures,
  type CaseFigures,
  type Figures,
  median,
  type ThreadFigures,
} from './figures.ts';
import { type GenstepsRun, loadGensteps, runGensteps } from './gensteps-case.ts';
import { type LoadedCase, loadCase, type Run, referenceCases, runOnce } from './reference-case.ts';

/** How much to measure. */
export interface Effort {
  /** Of each setting, in turn. */
  readonly rounds: number;
  /** Of the photons of each case. */
  readonly share: number;
  /** Photons from generation steps. */
  readonly genstepPhotons: number;
}

/** Enough for figures: ten minutes on two cores. */
export const fullEffort: Effort = { rounds: 3, share: 1, genstepPhotons: 10_000_000 };

/** Enough to see that it works. */
export const quickEffort: Effort = { rounds: 1, share: 0.05, genstepPhotons: 100_000 };

/** Runs by case and threads. */
type Runs<R> = Map<string, R[]>;

/**
 * Measures the references at each number of threads, in Node and on a page, and photons from generation steps. Rounds go
 * over all settings in turn, so that what disturbs the machine for a while disturbs all of them.
 *
 * @param folder of the references
 * @param threadCounts 1 is among them
 * @param onRun told before each run
 */
export async function benchmark(
  folder: string,
  threadCounts: readonly number[],
  effort: Effort,
  onRun: (words: string) => void,
): Promise<Figures> {
  const cases: LoadedCase[] = [];
  for (const reference of referenceCases) {
    const photons = Math.round(effort.share * reference.photons);
    cases.push(await loadCase(folder, { ...reference, photons }));
  }
  const gensteps = await loadGensteps(folder, effort.genstepPhotons);
  const skipped: string[] = [];
  if (!chromiumPath)
    skipped.push('the browser: no Chromium at /usr/bin/chromium or LANTERN_CHROMIUM');
  const browser = chromiumPath ? await openBrowserBench(cases) : undefined;
  const [inNode, onPage]: Runs<Run>[] = [new Map(), new Map()];
  const fromSteps: GenstepsRun[] = [];
  const most = Math.max(...threadCounts);
  try {
    for (let round = 1; round <= effort.rounds; round++) {
      for (const loaded of cases) {
        for (const threads of threadCounts) {
          onRun(`round ${round} of ${effort.rounds}: ${loaded.name}, ${threads} threads`);
          keep(inNode, loaded, threads, await runOnce(loaded, threads));
          if (browser) keep(onPage, loaded, threads, await browser.run(loaded.name, threads));
        }
      }
      onRun(`round ${round} of ${effort.rounds}: generation steps, ${most} threads`);
      fromSteps.push(await runGensteps(gensteps, most));
    }
  } finally {
    await browser?.close();
  }
  return {
    cases: cases.map((loaded) => caseFigures(folder, loaded, threadCounts, inNode)),
    gensteps: {
      steps: gensteps.steps,
      photons: gensteps.photons,
      run: middleRun(fromSteps),
      runs: fromSteps,
    },
    browser: browser && browserFigures(browser, cases, threadCounts, inNode, onPage),
    skipped,
  };
}

function keep<R>(runs: Runs<R> | undefined, { name }: LoadedCase, threads: number, run: R): void {
  const key = `${name} ${threads}`;
  runs?.set(key, [...(runs.get(key) ?? []), run]);
}

function rateOf(
  runs: Runs<Run> | undefined,
  name: string,
  threads: number,
): [number, readonly Run[]] {
  const all = runs?.get(`${name} ${threads}`) ?? [];
  return [median(all.map(({ photonsPerSecond }) => photonsPerSecond)), all];
}

function caseFigures(
  folder: string,
  { name, photons, geant4, load }: LoadedCase,
  threadCounts: readonly number[],
  inNode: Runs<Run> | undefined,
): CaseFigures {
  const [single] = rateOf(inNode, name, 1);
  return {
    name,
    photons,
    geant4PhotonsPerSecond: geant4,
    load,
    memory: peakMemory(folder, name, Math.max(...threadCounts)),
    byThreads: threadCounts.map((threads): ThreadFigures => {
      const [photonsPerSecond, runs] = rateOf(inNode, name, threads);
      return {
        threads,
        start: median(runs.map((run) => run.start)),
        photonsPerSecond,
        stepsPerSecond: median(runs.map((run) => run.stepsPerSecond)),
        perCoreOverGeant4: photonsPerSecond / threads / geant4,
        speedup: photonsPerSecond / single,
        workersBusy: median(runs.map((run) => run.workersBusy ?? Number.NaN)),
        mainBusy: median(runs.map((run) => run.mainBusy ?? Number.NaN)),
        runs,
      };
    }),
  };
}

function browserFigures(
  { version }: BrowserBench,
  cases: readonly LoadedCase[],
  threadCounts: readonly number[],
  inNode: Runs<Run> | undefined,
  onPage: Runs<Run> | undefined,
): BrowserFigures {
  return {
    version,
    cases: cases.flatMap(({ name }) =>
      threadCounts.map((threads) => {
        const [node] = rateOf(inNode, name, threads);
        const [photonsPerSecond, runs] = rateOf(onPage, name, threads);
        return { name, threads, photonsPerSecond, overNode: photonsPerSecond / node, runs };
      }),
    ),
  };
}

/** The run of the median time, the faster of two. */
function middleRun(runs: readonly GenstepsRun[]): GenstepsRun {
  const middle = [...runs].sort((a, b) => a.total - b.total)[Math.ceil(runs.length / 2) - 1];
  if (!middle) throw new Error('no run from generation steps');
  return middle;
}

/** In a process of its own: the peak of this one is that of all cases. */
function peakMemory(folder: string, name: string, threads: number): CaseFigures['memory'] {
  const script = fileURLToPath(new URL('./peak-memory.mjs', import.meta.url));
  const args = [script, join(folder, name), String(threads)];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the measurement of memory failed: ${stderr}`);
  return JSON.parse(stdout) as CaseFigures['memory'];
}
