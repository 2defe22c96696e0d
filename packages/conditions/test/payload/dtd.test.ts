import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ContentModel } from '../../src/payload/dtd/content-model.ts';
import { dtdVersion, rootElements } from '../../src/payload/dtd/dtd.ts';
import { DtdCatalog } from '../../src/payload/dtd/dtd-catalog.ts';
import { parseDtd } from '../../src/payload/dtd/parse-dtd.ts';
import { badStripsV1Dtd } from '../../src/payload/glast/bad-strips-v1.ts';
import { decodeXml } from '../../src/payload/xml/decode-text.ts';
import { parseXml } from '../../src/payload/xml/parse-xml.ts';
import { glastBytes, glastDocuments, glastDtdFiles, withoutGlast } from './glast-folder.ts';

/** Reads a document with its own declarations. */
function read(declarations: string, body: string): ReturnType<typeof parseXml> {
  const root = /<(\w+)/.exec(body)?.[1];
  return parseXml(`<!DOCTYPE ${root} [\n${declarations}\n]>\n${body}`, 'test.xml');
}

describe.skipIf(withoutGlast !== undefined)('the DTDs of GLAST', () => {
  const catalog = (): DtdCatalog => new DtdCatalog(glastDtdFiles());

  test('[BLK2] are read but for the one that is broken, which libxml2 refuses at the same place', () => {
    const dtds = catalog();
    expect(dtds.names).toHaveLength(23);
    expect(() => dtds.named('acdCalib_v2.dtd')).toThrow(
      "acdCalib_v2.dtd:130: not a sound DTD: given '--> <!ELEMENT a', expected the name of an attribute or '>'",
    );
    for (const name of dtds.names) if (name !== 'acdCalib_v2.dtd') dtds.named(name);
    expect(dtdVersion(dtds.named('calCalib_v2r3.dtd'))).toBe('v2r3');
    expect(rootElements(dtds.named('tkrCalibration.dtd'))).toEqual([
      ...['tot', 'trgThreshold', 'dataThreshold', 'chargeScale'],
    ]);
  });

  test('[BLK2] parameter entities of a file are replaced', () => {
    const { elements } = catalog().named('calCalib_v2.dtd');
    expect(elements.get('calPed')?.attributes.get('range')?.words).toEqual([
      ...['LEX8', 'LEX1', 'HEX8', 'HEX1'],
    ]);
  });

  test.each(glastDocuments())('[BLK2] %s is valid, or not, as libxml2 says', (file) => {
    const verdict = (): unknown =>
      parseXml(decodeXml(glastBytes(file), file), file, { dtds: catalog() });
    if (file !== 'test/testHot-2002_05_02.xml') expect(verdict).not.toThrow();
    else {
      expect(verdict).toThrow(
        'testHot-2002_05_02.xml:22: in <tower row="0">: not as badStrips.dtd says: <tray> may not stand here in <tower>: expected <uniplane>',
      );
    }
  });

  test('[BLK3] the version of the format names the DTD where one is supplied for it', () => {
    const file = 'test/testHot-2002_05_02.xml';
    const dtds = new DtdCatalog([...glastDtdFiles(), badStripsV1Dtd]);
    const text = decodeXml(glastBytes(file), file);
    expect(() => parseXml(text, file, { dtds, fmtVersion: '1.0' })).not.toThrow();
    const undeclared =
      '<tkrSplits><dimension nBayRow="1" nBayCol="1"/><split iBayRow="0"/></tkrSplits>';
    expect(() => parseXml(undeclared, 'splits.xml', { dtds, fmtVersion: 'v1r1' })).toThrow(
      'splits.xml:1: in <dimension nBayRow="1">: not as tkrSplits.dtd says: the attribute iBayCol is missing'.replace(
        'in <dimension nBayRow="1">',
        'in <tkrSplits DTDVersion="v1r1">',
      ),
    );
    expect(() => parseXml(undeclared, 'splits.xml', { dtds, fmtVersion: 'v9' })).not.toThrow();
  });
});

