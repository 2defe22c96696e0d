import { attribute, onlyChild, type XmlElement, xmlError } from '../xml/xml-element.ts';
import { integerAttribute } from '../xml/xml-values.ts';

/** How many of each a calorimeter's calibration has (`<dimension>` of calCalib.dtd). */
export interface CalDimension {
  /** Rows and columns of towers. */
  readonly rows: number;
  readonly cols: number;
  readonly layers: number;
  /** Crystals in a layer. */
  readonly xtals: number;
  readonly faces: number;
  readonly ranges: number;
  /** Whether there is an element for each. */
  readonly exact: boolean;
}

/** @throws ConditionsError `invalid` where it is missing or not sound */
export function calDimension(document: XmlElement): CalDimension {
  const xml = onlyChild(document, 'dimension');
  const count = (name: string): number => integerAttribute(xml, name, 1, 10_000);
  return {
    rows: count('nRow'),
    cols: count('nCol'),
    layers: count('nLayer'),
    xtals: count('nXtal'),
    faces: count('nFace'),
    ranges: attribute(xml, 'nRange') === undefined ? 4 : count('nRange'),
    exact: attribute(xml, 'exact') !== 'false',
  };
}

/**
 * Checks that there are as many elements as the dimensions multiply to, where they say so.
 *
 * @throws ConditionsError `invalid` with both numbers
 */
export function checkCalCount(document: XmlElement, name: string, count: number): void {
  const { rows, cols, layers, xtals, faces, ranges, exact } = calDimension(document);
  const expected = rows * cols * layers * xtals * faces * ranges;
  if (!exact || count === expected) return;
  const xml = onlyChild(document, 'dimension');
  const mayBePartial = attribute(xml, 'exact') !== undefined;
  throw xmlError(xml, `the number of <${name}>`, {
    given: String(count),
    expected: `${rows} x ${cols} x ${layers} x ${xtals} x ${faces} x ${ranges} = ${expected}`,
    hint: mayBePartial ? 'a file with some of the channels only says exact="false"' : undefined,
  });
}
