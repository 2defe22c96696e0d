import {
  type Axis,
  type Calibration,
  ConditionsError,
  type ConditionsReader,
  type Found,
  formatMoment,
  type Moment,
  type Position,
} from '@lantern/conditions';
import {
  type Detector,
  type OpticalPropertyChanges,
  readOpticalProperties,
  withOpticalProperties,
} from '@lantern/geometry';
import type { ConditionUsed } from '@lantern/optics';

/** Calibration types that begin with this hold optical properties, as JSON (geometry's OpticalPropertiesDocument). */
export const opticalTypes = 'OPT_';

/** Which properties: of an instrument at a place on an axis. */
export interface MomentOfDetector {
  readonly instrument: string;
  readonly axis: Axis;
  readonly position: Position;
  /** The place as it was given, for the summary. */
  readonly at: string;
  /** Default: by production level and its fellows. */
  readonly tags?: readonly string[] | undefined;
  readonly flavor: string;
  readonly asOf?: Moment | undefined;
}

/**
 * The detector with the optical properties that its calibrations say for that moment: of all types of the instrument that
 * begin with `OPT_`. One that has a gap there is an error, as a detector of mixed times would be wrong in silence.
 *
 * @throws ConditionsError where nothing is valid, or two calibrations say the same property
 */
export async function detectorOfTheMoment(
  detector: Detector,
  reader: ConditionsReader,
  moment: MomentOfDetector,
): Promise<{ readonly detector: Detector; readonly used: readonly ConditionUsed[] }> {
  const types = await typesOf(reader, moment);
  if (types.length === 0) {
    throw new ConditionsError('absent', {
      what: `no calibrations of optical properties (${opticalTypes}…)`,
      where: moment.tags ? `tag ${moment.tags.join(', ')}` : `instrument ${moment.instrument}`,
      expected: `types such as ${opticalTypes}Properties`,
    });
  }
  const used: ConditionUsed[] = [];
  const said = new Map<string, string>();
  let changed = detector;
  for (const calibType of types) {
    const found = await find(reader, moment, calibType);
    const { calibration, asOf } = found;
    const where = `${calibType} ${calibration.serNo}`;
    const changes = await propertiesIn(reader, calibration, where);
    requireOnce(changes, where, said);
    changed = withOpticalProperties(changed, changes, where);
    const { instrument, flavor, serNo, payload } = calibration;
    const { at } = moment;
    const sha256 = payload?.sha256 ?? '';
    used.push({ instrument, calibType, flavor, serNo, sha256, at, asOf: formatMoment(asOf) });
  }
  return { detector: changed, used };
}

async function typesOf(reader: ConditionsReader, moment: MomentOfDetector): Promise<string[]> {
  const { instrument, tags, flavor, axis, position, asOf } = moment;
  if (tags) {
    const { lines, missing } = await reader.resolve({ tags, axis, position, asOf });
    const all = [...lines, ...missing].filter((line) => line.flavor === flavor);
    return distinct(all.map(({ calibType }) => calibType));
  }
  const rows = await reader.rows({
    tests: [
      { field: 'instrument', test: '=', value: instrument },
      { field: 'flavor', test: '=', value: flavor },
      { field: 'calibType', test: 'like', value: `${opticalTypes}*` },
    ],
    asOf,
    limit: 10_000,
  });
  return distinct(rows.map(({ calibType }) => calibType));
}

function distinct(types: readonly string[]): string[] {
  return [...new Set(types.filter((type) => type.startsWith(opticalTypes)))].sort();
}

function find(
  reader: ConditionsReader,
  { instrument, tags, flavor, axis, position, asOf }: MomentOfDetector,
  calibType: string,
): Promise<Found> {
  if (tags) return reader.findInTags({ tags, calibType, flavor, axis, position, asOf });
  return reader.find({ instrument, calibType, flavor, axis, position, asOf });
}

async function propertiesIn(
  reader: ConditionsReader,
  { payload, dataFmt }: Calibration,
  where: string,
): Promise<OpticalPropertyChanges> {
  if (!payload || dataFmt !== 'JSON') {
    throw new ConditionsError('invalid', {
      what: 'optical properties are read from JSON only',
      where,
      given: payload ? dataFmt : 'no payload',
    });
  }
  const text = new TextDecoder().decode(await reader.payload(payload.sha256));
  return readOpticalProperties(parsed(text, where), where);
}

function parsed(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ConditionsError('invalid', { what: 'the payload is no JSON', where, cause });
  }
}

/** Two calibrations that say the same would make the result depend on their order. */
function requireOnce(
  changes: OpticalPropertyChanges,
  where: string,
  said: Map<string, string>,
): void {
  for (const [kind, owners] of Object.entries(changes)) {
    for (const [owner, { tables, constants }] of owners) {
      for (const name of [...tables.keys(), ...constants.keys()]) {
        const key = `${name} of ${kind.slice(0, -1)} '${owner}'`;
        const before = said.get(key);
        if (before !== undefined) {
          throw new ConditionsError('conflict', {
            what: `${key} is said twice`,
            given: `by ${before} and ${where}`,
          });
        }
        said.set(key, where);
      }
    }
  }
}
