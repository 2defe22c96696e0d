import { unitTable } from '@lantern/units';
import { ExpressionError } from '../errors.ts';
import {
  binaryFunctions,
  mathConstants,
  operators,
  signRank,
  unaryFunctions,
} from './expression-functions.ts';
import { shorten, suggestion } from './xml-element.ts';

/** What an expression can refer to beyond the functions, constants and units that it always knows. */
export interface ExpressionNames {
  /** The value of a constant, variable, quantity or written-out matrix element; undefined where there is none. */
  value(name: string): number | undefined;
  /** The element of a matrix, indices from 1; undefined where there is no such matrix or element. */
  element(name: string, indices: readonly number[]): number | undefined;
  /** All names, to suggest one for a misspelling. */
  names(): Iterable<string>;
}

/** The units, without the letters that CLHEP's evaluator does not know: they would hide a forgotten definition. */
const expressionUnits: ReadonlyMap<string, number> = new Map(
  [...unitTable]
    .filter(([name]) => !['min', 'h', 'd', 'y', 'l', 'G'].includes(name))
    .map(([name, { value }]) => [name, value]),
);

interface Operator {
  readonly kind: 'operator';
  readonly symbol: string;
  readonly rank: number;
  readonly unary: boolean;
}
interface Bracket {
  readonly kind: 'bracket';
  /** The function that is called, or the matrix that is indexed; undefined for a mere parenthesis. */
  readonly name: string | undefined;
  readonly closing: ')' | ']';
  arguments: number;
}

