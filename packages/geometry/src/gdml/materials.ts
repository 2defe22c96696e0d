import { type UnitCategory, unitTable } from '@lantern/units';
import type { Element, Isotope, Material, MaterialComponent } from '../model/material.ts';
import { readDefine } from './define.ts';
import type { Draft } from './draft.ts';
import { readLoop } from './loop.ts';
import { readProperties } from './properties.ts';
import type { Scope } from './scope.ts';
import { componentKind, elementNamed } from './substances.ts';
import { attribute, errorAt, suggestion, unknownElement, type XmlElement } from './xml-element.ts';

const isotopeAttributes = new Set(['name', 'Z', 'N']);
const elementAttributes = new Set(['name', 'formula', 'Z', 'N']);
const materialAttributes = new Set(['name', 'formula', 'Z', 'state', 'N']);
const valueAttributes = new Set(['value', 'unit', 'type']);
const partAttributes = new Set(['n', 'ref']);
const referenceAttributes = new Set(['ref']);
const states = ['solid', 'liquid', 'gas', 'unknown', 'undefined'] as const;

/** Geant4's NTP_Temperature and STP_Pressure, for materials that give none. */
const defaultTemperature = 293.15;
const defaultPressure = 101_325;
/** Geant4's least density (universe_mean_density), in g/cm3. */
const leastDensity = 1e-25;

/** Reads `<materials>`. */
export function readMaterials(xml: XmlElement, scope: Scope, draft: Draft): void {
  for (const child of xml.children) {
    switch (child.name) {
      case 'define':
        readDefine(child, scope);
        break;
      case 'isotope':
        readIsotope(child, scope, draft);
        break;
      case 'element':
        readElement(child, scope, draft);
        break;
      case 'material':
        readMaterial(child, scope, draft);
        break;
      case 'loop':
        readLoop(child, scope, () => readMaterials(child, scope, draft));
        break;
      default:
        throw unknownElement(child, xml, ['isotope', 'element', 'material', 'define', 'loop']);
    }
  }
}

function readIsotope(xml: XmlElement, scope: Scope, draft: Draft): void {
  scope.expectAttributes(xml, isotopeAttributes);
  const name = scope.declaredName(xml);
  draft.declare('isotope', name, xml);
  const { atom } = childrenByName(xml, ['atom']);
  const isotope: Isotope = {
    name,
    Z: positive(xml, 'Z', scope.integer(xml, 'Z')),
    N: positive(xml, 'N', scope.integer(xml, 'N')),
    molarMass: molarMass(xml, atom, scope),
  };
  draft.isotopes.set(name, isotope);
}

function readElement(xml: XmlElement, scope: Scope, draft: Draft): void {
  scope.expectAttributes(xml, elementAttributes);
  const name = scope.declaredName(xml);
  draft.declare('element', name, xml);
  const { atom, fraction } = childrenByName(xml, ['atom', 'fraction']);
  const formula = attribute(xml, 'formula') ?? '';
  if (fraction.length === 0) {
    const Z = positive(xml, 'Z', scope.number(xml, 'Z'));
    draft.elements.set(name, {
      name,
      formula,
      Z,
      molarMass: molarMass(xml, atom, scope),
      isotopes: [],
    });
    return;
  }
  const isotopes = fraction.map((part) => ({
    isotope: scope.reference(part),
    fraction: readFraction(part, scope),
  }));
  warnOfSum(xml, isotopes, scope);
  draft.elements.set(name, elementOfIsotopes(xml, name, formula, isotopes, draft));
}

/** Z and molar mass of a mixture of isotopes: the means by abundance, as G4Element computes them. */
function elementOfIsotopes(
  xml: XmlElement,
  name: string,
  formula: string,
  parts: Element['isotopes'],
  draft: Draft,
): Element {
  let weight = 0;
  let molarMass = 0;
  let Z = 0;
  for (const { isotope: ref, fraction } of parts) {
    const isotope = draft.isotopes.get(ref);
    if (!isotope) {
      throw errorAt(xml, `there is no isotope ${ref}`, {
        hint: suggestion(ref, draft.isotopes.keys()),
      });
    }
    weight += fraction;
    molarMass += fraction * isotope.molarMass;
    Z += fraction * isotope.Z;
  }
  return { name, formula, Z: Z / weight, molarMass: molarMass / weight, isotopes: parts };
}

