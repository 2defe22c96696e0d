import {
  requiredAttribute,
  shorten,
  suggestion,
  type XmlElement,
  xmlError,
} from './xml-element.ts';

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The number that an attribute holds: decimal, finite. */
export function numberAttribute(xml: XmlElement, name: string): number {
  return toNumber(xml, name, requiredAttribute(xml, name).trim());
}

/** The whole number that an attribute holds, in `minimum` .. `maximum`. */
export function integerAttribute(
  xml: XmlElement,
  name: string,
  minimum: number = 0,
  maximum: number = 2 ** 31 - 1,
): number {
  const text = requiredAttribute(xml, name).trim();
  const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= minimum && value <= maximum) return value;
  throw xmlError(xml, `the attribute ${name}`, {
    given: `'${shorten(text)}'`,
    expected: `a whole number, ${minimum} to ${maximum}`,
  });
}

/** The numbers that an attribute holds, between white space. */
export function numbersAttribute(xml: XmlElement, name: string, count?: number): Float64Array {
  const words = requiredAttribute(xml, name).trim().split(/\s+/).filter(Boolean);
  if (count !== undefined && words.length !== count) {
    throw xmlError(xml, `the attribute ${name}`, {
      given: `${words.length} numbers`,
      expected: String(count),
    });
  }
  return Float64Array.from(words, (word) => toNumber(xml, name, word));
}

/** The word that an attribute holds, one of `words`. */
export function wordAttribute<W extends string>(
  xml: XmlElement,
  name: string,
  words: readonly W[],
): W {
  const text = requiredAttribute(xml, name).trim();
  const word = words.find((candidate) => candidate === text);
  if (word !== undefined) return word;
  throw xmlError(xml, `the attribute ${name}`, {
    given: `'${shorten(text)}'`,
    expected: `one of ${words.join(', ')}`,
    hint: suggestion(text, words),
  });
}

function toNumber(xml: XmlElement, name: string, text: string): number {
  const value = decimal.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(value)) return value;
  throw xmlError(xml, `the attribute ${name}`, {
    given: `'${shorten(text)}'`,
    expected: 'a number',
  });
}
