import { unitTable } from '@lantern/units';
import { readLoop } from './loop.ts';
import type { Scope } from './scope.ts';
import { readPosition, readRotation, readScale } from './vectors.ts';
import {
  attribute,
  errorAt,
  requiredAttribute,
  unknownElement,
  type XmlElement,
} from './xml-element.ts';

const known = [
  'constant',
  'quantity',
  'variable',
  'expression',
  'position',
  'rotation',
  'scale',
  'matrix',
  'loop',
];
const nameAndValue = new Set(['name', 'value']);
const nameOnly = new Set(['name']);
const quantityAttributes = new Set(['name', 'value', 'unit', 'type']);
const matrixAttributes = new Set(['name', 'coldim', 'values']);

/** Reads what a `<define>` (or a loop in it) defines into the scope, in the order of the file. */
export function readDefine(xml: XmlElement, scope: Scope): void {
  for (const child of xml.children) readDefinition(child, xml, scope);
}

function readDefinition(xml: XmlElement, parent: XmlElement, scope: Scope): void {
  switch (xml.name) {
    case 'constant':
      scope.expectAttributes(xml, nameAndValue);
      defineValue(xml, scope, scope.number(xml, 'value'));
      break;
    case 'quantity':
      scope.expectAttributes(xml, quantityAttributes);
      defineValue(xml, scope, scope.number(xml, 'value') * anyUnit(xml, scope));
      break;
    case 'variable':
      scope.expectAttributes(xml, nameAndValue);
      defineValue(xml, scope, scope.number(xml, 'value', 0));
      scope.variables.add(requiredAttribute(xml, 'name'));
      return;
    case 'expression':
      scope.expectAttributes(xml, nameOnly);
      defineValue(xml, scope, scope.evaluate(xml.text, xml, 'the expression'));
      break;
    case 'position':
      defineOnce(xml, scope, scope.positions, readPosition(xml, scope));
      break;
    case 'rotation':
      defineOnce(xml, scope, scope.rotations, readRotation(xml, scope));
      break;
    case 'scale':
      defineOnce(xml, scope, scope.scales, readScale(xml, scope));
      break;
    case 'matrix':
      readMatrix(xml, scope);
      break;
    case 'loop':
      readLoop(xml, scope, () => readDefine(xml, scope));
      break;
    default:
      throw unknownElement(xml, parent, known);
  }
}

function defineValue(xml: XmlElement, scope: Scope, value: number): void {
  if (!Number.isFinite(value))
    throw errorAt(xml, 'the value is not finite', { given: String(value) });
  const name = requiredAttribute(xml, 'name');
  if (!/^[A-Za-z_][\w[\],]*$/.test(name)) scope.warn(xml, 'expressions cannot use this name');
  else if (unitTable.has(name)) scope.warn(xml, 'the name hides a unit of the same name');
  defineOnce(xml, scope, scope.values, value + 0);
}

/** Redefinition with another value would change meanings silently: Geant4 stops there too. */
function defineOnce<Value>(
  xml: XmlElement,
  scope: Scope,
  map: Map<string, Value>,
  value: Value,
): void {
  const name = scope.declaredName(xml);
  const earlier = map.get(name);
  if (earlier !== undefined && String(earlier) !== String(value)) {
    throw errorAt(xml, `${xml.name} ${name} is defined a second time`, {
      given: `${String(value)} after ${String(earlier)}`,
    });
  }
  map.set(name, value);
}

function anyUnit(xml: XmlElement, scope: Scope): number {
  const text = attribute(xml, 'unit')?.trim();
  if (text === undefined || text === '' || text === 'none') return 1;
  return unitTable.get(text)?.value ?? scope.evaluate(text, xml, 'unit');
}

function readMatrix(xml: XmlElement, scope: Scope): void {
  scope.expectAttributes(xml, matrixAttributes);
  const name = scope.declaredName(xml);
  const columns = scope.integer(xml, 'coldim');
  if (columns < 1) throw errorAt(xml, 'coldim', { given: String(columns), expected: 'at least 1' });
  const texts = requiredAttribute(xml, 'values').split(/\s+/).filter(Boolean);
  const { matrixValues } = scope.reading.limits;
  if (texts.length > matrixValues) throw errorAt(xml, `more than ${matrixValues} values`);
  if (texts.length === 0 || texts.length % columns !== 0) {
    const expected = `whole rows of ${columns}`;
    throw errorAt(xml, 'the matrix is not full', { given: `${texts.length} values`, expected });
  }
  const values = Float64Array.from(texts, (text, index) =>
    scope.evaluate(text, xml, `value ${index + 1}`),
  );
  const earlier = scope.matrices.get(name);
  if (earlier && (earlier.columns !== columns || earlier.values.join() !== values.join())) {
    throw errorAt(xml, `matrix ${name} is defined a second time with other values`);
  }
  scope.matrices.set(name, { columns, values });
}
