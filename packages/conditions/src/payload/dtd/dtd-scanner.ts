import { ConditionsError } from '../../errors.ts';

/** Characters that parameter entities may make of a DTD: the largest of GLAST's has 10,113. */
const maximumLength = 2 ** 20;
const maximumReferences = 10_000;
const name = /[A-Za-z_:\u00c0-\ufffd][\w:.\-\u00b7\u00c0-\ufffd]*/y;
const nmtoken = /[\w:.\-\u00b7\u00c0-\ufffd]+/y;

/** The text of a DTD, read from front to back; parameter entities are replaced on the way where they may be. */
export class DtdScanner {
  #text: string;
  #at = 0;
  #references = 0;
  readonly #where: string;
  readonly #firstLine: number;
  /** Parameter entities by name; undefined where references are not allowed inside declarations (internal subsets). */
  readonly #entities: ReadonlyMap<string, string> | undefined;

  constructor(
    text: string,
    where: string,
    firstLine: number,
    entities: ReadonlyMap<string, string> | undefined,
  ) {
    if (text.length > maximumLength) {
      throw new ConditionsError('invalid', {
        what: 'a DTD too large',
        where,
        given: `${text.length} characters`,
        expected: `at most ${maximumLength}`,
      });
    }
    this.#text = text;
    this.#where = where;
    this.#firstLine = firstLine;
    this.#entities = entities;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** Passes over white space and, inside declarations of a file, replaces references to parameter entities. */
  space(): boolean {
    const start = this.#at;
    for (;;) {
      this.#match(/\s+/y);
      const reference = this.#peek(/%([A-Za-z_:][\w:.-]*);/y);
      if (!reference) return this.#at > start;
      this.#expand(reference);
    }
  }

  expectSpace(): void {
    if (!this.space()) throw this.unexpected('white space');
  }

  /** Takes the text if it comes next. */
  take(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  expect(text: string): void {
    if (!this.take(text)) throw this.unexpected(`'${text}'`);
  }

  name(what: string): string {
    return this.#match(name) ?? this.#fail(what);
  }

  nmtoken(what: string): string {
    return this.#match(nmtoken) ?? this.#fail(what);
  }

  /** Text between quotes. */
  literal(what: string): string {
    const quoted = this.#match(/"[^"]*"|'[^']*'/y) ?? this.#fail(what);
    return quoted.slice(1, -1);
  }

  /** All until `end`, and `end` itself. */
  until(end: string, what: string): string {
    const stop = this.#text.indexOf(end, this.#at);
    if (stop < 0) throw this.error(`${what} that does not end`);
    const inside = this.#text.slice(this.#at, stop);
    this.#at = stop + end.length;
    return inside;
  }

  /** Where it stands: `badStrips.dtd:12`. */
  place(): string {
    let line = this.#firstLine;
    for (let at = 0; at < this.#at; at++) if (this.#text.charCodeAt(at) === 10) line++;
    return `${this.#where}:${line}`;
  }

  error(
    what: string,
    more: Omit<ConditionsError['parts'], 'what' | 'where'> = {},
  ): ConditionsError {
    return new ConditionsError('invalid', { what, where: this.place(), ...more });
  }

  unexpected(expected: string): ConditionsError {
    const found = this.isAtEnd
      ? 'the end'
      : `'${this.#text.slice(this.#at, this.#at + 16).replace(/\s+/g, ' ')}'`;
    return this.error('not a sound DTD', { given: found, expected });
  }

  #fail(what: string): never {
    throw this.unexpected(what);
  }

  #expand(reference: string): void {
    const entity = reference.slice(1, -1);
    if (this.#entities === undefined) {
      throw this.error(`a reference to a parameter entity in a declaration of an internal subset`, {
        given: reference,
        hint: 'XML allows it in DTD files only',
      });
    }
    const text = this.#entities.get(entity);
    if (text === undefined) {
      throw this.error('unknown parameter entity', {
        given: reference,
        expected: [...this.#entities.keys()].map((key) => `%${key};`).join(', ') || 'none',
      });
    }
    this.#references++;
    const rest = this.#text.slice(this.#at + reference.length);
    const flat = ` ${text.replace(/\s+/g, ' ')} `;
    if (
      this.#references > maximumReferences ||
      this.#at + flat.length + rest.length > maximumLength
    ) {
      throw this.error('parameter entities that grow without end', { given: reference });
    }
    this.#text = this.#text.slice(0, this.#at) + flat + rest;
  }

  #peek(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text)?.[0];
  }

  #match(pattern: RegExp): string | undefined {
    const found = this.#peek(pattern);
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}
