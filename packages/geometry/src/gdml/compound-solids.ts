import type { Vector3 } from '@lantern/units';
import type { Solid } from '../model/solid.ts';
import type { Transform } from '../model/transform.ts';
import { type Placing, solidTransform } from './placing.ts';
import type { Scope } from './scope.ts';
import { readPosition, readRotation, readScale, readVectorReference } from './vectors.ts';
import { errorAt, requiredAttribute, unknownElement, type XmlElement } from './xml-element.ts';

const nameOnly = new Set(['name']);
const refOnly = new Set(['ref']);
const reflectedAttributes = new Set([
  'name',
  'solid',
  'lunit',
  'aunit',
  'sx',
  'sy',
  'sz',
  'rx',
  'ry',
  'rz',
  'dx',
  'dy',
  'dz',
]);

/** Reads a `<union>`, `<subtraction>` or `<intersection>`. */
export function readBoolean(
  xml: XmlElement,
  type: 'union' | 'subtraction' | 'intersection',
  name: string,
  scope: Scope,
): Solid {
  scope.expectAttributes(xml, nameOnly);
  const placing: Placing = {};
  const firstPlacing: Placing = {};
  const operands: { first?: string; second?: string } = {};
  for (const child of xml.children) {
    if (child.name === 'first' || child.name === 'second') {
      scope.expectAttributes(child, refOnly);
      operands[child.name] = scope.reference(child);
    } else if (
      !readPlacing(child, placing, scope) &&
      !readPlacing(child, firstPlacing, scope, { prefix: 'first' })
    ) {
      throw unknownElement(child, xml, [
        'first',
        'second',
        'position',
        'rotation',
        'firstposition',
        'firstrotation',
      ]);
    }
  }
  const { first, second } = operands;
  if (first === undefined || second === undefined) {
    throw errorAt(xml, `<${first === undefined ? 'first' : 'second'} ref="…"/> is missing`);
  }
  const isMoved = [firstPlacing.position, firstPlacing.rotation].some((moved) =>
    moved?.some((by) => by !== 0),
  );
  return {
    type,
    name,
    first,
    second,
    transform: solidTransform(placing),
    ...(isMoved ? { firstTransform: solidTransform(firstPlacing) } : {}),
  };
}

/** What of a place may be said somewhere, and the prefix of the elements that say it. */
export interface PlacingElements {
  readonly prefix?: 'first';
  readonly scale?: true;
}

/**
 * Reads `<position>`, `<positionref>`, `<rotation>`, `<rotationref>` and, where `allowed`, `<scale>` and `<scaleref>`.
 *
 * @returns false for another element
 */
export function readPlacing(
  xml: XmlElement,
  placing: Placing,
  scope: Scope,
  allowed: PlacingElements = {},
): boolean {
  const { prefix = '', scale = false } = allowed;
  const tag = xml.name.startsWith(prefix) ? xml.name.slice(prefix.length) : '';
  const kind = (['position', 'rotation', 'scale'] as const).find(
    (known) => tag === known || tag === `${known}ref`,
  );
  if (!kind || (kind === 'scale' && !scale)) return false;
  if (placing[kind]) throw errorAt(xml, `a second ${kind}`);
  if (tag === kind) {
    placing[kind] = { position: readPosition, rotation: readRotation, scale: readScale }[kind](
      xml,
      scope,
    );
  } else {
    scope.expectAttributes(xml, refOnly);
    placing[kind] = readVectorReference(xml, scope, kind);
  }
  return true;
}

/** Reads a `<multiUnion>`. */
export function readMultiUnion(xml: XmlElement, name: string, scope: Scope): Solid {
  scope.expectAttributes(xml, nameOnly);
  const nodes = xml.children.map((child, index) => {
    if (child.name !== 'multiUnionNode') throw unknownElement(child, xml, ['multiUnionNode']);
    return readMultiUnionNode(child, index, scope);
  });
  if (nodes.length === 0)
    throw errorAt(xml, 'a multiUnion of nothing', { expected: '<multiUnionNode>' });
  return { type: 'multiUnion', name, nodes };
}

function readMultiUnionNode(
  xml: XmlElement,
  index: number,
  scope: Scope,
): { name: string; solid: string; transform: Transform } {
  scope.expectAttributes(xml, nameOnly);
  const placing: Placing = {};
  let solid: string | undefined;
  for (const child of xml.children) {
    if (child.name === 'solid') {
      scope.expectAttributes(child, refOnly);
      solid = scope.reference(child);
    } else if (!readPlacing(child, placing, scope)) {
      throw unknownElement(child, xml, [
        'solid',
        'position',
        'rotation',
        'positionref',
        'rotationref',
      ]);
    }
  }
  if (solid === undefined) throw errorAt(xml, '<solid ref="…"/> is missing');
  const name = Object.hasOwn(xml.attributes, 'name')
    ? scope.declaredName(xml)
    : `Node-${index + 1}`;
  return { name, solid, transform: solidTransform(placing) };
}

/** Reads a `<scaledSolid>`. */
export function readScaledSolid(xml: XmlElement, name: string, scope: Scope): Solid {
  scope.expectAttributes(xml, nameOnly);
  const placing: Placing = {};
  let solid: string | undefined;
  for (const child of xml.children) {
    if (child.name === 'solidref') {
      scope.expectAttributes(child, refOnly);
      solid = scope.reference(child);
    } else if (
      !child.name.startsWith('scale') ||
      !readPlacing(child, placing, scope, { scale: true })
    ) {
      throw unknownElement(child, xml, ['solidref', 'scale', 'scaleref']);
    }
  }
  if (solid === undefined) throw errorAt(xml, '<solidref ref="…"/> is missing');
  return { type: 'scaledSolid', name, solid, scale: placing.scale ?? [1, 1, 1] };
}

/** Reads a `<reflectedSolid>`: scaled, turned and moved, all by attributes. */
export function readReflectedSolid(xml: XmlElement, name: string, scope: Scope): Solid {
  scope.expectAttributes(xml, reflectedAttributes);
  requiredAttribute(xml, 'solid');
  const lunit = scope.unit(xml, 'lunit', 'length', 'mm');
  const aunit = scope.unit(xml, 'aunit', 'angle', 'rad');
  const vector = (prefix: string, unit: number, otherwise: number): Vector3 => [
    scope.number(xml, `${prefix}x`, otherwise) * unit + 0,
    scope.number(xml, `${prefix}y`, otherwise) * unit + 0,
    scope.number(xml, `${prefix}z`, otherwise) * unit + 0,
  ];
  const scale = vector('s', 1, 1);
  if (scale.includes(0)) throw errorAt(xml, 'a scale of zero', { given: scale.join(', ') });
  const transform = solidTransform({
    scale,
    rotation: vector('r', aunit, 0),
    position: vector('d', lunit, 0),
  });
  return { type: 'reflectedSolid', name, solid: scope.reference(xml, 'solid'), transform };
}
