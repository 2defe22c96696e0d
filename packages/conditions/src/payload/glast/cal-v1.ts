import { ChannelTableBuilder } from '../channel-table-builder.ts';
import type { Converter, Evolution } from '../converter-registry.ts';
import { childrenNamed } from '../xml/xml-element.ts';
import { numberAttribute } from '../xml/xml-values.ts';
import { CalCalibration } from './cal-calibration.ts';
import { type CalDimension, calDimension, checkCalCount } from './cal-dimension.ts';
import { checkCalibType, type GlastHeader, glastDocument, glastHeader } from './glast-header.ts';

/** A calorimeter calibration of version 1: constants whose channel is their place in the file. */
export interface CalOrdered {
  readonly header: GlastHeader;
  readonly dimension: CalDimension;
  /** Names of constants, and their values in the order of tower, layer, crystal, face, range. */
  readonly columns: ReadonlyMap<string, Float64Array>;
}

const elements = [
  { calibType: 'CAL_Ped', element: 'calPed', columns: ['avg', 'sig'] },
  { calibType: 'CAL_ElecGain', element: 'calGain', columns: ['gain'] },
];

/** Converters of calCalib_v1.dtd. */
export const calOrderedConverters: readonly Converter<CalOrdered>[] = elements.map(
  ({ calibType, element, columns }) => ({
    dataFmt: 'XML',
    calibTypes: [calibType],
    fmtVersions: ['v1r0'],
    makes: 'v1',
    convert(base, { where }): CalOrdered {
      const document = glastDocument(base, ['calCalib'], where);
      checkCalibType(document, [calibType]);
      const items = childrenNamed(document, element);
      checkCalCount(document, element, items.length);
      return {
        header: glastHeader(document),
        dimension: calDimension(document),
        columns: new Map(
          columns.map((name) => [
            name,
            Float64Array.from(items, (xml) => numberAttribute(xml, name)),
          ]),
        ),
      };
    },
  }),
);

/**
 * Version 1 to 2: each constant gets the name of its channel. What version 2 has besides is what its DTD gives by default:
 * cos 2 for pedestals. A gain has no spread in version 1: 0.
 */
export const calEvolutions: readonly Evolution<CalOrdered, CalCalibration>[] = [
  {
    calibTypes: ['CAL_Ped'],
    from: 'v1',
    to: 'v2',
    evolve: (older, where) =>
      named(older, where, [
        ['avg', 'avg'],
        ['sig', 'sig'],
        ['cos', 2],
      ]),
  },
  {
    calibTypes: ['CAL_ElecGain'],
    from: 'v1',
    to: 'v2',
    evolve: (older, where) =>
      named(older, where, [
        ['avg', 'gain'],
        ['sig', 0],
      ]),
  },
];

const faceWords = ['NEG', 'POS'];
const rangeWords = ['LEX8', 'LEX1', 'HEX8', 'HEX1'];

function named(
  { header, dimension, columns }: CalOrdered,
  where: string,
  fill: readonly (readonly [name: string, from: string | number])[],
): CalCalibration {
  const builder = new ChannelTableBuilder(
    ['row', 'col', 'layer', 'xtal', 'face', 'range'],
    fill.map(([name]) => name),
  );
  const { rows, cols, layers, xtals, faces, ranges } = dimension;
  const count = columns.values().next().value?.length ?? 0;
  for (let place = 0; place < count; place++) {
    let rest = place;
    const next = (length: number): number => {
      const digit = rest % length;
      rest = Math.floor(rest / length);
      return digit;
    };
    const range = rangeWords[next(ranges)] ?? '';
    const face = faces === 1 ? 'NA' : (faceWords[next(faces)] ?? '');
    const [xtal, layer, col, row] = [next(xtals), next(layers), next(cols), next(rows)];
    builder.add(
      [row, col, layer, xtal, face, range],
      fill.map(([, from]) =>
        typeof from === 'number' ? from : (columns.get(from)?.[place] ?? null),
      ),
    );
  }
  return new CalCalibration(header, dimension, { channels: builder.table(where) });
}
