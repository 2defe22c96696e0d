import type { Auxiliary } from '../model/volume.ts';
import type { Scope } from './scope.ts';
import { attribute, requiredAttribute, type XmlElement } from './xml-element.ts';

const attributes = new Set(['auxtype', 'auxvalue', 'auxunit']);

/** Reads an `<auxiliary>` with those inside it; other elements in it are noted. */
export function readAuxiliary(xml: XmlElement, scope: Scope): Auxiliary {
  scope.expectAttributes(xml, attributes);
  const unit = attribute(xml, 'auxunit');
  return {
    type: requiredAttribute(xml, 'auxtype'),
    value: attribute(xml, 'auxvalue') ?? '',
    ...(unit === undefined || unit === '' ? {} : { unit }),
    auxiliaries: readAuxiliaries(xml, scope),
  };
}

/** The `<auxiliary>` children of an element that may hold anything, such as `<userinfo>`. */
export function readAuxiliaries(xml: XmlElement, scope: Scope): Auxiliary[] {
  const auxiliaries: Auxiliary[] = [];
  for (const child of xml.children) {
    if (child.name === 'auxiliary') auxiliaries.push(readAuxiliary(child, scope));
    else scope.warn(child, `not used in <${xml.name}>`);
  }
  return auxiliaries;
}