describe('document type definitions', () => {
  test('[BLK3] a DTD that a document names is one of those supplied, or an error: nothing is fetched', () => {
    const dtds = new DtdCatalog([{ name: 'gains.dtd', text: '<!ELEMENT gains EMPTY>' }]);
    const named = (id: string): unknown =>
      parseXml(`<!DOCTYPE gains SYSTEM "${id}"><gains/>`, 'a.xml', { dtds });
    expect(() => named('https://example.org/dtds/gains.dtd')).not.toThrow();
    expect(() => named('../gains.dtd')).not.toThrow();
    expect(() => named('file:///etc/gain.dtd')).toThrow(
      'a.xml: no DTD of that name is supplied: given gain.dtd (did you mean gains.dtd?)',
    );
    expect(() => named('file:///etc/passwd')).toThrow('DTDs are never fetched');
    expect(() =>
      parseXml('<!DOCTYPE gains SYSTEM "gains.dtd" [<!ELEMENT x EMPTY>]><gains/>', 'a.xml', {
        dtds,
      }),
    ).toThrow('a document with a DTD of its own and the name of another');
  });

  test('[BLK2] content models accept what the regular expression of the same form accepts', () => {
    const word = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 });
    const particles = fc.letrec<{ particle: { dtd: string; pattern: string } }>((tie) => ({
      particle: fc.oneof(
        { maxDepth: 3 },
        fc
          .tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('', '?', '*', '+'))
          .map(([name, occurs]) => ({ dtd: name + occurs, pattern: `(?:${name})${occurs}` })),
        fc
          .tuple(
            fc.array(tie('particle'), { minLength: 1, maxLength: 3 }),
            fc.constantFrom(',', '|'),
            fc.constantFrom('', '?', '*', '+'),
          )
          .map(([parts, separator, occurs]) => ({
            dtd: `(${parts.map(({ dtd }) => dtd).join(separator)})${occurs}`,
            pattern: `(?:${parts.map(({ pattern }) => pattern).join(separator === ',' ? '' : '|')})${occurs}`,
          })),
      ),
    }));
    fc.assert(
      fc.property(particles.particle, word, ({ dtd, pattern }, names) => {
        const declarations = `<!ELEMENT r (${dtd})><!ELEMENT a EMPTY><!ELEMENT b EMPTY><!ELEMENT c EMPTY>`;
        const body = `<r>${names.map((name) => `<${name}/>`).join('')}</r>`;
        const accepts = new RegExp(`^(?:${pattern})$`).test(names.join(''));
        if (accepts) expect(() => read(declarations, body)).not.toThrow();
        else expect(() => read(declarations, body)).toThrow();
      }),
      { numRuns: 300 },
    );
  });

  test('[BLK2] attributes: required, fixed, by default, words, identifiers', () => {
    const declarations = `<!ELEMENT r (s*)><!ELEMENT s EMPTY>
<!ATTLIST s id ID #REQUIRED to IDREFS #IMPLIED kind (hot | dead) "hot" unit CDATA #FIXED "mm" n NMTOKENS #IMPLIED>`;
    const { children } = read(
      declarations,
      '<r><s id="a" n="  1   -2.5 "/><s id="b" to="a b" kind="dead"/></r>',
    );
    expect(children.map((s) => s.attributes)).toEqual([
      { id: 'a', n: '1 -2.5', kind: 'hot', unit: 'mm' },
      { id: 'b', to: 'a b', kind: 'dead', unit: 'mm' },
    ]);
    const wrong: readonly (readonly [string, string])[] = [
      ['<s/>', 'the attribute id is missing'],
      ['<s id="a" kind="ded"/>', "given 'ded', expected one of hot, dead (did you mean dead?)"],
      ['<s id="a" unit="cm"/>', "given 'cm', expected 'mm', always"],
      ['<s id="a"/><s id="a"/>', "an identifier that another element has: given 'a'"],
      ['<s id="a" to="c"/>', "a reference to an identifier that no element has: given 'c'"],
      ['<s id="1"/>', "the attribute id of <s>: given '1', expected a name"],
      ['<s id="a" n="1,2"/>', "given '1,2', expected words of letters"],
      ['<s id="a" knd="hot"/>', '<s> has no attribute knd'],
      ['<s id="a"> </s>', '<s> has to be empty'],
      ['<t/>', '<t> may not stand here in <r>: expected <s>'],
      ['text', 'text in <r>, which has elements only'],
    ];
    for (const [body, message] of wrong) {
      expect(() => read(declarations, `<r>${body}</r>`)).toThrow(message);
    }
  });

  test('[BLK2] errors name the line of the element', () => {
    const declarations = '<!ELEMENT r (a, b?)>\n<!ELEMENT a (#PCDATA)>\n<!ELEMENT b EMPTY>';
    expect(() => read(declarations, '<r>\n<a>x</a>\n<b/>\n<a/></r>')).toThrow(
      'test.xml:9: in <r>: not as test.xml says: <a> may not stand here in <r>: expected no element',
    );
    expect(() => read(declarations, '<r>\n\n</r>')).toThrow(
      'test.xml:8: in <r>: not as test.xml says: <r> ends too early: expected <a>',
    );
  });

  test('[BLK4] entities, notations and conditional sections are refused', () => {
    const hostile: readonly (readonly [string, string])[] = [
      ['<!ENTITY a "aaaa">', 'entities of a document are not read'],
      ['<!ENTITY x SYSTEM "file:///etc/passwd">', 'entities of a document are not read'],
      ['<!ENTITY % x SYSTEM "http://example.org/x.dtd">', 'external entities are not read'],
      ['<!NOTATION gif SYSTEM "gif">', 'notations are not read'],
      [
        '<!ELEMENT r EMPTY><!ATTLIST r a ENTITY #IMPLIED>',
        'attributes of type ENTITY are not read',
      ],
    ];
    expect(() => parseDtd('<![INCLUDE[<!ELEMENT r EMPTY>]]>', 'x.dtd')).toThrow(
      'conditional sections are not read',
    );
    for (const [text, message] of hostile) {
      expect(() => read(text, '<r/>')).toThrow(message);
      expect(() => parseDtd(text, 'x.dtd')).toThrow(message);
    }
    expect(() => read('<!ENTITY % p "EMPTY"><!ELEMENT r %p;>', '<r/>')).toThrow(
      'a reference to a parameter entity in a declaration of an internal subset',
    );
  });

  test('[BLK4] parameter entities cannot grow without end, models not without bound', () => {
    const doubling = Array.from(
      { length: 40 },
      (_, i) => `<!ENTITY % e${i + 1} "%e${i}; %e${i};">`,
    );
    const bomb = `<!ENTITY % e0 " ">${doubling.join('')}<!ELEMENT r %e40; EMPTY>`;
    expect(() => parseDtd(bomb, 'bomb.dtd')).toThrow('parameter entities that grow without end');
    expect(() => parseDtd('<!ENTITY % a "%a;"><!ELEMENT r %a; EMPTY>', 'self.dtd')).toThrow(
      'parameter entities that grow without end',
    );
    expect(() =>
      parseDtd(`<!ELEMENT r ${'('.repeat(100)}a${')'.repeat(100)}>`, 'deep.dtd'),
    ).toThrow('groups inside groups, too deep');
    expect(() => parseDtd(`<!ELEMENT r (${'a,'.repeat(5000)}a)>`, 'wide.dtd')).toThrow(
      'content model too large',
    );
    const exponential = `((a|b)*,a${',(a|b)'.repeat(30)})`;
    const random = (i: number): boolean => Math.sin(i * i) > 0;
    const body = Array.from({ length: 12_000 }, (_, i) => (random(i) ? '<a/>' : '<b/>')).join('');
    expect(() =>
      read(`<!ELEMENT r ${exponential}><!ELEMENT a EMPTY><!ELEMENT b EMPTY>`, `<r>${body}</r>`),
    ).toThrow('content model too ambiguous');
  });

  test('[BLK2] a model that is not deterministic is followed as it is meant', () => {
    const item = { kind: 'name', name: 'a' } as const;
    const model = new ContentModel({
      kind: 'sequence',
      occurs: '',
      items: [
        { ...item, occurs: '' },
        { ...item, occurs: '?' },
        { ...item, occurs: '?' },
      ],
    });
    const one = model.start.after('a');
    expect([model.start.isEnd, one?.isEnd, one?.after('a')?.after('a')?.isEnd]).toEqual([
      false,
      true,
      true,
    ]);
    expect(one?.after('a')?.after('a')?.after('a')).toBeUndefined();
  });
});
