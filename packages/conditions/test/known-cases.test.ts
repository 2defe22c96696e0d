import { describe, expect, test } from 'vitest';
import { type CalibrationDraft, parseMoment } from '../src/index.ts';
import { me, registered, someConditions, someDraft } from './some-conditions.ts';

const production = { procLevel: 'production' } as const;

describe('GLAST: rows of fermi-lat/calibUtil, src/maint/fillmeta_v2r1.sql', () => {
  const row = (calibType: string, vstart: string, vend: string, file: string, flavor = 'vanilla') =>
    someDraft({
      calibType,
      flavor,
      vstart: parseMoment(vstart),
      vend: parseMoment(vend),
      procLevel: 'production',
      fmtVersion: 'v2r0',
      creator: 'fillmeta.sql',
      uid: 'jrb',
      dataIdent: `$(CALIBUTILXMLPATH)/test/${file}`,
    });
  const rows: CalibrationDraft[] = [
    row('TKR_DeadChan', '2001-10-31', '2003-11-23', 'testDead1.xml'),
    row('TKR_HotChan', '2000-10-31', '2003-01-10 17:00', 'testHot.xml'),
    row('TKR_HotChan', '2000-10-31', '2003-11-23', 'testHotChocolate.xml', 'chocolate'),
    row('TKR_HotChan', '2003-01-10 14:00', '2003-11-23', 'testHot2.xml'),
  ];
  const hot = { instrument: 'LAT', calibType: 'TKR_HotChan' };

  test('[FND2] both hot-channel rows hold from 14:00 to 17:00: the newer is the answer, and check tells', async () => {
    const conditions = await someConditions({ rules: { '*': { overlap: 'newest' } } });
    for (const draft of rows) await conditions.register({ draft }, me);
    const at = async (time: string) => {
      const { calibration, validity } = await conditions.find({
        ...hot,
        position: parseMoment(time),
      });
      return [calibration.serNo, validity.begin, validity.end];
    };
    const edge = parseMoment('2003-01-10T14:00');
    const first = [2, rows[1]!.vstart, edge];
    expect(await at('2003-01-10T13:59:59.999999999')).toEqual(first);
    expect(await at('2003-01-10T14:00')).toEqual([4, edge, rows[3]!.vend]);
    expect(await at('2003-01-10T18:00')).toEqual([4, edge, rows[3]!.vend]);
    const findings = [];
    for await (const { kind, text } of conditions.check({ payloads: 'skip' }))
      findings.push([kind, text]);
    expect(findings).toEqual([
      [
        'overlap',
        'production calibrations 2 and 4 both hold in [2003-01-10T14:00:00Z, 2003-01-10T17:00:00Z)',
      ],
    ]);
    const chocolate = await conditions.find({ ...hot, flavor: 'chocolate', position: edge });
    expect(chocolate.calibration.dataIdent).toBe('$(CALIBUTILXMLPATH)/test/testHotChocolate.xml');
    await expect(
      conditions.find({ ...hot, position: parseMoment('2000-09-08 10:00') }),
    ).rejects.toThrow(
      'or after, [2000-10-31T00:00:00Z, 2003-01-10T17:00:00Z) (calibration 2, production)',
    );
  });

  test('[INS5] by the rule of rdbModel the earlier row is closed where the later begins', async () => {
    const conditions = await someConditions();
    for (const draft of rows) await conditions.register({ draft }, me);
    expect((await conditions.row(2)).vend).toBe(parseMoment('2003-01-10T14:00'));
    await expect(conditions.register({ draft: rows[1]! }, me)).rejects.toThrow(
      'production calibration 4 begins later, inside it',
    );
  });

  test('[FND1] production before development before test before superseded, whatever came last', async () => {
    const conditions = await someConditions();
    for (const procLevel of ['production', 'development', 'test', 'superseded'] as const) {
      await registered(conditions, { procLevel });
    }
    const question = { instrument: 'LAT', calibType: 'CAL_Ped', position: 1n };
    for (const serNo of [1, 2, 3, 4]) {
      expect((await conditions.find(question)).calibration.serNo).toBe(serNo);
      await conditions.deprecate(serNo, { ...me, reason: 'next' });
    }
  });

  test('what was entered soonest in a window of time is found by a search', async () => {
    const conditions = await someConditions();
    for (let i = 0; i < 4; i++) await registered(conditions, { flavor: `f${i}` });
    const [soonest] = await conditions.rows({
      tests: [
        { field: 'enterTime', test: '>=', value: 1_500_000_000n },
        { field: 'enterTime', test: '<', value: 3_500_000_000n },
        { field: 'procLevel', test: '=', value: 'test' },
      ],
      sort: 'enterTime',
      limit: 1,
    });
    expect(soonest?.serNo).toBe(2);
  });
});

/** Defects of other systems, read in their source: they must not be ours. */
describe('defects that others had', () => {
  const question = { instrument: 'LAT', calibType: 'CAL_Ped' };

  test('[IOV1] an interval that is over is not an answer', async () => {
    const conditions = await someConditions();
    await registered(conditions, { ...production, vstart: 0n, vend: 10n });
    await registered(conditions, { ...production, vstart: 20n });
    await expect(conditions.find({ ...question, position: 15n })).rejects.toMatchObject({
      kind: 'absent',
    });
    await conditions.close(2, 30n, me);
    await expect(conditions.find({ ...question, position: 30n })).rejects.toMatchObject({
      kind: 'absent',
    });
  });

  test('[INS8] in bulk the same rules hold, and ends stay as given', async () => {
    const conditions = await someConditions({ rules: { '*': { overlap: 'refuse' } } });
    const bulk = [0n, 10n].map((vstart) => ({
      draft: someDraft({ ...production, vstart, vend: vstart + 10n }),
    }));
    const all = await conditions.registerMany(bulk, me);
    expect(all.map(({ calibration }) => calibration.vend)).toEqual([10n, 20n]);
    const overlapping = [...bulk, { draft: someDraft({ ...production, vstart: 19n }) }];
    await expect(conditions.registerMany(overlapping.slice(2), me)).rejects.toMatchObject({
      kind: 'conflict',
    });
    expect(await conditions.registerMany([], me)).toEqual([]);
  });

  test('[ASO1] what an overlap cut is not lost', async () => {
    const conditions = await someConditions();
    await registered(conditions, { ...production, vstart: 0n });
    const before = await conditions.find({ ...question, position: 50n });
    await registered(conditions, { ...production, vstart: 40n });
    expect((await conditions.find({ ...question, position: 50n })).calibration.serNo).toBe(2);
    expect(await conditions.find({ ...question, position: 50n, asOf: before.asOf })).toEqual(
      before,
    );
  });

  test('a payload is the bytes that were hashed, not a name that somebody gave', async () => {
    const conditions = await someConditions();
    const { payload } = await registered(conditions, {}, 'abc');
    expect(payload?.sha256).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    const forged = someDraft({ payload: { sha256: 'f'.repeat(64), size: 3 } });
    await expect(conditions.register({ draft: forged }, me)).rejects.toMatchObject({
      kind: 'absent',
    });
  });
});
