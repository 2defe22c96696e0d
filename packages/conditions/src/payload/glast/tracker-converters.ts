import { ChannelTableBuilder } from '../channel-table-builder.ts';
import type { Converter } from '../converter-registry.ts';
import {
  attribute,
  childrenNamed,
  onlyChild,
  type XmlElement,
  xmlError,
} from '../xml/xml-element.ts';
import { integerAttribute, numberAttribute, wordAttribute } from '../xml/xml-values.ts';
import { towerPlace } from './bad-strips-converter.ts';
import { cellsOf } from './cal-elements.ts';
import { glastDocument, glastHeader } from './glast-header.ts';
import { GlastTable } from './glast-table.ts';

const scale = ['chargeScale', 'error', 'chi2', 'df'];

/** tkrCalibration.dtd: constants by strip, or by front-end chip (GTFE). */
const stripConstants = [
  {
    calibType: 'TKR_TOTSignal',
    root: 'tot',
    strip: 'stripTot',
    chip: undefined,
    numbers: ['slope', 'intercept', 'quad', 'chi2', 'df'],
  },
  {
    calibType: 'TKR_ChargeScale',
    root: 'chargeScale',
    strip: 'stripScale',
    chip: 'gtfeScale',
    numbers: scale,
  },
  {
    calibType: 'TKR_TrgThresh',
    root: 'trgThreshold',
    strip: 'stripTrgThresh',
    chip: 'gtfeTrgThresh',
    numbers: ['trg_thr'],
  },
  {
    calibType: 'TKR_DataThresh',
    root: 'dataThreshold',
    strip: 'stripDataThresh',
    chip: 'gtfeDataThresh',
    numbers: ['data_thr'],
  },
];

/** Converters of the tracker's constants by strip or chip. */
export const stripConverters: readonly Converter<GlastTable>[] = stripConstants.map(
  ({ calibType, root, strip, chip, numbers }) => ({
    dataFmt: 'XML',
    calibTypes: [calibType],
    fmtVersions: ['v1r0', 'v1r1'],
    makes: 'v1',
    convert(base, { where }): GlastTable {
      const document = glastDocument(base, [root], where);
      const builder = new ChannelTableBuilder(
        ['row', 'col', 'tray', 'which', 'unit', 'id'],
        numbers,
      );
      for (const tower of childrenNamed(document, 'tower')) {
        const { row, col } = towerPlace(tower);
        for (const plane of childrenNamed(tower, 'uniplane')) {
          const which = wordAttribute(plane, 'which', ['bot', 'top']);
          const tray = integerAttribute(plane, 'tray', 0, 99);
          for (const xml of plane.children) {
            const isStrip = xml.name === strip;
            if (!isStrip && xml.name !== chip) {
              throw xmlError(xml, `not a constant of ${calibType}`, { expected: `<${strip}>` });
            }
            const last = integerAttribute(tower, isStrip ? 'maxStripId' : 'maxGtfeId');
            const id = integerAttribute(xml, 'id', 0, last);
            const key = [row, col, tray, which, isStrip ? 'strip' : 'chip', id];
            builder.add(key, cellsOf(xml, { element: xml.name, numbers }));
          }
        }
      }
      return new GlastTable(glastHeader(document), builder.table(where), cutsOf(document));
    },
  }),
);

/** Converter of the splits of the tracker's readout: the last chip read from the low end, the first from the high one. */
export const splitsConverter: Converter<GlastTable> = {
  dataFmt: 'XML',
  calibTypes: ['TKR_Splits'],
  fmtVersions: ['v1r0', 'v1r1'],
  makes: 'v1',
  convert(base, { where }): GlastTable {
    const document = glastDocument(base, ['tkrSplits'], where);
    const dimension = onlyChild(document, 'dimension');
    const [rows, cols, trays] = ['nBayRow', 'nBayCol', 'nTray'].map((name) =>
      integerAttribute(dimension, name, 1, 1000),
    );
    const builder = new ChannelTableBuilder(['row', 'col', 'tray', 'which'], ['low', 'high']);
    for (const split of childrenNamed(document, 'split')) {
      const place = [
        integerAttribute(split, 'iBayRow', 0, (rows ?? 1) - 1),
        integerAttribute(split, 'iBayCol', 0, (cols ?? 1) - 1),
        integerAttribute(split, 'iTray', 0, (trays ?? 1) - 1),
        wordAttribute(split, 'top', ['true', 'false']) === 'true' ? 'top' : 'bot',
      ];
      builder.add(place, [integerAttribute(split, 'low', -1), integerAttribute(split, 'high')]);
    }
    return new GlastTable(glastHeader(document), builder.table(where));
  },
};

function cutsOf(document: XmlElement): Readonly<Record<string, number>> {
  const [cuts] = childrenNamed(document, 'cuts');
  if (!cuts) return {};
  const names = ['tight', 'loose', 'expected'].filter(
    (name) => attribute(cuts, name) !== undefined,
  );
  return Object.fromEntries(names.map((name) => [name, numberAttribute(cuts, name)]));
}
