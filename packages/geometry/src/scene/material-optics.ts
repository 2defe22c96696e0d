import { GeometryError } from '../errors.ts';
import type { Detector } from '../model/detector.ts';
import type { PropertyTable } from '../model/property-table.ts';
import { groupVelocity } from './group-velocity.ts';
import { type MieScattering, mieScattering } from './mie-scattering.ts';
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
import { type Reemission, reemission } from './reemission.ts';
import { integral } from './spectrum.ts';
import { type WavelengthShift, wavelengthShift } from './wavelength-shift.ts';

/** The optics of one material, checked, ready to be packed. */
export interface MaterialOptics {
  readonly owner: TableOwner;
  /** Undefined: no light can be in it. */
  readonly index: PropertyTable | undefined;
  readonly velocity: PropertyTable | undefined;
  readonly absorption: PropertyTable | undefined;
  readonly scattering: PropertyTable | undefined;
  readonly mie: MieScattering | undefined;
  /** The two sets of WLS properties. */
  readonly shifts: readonly [WavelengthShift | undefined, WavelengthShift | undefined];
  readonly reemission: Reemission | undefined;
  /** Of SCINTILLATIONCOMPONENT1 to 3. */
  readonly scintillation: readonly (PropertyTable | undefined)[];
  readonly warnings: readonly string[];
}

/**
 * Reads the optics of a material.
 *
 * @throws GeometryError for values that no photon can live with
 */
export function materialOptics(detector: Detector, name: string): MaterialOptics {
  const material = detector.materials.get(name);
  if (!material) throw new GeometryError({ what: 'no such material', given: `'${name}'` });
  const owner = tableOwner(detector, 'material', name, material.properties);
  refuseWrongKinds(owner, { of: 'material', properties: material.properties });
  const warnings: string[] = [];
  const index = tableOf(owner, 'RINDEX', positive);
  return {
    owner,
    index,
    velocity: tableOf(owner, 'GROUPVEL', positive) ?? (index && groupVelocity(index)),
    absorption: tableOf(owner, 'ABSLENGTH', notNegative),
    scattering: tableOf(owner, 'RAYLEIGH', notNegative) ?? scatteringOf(detector, name, owner),
    mie: index && mieScattering(owner),
    shifts: [wavelengthShift(owner, '', warnings), wavelengthShift(owner, '2', warnings)],
    reemission: index && reemission(owner, warnings),
    scintillation: [
      scintillation(owner, ['SCINTILLATIONCOMPONENT1', 'FASTCOMPONENT'], warnings),
      scintillation(owner, ['SCINTILLATIONCOMPONENT2', 'SLOWCOMPONENT'], warnings),
      scintillation(owner, ['SCINTILLATIONCOMPONENT3'], warnings),
    ],
    warnings,
  };
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
