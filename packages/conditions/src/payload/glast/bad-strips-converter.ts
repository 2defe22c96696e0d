import type { Converter } from '../converter-registry.ts';
import { attribute, childrenNamed, type XmlElement, xmlError } from '../xml/xml-element.ts';
import { integerAttribute, numbersAttribute, wordAttribute } from '../xml/xml-values.ts';
import {
  type Badness,
  type BadPlane,
  BadStrips,
  type BadTower,
  notForCalibration,
  notForData,
  notForTrigger,
  stripsPerPlane,
} from './bad-strips.ts';
import { glastDocument, glastHeader } from './glast-header.ts';

/** Metadata's names of the types, and what `badType` has to be for them. */
const kinds = { TKR_HotChan: 'hot', TKR_DeadChan: 'dead' } as const;

/** Converters of hot and dead strips since badStrips.dtd version 2. */
export const badStripsConverter: Converter<BadStrips> = {
  dataFmt: 'XML',
  calibTypes: Object.keys(kinds),
  fmtVersions: ['v2r0', 'v3r0', 'v3r1', 'v3r2'],
  makes: 'v3',
  convert(base, { calibType, where }): BadStrips {
    const document = glastDocument(base, ['badStrips'], where);
    const kind = badKind(document, calibType);
    const towers: BadTower[] = [];
    const planes: BadPlane[] = [];
    for (const tower of childrenNamed(document, 'tower')) {
      const { row, col } = towerPlace(tower);
      const all = badness(tower);
      if (all !== 0) towers.push({ row, col, all });
      for (const plane of childrenNamed(tower, 'uniplane')) planes.push(badPlane(plane, row, col));
    }
    return new BadStrips(kind, towers, planes, [glastHeader(document)]);
  },
};

/** `badType` of a list, which has to be what its metadata say. */
export function badKind(document: XmlElement, calibType: string): 'hot' | 'dead' {
  const kind = wordAttribute(document, 'badType', ['hot', 'dead']);
  const expected = calibType === 'TKR_HotChan' ? kinds.TKR_HotChan : kinds.TKR_DeadChan;
  if (kind === expected) return kind;
  throw xmlError(document, 'a file of another calibration type', { given: kind, expected });
}

/** Row and column of a tower. */
export function towerPlace(tower: XmlElement): { readonly row: number; readonly col: number } {
  return { row: integerAttribute(tower, 'row', 0, 99), col: integerAttribute(tower, 'col', 0, 99) };
}

/** The strips in the lists and spans inside. */
export function stripsOf(xml: XmlElement): readonly number[] {
  const last = stripsPerPlane - 1;
  return xml.children.flatMap((part) => {
    if (part.name === 'stripSpan') {
      const first = integerAttribute(part, 'first', 0, last);
      const end = integerAttribute(part, 'last', first, last);
      return Array.from({ length: end - first + 1 }, (_, i) => first + i);
    }
    const strips = Array.from(numbersAttribute(part, 'strips'));
    const wrong = strips.find((strip) => !Number.isInteger(strip) || strip < 0 || strip > last);
    if (wrong === undefined) return strips;
    throw xmlError(part, 'a strip', { given: String(wrong), expected: `0 to ${last}` });
  });
}

function badPlane(plane: XmlElement, row: number, col: number): BadPlane {
  const how = badness(plane);
  return {
    row,
    col,
    tray: integerAttribute(plane, 'tray', 0, 99),
    which: wordAttribute(plane, 'which', ['top', 'bot']),
    all: isTrue(plane, 'allBad') ? how : undefined,
    strips: new Map(stripsOf(plane).map((strip) => [strip, how])),
  };
}

function badness(xml: XmlElement): Badness {
  const flags =
    (isTrue(xml, 'nOnbdCalib') ? notForCalibration : 0) +
    (isTrue(xml, 'nOnbdTrig') ? notForTrigger : 0) +
    (isTrue(xml, 'nOnbdData') ? notForData : 0);
  const isGraded = attribute(xml, 'howBad') !== undefined;
  return flags + 8 * (isGraded ? integerAttribute(xml, 'howBad', 0, 1000) : 0);
}

function isTrue(xml: XmlElement, name: string): boolean {
  return (
    attribute(xml, name) !== undefined && wordAttribute(xml, name, ['true', 'false']) === 'true'
  );
}
