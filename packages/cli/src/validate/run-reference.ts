import { join } from 'node:path';
import { type Detector, packScene, type Scene } from '@lantern/geometry';
import { readGdmlFile } from '@lantern/geometry/node';
import { openPhotonFile } from '@lantern/optics/node';
import { type Agreement, compareWithReference, type HistogramAgreement } from './agreement.ts';
import type { CaseTools } from './case.ts';
import { clockedSteps, Geant4Clock } from './geant4-clock.ts';
import { PhotonEnds } from './photon-ends.ts';
import { type Reference, readReference } from './reference.ts';

/** How a reference detector compares. */
export interface ReferenceResult {
  /** What made the reference. */
  readonly source: string;
  readonly agreement: Agreement;
  /** The histograms of time without the correction to Geant4's clock; not part of the verdict. */
  readonly ownTimes: readonly HistogramAgreement[];
  /** Of one thread, hits alone kept; told by the way, not a benchmark. */
  readonly photonsPerSecond: number;
}

/**
 * Propagates the photons of a reference through its detector and compares their ends with what is expected.
 *
 * @param folder of references
 * @param name of one of them
 */
export async function runReference(
  tools: CaseTools,
  folder: string,
  name: string,
): Promise<ReferenceResult> {
  const reference = await readReference(join(folder, name));
  const detector = await readGdmlFile(join(folder, name, 'geometry.gdml'));
  const scene = packScene(detector);
  const photons = join(folder, name, 'photons.npy');
  const { ends, ownEnds } = await compare(tools, detector, scene, photons, reference);
  return {
    source: reference.source,
    agreement: compareWithReference(ends, reference),
    ownTimes: compareWithReference(ownEnds, reference).histograms.filter(
      ({ quantity }) => quantity === 't_ns',
    ),
    photonsPerSecond: await speed(tools, scene, photons),
  };
}

async function compare(
  { engine, seed, threads, signal, few, done }: CaseTools,
  detector: Detector,
  scene: Scene,
  photons: string,
  { distributions }: Reference,
): Promise<{ readonly ends: PhotonEnds; readonly ownEnds: PhotonEnds }> {
  const clock = new Geant4Clock(detector, scene);
  const source = await openPhotonFile(photons, { seed });
  const count = few(source.count);
  const [ends, ownEnds] = [new PhotonEnds(distributions), new PhotonEnds(distributions)];
  const request = { seed, threads, signal, source, count, recordSteps: clockedSteps };
  try {
    await engine.propagate(scene, { ...request, keepPhotons: true }, (batch) => {
      ends.add(clock.retime(batch));
      ownEnds.add(batch.photons ?? new Float32Array(0));
      done(batch.count);
    });
  } finally {
    await source.close?.();
  }
  return { ends, ownEnds };
}

async function speed(
  { timed, seed, signal, few, done }: CaseTools,
  scene: Scene,
  photons: string,
): Promise<number> {
  const source = await openPhotonFile(photons, { seed });
  let begin = 0;
  const count = few(source.count);
  const request = { seed, threads: 1, signal, source, count };
  try {
    await timed.propagate(
      scene,
      { ...request, onReady: () => (begin = performance.now()) },
      (batch) => done(batch.count),
    );
  } finally {
    await source.close?.();
  }
  return (1000 * count) / (performance.now() - begin);
}
