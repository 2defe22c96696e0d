import type { OpticalSurface } from '../model/surface.ts';
import { hasComplexIndex, isThinFilm, type PropertyOwner } from '../optical-property-names.ts';
import type { SurfaceFilm } from './film.ts';
import {
  constantOf,
  notNegative,
  positive,
  requiredOf,
  type TableOwner,
  tableOf,
} from './optical-values.ts';
import { thinFilm } from './thin-film.ts';

/** Thicker, light of one wavelength does not interfere in it as a wave train, mm. */
const thickest = 0.1;

/**
 * The film of a surface; undefined where it has none. [TAB12] [TAB13]
 *
 * @throws GeometryError for a film that is not whole, of wrong values, or on a surface that cannot have one
 */
export function surfaceFilm(surface: OpticalSurface, owner: TableOwner): SurfaceFilm | undefined {
  const film = filmOf(surface, owner);
  if (!film) return undefined;
  const thick = film.layers.findIndex(({ thickness }) => thickness > thickest);
  if (thick < 0) return film;
  const warning = `layer ${thick + 1} is ${film.layers[thick]?.thickness} mm thick, and is taken as a film in which light interferes: lengths are in mm, 20 nm are 20e-6.`;
  return { ...film, warnings: [...film.warnings, warning] };
}

function filmOf(surface: OpticalSurface, owner: TableOwner): SurfaceFilm | undefined {
  const given: PropertyOwner = { ...surface, of: 'surface' };
  if (isThinFilm(given)) return thinFilm(surface, owner);
  if (surface.type === 'coated') return coating(owner);
  return hasComplexIndex(given) ? metal(owner) : undefined;
}

function coating(owner: TableOwner): SurfaceFilm {
  const index = requiredOf(tableOf(owner, 'COATEDRINDEX', positive), owner, 'COATEDRINDEX');
  const thickness = requiredOf(
    constantOf(owner, 'COATEDTHICKNESS', notNegative),
    owner,
    'COATEDTHICKNESS',
  );
  return {
    kind: 'coating',
    layers: [{ index, extinction: undefined, thickness }],
    cathode: 0,
    // Geant4's default.
    frustrated: owner.properties.constants.get('COATEDFRUSTRATEDTRANSMISSION') !== 0,
    warnings: [],
  };
}

function metal(owner: TableOwner): SurfaceFilm {
  const index = requiredOf(tableOf(owner, 'REALRINDEX', notNegative), owner, 'REALRINDEX');
  const extinction = tableOf(owner, 'IMAGINARYRINDEX', notNegative);
  const layers = [{ index, extinction, thickness: 0 }];
  return { kind: 'metal', layers, cathode: 0, frustrated: false, warnings: [] };
}
