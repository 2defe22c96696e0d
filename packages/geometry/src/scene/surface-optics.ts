import { GeometryError } from '../errors.ts';
import type { Detector } from '../model/detector.ts';
import type { PropertyTable } from '../model/property-table.ts';
import {
  classicFinishes,
  type OpticalSurface,
  simulatedTypes,
  surfaceModels,
  surfaceTypes,
} from '../model/surface.ts';
import { surfaceFinishes } from '../model/surface-finishes.ts';
import { propertiesThatStop } from '../optical-property-names.ts';
import type { SurfaceData } from '../surface-data/surface-data.ts';
import type { SurfaceFilm } from './film.ts';
import { isMeasured, type MeasuredTable, measuredTable } from './measured-surface.ts';
import {
  constantOf,
  fraction,
  notNegative,
  positive,
  refuseWrongKinds,
  type TableOwner,
  tableOf,
  tableOwner,
} from './optical-values.ts';
import { isSensor } from './sensor-surfaces.ts';
import { surfaceFilm } from './surface-film.ts';

/** The optics of one surface, checked, ready to be packed. */
export interface SurfaceOptics {
  readonly owner: TableOwner;
  /** Geant4's enumerations. */
  readonly model: number;
  readonly type: number;
  readonly finish: number;
  /** Polish (glisur) or sigma_alpha in rad (unified). */
  readonly value: number;
  /** SURFACEROUGHNESS, mm. */
  readonly roughness: number;
  readonly reflectivity: PropertyTable | undefined;
  readonly efficiency: PropertyTable | undefined;
  readonly transmittance: PropertyTable | undefined;
  readonly lobe: PropertyTable | undefined;
  readonly spike: PropertyTable | undefined;
  readonly backscatter: PropertyTable | undefined;
  /** RINDEX of the gap of a back-painted surface. */
  readonly gap: PropertyTable | undefined;
  /** A metal of complex index, a coating or a thin film. */
  readonly film: SurfaceFilm | undefined;
  /** The efficiency is that of light at normal incidence (THINFILM_QE). */
  readonly isQuantumEfficiency: boolean;
  /** The look-up table or the table of a dichroic filter that it goes by. */
  readonly measured: MeasuredTable | undefined;
  readonly warnings: readonly string[];
}

/**
 * Reads the optics of a surface.
 *
 * @throws GeometryError for a model, type, finish or property that the engine cannot do yet, and for wrong values
 */
export function surfaceOptics(
  detector: Detector,
  name: string,
  surfaceData: SurfaceData = {},
): SurfaceOptics {
  const surface = detector.surfaces.get(name);
  if (!surface) throw new GeometryError({ what: 'no such optical surface', given: `'${name}'` });
  const owner = tableOwner(detector, 'surface', name, surface.properties);
  const measured = measuredTable(surface, owner.where, surfaceData);
  refuseUndone(surface, owner);
  refuseWrongKinds(owner, { ...surface, of: 'surface' });
  if (!isMeasured(surface)) checkValue(surface, owner);
  const isUnified = surface.model === 'unified';
  const isBackPainted = surface.finish.endsWith('backpainted');
  const unifiedTable = (property: string): PropertyTable | undefined =>
    isUnified ? tableOf(owner, property, fraction) : undefined;
  const gap = isBackPainted ? tableOf(owner, 'RINDEX', positive) : undefined;
  // Davis and filters have their own reflectivity; Geant4 computes that of an index, and does not use it.
  const hasOwn = measured !== undefined && measured.kind !== 'lbnl';
  const given = surfaceFilm(surface, owner);
  const film = hasOwn && given?.kind === 'metal' ? undefined : given;
  const quantumEfficiency = tableOf(owner, 'THINFILM_QE', fraction);
  return {
    owner,
    model: surfaceModels.indexOf(surface.model),
    type: surfaceTypes.indexOf(surface.type),
    finish: surfaceFinishes.indexOf(surface.finish),
    value: surface.value,
    roughness: constantOf(owner, 'SURFACEROUGHNESS', notNegative) ?? 0,
    reflectivity: tableOf(owner, 'REFLECTIVITY', fraction),
    efficiency: quantumEfficiency ?? tableOf(owner, 'EFFICIENCY', fraction),
    transmittance: tableOf(owner, 'TRANSMITTANCE', fraction),
    lobe: unifiedTable('SPECULARLOBECONSTANT'),
    spike: unifiedTable('SPECULARSPIKECONSTANT'),
    backscatter: unifiedTable('BACKSCATTERCONSTANT'),
    gap,
    film,
    isQuantumEfficiency: quantumEfficiency !== undefined,
    measured,
    warnings: [...warningsOf(surface, film), ...(film?.warnings ?? [])].map(
      (text) => `${owner.where}: ${text}`,
    ),
  };
}

/** What works in another way than the one who wrote it may think. [TAB8] */
function warningsOf({ type, finish, properties }: OpticalSurface, film?: SurfaceFilm): string[] {
  const { tables } = properties;
  const warnings: string[] = [];
  // Whatever the type: G4OpBoundaryProcess asks for the gap before it looks at it.
  if (finish.endsWith('backpainted') && !tables.has('RINDEX')) {
    warnings.push('back-painted without RINDEX of the gap: it absorbs every photon.');
  }
  const asksForIt = type !== 'dielectric_LUTDAVIS' && !film;
  if (asksForIt && isSensor({ type, properties }) && !tables.has('REFLECTIVITY')) {
    warnings.push(
      'EFFICIENCY without REFLECTIVITY detects nothing: as in Geant4, REFLECTIVITY is 1 where it is not given. Give it a REFLECTIVITY of 0.',
    );
  }
  return warnings;
}

function refuseUndone(surface: OpticalSurface, owner: TableOwner): void {
  const { model, type, finish, properties } = surface;
  const undone = propertiesThatStop({ of: 'surface', properties, type, finish });
  const isTable = isMeasured(surface);
  const given = [
    ...(isTable || model === 'glisur' || model === 'unified' ? [] : [`model ${model}`]),
    ...(isTable || simulatedTypes.includes(type) ? [] : [`type ${type}`]),
    ...(isTable || classicFinishes.some((classic) => classic === finish)
      ? []
      : [`finish ${finish}`]),
    ...undone.map((row) => `${row.name} (${row.meaning})`),
  ];
  if (given.length === 0) return;
  throw new GeometryError({
    what: 'a kind of optical surface that is not done yet',
    where: owner.where,
    given: given.join(', '),
    expected:
      'model glisur or unified, type dielectric_metal, dielectric_dielectric or coated, one of the six classic finishes',
  });
}

function checkValue({ model, value }: OpticalSurface, owner: TableOwner): void {
  const isUnified = model === 'unified';
  if (isUnified ? value >= 0 && value < Number.POSITIVE_INFINITY : value >= 0 && value <= 1) return;
  throw new GeometryError({
    what: isUnified ? 'sigma_alpha of a unified surface' : 'polish of a glisur surface',
    where: owner.where,
    given: `${value}`,
    expected: isUnified ? 'an angle of at least 0 (rad)' : 'a number from 0 (rough) to 1 (smooth)',
  });
}
