import { add, scale, type Vector3 } from '@lantern/units';
import type { RZPoint, Solid, ZPlane } from '../model/solid.ts';
import { normalPhi, type PhiRange, sidedPhi } from './angular-range.ts';
import type { Scope } from './scope.ts';
import { readVectorReference } from './vectors.ts';
import { attribute, errorAt, unknownElement, type XmlElement } from './xml-element.ts';

const polyconeAttributes = new Set(['name', 'lunit', 'aunit', 'startphi', 'deltaphi']);
const polyhedraAttributes = new Set([...polyconeAttributes, 'numsides']);
const planeAttributes = new Set(['rmin', 'rmax', 'z']);
const cornerAttributes = new Set(['r', 'z']);
const lengthOnly = new Set(['name', 'lunit']);
const tessellatedAttributes = new Set(['name', 'lunit', 'aunit']);
const tetAttributes = new Set(['name', 'lunit', 'vertex1', 'vertex2', 'vertex3', 'vertex4']);
const facetAttributes = new Set(['vertex1', 'vertex2', 'vertex3', 'vertex4', 'type', 'lunit']);
const vertexAttributes = new Set(['x', 'y']);
const sectionAttributes = new Set(['zOrder', 'zPosition', 'xOffset', 'yOffset', 'scalingFactor']);

/** Reads a `<polycone>` or `<polyhedra>` from its z planes, or a generic one from its corners. */
export function readPoly(
  xml: XmlElement,
  type: 'polycone' | 'polyhedra' | 'genericPolycone' | 'genericPolyhedra',
  name: string,
  scope: Scope,
): Solid {
  const hasSides = type === 'polyhedra' || type === 'genericPolyhedra';
  scope.expectAttributes(xml, hasSides ? polyhedraAttributes : polyconeAttributes);
  const range = readFullPhi(xml, scope);
  const phi = hasSides ? sidedPhi(range) : normalPhi(range);
  const lunit = scope.unit(xml, 'lunit', 'length', 'mm');
  switch (type) {
    case 'polycone':
      return { type, name, ...phi, planes: readPlanes(xml, scope, lunit) };
    case 'polyhedra':
      return {
        type,
        name,
        ...phi,
        numsides: readSides(xml, scope),
        planes: readPlanes(xml, scope, lunit),
      };
    case 'genericPolycone':
      return { type, name, ...phi, corners: readCorners(xml, scope, lunit) };
    default:
      return {
        type,
        name,
        ...phi,
        numsides: readSides(xml, scope),
        corners: readCorners(xml, scope, lunit),
      };
  }
}

/** For polycones and polyhedra no range of azimuth means all of it (G4Polycone's constructor). */
function readFullPhi(xml: XmlElement, scope: Scope): PhiRange {
  const aunit = scope.unit(xml, 'aunit', 'angle', 'rad');
  const startphi = scope.number(xml, 'startphi', 0) * aunit + 0;
  const deltaphi = scope.number(xml, 'deltaphi', 0) * aunit;
  return { startphi, deltaphi: deltaphi > 0 ? deltaphi : 2 * Math.PI };
}

function readSides(xml: XmlElement, scope: Scope): number {
  const sides = scope.integer(xml, 'numsides');
  if (sides < 1) throw errorAt(xml, 'numsides', { given: String(sides), expected: 'at least 1' });
  return sides;
}

function readPlanes(xml: XmlElement, scope: Scope, lunit: number): ZPlane[] {
  const planes = xml.children.map((child) => {
    if (child.name !== 'zplane') throw unknownElement(child, xml, ['zplane']);
    scope.expectAttributes(child, planeAttributes);
    const z = length(child, 'z', scope, lunit);
    const rmin = length(child, 'rmin', scope, lunit, 0);
    const rmax = length(child, 'rmax', scope, lunit);
    if (rmin < 0)
      throw errorAt(child, `rmin is ${rmin} mm`, { expected: 'a length of zero or more' });
    if (rmax < rmin)
      throw errorAt(child, `rmax is ${rmax} mm`, { expected: `at least rmin, ${rmin} mm` });
    return { z, rmin, rmax };
  });
  const [first, second] = planes;
  if (!first || !second)
    throw errorAt(xml, 'fewer than two <zplane>', { given: `${planes.length}` });
  const direction = Math.sign((planes.at(-1)?.z ?? 0) - first.z);
  const isMonotonic = planes.every(
    ({ z }, i) => i === 0 || (z - (planes[i - 1]?.z ?? 0)) * direction >= 0,
  );
  if (direction === 0 || !isMonotonic) {
    throw errorAt(xml, 'the z planes are not in order along z', {
      given: planes
        .slice(0, 20)
        .map(({ z }) => z)
        .join(', '),
    });
  }
  return planes;
}

