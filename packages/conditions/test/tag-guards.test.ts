import { describe, expect, test } from 'vitest';
import { type Conditions, ConditionsError, forever, parseMoment } from '../src/index.ts';
import { me, registered, someConditions } from './some-conditions.ts';

// Each is a defect that was read in the reference service of the HSF (nopayloaddb 5.0.0), by its number there.

const day = 86_400_000_000_000n;
const start = parseMoment('2026-01-01T00:00:00Z');

describe('what went wrong elsewhere', () => {
  test('[TAG4] 1: a calibration whose end has passed is not an answer', async () => {
    const conditions = await someConditions();
    const row = await registered(conditions, { vstart: start, vend: start + day });
    await conditions.createTag({ name: 'main', instrument: 'LAT' }, me);
    await conditions.putInTag('main', [{ serNo: row.serNo }], me);
    const at = (position: bigint) => conditions.resolve({ tags: ['main'], position });
    expect((await at(start + day - 1n)).lines).toHaveLength(1);
    const after = await at(start + day);
    expect(after.lines).toEqual([]);
    expect(after.missing).toEqual([{ calibType: 'CAL_Ped', flavor: 'vanilla' }]);
    expect(after.validity).toEqual({ begin: start + day, end: forever });
  });

  test('[TAG2] 2: a frozen tag is not altered, by no route', async () => {
    const conditions = await someConditions();
    const row = await registered(conditions, { vstart: 0n, vend: 10n });
    const late = await registered(conditions, { vstart: 10n });
    for (const state of ['TESTING', 'VALIDATED', 'PUBLISHED', 'INVALID'] as const) {
      await conditions.createTag({ name: state, instrument: 'LAT' }, me);
      await conditions.putInTag(state, [{ serNo: row.serNo }], me);
      const way = ['TESTING', 'VALIDATED', 'PUBLISHED', 'INVALID'] as const;
      await conditions.moveTag(state, way.slice(0, way.indexOf(state) + 1), me);
      const { root } = await conditions.tag(state);
      const routes = [
        () => conditions.putInTag(state, [{ serNo: late.serNo }], me),
        () => conditions.putInTag(state, [{ serNo: late.serNo }], me, 'append'),
        () => conditions.putInTag(state, [{ serNo: late.serNo }], me, 'replace'),
        () =>
          conditions.putInTag(state, [{ serNo: late.serNo }, { serNo: row.serNo }], me, 'replace'),
        () => conditions.removeFromTag(state, [{ calibType: 'CAL_Ped' }], me),
        () => conditions.createTag({ name: state, instrument: 'LAT' }, me),
        () => edited(conditions, state),
      ];
      for (const route of routes) await expect(route()).rejects.toMatchObject({ kind: 'conflict' });
      expect((await conditions.tag(state)).root).toBe(root);
    }
  });

  test('[UPD3] 3: a running tag takes what begins at or after its ends, whatever its last entry is', async () => {
    const conditions = await someConditions();
    const closed = await registered(conditions, { calibType: 'closed', vstart: 0n, vend: 100n });
    const open = await registered(conditions, { calibType: 'open', vstart: 0n });
    await running(conditions, [closed.serNo, open.serNo]);
    for (const calibType of ['closed', 'open', 'new']) {
      const row = await registered(conditions, { calibType, vstart: 0n });
      const put = (begin: bigint, end?: bigint) =>
        conditions.putInTag('run', [{ serNo: row.serNo, begin, end }], me, 'append');
      const refused = { kind: 'conflict' };
      if (calibType !== 'new') await expect(put(0n)).rejects.toMatchObject(refused);
      if (calibType === 'closed') await expect(put(99n)).rejects.toMatchObject(refused);
      await put(100n, 200n);
      await expect(put(100n, 200n)).rejects.toMatchObject(refused);
      await expect(put(150n)).rejects.toMatchObject(refused);
      await put(300n);
      const [line] = (await conditions.lines('run')).filter((is) => is.calibType === calibType);
      expect(line!.entries.slice(-2).map(({ begin, end }) => [begin, end])).toEqual([
        [100n, 200n],
        [300n, forever],
      ]);
    }
  });

  test('[UPD3] 4: nothing is taken out of a running tag, and it is never open again', async () => {
    const conditions = await someConditions();
    const row = await registered(conditions, { vstart: 0n, vend: 100n });
    const open = await registered(conditions, { calibType: 'open', vstart: 0n });
    await running(conditions, [row.serNo, open.serNo]);
    const take = (calibType: string, begin?: bigint, end?: bigint) =>
      conditions.removeFromTag('run', [{ calibType, begin, end }], me);
    for (const [calibType, begin, end] of [
      ['CAL_Ped', undefined, undefined],
      ['CAL_Ped', 50n, undefined],
      ['open', undefined, undefined],
      ['open', 10n, 20n],
    ] as const) {
      await expect(take(calibType, begin, end)).rejects.toMatchObject({ kind: 'conflict' });
    }
    const other = await registered(conditions, { calibType: 'open', vstart: 0n });
    const between = [{ serNo: other.serNo, begin: 10n, end: 20n }];
    await expect(conditions.putInTag('run', between, me, 'replace')).rejects.toMatchObject({
      kind: 'conflict',
    });
    for (const state of ['OPEN', 'TESTING', 'VALIDATED', 'RUNNING'] as const) {
      await expect(conditions.moveTag('run', [state], me)).rejects.toMatchObject({
        kind: 'conflict',
      });
    }
    expect((await conditions.moveTag('run', ['PUBLISHED'], me)).state).toBe('PUBLISHED');
  });

  test('[TAG10] 5: what replaces others loses nothing: asOf gives it back', async () => {
    const conditions = await someConditions();
    const [old, now] = [await registered(conditions, {}), await registered(conditions, {})];
    await conditions.createTag({ name: 'main', instrument: 'LAT' }, me);
    const { changed } = await conditions.putInTag('main', [{ serNo: old.serNo }], me);
    const before = await conditions.resolve({ tags: ['main'], position: 50n });
    await conditions.putInTag('main', [{ serNo: now.serNo, begin: 40n, end: 60n }], me, 'replace');
    expect((await conditions.resolve({ tags: ['main'], position: 50n })).lines[0]!.serNo).toBe(
      now.serNo,
    );
    expect(await conditions.resolve({ tags: ['main'], position: 50n, asOf: changed })).toEqual(
      before,
    );
    await conditions.createTag({ name: 'undone', clone: 'main', asOf: changed }, me);
    expect((await conditions.resolve({ tags: ['undone'], position: 50n })).lines[0]!.serNo).toBe(
      old.serNo,
    );
  });

  test('[TAG3] 7: a refusal says what kind it is, and where', async () => {
    const conditions = await someConditions();
    await conditions.createTag({ name: 'main', instrument: 'LAT' }, me);
    const errors = await Promise.all(
      [
        conditions.tag('none'),
        conditions.putInTag('main', [{ serNo: 1 }], me),
        conditions.moveTag('main', ['PUBLISHED'], me),
        conditions.resolve({ tags: [], position: 0n }),
      ].map((refused: Promise<unknown>) => refused.catch((error: unknown) => error)),
    );
    for (const error of errors) expect(error).toBeInstanceOf(ConditionsError);
    expect(errors.map((error) => (error as ConditionsError).kind)).toEqual([
      'absent',
      'absent',
      'conflict',
      'invalid',
    ]);
  });

  test('[TREE6] 9: a block that is not what was written is not read', async () => {
    const conditions = await someConditions();
    const row = await registered(conditions, {});
    await conditions.createTag({ name: 'main', instrument: 'LAT' }, me);
    const { root } = await conditions.putInTag('main', [{ serNo: row.serNo }], me);
    const get = conditions.payloads.get.bind(conditions.payloads);
    const [line] = await conditions.tagTree.lines(root);
    conditions.payloads.get = async (hash) => {
      if (hash === line!.hash) throw new ConditionsError('corrupt', { what: 'another SHA-256' });
      return get(hash);
    };
    await expect(conditions.resolve({ tags: ['main'], position: 0n })).rejects.toMatchObject({
      kind: 'corrupt',
    });
    conditions.payloads.get = get;
    expect((await conditions.resolve({ tags: ['main'], position: 0n })).lines).toHaveLength(1);
  });
});

