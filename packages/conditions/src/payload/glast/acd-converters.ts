import { ChannelTableBuilder } from '../channel-table-builder.ts';
import type { Converter } from '../converter-registry.ts';
import {
  childrenNamed,
  onlyChild,
  requiredAttribute,
  type XmlElement,
  xmlError,
} from '../xml/xml-element.ts';
import { integerAttribute } from '../xml/xml-values.ts';
import { type ConstantElement, cellsOf, columnNames } from './cal-elements.ts';
import { checkCalibType, glastDocument, glastHeader } from './glast-header.ts';
import { GlastTable } from './glast-table.ts';

/** What each type of anti-coincidence calibration holds (acdCalib_v1r1.dtd to acdCalib_v3r2.dtd); the metadata's own name first. */
const acdElements: readonly (ConstantElement & { readonly calibTypes: readonly string[] })[] = [
  { calibTypes: ['ACD_Ped', 'ACD_Pedestal'], element: 'acdPed', numbers: ['mean', 'width'] },
  { calibTypes: ['ACD_ElecGain', 'ACD_Gain'], element: 'acdGain', numbers: ['peak', 'width'] },
  { calibTypes: ['ACD_Veto'], element: 'acdVeto', numbers: ['veto', 'width'] },
  { calibTypes: ['ACD_Range'], element: 'acdRange', numbers: ['low_max', 'high_min'] },
  { calibTypes: ['ACD_Cno'], element: 'acdCno', numbers: ['cno', 'width'] },
  {
    calibTypes: ['ACD_CoherentNoise'],
    element: 'acdCoherentNoise',
    numbers: ['amplitude', 'decay', 'frequency', 'phase'],
  },
  {
    calibTypes: ['ACD_HighRange'],
    element: 'acdHighRange',
    numbers: ['pedestal', 'slope', 'saturation'],
  },
  {
    calibTypes: ['ACD_Ribbon'],
    element: 'acdRibbon',
    numbers: ['Frac_n1', 'Frac_n2', 'Frac_n3', 'Frac_p1', 'Frac_p2', 'Frac_p3', 'Norm'],
    optional: ['Norm'],
  },
  { calibTypes: ['ACD_HighPed'], element: 'acdHighPed', numbers: ['mean', 'width'] },
  { calibTypes: ['ACD_Carbon'], element: 'acdCarbon', numbers: ['peak', 'width'] },
  {
    calibTypes: ['ACD_VetoFit'],
    element: 'acdVetoFit',
    numbers: ['slope', 'offset', 'mipPeak'],
    optional: ['mipPeak'],
  },
  {
    calibTypes: ['ACD_CnoFit'],
    element: 'acdCnoFit',
    numbers: ['slope', 'offset', 'carbonPeak'],
    optional: ['carbonPeak'],
  },
  {
    calibTypes: ['ACD_Check'],
    element: 'acdCheck',
    numbers: ['ped', 'mip', 'veto', 'cno', 'range'],
  },
  { calibTypes: ['ACD_PE'], element: 'acdPE', numbers: ['PE'] },
];

/** Converters of anti-coincidence calibrations by tile: constants and status by tile (as text: `003`) and PMT. */
export const acdConverters: readonly Converter<GlastTable>[] = acdElements.map((spec) => ({
  dataFmt: 'XML',
  calibTypes: spec.calibTypes,
  fmtVersions: ['v1r1', 'v2', 'v2r0', 'v2r1', 'v3', 'v3r0', 'v3r1', 'v3r2'],
  makes: 'v3',
  convert(base, { where }): GlastTable {
    const document = glastDocument(base, ['acdCalib'], where);
    checkCalibType(document, spec.calibTypes);
    return acdTable(document, { ...spec, numbers: [...spec.numbers, 'status'] }, where);
  },
}));

function acdTable(document: XmlElement, spec: ConstantElement, where: string): GlastTable {
  const tiles = childrenNamed(document, 'tile');
  const dimension = onlyChild(document, 'dimension');
  const count = integerAttribute(dimension, 'nTile');
  if (tiles.length !== count) {
    throw xmlError(dimension, 'the number of <tile>', {
      given: String(tiles.length),
      expected: String(count),
    });
  }
  const builder = new ChannelTableBuilder(['tile', 'pmt'], columnNames(spec));
  for (const tile of tiles) {
    for (const pmt of childrenNamed(tile, 'pmt')) {
      const key = [requiredAttribute(tile, 'tileId'), integerAttribute(pmt, 'iPmt', 0, 1)];
      builder.add(key, cellsOf(onlyChild(pmt, spec.element), spec));
    }
  }
  return new GlastTable(glastHeader(document), builder.table(where));
}

const olderElements: readonly (ConstantElement & { readonly calibTypes: readonly string[] })[] = [
  { calibTypes: ['ACD_Ped'], element: 'acdPed', numbers: ['avg', 'sig'] },
  { calibTypes: ['ACD_ElecGain'], element: 'acdGain', numbers: ['avg', 'sig'] },
];

/**
 * Converters of acdCalib_v0.dtd: by face, row, column, PMT and range. They stay at their version: the later one has tiles
 * with one range, and what a second range would become in it nobody has said.
 */
export const acdOlderConverters: readonly Converter<GlastTable>[] = olderElements.map((spec) => ({
  dataFmt: 'XML',
  calibTypes: spec.calibTypes,
  fmtVersions: ['v0', 'v1r0'],
  makes: 'v0',
  convert(base, { where }): GlastTable {
    const document = glastDocument(base, ['acdCalib'], where);
    checkCalibType(document, spec.calibTypes);
    const keys = ['face', 'row', 'col', 'pmt', 'range'];
    const builder = new ChannelTableBuilder(keys, columnNames(spec));
    const descend = (xml: XmlElement, levels: readonly string[], key: readonly number[]): void => {
      const [level, ...deeper] = levels;
      if (level === undefined) {
        for (const constants of childrenNamed(xml, spec.element)) {
          builder.add(
            [...key, integerAttribute(constants, 'range', 0, 1)],
            cellsOf(constants, spec),
          );
        }
        return;
      }
      for (const child of childrenNamed(xml, level)) {
        const index = `i${level.charAt(0).toUpperCase()}${level.slice(1)}`;
        descend(child, deeper, [...key, integerAttribute(child, index)]);
      }
    };
    descend(document, ['face', 'row', 'col', 'pmt'], []);
    return new GlastTable(glastHeader(document), builder.table(where));
  },
}));
