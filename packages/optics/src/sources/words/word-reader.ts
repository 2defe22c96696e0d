import { nearest, type UnitCategory, type unit, unitTable, type Vector3 } from '@lantern/units';
import { OpticsError } from '../../errors.ts';
import { type Token, tokenize } from './tokens.ts';

/** A sentence that describes a source and was not understood, or asks for what cannot be. A wrong usage: exit code 2. */
export class WordsError extends OpticsError {}

/** A number with the category of its unit; `category` undefined: it had none. */
export interface Quantity {
  /** In Lantern's units (mm, ns, MeV, rad), or as written where there was no unit. */
  readonly value: number;
  readonly category: UnitCategory | undefined;
  readonly token: Token;
}

/** Reads a sentence word by word; all its errors name the word, its place, what was expected, and an example. */
export class WordReader {
  readonly #option: string;
  readonly #example: string;
  readonly #tokens: readonly Token[];
  #next = 0;

  /**
   * @param option the option that the sentence is the value of, for messages: `--light`
   * @param example a right sentence, for messages
   */
  constructor(text: string, option: string, example: string) {
    this.#option = option;
    this.#example = example;
    this.#tokens = tokenize(text);
  }

  /** The next word without taking it; undefined at the end. */
  peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#next + ahead];
  }

  /** Whether a single number comes next, and not one of three: its unit is none of length. */
  isSingleNumber(): boolean {
    const after = this.peek(1);
    return after?.number === undefined && unitTable.get(after?.text ?? '')?.category !== 'length';
  }

  /** Takes the next word. */
  take(expected: string): Token {
    const token = this.peek();
    if (!token) throw this.error('the sentence ends too early', undefined, expected);
    this.#next++;
    return token;
  }

  /** Takes the next word if it is one of these, in any case. */
  accept(...words: readonly string[]): boolean {
    const token = this.peek();
    if (!token || !words.includes(token.text.toLowerCase())) return false;
    this.#next++;
    return true;
  }

  /** A number. */
  number(expected: string): number {
    const token = this.take(expected);
    if (token.number === undefined) throw this.error('not a number', token, expected);
    if (!Number.isFinite(token.number)) throw this.error('number too large', token, expected);
    return token.number;
  }

  /** A number and, where a unit follows, the unit. */
  quantity(expected: string): Quantity {
    const token = this.peek();
    const value = this.number(expected);
    const found = this.#unitHere();
    if (found) this.#next++;
    return {
      value: found ? value * found.value : value,
      category: found?.category,
      token: token ?? { text: '', place: 0 },
    };
  }

  /**
   * A number with a unit of one category.
   *
   * @param bare what a number without a unit is multiplied by; undefined: a unit is required
   */
  measure(what: string, category: UnitCategory, bare?: number): number {
    const expected = `${what} with a unit of ${category}`;
    const quantity = this.quantity(expected);
    return this.inCategory(quantity, category, expected, bare);
  }

  /** The quantity's value, when it has that category. */
  inCategory(quantity: Quantity, category: UnitCategory, expected: string, bare?: number): number {
    if (quantity.category === category) return quantity.value;
    if (quantity.category === undefined && bare !== undefined) return quantity.value * bare;
    const { token } = quantity;
    const unitToken = this.#tokens[token.place];
    if (quantity.category === undefined)
      throw this.error(
        unitToken ? 'no unit known' : 'a unit is missing',
        unitToken ?? token,
        [expected, usualUnits[category]].filter(Boolean).join(': '),
        unitToken && unitSuggestion(unitToken.text, category),
      );
    throw this.error(`a unit of ${quantity.category} here`, unitToken ?? token, expected);
  }

  /**
   * Three numbers, each with a unit of length, or one unit for all at the end, or none.
   *
   * @returns the numbers, in mm where there was a unit
   */
  triple(what: string): { readonly vector: Vector3; readonly hasUnit: boolean } {
    const expected = `${what}: three numbers`;
    const parts = [this.quantity(expected), this.quantity(expected), this.quantity(expected)];
    const units = parts.filter(({ category }) => category !== undefined).length;
    const hasUnit = parts[2]?.category !== undefined;
    const fits = units === 0 || units === 3 || (units === 1 && hasUnit);
    if (!fits)
      throw this.error(
        'three numbers with units',
        parts[0]?.token,
        `${expected}, and their unit after the last`,
      );
    const shared = hasUnit ? unitOf(this.peek(-1)).value : 1;
    const [x = 0, y = 0, z = 0] = parts.map((part) => {
      if (part.category === undefined) return part.value * shared;
      return this.inCategory(part, 'length', `${expected} with a unit of length`);
    });
    return { vector: [x, y, z], hasUnit };
  }

  /**
   * A point: three numbers and their unit of length, which only the origin does without.
   *
   * @returns mm
   */
  place(what: string): Vector3 {
    const { vector, hasUnit } = this.triple(what);
    if (hasUnit || vector.every((x) => x === 0)) return vector;
    const expected = `${what} with a unit of length (${usualUnits.length}) after its numbers`;
    throw this.error('a unit is missing', this.peek(-1), expected);
  }

  /** The quantity as it was written, for an error: `420 parsec`. */
  written({ token, category }: Quantity): Token {
    const unitToken = this.#tokens[token.place];
    if (category === undefined || !unitToken) return token;
    return { ...token, text: `${token.text} ${unitToken.text}` };
  }

  /** The value just read, when it is above 0. */
  positive(value: number): number {
    if (value > 0) return value;
    throw this.error('not more than 0', this.peek(-1), 'a positive value');
  }

  /** A whole number of things from 1 to 2^40. */
  requireCount(value: number, what: string, token: Token | undefined): number {
    const whole = Number(value.toPrecision(15));
    if (Number.isInteger(whole) && whole >= 1 && whole <= 2 ** 40) return whole;
    throw this.error(`number of ${what}`, token, 'a whole number from 1 to 2^40');
  }

  /** The error for a word that no rule takes. */
  notUnderstood(known: readonly string[]): WordsError {
    const token = this.peek();
    const near = token && nearest(token.text.toLowerCase(), known);
    const isAfterNumber = near === undefined && this.peek(-1)?.number !== undefined;
    const { length, energy, time, angle } = usualUnits;
    const units = isAfterNumber
      ? `a known unit (${[length, energy, time, angle].join(', ')}) or `
      : '';
    return this.error(
      'not understood',
      token,
      `${units}one of ${known.join(', ')}`,
      near && `did you mean '${near}'?`,
    );
  }

  /** An error at a word. */
  error(what: string, token: Token | undefined, expected?: string, hint?: string): WordsError {
    return new WordsError({
      what,
      where: token ? `${this.#option}: word ${token.place}` : this.#option,
      given: token && `'${token.text}'`,
      expected,
      hint: hint ?? `for example: ${this.#option} "${this.#example}"`,
    });
  }

  #unitHere(): ReturnType<typeof unit> | undefined {
    const token = this.peek();
    return token?.number === undefined ? unitTable.get(token?.text ?? '') : undefined;
  }
}

function unitOf(token: Token | undefined): ReturnType<typeof unit> {
  return unitTable.get(token?.text ?? '') ?? { value: 1, category: 'length' };
}

/** The units that messages name. */
const usualUnits: Readonly<Partial<Record<UnitCategory, string>>> = {
  length: 'nm, um, mm, cm, m, km',
  energy: 'eV, keV, MeV, GeV, TeV',
  time: 'ps, ns, us, ms, s',
  angle: 'rad, mrad, deg',
};

function unitSuggestion(text: string, category: UnitCategory): string | undefined {
  const names = [...unitTable].filter(([, found]) => found.category === category).map(([n]) => n);
  const near = nearest(text, names);
  return near && `did you mean '${near}'?`;
}
