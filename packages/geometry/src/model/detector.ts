import type { Element, Isotope, Material } from './material.ts';
import type { Solid } from './solid.ts';
import type { BorderSurface, OpticalSurface, SkinSurface } from './surface.ts';
import type { Auxiliary, Volume } from './volume.ts';

/** Where in a file something was said; for messages. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
}

/**
 * A detector description: what a GDML file says, with expressions evaluated, units applied (mm, ns, MeV, rad)
 * and references resolved to names that exist.
 */
export interface Detector {
  readonly name: string;
  readonly isotopes: ReadonlyMap<string, Isotope>;
  readonly elements: ReadonlyMap<string, Element>;
  readonly materials: ReadonlyMap<string, Material>;
  readonly solids: ReadonlyMap<string, Solid>;
  readonly volumes: ReadonlyMap<string, Volume>;
  readonly surfaces: ReadonlyMap<string, OpticalSurface>;
  readonly skinSurfaces: readonly SkinSurface[];
  readonly borderSurfaces: readonly BorderSurface[];
  /** Name of the world volume; its placement has the id `world`. */
  readonly world: string;
  /** `<userinfo>` of the file. */
  readonly userInfo: readonly Auxiliary[];
  /** What was read and is not represented here, and doubtful values, in words with file and line; never empty in silence. */
  readonly warnings: readonly string[];
  /** Where each thing was said: key `kind:name`, e.g. `solid:bulb`, `material:Water`, `volume:PMT`. */
  readonly places: ReadonlyMap<string, SourcePlace>;
}
