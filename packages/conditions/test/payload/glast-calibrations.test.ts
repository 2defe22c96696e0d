import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ChannelTable } from '../../src/payload/channel-table.ts';
import { constantsOf } from '../../src/payload/constants.ts';
import { BadStrips } from '../../src/payload/glast/bad-strips.ts';
import { CalCalibration } from '../../src/payload/glast/cal-calibration.ts';
import { glastRegistry } from '../../src/payload/glast/glast-registry.ts';
import { GlastTable } from '../../src/payload/glast/glast-table.ts';
import { GenericData } from '../../src/payload/glast/other-converters.ts';
import { glastBytes, glastDocuments, glastDtdFiles, withoutGlast } from './glast-folder.ts';

type Columns = Readonly<Record<string, readonly [count: number, sum: number]>>;

/** What libxml2 and Python's `math.fsum` count and add up in each file. */
interface Expected {
  readonly file: string;
  readonly calibType: string;
  readonly fmtVersion: string;
  readonly channels?: number;
  readonly columns?: Columns;
  readonly details?: number;
  readonly detailColumns?: Columns;
  readonly strips?: number;
  readonly sumOfStrips?: number;
  readonly leaves?: number;
  readonly values?: number;
  readonly sum?: number;
}

const expected = JSON.parse(
  readFileSync(new URL('glast-expected.json', import.meta.url), 'utf8'),
) as readonly Expected[];
const withFiles = describe.skipIf(withoutGlast !== undefined);

