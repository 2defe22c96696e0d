import { type UnitCategory, unitTable, type Vector3 } from '@lantern/units';
import { ExpressionError } from '../errors.ts';
import type { Include } from './entities.ts';
import { type ExpressionNames, evaluate } from './expression.ts';
import type { GdmlLimits } from './limits.ts';
import type { Warnings } from './warnings.ts';
import {
  attribute,
  errorAt,
  placeOf,
  requiredAttribute,
  shorten,
  suggestion,
  type XmlElement,
} from './xml-element.ts';

/** A `<matrix>`: rows of `columns` numbers. */
export interface Matrix {
  readonly columns: number;
  readonly values: Float64Array;
}

/** What all files of one detector share while they are read. */
export interface Reading {
  readonly limits: GdmlLimits;
  readonly warnings: Warnings;
  readonly include: Include;
  /** What was spent so far of the limits. */
  readonly spent: { loopIterations: number; placements: number };
}

/** The names that a file's `<define>` gave meaning to, and what is read with their help. */
export class Scope implements ExpressionNames {
  readonly reading: Reading;
  /** Constants, quantities and variables. */
  readonly values: Map<string, number> = new Map();
  readonly variables: Set<string> = new Set();
  readonly matrices: Map<string, Matrix> = new Map();
  readonly positions: Map<string, Vector3> = new Map();
  /** Angles in rad. */
  readonly rotations: Map<string, Vector3> = new Map();
  readonly scales: Map<string, Vector3> = new Map();
  /** How many loops the reading is inside of. */
  loopDepth = 0;

  constructor(reading: Reading) {
    this.reading = reading;
  }

  value(name: string): number | undefined {
    const value = this.values.get(name);
    if (value !== undefined) return value;
    const [, matrix, first, second] = /^(\w+?)_(\d+)(?:_(\d+))?$/.exec(name) ?? [];
    if (matrix === undefined) return undefined;
    const indices =
      second === undefined ? [Number(first) + 1] : [Number(first) + 1, Number(second) + 1];
    return this.element(matrix, indices);
  }

  element(name: string, indices: readonly number[]): number | undefined {
    const matrix = this.matrices.get(name);
    if (!matrix)
      return this.values.get(`${name}${indices.map((index) => `_${index - 1}`).join('')}`);
    const { columns, values } = matrix;
    const [first = 0, second] = indices;
    const isVector = columns === 1 || columns === values.length;
    if (second === undefined) return isVector ? values[first - 1] : undefined;
    return second >= 1 && second <= columns
      ? values[(first - 1) * columns + second - 1]
      : undefined;
  }

  *names(): Iterable<string> {
    yield* this.values.keys();
    yield* this.matrices.keys();
  }

  /** The value of an expression that stands in an element. */
  evaluate(text: string, xml: XmlElement, what: string): number {
    try {
      return evaluate(text, this);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      const { what: problem, given, hint } = error.parts;
      throw errorAt(xml, `${what}: ${problem}`, { given, hint, cause: error });
    }
  }

  /** The value of an attribute, or `otherwise` where it is not given; without `otherwise` it must be. */
  number(xml: XmlElement, name: string, otherwise?: number): number {
    const text = attribute(xml, name);
    if (text === undefined && otherwise !== undefined) return otherwise;
    return this.evaluate(text ?? requiredAttribute(xml, name), xml, name) + 0;
  }

  /** The value of an attribute that must be a whole number. */
  integer(xml: XmlElement, name: string, otherwise?: number): number {
    const value = this.number(xml, name, otherwise);
    if (!Number.isSafeInteger(value)) {
      throw errorAt(xml, name, { given: String(value), expected: 'a whole number' });
    }
    return value;
  }

  /** The size of the unit that an attribute names, in mm, rad, …; `otherwise` is the unit where it names none. */
  unit(
    xml: XmlElement,
    name: string,
    category: UnitCategory | readonly UnitCategory[],
    otherwise: string,
  ): number {
    const categories = typeof category === 'string' ? [category] : category;
    const text = (attribute(xml, name) ?? otherwise).trim();
    const known = unitTable.get(text);
    if (known && categories.includes(known.category)) return known.value;
    const expected = `a unit of ${categories.join(' or ')}`;
    if (known)
      throw errorAt(xml, `${name} is a unit of ${known.category}`, { given: text, expected });
    if (/[*/^]/.test(text)) {
      const value = this.evaluate(text, xml, name);
      if (value > 0) return value;
    }
    const fitting = [...unitTable]
      .filter(([, unit]) => categories.includes(unit.category))
      .map(([unit]) => unit);
    throw errorAt(xml, `unknown unit in ${name}`, {
      given: JSON.stringify(shorten(text)),
      expected,
      hint: suggestion(text, fitting),
    });
  }

  /** A name as it is declared or referred to: inside loops `box[i]` becomes `box_0`, `box_1`, …, as in Geant4. */
  name(text: string, xml: XmlElement): string {
    if (this.loopDepth === 0 || !text.includes('[')) return text;
    return text.replace(/\[([^\]]*)\]/g, (_, indices: string) =>
      indices
        .split(',')
        .map((index) => `_${this.evaluate(index, xml, 'name') - 1}`)
        .join(''),
    );
  }

  /** The name that an element declares. */
  declaredName(xml: XmlElement): string {
    return this.name(requiredAttribute(xml, 'name'), xml);
  }

  /** The name that an attribute refers to, `ref` where nothing else is said. */
  reference(xml: XmlElement, name = 'ref'): string {
    return this.name(requiredAttribute(xml, name), xml);
  }

  /** Notes a doubt about an element. */
  warn(xml: XmlElement, text: string): void {
    this.reading.warnings.add(placeOf(xml), text);
  }

  /** Warns of attributes that mean nothing here, and of stray text. */
  expectAttributes(xml: XmlElement, known: ReadonlySet<string>): void {
    for (const name in xml.attributes) {
      if (known.has(name) || name.includes(':')) continue;
      const hint = suggestion(name, known);
      this.warn(xml, `the attribute ${shorten(name)} is not used${hint ? ` (${hint})` : ''}`);
    }
    if (xml.text !== '' && xml.name !== 'expression') {
      this.warn(xml, `the text ${JSON.stringify(shorten(xml.text))} is not used`);
    }
  }
}
