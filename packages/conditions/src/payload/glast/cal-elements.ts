import type { CellValue } from '../channel-table.ts';
import { attribute, requiredAttribute, type XmlElement } from '../xml/xml-element.ts';
import { numberAttribute, numbersAttribute, wordAttribute } from '../xml/xml-values.ts';

/** The element that holds the constants of a channel. */
export interface ConstantElement {
  readonly element: string;
  /** The attribute that names the channel within its face, if one does. */
  readonly key?: { readonly name: string; readonly words: readonly string[] } | undefined;
  /** Attributes that hold a number. */
  readonly numbers: readonly string[];
  /** Attributes that hold several. */
  readonly lists?: readonly string[] | undefined;
  /** Of these, the ones that may be missing: null then. */
  readonly optional?: readonly string[] | undefined;
  /** Elements inside, with more detail. */
  readonly details?: ConstantElement | undefined;
}

const range = { name: 'range', words: ['LEX8', 'LEX1', 'HEX8', 'HEX1'] };
const diode = { name: 'diode', words: ['LE', 'HE'] };
const end = { name: 'end', words: ['NEG', 'POS'] };
const thresholds = ['FLEVal', 'FLESig', 'FHEVal', 'FHESig'];

/** What each type of calorimeter calibration holds (calCalib_v2.dtd to calCalib_v2r3.dtd). */
export const calElements: ReadonlyMap<string, ConstantElement> = new Map<string, ConstantElement>([
  ['CAL_Ped', { element: 'calPed', key: range, numbers: ['avg', 'sig', 'cos'] }],
  ['CAL_ElecGain', { element: 'calGain', key: range, numbers: ['avg', 'sig'] }],
  ['CAL_MuSlope', { element: 'muSlope', key: range, numbers: ['slope', 'error'] }],
  ['CAL_LightAsym', { element: 'lightAsym', key: diode, numbers: ['error'], lists: ['values'] }],
  [
    'CAL_IntNonlin',
    {
      element: 'intNonlin',
      key: range,
      numbers: ['error'],
      lists: ['values', 'sdacs'],
      optional: ['sdacs'],
    },
  ],
  [
    'CAL_Asym',
    {
      element: 'asym',
      numbers: [],
      lists: [
        ...['bigVals', 'bigSigs', 'smallVals', 'smallSigs'],
        ...['NsmallPbigVals', 'NsmallPbigSigs', 'PsmallNbigVals', 'PsmallNbigSigs'],
      ],
    },
  ],
  [
    'CAL_MevPerDac',
    {
      element: 'mevPerDac',
      numbers: ['bigVal', 'bigSig', 'smallVal', 'smallSig'],
      details: {
        element: 'bigSmall',
        key: end,
        numbers: [],
        lists: ['bigSmallRatioVals', 'bigSmallRatioSigs'],
      },
    },
  ],
  [
    'CAL_TholdCI',
    {
      element: 'tholdCI',
      numbers: [...thresholds, 'LACVal', 'LACSig'],
      details: {
        element: 'tholdCIRange',
        key: range,
        numbers: ['pedVal', 'pedSig', 'ULDVal', 'ULDSig'],
      },
    },
  ],
  [
    'CAL_TholdMuon',
    {
      element: 'tholdMuon',
      numbers: thresholds,
      details: { element: 'tholdMuonRange', key: range, numbers: ['pedVal', 'pedSig'] },
    },
  ],
]);

/** The names of the columns that the element fills. */
export function columnNames({ numbers, lists = [] }: ConstantElement): readonly string[] {
  return [...numbers, ...lists];
}

/** The constants that an element has, in the order of `columnNames`. */
export function cellsOf(xml: XmlElement, spec: ConstantElement): readonly CellValue[] {
  const isGiven = (name: string): boolean =>
    !spec.optional?.includes(name) || attribute(xml, name) !== undefined;
  return [
    ...spec.numbers.map((name) => (isGiven(name) ? numberAttribute(xml, name) : null)),
    ...(spec.lists ?? []).map((name) => (isGiven(name) ? numbersAttribute(xml, name) : null)),
  ];
}

/** The part of the channel's name that the element gives; none where it gives none. */
export function keyOf(xml: XmlElement, { key }: ConstantElement): readonly string[] {
  if (!key) return [];
  return key.words.length > 0
    ? [wordAttribute(xml, key.name, key.words)]
    : [requiredAttribute(xml, key.name)];
}
