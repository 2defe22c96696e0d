import { rmdir } from 'node:fs/promises';
import { type Detector, type Scene, solidBounds } from '@lantern/geometry';
import {
  type ConditionUsed,
  type Engine,
  type Life,
  OutsideWorldError,
  type PhotonSource,
  replayPhoton,
  type Summary,
  tellLife,
} from '@lantern/optics';
import { simulate } from '@lantern/optics/node';
import type { Terminal } from './command.ts';
import { openEngine } from './engine-option.ts';
import { Interrupted } from './errors.ts';
import { ProgressBar } from './progress-bar.ts';
import type { SimulateSettings } from './simulate-options.ts';
import { newSimulationFolder } from './simulation-folder.ts';
import { formatSummary } from './summary-table.ts';
import { Warnings } from './warnings.ts';

/** What to simulate. */
export interface Simulation {
  readonly detector: Detector;
  readonly scene: Scene;
  readonly source: PhotonSource;
  readonly settings: SimulateSettings;
  /** Name of the geometry for the summary: its file. */
  readonly geometry: string;
  /** What reading and packing it took, s. */
  readonly loadSeconds: number;
  /** Calibrations that its properties are from; undefined: its file alone. */
  readonly conditions?: readonly ConditionUsed[] | undefined;
  /** Of the reader of the geometry. */
  readonly warnings: readonly string[];
  /** For the summary: the command, where its results are its own to replace. */
  readonly madeBy?: string;
}

/**
 * Propagates and writes the results, with warnings of the geometry and of the propagation on `terminal.err` and a
 * progress bar on a terminal.
 *
 * @returns the summary, the folder of the results, and the warnings that were shown: not those of the source
 * @throws when interrupted, with a report of the partial result and where it is
 */
export async function runSimulation(
  simulation: Simulation,
  terminal: Terminal,
): Promise<{ summary: Summary; folder: string; shown: Warnings }> {
  const engine = await openEngine(simulation.settings.engine, terminal);
  try {
    return await propagate(engine, simulation, terminal);
  } finally {
    engine.close?.();
  }
}

async function propagate(
  engine: Engine,
  simulation: Simulation,
  terminal: Terminal,
): Promise<{ summary: Summary; folder: string; shown: Warnings }> {
  const { detector, scene, settings, source, geometry, loadSeconds, warnings, madeBy } = simulation;
  const { conditions } = simulation;
  const folder = settings.out ?? (await newSimulationFolder(terminal.home, new Date()));
  const shown = new Warnings(terminal);
  shown.show([...warnings, ...scene.warnings]);
  const bar = new ProgressBar(terminal, 'photons');
  bar.update(0, source.count);
  const { seed, threads, hitForms, keepPhotons, recordSteps, keepGensteps } = settings;
  const { maxBounces, maxTime, overwrite } = settings;
  let partial: Summary | undefined;
  try {
    const summary = await simulate(
      engine,
      scene,
      {
        seed,
        source,
        threads,
        hitForms,
        keepPhotons,
        recordSteps,
        keepGensteps,
        maxBounces,
        maxTime,
        overwrite,
        geometry,
        conditions,
        madeBy,
        loadSeconds,
        warnings,
        signal: terminal.signal,
        onPartial: (summary) => {
          partial = summary;
        },
        onProgress: ({ photons, total }) => bar.update(photons, total),
        onWarning: (warning) => shown.show([warning], bar),
      },
      folder,
    );
    return { summary, folder, shown };
  } catch (error) {
    bar.clear();
    if (settings.out === undefined) await removeEmpty(folder);
    if (error instanceof Interrupted) {
      throw new Interrupted(error.signal, (shown) => report(partial, folder, settings.json, shown));
    }
    throw withWorldSize(error, detector);
  } finally {
    bar.clear();
  }
}

/** What an interrupted simulation has written: batches that are through, up to the first that is not. */
function report(
  partial: Summary | undefined,
  folder: string,
  json: boolean,
  terminal: Terminal,
): void {
  if (partial === undefined) {
    terminal.err('lantern: no batch of photons was through until then: nothing was written\n');
    return;
  }
  terminal.out(json ? `${JSON.stringify(partial, undefined, 2)}\n` : formatSummary(partial));
  terminal.err(
    `lantern: the batches of photons that were through until then are in ${folder}, in files named *.partial.*\n`,
  );
}

/** The folder made for results that there are none of; one that holds something stays. */
async function removeEmpty(folder: string): Promise<void> {
  await rmdir(folder).catch(() => undefined);
}

/** The life of one photon, in words; warnings on `terminal.err`. */
export async function runReplay(
  { scene, source, settings, detector, warnings }: Simulation,
  photon: number,
  terminal: Terminal,
): Promise<{ lines: string[]; life: Life }> {
  const { seed, maxBounces, maxTime } = settings;
  const request = { seed, source, threads: 1, maxBounces, maxTime, signal: terminal.signal };
  const engine = await openEngine(settings.engine, terminal);
  try {
    const life = await replayPhoton(engine, scene, request, photon);
    const shown = new Warnings(terminal);
    shown.show([...warnings, ...scene.warnings, ...(source.warnings?.() ?? [])]);
    shown.close('');
    return { lines: tellLife(life, scene), life };
  } catch (error) {
    throw withWorldSize(error, detector);
  } finally {
    engine.close?.();
  }
}

/** An error of a photon outside the world says how large the world is. */
function withWorldSize(error: unknown, { solids, volumes, world }: Detector): unknown {
  if (!(error instanceof OutsideWorldError)) return error;
  const { min, max } = solidBounds(solids, volumes.get(world)?.solid ?? '');
  const axes = ['x', 'y', 'z'].map((axis, i) => `${axis} ${round(min[i])} to ${round(max[i])}`);
  return new OutsideWorldError(error.photon, error.position, `'${world}' (${axes.join(', ')} mm)`);
}

function round(x: number | undefined): string {
  return String(Number((x ?? Number.NaN).toPrecision(6)));
}
