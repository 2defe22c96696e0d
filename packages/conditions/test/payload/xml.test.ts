import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConditionsError } from '../../src/errors.ts';
import { defaultPayloadLimits } from '../../src/payload/limits.ts';
import { decodeXml } from '../../src/payload/xml/decode-text.ts';
import { parseXml } from '../../src/payload/xml/parse-xml.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

test('[BLK1] elements know their attributes, text and lines', () => {
  const { name, children } = parseXml(
    '<a>\n <b x="1"\n/>\n <c>one<!-- two --> three</c>\n</a>',
    'f.xml',
  );
  expect(name).toBe('a');
  expect(
    children.map(({ name: child, line, text, attributes }) => [child, line, text, attributes]),
  ).toEqual([
    ['b', 2, '', { x: '1' }],
    ['c', 4, 'one three', {}],
  ]);
});

test('[BLK1] encodings go by the byte order mark or the declaration', () => {
  const latin1 = Uint8Array.from(
    '<?xml version="1.0" encoding="ISO-8859-1"?><a n="\u00e9"/>',
    (character) => character.charCodeAt(0),
  );
  expect(parseXml(decodeXml(latin1, 'l'), 'l').attributes).toEqual({ n: '\u00e9' });
  const utf16 = '\ufeff<?xml version="1.0" encoding="UTF-16"?><a n="\u00e9"/>';
  const bytes = new Uint8Array(Uint16Array.from(utf16, (c) => c.charCodeAt(0)).buffer);
  expect(parseXml(decodeXml(bytes, 'u'), 'u').attributes).toEqual({ n: '\u00e9' });
  expect(() => decodeXml(bytesOf('<?xml version="1.0" encoding="EBCDIC"?><a/>'), 'e.xml')).toThrow(
    "e.xml: encoding of the XML document: given 'EBCDIC', expected one of utf-8",
  );
  expect(() => decodeXml(Uint8Array.of(0x3c, 0xff, 0xfe), 'x.xml')).toThrow(
    'x.xml: not text in utf-8',
  );
});

test('[BLK4] entity bombs and external entities are refused, whatever they are called', () => {
  const laughs = Array.from(
    { length: 10 },
    (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`,
  );
  const bombs = [
    `<!DOCTYPE a [<!ENTITY l0 "ha">${laughs.join('')}]><a>&l10;</a>`,
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    '<!DOCTYPE a [<!ENTITY x PUBLIC "p" "http://169.254.169.254/">]><a>&x;</a>',
    '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://example.org/"> %x;]><a/>',
  ];
  for (const bomb of bombs)
    expect(() => parseXml(bomb, 'bomb.xml')).toThrow(/^bomb\.xml:1: .*entities/);
  expect(() => parseXml('<a>&passwd;</a>', 'e.xml')).toThrow(
    'an entity, which payloads may not have',
  );
});

test('[BLK4] depth, attributes, and the number of elements are limited', () => {
  const deep = `${'<a>'.repeat(1000)}${'</a>'.repeat(1000)}`;
  expect(() => parseXml(deep, 'deep.xml')).toThrow(
    'deep.xml:1: elements inside elements: given 101, expected at most 100',
  );
  const limits = { ...defaultPayloadLimits, text: 1000, items: 50 };
  expect(() => parseXml(`<a x="${'1'.repeat(1001)}"/>`, 'long.xml', { limits })).toThrow(
    'the attribute x is too long: given 1001, expected at most 1000',
  );
  expect(() => parseXml(`<a>${'<b/>'.repeat(50)}</a>`, 'wide.xml', { limits })).toThrow(
    'too many elements',
  );
});

test('[BLK1] a truncated, empty or foreign file is an error that says so', () => {
  expect(() => parseXml('', 'a.xml')).toThrow('a.xml:1: the file is empty');
  expect(() => parseXml('<a>\n<b x="1">\n', 'a.xml')).toThrow(
    'the file ends inside <b>, opened in line 2: is it truncated?',
  );
  expect(() => parseXml('{"json": true}', 'a.xml')).toThrow(/^a\.xml:1: not well-formed XML/);
  expect(() => parseXml('<a></b>', 'a.xml')).toThrow(
    'a.xml:1: not well-formed XML: unexpected close tag',
  );
});

test('[BLK7] whatever is done to a document, nothing but a ConditionsError comes of it', () => {
  const sound =
    '<?xml version="1.0"?>\n<!DOCTYPE a [<!ELEMENT a (b*)><!ATTLIST a k (x|y) "x"><!ELEMENT b EMPTY><!ATTLIST b n NMTOKEN #REQUIRED>]>\n<a><b n="1"/><b n="2"/></a>';
  const pieces = [
    '<',
    '>',
    '&',
    '&#0;',
    ']]>',
    '<!--',
    '-->',
    '<![CDATA[',
    '<!ENTITY x "y">',
    '%p;',
    '"',
    '\u0000',
    '<?',
    '[',
    ']',
    '(',
    ')',
  ];
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(sound.length), fc.nat(5), fc.constantFrom('', ...pieces)), {
        minLength: 1,
        maxLength: 4,
      }),
      (edits) => {
        let text = sound;
        for (const [at, removed, piece] of edits)
          text = text.slice(0, at) + piece + text.slice(at + removed);
        try {
          parseXml(text, 'fuzz.xml');
        } catch (error) {
          expect(error).toBeInstanceOf(ConditionsError);
        }
      },
    ),
    { numRuns: 2000 },
  );
});
