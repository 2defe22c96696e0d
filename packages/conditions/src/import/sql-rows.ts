import { ConditionsError } from '../errors.ts';

/** A row of a table, by column; undefined stands for NULL. */
export type FieldRow = Readonly<Record<string, string | undefined>>;

/** A row, with where it is. */
export interface LocatedRow {
  readonly fields: FieldRow;
  readonly where: string;
}

/**
 * The rows that a MySQL dump or script inserts: `INSERT INTO t (columns) VALUES (…), (…)`, without columns where the same
 * text creates the table, and `INSERT INTO t SET column = value, …`. Other statements are passed over.
 *
 * @param table only rows of tables whose name begins so
 * @throws ConditionsError `invalid` with the line
 */
export function sqlRows(
  text: string,
  file: string,
  table: string = 'metadata',
): readonly LocatedRow[] {
  return new SqlReader(text, file, table).read();
}

const token =
  /\s+|--[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*"|`[^`]*`|[A-Za-z_]\w*|[+-]?\d[\w.+-]*|[\s\S]/gy;
const isBlank = /^(?:\s|--|#|\/\*)/;

class SqlReader {
  readonly #file: string;
  readonly #table: string;
  readonly #words: { readonly word: string; readonly line: number }[] = [];
  readonly #columns = new Map<string, string[]>();
  readonly #rows: LocatedRow[] = [];
  #at = 0;

  constructor(text: string, file: string, table: string) {
    this.#file = file;
    this.#table = table.toLowerCase();
    let line = 1;
    for (const [word] of text.matchAll(token)) {
      if (!isBlank.test(word)) this.#words.push({ word, line });
      line += word.split('\n').length - 1;
    }
  }

  read(): readonly LocatedRow[] {
    while (this.#at < this.#words.length) {
      if (this.#take('INSERT')) this.#insert();
      else if (this.#take('CREATE') && this.#take('TABLE')) this.#create();
      this.#passStatement();
    }
    return this.#rows;
  }

  #insert(): void {
    this.#take('IGNORE');
    this.#expect('INTO');
    const table = this.#name();
    if (!table.toLowerCase().startsWith(this.#table)) return;
    if (this.#take('SET')) {
      this.#rows.push(this.#assignments());
      return;
    }
    const columns =
      this.#peek() === '(' ? this.#list(() => this.#name()) : this.#columns.get(table);
    if (!columns)
      throw this.#error('an INSERT without columns into a table that is not created here');
    this.#expect('VALUES');
    do {
      const where = this.#where();
      const values = this.#list(() => this.#value());
      if (values.length !== columns.length) {
        throw this.#error('the number of values', String(values.length), String(columns.length));
      }
      const fields = Object.fromEntries(columns.map((column, i) => [column, values[i]]));
      this.#rows.push({ fields, where });
    } while (this.#take(','));
  }

  #assignments(): LocatedRow {
    const where = this.#where();
    const fields: Record<string, string | undefined> = {};
    do {
      const column = this.#name();
      this.#expect('=');
      fields[column] = this.#value();
    } while (this.#take(','));
    return { fields, where };
  }

  #create(): void {
    if (this.#take('IF')) this.#at += 2;
    const table = this.#name();
    this.#expect('(');
    const columns: string[] = [];
    let depth = 1;
    let isFirst = true;
    while (depth > 0 && this.#at < this.#words.length) {
      const word = this.#words[this.#at++]?.word ?? '';
      if (isFirst && depth === 1 && !isKey.test(word)) columns.push(unquoted(word));
      isFirst = depth === 1 && word === ',';
      depth += word === '(' ? 1 : word === ')' ? -1 : 0;
    }
    this.#columns.set(table, columns);
  }

  #list<T>(item: () => T): T[] {
    this.#expect('(');
    const items: T[] = [];
    do items.push(item());
    while (this.#take(','));
    this.#expect(')');
    return items;
  }

  #name(): string {
    const word = this.#words[this.#at]?.word ?? '';
    if (!/^(?:`[^`]+`|[A-Za-z_]\w*)$/.test(word)) throw this.#error('no name', `'${word}'`);
    this.#at++;
    return unquoted(word);
  }

  #value(): string | undefined {
    const word = this.#words[this.#at]?.word ?? '';
    this.#at++;
    if (word.toUpperCase() === 'NULL') return undefined;
    if (/^['"][\s\S]*['"]$/.test(word) && word.length > 1) return unescaped(word);
    if (/^[+-]?\d/.test(word)) return word;
    this.#at--;
    throw this.#error('no value', `'${word}'`, "a number, NULL or 'text'");
  }

  /** To the end of the statement; semicolons in texts are inside of words. */
  #passStatement(): void {
    while (this.#at < this.#words.length && this.#words[this.#at++]?.word !== ';');
  }

  #peek(): string | undefined {
    return this.#words[this.#at]?.word;
  }

  #take(word: string): boolean {
    if (this.#peek()?.toUpperCase() !== word) return false;
    this.#at++;
    return true;
  }

  #expect(word: string): void {
    if (!this.#take(word)) {
      throw this.#error('not the SQL of a dump', `'${this.#peek() ?? 'the end'}'`, `'${word}'`);
    }
  }

  #where(): string {
    const { line } = this.#words[this.#at] ?? this.#words.at(-1) ?? { line: 1 };
    return `${this.#file}:${line}`;
  }

  #error(what: string, given?: string, expected?: string): ConditionsError {
    return new ConditionsError('invalid', {
      what,
      where: this.#where(),
      given: given?.slice(0, 80),
      expected,
    });
  }
}

const isKey = /^(?:PRIMARY|KEY|INDEX|UNIQUE|CONSTRAINT|FULLTEXT|FOREIGN|CHECK)$/i;

function unquoted(name: string): string {
  return name.startsWith('`') ? name.slice(1, -1) : name;
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '0': '\u0000',
  Z: '\u001a',
  b: '\b',
};

function unescaped(literal: string): string {
  const quote = literal[0] ?? '';
  return literal
    .slice(1, -1)
    .replace(/\\([\s\S])|(['"])\2/g, (both, escaped?: string, doubled?: string) => {
      if (escaped !== undefined) return escapes[escaped] ?? escaped;
      return doubled === quote ? quote : both;
    });
}
