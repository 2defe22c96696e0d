import type { Scene } from '@lantern/geometry';
import type { Engine, EngineWork, PhotonSource, PropagationRequest } from '@lantern/optics';

/** One propagation, from generation steps in memory to hits in memory. Seconds of the wall clock. */
export interface EngineRun {
  readonly photons: number;
  /** From the call until all have the scene: device, pipelines, upload; or workers. */
  readonly start: number;
  /** From then until the last batch is through. */
  readonly propagate: number;
  readonly total: number;
  readonly photonsPerSecond: number;
  readonly stepsPerSecond: number;
  readonly stepsPerPhoton: number;
  readonly hits: number;
  /** Sum over all ends: equal wherever the engine is the same. */
  readonly digest: string;
  readonly work?: EngineWork | undefined;
}

/** Propagates all photons of a source once and counts the hits. */
export async function runEngine(
  engine: Engine,
  scene: Scene,
  source: PhotonSource,
  threads: number,
  more: Pick<PropagationRequest, 'hitForms' | 'maxBounces' | 'batchSize'> = {},
): Promise<EngineRun> {
  const begin = performance.now();
  let ready = begin;
  let work: EngineWork | undefined;
  const tally = await engine.propagate(
    scene,
    {
      seed: 1n,
      source,
      threads,
      ...more,
      onReady: () => {
        ready = performance.now();
      },
      onWork: (told) => {
        work = told;
      },
    },
    () => {},
  );
  const end = performance.now();
  const propagate = (end - ready) / 1000;
  const photons = Number(tally.photons - tally.children);
  return {
    photons,
    start: (ready - begin) / 1000,
    propagate,
    total: (end - begin) / 1000,
    photonsPerSecond: photons / propagate,
    stepsPerSecond: Number(tally.steps) / propagate,
    stepsPerPhoton: Number(tally.steps) / photons,
    hits: Number(tally.detected),
    digest: tally.digest.toString(16).padStart(16, '0'),
    work,
  };
}
