import type { Axis, DraftDivision, DraftReplica } from './draft.ts';
import type { Scope } from './scope.ts';
import {
  attribute,
  errorAt,
  onlyChild,
  requiredAttribute,
  suggestion,
  unknownElement,
  type XmlElement,
} from './xml-element.ts';

const replicaAttributes = new Set(['name', 'number', 'copynumber']);
const divisionAttributes = new Set(['name', 'axis', 'number', 'width', 'offset', 'unit']);
const directionAttributes = new Set(['name', 'x', 'y', 'z', 'rho', 'phi']);
const quantityAttributes = new Set(['name', 'value', 'unit', 'type']);
const refOnly = new Set(['ref']);
const axes: readonly Axis[] = ['x', 'y', 'z', 'rho', 'phi'];
const axisNames: ReadonlyMap<string, Axis> = new Map([
  ['kXAxis', 'x'],
  ['kYAxis', 'y'],
  ['kZAxis', 'z'],
  ['kRho', 'rho'],
  ['kPhi', 'phi'],
]);

/** Reads a `<replicavol>`. */
export function readReplica(xml: XmlElement, scope: Scope): DraftReplica {
  scope.expectAttributes(xml, replicaAttributes);
  const count = wholeCount(xml, scope);
  let volume: string | undefined;
  let along: { axis: Axis; width: number; offset: number } | undefined;
  for (const child of xml.children) {
    if (child.name === 'volumeref') {
      scope.expectAttributes(child, refOnly);
      volume = scope.reference(child);
    } else if (child.name === 'replicate_along_axis') {
      along = readAlongAxis(child, scope);
    } else {
      throw unknownElement(child, xml, ['volumeref', 'replicate_along_axis']);
    }
  }
  if (volume === undefined) throw errorAt(xml, '<volumeref ref="…"/> is missing');
  if (along === undefined) throw errorAt(xml, '<replicate_along_axis> is missing');
  return {
    kind: 'replicavol',
    name: scope.name(attribute(xml, 'name') ?? '', xml),
    volume,
    count,
    ...along,
    xml,
  };
}

function readAlongAxis(
  xml: XmlElement,
  scope: Scope,
): { axis: Axis; width: number; offset: number } {
  let axis: Axis | undefined;
  const sizes: { width?: number; offset?: number } = {};
  for (const child of xml.children) {
    switch (child.name) {
      case 'direction':
        axis = readDirection(child, scope);
        break;
      case 'width':
      case 'offset':
        scope.expectAttributes(child, quantityAttributes);
        sizes[child.name] = scope.number(child, 'value') * lengthOrAngle(child, scope);
        break;
      case 'position':
      case 'positionref':
      case 'rotation':
      case 'rotationref':
        scope.warn(child, 'not used: Geant4 places replicas by axis, width and offset alone');
        break;
      default:
        throw unknownElement(child, xml, ['direction', 'width', 'offset']);
    }
  }
  const { width, offset = 0 } = sizes;
  if (axis === undefined)
    throw errorAt(xml, '<direction> is missing', {
      expected: '<direction x="1"/> or y, z, rho, phi',
    });
  if (width === undefined || !(width > 0))
    throw errorAt(xml, 'the width', {
      given: String(width ?? 'none'),
      expected: 'a positive length or angle',
    });
  return { axis, width, offset };
}

/** `<direction x="1"/>`: the axis whose attribute is 1. */
function readDirection(xml: XmlElement, scope: Scope): Axis {
  scope.expectAttributes(xml, directionAttributes);
  const [axis, second] = axes.filter((name) => scope.number(xml, name, 0) === 1);
  if (axis === undefined || second !== undefined) {
    throw errorAt(xml, 'the direction', { expected: 'exactly one of x, y, z, rho, phi to be 1' });
  }
  return axis;
}

/** Reads a `<divisionvol>`. */
export function readDivision(xml: XmlElement, scope: Scope): DraftDivision {
  scope.expectAttributes(xml, divisionAttributes);
  const axisName = requiredAttribute(xml, 'axis');
  const axis = axisNames.get(axisName);
  if (!axis) {
    throw errorAt(xml, 'axis', {
      given: JSON.stringify(axisName),
      expected: [...axisNames.keys()].join(', '),
      hint: suggestion(axisName, axisNames.keys()),
    });
  }
  const child = onlyChild(xml, 'volumeref');
  scope.expectAttributes(child, refOnly);
  const unit = scope.unit(
    xml,
    'unit',
    axis === 'phi' ? 'angle' : ['length', 'angle'],
    axis === 'phi' ? 'rad' : 'mm',
  );
  const count = scope.integer(xml, 'number', 0);
  const width = scope.number(xml, 'width', 0) * unit;
  const offset = scope.number(xml, 'offset', 0) * unit;
  if (count < 0 || width < 0 || (count === 0 && width === 0)) {
    throw errorAt(xml, 'number and width', {
      given: `${count} and ${width}`,
      expected: 'at least one, positive',
    });
  }
  const volume = scope.reference(child);
  return {
    kind: 'divisionvol',
    name: scope.name(attribute(xml, 'name') ?? '', xml),
    volume,
    count,
    axis,
    width,
    offset,
    xml,
  };
}

function lengthOrAngle(xml: XmlElement, scope: Scope): number {
  return scope.unit(xml, 'unit', ['length', 'angle'], 'mm');
}

function wholeCount(xml: XmlElement, scope: Scope): number {
  const count = scope.integer(xml, 'number');
  if (count < 1) throw errorAt(xml, 'number', { given: String(count), expected: 'at least 1' });
  return count;
}
