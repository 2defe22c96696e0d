import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packScene, readGdml, type Scene } from '@lantern/geometry';
import { type Engine, genstepSource, gunSource, type PhotonSource } from '@lantern/optics';
import { createCpuEngine, loadKernel, simulate } from '@lantern/optics/node';
import { scintillating } from './scintillating.ts';

/** Generation steps in a detector. */
export interface GenstepsCase {
  readonly scene: Scene;
  readonly source: PhotonSource;
  readonly steps: number;
  readonly photons: number;
}

/** From generation steps in memory to files of hits. Seconds of the wall clock, but `workers`: summed over them. */
export interface GenstepsRun {
  readonly threads: number;
  /** From the call until hits.npy and the summary have their names. */
  readonly total: number;
  /** Until all workers have the scene. */
  readonly start: number;
  /** From then until the last batch is through. */
  readonly propagate: number;
  /** Waiting for the files. */
  readonly write: number;
  readonly workers: {
    readonly generate: number;
    readonly propagate: number;
    readonly deliver: number;
    /** Share of `propagate` in which they had work. */
    readonly busy: number;
  };
  readonly photonsPerSecond: number;
  readonly hits: number;
}

/** Light of a muon straight through the middle of bigball: some million photons. */
const gun = 'mu- 10 GeV from 0 0 18.5 m towards 0 0 -1';

/** Cerenkov and scintillation steps of as many muons through bigball as it takes for so many photons. */
export async function loadGensteps(folder: string, photons: number): Promise<GenstepsCase> {
  const file = join(folder, 'bigball', 'geometry.gdml');
  const detector = readGdml(scintillating(await readFile(file, 'utf8')), { file });
  const scene = packScene(detector);
  const module = await loadKernel();
  const shoot = (muons: number): Promise<PhotonSource> =>
    gunSource(`${gun}, ${muons} events`, { detector, scene, module, seed: 1n });
  const { count } = await shoot(1);
  const source = await shoot(Math.ceil((1.02 * photons) / count));
  const rows: Float32Array[] = [];
  for await (const part of source.gensteps?.() ?? []) rows.push(part);
  const steps = new Float32Array(rows.reduce((sum, part) => sum + part.length, 0));
  rows.reduce((at, part) => {
    steps.set(part, at);
    return at + part.length;
  }, 0);
  const inMemory = genstepSource(steps, { description: 'muons through bigball' });
  if (inMemory.count < photons) throw new Error(`only ${inMemory.count} photons`);
  return { scene, source: inMemory, steps: steps.length / 24, photons };
}

/** One run, from steps to files in a temporary folder. */
export async function runGensteps(
  { scene, source, photons }: GenstepsCase,
  threads: number,
): Promise<GenstepsRun> {
  const folder = await mkdtemp(join(tmpdir(), 'lantern-bench-'));
  const busy = { generate: 0, propagate: 0, deliver: 0 };
  const cpu = createCpuEngine();
  const watched: Engine = {
    name: cpu.name,
    propagate: (where, request, sink) =>
      cpu.propagate(where, request, (batch) => {
        busy.generate += batch.seconds?.generate ?? 0;
        busy.propagate += batch.seconds?.propagate ?? 0;
        busy.deliver += batch.seconds?.deliver ?? 0;
        return sink(batch);
      }),
  };
  try {
    const begin = performance.now();
    const request = { seed: 1n, source, threads, count: photons, geometry: 'bigball' };
    const { seconds, outcomes } = await simulate(watched, scene, request, folder);
    const total = (performance.now() - begin) / 1000;
    const { load, propagate, write } = seconds;
    const work = busy.generate + busy.propagate + busy.deliver;
    return {
      threads,
      total,
      start: load,
      propagate,
      write,
      workers: { ...busy, busy: work / (threads * propagate) },
      photonsPerSecond: photons / total,
      hits: outcomes.detected,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
