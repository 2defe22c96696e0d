import { nearest } from '@lantern/units';
import { ConditionsError } from '../../errors.ts';

/** An element of a document, with where it stands. */
export interface XmlElement {
  readonly name: string;
  /** Those that the document gives, and those that its DTD adds. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** The text inside without its children's, trimmed. */
  readonly text: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** `file:12: <tile tileId="000">`, for errors. */
export function xmlPlace(xml: Pick<XmlElement, 'name' | 'attributes' | 'file' | 'line'>): string {
  const [first] = Object.entries(xml.attributes);
  const attribute = first ? ` ${first[0]}="${shorten(first[1])}"` : '';
  return `${xml.file}:${xml.line}: <${shorten(xml.name)}${attribute}>`;
}

/** An error about an element. */
export function xmlError(
  xml: XmlElement,
  what: string,
  more: Omit<ConditionsError['parts'], 'what' | 'where'> = {},
): ConditionsError {
  return new ConditionsError('invalid', { what, where: xmlPlace(xml), ...more });
}

/** The attribute's text; undefined where it is not given. */
export function attribute(xml: XmlElement, name: string): string | undefined {
  return Object.hasOwn(xml.attributes, name) ? xml.attributes[name] : undefined;
}

/** The attribute's text, which must be there. */
export function requiredAttribute(xml: XmlElement, name: string): string {
  const text = attribute(xml, name);
  if (text !== undefined) return text;
  throw xmlError(xml, `the attribute ${name} is missing`, {
    hint: suggestion(name, Object.keys(xml.attributes)),
  });
}

/** The children of that name, in order. */
export function childrenNamed(xml: XmlElement, name: string): readonly XmlElement[] {
  return xml.children.filter((child) => child.name === name);
}

/** The only child of that name. */
export function onlyChild(xml: XmlElement, name: string): XmlElement {
  const [child, another] = childrenNamed(xml, name);
  if (child && !another) return child;
  throw xmlError(another ?? xml, another ? `a second <${name}>` : `no <${name}> inside`, {
    hint: child
      ? undefined
      : suggestion(
          name,
          xml.children.map((other) => other.name),
        ),
  });
}

/** `did you mean …?` for a misspelt name; undefined when nothing is near. */
export function suggestion(name: string, candidates: Iterable<string>): string | undefined {
  const near = nearest(shorten(name), candidates);
  return near === undefined ? undefined : `did you mean ${near}?`;
}

/** A name or value as a message shows it: hostile files have very long ones. */
export function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
