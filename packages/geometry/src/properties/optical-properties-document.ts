import { energyToWavelength, nearest, wavelengthToEnergy } from '@lantern/units';
import { GeometryError } from '../errors.ts';
import type { OpticalProperties, PropertyTable } from '../model/property-table.ts';
import { nearestPropertyName, opticalPropertyNamed } from '../optical-property-names.ts';

/** A property against vacuum wavelength. */
interface TableDocument {
  /** nm, ascending, at least one. */
  readonly wavelengths: readonly number[];
  /** As many, in the property's own unit (mm, ns, none), as GDML has them. */
  readonly values: readonly number[];
}

/** What is said of one material or surface; properties that are not named stay as they are. */
interface OwnerDocument {
  readonly tables?: Readonly<Record<string, TableDocument>>;
  readonly constants?: Readonly<Record<string, number>>;
}

/** Optical properties of materials and surfaces by their names, as JSON: what a calibration says of a detector. */
export interface OpticalPropertiesDocument {
  readonly materials?: Readonly<Record<string, OwnerDocument>>;
  readonly surfaces?: Readonly<Record<string, OwnerDocument>>;
}

/** The same, as a detector has them. */
export interface OpticalPropertyChanges {
  readonly materials: ReadonlyMap<string, OpticalProperties>;
  readonly surfaces: ReadonlyMap<string, OpticalProperties>;
}

type Owner = 'material' | 'surface';
const kinds = { materials: 'material', surfaces: 'surface' } as const;

/**
 * Reads a document of optical properties.
 *
 * @param value what JSON.parse made of it
 * @param where name of it for errors: a file, a calibration
 * @throws GeometryError that names the owner, the property and the value that is wrong
 */
export function readOpticalProperties(value: unknown, where: string): OpticalPropertyChanges {
  const document = record(value, where, 'the document');
  const known = Object.keys(kinds);
  for (const key of Object.keys(document)) if (!known.includes(key)) unknown(key, known, where);
  return {
    materials: readOwners(document.materials, 'material', where),
    surfaces: readOwners(document.surfaces, 'surface', where),
  };
}

/** Optical properties as a document that JSON.stringify takes: energies become wavelengths. */
export function opticalPropertiesDocument(
  owners: OpticalPropertyChanges,
): OpticalPropertiesDocument {
  const of = (map: ReadonlyMap<string, OpticalProperties>): Record<string, OwnerDocument> =>
    Object.fromEntries([...map].map(([name, properties]) => [name, ownerDocument(properties)]));
  return { materials: of(owners.materials), surfaces: of(owners.surfaces) };
}

function ownerDocument({ tables, constants }: OpticalProperties): OwnerDocument {
  return {
    tables: Object.fromEntries(
      [...tables].map(([name, { energies, values }]) => [
        name,
        {
          wavelengths: [...energies].map(energyToWavelength).reverse(),
          values: [...values].reverse(),
        },
      ]),
    ),
    constants: Object.fromEntries(constants),
  };
}

function readOwners(
  value: unknown,
  of: Owner,
  where: string,
): ReadonlyMap<string, OpticalProperties> {
  if (value === undefined) return new Map();
  const owners = record(value, where, `the ${of}s`);
  return new Map(
    Object.entries(owners).map(([name, owner]) => {
      const place = `${where}: ${of} '${name}'`;
      const parts = record(owner, place, `what is said of the ${of}`);
      const known = ['tables', 'constants'];
      for (const key of Object.keys(parts)) if (!known.includes(key)) unknown(key, known, place);
      const tables = Object.entries(record(parts.tables ?? {}, place, 'the tables'));
      const constants = Object.entries(record(parts.constants ?? {}, place, 'the constants'));
      return [
        name,
        {
          tables: new Map(tables.map(([key, table]) => [key, readTable(of, key, table, place)])),
          constants: new Map(constants.map(([key, n]) => [key, readConstant(of, key, n, place)])),
        },
      ];
    }),
  );
}

function readTable(of: Owner, name: string, value: unknown, place: string): PropertyTable {
  const where = `${place}: ${name}`;
  const isFraction = checkName(of, name, 'table', place);
  const { wavelengths, values } = record(value, where, 'the table');
  const x = numbers(wavelengths, where, 'wavelengths');
  const y = numbers(values, where, 'values');
  if (x.length === 0 || x.length !== y.length) {
    const given = `${x.length} wavelengths and ${y.length} values`;
    throw new GeometryError({
      what: 'not as many of both',
      where,
      given,
      expected: 'at least one',
    });
  }
  const unordered = x.findIndex((wavelength, i) => !(wavelength > (x[i - 1] ?? 0)));
  if (unordered >= 0) {
    const expected = 'positive numbers of nm that ascend';
    wrong(`wavelength ${unordered + 1}`, where, x[unordered], expected);
  }
  if (isFraction) {
    const beyond = y.findIndex((fraction) => !(fraction >= 0 && fraction <= 1));
    if (beyond >= 0) wrong(`value ${beyond + 1}`, where, y[beyond], 'a fraction from 0 to 1');
  }
  return {
    energies: Float64Array.from(x, wavelengthToEnergy).reverse(),
    values: Float64Array.from(y).reverse(),
  };
}

function readConstant(of: Owner, name: string, value: unknown, place: string): number {
  checkName(of, name, 'constant', place);
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return wrong(name, place, value, 'a number');
}

/** @returns whether its values are fractions */
function checkName(of: Owner, name: string, kind: 'table' | 'constant', where: string): boolean {
  const row = opticalPropertyNamed(of, name);
  if (row?.kind === kind && !row.byKineticEnergy) return row.isFraction ?? false;
  const near = nearestPropertyName(of, name);
  throw new GeometryError({
    what: row ? `${name} is no ${kind} against wavelength` : `unknown property of a ${of}`,
    where,
    given: `'${name}'`,
    hint: !row && near ? `did you mean '${near}'?` : undefined,
  });
}

function numbers(value: unknown, where: string, what: string): readonly number[] {
  if (!Array.isArray(value)) return wrong(what, where, value, 'an array of numbers');
  const at = value.findIndex((x) => typeof x !== 'number' || !Number.isFinite(x));
  if (at >= 0) wrong(`${what} ${at + 1}`, where, value[at], 'a number');
  return value;
}

function record(value: unknown, where: string, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Readonly<Record<string, unknown>>;
  return wrong(what, where, value, 'an object of JSON');
}

function unknown(key: string, known: readonly string[], where: string): never {
  const near = nearest(key, known);
  throw new GeometryError({
    what: 'unknown key of optical properties',
    where,
    given: `'${key}'`,
    expected: known.join(' or '),
    hint: near ? `did you mean '${near}'?` : undefined,
  });
}

function wrong(what: string, where: string, given: unknown, expected: string): never {
  const text = JSON.stringify(given) ?? 'nothing';
  throw new GeometryError({
    what: `wrong ${what}`,
    where,
    given: text.length > 60 ? `${text.slice(0, 60)}…` : text,
    expected,
  });
}
