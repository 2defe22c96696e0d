import type { Element, Material, MaterialComponent } from '../model/material.ts';
import type { Draft } from './draft.ts';
import { nistElement } from './nist-elements.ts';
import { nistMaterials } from './nist-materials.ts';
import { errorAt, suggestion, type XmlElement } from './xml-element.ts';

/**
 * The element of that name: the file's own, else one built from its symbol as Geant4 does.
 *
 * @throws {GdmlError} where there is none
 */
export function elementNamed(draft: Draft, name: string, xml: XmlElement): Element {
  const element = findElement(draft, name);
  if (!element) {
    throw errorAt(xml, `there is no element ${name}`, {
      hint: suggestion(name, draft.elements.keys()),
    });
  }
  return element;
}

/**
 * Whether the name is that of an element or of a material, the element first as in Geant4; makes sure that it exists.
 *
 * @throws {GdmlError} where there is neither
 */
export function componentKind(
  draft: Draft,
  name: string,
  xml: XmlElement,
): MaterialComponent['kind'] {
  if (draft.elements.has(name)) return 'element';
  if (draft.materials.has(name) || findMaterial(draft, name)) return 'material';
  if (findElement(draft, name)) return 'element';
  throw errorAt(xml, `there is no element or material ${name}`, {
    hint:
      suggestion(name, [...draft.elements.keys(), ...draft.materials.keys()]) ?? materialHint(name),
  });
}

/** The material of that name: the file's own, else Geant4's of the NIST table, which then is part of the draft. */
export function findMaterial(draft: Draft, name: string): Material | undefined {
  const own = draft.materials.get(name);
  if (own) return own;
  const nist = nistMaterials.get(name);
  if (!nist) return undefined;
  const { density, meanExcitationEnergy, state, fractions, atoms } = nist;
  const masses = Object.entries(fractions ?? atoms ?? {}).map(([ref, n]) => {
    const molarMass = findElement(draft, ref)?.molarMass ?? 0;
    return { ref, n, mass: fractions ? n : n * molarMass };
  });
  const total = masses.reduce((sum, { mass }) => sum + mass, 0);
  const isGalactic = name === 'G4_Galactic';
  const material: Material = {
    name,
    formula: '',
    state,
    density,
    temperature: isGalactic ? 2.73 : 293.15,
    pressure: isGalactic ? 3e-18 : 101_325,
    meanExcitationEnergy,
    components: masses.map(({ ref, n, mass }) => ({
      ref,
      kind: 'element',
      massFraction: mass / total,
      ...(fractions ? {} : { atoms: n }),
    })),
    properties: { tables: new Map(), constants: new Map() },
  };
  draft.materials.set(name, material);
  return material;
}

/** What to do about a material that is not defined. */
export function materialHint(name: string): string | undefined {
  if (!name.startsWith('G4_')) return undefined;
  return "this one of Geant4's NIST materials is not built in: define it in <materials>";
}

function findElement(draft: Draft, name: string): Element | undefined {
  const own = draft.elements.get(name);
  if (own) return own;
  const element = nistElement(name);
  if (element) draft.elements.set(name, element);
  return element;
}
