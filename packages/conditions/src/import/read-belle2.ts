import { ConditionsError } from '../errors.ts';
import type { TagState } from '../model/tag.ts';
import type { Interval } from '../model/validity.ts';
import { decodeUtf8 } from '../payload/xml/decode-text.ts';
import { byPriority } from '../tags/by-priority.ts';
import { belle2Interval } from './belle2-intervals.ts';
import type { BundleCalibration, BundleTag, ConditionsBundle } from './conditions-bundle.ts';

/** What Belle II's rows do not say. */
export interface Belle2Options {
  /** Default Belle2. */
  readonly instrument?: string | undefined;
  /** The tag that a text file is of; default: none is made. */
  readonly tag?: string | undefined;
}

/** A payload in a global tag. */
export interface Belle2Iov {
  readonly tag: string;
  readonly name: string;
  readonly revision: number;
  readonly bounds: readonly [number, number, number, number];
  /** Relative to the folder of payloads. */
  readonly file: string;
  readonly md5?: string | undefined;
  readonly where: string;
}

const line = /^dbstore\/(\S+)\s+(\S+)\s+(-?\d+),(-?\d+),(-?\d+),(-?\d+)$/;

/**
 * Reads a text database of basf2 (`b2conditionsdb download --create-dbfile`): lines `dbstore/NAME REVISION
 * firstExp,firstRun,finalExp,finalRun`, `#` begins a comment.
 *
 * @throws ConditionsError `invalid` with the line
 */
export function readBelle2Text(
  bytes: Uint8Array,
  file: string,
  options: Belle2Options = {},
): ConditionsBundle {
  const iovs: Belle2Iov[] = [];
  for (const [i, text] of decodeUtf8(bytes, file).split('\n').entries()) {
    const content = text.replace(/#.*/, '').trim();
    if (content === '') continue;
    const where = `${file}:${i + 1}`;
    const [, name = '', revision = '', ...bounds] = line.exec(content) ?? [];
    if (name === '' || !/^[0-9a-f]+$/i.test(revision)) {
      throw new ConditionsError('invalid', {
        what: 'no line of a Belle II database',
        where,
        given: `'${content.slice(0, 80)}'`,
        expected: 'dbstore/NAME REVISION firstExp,firstRun,finalExp,finalRun',
      });
    }
    const [a = 0, b = 0, c = 0, d = 0] = bounds.map(Number);
    iovs.push({
      tag: options.tag ?? '',
      name,
      revision: Number.parseInt(revision, 10) || 0,
      bounds: [a, b, c, d],
      file: `dbstore_${name}_rev_${revision}.root`,
      where,
    });
  }
  const states = new Map<string, TagState>(
    options.tag === undefined ? [] : [[options.tag, 'OPEN']],
  );
  return belle2Bundle(iovs, states, options);
}

/** Rows and tags of Belle II: where intervals of a name overlap in a tag, the highest revision holds, as in basf2. */
export function belle2Bundle(
  iovs: readonly Belle2Iov[],
  tags: ReadonlyMap<string, TagState>,
  { instrument = 'Belle2' }: Belle2Options,
): ConditionsBundle {
  const calibrations: BundleCalibration[] = [];
  const numbers = new Map<string, number>();
  const placed = iovs.map((iov): Interval & { iov: Belle2Iov; calibration: number } => {
    const { begin, end } = belle2Interval(iov.bounds, iov.where);
    const id = `${iov.name} revision ${iov.revision} ${iov.bounds.join(',')}`;
    const known = numbers.get(id);
    const calibration = known ?? calibrations.length;
    if (known === undefined) {
      numbers.set(id, calibration);
      calibrations.push({
        draft: {
          instrument,
          calibType: iov.name,
          flavor: 'vanilla',
          axis: 'run',
          vstart: begin,
          vend: end,
          procLevel: 'development',
          creator: 'Belle II conditions database',
          notes: `[Belle II: revision ${iov.revision}${iov.md5 ? `, md5 ${iov.md5}` : ''}]`,
          dataIdent: iov.file,
          dataFmt: 'ROOT',
          fmtVersion: '1',
        },
        id,
        file: iov.file,
        md5: iov.md5,
      });
    }
    return { begin, end, iov, calibration };
  });
  const bundleTags = [...tags].map(([name, state]): BundleTag => {
    const mine = placed.filter(({ iov }) => iov.tag === name);
    const entries = [...new Set(mine.map(({ iov }) => iov.name))].flatMap((condition) => {
      const list = mine.filter(({ iov }) => iov.name === condition);
      return byPriority(list.sort((a, b) => b.iov.revision - a.iov.revision)).map(
        ({ begin, end, item }) => ({ begin, end, calibration: item.calibration }),
      );
    });
    return { name, instrument, description: 'imported from Belle II', state, entries };
  });
  return { calibrations, tags: bundleTags };
}