withFiles('the calibrations of the GLAST LAT', () => {
  const registry = withoutGlast === undefined ? glastRegistry(glastDtdFiles()) : glastRegistry([]);
  const convert = async (file: string, calibType: string, fmtVersion: string): Promise<unknown> =>
    (
      await registry.convert({
        bytes: glastBytes(file),
        calibType,
        dataFmt: 'XML',
        fmtVersion,
        where: file,
      })
    ).value;

  test('[BLK9] every file of the folder is expected', () => {
    expect(expected.map(({ file }) => file)).toEqual(glastDocuments());
    expect(expected).toHaveLength(38);
  });

  const sound = expected.filter(({ file }) => file !== 'test/testCalPed_v1.xml');
  test.each(sound)('[BLK9] counts and sums of $file', async (facts) => {
    const value = await convert(facts.file, facts.calibType, facts.fmtVersion);
    if (facts.channels !== undefined) {
      const isTable = value instanceof CalCalibration || value instanceof GlastTable;
      if (!isTable) throw new Error('not a table of constants');
      expect(value.channels.rows).toBe(facts.channels);
      expectColumns(value.channels, facts.columns ?? {});
      if (facts.details !== undefined && value instanceof CalCalibration && value.details) {
        expect(value.details.rows).toBe(facts.details);
        expectColumns(value.details, facts.detailColumns ?? {});
      } else expect(facts.details).toBeUndefined();
    } else if (facts.strips !== undefined) {
      if (!(value instanceof BadStrips)) throw new Error('not a list of strips');
      expect(value.listed).toBe(facts.strips);
      const strips = value.planes.flatMap((plane) => [...plane.strips.keys()]);
      expect(strips.reduce((sum, strip) => sum + strip, 0)).toBe(facts.sumOfStrips);
    } else {
      if (!(value instanceof GenericData)) throw new Error('not generic data');
      expect(value.leaves.size).toBe(facts.leaves);
      const values = [...value.leaves.values()].flatMap((leaf) => [...leaf.values]);
      expect(values).toHaveLength(facts.values ?? -1);
      expect(values.reduce((sum, number) => sum + number, 0)).toBeCloseTo(facts.sum ?? -1, 6);
    }
  });

  test('[BLK9] single values are where they belong', async () => {
    const pedestals = (await convert(
      'Cal/CalPed_PEM_022103.xml',
      'CAL_Ped',
      'v2r0',
    )) as CalCalibration;
    expect(pedestals.channels.number('avg', 0, 0, 0, 2, 'POS', 'HEX8')).toBe(169.474);
    expect(pedestals.channels.number('cos', 0, 0, 0, 2, 'POS', 'HEX8')).toBe(2);
    expect(pedestals.header.instrument).toBe('EM');
    const gains = (await convert('Acd/acdGainTest.xml', 'ACD_ElecGain', 'v1r1')) as GlastTable;
    expect(gains.channels.number('peak', '010', 1)).toBe(1510.78);
    const nonlinearity = (await convert(
      'Cal/CalIntNonlin_EM1_test.xml',
      'CAL_IntNonlin',
      'v2r1',
    )) as CalCalibration;
    expect([...(nonlinearity.dacs.get('HEX1') ?? [])]).toEqual([45, 85, 125, 165, 245]);
    const row = nonlinearity.channels.rowOf(0, 0, 0, 0, 'NEG', 'LEX1') ?? -1;
    expect(nonlinearity.channels.column('values')[row]).toEqual(
      Float64Array.of(1.1, 1.2, 2.3, 3.4, 4.5, 5.6),
    );
    const inside = (await convert(
      'Tkr/sampleIntratowerAlign.xml',
      'TKR_InternalAlign',
      'v1r0',
    )) as GlastTable;
    const wafer = inside.channels.rowOf(6, 16, 0, 1, 2) ?? -1;
    expect(inside.channels.column('rot')[wafer]).toEqual(Float64Array.of(0.2, 0.21, 0.214));
    const splits = (await convert('Tkr/sampleSplits.xml', 'TKR_Splits', 'v1r0')) as GlastTable;
    expect(splits.channels.number('high', 0, 0, 9, 'bot')).toBe(22);
  });

  test('[BLK9] strips, planes and towers are bad as their flags say', async () => {
    const dead = (await convert('test/testDead1.xml', 'TKR_DeadChan', 'v3r0')) as BadStrips;
    expect(dead.badness(0, 0, 2, 'top', 3)).toBe(2 + 4);
    expect(dead.badness(0, 0, 2, 'top', 1000)).toBe(4);
    expect(dead.badness(0, 0, 7, 'bot', 4)).toBeUndefined();
    expect(dead.badness(2, 3, 11, 'bot', 0)).toBe(2);
  });

  test('[BLK8] version 1.0 of bad strips evolves: very bad strips are howBad 2', async () => {
    const hot = (await convert('test/testHot-2002_05_02.xml', 'TKR_HotChan', '1.0')) as BadStrips;
    expect(hot.badness(0, 1, 2, 'top', 17)).toBe(8);
    expect(hot.badness(0, 1, 2, 'bot', 31)).toBe(16);
    expect(hot.badness(3, 2, 0, 'top', 124)).toBe(8);
  });

  test('[BLK9] a file with fewer constants than its dimensions say is refused', async () => {
    await expect(convert('test/testCalPed_v1.xml', 'CAL_Ped', 'v1r0')).rejects.toThrow(
      'test/testCalPed_v1.xml:29: <dimension nRow="1">: the number of <calPed>: given 16, expected 1 x 1 x 2 x 4 x 2 x 4 = 64',
    );
  });

  test('[BLK8] a whole file of version 1 evolves: constants get their channels by their places', async () => {
    const text = new TextDecoder().decode(glastBytes('test/testCalPed_v1.xml'));
    const items = Array.from({ length: 64 }, (_, i) => `<calPed avg="${i}" sig="0.5"/>`).join('\n');
    const whole = text.replace(/<calPed[\s\S]*<\/calCalib>/, `${items}</calCalib>`);
    const { value, version } = await registry.convert({
      bytes: new TextEncoder().encode(whole),
      calibType: 'CAL_Ped',
      dataFmt: 'XML',
      fmtVersion: 'v1r0',
      where: 'v1.xml',
    });
    expect(version).toBe('v2');
    const { channels } = value as CalCalibration;
    expect(channels.number('avg', 0, 0, 1, 2, 'POS', 'HEX8')).toBe(((1 * 4 + 2) * 2 + 1) * 4 + 2);
    expect(channels.number('cos', 0, 0, 0, 0, 'NEG', 'LEX8')).toBe(2);
  });

  test('[BLK9] a file of another type than its metadata say is refused', async () => {
    await expect(convert('Cal/CalGain_PEM_022103.xml', 'CAL_Ped', 'v2r0')).rejects.toThrow(
      'a file of another calibration type: given CAL_ElecGain, expected CAL_Ped',
    );
    await expect(convert('test/testHot.xml', 'TKR_DeadChan', 'v3r0')).rejects.toThrow(
      'a file of another calibration type: given hot, expected dead',
    );
  });

  test('[BLK10] the constants of a file do not include when it was written', async () => {
    const value = await convert('test/gen3.xml', 'Test_Gen', '1.0');
    expect([...constantsOf(value)]).toEqual([
      ['fakeGen3/outerStruct/singleInt', 14],
      ['fakeGen3/outerStruct/innerStruct/floatArray/units', 'furlong'],
      ['fakeGen3/outerStruct/innerStruct/floatArray[0]', 1],
      ['fakeGen3/outerStruct/innerStruct/floatArray[1]', 2.3],
      ['fakeGen3/outerStruct/innerStruct/floatArray[2]', -13.2],
      ['fakeGen3/outerStruct/innerStruct/oneUnsigned', 33550336],
    ]);
  });
});

function expectColumns(table: ChannelTable, columns: Columns): void {
  for (const [name, [count, sum]] of Object.entries(columns)) {
    const values = Array.from<unknown>(table.column(name) as ArrayLike<unknown>).flatMap((cell) =>
      typeof cell === 'number' ? [cell] : Array.from((cell ?? []) as ArrayLike<number>),
    );
    expect([name, values.length]).toEqual([name, count]);
    const total = values.reduce((running, value) => running + value, 0);
    expect(Math.abs(total - sum)).toBeLessThanOrEqual(1e-11 * Math.abs(sum));
  }
}
