import type { ConditionsError } from '../../errors.ts';
import { ContentModel, type Particle } from './content-model.ts';
import type {
  AttributeDeclaration,
  AttributeType,
  Content,
  Dtd,
  ElementDeclaration,
} from './dtd.ts';
import { DtdScanner } from './dtd-scanner.ts';

/** Deeper groups than any DTD has. */
const maximumDepth = 50;

/**
 * Reads a DTD: elements, attributes and, in files, internal parameter entities. General entities, external ones,
 * notations and conditional sections are refused: calibrations have none, and they are how XML attacks its readers.
 *
 * @param where its file, or the document that holds it
 * @param kind a file of its own, or the internal subset of a document
 * @param firstLine where in the file it begins
 * @throws ConditionsError `invalid` with the line
 */
export function parseDtd(
  text: string,
  where: string,
  kind: 'file' | 'internal' = 'file',
  firstLine: number = 1,
): Dtd {
  return new DtdParser(text, where, kind, firstLine).parse();
}

class DtdParser {
  readonly #scanner: DtdScanner;
  readonly #where: string;
  readonly #elements = new Map<string, ElementDeclaration>();
  readonly #entities = new Map<string, string>();

  constructor(text: string, where: string, kind: 'file' | 'internal', firstLine: number) {
    this.#where = where;
    const body = text.replace(/^\ufeff?(?:<\?xml\b[^>]*\?>)?/, (head) =>
      head.replace(/[^\n]/g, ' '),
    );
    const entities = kind === 'file' ? this.#entities : undefined;
    this.#scanner = new DtdScanner(body, where, firstLine, entities);
  }

  parse(): Dtd {
    const scanner = this.#scanner;
    for (scanner.space(); !scanner.isAtEnd; scanner.space()) this.#declaration();
    return { where: this.#where, elements: this.#elements };
  }

  #declaration(): void {
    const scanner = this.#scanner;
    if (scanner.take('<!--')) {
      scanner.until('--', 'a comment');
      scanner.expect('>');
    } else if (scanner.take('<!ELEMENT')) this.#element();
    else if (scanner.take('<!ATTLIST')) this.#attributes();
    else if (scanner.take('<!ENTITY')) this.#entity();
    else if (scanner.take('<?')) scanner.until('?>', 'a processing instruction');
    else if (scanner.take('<![')) throw this.#refused('conditional sections');
    else if (scanner.take('<!NOTATION')) throw this.#refused('notations');
    else throw scanner.unexpected('<!ELEMENT, <!ATTLIST or a comment');
  }

