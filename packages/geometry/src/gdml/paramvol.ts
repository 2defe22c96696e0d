import type { Solid } from '../model/solid.ts';
import type { Transform } from '../model/transform.ts';
import { readPlacing } from './compound-solids.ts';
import type { DraftParameterised } from './draft.ts';
import { readLoop } from './loop.ts';
import { readPoly } from './outlined-solids.ts';
import { type Placing, placementTransform } from './placing.ts';
import type { Scope } from './scope.ts';
import { readSimpleSolid } from './simple-solid.ts';
import { isSimpleSolid } from './solid-parameters.ts';
import { attribute, errorAt, unknownElement, type XmlElement } from './xml-element.ts';

const paramvolAttributes = new Set(['name', 'ncopies']);
const refOnly = new Set(['ref']);
const parametersAttributes = new Set(['number']);

/** The solids whose dimensions may vary, with the attributes that they spell otherwise (G4GDMLReadParamvol). */
const spellings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  box: {},
  trd: {},
  trap: {},
  tube: { rmin: 'InR', rmax: 'OutR', z: 'hz', startphi: 'StartPhi', deltaphi: 'DeltaPhi' },
  cone: {},
  sphere: {},
  orb: {},
  torus: {},
  ellipsoid: {},
  para: {},
  hype: {},
  polycone: { startphi: 'startPhi', deltaphi: 'openPhi' },
  polyhedra: { startphi: 'startPhi', deltaphi: 'openPhi', numsides: 'numSide' },
};

/** Reads a `<paramvol>`: copies of a volume, each with its own place and solid. */
export function readParameterised(xml: XmlElement, scope: Scope): DraftParameterised {
  scope.expectAttributes(xml, paramvolAttributes);
  const copies: { transform: Transform; solid: Solid | undefined }[] = [];
  let volume: string | undefined;
  for (const child of xml.children) {
    if (child.name === 'volumeref') {
      scope.expectAttributes(child, refOnly);
      volume = scope.reference(child);
    } else {
      readCopies(child, xml, scope, copies);
    }
  }
  if (volume === undefined) throw errorAt(xml, '<volumeref ref="…"/> is missing');
  if (copies.length === 0) throw errorAt(xml, 'no <parameters> are given');
  return {
    kind: 'paramvol',
    name: scope.name(attribute(xml, 'name') ?? '', xml),
    volume,
    copies,
    xml,
  };
}

function readCopies(
  xml: XmlElement,
  parent: XmlElement,
  scope: Scope,
  copies: { transform: Transform; solid: Solid | undefined }[],
): void {
  const readChildren = (): void => {
    for (const child of xml.children) readCopies(child, xml, scope, copies);
  };
  switch (xml.name) {
    case 'parameterised_position_size':
      readChildren();
      break;
    case 'loop':
      readLoop(xml, scope, readChildren);
      break;
    case 'parameters':
      copies.push(readParameters(xml, scope));
      return;
    default:
      throw unknownElement(xml, parent, [
        'volumeref',
        'parameterised_position_size',
        'parameters',
        'loop',
      ]);
  }
}

function readParameters(
  xml: XmlElement,
  scope: Scope,
): { transform: Transform; solid: Solid | undefined } {
  scope.expectAttributes(xml, parametersAttributes);
  const { spent, limits } = scope.reading;
  if (++spent.placements > limits.placements)
    throw errorAt(xml, `more than ${limits.placements} placements`);
  const placing: Placing = {};
  let solid: Solid | undefined;
  for (const child of xml.children) {
    if (readPlacing(child, placing, scope)) continue;
    const type = /^(\w+)_dimensions$/.exec(child.name)?.[1] ?? '';
    solid = readDimensions(child, type, scope);
    if (!solid) {
      throw unknownElement(child, xml, [
        'position',
        'rotation',
        ...Object.keys(spellings).map((known) => `${known}_dimensions`),
      ]);
    }
  }
  return { transform: placementTransform(placing), solid };
}

/** The solid that `<TYPE_dimensions>` gives; undefined for another element. Its name is given later. */
function readDimensions(xml: XmlElement, type: string, scope: Scope): Solid | undefined {
  const spelling = Object.hasOwn(spellings, type) ? spellings[type] : undefined;
  if (!spelling) return undefined;
  const solid = respelt(xml, spelling);
  if (type === 'polycone' || type === 'polyhedra') return readPoly(solid, type, '', scope);
  return isSimpleSolid(type) ? readSimpleSolid(solid, type, '', scope) : undefined;
}

/** The element with its attributes named as the solid itself names them; the number of planes is not needed. */
function respelt(xml: XmlElement, spelling: Readonly<Record<string, string>>): XmlElement {
  const names = new Map(Object.entries(spelling).map(([name, other]) => [other, name]));
  const entries = Object.entries(xml.attributes).filter(([name]) => name !== 'numRZ');
  return {
    ...xml,
    attributes: Object.fromEntries(entries.map(([name, text]) => [names.get(name) ?? name, text])),
  };
}
