import type { Detector } from '../model/detector.ts';
import type { Element, Material } from '../model/material.ts';
import type { OpticalProperties } from '../model/property-table.ts';
import { acyclicOrder } from './acyclic-order.ts';
import { dichroicProperty, dichroicRows } from './dichroic-property.ts';
import { number, type XmlWriter } from './xml-writer.ts';

/** The matrices that hold the properties of materials and surfaces, each under a name of its own. */
export class PropertyMatrices {
  readonly #names = new Map<string, string>();
  readonly matrices: { readonly name: string; readonly coldim: number; readonly values: string }[] =
    [];

  constructor(detector: Detector) {
    const used = new Set<string>();
    for (const kind of ['materials', 'surfaces'] as const) {
      for (const { name, properties } of detector[kind].values())
        this.#add(kind, name, properties, used);
    }
    for (const { name, dichroic } of detector.surfaces.values()) {
      if (!dichroic) continue;
      const rows = dichroicRows(dichroic);
      const values = rows.map((row) => row.map(number).join(' ')).join(' ');
      this.#push('surfaces', name, dichroicProperty, rows[0]?.length ?? 0, values, used);
    }
  }

  #add(
    kind: string,
    owner: string,
    { tables, constants }: OpticalProperties,
    used: Set<string>,
  ): void {
    const add = (property: string, coldim: number, values: string): void =>
      this.#push(kind, owner, property, coldim, values, used);
    for (const [property, { energies, values }] of tables) {
      const rows = Array.from(
        energies,
        (energy, row) => `${number(energy)} ${number(values[row] ?? 0)}`,
      );
      add(property, 2, rows.join(' '));
    }
    for (const [property, value] of constants) add(property, 1, number(value));
  }

  #push(
    kind: string,
    owner: string,
    property: string,
    coldim: number,
    values: string,
    used: Set<string>,
  ): void {
    const wanted = `${property}_${owner}`.replace(/\W/g, '_');
    let name = wanted;
    for (let n = 2; used.has(name); n++) name = `${wanted}_${n}`;
    used.add(name);
    this.#names.set(JSON.stringify([kind, owner, property]), name);
    this.matrices.push({ name, coldim, values });
  }

  /** Writes the `<property>` of a surface's dichroic filter. */
  writeDichroic(xml: XmlWriter, owner: string): void {
    const ref = this.#names.get(JSON.stringify(['surfaces', owner, dichroicProperty]));
    xml.element('property', { name: dichroicProperty, ref });
  }

  /** Writes the `<property>` elements of a material or surface. */
  write(
    xml: XmlWriter,
    kind: 'materials' | 'surfaces',
    owner: string,
    properties: OpticalProperties,
  ): void {
    for (const property of [...properties.tables.keys(), ...properties.constants.keys()]) {
      xml.element('property', {
        name: property,
        ref: this.#names.get(JSON.stringify([kind, owner, property])),
      });
    }
  }
}

/** Writes isotopes, elements and materials, each after those that it is made of. */
export function writeMaterials(
  xml: XmlWriter,
  detector: Detector,
  matrices: PropertyMatrices,
): void {
  const { isotopes, elements, materials } = detector;
  for (const { name, Z, N, molarMass } of isotopes.values()) {
    xml.element('isotope', { name, Z, N }, () => writeAtom(xml, molarMass));
  }
  for (const element of elements.values()) writeElement(xml, element);
  const order = acyclicOrder(
    materials.keys(),
    (name) =>
      (materials.get(name)?.components ?? [])
        .filter(({ kind }) => kind === 'material')
        .map(({ ref }) => ref),
    (cycle) => {
      throw new Error(`materials made of each other: ${cycle.join(' > ')}`);
    },
  );
  for (const name of order) {
    const material = materials.get(name);
    if (material) writeMaterial(xml, material, matrices);
  }
}

function writeElement(xml: XmlWriter, { name, formula, Z, molarMass, isotopes }: Element): void {
  const isMixture = isotopes.length > 0;
  xml.element(
    'element',
    { name, formula: formula === '' ? undefined : formula, Z: isMixture ? undefined : Z },
    () => {
      if (!isMixture) writeAtom(xml, molarMass);
      for (const { isotope, fraction } of isotopes)
        xml.element('fraction', { n: fraction, ref: isotope });
    },
  );
}

function writeMaterial(xml: XmlWriter, material: Material, matrices: PropertyMatrices): void {
  const { name, formula, state, Z, molarMass, components, properties } = material;
  const attributes = {
    name,
    formula: formula === '' ? undefined : formula,
    Z,
    state: state === 'unknown' ? undefined : state,
  };
  xml.element('material', attributes, () => {
    matrices.write(xml, 'materials', name, properties);
    xml.element('T', { unit: 'K', value: material.temperature });
    xml.element('P', { unit: 'pascal', value: material.pressure });
    if (material.meanExcitationEnergy !== undefined) {
      xml.element('MEE', { unit: 'eV', value: material.meanExcitationEnergy });
    }
    xml.element('D', { unit: 'g/cm3', value: material.density });
    if (molarMass !== undefined) writeAtom(xml, molarMass);
    const isByAtoms = components.every(({ atoms }) => atoms !== undefined);
    for (const { ref, massFraction, atoms } of components) {
      if (isByAtoms) xml.element('composite', { n: atoms, ref });
      else xml.element('fraction', { n: massFraction, ref });
    }
  });
}

function writeAtom(xml: XmlWriter, molarMass: number): void {
  xml.element('atom', { unit: 'g/mole', value: molarMass });
}
