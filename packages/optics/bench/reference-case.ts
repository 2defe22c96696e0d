import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { readNpy } from '@lantern/formats/node';
import { type Detector, packScene, readGdml, type Scene } from '@lantern/geometry';
import type { PhotonSource } from '@lantern/optics';
import { createCpuEngine } from '@lantern/optics/node';
import { repeatedSource } from './repeated-source.mjs';

/** A reference detector, and what Geant4 does there. */
export interface ReferenceCase {
  readonly name: string;
  /** Photons per second of Geant4 11.4, one thread, on this kind of machine (../shared/reference/README.md). */
  readonly geant4: number;
  /** Photons of one run. */
  readonly photons: number;
}

/** The three reference detectors. Enough photons for about a second on one core. */
export const referenceCases: readonly ReferenceCase[] = [
  { name: 'watertank', geant4: 250_000, photons: 800_000 },
  { name: 'scintball', geant4: 110_000, photons: 400_000 },
  { name: 'bigball', geant4: 42_000, photons: 300_000 },
];

/** A case in memory, and what it took to get there, s. */
export interface LoadedCase extends ReferenceCase {
  readonly detector: Detector;
  readonly scene: Scene;
  /** The photons of the reference, 16 words each. */
  readonly rows: Float32Array;
  readonly source: PhotonSource;
  readonly load: {
    readonly parse: number;
    readonly pack: number;
    /** Bytes of the GDML file and of the packed scene. */
    readonly fileBytes: number;
    readonly sceneBytes: number;
  };
}

/** Reads and packs a case; its photons repeat those of the reference, each time with other random numbers. */
export async function loadCase(folder: string, reference: ReferenceCase): Promise<LoadedCase> {
  const file = join(folder, reference.name, 'geometry.gdml');
  const text = await readFile(file, 'utf8');
  const begin = performance.now();
  const detector = readGdml(text, { file });
  const parsed = performance.now();
  const scene = packScene(detector);
  const packed = performance.now();
  const { data } = await readNpy(join(folder, reference.name, 'photons.npy'), { dtype: '<f4' });
  return {
    ...reference,
    detector,
    scene,
    rows: data,
    source: repeatedSource(data, reference.photons),
    load: {
      parse: (parsed - begin) / 1000,
      pack: (packed - parsed) / 1000,
      fileBytes: (await stat(file)).size,
      sceneBytes: scene.buffer.byteLength,
    },
  };
}

/** One measurement. Seconds. */
export interface Run {
  /** From the call until all workers hold the scene. */
  readonly start: number;
  readonly propagate: number;
  readonly photonsPerSecond: number;
  readonly stepsPerSecond: number;
  /** Shares of the time of propagation in which the workers, and the main thread, had work; not known on a page. */
  readonly workersBusy?: number;
  readonly mainBusy?: number;
}

/** Propagates all photons of a case once. */
export async function runOnce({ scene, source }: LoadedCase, threads: number): Promise<Run> {
  const begin = performance.now();
  let ready = begin;
  let idle = performance.eventLoopUtilization();
  let work = 0;
  const tally = await createCpuEngine().propagate(
    scene,
    {
      seed: 1n,
      source,
      threads,
      onReady: () => {
        ready = performance.now();
        idle = performance.eventLoopUtilization();
      },
    },
    ({ seconds }) => {
      if (seconds) work += seconds.generate + seconds.propagate + seconds.deliver;
    },
  );
  const propagate = (performance.now() - ready) / 1000;
  const mainBusy = performance.eventLoopUtilization(idle).utilization;
  return {
    start: (ready - begin) / 1000,
    propagate,
    photonsPerSecond: Number(tally.photons) / propagate,
    stepsPerSecond: Number(tally.steps) / propagate,
    workersBusy: work / (threads * propagate),
    mainBusy,
  };
}
