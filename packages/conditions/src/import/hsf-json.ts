import { ConditionsError } from '../errors.ts';
import type { Calibration } from '../model/calibration.ts';
import { runPosition } from '../model/run-position.ts';
import { forever, type Position } from '../model/validity.ts';
import type { JsonValue } from '../payload/formats/read-json.ts';
import { byPriority } from '../tags/by-priority.ts';
import type { BundleCalibration, ConditionsBundle } from './conditions-bundle.ts';
import { JsonRow, readLongJson } from './json-rows.ts';

/** What the rows of HSF's reference service do not say. */
export interface HsfOptions {
  readonly instrument: string;
  /** The global tag that they are of; default: no tag is made. */
  readonly tag?: string | undefined;
  /** Format of the payloads; default ROOT, as most there are. */
  readonly dataFmt?: string | undefined;
}

/** Where open intervals end in the reference service: Python's `sys.maxsize`. */
const maxSize = 2n ** 63n - 1n;
const names = [
  ...['payload_type_name', 'payload_url', 'checksum', 'size'],
  ...['major_iov', 'minor_iov', 'major_iov_end', 'minor_iov_end', 'revision'],
];

/**
 * Reads payload IOVs of HSF's reference service (nopayloaddb, `payloadiovs`), as rows or as objects. (major, minor) is (run,
 * sub-run) here. Of rows of a type that overlap the one that begins last holds in the tag, as there.
 *
 * @throws ConditionsError `invalid` with the number of the row
 */
export function readHsfJson(
  bytes: Uint8Array,
  file: string,
  options: HsfOptions,
): ConditionsBundle {
  const { instrument, tag, dataFmt = 'ROOT' } = options;
  const list = readLongJson(bytes, file);
  if (!Array.isArray(list)) {
    throw new ConditionsError('invalid', { what: 'not a list of payload IOVs', where: file });
  }
  const calibrations = list.map((item: JsonValue, i): BundleCalibration => {
    const where = `${file}[${i}]`;
    const row = new JsonRow(Array.isArray(item) ? named(item) : item, where);
    const vstart = position(row, 'major_iov', 'minor_iov');
    const vend = position(row, 'major_iov_end', 'minor_iov_end');
    const url = row.text('payload_url');
    return {
      draft: {
        instrument,
        calibType: row.text('payload_type_name'),
        flavor: 'vanilla',
        axis: 'run',
        vstart,
        vend,
        procLevel: 'development',
        creator: 'nopayloaddb',
        notes: row.has('checksum') ? `[HSF: checksum ${row.text('checksum')}]` : '',
        dataIdent: url,
        dataFmt,
        fmtVersion: '1',
      },
      id: `${row.text('payload_type_name')} ${url}`,
      file: url,
    };
  });
  return { calibrations, tags: tag === undefined ? [] : [hsfTag(tag, instrument, calibrations)] };
}

/** Writes rows on the axis `run` as `payloadiovs?shape=dict` of the reference service has them. */
export function writeHsfJson(rows: readonly Calibration[]): string {
  const digits = (value: bigint): string => String(value);
  const objects = rows
    .filter(({ axis }) => axis === 'run')
    .map(({ calibType, dataIdent, payload, vstart, vend }) => {
      const isOpen = vend === forever;
      const texts = [calibType, dataIdent || (payload?.sha256 ?? ''), payload?.sha256 ?? ''];
      const numbers = [
        ...[BigInt(payload?.size ?? 0), vstart < 0n ? 0n : vstart >> 32n, vstart & 0xffff_ffffn],
        ...(isOpen ? [maxSize, maxSize] : [vend >> 32n, vend & 0xffff_ffffn]),
      ];
      const fields = [...texts.map((text) => JSON.stringify(text)), ...numbers.map(digits), 'null'];
      return `  {${names.map((name, i) => `"${name}": ${fields[i]}`).join(', ')}}`;
    });
  return `[\n${objects.join(',\n')}\n]\n`;
}

function named(values: readonly JsonValue[]): JsonValue {
  return Object.fromEntries(names.map((name, i) => [name, values[i] ?? null]));
}

function position(row: JsonRow, majorName: string, minorName: string): Position {
  const isEnd = majorName.endsWith('_end');
  const major = row.integer(majorName, isEnd ? maxSize : undefined);
  const minor = row.integer(minorName, isEnd ? maxSize : undefined);
  if (isEnd && major >= maxSize) return forever;
  try {
    return isEnd && minor >= maxSize ? runPosition(major + 1n) : runPosition(major, minor);
  } catch (cause) {
    if (!(cause instanceof ConditionsError)) throw cause;
    throw new ConditionsError('invalid', { ...cause.parts, where: row.where, cause });
  }
}

function hsfTag(
  name: string,
  instrument: string,
  calibrations: readonly BundleCalibration[],
): ConditionsBundle['tags'][number] {
  const placed = calibrations.map(({ draft }, calibration) => ({
    begin: draft.vstart,
    end: draft.vend ?? forever,
    calibType: draft.calibType,
    calibration,
  }));
  const entries = [...new Set(placed.map(({ calibType }) => calibType))].flatMap((type) => {
    const list = placed.filter(({ calibType }) => calibType === type);
    return byPriority(list.sort((a, b) => (a.begin > b.begin ? -1 : 1))).map(
      ({ begin, end, item }) => ({ begin, end, calibration: item.calibration }),
    );
  });
  return { name, instrument, description: 'imported from HSF JSON', state: 'OPEN', entries };
}
