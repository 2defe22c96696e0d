import { expect, test } from 'vitest';
import { type CalibrationDraft, forever, parseMoment } from '../src/index.ts';
import { me, registered, someConditions, someDraft } from './some-conditions.ts';

const production = { procLevel: 'production' } as const;

test('a registered calibration has the defaults, a number, a time and its payload', async () => {
  const conditions = await someConditions();
  const bytes = new TextEncoder().encode('1,2,3');
  const { calibration, closed } = await conditions.register({ draft: someDraft(), bytes }, me);
  expect(calibration).toMatchObject({
    serNo: 1,
    flavor: 'vanilla',
    axis: 'time',
    vend: forever,
    completion: 'ok',
    procLevel: 'test',
    enterTime: 1_000_000_000n,
    payload: { size: 5 },
  });
  expect(closed).toEqual([]);
  expect(await conditions.payload(calibration.payload!.sha256)).toEqual(bytes);
  expect(await conditions.row(1)).toEqual(calibration);
});

test('[INS2] what is wrong with a draft is told all at once', async () => {
  const conditions = await someConditions();
  const bad = { ...someDraft(), instrument: '', notes: 7, vend: -1n, procLevel: 'prod' };
  await expect(
    conditions.register({ draft: bad as unknown as CalibrationDraft }, me),
  ).rejects.toThrow(
    /instrument: missing.*notes: no text.*procLevel: not a declared word.*vend: not after vstart/,
  );
  const drafts: Record<string, Partial<CalibrationDraft>> = {
    'flavor: no name': { flavor: ' vanilla' },
    'calibType: too long': { calibType: 'x'.repeat(300) },
    'notes: not text': { notes: 'a\0b' },
    'uid: not text': { uid: '\ud800' },
    'vend: not after vstart: given 1970-01-01T00:00:00Z': { vend: 0n },
    'vstart, vend: outside 64 bits': { vend: 2n ** 64n },
    'vstart: a run below 0': { axis: 'run', vstart: -1n },
    'payload: no SHA-256': { payload: { sha256: 'abc', size: 1 } },
  };
  for (const [message, given] of Object.entries(drafts)) {
    const store = await someConditions();
    if (given.payload) store.payloads.has = async () => true;
    await expect(store.register({ draft: someDraft(given) }, me), message).rejects.toThrow(message);
  }
});

test('a payload that is named must be there', async () => {
  const conditions = await someConditions();
  const draft = someDraft({ payload: { sha256: '0'.repeat(64), size: 1 } });
  await expect(conditions.register({ draft }, me)).rejects.toMatchObject({ kind: 'absent' });
});

test('[INS3] a word that is not declared is refused, with the nearest that is', async () => {
  const conditions = await someConditions({
    instruments: ['LAT', 'EM'],
    calibTypes: ['CAL_Ped', 'CAL_MuSlope'],
    dataFmts: ['XML'],
  });
  await registered(conditions);
  await expect(registered(conditions, { calibType: 'CAL_MuSlop' })).rejects.toThrow(
    "LAT CAL_MuSlop vanilla: calibType: not a declared word: given 'CAL_MuSlop', expected one of CAL_Ped, CAL_MuSlope (did you mean 'CAL_MuSlope'?)",
  );
  await expect(registered(conditions, { instrument: 'LATT', dataFmt: 'xml' })).rejects.toThrow(
    /2 fields are wrong.*did you mean 'LAT'.*did you mean 'XML'/,
  );
  await expect(registered(conditions, { completion: 'OK' })).rejects.toThrow("did you mean 'ok'?");
});

test('[INS1] the rules of a type come before those of *, and these before the defaults', async () => {
  const conditions = await someConditions({
    rules: { '*': { overlap: 'refuse', required: ['uid'] }, CAL_Ped: { required: ['creator'] } },
  });
  await expect(registered(conditions)).rejects.toThrow('creator: missing');
  await registered(conditions, { ...production, creator: 'x' });
  await expect(registered(conditions, { ...production, creator: 'x', vstart: 5n })).rejects.toThrow(
    'overlaps production calibration 1',
  );
  await expect(registered(conditions, { calibType: 'Other', creator: 'x' })).rejects.toThrow(
    'uid: missing',
  );
});

