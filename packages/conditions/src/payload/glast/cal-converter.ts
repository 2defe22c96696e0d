import { ChannelTableBuilder } from '../channel-table-builder.ts';
import type { Converter } from '../converter-registry.ts';
import { childrenNamed, requiredAttribute, type XmlElement } from '../xml/xml-element.ts';
import { integerAttribute, numbersAttribute, wordAttribute } from '../xml/xml-values.ts';
import { CalCalibration } from './cal-calibration.ts';
import { type CalDimension, calDimension, checkCalCount } from './cal-dimension.ts';
import { type ConstantElement, calElements, cellsOf, columnNames, keyOf } from './cal-elements.ts';
import { checkCalibType, glastDocument, glastHeader } from './glast-header.ts';

const crystalKeys = ['row', 'col', 'layer', 'xtal', 'face'];

/** Converters of all calorimeter calibrations since calCalib_v2.dtd: constants by tower, layer, crystal, face. */
export const calConverters: readonly Converter<CalCalibration>[] = [...calElements].map(
  ([calibType, spec]) => ({
    dataFmt: 'XML',
    calibTypes: [calibType],
    fmtVersions: ['v2r0', 'v2r1', 'v2r2', 'v2r2p2', 'v2r3'],
    makes: 'v2',
    convert(base, { where }): CalCalibration {
      const document = glastDocument(base, ['calCalib'], where);
      checkCalibType(document, [calibType]);
      return calCalibration(document, spec, where);
    },
  }),
);

function calCalibration(
  document: XmlElement,
  spec: ConstantElement,
  where: string,
): CalCalibration {
  const dimension = calDimension(document);
  const { details } = spec;
  const channels = builderFor(spec);
  const parts = details && builderFor(details);
  for (const { key, face } of facesOf(document, dimension)) {
    for (const xml of childrenNamed(face, spec.element)) {
      channels.add([...key, ...keyOf(xml, spec)], cellsOf(xml, spec));
      if (!details) continue;
      for (const detail of childrenNamed(xml, details.element)) {
        parts?.add([...key, ...keyOf(detail, details)], cellsOf(detail, details));
      }
    }
  }
  checkCalCount(document, spec.element, channels.rows);
  return new CalCalibration(
    glastHeader(document),
    dimension,
    { channels: channels.table(where), details: parts?.table(where) },
    new Map(
      childrenNamed(document, 'dac').map((xml) => [
        requiredAttribute(xml, 'range'),
        numbersAttribute(xml, 'values'),
      ]),
    ),
    positionsOf(document),
  );
}

function builderFor(spec: ConstantElement): ChannelTableBuilder {
  return new ChannelTableBuilder(
    [...crystalKeys, ...(spec.key ? [spec.key.name] : [])],
    columnNames(spec),
  );
}

function positionsOf(document: XmlElement): Float64Array {
  const [xpos] = childrenNamed(document, 'xpos');
  return xpos ? numbersAttribute(xpos, 'values') : new Float64Array();
}

/** The faces of all crystals, with their names; indices are checked against the dimensions. */
function* facesOf(
  document: XmlElement,
  { rows, cols, layers, xtals }: CalDimension,
): Generator<{ readonly key: readonly (string | number)[]; readonly face: XmlElement }> {
  for (const tower of childrenNamed(document, 'tower')) {
    const row = integerAttribute(tower, 'iRow', 0, rows - 1);
    const col = integerAttribute(tower, 'iCol', 0, cols - 1);
    for (const layerXml of childrenNamed(tower, 'layer')) {
      const layer = integerAttribute(layerXml, 'iLayer', 0, layers - 1);
      for (const crystal of childrenNamed(layerXml, 'xtal')) {
        const xtal = integerAttribute(crystal, 'iXtal', 0, xtals - 1);
        for (const face of childrenNamed(crystal, 'face')) {
          const end = wordAttribute(face, 'end', ['NEG', 'POS', 'NA']);
          yield { key: [row, col, layer, xtal, end], face };
        }
      }
    }
  }
}
