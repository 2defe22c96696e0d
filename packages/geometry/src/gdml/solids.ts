import type { Solid } from '../model/solid.ts';
import {
  readBoolean,
  readMultiUnion,
  readReflectedSolid,
  readScaledSolid,
} from './compound-solids.ts';
import { readDefine } from './define.ts';
import type { Draft } from './draft.ts';
import { readLoop } from './loop.ts';
import { readPoly, readTessellated, readTet, readXtru } from './outlined-solids.ts';
import type { Scope } from './scope.ts';
import { readSimpleSolid } from './simple-solid.ts';
import { isSimpleSolid, simpleSolids } from './solid-parameters.ts';
import { readOpticalSurface } from './surfaces.ts';
import { unknownElement, type XmlElement } from './xml-element.ts';

type SolidReader = (xml: XmlElement, name: string, scope: Scope) => Solid;

const readers: Readonly<Record<string, SolidReader>> = {
  union: (xml, name, scope) => readBoolean(xml, 'union', name, scope),
  subtraction: (xml, name, scope) => readBoolean(xml, 'subtraction', name, scope),
  intersection: (xml, name, scope) => readBoolean(xml, 'intersection', name, scope),
  multiUnion: readMultiUnion,
  scaledSolid: readScaledSolid,
  reflectedSolid: readReflectedSolid,
  polycone: (xml, name, scope) => readPoly(xml, 'polycone', name, scope),
  polyhedra: (xml, name, scope) => readPoly(xml, 'polyhedra', name, scope),
  genericPolycone: (xml, name, scope) => readPoly(xml, 'genericPolycone', name, scope),
  genericPolyhedra: (xml, name, scope) => readPoly(xml, 'genericPolyhedra', name, scope),
  xtru: readXtru,
  tet: readTet,
  tessellated: readTessellated,
};

const known = [
  ...Object.keys(simpleSolids),
  ...Object.keys(readers),
  'opticalsurface',
  'define',
  'loop',
];

/** Reads `<solids>`, with the optical surfaces that GDML keeps there. */
export function readSolids(xml: XmlElement, scope: Scope, draft: Draft): void {
  for (const child of xml.children) {
    switch (child.name) {
      case 'define':
        readDefine(child, scope);
        break;
      case 'opticalsurface':
        readOpticalSurface(child, scope, draft);
        break;
      case 'loop':
        readLoop(child, scope, () => readSolids(child, scope, draft));
        break;
      default:
        readSolid(child, xml, scope, draft);
    }
  }
}

function readSolid(xml: XmlElement, parent: XmlElement, scope: Scope, draft: Draft): void {
  const type = xml.name;
  const reader = Object.hasOwn(readers, type) ? readers[type] : undefined;
  if (!reader && !isSimpleSolid(type)) throw unknownElement(xml, parent, known);
  const name = scope.declaredName(xml);
  draft.declare('solid', name, xml);
  const solid = reader
    ? reader(xml, name, scope)
    : isSimpleSolid(type) && readSimpleSolid(xml, type, name, scope);
  if (solid) draft.solids.set(name, solid);
}
