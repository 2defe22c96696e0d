import { GeometryError } from '../errors.ts';
import type { Detector } from '../model/detector.ts';
import type { PropertyTable } from '../model/property-table.ts';
import { propertiesThatStop } from '../optical-property-names.ts';
import { groupVelocity } from './group-velocity.ts';
import {
  constantOf,
  notNegative,
  positive,
  refuseWrongKinds,
  type TableOwner,
  tableOf,
  tableOwner,
} from './optical-values.ts';
import { computedRayleighLength } from './rayleigh-length.ts';
import { integral } from './spectrum.ts';

/** The optics of one material, checked, ready to be packed. */
export interface MaterialOptics {
  readonly owner: TableOwner;
  /** Undefined: no light can be in it. */
  readonly index: PropertyTable | undefined;
  readonly velocity: PropertyTable | undefined;
  readonly absorption: PropertyTable | undefined;
  readonly scattering: PropertyTable | undefined;
  readonly shift: PropertyTable | undefined;
  readonly shiftEmission: PropertyTable | undefined;
  /** WLSTIMECONSTANT, ns. */
  readonly shiftTime: number;
  /** Of SCINTILLATIONCOMPONENT1 to 3. */
  readonly scintillation: readonly (PropertyTable | undefined)[];
  readonly warnings: readonly string[];
}

/**
 * Reads the optics of a material.
 *
 * @throws GeometryError for values that no photon can live with, and for a property that the engine cannot do yet
 */
export function materialOptics(detector: Detector, name: string): MaterialOptics {
  const material = detector.materials.get(name);
  if (!material) throw new GeometryError({ what: 'no such material', given: `'${name}'` });
  const owner = tableOwner(detector, 'material', name, material.properties);
  refuseWrongKinds(owner, { of: 'material', properties: material.properties });
  const warnings: string[] = [];
  const index = tableOf(owner, 'RINDEX', positive);
  if (index) refuseUndone(owner);
  const shift = tableOf(owner, 'WLSABSLENGTH', notNegative);
  return {
    owner,
    index,
    velocity: tableOf(owner, 'GROUPVEL', positive) ?? (index && groupVelocity(index)),
    absorption: tableOf(owner, 'ABSLENGTH', notNegative),
    scattering: tableOf(owner, 'RAYLEIGH', notNegative) ?? scatteringOf(detector, name, owner),
    shift,
    shiftEmission: shift && shiftEmission(owner, warnings),
    shiftTime: constantOf(owner, 'WLSTIMECONSTANT', notNegative) ?? 0,
    scintillation: [
      scintillation(owner, ['SCINTILLATIONCOMPONENT1', 'FASTCOMPONENT'], warnings),
      scintillation(owner, ['SCINTILLATIONCOMPONENT2', 'SLOWCOMPONENT'], warnings),
      scintillation(owner, ['SCINTILLATIONCOMPONENT3'], warnings),
    ],
    warnings,
  };
}

function refuseUndone(owner: TableOwner): void {
  const undone = propertiesThatStop({ of: 'material', properties: owner.properties });
  if (undone.length === 0) return;
  throw new GeometryError({
    what: 'a material property that Geant4 or Opticks would act on is not done yet',
    where: owner.where,
    given: undone.map((row) => `${row.name} (${row.meaning})`).join(', '),
    hint: 'take it out of the material to simulate without it',
  });
}

function scatteringOf(
  detector: Detector,
  name: string,
  owner: TableOwner,
): PropertyTable | undefined {
  constantOf(owner, 'ISOTHERMAL_COMPRESSIBILITY', positive);
  constantOf(owner, 'RS_SCALE_FACTOR', positive);
  const material = detector.materials.get(name);
  return material && computedRayleighLength(material);
}

function shiftEmission(owner: TableOwner, warnings: string[]): PropertyTable | undefined {
  const emission = tableOf(owner, 'WLSCOMPONENT', notNegative);
  if (emission && !(integral(emission) > 0)) {
    throw new GeometryError({
      what: 'WLSCOMPONENT has no light in it: its integral is 0',
      where: owner.where,
      given: `${emission.energies.length} points`,
      expected: 'at least two energies and an intensity above 0',
    });
  }
  if (!emission) {
    warnings.push(
      `${owner.where}: WLSABSLENGTH without WLSCOMPONENT: photons are absorbed by it, none is emitted.`,
    );
  }
  return emission;
}

/** The spectrum by the first of the names that is there; none, with a warning, when there is no light in it. */
function scintillation(
  owner: TableOwner,
  names: readonly string[],
  warnings: string[],
): PropertyTable | undefined {
  const name = names.find((candidate) => owner.properties.tables.has(candidate));
  const table = name && tableOf(owner, name, notNegative);
  if (!table || integral(table) > 0) return table || undefined;
  warnings.push(`${owner.where}: ${name} has no light in it (its integral is 0) and is not used.`);
  return undefined;
}
