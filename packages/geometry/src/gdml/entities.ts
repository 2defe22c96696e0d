import { GdmlError, type GdmlPlace } from '../errors.ts';
import { type Entity, newlines } from './document-type.ts';
import type { GdmlLimits } from './limits.ts';

/** A piece of text as the XML parser gets it, and the place where it begins. */
export interface Segment {
  readonly text: string;
  readonly file: string;
  readonly line: number;
}

/**
 * Gives the text of an included file.
 *
 * @param path as written: relative, at or below the folder of the main file
 * @param from the file that includes it
 */
export type Include = (path: string, from: string) => string;

/** A text whose entities are being written out. */
interface Body extends Segment {
  /** The entities it stands in, outermost first. */
  readonly open: readonly string[];
  /** Whether its line numbers mean anything: not those of an entity's own text. */
  readonly counted: boolean;
}

/**
 * The text with its entities written out: pieces, each with its file and line.
 *
 * @throws {GdmlError} for an entity inside itself, and for more text than `limits.entityCharacters` allows
 */
export function expandEntities(
  text: Segment,
  entities: ReadonlyMap<string, Entity>,
  include: Include,
  limits: GdmlLimits,
): Generator<Segment> {
  let left = limits.entityCharacters;
  let leftForFiles = limits.includedCharacters;
  return expand({ ...text, open: [], counted: true });

  function* expand(body: Body): Generator<Segment> {
    let from = 0;
    let line = body.line;
    for (const { index, name } of references(body.text)) {
      const entity = entities.get(name);
      if (!entity) continue;
      const before = body.text.slice(from, index);
      yield { text: before, file: body.file, line };
      if (body.counted) line += newlines(before);
      from = index + name.length + 2;
      yield* expand(opened(name, entity, { ...body, line }));
    }
    yield { text: body.text.slice(from), file: body.file, line };
  }

  function opened(name: string, entity: Entity, { file, line, open }: Body): Body {
    const place = { file, line, element: `&${name.slice(0, 60)};` };
    if (open.includes(name)) throw new GdmlError(place, { what: 'the entity contains itself' });
    if (open.length >= limits.includeDepth) {
      throw new GdmlError(place, {
        what: `more than ${limits.includeDepth} entities inside each other`,
      });
    }
    const inner = [...open, name];
    if (entity.kind === 'file') {
      const text = readIncluded(include, entity.path, place);
      leftForFiles -= text.length + 1;
      if (leftForFiles < 0) {
        const what = `the included files add more than ${limits.includedCharacters} characters`;
        throw new GdmlError(place, { what });
      }
      return { text, file: entity.path, line: 1, open: inner, counted: true };
    }
    left -= entity.text.length + 1;
    if (left < 0) {
      const what = `the entities add more than ${limits.entityCharacters} characters to the file`;
      throw new GdmlError(place, { what });
    }
    // Quotes in an entity's text do not end an attribute (XML 1.0, 4.4.5); in markup they stay what they are.
    const { text } = entity;
    const safe = text.includes('<')
      ? text
      : text.replaceAll('"', '&quot;').replaceAll("'", '&apos;');
    return { text: safe, file, line, open: inner, counted: false };
  }
}

/** The `&name;` of a text, but for those in comments, instructions and CDATA sections. */
function* references(text: string): Generator<{ index: number; name: string }> {
  const interesting = /&([^\s&;#<]{1,200});|<!--|<!\[CDATA\[|<\?/g;
  for (;;) {
    const found = interesting.exec(text);
    if (!found) return;
    const [opening, name] = found;
    if (name !== undefined) {
      yield { index: found.index, name };
      continue;
    }
    const end = opening === '<!--' ? '-->' : opening === '<?' ? '?>' : ']]>';
    const closed = text.indexOf(end, found.index);
    if (closed < 0) return;
    interesting.lastIndex = closed + end.length;
  }
}

/**
 * An included file's text; its XML declaration is taken out.
 *
 * @throws {GdmlError} when the path leads elsewhere than at or below the folder of the main file
 */
export function readIncluded(include: Include, path: string, place: GdmlPlace): string {
  refuseForeignPath(path, place);
  return include(path, place.file).replace(/^\uFEFF?(\s*)<\?xml[^>]*\?>/, '$1');
}

/** Only relative paths are followed: no network, no absolute path, whatever the caller's {@link Include} would do. */
function refuseForeignPath(path: string, place: GdmlPlace): void {
  const foreign =
    /^[A-Za-z][A-Za-z0-9+.-]*:/.test(path) || /^[/\\]/.test(path) || path.includes('\0');
  if (path === '' || foreign || path.split(/[/\\]/).includes('..')) {
    throw new GdmlError(place, {
      what: 'this file is not included',
      given: JSON.stringify(path.slice(0, 120)),
      expected: 'a relative path at or below the folder of the main file',
    });
  }
}
