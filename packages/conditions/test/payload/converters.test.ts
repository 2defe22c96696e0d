import { expect, test } from 'vitest';
import { ChannelTable } from '../../src/payload/channel-table.ts';
import {
  type Converter,
  ConverterRegistry,
  type Evolution,
} from '../../src/payload/converter-registry.ts';
import { glastRegistry } from '../../src/payload/glast/glast-registry.ts';
import type { PayloadInput } from '../../src/payload/payload-input.ts';
import { tableConverter } from '../../src/payload/table-converter.ts';

const input = (content: string, more: Partial<PayloadInput> = {}): PayloadInput => ({
  bytes: new TextEncoder().encode(content),
  calibType: 'PMT_Gain',
  dataFmt: 'CSV',
  fmtVersion: '2',
  where: 'gains.csv',
  ...more,
});

const gains = tableConverter({
  dataFmt: 'CSV',
  calibTypes: ['PMT_Gain'],
  fmtVersions: ['2'],
  keys: ['channel'],
  numbers: ['gain'],
  ranges: { gain: [0, 10] },
});

test('[BLK8] a converter is found by format, type and version', async () => {
  const registry = new ConverterRegistry().add(gains);
  const { value, version } = await registry.convert(input('channel,gain\n17,1.25\n4,0.5\n'));
  if (!(value instanceof ChannelTable)) throw new Error('not a table');
  expect(version).toBe('2');
  expect(value.number('gain', 17)).toBe(1.25);
  expect(() => value.number('gain', 5)).toThrow('no such channel: given channel=5');
  expect(() => value.number('gian', 17)).toThrow(
    'no such column: given gian, expected gain (did you mean gain?)',
  );
});

test('[BLK8] a version or format without a converter is an error that names those there are', async () => {
  const registry = new ConverterRegistry().add(gains);
  await expect(registry.convert(input('', { fmtVersion: '3' }))).rejects.toThrow(
    "gains.csv: no converter for PMT_Gain in CSV of that version: given version '3', expected 2",
  );
  await expect(registry.convert(input('', { dataFmt: 'JSON' }))).rejects.toThrow(
    'no converter for PMT_Gain in JSON: given JSON, expected CSV',
  );
  const other = await registry.convert(input('[1]', { calibType: 'PMT_Time', dataFmt: 'JSON' }));
  expect(other).toEqual({ value: [1] });
});

test('[BLK8] older versions evolve step by step, to the newest or the one asked for', async () => {
  const older: Converter<number> = {
    dataFmt: 'JSON',
    calibTypes: ['T'],
    fmtVersions: ['1'],
    makes: '1',
    convert: (base) => base as number,
  };
  const step = (from: string, to: string, factor: number): Evolution<number, number> => ({
    calibTypes: ['T'],
    from,
    to,
    evolve: (value) => value * factor,
  });
  const registry = new ConverterRegistry()
    .add(older)
    .addEvolutions(step('2', '3', 5), step('1', '2', 3));
  const ask = (version?: string): Promise<unknown> =>
    registry.convert(input('7', { calibType: 'T', dataFmt: 'JSON', fmtVersion: '1' }), version);
  expect(await ask()).toEqual({ value: 105, version: '3' });
  expect(await ask('2')).toEqual({ value: 21, version: '2' });
  expect(await ask('1')).toEqual({ value: 7, version: '1' });
  await expect(ask('4')).rejects.toThrow(
    'no way to version 4 of T: given version 1, expected 1, 2, 3',
  );
});

test('[BLK8] a table without a column, with a wrong value or the same channel twice is refused', async () => {
  const registry = new ConverterRegistry().add(gains);
  const wrong: readonly (readonly [string, string])[] = [
    ['channel,gian\n1,2\n', 'the column gain is missing: given channel, gian (did you mean gian?)'],
    ['channel,gain\n1,11\n', 'channel=1/gain: given 11, expected 0 to 10'],
    ['channel,gain\n1,2\n2,\n', 'channel=2/gain: given null, expected 0 to 10'],
    ['channel,gain\n1,2\n1,3\n', 'two rows for the channel channel=1: given rows 0 and 1, from 0'],
    [
      'channel,gain\n1.5,2\n',
      'the key channel of row 0: given 1.5, expected a whole number or a word',
    ],
  ];
  for (const [csv, message] of wrong) {
    await expect(registry.convert(input(csv))).rejects.toThrow(message);
  }
});

test('[BLK8] alignment of the LAT: roll, pitch and yaw of version 1 are Rx, Ry and Rz of version 2', async () => {
  const registry = glastRegistry([]);
  const document = (angle: string): string =>
    `<LATAlignment><generic instrument="LAT"/>${angle}</LATAlignment>`;
  const more = { calibType: 'NAS_LATAlignment', dataFmt: 'XML' };
  const older = await registry.convert(
    input(document('<angle roll="1.5" pitch="-2" yaw="3"/>'), { ...more, fmtVersion: 'v1r1' }),
  );
  const newer = await registry.convert(
    input(document('<angle Rx="1.5" Ry="-2" Rz="3" units="arcseconds"/>'), {
      ...more,
      fmtVersion: 'v2r0',
    }),
  );
  expect(older).toEqual(newer);
  expect(newer.value).toMatchObject({ rx: 1.5, ry: -2, rz: 3 });
});

test('[BLK8] types without a file: ACD of version 0, tracker thresholds, the South Atlantic Anomaly', async () => {
  const registry = glastRegistry([]);
  const acd = await registry.convert(
    input(
      '<acdCalib><generic calibType="ACD_Ped"/><dimension/><face iFace="1"><row iRow="2"><col iCol="3"><pmt iPmt="1"><acdPed range="0" avg="4.5" sig="0.5"/></pmt></col></row></face></acdCalib>',
      { calibType: 'ACD_Ped', dataFmt: 'XML', fmtVersion: 'v1r0' },
    ),
  );
  expect(acd.version).toBe('v0');
  expect([...(acd.value as { constants(): Iterable<unknown> }).constants()]).toEqual([
    ['face=1/row=2/col=3/pmt=1/range=0/avg', 4.5],
    ['face=1/row=2/col=3/pmt=1/range=0/sig', 0.5],
  ]);
  const thresholds = await registry.convert(
    input(
      '<trgThreshold><cuts tight="1" loose="2" expected="3"/><tower row="0" col="1" maxStripId="1535" maxGtfeId="23"><uniplane tray="2" which="bot"><gtfeTrgThresh id="23" trg_thr="1.3"/></uniplane></tower></trgThreshold>',
      { calibType: 'TKR_TrgThresh', dataFmt: 'XML', fmtVersion: 'v1r1' },
    ),
  );
  expect([...(thresholds.value as { constants(): Iterable<unknown> }).constants()]).toEqual([
    ['tight', 1],
    ['loose', 2],
    ['expected', 3],
    ['row=0/col=1/tray=2/which=bot/unit=chip/id=23/trg_thr', 1.3],
  ]);
  const saa =
    '<SAABoundary><generic/><polygon><vertex lat="-30" lon="10"/><vertex lat="1" lon="-40"/></polygon></SAABoundary>';
  await expect(
    registry.convert(
      input(saa, { calibType: 'NAS_SAABoundary', dataFmt: 'XML', fmtVersion: 'v1r1' }),
    ),
  ).rejects.toThrow('the number of <vertex>: given 2, expected at least 3');
});
