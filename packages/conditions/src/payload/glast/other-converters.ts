import { ChannelTableBuilder } from '../channel-table-builder.ts';
import type { Constant, HasConstants } from '../constants.ts';
import type { Converter } from '../converter-registry.ts';
import {
  childrenNamed,
  onlyChild,
  requiredAttribute,
  type XmlElement,
  xmlError,
} from '../xml/xml-element.ts';
import { numberAttribute, numbersAttribute, wordAttribute } from '../xml/xml-values.ts';
import { type GlastHeader, glastDocument, glastHeader } from './glast-header.ts';
import { GlastTable } from './glast-table.ts';

/** Values of a leaf of generic data. */
export interface GenericLeaf {
  readonly dtype: 'int' | 'unsigned' | 'float';
  /** `no_units` where none are given. */
  readonly units: string;
  readonly values: Float64Array;
}

/** Generic calibration data: leaves inside structures, by path: `fakeGen3/outerStruct/singleInt`. */
export class GenericData implements HasConstants {
  readonly header: GlastHeader;
  readonly leaves: ReadonlyMap<string, GenericLeaf>;

  constructor(header: GlastHeader, leaves: ReadonlyMap<string, GenericLeaf>) {
    this.header = header;
    this.leaves = leaves;
  }

  *constants(): Generator<Constant> {
    for (const [path, { units, values }] of this.leaves) {
      if (units !== 'no_units') yield [`${path}/units`, units];
      for (const [i, value] of values.entries()) {
        yield [values.length === 1 ? path : `${path}[${i}]`, value];
      }
    }
  }
}

const bounds = {
  int: [-(2 ** 31), 2 ** 31 - 1],
  unsigned: [0, 2 ** 32 - 1],
} as const;

/** Converter of genCalib.dtd. */
export const genericConverter: Converter<GenericData> = {
  dataFmt: 'XML',
  calibTypes: ['Test_Gen'],
  fmtVersions: ['*'],
  makes: 'v1',
  convert(base, { where }): GenericData {
    const document = glastDocument(base, ['calib'], where);
    const leaves = new Map<string, GenericLeaf>();
    const descend = (xml: XmlElement, above: string): void => {
      const path = `${above}${requiredAttribute(xml, 'name')}`;
      if (xml.name === 'leaf') leaves.set(path, genericLeaf(xml));
      else for (const child of xml.children) descend(child, `${path}/`);
    };
    descend(onlyChild(document, 'data'), '');
    return new GenericData(glastHeader(document), leaves);
  },
};

function genericLeaf(xml: XmlElement): GenericLeaf {
  const dtype = wordAttribute(xml, 'dtype', ['int', 'unsigned', 'float']);
  const values = numbersAttribute(xml, 'value');
  if (dtype !== 'float') {
    const [lowest, highest] = bounds[dtype];
    const wrong = values.find((v) => !Number.isInteger(v) || v < lowest || v > highest);
    if (wrong !== undefined) {
      throw xmlError(xml, `a value of type ${dtype}`, {
        given: String(wrong),
        expected: `a whole number, ${lowest} to ${highest}`,
      });
    }
  }
  return { dtype, units: requiredAttribute(xml, 'units'), values };
}

/** Converter of the polygon of the South Atlantic Anomaly: vertices in degrees of latitude and longitude. */
export const saaConverter: Converter<GlastTable> = {
  dataFmt: 'XML',
  calibTypes: ['NAS_SAABoundary'],
  fmtVersions: ['v1r1'],
  makes: 'v1',
  convert(base, { where }): GlastTable {
    const document = glastDocument(base, ['SAABoundary'], where);
    const polygon = onlyChild(document, 'polygon');
    const vertices = childrenNamed(polygon, 'vertex');
    if (vertices.length < 3) {
      throw xmlError(polygon, 'the number of <vertex>', {
        given: String(vertices.length),
        expected: 'at least 3',
      });
    }
    const builder = new ChannelTableBuilder(['vertex'], ['lat', 'lon']);
    for (const [i, vertex] of vertices.entries()) {
      builder.add([i], [numberAttribute(vertex, 'lat'), numberAttribute(vertex, 'lon')]);
    }
    return new GlastTable(glastHeader(document), builder.table(where));
  },
};