function readMaterial(xml: XmlElement, scope: Scope, draft: Draft): void {
  scope.expectAttributes(xml, materialAttributes);
  const name = scope.declaredName(xml);
  draft.declare('material', name, xml);
  const children = childrenByName(xml, [
    'atom',
    'D',
    'Dref',
    'T',
    'Tref',
    'P',
    'Pref',
    'MEE',
    'MEEref',
    'fraction',
    'composite',
    'property',
    'RL',
    'AL',
    'RLref',
    'ALref',
  ]);
  for (const unused of [...children.RL, ...children.AL, ...children.RLref, ...children.ALref]) {
    scope.warn(xml, `<${unused.name}> is not used: the length follows from the composition`);
  }
  const quantity = (
    tag: 'D' | 'T' | 'P' | 'MEE',
    kind: UnitCategory,
    unit: string,
  ): number | undefined =>
    readQuantity(xml, children[tag], children[`${tag}ref`], scope, kind, unit);
  const meanExcitationEnergy = quantity('MEE', 'energy', 'eV');
  const components = readComponents(xml, children.fraction, children.composite, scope, draft);
  const isSimple = components.length === 0;
  const material: Material = {
    name,
    formula: attribute(xml, 'formula') ?? '',
    state: readState(xml),
    density: readDensity(xml, quantity('D', 'density', 'g/cm3'), scope),
    temperature: notNegative(
      xml,
      'the temperature',
      quantity('T', 'temperature', 'K') ?? defaultTemperature,
    ),
    pressure: notNegative(
      xml,
      'the pressure',
      quantity('P', 'pressure', 'pascal') ?? defaultPressure,
    ),
    ...(meanExcitationEnergy === undefined ? {} : { meanExcitationEnergy }),
    ...(isSimple
      ? {
          Z: positive(xml, 'Z', scope.number(xml, 'Z')),
          molarMass: molarMass(xml, children.atom, scope),
        }
      : {}),
    components,
    properties: readProperties(children.property, scope),
  };
  draft.materials.set(name, material);
}

function readDensity(xml: XmlElement, density: number | undefined, scope: Scope): number {
  if (density === undefined)
    throw errorAt(xml, 'the density is missing', { expected: '<D value="…" unit="g/cm3"/>' });
  if (density < 0) throw errorAt(xml, 'the density is negative', { given: `${density} g/cm3` });
  if (density >= leastDensity) return density;
  scope.warn(
    xml,
    `the density ${density} g/cm3 is taken as ${leastDensity} g/cm3, the least that Geant4 allows`,
  );
  return leastDensity;
}

function readState(xml: XmlElement): Material['state'] {
  const text = attribute(xml, 'state') ?? 'unknown';
  const state = states.find((known) => known === text);
  if (!state) {
    throw errorAt(xml, 'state', {
      given: JSON.stringify(text),
      expected: states.slice(0, 4).join(', '),
      hint: suggestion(text, states),
    });
  }
  return state === 'undefined' ? 'unknown' : state;
}

