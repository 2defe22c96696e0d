import { energyToWavelength } from '@lantern/units';
import { GeometryError } from '../errors.ts';
import type { Detector } from '../model/detector.ts';
import type { OpticalProperties, PropertyTable } from '../model/property-table.ts';
import type { PropertyOwner } from '../optical-property-names.ts';
import { wrongKind } from '../wrong-kind.ts';

/** The material or surface that tables belong to, for messages. */
export interface TableOwner {
  readonly kind: 'material' | 'surface';
  readonly name: string;
  /** `file:line: material 'Water'`. */
  readonly where: string;
  readonly properties: OpticalProperties;
}

/** Who has the properties, with the place in the file where it is known. */
export function tableOwner(
  detector: Detector,
  kind: 'material' | 'surface',
  name: string,
  properties: OpticalProperties,
): TableOwner {
  const place = detector.places.get(`${kind}:${name}`);
  const called = `${kind} '${name}'`;
  const where = place ? `${place.file}:${place.line}: ${called}` : called;
  return { kind, name, where, properties };
}

/**
 * Refuses a number where a table is used, and the other way round: it would be ignored in silence. [TAB10]
 *
 * @throws GeometryError that names the owner, the property, what is given and what is expected
 */
export function refuseWrongKinds({ where, properties }: TableOwner, owner: PropertyOwner): void {
  for (const name of [...properties.tables.keys(), ...properties.constants.keys()]) {
    const wrong = wrongKind(owner, name);
    if (!wrong?.isUsed) continue;
    const { given, expected } = wrong;
    throw new GeometryError({ what: `${name} is of the wrong kind`, where, given, expected });
  }
}

/** What the values of a property may be. */
export interface ValueRule {
  readonly expected: string;
  readonly accepts: (value: number) => boolean;
}

/** Lengths in mm, times in ns, intensities. */
export const notNegative: ValueRule = {
  expected: 'a number of at least 0',
  accepts: (value) => value >= 0,
};

/** A refractive index, a velocity. */
export const positive: ValueRule = {
  expected: 'a number above 0',
  accepts: (value) => value > 0 && value < Number.POSITIVE_INFINITY,
};

/** A probability; files that round to 1 + 1e-7 are taken at their word. */
export const fraction: ValueRule = {
  expected: 'a probability from 0 to 1',
  accepts: (value) => value >= 0 && value <= 1 + 1e-6,
};

/** Two points of a table at one energy are a step: the second is moved up by this part of it. */
const stepWidth = 1e-9;

/**
 * A table of an owner, undefined where it has none. A step (two points at one energy) is given a width. [TAB7]
 *
 * @throws GeometryError for an empty table, energies that are not positive and ascending, or a value that the rule
 * does not accept: names the owner, the property, the energy and the value
 */
export function tableOf(
  owner: TableOwner,
  property: string,
  rule: ValueRule,
): PropertyTable | undefined {
  const table = owner.properties.tables.get(property);
  if (table === undefined) return undefined;
  const fail = (what: string, given: string, expected: string): never => {
    throw new GeometryError({ what: `${property} ${what}`, where: owner.where, given, expected });
  };
  if (table.energies.length === 0) return fail('is empty', 'no points', 'at least one');
  const energies = Float64Array.from(table.energies);
  for (let i = 0; i < energies.length; i++) {
    const energy = energies[i] ?? Number.NaN;
    const previous = energies[i - 1] ?? 0;
    if (!(energy > 0 && energy < 1e6)) {
      return fail('has a wrong photon energy', `${energy} MeV`, 'a number above 0');
    }
    if (energy <= previous) {
      if (energy < previous * (1 - 1e-6)) {
        return fail('has energies out of order', `${energy} MeV`, `more than ${previous} MeV`);
      }
      energies[i] = previous * (1 + stepWidth);
    }
    const value = table.values[i] ?? Number.NaN;
    if (!rule.accepts(value)) {
      const wavelength = energyToWavelength(energy).toPrecision(4);
      const at = `${value} at ${(1e6 * energy).toPrecision(6)} eV (${wavelength} nm)`;
      return fail('has a wrong value', at, rule.expected);
    }
  }
  return { energies, values: table.values };
}

/**
 * A single number of an owner.
 *
 * @throws GeometryError when the rule does not accept it
 */
export function constantOf(
  owner: TableOwner,
  property: string,
  rule: ValueRule,
): number | undefined {
  const value = owner.properties.constants.get(property);
  if (value === undefined || rule.accepts(value)) return value;
  throw new GeometryError({
    what: `${property} has a wrong value`,
    where: owner.where,
    given: `${value}`,
    expected: rule.expected,
  });
}

/**
 * A value that cannot be done without.
 *
 * @throws GeometryError where it is not there
 */
export function requiredOf<T>(value: T | undefined, owner: TableOwner, missing: string): T {
  if (value !== undefined) return value;
  const given = [...owner.properties.tables.keys(), ...owner.properties.constants.keys()];
  throw new GeometryError({
    what: `${missing} is missing`,
    where: owner.where,
    given: given.length > 0 ? given.join(', ') : 'no properties',
    expected: 'all that its film needs',
  });
}
