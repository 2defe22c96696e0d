import { join } from 'node:path';
import { packScene } from '@lantern/geometry';
import { readGdmlFile } from '@lantern/geometry/node';
import type { Engine } from '@lantern/optics';
import { openPhotonFile } from '@lantern/optics/node';
import { compareWithReference } from './agreement.ts';
import { clockedSteps, Geant4Clock } from './geant4-clock.ts';
import { PhotonEnds } from './photon-ends.ts';
import { readReference } from './reference.ts';
import type { CaseResult } from './validation.ts';

/** How to propagate. */
export interface CaseRequest {
  readonly seed: bigint;
  readonly threads: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((photons: number, total: number) => void) | undefined;
}

/**
 * Propagates the photons of a reference through its detector and compares their ends with what is expected.
 *
 * @param folder of references
 * @param name of one of them
 */
export async function runCase(
  engine: Engine,
  folder: string,
  name: string,
  request: CaseRequest,
): Promise<CaseResult> {
  const { onProgress, ...settings } = request;
  const reference = await readReference(join(folder, name));
  const detector = await readGdmlFile(join(folder, name, 'geometry.gdml'));
  const scene = packScene(detector);
  const clock = new Geant4Clock(detector, scene);
  const source = await openPhotonFile(join(folder, name, 'photons.npy'), { seed: request.seed });
  const [ends, ownEnds] = [
    new PhotonEnds(reference.distributions),
    new PhotonEnds(reference.distributions),
  ];
  let begin = 0;
  try {
    await engine.propagate(
      scene,
      {
        ...settings,
        source,
        keepPhotons: true,
        recordSteps: clockedSteps,
        onReady: () => (begin = performance.now()),
      },
      (batch) => {
        ends.add(clock.retime(batch));
        ownEnds.add(batch.photons ?? new Float32Array(0));
        onProgress?.(ends.photons, source.count);
      },
    );
  } finally {
    await source.close?.();
  }
  const seconds = (performance.now() - begin) / 1000;
  return {
    name,
    source: reference.source,
    agreement: compareWithReference(ends, reference),
    ownTimes: compareWithReference(ownEnds, reference).histograms.filter(
      ({ quantity }) => quantity === 't_ns',
    ),
    seconds,
  };
}