function readCorners(xml: XmlElement, scope: Scope, lunit: number): RZPoint[] {
  const corners = xml.children.map((child) => {
    if (child.name !== 'rzpoint') throw unknownElement(child, xml, ['rzpoint']);
    scope.expectAttributes(child, cornerAttributes);
    const r = length(child, 'r', scope, lunit);
    if (r < 0) throw errorAt(child, `r is ${r} mm`, { expected: 'a length of zero or more' });
    return { r, z: length(child, 'z', scope, lunit) };
  });
  if (corners.length < 3)
    throw errorAt(xml, 'fewer than three <rzpoint>', { given: `${corners.length}` });
  return corners;
}

/** Reads an `<xtru>`. */
export function readXtru(xml: XmlElement, name: string, scope: Scope): Solid {
  scope.expectAttributes(xml, lengthOnly);
  const lunit = scope.unit(xml, 'lunit', 'length', 'mm');
  const outline: { x: number; y: number }[] = [];
  const sections: { z: number; xOffset: number; yOffset: number; scale: number }[] = [];
  for (const child of xml.children) {
    if (child.name === 'twoDimVertex') {
      scope.expectAttributes(child, vertexAttributes);
      outline.push({ x: length(child, 'x', scope, lunit), y: length(child, 'y', scope, lunit) });
    } else if (child.name === 'section') {
      scope.expectAttributes(child, sectionAttributes);
      const factor = scope.number(child, 'scalingFactor', 1);
      if (factor < 0)
        throw errorAt(child, 'scalingFactor', { given: String(factor), expected: 'zero or more' });
      sections.push({
        z: length(child, 'zPosition', scope, lunit),
        xOffset: length(child, 'xOffset', scope, lunit, 0),
        yOffset: length(child, 'yOffset', scope, lunit, 0),
        scale: factor,
      });
    } else {
      throw unknownElement(child, xml, ['twoDimVertex', 'section']);
    }
  }
  if (outline.length < 3)
    throw errorAt(xml, 'fewer than three <twoDimVertex>', { given: `${outline.length}` });
  if (sections.length < 2)
    throw errorAt(xml, 'fewer than two <section>', { given: `${sections.length}` });
  return { type: 'xtru', name, outline, sections };
}

/** Reads a `<tet>`, whose corners are names of positions. */
export function readTet(xml: XmlElement, name: string, scope: Scope): Solid {
  scope.expectAttributes(xml, tetAttributes);
  const lunit = scope.unit(xml, 'lunit', 'length', 'mm');
  const corner = (n: number): Vector3 =>
    scaled(readVectorReference(xml, scope, 'position', `vertex${n}`), lunit);
  return { type: 'tet', name, vertices: [corner(1), corner(2), corner(3), corner(4)] };
}

/** Reads a `<tessellated>`; corners of type RELATIVE are offsets from the first (G4TriangularFacet). */
export function readTessellated(xml: XmlElement, name: string, scope: Scope): Solid {
  scope.expectAttributes(xml, tessellatedAttributes);
  const facets = xml.children.map((child) => {
    const corners = child.name === 'triangular' ? 3 : child.name === 'quadrangular' ? 4 : 0;
    if (corners === 0) throw unknownElement(child, xml, ['triangular', 'quadrangular']);
    return readFacet(child, corners, scope);
  });
  if (facets.length < 4)
    throw errorAt(xml, 'fewer than four facets', { given: `${facets.length}` });
  return { type: 'tessellated', name, facets };
}

function readFacet(xml: XmlElement, count: number, scope: Scope): Vector3[] {
  scope.expectAttributes(xml, facetAttributes);
  const lunit = scope.unit(xml, 'lunit', 'length', 'mm');
  const type = attribute(xml, 'type') ?? 'ABSOLUTE';
  if (type !== 'ABSOLUTE' && type !== 'RELATIVE') {
    throw errorAt(xml, 'type', { given: JSON.stringify(type), expected: 'ABSOLUTE or RELATIVE' });
  }
  const corners = Array.from({ length: count }, (_, index) =>
    scaled(readVectorReference(xml, scope, 'position', `vertex${index + 1}`), lunit),
  );
  const [first, ...others] = corners;
  if (type === 'ABSOLUTE' || !first) return corners;
  return [first, ...others.map((offset) => add(first, offset))];
}

function scaled(vector: Vector3, unit: number): Vector3 {
  return unit === 1 ? vector : scale(vector, unit);
}

function length(
  xml: XmlElement,
  name: string,
  scope: Scope,
  lunit: number,
  otherwise?: number,
): number {
  const value = scope.number(xml, name, otherwise) * lunit + 0;
  if (!Number.isFinite(value)) throw errorAt(xml, `${name} is not finite`);
  return value;
}
