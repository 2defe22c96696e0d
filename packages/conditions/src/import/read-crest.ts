import { ConditionsError } from '../errors.ts';
import { type Axis, forever, type Position } from '../model/validity.ts';
import { byPriority } from '../tags/by-priority.ts';
import type { BundleCalibration, BundleTag, ConditionsBundle } from './conditions-bundle.ts';
import { JsonRow, readLongJson } from './json-rows.ts';

/** What a CREST dump is read with. */
export interface CrestOptions {
  readonly instrument: string;
  /** Bulk data by the hash that CREST has of them. */
  readonly payloads?: ReadonlyMap<string, Uint8Array> | undefined;
}

interface CrestTag {
  readonly name: string;
  readonly axis: Axis;
  readonly description: string;
  readonly endOfValidity: bigint;
}

interface CrestIov {
  readonly since: Position;
  readonly hash: string;
  readonly inserted: string;
}

/** Time types of CREST and the axes that they are here: `time` in nanoseconds, `run-lumi` as run * 2^32 + luminosity block. */
const axes: Readonly<Record<string, Axis>> = { time: 'time', 'run-lumi': 'run' };

/**
 * Reads a dump of CREST (HSF/Crest, openapi/schemas): files with answers of its API, each a set that tells its `format`:
 * TagSetDto, IovSetDto, PayloadSetDto, GlobalTagSetDto, GlobalTagMapSetDto. Intervals begin at `since` and end at the next one, or at the
 * tag's endOfValidity; of two with the same `since` the one inserted last holds. A CREST tag is a condition here, a global
 * tag a tag.
 *
 * @param files by name
 * @throws ConditionsError `invalid` with the file and what is wrong in it
 */
export function readCrest(
  files: ReadonlyMap<string, Uint8Array>,
  { instrument, payloads }: CrestOptions,
): ConditionsBundle {
  const sets = [...files].map(([name, bytes]) => new JsonRow(readLongJson(bytes, name), name));
  const of = (format: string): readonly JsonRow[] =>
    sets.filter((set) => set.text('format') === format).flatMap((set) => set.rows('resources'));
  const tags = new Map(of('TagSetDto').map((row) => [row.text('name'), crestTag(row)]));
  const formats = new Map(
    of('PayloadSetDto').map((row) => [row.text('hash'), row.text('objectType', '')]),
  );
  const iovs = iovsByTag(of('IovSetDto'));
  const calibrations: BundleCalibration[] = [];
  const pieces = new Map<string, BundleTag['entries'][number][]>();
  for (const [name, list] of iovs) {
    const tag = tags.get(name);
    if (!tag) {
      throw new ConditionsError('invalid', {
        what: 'intervals of a tag that is not in the dump',
        given: name,
        expected: [...tags.keys()].slice(0, 12).join(', ') || 'a TagSetDto',
      });
    }
    const lines: BundleTag['entries'][number][] = [];
    for (const { begin, end, iov } of intervals(list, tag)) {
      const bytes = payloads?.get(iov.hash);
      lines.push({ begin, end, calibration: calibrations.length });
      calibrations.push({
        draft: {
          instrument,
          calibType: name,
          flavor: 'vanilla',
          axis: tag.axis,
          vstart: begin,
          vend: end,
          procLevel: 'production',
          creator: 'CREST',
          inputDesc: tag.description,
          notes: `[CREST: inserted ${iov.inserted}]`,
          dataIdent: iov.hash,
          dataFmt: dataFmtOf(formats.get(iov.hash)),
          fmtVersion: '1',
        },
        id: `${name} ${iov.since}`,
        bytes,
        file: iov.hash,
      });
    }
    pieces.set(name, lines);
  }
  return {
    calibrations,
    tags: globalTags(of('GlobalTagSetDto'), of('GlobalTagMapSetDto'), pieces, instrument),
  };
}

function crestTag(row: JsonRow): CrestTag {
  const timeType = row.text('timeType', 'time').toLowerCase();
  const axis = Object.hasOwn(axes, timeType) ? axes[timeType] : undefined;
  if (axis === undefined) {
    throw new ConditionsError('invalid', {
      what: 'a time type that has no axis here',
      where: row.where,
      given: `'${timeType}'`,
      expected: Object.keys(axes).join(' or '),
    });
  }
  return {
    name: row.text('name'),
    axis,
    description: row.text('description', ''),
    endOfValidity: row.integer('endOfValidity', 0n),
  };
}

function iovsByTag(rows: readonly JsonRow[]): ReadonlyMap<string, readonly CrestIov[]> {
  const byTag = new Map<string, CrestIov[]>();
  for (const row of rows) {
    const list = byTag.get(row.text('tagName')) ?? [];
    byTag.set(row.text('tagName'), list);
    list.push({
      since: row.integer('since'),
      hash: row.text('payloadHash'),
      inserted: row.text('insertionTime', ''),
    });
  }
  return byTag;
}

function intervals(
  iovs: readonly CrestIov[],
  tag: CrestTag,
): readonly { readonly begin: Position; readonly end: Position; readonly iov: CrestIov }[] {
  const last = new Map<Position, CrestIov>();
  for (const iov of iovs) {
    const known = last.get(iov.since);
    if (!known || known.inserted <= iov.inserted) last.set(iov.since, iov);
  }
  const sorted = [...last.values()].sort((a, b) => (a.since < b.since ? -1 : 1));
  const end = tag.endOfValidity > 0n ? tag.endOfValidity : forever;
  return sorted
    .map((iov, i) => ({ begin: iov.since, end: sorted[i + 1]?.since ?? end, iov }))
    .filter(({ begin, end: stop }) => begin < stop);
}

function globalTags(
  tags: readonly JsonRow[],
  maps: readonly JsonRow[],
  pieces: ReadonlyMap<string, BundleTag['entries'][number][]>,
  instrument: string,
): readonly BundleTag[] {
  return tags.map((row) => {
    const name = row.text('name');
    const mapped = maps.filter((map) => map.text('globalTagName') === name);
    return {
      name,
      instrument,
      description: row.text('description', ''),
      state: row.text('type', 'U').toUpperCase().startsWith('L') ? 'PUBLISHED' : 'OPEN',
      entries: [...new Set(mapped.map((map) => map.text('tagName')))].flatMap((tag) =>
        byPriority(pieces.get(tag) ?? []).map(({ begin, end, item }) => ({
          begin,
          end,
          calibration: item.calibration,
        })),
      ),
    };
  });
}

function dataFmtOf(objectType: string | undefined): string {
  return /root/i.test(objectType ?? '') ? 'ROOT' : 'JSON';
}
