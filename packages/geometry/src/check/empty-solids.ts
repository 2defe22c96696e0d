import { GeometryError } from '../errors.ts';
import type { Detector } from '../model/detector.ts';
import { type Finding, placeOf } from './finding.ts';
import { placedVolumes } from './placed-volumes.ts';
import type { SolidSampler } from './solid-sampler.ts';

/** Placed volumes whose solid holds nothing, as far as sampling can tell, or cannot be made. */
export function checkEmptySolids(detector: Detector, sampler: SolidSampler): Finding[] {
  return [...placedVolumes(detector).values()].flatMap((volume): Finding[] => {
    const where = placeOf(detector, 'volume', volume.name);
    const error = (message: string): Finding[] => [
      { kind: 'emptySolid', severity: 'error', where, message },
    ];
    try {
      if (sampler.points(volume.solid).length > 0) return [];
      return error(`Its solid '${volume.solid}' seems to be empty: no point inside was found.`);
    } catch (cause) {
      if (cause instanceof GeometryError) return error(cause.message);
      throw cause;
    }
  });
}
