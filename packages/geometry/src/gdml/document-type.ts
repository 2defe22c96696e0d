import { GdmlError } from '../errors.ts';

/** An entity of a document type declaration: text, or the path of a file. */
export type Entity =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string };

/** What precedes the root element, as far as it concerns entities. */
export interface Prologue {
  /** Where the text goes on after the document type declaration; 0 where there is none. */
  readonly end: number;
  readonly entities: ReadonlyMap<string, Entity>;
}

const declaration =
  /<!--[\s\S]*?-->|<!ENTITY\s+(%\s+)?([^\s"'>]+)\s+(?:(SYSTEM|PUBLIC)\s+(?:(?:"[^"]*"|'[^']*')\s+(?=["']))?)?(?:"([^"]*)"|'([^']*)')[^>]*>|%[^\s;]*;/g;

/**
 * Finds the document type declaration and the entities it declares.
 *
 * @throws {GdmlError} for a declaration without end, and for parameter entities
 */
export function readPrologue(text: string, file: string): Prologue {
  const start = documentTypeStart(text);
  if (start < 0) return { end: 0, entities: new Map() };
  const line = 1 + newlines(text.slice(0, start));
  const extent = documentTypeExtent(text, start);
  if (!extent) {
    const place = { file, line, element: '<!DOCTYPE>' };
    throw new GdmlError(place, { what: 'the document type declaration has no end' });
  }
  const subset = text.slice(extent.open, extent.close);
  const firstLine = line + newlines(text.slice(start, extent.open));
  return { end: extent.end, entities: readDeclarations(subset, file, firstLine) };
}

/** The index of `<!DOCTYPE`, with only space, comments and instructions before it; -1 where there is none. */
function documentTypeStart(text: string): number {
  let at = 0;
  for (;;) {
    while (/[\s\uFEFF]/.test(text.charAt(at))) at++;
    const end = text.startsWith('<!--', at) ? '-->' : text.startsWith('<?', at) ? '?>' : undefined;
    if (end === undefined) return text.startsWith('<!DOCTYPE', at) ? at : -1;
    const closed = text.indexOf(end, at);
    if (closed < 0) return -1;
    at = closed + end.length;
  }
}

/** Where the internal subset opens and closes, and where the declaration ends. */
function documentTypeExtent(
  text: string,
  start: number,
): { open: number; close: number; end: number } | undefined {
  let open = start;
  let close = start;
  let inside = false;
  for (let at = start + 1; at >= 0 && at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"' || character === "'") {
      at = text.indexOf(character, at + 1);
      if (at < 0) return undefined;
    } else if (text.startsWith('<!--', at)) {
      at = text.indexOf('-->', at);
      if (at < 0) return undefined;
    } else if (character === '[' && !inside) {
      inside = true;
      open = at + 1;
    } else if (character === ']' && inside) {
      inside = false;
      close = at;
    } else if (character === '>' && !inside) {
      return { open, close, end: at + 1 };
    }
  }
  return undefined;
}

function readDeclarations(subset: string, file: string, firstLine: number): Map<string, Entity> {
  const entities = new Map<string, Entity>();
  for (const match of subset.matchAll(declaration)) {
    if (match[0].startsWith('<!--')) continue;
    const [, parameter, name, external, double, single] = match;
    if (match[0].startsWith('%') || parameter !== undefined) {
      const line = firstLine + newlines(subset.slice(0, match.index));
      throw new GdmlError(
        { file, line, element: '<!ENTITY>' },
        { what: 'parameter entities are not read', given: match[0].slice(0, 60) },
      );
    }
    if (name === undefined || entities.has(name)) continue;
    const value = double ?? single ?? '';
    entities.set(
      name,
      external ? { kind: 'file', path: value } : { kind: 'text', text: characters(value) },
    );
  }
  return entities;
}

/** Character references in an entity's value are replaced where it is declared (XML 1.0, 4.5). */
function characters(value: string): string {
  const reference = /&#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));/g;
  return value.replace(reference, (whole: string, hex?: string, decimal?: string) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** How many line ends a text holds. */
export function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