const plainNumber = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;
const token =
  /\s*(?:((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*)|(\*\*|\|\||&&|[=!<>]=|[-+*/^<>])|([()[\],]))/y;

/**
 * Evaluates an arithmetic expression as GDML has them: the language of CLHEP's evaluator, with matrix elements
 * `name[i]` and `name[i,j]` counted from 1. Powers go from the left, as there: 2^3^2 is 64. -2^2 is -4.
 *
 * @returns the value in mm, ns, MeV, rad; finite
 * @throws {ExpressionError} where the expression has no finite value
 */
export function evaluate(text: string, names: ExpressionNames): number {
  if (plainNumber.test(text)) return finite(Number(text), text);
  return new Evaluation(text, names).result();
}

class Evaluation {
  readonly #text: string;
  readonly #names: ExpressionNames;
  readonly #values: number[] = [];
  readonly #stack: (Operator | Bracket)[] = [];
  #at = 0;

  constructor(text: string, names: ExpressionNames) {
    this.#text = text;
    this.#names = names;
  }

  /** Dijkstra's shunting yard: no recursion, so that no depth of parentheses overflows the stack. */
  result(): number {
    const end = this.#text.trimEnd().length;
    if (end === 0) throw this.#error('an empty expression');
    let expectOperand = true;
    while (this.#at < end) {
      token.lastIndex = this.#at;
      const found = token.exec(this.#text);
      if (!found)
        throw this.#error(
          `unexpected ${JSON.stringify(this.#text.slice(this.#at).trimStart().charAt(0))}`,
        );
      const [, number, name, operator, punctuation = ''] = found;
      this.#at = token.lastIndex;
      if (number !== undefined || name !== undefined) {
        if (!expectOperand) throw this.#error(`an operator is missing before ${number ?? name}`);
        expectOperand = number === undefined ? this.#name(name ?? '') : this.#number(number);
      } else if (operator !== undefined) {
        this.#operator(operator, expectOperand);
        expectOperand = true;
      } else {
        expectOperand = this.#punctuation(punctuation, expectOperand);
      }
    }
    if (expectOperand) throw this.#error('the expression ends where a value is expected');
    this.#reduce(0);
    if (this.#stack.length > 0) throw this.#error('a bracket is not closed');
    return finite(this.#values[0] ?? Number.NaN, this.#text);
  }

  #number(text: string): boolean {
    this.#values.push(Number(text));
    return false;
  }

  /** Pushes a name's value, or opens the bracket after it; tells whether a value is expected next. */
  #name(name: string): boolean {
    const after = /\s*([([])/y;
    after.lastIndex = this.#at;
    const bracket = after.exec(this.#text)?.[1];
    if (bracket === '(' && !unaryFunctions.has(name) && !binaryFunctions.has(name)) {
      throw this.#error(
        `there is no function ${shorten(name)}`,
        suggestion(name, [...unaryFunctions.keys(), ...binaryFunctions.keys()]),
      );
    }
    if (bracket !== undefined) {
      this.#at = after.lastIndex;
      this.#stack.push({
        kind: 'bracket',
        name,
        closing: bracket === '(' ? ')' : ']',
        arguments: 1,
      });
      return true;
    }
    const value = this.#names.value(name) ?? mathConstants.get(name) ?? expressionUnits.get(name);
    if (value === undefined) {
      const known = [...this.#names.names(), ...mathConstants.keys(), ...expressionUnits.keys()];
      throw this.#error(`${shorten(name)} is not defined`, suggestion(name, known));
    }
    this.#values.push(value);
    return false;
  }

  #operator(symbol: string, expectOperand: boolean): void {
    if (!expectOperand) {
      const rank = operators.get(symbol)?.rank ?? 0;
      this.#reduce(rank);
      this.#stack.push({ kind: 'operator', symbol, rank, unary: false });
    } else if (symbol === '+' || symbol === '-') {
      this.#stack.push({ kind: 'operator', symbol, rank: signRank, unary: true });
    } else {
      throw this.#error(`a value is missing before ${symbol}`);
    }
  }

  /** Brackets and commas; tells whether a value is expected next. */
  #punctuation(symbol: string, expectOperand: boolean): boolean {
    if (symbol === '(') {
      if (!expectOperand) throw this.#error('an operator is missing before (');
      this.#stack.push({ kind: 'bracket', name: undefined, closing: ')', arguments: 1 });
      return true;
    }
    if (expectOperand) throw this.#error(`a value is missing before ${symbol}`);
    this.#reduce(0);
    const open = this.#stack.at(-1);
    if (open?.kind !== 'bracket' || symbol === '[')
      throw this.#error(`${symbol} without its counterpart`);
    if (symbol === ',') {
      if (open.name === undefined) throw this.#error('a comma outside the arguments of a function');
      open.arguments++;
      return true;
    }
    if (symbol !== open.closing) throw this.#error(`${symbol} where ${open.closing} is expected`);
    this.#stack.pop();
    if (open.name !== undefined) this.#apply(open.name, open);
    return false;
  }

  #apply(name: string, bracket: Bracket): void {
    const values = this.#values.splice(this.#values.length - bracket.arguments);
    if (bracket.closing === ']') {
      const value = this.#names.element(name, values);
      if (value === undefined)
        throw this.#error(
          `there is no ${shorten(name)}[${values.join(',')}]`,
          suggestion(name, this.#names.names()),
        );
      this.#values.push(value);
      return;
    }
    const [x = Number.NaN, y = Number.NaN] = values;
    const unary = unaryFunctions.get(name);
    const expected = unary ? 1 : 2;
    if (values.length !== expected) {
      throw this.#error(`${name} takes ${expected} argument(s), not ${values.length}`);
    }
    const value = unary ? unary(x) : binaryFunctions.get(name)?.(x, y);
    this.#values.push(this.#finite(value, `${name}(${values.join(', ')})`));
  }

  /** Applies the operators on the stack of this rank and above, down to the innermost open bracket. */
  #reduce(rank: number): void {
    for (
      let top = this.#stack.at(-1);
      top?.kind === 'operator' && top.rank >= rank;
      top = this.#stack.at(-1)
    ) {
      this.#stack.pop();
      const right = this.#values.pop() ?? Number.NaN;
      if (top.unary) {
        this.#values.push(top.symbol === '-' ? -right : right);
        continue;
      }
      const left = this.#values.pop() ?? Number.NaN;
      this.#values.push(
        this.#finite(
          operators.get(top.symbol)?.apply(left, right),
          `${left} ${top.symbol} ${right}`,
        ),
      );
    }
  }

  #finite(value: number | undefined, what: string): number {
    if (value === undefined || !Number.isFinite(value))
      throw this.#error(`${what} has no finite value`);
    return value;
  }

  #error(what: string, hint?: string): ExpressionError {
    return new ExpressionError({ what, given: JSON.stringify(shorten(this.#text)), hint });
  }
}

function finite(value: number, text: string): number {
  if (!Number.isFinite(value)) {
    throw new ExpressionError({
      what: 'a number without a finite value',
      given: JSON.stringify(shorten(text)),
    });
  }
  return value;
}
