import type { Vector3 } from '@lantern/units';
import type { Detector } from '../model/detector.ts';
import type {
  BooleanSolid,
  Polycone,
  Polyhedra,
  ReflectedSolid,
  Solid,
  Tessellated,
  Xtru,
} from '../model/solid.ts';
import { rotationAngles, withoutReflection } from './rotation-angles.ts';
import { isSimpleSolid, simpleSolids } from './solid-parameters.ts';
import { writeScale, writeSolidPlace } from './write-transform.ts';
import type { WrittenAttributes, XmlWriter } from './xml-writer.ts';

const units = { lunit: 'mm', aunit: 'rad' };

/** The names of the corners of tets and tessellated solids, which GDML keeps as positions in `<define>`. */
export class Corners {
  readonly #names = new Map<string, string>();
  readonly positions: { readonly name: string; readonly at: Vector3 }[] = [];

  constructor(detector: Detector) {
    for (const solid of detector.solids.values()) {
      const corners =
        solid.type === 'tet'
          ? solid.vertices
          : solid.type === 'tessellated'
            ? solid.facets.flat()
            : [];
      for (const corner of corners) this.#add(corner);
    }
  }

  #add(at: Vector3): void {
    const key = at.join();
    if (this.#names.has(key)) return;
    const name = `corner_${this.positions.length + 1}`;
    this.#names.set(key, name);
    this.positions.push({ name, at });
  }

  /** The attributes `vertex1`, `vertex2`, …. */
  references(corners: readonly Vector3[]): WrittenAttributes {
    return Object.fromEntries(
      corners.map((at, index) => [`vertex${index + 1}`, this.#names.get(at.join()) ?? '']),
    );
  }
}

/** Writes one solid. */
export function writeSolid(xml: XmlWriter, solid: Solid, corners: Corners): void {
  const { name, type } = solid;
  switch (solid.type) {
    case 'union':
    case 'subtraction':
    case 'intersection':
      writeBoolean(xml, solid);
      break;
    case 'multiUnion':
      xml.element(type, { name }, () => {
        for (const node of solid.nodes) {
          xml.element('multiUnionNode', { name: node.name }, () => {
            xml.element('solid', { ref: node.solid });
            writeSolidPlace(xml, node.transform, '', `${name}_${node.name}`);
          });
        }
      });
      break;
    case 'scaledSolid':
      xml.element(type, { name }, () => {
        xml.element('solidref', { ref: solid.solid });
        writeScale(xml, solid.scale, `${name}_scl`);
      });
      break;
    case 'reflectedSolid':
      writeReflected(xml, solid);
      break;
    case 'polycone':
    case 'polyhedra':
      writePlanes(xml, solid);
      break;
    case 'genericPolycone':
    case 'genericPolyhedra': {
      const { startphi, deltaphi } = solid;
      const numsides = solid.type === 'genericPolyhedra' ? solid.numsides : undefined;
      xml.element(type, { name, startphi, deltaphi, numsides, ...units }, () => {
        for (const { r, z } of solid.corners) xml.element('rzpoint', { r, z });
      });
      break;
    }
    case 'xtru':
      writeXtru(xml, solid);
      break;
    case 'tet':
      xml.element(type, { name, ...corners.references(solid.vertices), lunit: 'mm' });
      break;
    case 'tessellated':
      writeTessellated(xml, solid, corners);
      break;
    default:
      writeSimple(xml, solid);
  }
}

/** A solid that is given by numbers alone: its parameters by the table that it was read by. */
function writeSimple(xml: XmlWriter, solid: Solid): void {
  if (!isSimpleSolid(solid.type)) return;
  const parameters = numbersOf(solid);
  const given = simpleSolids[solid.type].map(({ name }) => [name, parameters[name]]);
  xml.element(solid.type, { name: solid.name, ...Object.fromEntries(given), ...units });
}

function numbersOf(solid: Solid): WrittenAttributes {
  if (solid.type === 'cutTube') {
    const [lowX, lowY, lowZ] = solid.lowNormal;
    const [highX, highY, highZ] = solid.highNormal;
    const { lowNormal: _low, highNormal: _high, ...rest } = solid;
    return { ...rest, lowX, lowY, lowZ, highX, highY, highZ };
  }
  if (solid.type === 'arb8') {
    const corners = solid.vertices.flatMap(({ x, y }, index) => [
      [`v${index + 1}x`, x],
      [`v${index + 1}y`, y],
    ]);
    return { dz: solid.dz, ...Object.fromEntries(corners) };
  }
  return Object.fromEntries(Object.entries(solid).filter(([, value]) => typeof value === 'number'));
}

function writeBoolean(xml: XmlWriter, solid: BooleanSolid): void {
  const { type, name, first, second, transform, firstTransform } = solid;
  xml.element(type, { name }, () => {
    xml.element('first', { ref: first });
    xml.element('second', { ref: second });
    writeSolidPlace(xml, transform, '', name);
    if (firstTransform) writeSolidPlace(xml, firstTransform, 'first', name);
  });
}

function writeReflected(xml: XmlWriter, { name, type, solid, transform }: ReflectedSolid): void {
  const { rotation, scale } = withoutReflection(transform.rotation, transform.scale);
  const { angles, unit } = rotationAngles(rotation);
  const [sx, sy, sz] = scale;
  const [rx, ry, rz] = angles;
  const [dx, dy, dz] = transform.translation;
  xml.element(type, { name, solid, sx, sy, sz, rx, ry, rz, dx, dy, dz, lunit: 'mm', aunit: unit });
}

function writePlanes(xml: XmlWriter, solid: Polycone | Polyhedra): void {
  const { name, type, startphi, deltaphi } = solid;
  const numsides = solid.type === 'polyhedra' ? solid.numsides : undefined;
  xml.element(type, { name, startphi, deltaphi, numsides, ...units }, () => {
    for (const { rmin, rmax, z } of solid.planes) xml.element('zplane', { rmin, rmax, z });
  });
}

function writeXtru(xml: XmlWriter, { name, type, outline, sections }: Xtru): void {
  xml.element(type, { name, lunit: 'mm' }, () => {
    for (const { x, y } of outline) xml.element('twoDimVertex', { x, y });
    for (const [zOrder, { z, xOffset, yOffset, scale }] of sections.entries()) {
      xml.element('section', { zOrder, zPosition: z, xOffset, yOffset, scalingFactor: scale });
    }
  });
}

function writeTessellated(
  xml: XmlWriter,
  { name, type, facets }: Tessellated,
  corners: Corners,
): void {
  xml.element(type, { name, ...units }, () => {
    for (const facet of facets) {
      const tag = facet.length === 3 ? 'triangular' : 'quadrangular';
      xml.element(tag, { ...corners.references(facet), type: 'ABSOLUTE' });
    }
  });
}