describe('[UPD1] updates of a running tag', () => {
  test('by a validated tag: planned, made, and refused after a change', async () => {
    const conditions = await someConditions();
    const old = await registered(conditions, { vstart: 0n });
    await running(conditions, [old.serNo]);
    const now = await registered(conditions, { vstart: 100n });
    await conditions.createTag({ name: 'staging', instrument: 'LAT' }, me);
    await conditions.putInTag('staging', [{ serNo: now.serNo }], me);
    const question = { running: 'run', staging: 'staging', from: 100n };
    await expect(conditions.planTagUpdate(question)).rejects.toThrow(
      /staging.*given OPEN, expected VALIDATED/,
    );
    await conditions.moveTag('staging', ['TESTING', 'VALIDATED'], me);
    await expect(conditions.planTagUpdate({ ...question, running: 'staging' })).rejects.toThrow(
      /expected RUNNING/,
    );
    const plan = await conditions.planTagUpdate(question);
    expect(
      plan.operations.map(({ operation, entry }) => [
        operation,
        entry.serNo,
        entry.begin,
        entry.end,
      ]),
    ).toEqual([
      ['CLOSE', old.serNo, 0n, 100n],
      ['CREATE', now.serNo, 100n, forever],
    ]);
    expect(await conditions.updateTag(question, me)).toEqual(plan);
    const [line] = await conditions.lines('run');
    expect(line!.entries.map(({ begin, end, serNo }) => [begin, end, serNo])).toEqual([
      [0n, 100n, old.serNo],
      [100n, forever, now.serNo],
    ]);
    await expect(conditions.updateTag(question, me)).rejects.toThrow(
      /problems.*running-starts-later 1/,
    );
  });

  test('an end is opened only where the calibration has none', async () => {
    const conditions = await someConditions();
    await running(conditions, []);
    const row = await registered(conditions, { vstart: 100n, vend: 200n });
    await conditions.createTag({ name: 'staging', instrument: 'LAT' }, me);
    await conditions.putInTag('staging', [{ serNo: row.serNo }], me);
    await conditions.moveTag('staging', ['TESTING', 'VALIDATED'], me);
    const question = { running: 'run', staging: 'staging', from: 100n };
    await expect(conditions.updateTag(question, me)).rejects.toThrow(/closed 1/);
    await expect(conditions.updateTag({ ...question, mode: 'open-ends' }, me)).rejects.toThrow(
      /does not hold as long/,
    );
    await conditions.updateTag({ ...question, mode: 'allow-closed' }, me);
    expect((await conditions.lines('run'))[0]!.entries).toHaveLength(1);
  });
});

/** A RUNNING tag `run` with these calibrations. */
async function running(conditions: Conditions, serNos: readonly number[]): Promise<void> {
  await conditions.createTag({ name: 'run', instrument: 'LAT' }, me);
  if (serNos.length > 0)
    await conditions.putInTag(
      'run',
      serNos.map((serNo) => ({ serNo })),
      me,
    );
  await conditions.moveTag('run', ['TESTING', 'VALIDATED', 'RUNNING'], me);
}

/** Past all of `Conditions`, right into the store. */
async function edited(conditions: Conditions, tag: string): Promise<void> {
  const change = { kind: 'tagEdited', tag, root: '0'.repeat(64), reason: '' } as const;
  await conditions.metadata.commit('intruder', async () => ({
    changes: [change],
    result: undefined,
  }));
}
