import { GeometryError } from '../errors.ts';

/** The attributes of an element, in order; those that are undefined are left out. */
export type WrittenAttributes = Readonly<Record<string, string | number | undefined>>;

/** Writes XML, indented, numbers so that they read back as the same numbers. */
export class XmlWriter {
  readonly #lines: string[] = ['<?xml version="1.0" encoding="UTF-8"?>'];
  #indent = '';

  /** Writes an element, with what `content` writes inside it. */
  element(name: string, attributes: WrittenAttributes = {}, content?: () => void): void {
    const words = Object.entries(attributes).flatMap(([key, value]) =>
      value === undefined
        ? []
        : [` ${key}="${typeof value === 'number' ? number(value) : escaped(value)}"`],
    );
    const opening = `${this.#indent}<${name}${words.join('')}`;
    const before = this.#lines.length;
    this.#lines.push(`${opening}>`);
    this.#indent += '  ';
    content?.();
    this.#indent = this.#indent.slice(2);
    if (this.#lines.length === before + 1) this.#lines[before] = `${opening}/>`;
    else this.#lines.push(`${this.#indent}</${name}>`);
  }

  /** The text. */
  text(): string {
    return `${this.#lines.join('\n')}\n`;
  }
}

/** The shortest decimal that reads back as the same number. */
export function number(value: number): string {
  if (!Number.isFinite(value))
    throw new GeometryError({ what: 'a number that GDML cannot hold', given: String(value) });
  return String(value + 0);
}

function escaped(text: string): string {
  if ([...text].some(isForbidden)) {
    throw new GeometryError({
      what: 'a name with characters that XML cannot hold',
      given: JSON.stringify(text),
    });
  }
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Whether XML 1.0 has no way to hold the character (2.2 Characters). */
function isForbidden(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  const isControl = code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d;
  return isControl || (code >= 0xd800 && code <= 0xdfff) || code === 0xfffe || code === 0xffff;
}
