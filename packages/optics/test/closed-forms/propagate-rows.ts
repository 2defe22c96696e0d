import type { Detector } from '@lantern/geometry';
import { createCpuEngine } from '../../src/cpu/cpu-engine.node.ts';
import { photonFlags } from '../../src/photon-layout.ts';
import type { PhotonSource } from '../../src/sources/photon-source.ts';
import type { Tally } from '../../src/tally.ts';
import {
  type PhotonEnd,
  type PhotonFlag,
  propagateRows as propagate,
  type RowRequest,
} from '../../src/validation/photon-rows.ts';

/** What came of photons. */
export interface Propagated {
  readonly ends: readonly PhotonEnd[];
  readonly tally: Tally;
}

/** Propagates photons of a source through a detector with the CPU engine, and keeps all ends. */
export async function propagateRows(
  detector: Detector,
  source: PhotonSource,
  request: RowRequest = {},
): Promise<Propagated> {
  const ends: PhotonEnd[] = [];
  const tally = await propagate(createCpuEngine(), detector, source, request, (end) => {
    ends.push(end);
  });
  return { ends, tally };
}

/** Number of photons that met at least one of these. */
export function countMet(ends: readonly PhotonEnd[], flag: PhotonFlag): number {
  return ends.filter(({ flagMask }) => (flagMask & photonFlags[flag]) !== 0).length;
}

/** Photons that ended so. */
export function endedBy(ends: readonly PhotonEnd[], flag: PhotonFlag): readonly PhotonEnd[] {
  return ends.filter((end) => end.flag === photonFlags[flag]);
}
