import { ChannelTableBuilder } from '../channel-table-builder.ts';
import type { Converter } from '../converter-registry.ts';
import {
  attribute,
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

interface AncillaryElement extends ConstantElement {
  readonly calibType: string;
  readonly root: string;
  readonly channel: string;
}

const ancillaryElements: readonly AncillaryElement[] = [
  {
    calibType: 'ANC_Ped',
    root: 'ancCalib',
    channel: 'ancChan',
    element: 'ancPed',
    numbers: ['ped', 'rNoise', 'sNoise', 'isBad'],
  },
  {
    calibType: 'ANC_Gain',
    root: 'ancCalib',
    channel: 'ancChan',
    element: 'ancGain',
    numbers: ['gain', 'isBad'],
  },
  {
    calibType: 'ANC_TaggerPed',
    root: 'taggerCalib',
    channel: 'taggerChan',
    element: 'taggerPed',
    numbers: ['ped', 'rNoise', 'sNoise', 'isBad'],
  },
  {
    calibType: 'ANC_TaggerGain',
    root: 'taggerCalib',
    channel: 'taggerChan',
    element: 'taggerGain',
    numbers: ['gain', 'isBad'],
  },
  {
    calibType: 'ANC_QdcPed',
    root: 'qdcCalib',
    channel: 'qdcChan',
    element: 'qdcPed',
    numbers: ['ped', 'pedRms', 'isBad'],
  },
];

/** Converters of the beam test's ancillary detectors: by module, layer (not QDC) and channel; QDC channels have a `device`. */
export const ancillaryConverters: readonly Converter<GlastTable>[] = ancillaryElements.map(
  (spec) => ({
    dataFmt: 'XML',
    calibTypes: [spec.calibType],
    fmtVersions: ['v1r0'],
    makes: 'v1',
    convert(base, { where }): GlastTable {
      const document = glastDocument(base, [spec.root], where);
      checkCalibType(document, [spec.calibType]);
      return ancillaryTable(document, spec, where);
    },
  }),
);

function ancillaryTable(document: XmlElement, spec: AncillaryElement, where: string): GlastTable {
  const dimension = onlyChild(document, 'dimension');
  const isQdc = spec.root === 'qdcCalib';
  const counts = (isQdc ? ['nModule', 'nChannel'] : ['nModule', 'nLayer', 'nChannel']).map((name) =>
    integerAttribute(dimension, name, 1),
  );
  const indices = isQdc ? ['iMod', 'iChan'] : ['iMod', 'iLay', 'iChan'];
  const builder = new ChannelTableBuilder(
    isQdc ? ['module', 'channel'] : ['module', 'layer', 'channel'],
    [...columnNames(spec), ...(isQdc ? ['device'] : [])],
  );
  for (const channel of childrenNamed(document, spec.channel)) {
    const key = indices.map((name, i) => integerAttribute(channel, name, 0, (counts[i] ?? 1) - 1));
    const cells = cellsOf(onlyChild(channel, spec.element), spec);
    builder.add(key, isQdc ? [...cells, requiredAttribute(channel, 'device').trim()] : cells);
  }
  const expected = counts.reduce((product, count) => product * count, 1);
  if (attribute(dimension, 'exact') === 'true' && builder.rows !== expected) {
    throw xmlError(dimension, `the number of <${spec.channel}>`, {
      given: String(builder.rows),
      expected: `${counts.join(' x ')} = ${expected}`,
    });
  }
  return new GlastTable(glastHeader(document), builder.table(where));
}
