import { surfaceModels, surfaceTypes } from '../model/surface.ts';
import { surfaceFinishes } from '../model/surface-finishes.ts';
import { dichroicProperty, readDichroicProperty } from './dichroic-property.ts';
import type { Draft } from './draft.ts';
import { readProperties } from './properties.ts';
import type { Scope } from './scope.ts';
import {
  attribute,
  errorAt,
  shorten,
  suggestion,
  unknownElement,
  type XmlElement,
} from './xml-element.ts';

const attributes = new Set(['name', 'model', 'finish', 'type', 'value']);

/** Reads an `<opticalsurface>`; what it does not say is as in the GDML schema: glisur, polished, dielectric_dielectric, 1. */
export function readOpticalSurface(xml: XmlElement, scope: Scope, draft: Draft): void {
  scope.expectAttributes(xml, attributes);
  const name = scope.declaredName(xml);
  draft.declare('surface', name, xml);
  for (const child of xml.children) {
    if (child.name !== 'property') throw unknownElement(child, xml, ['property']);
  }
  const dichroics = xml.children.filter((child) => attribute(child, 'name') === dichroicProperty);
  const others = xml.children.filter((child) => !dichroics.includes(child));
  const [dichroic, second] = dichroics;
  if (second) throw errorAt(second, `the property ${dichroicProperty} is given a second time`);
  draft.surfaces.set(name, {
    name,
    model: enumerated(xml, 'model', surfaceModels, 'glisur'),
    finish: enumerated(xml, 'finish', surfaceFinishes, 'polished'),
    type: enumerated(xml, 'type', surfaceTypes, 'dielectric_dielectric'),
    value: scope.number(xml, 'value', 1),
    properties: readProperties(others, scope),
    ...(dichroic ? { dichroic: readDichroicProperty(dichroic, scope) } : {}),
  });
}

/** A name of an enumeration of Geant4, or its number. */
function enumerated<Name extends string>(
  xml: XmlElement,
  what: string,
  names: readonly Name[],
  otherwise: Name,
): Name {
  const text = (attribute(xml, what) ?? otherwise).trim();
  const found = /^\d+$/.test(text) ? names[Number(text)] : names.find((name) => name === text);
  if (found !== undefined) return found;
  throw errorAt(xml, `unknown ${what}`, {
    given: JSON.stringify(shorten(text)),
    expected:
      names.length < 10
        ? `one of ${names.join(', ')}, or 0 to ${names.length - 1}`
        : `a finish of Geant4 or 0 to ${names.length - 1}`,
    hint: suggestion(text, names),
  });
}
