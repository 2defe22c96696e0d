import { ConditionsError } from '../../errors.ts';

/**
 * The text of bytes that should be UTF-8.
 *
 * @throws ConditionsError `invalid` where they are not
 */
export function decodeUtf8(bytes: Uint8Array, where: string): string {
  return decode(bytes, 'utf-8', where);
}

/**
 * The text of an XML document, by its byte order mark or its declaration (XML 1.0, appendix F); UTF-8 without either.
 *
 * @throws ConditionsError `invalid` for other encodings, and where the bytes are not of the encoding named
 */
export function decodeXml(bytes: Uint8Array, where: string): string {
  const [first, second] = bytes;
  if (first === 0xfe && second === 0xff) return decode(bytes, 'utf-16be', where);
  if (first === 0xff && second === 0xfe) return decode(bytes, 'utf-16le', where);
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  const named = /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*?\bencoding\s*=\s*["']([^"']*)["']/.exec(
    head,
  )?.[1];
  const encoding = encodings.get((named ?? 'utf-8').toLowerCase());
  if (encoding !== undefined) return decode(bytes, encoding, where);
  throw new ConditionsError('invalid', {
    what: 'encoding of the XML document',
    where,
    given: `'${named}'`,
    expected: `one of ${[...encodings.keys()].join(', ')}`,
  });
}

const encodings: ReadonlyMap<string, string> = new Map([
  ['utf-8', 'utf-8'],
  ['us-ascii', 'utf-8'],
  ['ascii', 'utf-8'],
  ['iso-8859-1', 'iso-8859-1'],
  ['latin1', 'iso-8859-1'],
]);

function decode(bytes: Uint8Array, encoding: string, where: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ConditionsError('invalid', { what: `not text in ${encoding}`, where, cause });
  }
}
