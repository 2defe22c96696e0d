import { placementsById } from '../check/placed-volumes.ts';
import { GeometryError } from '../errors.ts';
import type { Detector } from '../model/detector.ts';
import type { BorderSurface } from '../model/surface.ts';
import { isThinFilm } from '../optical-property-names.ts';
import type { TableOwner } from './optical-values.ts';

/**
 * The material behind the last layer of a thin film: that of the volume with the skin, as layers are numbered from outside;
 * that of the volume that a border surface leads to, as they are numbered from the other. Light from there meets the
 * layers in reverse. [TAB14]
 *
 * @returns undefined where the surface is not in use
 * @throws GeometryError where its uses do not agree
 */
export function filmFarMaterial(detector: Detector, film: TableOwner): string | undefined {
  const { skins, borders, materialOf, placed } = usesOf(detector, film.name);
  const materials = new Set([
    ...skins.map(({ volume }) => materialOf(volume)),
    ...borders.map(({ to }) => materialOf(placed.get(to)?.volume)),
  ]);
  materials.delete(undefined);
  if (materials.size <= 1) return [...materials][0];
  throw new GeometryError({
    what: 'a thin film cannot be told which way round it is',
    where: film.where,
    given: `skins over, and borders to, volumes of ${[...materials].join(' and ')}`,
    expected: 'one material behind its last layer',
    hint: 'give each an optical surface of its own',
  });
}

/** The materials on the side of layer 1, of all uses of a thin film. */
export function filmNearMaterials(detector: Detector, film: string): readonly string[] {
  const { skins, borders, materialOf, placed } = usesOf(detector, film);
  const covered = new Set(skins.map(({ volume }) => volume));
  const mothers = [...detector.volumes.values()].filter(({ placements }) =>
    placements.some(({ volume }) => covered.has(volume)),
  );
  const materials = new Set([
    ...mothers.map(({ material }) => material),
    ...borders.map(({ from }) => materialOf(placed.get(from)?.volume)),
  ]);
  return [...materials].filter((material) => material !== undefined);
}

function usesOf(detector: Detector, film: string) {
  return {
    skins: detector.skinSurfaces.filter(({ surface }) => surface === film),
    borders: frontBorders(detector).filter(({ surface }) => surface === film),
    placed: placementsById(detector),
    materialOf: (volume: string | undefined): string | undefined =>
      detector.volumes.get(volume ?? '')?.material,
  };
}

/** The border surfaces but those that are a thin film seen from behind: of two between the same volumes the second. */
export function frontBorders(detector: Detector): readonly BorderSurface[] {
  const films = thinFilms(detector);
  if (films.size === 0) return detector.borderSurfaces;
  const seen = new Set<string>();
  return detector.borderSurfaces.filter(({ from, to, surface }) => {
    seen.add(JSON.stringify([from, to, surface]));
    return !films.has(surface) || !seen.has(JSON.stringify([to, from, surface]));
  });
}

/** The border surfaces, and those of thin films for light from behind, where the detector has none for it. [TAB14] */
export function bordersBothWays(
  detector: Detector,
  borders: readonly BorderSurface[],
): readonly BorderSurface[] {
  const films = thinFilms(detector);
  if (films.size === 0) return borders;
  const pairs = new Set(borders.map(({ from, to }) => JSON.stringify([from, to])));
  const behind = borders.filter(
    ({ from, to, surface }) => films.has(surface) && !pairs.has(JSON.stringify([to, from])),
  );
  return [...borders, ...behind.map((border) => ({ ...border, from: border.to, to: border.from }))];
}

function thinFilms({ surfaces }: Detector): ReadonlySet<string> {
  const films = [...surfaces.values()].filter((surface) =>
    isThinFilm({ ...surface, of: 'surface' }),
  );
  return new Set(films.map(({ name }) => name));
}
