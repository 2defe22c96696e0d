import { GeometryError } from '../errors.ts';
import type { Detector } from '../model/detector.ts';
import { warningsOfFilm } from '../scene/film-warnings.ts';
import { surfaceOptics } from '../scene/surface-optics.ts';
import { type Finding, placeOf } from './finding.ts';
import { usedSurfaces } from './unused.ts';

/** What is doubtful about coatings and thin films; what is wrong with them stops a simulation, and is told as that. */
export function checkFilms(detector: Detector): Finding[] {
  return [...usedSurfaces(detector)].flatMap((name) =>
    doubts(detector, name).map((text): Finding => {
      const message = `${text[0]?.toUpperCase()}${text.slice(1)}`;
      const where = placeOf(detector, 'surface', name);
      return { kind: 'surfaceCannotWork', severity: 'warning', where, message };
    }),
  );
}

function doubts(detector: Detector, name: string): readonly string[] {
  try {
    const optics = surfaceOptics(detector, name);
    return [...(optics.film?.warnings ?? []), ...warningsOfFilm(detector, optics)];
  } catch (error) {
    if (error instanceof GeometryError) return [];
    throw error;
  }
}