/** Mass fractions, or numbers of atoms turned into them: n·A / Σ n·A. */
function readComponents(
  xml: XmlElement,
  fractions: readonly XmlElement[],
  composites: readonly XmlElement[],
  scope: Scope,
  draft: Draft,
): MaterialComponent[] {
  if (composites.length === 0) {
    const parts = fractions.map((part) => ({
      part,
      ref: scope.reference(part),
      fraction: readFraction(part, scope),
    }));
    if (parts.length > 0) warnOfSum(xml, parts, scope);
    return parts.map(({ part, ref, fraction }) => ({
      ref,
      kind: componentKind(draft, ref, part),
      massFraction: fraction,
    }));
  }
  if (fractions.length > 0)
    throw errorAt(xml, 'a material is made of fractions or of atoms, not of both');
  const parts = composites.map((part) => {
    scope.expectAttributes(part, partAttributes);
    const ref = scope.reference(part);
    const atoms = positive(part, 'n', scope.integer(part, 'n'));
    return { ref, atoms, mass: atoms * elementNamed(draft, ref, part).molarMass };
  });
  const total = parts.reduce((sum, { mass }) => sum + mass, 0);
  return parts.map(({ ref, atoms, mass }) => ({
    ref,
    kind: 'element',
    massFraction: mass / total,
    atoms,
  }));
}

function readFraction(part: XmlElement, scope: Scope): number {
  scope.expectAttributes(part, partAttributes);
  const fraction = scope.number(part, 'n');
  if (fraction < 0 || fraction > 1 + 1e-6) {
    throw errorAt(part, 'the fraction', { given: String(fraction), expected: 'between 0 and 1' });
  }
  return fraction;
}

function warnOfSum(
  xml: XmlElement,
  parts: readonly { readonly fraction: number }[],
  scope: Scope,
): void {
  const sum = parts.reduce((total, { fraction }) => total + fraction, 0);
  if (!(sum > 0)) throw errorAt(xml, 'the fractions add up to nothing', { given: String(sum) });
  if (Math.abs(sum - 1) > 1e-3)
    scope.warn(xml, `the fractions add up to ${Number(sum.toPrecision(6))}, not to 1`);
}

function molarMass(xml: XmlElement, atoms: readonly XmlElement[], scope: Scope): number {
  const mass = readQuantity(xml, atoms, [], scope, 'molar mass', 'g/mole');
  if (mass === undefined)
    throw errorAt(xml, 'the molar mass is missing', {
      expected: '<atom value="…" unit="g/mole"/>',
    });
  return positive(xml, 'the molar mass', mass);
}

/** The value of `<D value unit>` or `<Dref ref>`, in the unit named; undefined where neither is given. */
function readQuantity(
  xml: XmlElement,
  values: readonly XmlElement[],
  references: readonly XmlElement[],
  scope: Scope,
  kind: UnitCategory,
  unit: string,
): number | undefined {
  const [first, second] = [...values, ...references];
  if (second) throw errorAt(second, `<${xml.name}> has this a second time`);
  if (!first) return undefined;
  const size = unitTable.get(unit)?.value ?? 1;
  if (values.length > 0) {
    scope.expectAttributes(first, valueAttributes);
    return scope.number(first, 'value') * (scope.unit(first, 'unit', kind, unit) / size);
  }
  scope.expectAttributes(first, referenceAttributes);
  const name = scope.reference(first);
  const value = scope.values.get(name);
  if (value === undefined)
    throw errorAt(first, `there is no quantity ${name}`, {
      hint: suggestion(name, scope.values.keys()),
    });
  return value / size;
}

/** The children by their name, all of which must be known. */
function childrenByName<Name extends string>(
  xml: XmlElement,
  names: readonly Name[],
): Record<Name, XmlElement[]> {
  const groups = Object.fromEntries(names.map((name) => [name, [] as XmlElement[]])) as Record<
    Name,
    XmlElement[]
  >;
  for (const child of xml.children) {
    const name = names.find((known) => known === child.name);
    if (name === undefined) throw unknownElement(child, xml, names);
    groups[name].push(child);
  }
  return groups;
}

function positive(xml: XmlElement, what: string, value: number): number {
  if (!(value > 0))
    throw errorAt(xml, what, { given: String(value), expected: 'a positive number' });
  return value;
}

function notNegative(xml: XmlElement, what: string, value: number): number {
  if (!(value >= 0))
    throw errorAt(xml, what, { given: String(value), expected: 'not a negative number' });
  return value;
}