  #refused(what: string): ConditionsError {
    return this.#scanner.error(`${what} are not read`, {
      hint: 'write the DTD without them: it is read with every payload, whoever sent it',
    });
  }

  #entity(): void {
    const scanner = this.#scanner;
    scanner.expectSpace();
    if (!scanner.take('%')) throw this.#refused('entities of a document');
    scanner.expectSpace();
    const name = scanner.name('the name of an entity');
    scanner.expectSpace();
    if (scanner.take('SYSTEM') || scanner.take('PUBLIC')) throw this.#refused('external entities');
    const value = scanner.literal('the text of an entity, in quotes');
    if (!this.#entities.has(name)) this.#entities.set(name, value);
    scanner.space();
    scanner.expect('>');
  }

  #element(): void {
    const scanner = this.#scanner;
    scanner.expectSpace();
    const name = scanner.name('the name of an element');
    scanner.expectSpace();
    const element = this.#declared(name);
    if (element.content) throw scanner.error(`<${name}> is declared twice`);
    element.content = this.#content();
    scanner.space();
    scanner.expect('>');
  }

  #content(): Content {
    const scanner = this.#scanner;
    if (scanner.take('EMPTY')) return { kind: 'empty' };
    if (scanner.take('ANY')) return { kind: 'any' };
    scanner.expect('(');
    scanner.space();
    if (scanner.take('#PCDATA')) return this.#mixed();
    const particle = this.#group(1);
    try {
      return { kind: 'children', model: new ContentModel(particle) };
    } catch (cause) {
      if (cause instanceof RangeError) throw scanner.error(cause.message, { cause });
      throw cause;
    }
  }

  #mixed(): Content {
    const scanner = this.#scanner;
    const names = new Set<string>();
    for (scanner.space(); scanner.take('|'); scanner.space()) {
      scanner.space();
      names.add(scanner.name('the name of an element'));
    }
    scanner.expect(')');
    if (!scanner.take('*') && names.size > 0) throw scanner.unexpected("'*'");
    return { kind: 'mixed', names };
  }

  /** What comes behind an opening bracket. */
  #group(depth: number): Particle {
    const scanner = this.#scanner;
    if (depth > maximumDepth) throw scanner.error('groups inside groups, too deep');
    const items: Particle[] = [];
    let separator: ',' | '|' | undefined;
    for (;;) {
      scanner.space();
      items.push(this.#particle(depth));
      scanner.space();
      if (scanner.take(')')) break;
      const next = scanner.take(',') ? ',' : scanner.take('|') ? '|' : undefined;
      if (next === undefined || (separator !== undefined && next !== separator)) {
        throw scanner.unexpected(`'${separator ?? ','}' or ')'`);
      }
      separator = next;
    }
    const kind = separator === '|' ? 'choice' : 'sequence';
    return { kind, items, occurs: this.#occurs() };
  }

  #particle(depth: number): Particle {
    if (this.#scanner.take('(')) return this.#group(depth + 1);
    const name = this.#scanner.name("the name of an element or '('");
    return { kind: 'name', name, occurs: this.#occurs() };
  }

  #occurs(): '' | '?' | '*' | '+' {
    const scanner = this.#scanner;
    return scanner.take('?') ? '?' : scanner.take('*') ? '*' : scanner.take('+') ? '+' : '';
  }

  #attributes(): void {
    const scanner = this.#scanner;
    scanner.expectSpace();
    const { attributes } = this.#declared(scanner.name('the name of an element'));
    for (;;) {
      const isSpaced = scanner.space();
      if (scanner.take('>')) return;
      if (!isSpaced) throw scanner.unexpected("white space or '>'");
      const declared = this.#attribute(scanner.name("the name of an attribute or '>'"));
      if (!attributes.has(declared.name)) attributes.set(declared.name, declared);
    }
  }

  #attribute(name: string): AttributeDeclaration {
    const scanner = this.#scanner;
    scanner.expectSpace();
    const { type, words } = this.#type();
    scanner.expectSpace();
    if (scanner.take('#REQUIRED')) return { name, type, words, presence: 'required' };
    if (scanner.take('#IMPLIED')) return { name, type, words, presence: 'implied' };
    const isFixed = scanner.take('#FIXED');
    if (isFixed) scanner.expectSpace();
    const value = scanner.literal('#REQUIRED, #IMPLIED, #FIXED or a default in quotes');
    return { name, type, words, presence: isFixed ? 'fixed' : 'default', value };
  }

  #type(): { readonly type: AttributeType; readonly words: readonly string[] } {
    const scanner = this.#scanner;
    if (scanner.take('(')) {
      const words: string[] = [];
      do {
        scanner.space();
        words.push(scanner.nmtoken('a word'));
        scanner.space();
      } while (scanner.take('|'));
      scanner.expect(')');
      return { type: 'enumeration', words };
    }
    const written = scanner.name('the type of an attribute');
    const type = types.find((known) => known === written);
    if (type !== undefined) return { type, words: [] };
    if (['ENTITY', 'ENTITIES', 'NOTATION'].includes(written))
      throw this.#refused(`attributes of type ${written}`);
    throw scanner.error('type of an attribute', {
      given: `'${written}'`,
      expected: types.join(', '),
    });
  }

  #declared(name: string): ElementDeclaration {
    const known = this.#elements.get(name);
    if (known) return known;
    const element = { name, attributes: new Map<string, AttributeDeclaration>() };
    this.#elements.set(name, element);
    return element;
  }
}

const types = ['CDATA', 'ID', 'IDREF', 'IDREFS', 'NMTOKEN', 'NMTOKENS'] as const;
