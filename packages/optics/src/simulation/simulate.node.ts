import { hashScene, type Scene } from '@lantern/geometry';
import type { Engine, PhotonBatch } from '../engine.ts';
import { OpticsError } from '../errors.ts';
import { liteHitsFor } from '../hits/lite-hit.ts';
import { formatMaterialLines } from '../sources/gensteps/material-lines.ts';
import type { PhotonSource } from '../sources/photon-source.ts';
import { addTallies, emptyTally, type Tally } from '../tally.ts';
import { type Kept, ResultFiles } from './result-files.node.ts';
import { discardResults, prepareFolder, writePartial, writeResult } from './result-folder.node.ts';
import { formatSensors } from './sensor-table.ts';
import type { Progress, SimulationRequest } from './simulation-request.ts';
import { StallWatch, stallWarning } from './stall-watch.ts';
import { formatSummary, type Summary, summarize } from './summary.ts';

/**
 * Propagates the photons of a source and writes hits.npy (or the forms of hits that are asked for), sensors.json and
 * summary.json, and photons.npy and record.npy when asked, to a folder (docs/files.md).
 *
 * Until all photons are through, files are called `*.partial.npy` and hold what is done; if it ends before (aborted, an
 * error), they stay so, beside sensors.json and a summary.partial.json that says why. If no batch of photons was
 * through yet, nothing stays.
 *
 * @returns what summary.json holds
 * @throws the reason of `request.signal`, or what the engine or the files threw
 */
export async function simulate(
  engine: Engine,
  scene: Scene,
  request: SimulationRequest,
  folder: string,
): Promise<Summary> {
  const clock = new Clock(request.loadSeconds ?? 0);
  const steps = request.keepGensteps ? stepsOf(request.source) : undefined;
  const made = await prepareFolder(folder, request.overwrite ?? false);
  const geometryHash = await hashScene(scene);
  const kept = keptOf(scene, request);
  const files = await ResultFiles.create(folder, kept).catch(async (error: unknown) => {
    await discardResults(folder, made);
    throw error;
  });
  let tally = emptyTally();
  let behind = 0;
  const first = request.first ?? 0;
  const total = request.count ?? request.source.count - first;
  const warnings: string[] = [];
  const watch = new StallWatch(() => {
    const warning = stallWarning(first + sourcePhotons(tally));
    warnings.push(warning);
    request.onWarning?.(warning);
  });
  const summary = (stoppedBy?: string): Summary =>
    summarize({
      request,
      scene,
      geometryHash,
      engine,
      tally,
      seconds: clock.seconds(),
      hitRows: files.hitRows,
      lite: kept.lite,
      behind,
      warnings,
      stoppedBy,
    });
  const take = async (batch: PhotonBatch): Promise<void> => {
    await clock.writing(() => files.append(batch));
    tally = addTallies(tally, batch.tally);
    behind += batch.behind ?? 0;
    watch.moved();
    request.onProgress?.(progress(tally, total));
  };
  const onReady = (): void => {
    clock.loaded();
    watch.start();
  };
  try {
    await clock.writing(() => writeResult(folder, 'sensors.json', formatSensors(scene)));
    if (steps) await clock.writing(() => writeGensteps(files, steps, request.signal));
    await engine
      .propagate(scene, { ...request, onReady, reuseArrays: true }, take)
      .finally(() => watch.stop());
    clock.propagated();
    await clock.writing(() => files.finish());
    if (steps)
      await writeResult(folder, 'gensteps.materials.json', formatMaterialLines(scene.materials));
    const whole = summary();
    await writeResult(folder, 'summary.json', formatSummary(whole));
    return whole;
  } catch (error) {
    clock.propagated();
    await files.abandon();
    // The disk may be full: the reason for that is the error to show, not one of these.
    if (tally.photons === 0n) await discardResults(folder, made).catch(() => {});
    else {
      const partial = summary(reason(error));
      await writePartial(folder, 'summary.json', formatSummary(partial)).catch(() => {});
      request.onPartial?.(partial);
    }
    throw error;
  }
}

type Gensteps = NonNullable<PhotonSource['gensteps']>;

/** Before the folder is touched: a source without steps. */
function stepsOf(source: PhotonSource): Gensteps {
  if (source.gensteps) return () => source.gensteps?.() ?? [];
  throw new OpticsError({
    what: 'generation steps cannot be kept',
    given: source.description,
    expected: 'a gun, a file of generation steps, or a light without a spectrum from a table',
  });
}

async function writeGensteps(
  files: ResultFiles,
  steps: Gensteps,
  signal: AbortSignal | undefined,
): Promise<void> {
  for await (const rows of steps()) {
    signal?.throwIfAborted();
    await files.appendGensteps(rows);
  }
}

function keptOf(scene: Scene, request: SimulationRequest): Kept {
  const { hitForms, keepPhotons = false, recordSteps = 0, keepGensteps = false } = request;
  return {
    hits: hitForms?.kinds ?? ['hits'],
    photons: keepPhotons,
    recordSteps,
    gensteps: keepGensteps,
    lite: liteHitsFor(scene.sensorCount, hitForms?.lite),
    window: hitForms?.window ?? 0,
  };
}

function progress(tally: Tally, total: number): Progress {
  return {
    photons: sourcePhotons(tally),
    total,
    steps: Number(tally.steps),
    hits: Number(tally.detected),
  };
}

/** Photons of the source that are through: without the children of wavelength shifts. */
function sourcePhotons({ photons, children }: Tally): number {
  return Number(photons - children);
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Seconds of loading, propagating and writing. */
class Clock {
  #load: number;
  #write = 0;
  readonly #begin = performance.now();
  #start: number | undefined;
  #end: number | undefined;

  constructor(load: number) {
    this.#load = load;
  }

  loaded(): void {
    this.#start = performance.now();
    this.#load += (this.#start - this.#begin) / 1000;
  }

  propagated(): void {
    this.#end ??= performance.now();
  }

  async writing(work: () => Promise<void>): Promise<void> {
    const begin = performance.now();
    await work();
    this.#write += (performance.now() - begin) / 1000;
  }

  seconds(): { load: number; propagate: number; write: number } {
    const now = performance.now();
    const propagate = this.#start === undefined ? 0 : ((this.#end ?? now) - this.#start) / 1000;
    return { load: this.#load, propagate, write: this.#write };
  }
}
