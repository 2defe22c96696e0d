import { ChannelTableBuilder } from '../channel-table-builder.ts';
import { type Constant, constantsOf, type HasConstants } from '../constants.ts';
import type { Converter, Evolution } from '../converter-registry.ts';
import { attribute, childrenNamed, onlyChild, type XmlElement } from '../xml/xml-element.ts';
import { integerAttribute, numberAttribute, numbersAttribute } from '../xml/xml-values.ts';
import { type GlastHeader, glastDocument, glastHeader } from './glast-header.ts';
import { GlastTable } from './glast-table.ts';

/** Displacement along and rotation about x, y and z, applied in that order; 0 where not given. */
const columns = ['disp', 'rot'];

/** Converter of the places of towers relative to each other. */
export const towerAlignmentConverter: Converter<GlastTable> = {
  dataFmt: 'XML',
  calibTypes: ['TKR_TowerAlign'],
  fmtVersions: ['v1r0'],
  makes: 'v1',
  convert(base, { where }): GlastTable {
    const document = glastDocument(base, ['tkrTowerAlignment'], where);
    const builder = new ChannelTableBuilder(['tower'], columns);
    for (const tower of childrenNamed(document, 'tower')) {
      builder.add([integerAttribute(tower, 'id')], alignment(tower));
    }
    return new GlastTable(glastHeader(document), builder.table(where));
  },
};

const levels = ['towerInternal', 'tray', 'face', 'ladder', 'wafer'];

/** Converter of the places of what is inside towers: a row for each tray, face, ladder and wafer; `-` for levels below. */
export const internalAlignmentConverter: Converter<GlastTable> = {
  dataFmt: 'XML',
  calibTypes: ['TKR_InternalAlign'],
  fmtVersions: ['v1r0'],
  makes: 'v1',
  convert(base, { where }): GlastTable {
    const document = glastDocument(base, ['tkrInternalAlignment'], where);
    const builder = new ChannelTableBuilder(['tower', ...levels.slice(1)], columns);
    const descend = (parent: XmlElement, level: number, path: readonly number[]): void => {
      for (const xml of childrenNamed(parent, levels[level] ?? '')) {
        const key = [...path, integerAttribute(xml, 'id')];
        const padding = levels.slice(key.length).map(() => '-');
        if (level > 0) builder.add([...key, ...padding], alignment(xml));
        descend(xml, level + 1, key);
      }
    };
    descend(document, 0, []);
    return new GlastTable(glastHeader(document), builder.table(where));
  },
};

function alignment(xml: XmlElement): readonly Float64Array[] {
  return columns.map((name) =>
    attribute(xml, name) === undefined ? new Float64Array(3) : numbersAttribute(xml, name, 3),
  );
}

/** The alignment of the whole LAT: rotations about its axes, in arc seconds. */
export class LatAlignment implements HasConstants {
  readonly header: GlastHeader;
  readonly rx: number;
  readonly ry: number;
  readonly rz: number;

  constructor(header: GlastHeader, rx: number, ry: number, rz: number) {
    this.header = header;
    this.rx = rx;
    this.ry = ry;
    this.rz = rz;
  }

  *constants(): Generator<Constant> {
    const { rx, ry, rz } = this;
    yield* constantsOf({ rx, ry, rz });
  }
}

/** The same in version 1, as roll, pitch and yaw. */
export interface LatAngles {
  readonly header: GlastHeader;
  readonly roll: number;
  readonly pitch: number;
  readonly yaw: number;
}

/** Converter of latAlignCalib_v1r1.dtd. */
export const latAnglesConverter: Converter<LatAngles> = {
  dataFmt: 'XML',
  calibTypes: ['NAS_LATAlignment'],
  fmtVersions: ['v1r1'],
  makes: 'v1',
  convert(base, { where }): LatAngles {
    const document = glastDocument(base, ['LATAlignment'], where);
    const angle = onlyChild(document, 'angle');
    const [roll = 0, pitch = 0, yaw = 0] = ['roll', 'pitch', 'yaw'].map((name) =>
      attribute(angle, name) === undefined ? 0 : numberAttribute(angle, name),
    );
    return { header: glastHeader(document), roll, pitch, yaw };
  },
};

/** Converter of latAlignCalib_v2r0.dtd. */
export const latAlignmentConverter: Converter<LatAlignment> = {
  dataFmt: 'XML',
  calibTypes: ['NAS_LATAlignment'],
  fmtVersions: ['v2r0'],
  makes: 'v2',
  convert(base, { where }): LatAlignment {
    const document = glastDocument(base, ['LATAlignment'], where);
    const angle = onlyChild(document, 'angle');
    const [rx = 0, ry = 0, rz = 0] = ['Rx', 'Ry', 'Rz'].map((name) => numberAttribute(angle, name));
    return new LatAlignment(glastHeader(document), rx, ry, rz);
  },
};

/** Version 1 to 2: "roll, pitch and yaw (renamed Rx, Ry, Rz) in units of arcseconds" (latAlignCalib_v2r0.dtd). */
export const latAlignmentEvolution: Evolution<LatAngles, LatAlignment> = {
  calibTypes: ['NAS_LATAlignment'],
  from: 'v1',
  to: 'v2',
  evolve: ({ header, roll, pitch, yaw }) => new LatAlignment(header, roll, pitch, yaw),
};
