import type { CalibrationDraft } from '@lantern/conditions';
import {
  type Detector,
  type OpticalProperties,
  opticalPropertiesDocument,
  type PropertyTable,
} from '@lantern/geometry';
import { RandomStream, sampleGauss } from '@lantern/units';

/** A calibration of the example, with its bulk data. */
export interface ExampleCalibration {
  readonly draft: CalibrationDraft;
  readonly payload: Uint8Array;
}

/** Name of the example's instrument. */
export const exampleInstrument = 'watertank';

/** When the muons of `lantern start` cross the tank, if nothing else is said. */
export const exampleTime = '2026-06-15T12:00:00Z';

/** The experiment begins, and new calibrations every month. */
const months = [1, 2, 3, 4, 5, 6].map((month) => Date.UTC(2026, month - 1, 1));
const start = months[0] ?? 0;

/** Periods of the water: filled, aged, cleaned; its absorption length over that of the clean one. */
const waterPeriods: readonly (readonly [from: number, quality: number, notes: string])[] = [
  [start, 0.9, 'first filling'],
  [Date.UTC(2026, 3, 10), 0.6, 'the purification stands still'],
  [Date.UTC(2026, 4, 20), 1, 'after purification'],
];

/** Since when which photomultipliers are silent or too loud: a channel that died stays dead. */
const deadSince: readonly (readonly [from: number, channels: readonly number[]])[] = [
  [start, [17, 203]],
  [Date.UTC(2026, 2, 3), [17, 203, 311]],
  [Date.UTC(2026, 4, 28), [17, 203, 311, 402]],
];
const hotSince: readonly (readonly [from: number, channels: readonly number[]])[] = [
  [start, []],
  [Date.UTC(2026, 3, 18), [88]],
  [Date.UTC(2026, 5, 2), [88, 91, 254]],
];

/** Each thing that is drawn has random numbers of its own, so that none depends on another. */
const purposes = { gain: 1, drift: 2, offset: 3 } as const;

/**
 * The calibrations of the example experiment, oldest first: gains and time offsets of its photomultipliers (invented,
 * with a spread and a drift of the usual size), dead and hot channels, optical properties, absorption of its water by
 * period.
 *
 * @param detector the example as it is built: its optical properties are those of clean water
 * @param channels number of photomultipliers
 */
export function watertankCalibrations(detector: Detector, channels: number): ExampleCalibration[] {
  return [
    optics(detector),
    ...waterPeriods.map(([from, quality, notes]) => water(detector, from, quality, notes)),
    ...months.map((from, month) => gains(from, month, channels)),
    timeOffsets(channels),
    ...deadSince.map(([from, list]) => badChannels('PMT_DeadChan', 'dead', from, list)),
    ...hotSince.map(([from, list]) => badChannels('PMT_HotChan', 'hot', from, list)),
  ];
}

const waterAbsorption = ['Water', 'ABSLENGTH'] as const;

/** All of the detector but what has a calibration of its own. */
function optics({ materials, surfaces }: Detector): ExampleCalibration {
  const [material, property] = waterAbsorption;
  const document = opticalPropertiesDocument({
    materials: properties(materials, (owner, name) => owner !== material || name !== property),
    surfaces: properties(surfaces, () => true),
  });
  return json('OPT_Properties', start, document, 'as built');
}

function water(
  { materials }: Detector,
  from: number,
  quality: number,
  notes: string,
): ExampleCalibration {
  const [material, property] = waterAbsorption;
  const table = materials.get(material)?.properties.tables.get(property);
  const changed: PropertyTable = {
    energies: table?.energies ?? new Float64Array(),
    values: (table?.values ?? new Float64Array()).map((length) => rounded(length * quality)),
  };
  const document = opticalPropertiesDocument({
    materials: new Map([
      [material, { tables: new Map([[property, changed]]), constants: new Map() }],
    ]),
    surfaces: new Map(),
  });
  return json('OPT_WaterAbsorption', from, document, notes);
}

function properties(
  owners: ReadonlyMap<string, { readonly properties: OpticalProperties }>,
  wanted: (owner: string, name: string) => boolean,
): ReadonlyMap<string, OpticalProperties> {
  const all = [...owners].map(([owner, { properties }]): [string, OpticalProperties] => [
    owner,
    {
      tables: new Map([...properties.tables].filter(([name]) => wanted(owner, name))),
      constants: properties.constants,
    },
  ]);
  return new Map(all.filter(([, { tables, constants }]) => tables.size + constants.size > 0));
}

/** Mean gain 1e7, a spread of 8 % that stays, 1 % from month to month. */
function gains(from: number, month: number, channels: number): ExampleCalibration {
  const rows = Array.from({ length: channels }, (_, channel) => {
    const own = sampleGauss(new RandomStream(0, channel, purposes.gain), 1, 0.08);
    const drift = sampleGauss(new RandomStream(0, channel * 12 + month, purposes.drift), 1, 0.01);
    return `${channel},${(1e7 * own * drift).toPrecision(5)}`;
  });
  return csv('PMT_Gain', from, ['channel,gain', ...rows], 'single photo-electron peaks');
}

/** Cables: ns, a spread of 2 ns. */
function timeOffsets(channels: number): ExampleCalibration {
  const rows = Array.from({ length: channels }, (_, channel) => {
    const offset = sampleGauss(new RandomStream(0, channel, purposes.offset), 0, 2);
    return `${channel},${offset.toFixed(3)}`;
  });
  return csv('PMT_TimeOffset', start, ['channel,offset_ns', ...rows], 'laser ball');
}

function badChannels(
  calibType: string,
  kind: 'dead' | 'hot',
  from: number,
  channels: readonly number[],
): ExampleCalibration {
  const list = channels.map((channel) => `  <channel id="${channel}"/>\n`).join('');
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<badChannels kind="${kind}">\n${list}</badChannels>\n`;
  return calibration(calibType, from, text, {
    dataFmt: 'XML',
    notes: `${channels.length} ${kind}`,
  });
}

function json(
  calibType: string,
  from: number,
  document: unknown,
  notes: string,
): ExampleCalibration {
  const text = `${JSON.stringify(document, undefined, 1)}\n`;
  return calibration(calibType, from, text, { dataFmt: 'JSON', notes });
}

function csv(
  calibType: string,
  from: number,
  lines: readonly string[],
  inputDesc: string,
): ExampleCalibration {
  return calibration(calibType, from, `${lines.join('\n')}\n`, { dataFmt: 'CSV', inputDesc });
}

function calibration(
  calibType: string,
  from: number,
  text: string,
  more: Pick<CalibrationDraft, 'dataFmt' | 'notes' | 'inputDesc'>,
): ExampleCalibration {
  return {
    payload: new TextEncoder().encode(text),
    draft: {
      instrument: exampleInstrument,
      calibType,
      flavor: 'vanilla',
      vstart: BigInt(from) * 1_000_000n,
      procLevel: 'production',
      completion: 'ok',
      fmtVersion: '1',
      locale: 'laboratory',
      creator: 'lantern start',
      uid: 'lantern',
      dataIdent: `${calibType}-${new Date(from).toISOString().slice(0, 10)}.${more.dataFmt.toLowerCase()}`,
      ...more,
    },
  };
}

function rounded(value: number): number {
  return Number(value.toPrecision(8));
}