test('[INS4] refuse: overlapping production rows are refused, others are not', async () => {
  const conditions = await someConditions({ rules: { '*': { overlap: 'refuse' } } });
  await registered(conditions, { ...production, vstart: 10n, vend: 20n });
  await expect(
    registered(conditions, { ...production, vstart: 19n, vend: 30n }),
  ).rejects.toMatchObject({
    kind: 'conflict',
  });
  await registered(conditions, { ...production, vstart: 20n, vend: 30n });
  await registered(conditions, { ...production, vstart: 0n, vend: 10n });
  await registered(conditions, { ...production, vstart: 0n, flavor: 'other' });
  await registered(conditions, { ...production, vstart: 0n, completion: 'abort' });
  await registered(conditions, { procLevel: 'development', vstart: 0n });
  await registered(conditions, { procLevel: 'development', vstart: 0n });
});

test('[INS5] close: earlier production rows are closed at the new vstart', async () => {
  const conditions = await someConditions();
  await registered(conditions, { ...production, vstart: 10n });
  const bytes = new Uint8Array(3);
  const { calibration, closed } = await conditions.register(
    { draft: someDraft({ ...production, vstart: 20n }), bytes },
    me,
  );
  expect(closed.map(({ serNo, vend }) => [serNo, vend])).toEqual([[1, 20n]]);
  expect(await conditions.row(1)).toEqual(closed[0]);
  expect(calibration.enterTime).toBe(calibration.prodStart);
  expect(await conditions.row(2)).toEqual(calibration);
  await expect(registered(conditions, { ...production, vstart: 20n })).rejects.toThrow(
    'at the same position',
  );
  await expect(registered(conditions, { ...production, vstart: 15n })).rejects.toThrow(
    'a vend of 1970-01-01T00:00:00.00000002Z or earlier',
  );
  await registered(conditions, { ...production, vstart: 15n, vend: 20n });
  expect((await conditions.row(1)).vend).toBe(15n);
});

test('[INS6] refuseGaps: a gap before, or one that closing would make, is refused', async () => {
  const conditions = await someConditions({ rules: { '*': { refuseGaps: true } } });
  await registered(conditions, { ...production, vstart: 10n, vend: 20n });
  await expect(registered(conditions, { ...production, vstart: 21n })).rejects.toThrow(
    'a gap after calibration 1',
  );
  await expect(registered(conditions, { ...production, vstart: 12n, vend: 15n })).rejects.toThrow(
    'a gap after it',
  );
  await registered(conditions, { ...production, vstart: 12n, vend: 20n });
  await registered(conditions, { ...production, vstart: 20n });
});

test('[INS7] a payload that changes nothing is refused, one that holds longer is not', async () => {
  const conditions = await someConditions();
  await registered(conditions, { ...production, vstart: 10n, vend: 20n }, 'same');
  await expect(
    registered(conditions, { ...production, vstart: 12n, vend: 20n }, 'same'),
  ).rejects.toThrow('it changes nothing: calibration 1 has the same payload');
  await registered(conditions, { ...production, vstart: 20n, vend: 30n }, 'same');
  await registered(conditions, { ...production, vstart: 25n, vend: 30n, fmtVersion: 'v2' }, 'same');
  await registered(conditions, { vstart: 12n }, 'same');
  const free = await someConditions({ rules: { '*': { refuseUnchanged: false } } });
  await registered(free, {}, 'same');
  await registered(free, {}, 'same');
});

test('[INS8] many at once see each other, and happen all or none', async () => {
  const conditions = await someConditions();
  const drafts = [10n, 20n, 30n].map((vstart) => ({ draft: someDraft({ ...production, vstart }) }));
  const all = await conditions.registerMany(drafts, me);
  expect(all.map(({ calibration }) => calibration.serNo)).toEqual([1, 2, 3]);
  const rows = await conditions.rows({ tests: [] });
  expect(rows.map(({ vstart, vend }) => [vstart, vend])).toEqual([
    [10n, 20n],
    [20n, 30n],
    [30n, forever],
  ]);
  expect(rows[1]).toEqual(all[2]?.closed[0]);
  const times = (await conditions.metadata.events(0, 100)).flatMap(({ at, change }) =>
    change.kind === 'registered' ? [[at, change.calibration.enterTime]] : [],
  );
  expect(times.every(([at, enterTime]) => at === enterTime)).toBe(true);
  const bad = [
    { draft: someDraft({ ...production, vstart: 40n }) },
    { draft: someDraft({ ...production, vstart: 5n }) },
  ];
  await expect(conditions.registerMany(bad, me)).rejects.toThrow('registration 2 of 2');
  expect(await conditions.rows({ tests: [] })).toEqual(rows);
});

