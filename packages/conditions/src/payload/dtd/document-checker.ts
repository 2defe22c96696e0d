import { shorten, suggestion } from '../xml/xml-element.ts';
import type { ContentState } from './content-model.ts';
import type { AttributeDeclaration, Dtd, ElementDeclaration } from './dtd.ts';

/** What is wrong with a document; the reader adds the place. */
export interface Violation {
  readonly what: string;
  readonly given?: string | undefined;
  readonly expected?: string | undefined;
  readonly hint?: string | undefined;
}

/** An element that is open. */
interface OpenElement {
  readonly declaration: ElementDeclaration;
  state: ContentState | undefined;
}

/**
 * Follows a document through its DTD: the content of elements, their attributes and defaults, identifiers (the validity
 * constraints of XML 1.0, sections 3.2 and 3.3).
 */
export class DocumentChecker {
  readonly #dtd: Dtd;
  readonly #report: (violation: Violation) => never;
  readonly #open: OpenElement[] = [];
  readonly #identifiers = new Set<string>();
  readonly #references = new Set<string>();

  constructor(dtd: Dtd, report: (violation: Violation) => never) {
    this.#dtd = dtd;
    this.#report = report;
  }

  /** Checks that the element may stand here, and its attributes. @returns these with the defaults, normalised */
  openElement(name: string, given: Readonly<Record<string, string>>): Record<string, string> {
    const parent = this.#open.at(-1);
    if (parent) this.#checkChild(parent, name);
    const declaration = this.#dtd.elements.get(name);
    if (!declaration?.content) {
      return this.#report({
        what: `<${shorten(name)}> is not declared in ${this.#dtd.where}`,
        hint: suggestion(name, this.#dtd.elements.keys()),
      });
    }
    const { content } = declaration;
    const state = content.kind === 'children' ? content.model.start : undefined;
    this.#open.push({ declaration, state });
    return this.#attributes(declaration, given);
  }

  text(isBlank: boolean): void {
    const { declaration } = this.#open.at(-1) ?? {};
    const kind = declaration?.content?.kind;
    if (kind === 'empty') this.#report({ what: `<${declaration?.name}> has to be empty` });
    if (kind === 'children' && !isBlank) {
      this.#report({ what: `text in <${declaration?.name}>, which has elements only` });
    }
  }

  closeElement(): void {
    const closed = this.#open.pop();
    if (closed?.state?.isEnd !== false) return;
    this.#report({
      what: `<${closed.declaration.name}> ends too early`,
      expected: inWords(closed.state.expected),
    });
  }

  /** The document is at its end. */
  end(): void {
    for (const reference of this.#references) {
      if (this.#identifiers.has(reference)) continue;
      this.#report({
        what: 'a reference to an identifier that no element has',
        given: `'${shorten(reference)}'`,
        hint: suggestion(reference, this.#identifiers),
      });
    }
  }

  #checkChild(parent: OpenElement, name: string): void {
    const { content, name: parentName } = parent.declaration;
    if (content?.kind === 'any') return;
    if (content?.kind === 'mixed' && content.names.has(name)) return;
    const next = this.#after(parent, name);
    if (next) {
      parent.state = next;
      return;
    }
    const expected =
      parent.state?.expected ?? (content?.kind === 'mixed' ? [...content.names] : []);
    this.#report({
      what: `<${shorten(name)}> may not stand here in <${parentName}>`,
      expected: expected.length > 0 ? inWords(expected) : 'no element',
      hint: expected.includes(name) ? undefined : suggestion(name, expected),
    });
  }

  #after({ state }: OpenElement, name: string): ContentState | undefined {
    try {
      return state?.after(name);
    } catch (error) {
      if (error instanceof RangeError) return this.#report({ what: error.message });
      throw error;
    }
  }

  #attributes(
    { name: element, attributes: declared }: ElementDeclaration,
    given: Readonly<Record<string, string>>,
  ): Record<string, string> {
    const values: Record<string, string> = {};
    for (const [name, text] of Object.entries(given)) {
      const declaration = declared.get(name);
      if (!declaration && !/^xml(?::|ns\b)/.test(name)) {
        this.#report({
          what: `<${element}> has no attribute ${shorten(name)}`,
          expected: [...declared.keys()].join(', ') || 'none',
          hint: suggestion(name, declared.keys()),
        });
      }
      values[name] = declaration ? this.#value(element, declaration, text) : text;
    }
    for (const { name, presence, value } of declared.values()) {
      if (Object.hasOwn(values, name)) continue;
      if (value !== undefined) values[name] = value;
      else if (presence === 'required') {
        this.#report({
          what: `the attribute ${name} is missing`,
          hint: suggestion(name, Object.keys(given)),
        });
      }
    }
    return values;
  }

  #value(element: string, declaration: AttributeDeclaration, text: string): string {
    const { name, type, words, presence, value: fixed } = declaration;
    if (type === 'CDATA') return this.#fixed(declaration, text);
    const value = text.trim().replace(/ +/g, ' ');
    const isSound =
      type === 'enumeration'
        ? words.includes(value)
        : (type.endsWith('S') ? value.split(' ') : [value]).every((word) =>
            (type.startsWith('NMTOKEN') ? nmtoken : identifier).test(word),
          );
    if (!isSound) {
      this.#report({
        what: `the attribute ${name} of <${element}>`,
        given: `'${shorten(value)}'`,
        expected: type === 'enumeration' ? `one of ${words.join(', ')}` : types[type],
        hint: type === 'enumeration' ? suggestion(value, words) : undefined,
      });
    }
    if (type === 'ID') {
      if (this.#identifiers.has(value)) {
        this.#report({ what: 'an identifier that another element has', given: `'${value}'` });
      }
      this.#identifiers.add(value);
    }
    if (type === 'IDREF' || type === 'IDREFS') {
      for (const word of value.split(' ')) this.#references.add(word);
    }
    return presence === 'fixed' && fixed !== undefined ? this.#fixed(declaration, value) : value;
  }

  #fixed({ name, presence, value }: AttributeDeclaration, text: string): string {
    if (presence === 'fixed' && text !== value) {
      this.#report({
        what: `the attribute ${name}`,
        given: `'${shorten(text)}'`,
        expected: `'${value}', always`,
      });
    }
    return text;
  }
}

const nmtoken = /^[\w:.\-\u00b7\u00c0-\ufffd]+$/;
const identifier = /^[A-Za-z_:\u00c0-\ufffd][\w:.\-\u00b7\u00c0-\ufffd]*$/;
const types: Readonly<Record<string, string>> = {
  ID: 'a name',
  IDREF: 'a name',
  IDREFS: 'names, with spaces between them',
  NMTOKEN: 'a word of letters, digits and . - _ :',
  NMTOKENS: 'words of letters, digits and . - _ :, with spaces between them',
};

function inWords(names: readonly string[]): string {
  const shown = names.slice(0, 12).map((name) => `<${name}>`);
  return names.length > 12 ? `${shown.join(', ')} …` : shown.join(' or ');
}
