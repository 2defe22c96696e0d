import type { OpticalProperties, PropertyTable } from '../model/property-table.ts';
import { stripPointer } from '../strip-pointer.ts';
import type { Matrix, Scope } from './scope.ts';
import { errorAt, requiredAttribute, suggestion, type XmlElement } from './xml-element.ts';

const attributes = new Set(['name', 'ref']);

/** The properties that a material's or surface's `<property>` elements give. */
export function readProperties(elements: readonly XmlElement[], scope: Scope): OpticalProperties {
  const tables = new Map<string, PropertyTable>();
  const constants = new Map<string, number>();
  for (const xml of elements) {
    scope.expectAttributes(xml, attributes);
    const name = stripPointer(scope.declaredName(xml));
    if (tables.has(name) || constants.has(name)) {
      throw errorAt(xml, `the property ${name} is given a second time`);
    }
    const ref = scope.reference(xml);
    const matrix = scope.matrices.get(ref);
    const value = scope.values.get(ref);
    if (matrix) readMatrixProperty(xml, name, matrix, scope, tables, constants);
    else if (value !== undefined) constants.set(name, value);
    else {
      throw errorAt(xml, `there is no matrix ${ref}`, { hint: suggestion(ref, scope.names()) });
    }
  }
  return { tables, constants };
}

/** Geant4 takes one column as a constant, two as a table (G4GDMLReadMaterials::PropertyRead). */
function readMatrixProperty(
  xml: XmlElement,
  name: string,
  { columns, values }: Matrix,
  scope: Scope,
  tables: Map<string, PropertyTable>,
  constants: Map<string, number>,
): void {
  if (columns > 2) {
    throw errorAt(xml, `the matrix ${requiredAttribute(xml, 'ref')} has ${columns} columns`, {
      expected: '2 (energy and value), or 1 for a constant',
    });
  }
  if (columns === 2) {
    tables.set(
      name,
      propertyTable(values, (text) => scope.warn(xml, `${name}: ${text}`)),
    );
    return;
  }
  if (values.length > 1) {
    scope.warn(xml, `${name}: only the first of ${values.length} values in one column is used`);
  }
  constants.set(name, values[0] ?? 0);
}

/**
 * Orders rows of energy and value by energy, as G4PhysicsFreeVector::InsertValues does: of two rows with the same
 * energy the later comes first. Equal rows are dropped; a step becomes two energies one rounding apart.
 */
function propertyTable(rows: Float64Array, warn: (text: string) => void): PropertyTable {
  const count = rows.length / 2;
  const order = Array.from({ length: count }, (_, row) => row);
  const energyOf = (row: number): number => rows[2 * row] ?? 0;
  if (order.some((row) => row > 0 && energyOf(row) < energyOf(row - 1))) {
    warn('the energies are not ascending; they were sorted');
  }
  order.sort((a, b) => energyOf(a) - energyOf(b) || b - a);
  const energies: number[] = [];
  const values: number[] = [];
  for (const row of order) {
    const energy = energyOf(row);
    const value = rows[2 * row + 1] ?? 0;
    const last = energies.at(-1);
    if (last === undefined || energy > last) {
      energies.push(energy);
    } else if (values.at(-1) === value) {
      warn(`the energy ${energy} MeV is given twice with the same value`);
      continue;
    } else {
      warn(`the energy ${energy} MeV is given twice with different values: taken as a step`);
      energies.push(nextAbove(last));
    }
    values.push(value);
  }
  return { energies: Float64Array.from(energies), values: Float64Array.from(values) };
}

function nextAbove(value: number): number {
  return value + Math.max(Math.abs(value) * 2 ** -52, Number.MIN_VALUE);
}
