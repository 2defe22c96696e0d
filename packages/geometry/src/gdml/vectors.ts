import type { Vector3 } from '@lantern/units';
import type { Scope } from './scope.ts';
import { errorAt, suggestion, type XmlElement } from './xml-element.ts';

const withUnit = new Set(['name', 'unit', 'x', 'y', 'z']);
const withoutUnit = new Set(['name', 'x', 'y', 'z']);

/** A `<position>`, in mm. */
export function readPosition(xml: XmlElement, scope: Scope): Vector3 {
  scope.expectAttributes(xml, withUnit);
  return readVector(xml, scope, scope.unit(xml, 'unit', 'length', 'mm'));
}

/** A `<rotation>`: the angles about x, y, z in rad. */
export function readRotation(xml: XmlElement, scope: Scope): Vector3 {
  scope.expectAttributes(xml, withUnit);
  return readVector(xml, scope, scope.unit(xml, 'unit', 'angle', 'rad'));
}

/** A `<scale>`. */
export function readScale(xml: XmlElement, scope: Scope): Vector3 {
  scope.expectAttributes(xml, withoutUnit);
  const scale = [
    scope.number(xml, 'x', 1),
    scope.number(xml, 'y', 1),
    scope.number(xml, 'z', 1),
  ] as const;
  if (scale.includes(0)) throw errorAt(xml, 'a scale of zero', { given: scale.join(', ') });
  return scale;
}

/** What an element like `<positionref ref="…"/>` refers to. */
export function readVectorReference(
  xml: XmlElement,
  scope: Scope,
  kind: 'position' | 'rotation' | 'scale',
  attribute = 'ref',
): Vector3 {
  const known = { position: scope.positions, rotation: scope.rotations, scale: scope.scales }[kind];
  const name = scope.reference(xml, attribute);
  const vector = known.get(name);
  if (!vector)
    throw errorAt(xml, `there is no ${kind} ${name}`, { hint: suggestion(name, known.keys()) });
  return vector;
}

function readVector(xml: XmlElement, scope: Scope, unit: number): Vector3 {
  const along = (axis: string): number => scope.number(xml, axis, 0) * unit + 0;
  const vector = [along('x'), along('y'), along('z')] as const;
  if (!vector.every(Number.isFinite))
    throw errorAt(xml, 'not finite', { given: vector.join(', ') });
  return vector;
}
