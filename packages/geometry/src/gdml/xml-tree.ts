import { SaxesParser } from 'saxes';
import { GdmlError } from '../errors.ts';
import { newlines, readPrologue } from './document-type.ts';
import { expandEntities, type Include, type Segment } from './entities.ts';
import type { GdmlLimits } from './limits.ts';
import type { XmlElement } from './xml-element.ts';

interface OpenElement {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: XmlElement[];
  text: string;
  readonly file: string;
  readonly line: number;
}

/**
 * Parses XML into elements that know their file and line, entities written out.
 *
 * @throws {GdmlError} where the text is not well-formed XML, or passes a limit
 */
export function parseXml(
  text: string | Iterable<string>,
  file: string,
  include: Include,
  limits: GdmlLimits,
): XmlElement {
  const builder = new TreeBuilder(file, limits);
  for (const segment of segmentsOf(text, file, include, limits)) builder.write(segment);
  return builder.close();
}

/** The document in pieces for the parser; only a document with a document type declaration is held as a whole. */
function* segmentsOf(
  text: string | Iterable<string>,
  file: string,
  include: Include,
  limits: GdmlLimits,
): Generator<Segment> {
  let head = '';
  let headed = false;
  let line = 1;
  for (const chunk of typeof text === 'string' ? [text] : text) {
    if (headed) {
      yield { text: chunk, file, line };
      line += newlines(chunk);
      continue;
    }
    head += chunk;
    headed = /<[A-Za-z_:]/.test(head) && !head.includes('<!DOCTYPE');
    if (headed) {
      yield { text: head, file, line };
      line += newlines(head);
    }
  }
  if (headed) return;
  const { end, entities } = readPrologue(head, file);
  const front = head.slice(0, end);
  yield { text: front, file, line };
  const body = { text: head.slice(end), file, line: line + newlines(front) };
  yield* expandEntities(body, entities, include, limits);
}

class TreeBuilder {
  readonly #parser = new SaxesParser<{ xmlns: false; position: false }>({
    xmlns: false,
    position: false,
  });
  readonly #limits: GdmlLimits;
  readonly #open: OpenElement[] = [];
  #root: OpenElement | undefined;
  #file: string;
  #lineOffset = 0;
  #tagLine = 1;
  #empty = true;

  constructor(file: string, limits: GdmlLimits) {
    this.#file = file;
    this.#limits = limits;
    const parser = this.#parser;
    parser.on('opentagstart', () => {
      this.#tagLine = this.#line();
    });
    parser.on('opentag', (tag) => this.#openTag(tag.name, tag.attributes));
    parser.on('closetag', () => {
      const closed = this.#open.pop();
      if (closed && closed.text !== '') closed.text = closed.text.trim();
    });
    parser.on('text', (text) => this.#addText(text));
    parser.on('cdata', (text) => this.#addText(text));
    parser.on('error', (error) => {
      throw this.#error(`not well-formed XML: ${error.message}`);
    });
  }

  write({ text, file, line }: Segment): void {
    if (text === '') return;
    this.#empty = this.#empty && /^\s*$/.test(text);
    this.#file = file;
    this.#lineOffset = line - this.#parser.line;
    this.#parser.write(text);
  }

  close(): XmlElement {
    if (this.#empty) throw this.#error('the file is empty');
    const unclosed = this.#open.at(-1);
    if (unclosed) {
      throw this.#error(
        `the file ends inside <${unclosed.name}>, opened in line ${unclosed.line}: is it truncated?`,
      );
    }
    this.#parser.close();
    if (!this.#root) throw this.#error('the file holds no element: is it GDML?');
    return this.#root;
  }

  #openTag(name: string, attributes: Record<string, string>): void {
    const element = {
      name,
      attributes,
      children: [],
      text: '',
      file: this.#file,
      line: this.#tagLine,
    };
    const parent = this.#open.at(-1);
    if (parent) parent.children.push(element);
    else this.#root = element;
    this.#open.push(element);
    if (this.#open.length > this.#limits.depth) {
      throw this.#error(`elements inside elements, more than ${this.#limits.depth} deep`);
    }
  }

  #addText(text: string): void {
    const parent = this.#open.at(-1);
    if (parent && /\S/.test(text)) parent.text += text;
  }

  #line(): number {
    return this.#parser.line + this.#lineOffset;
  }

  #error(what: string): GdmlError {
    const open = this.#open.at(-1);
    return new GdmlError(
      { file: this.#file, line: this.#line(), element: open ? `<${open.name}>` : '' },
      { what },
    );
  }
}
