import { SaxesParser } from 'saxes';
import { ConditionsError } from '../../errors.ts';
import { DocumentChecker } from '../dtd/document-checker.ts';
import { type DocumentType, DtdCatalog } from '../dtd/dtd-catalog.ts';
import { checkLimit, defaultPayloadLimits, type PayloadLimits } from '../limits.ts';
import { parseDocumentType } from './document-type.ts';
import { shorten, type XmlElement, xmlPlace } from './xml-element.ts';

/** How a document is read. */
export interface XmlOptions {
  /** What its DTD is looked up in; default: none. */
  readonly dtds?: DtdCatalog | undefined;
  /** What the metadata say of its version; it may name a DTD. Default: none. */
  readonly fmtVersion?: string | undefined;
  readonly limits?: PayloadLimits | undefined;
}

/**
 * Reads a document into elements that know their lines; with a DTD also checks it, and adds its defaults. Only the five
 * entities of XML itself and characters by number are replaced; nothing is ever fetched.
 *
 * @param where its file, for errors
 * @throws ConditionsError `invalid` with file, line and element, where the document is not well formed, not as its DTD says
 * or passes a limit; `absent` where it names a DTD that is not supplied
 */
export function parseXml(text: string, where: string, options: XmlOptions = {}): XmlElement {
  return new XmlReader(where, options).read(text);
}

interface DraftElement {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: DraftElement[];
  text: string;
  readonly file: string;
  readonly line: number;
}

/** Characters given to the parser at once, so that limits stop it early. */
const chunkLength = 65_536;

class XmlReader {
  readonly #parser = new SaxesParser<{ xmlns: false; position: false }>({
    xmlns: false,
    position: false,
  });
  readonly #where: string;
  readonly #dtds: DtdCatalog;
  readonly #fmtVersion: string;
  readonly #limits: PayloadLimits;
  readonly #open: DraftElement[] = [];
  #checker: DocumentChecker | undefined;
  #type: DocumentType | undefined;
  #root: DraftElement | undefined;
  #elements = 0;
  #tagLine = 1;
  /** Where an error is, if not where the parser stands. */
  #errorLine: number | undefined;

  constructor(where: string, options: XmlOptions) {
    this.#where = where;
    this.#dtds = options.dtds ?? new DtdCatalog();
    this.#fmtVersion = options.fmtVersion ?? '';
    this.#limits = options.limits ?? defaultPayloadLimits;
    const parser = this.#parser;
    parser.on('doctype', (declaration) => this.#documentType(declaration));
    parser.on('opentagstart', () => {
      this.#tagLine = parser.line;
    });
    parser.on('opentag', (tag) => this.#openTag(tag.name, tag.attributes));
    parser.on('closetag', () => this.#closeTag());
    parser.on('text', (piece) => this.#text(piece));
    parser.on('cdata', (piece) => this.#text(piece));
    parser.on('error', (error) => this.#fail({ what: describe(error.message) }));
  }

  read(text: string): XmlElement {
    if (/^\s*$/.test(text)) this.#fail({ what: 'the file is empty' });
    for (let at = 0; at < text.length; at += chunkLength) {
      this.#parser.write(text.slice(at, at + chunkLength));
    }
    const unclosed = this.#open.at(-1);
    if (unclosed) {
      this.#fail({
        what: `the file ends inside <${shorten(unclosed.name)}>, opened in line ${unclosed.line}: is it truncated?`,
      });
    }
    this.#parser.close();
    if (!this.#root) this.#fail({ what: 'the file holds no element: is it XML?' });
    this.#checker?.end();
    return this.#root as XmlElement;
  }

  #documentType(declaration: string): void {
    const line = this.#parser.line - (declaration.split('\n').length - 1);
    this.#type = parseDocumentType(declaration, this.#where, line);
  }

  #openTag(name: string, given: Record<string, string>): void {
    if (!this.#root) this.#begin(name);
    this.#elements++;
    const place = `${this.#where}:${this.#tagLine}`;
    checkLimit(this.#limits, 'items', this.#elements, 'too many elements', place);
    for (const [key, text] of Object.entries(given)) {
      const what = `the attribute ${shorten(key)} is too long`;
      checkLimit(this.#limits, 'text', text.length, what, place);
    }
    this.#errorLine = this.#tagLine;
    const attributes = this.#checker?.openElement(name, given) ?? given;
    this.#errorLine = undefined;
    const file = this.#where;
    const element = { name, attributes, children: [], text: '', file, line: this.#tagLine };
    const parent = this.#open.at(-1);
    if (parent) parent.children.push(element);
    else this.#root = element;
    this.#open.push(element);
    checkLimit(this.#limits, 'depth', this.#open.length, 'elements inside elements', place);
  }

  /** The first element has been reached: the document has said of its type what it can. */
  #begin(root: string): void {
    const type = this.#type ?? { root };
    const dtd = this.#dtds.forDocument(type, this.#fmtVersion, this.#where);
    if (!dtd) return;
    if (type.root !== root) {
      this.#fail({
        what: `the document begins with <${shorten(root)}>`,
        expected: `<${type.root}>`,
      });
    }
    this.#checker = new DocumentChecker(dtd, (violation) =>
      this.#fail({ ...violation, what: `not as ${dtd.where} says: ${violation.what}` }),
    );
  }

  #text(piece: string): void {
    const parent = this.#open.at(-1);
    if (!parent) return;
    const isBlank = !/\S/.test(piece);
    this.#checker?.text(isBlank);
    if (!isBlank) parent.text += piece;
  }

  #closeTag(): void {
    this.#checker?.closeElement();
    const closed = this.#open.pop();
    if (closed && closed.text !== '') closed.text = closed.text.trim();
  }

  #fail(parts: Omit<ConditionsError['parts'], 'where'>): never {
    const open = this.#open.at(-1);
    const place = `${this.#where}:${this.#errorLine ?? this.#parser.line}`;
    const where = open ? `${place}: in ${xmlPlace(open).replace(/^.*?: (?=<)/s, '')}` : place;
    throw new ConditionsError('invalid', { ...parts, where });
  }
}

function describe(message: string): string {
  const plain = message.replace(/^\d+:\d+:\s*/, '');
  const isEntity = /entity/i.test(plain);
  return isEntity
    ? `not well-formed XML, or an entity, which payloads may not have: ${plain}`
    : `not well-formed XML: ${plain}`;
}
