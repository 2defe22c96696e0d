import { usedSurfaces } from '../check/unused.ts';
import type { Detector } from '../model/detector.ts';
import { realSurfaceFiles } from './real-surface.ts';

/** Which tables the surfaces of a detector go by that its GDML file does not hold. */
export function surfaceDataNeeded(detector: Detector): {
  /** Finishes that have a file in Geant4's RealSurface data. */
  readonly finishes: readonly string[];
  readonly dichroic: boolean;
} {
  const finishes = new Set<string>();
  let dichroic = false;
  for (const name of usedSurfaces(detector)) {
    const surface = detector.surfaces.get(name);
    if (surface === undefined) continue;
    if (surface.type === 'dielectric_dichroic') dichroic ||= surface.dichroic === undefined;
    else if (realSurfaceFiles(surface.finish)) finishes.add(surface.finish);
  }
  return { finishes: [...finishes], dichroic };
}