test('[INS9] newest: production rows may overlap', async () => {
  const conditions = await someConditions({ rules: { '*': { overlap: 'newest' } } });
  await registered(conditions, production);
  await registered(conditions, production);
  expect((await conditions.rows({ tests: [] })).map(({ vend }) => vend)).toEqual([
    forever,
    forever,
  ]);
});

test('[LOG3] an end comes nearer, never later', async () => {
  const conditions = await someConditions();
  await registered(conditions, {
    vstart: parseMoment('2003-01-10'),
    vend: parseMoment('2003-01-12'),
  });
  const middle = parseMoment('2003-01-11');
  expect((await conditions.close(1, middle, me)).vend).toBe(middle);
  for (const day of ['2003-01-10', '2003-01-11', '2003-01-12']) {
    await expect(conditions.close(1, parseMoment(day), me)).rejects.toThrow(
      'an end inside [2003-01-10T00:00:00Z, 2003-01-11T00:00:00Z)',
    );
  }
  await expect(conditions.close(7, middle, me)).rejects.toMatchObject({ kind: 'absent' });
});

test('[SUP1] superseding puts a new row in the place of an old one', async () => {
  const conditions = await someConditions();
  await registered(conditions, {
    ...production,
    vstart: 10n,
    vend: 20n,
    notes: 'first',
    dataIdent: 'a.xml',
  });
  const bytes = new Uint8Array([1]);
  const { calibration } = await conditions.supersede(
    1,
    { draft: { notes: 'better' }, bytes },
    { by: 'me', reason: 'noise' },
  );
  const old = await conditions.row(1);
  expect(old).toMatchObject({ procLevel: 'superseded', vend: 20n, prodEnd: 2_000_000_000n });
  expect(calibration).toMatchObject({
    serNo: 2,
    vstart: 10n,
    vend: 20n,
    procLevel: 'production',
    notes: 'better',
    dataIdent: '',
    prodStart: 2_000_000_001n,
    enterTime: 2_000_000_001n,
  });
  expect(await conditions.row(2)).toEqual(calibration);
  const { calibration: third } = await conditions.supersede(2, { draft: { vend: 15n } }, me);
  expect(third).toMatchObject({ vend: 15n, payload: calibration.payload });
});

test('[SUP2] a row is superseded once, by another one of its series', async () => {
  const conditions = await someConditions();
  await registered(conditions, production);
  await expect(conditions.supersede(1, { draft: {} }, me)).rejects.toThrow('it changes nothing');
  await expect(conditions.supersede(1, { draft: { flavor: 'x' } }, me)).rejects.toThrow(
    "same flavor: given 'x'",
  );
  await conditions.supersede(1, { draft: { notes: 'x' } }, me);
  await expect(conditions.supersede(1, { draft: { notes: 'y' } }, me)).rejects.toThrow(
    'superseded already',
  );
});

test('[LEV1] a row comes to production by the rules of insertion', async () => {
  const conditions = await someConditions();
  await registered(conditions, { ...production, vstart: 10n });
  await registered(conditions, { procLevel: 'development', vstart: 20n });
  await registered(conditions, { procLevel: 'development', vstart: 20n });
  const promoted = await conditions.promote(2, 'production', me);
  expect(promoted).toMatchObject({ procLevel: 'production', prodStart: 4_000_000_001n });
  expect((await conditions.row(1)).vend).toBe(20n);
  await expect(conditions.promote(3, 'production', me)).rejects.toMatchObject({ kind: 'conflict' });
  await expect(conditions.promote(2, 'production', me)).rejects.toThrow('production already');
  const demoted = await conditions.promote(2, 'test', me);
  expect(demoted).toMatchObject({
    prodStart: promoted.prodStart,
  });
  expect(demoted.prodEnd).toBeGreaterThan(promoted.prodStart!);
});

test('[LEV2] a deprecated row changes no more, and is not found', async () => {
  const conditions = await someConditions();
  await registered(conditions);
  const question = { instrument: 'LAT', calibType: 'CAL_Ped', position: 5n };
  const before = await conditions.find(question);
  await expect(conditions.deprecate(1, me)).rejects.toThrow('without a reason');
  await conditions.deprecate(1, { ...me, reason: 'wrong cable map' });
  await expect(conditions.find(question)).rejects.toMatchObject({ kind: 'absent' });
  expect(await conditions.find({ ...question, asOf: before.asOf })).toEqual(before);
  await expect(conditions.promote(1, 'production', me)).rejects.toThrow(
    'deprecated: wrong cable map',
  );
  await expect(conditions.supersede(1, { draft: { notes: 'x' } }, me)).rejects.toThrow(
    'deprecated',
  );
});
