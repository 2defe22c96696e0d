/** A value that a Python literal may stand for in an NPY header. */
export type PythonLiteral =
  | string
  | number
  | boolean
  | null
  | readonly PythonLiteral[]
  | ReadonlyMap<string, PythonLiteral>;

/** Deeper nesting than any NPY header has. */
const maximumDepth = 8;

/**
 * Reads the part of Python's literals that NumPy writes into a header: dictionaries with string keys, tuples, lists,
 * strings, non-negative integers, True, False, None.
 *
 * @throws {SyntaxError} when the text is anything else; the message tells the position
 */
export function parsePythonLiteral(text: string): PythonLiteral {
  const parser = new LiteralParser(text);
  const value = parser.value(0);
  parser.end();
  return value;
}

class LiteralParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): PythonLiteral {
    if (depth > maximumDepth) throw this.#unexpected('less nesting');
    if (this.#take(/\{/y)) return this.#dictionary(depth);
    if (this.#take(/\(/y)) return this.#sequence(/\)/y, depth);
    if (this.#take(/\[/y)) return this.#sequence(/\]/y, depth);
    const text = this.#string();
    if (text !== undefined) return text;
    const integer = this.#take(/\d+/y);
    if (integer !== undefined) {
      this.#take(/L/y); // Python 2 wrote long integers so
      return Number(integer);
    }
    const word = this.#take(/True|False|None/y);
    if (word === undefined) throw this.#unexpected('a value');
    return word === 'None' ? null : word === 'True';
  }

  end(): void {
    this.#take(/$/y);
    if (this.#at < this.#text.length) throw this.#unexpected('the end');
  }

  #dictionary(depth: number): ReadonlyMap<string, PythonLiteral> {
    const entries = new Map<string, PythonLiteral>();
    while (this.#take(/\}/y) === undefined) {
      const key = this.#string();
      if (key === undefined) throw this.#unexpected('a key in quotes');
      if (entries.has(key)) throw this.#unexpected(`'${key}' only once, before here,`);
      if (this.#take(/:/y) === undefined) throw this.#unexpected("':'");
      entries.set(key, this.value(depth + 1));
      if (this.#take(/,/y) === undefined && !this.#sees(/\}/y))
        throw this.#unexpected("',' or '}'");
    }
    return entries;
  }

  #sequence(end: RegExp, depth: number): readonly PythonLiteral[] {
    const items: PythonLiteral[] = [];
    while (this.#take(end) === undefined) {
      items.push(this.value(depth + 1));
      if (this.#take(/,/y) === undefined && !this.#sees(end)) throw this.#unexpected("','");
    }
    return items;
  }

  #string(): string | undefined {
    return (this.#take(/'[^'\\\n]*'/y) ?? this.#take(/"[^"\\\n]*"/y))?.slice(1, -1);
  }

  /** What the pattern matches after white space; moves behind it. */
  #take(pattern: RegExp): string | undefined {
    if (!this.#sees(pattern)) return undefined;
    const start = this.#at;
    this.#at = pattern.lastIndex;
    return this.#text.slice(start, this.#at);
  }

  #sees(pattern: RegExp): boolean {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
    pattern.lastIndex = this.#at;
    return pattern.test(this.#text);
  }

  #unexpected(expected: string): SyntaxError {
    const rest = this.#text.slice(this.#at, this.#at + 12);
    const found = rest === '' ? 'the end' : `'${rest}'`;
    return new SyntaxError(`expected ${expected} at position ${this.#at}, found ${found}`);
  }
}
