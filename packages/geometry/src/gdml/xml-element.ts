import { nearest } from '@lantern/units';
import { GdmlError, type GdmlPlace } from '../errors.ts';

/** An element of the file, with where it stands. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** The text inside, trimmed; empty for all but `<expression>` in a sound file. */
  readonly text: string;
  readonly file: string;
  readonly line: number;
}

/** The place of an element, for errors and warnings. */
export function placeOf(xml: XmlElement): GdmlPlace {
  const name = attribute(xml, 'name');
  const element = name === undefined ? `<${xml.name}>` : `<${xml.name} name="${shorten(name)}">`;
  return { file: xml.file, line: xml.line, element };
}

/** An error about an element. */
export function errorAt(
  xml: XmlElement,
  what: string,
  more: {
    given?: string | undefined;
    expected?: string | undefined;
    hint?: string | undefined;
    cause?: unknown;
  } = {},
): GdmlError {
  return new GdmlError(placeOf(xml), { what, ...more });
}

/** The attribute's text; undefined where it is not given. */
export function attribute(xml: XmlElement, name: string): string | undefined {
  return Object.hasOwn(xml.attributes, name) ? xml.attributes[name] : undefined;
}

/** The attribute's text, which must be there and not empty. */
export function requiredAttribute(xml: XmlElement, name: string): string {
  const text = attribute(xml, name);
  if (text === undefined || text === '') {
    throw errorAt(
      xml,
      text === undefined ? `the attribute ${name} is missing` : `the attribute ${name} is empty`,
      {
        hint: text === undefined ? suggestion(name, Object.keys(xml.attributes)) : undefined,
      },
    );
  }
  return text;
}

/**
 * The one element inside, which must be a `<name>`.
 *
 * @throws GdmlError when there is none, another or more
 */
export function onlyChild(xml: XmlElement, name: string): XmlElement {
  const [child, ...more] = xml.children;
  if (child?.name === name && more.length === 0) return child;
  throw errorAt(xml, 'its elements', {
    given: xml.children.map((other) => `<${shorten(other.name)}>`).join(', ') || 'none',
    expected: `one <${name}>`,
  });
}

/** An error that a child element has no meaning where it stands. */
export function unknownElement(
  child: XmlElement,
  parent: XmlElement,
  known: readonly string[],
): GdmlError {
  return errorAt(child, `no such element in <${parent.name}>`, {
    expected: known.length > 12 ? undefined : `one of ${known.join(', ')}`,
    hint: suggestion(child.name, known),
  });
}

/** `did you mean …?` for a misspelt name; undefined when nothing is near. */
export function suggestion(name: string, candidates: Iterable<string>): string | undefined {
  const near = nearest(shorten(name), candidates);
  return near === undefined ? undefined : `did you mean ${near}?`;
}

/** A name or value as a message shows it: hostile files have very long ones. */
export function shorten(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
