import type { Converter, Evolution } from '../converter-registry.ts';
import type { DtdFile } from '../dtd/dtd-catalog.ts';
import { childrenNamed } from '../xml/xml-element.ts';
import { integerAttribute, wordAttribute } from '../xml/xml-values.ts';
import { BadStrips } from './bad-strips.ts';
import { badKind, stripsOf, towerPlace } from './bad-strips-converter.ts';
import { type GlastHeader, glastDocument, glastHeader } from './glast-header.ts';

/** A strip list of version 1.0: strips are bad or very bad, by tray and unilayer. */
export interface BadStripsV1 {
  readonly kind: 'hot' | 'dead';
  readonly header: GlastHeader;
  readonly strips: readonly {
    readonly row: number;
    readonly col: number;
    readonly tray: number;
    readonly which: 'top' | 'bot';
    readonly grade: 'bad' | 'veryBad';
    readonly strip: number;
  }[];
}

/** Version 1.0 of the format, whose DTD is lost: as the one file of it that is left has it. */
export const badStripsV1Dtd: DtdFile = {
  name: 'badStrips_1.0.dtd',
  for: { root: 'badStrips', fmtVersion: '1.0' },
  text: `
<!ELEMENT badStrips (generic, cuts?, tower*)>
<!ATTLIST badStrips badType (hot | dead) #REQUIRED>
<!ELEMENT generic (inputSample)>
<!ATTLIST generic instrument NMTOKEN #REQUIRED timestamp NMTOKEN #REQUIRED calType NMTOKEN #REQUIRED fmtVersion NMTOKEN #REQUIRED>
<!ELEMENT inputSample (#PCDATA)>
<!ATTLIST inputSample startTime CDATA #REQUIRED stopTime CDATA #REQUIRED triggers NMTOKENS #REQUIRED source NMTOKENS #REQUIRED mode NMTOKEN #REQUIRED>
<!ELEMENT cuts EMPTY>
<!ATTLIST cuts tight NMTOKEN #REQUIRED loose NMTOKEN #REQUIRED expected NMTOKEN #REQUIRED>
<!ELEMENT tower (tray*)>
<!ATTLIST tower row NMTOKEN #REQUIRED col NMTOKEN #REQUIRED>
<!ELEMENT tray (unilayer*)>
<!ATTLIST tray trayNum NMTOKEN #REQUIRED>
<!ELEMENT unilayer (bad | veryBad)*>
<!ATTLIST unilayer which (top | bot) #REQUIRED>
<!ELEMENT bad (stripList | stripSpan)*>
<!ELEMENT veryBad (stripList | stripSpan)*>
<!ELEMENT stripList EMPTY>
<!ATTLIST stripList strips NMTOKENS #REQUIRED>
<!ELEMENT stripSpan EMPTY>
<!ATTLIST stripSpan first NMTOKEN #REQUIRED last NMTOKEN #REQUIRED>
`,
};

/** Converter of version 1.0. */
export const badStripsV1Converter: Converter<BadStripsV1> = {
  dataFmt: 'XML',
  calibTypes: ['TKR_HotChan', 'TKR_DeadChan'],
  fmtVersions: ['1.0', 'v1r0'],
  makes: 'v1',
  convert(base, { calibType, where }): BadStripsV1 {
    const document = glastDocument(base, ['badStrips'], where);
    const strips: BadStripsV1['strips'][number][] = [];
    for (const tower of childrenNamed(document, 'tower')) {
      for (const tray of childrenNamed(tower, 'tray')) {
        for (const layer of childrenNamed(tray, 'unilayer')) {
          const plane = {
            ...towerPlace(tower),
            tray: integerAttribute(tray, 'trayNum', 0, 99),
            which: wordAttribute(layer, 'which', ['top', 'bot']),
          };
          for (const list of layer.children) {
            const grade = list.name === 'veryBad' ? ('veryBad' as const) : ('bad' as const);
            strips.push(...stripsOf(list).map((strip) => ({ ...plane, grade, strip })));
          }
        }
      }
    }
    return { kind: badKind(document, calibType), header: glastHeader(document), strips };
  },
};

/** Version 1.0 to 3: bad is `howBad` 1, very bad 2; what the strips are not usable for it did not say. */
export const badStripsEvolution: Evolution<BadStripsV1, BadStrips> = {
  calibTypes: ['TKR_HotChan', 'TKR_DeadChan'],
  from: 'v1',
  to: 'v3',
  evolve: ({ kind, header, strips }) =>
    new BadStrips(
      kind,
      [],
      strips.map(({ strip, grade, ...plane }) => ({
        ...plane,
        strips: new Map([[strip, 8 * (grade === 'veryBad' ? 2 : 1)]]),
      })),
      [header],
    ),
};
