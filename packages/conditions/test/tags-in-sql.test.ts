import { afterAll, expect, test } from 'vitest';
import { Conditions, MemoryPayloadStore } from '../src/index.ts';
import { SqlMetadataStore } from '../src/node/sql/sql-metadata-store.ts';
import { PgliteDatabases } from './pglite-databases.ts';
import { me, registered } from './some-conditions.ts';

const databases = new PgliteDatabases();

afterAll(() => databases.closeAll());

test('[TAG3] the life of tags in a database: nothing waits for itself inside a commit', async () => {
  const store = new SqlMetadataStore(await databases.open(), clock());
  const conditions = new Conditions(store, new MemoryPayloadStore());
  const rows = [];
  for (let i = 0n; i < 4n; i++) {
    rows.push(
      await registered(conditions, {
        vstart: 10n * i,
        vend: 10n * i + 10n,
        procLevel: 'production',
      }),
    );
  }
  await conditions.createTag({ name: 'rule', instrument: 'LAT', rule: {} }, me);
  await conditions.createTag({ name: 'same', clone: 'rule' }, me);
  await conditions.createTag({ name: 'own', clone: 'rule', writtenDown: true }, me);
  await conditions.createTag({ name: 'both', merge: ['same', 'own'] }, me);
  const expected = rows.map(({ serNo }) => serNo);
  const serNos = async (tag: string) =>
    (await conditions.lines(tag))[0]?.entries.map(({ serNo }) => serNo);
  for (const tag of ['rule', 'same', 'own', 'both']) expect(await serNos(tag)).toEqual(expected);
  await conditions.moveTag('rule', ['TESTING', 'VALIDATED', 'PUBLISHED'], me);
  expect(await serNos('rule')).toEqual(expected);
  await conditions.removeFromTag('own', [{ calibType: 'CAL_Ped', begin: 20n }], me);
  await conditions.moveTag('own', ['TESTING', 'VALIDATED', 'RUNNING'], me);
  await conditions.moveTag('same', ['TESTING', 'VALIDATED'], me);
  const late = await registered(conditions, { vstart: 40n, procLevel: 'production' });
  await conditions.putInTag('own', [{ serNo: late.serNo }], me, 'append');
  expect(await serNos('own')).toEqual([rows[0]!.serNo, rows[1]!.serNo, late.serNo]);
  await expect(conditions.putInTag('rule', [{ serNo: late.serNo }], me)).rejects.toMatchObject({
    kind: 'conflict',
  });
  const found = await conditions.findInTags({
    tags: ['own', 'rule'],
    calibType: 'CAL_Ped',
    position: 25n,
  });
  expect(found.calibration.serNo).toBe(rows[2]!.serNo);
  const { lines } = await conditions.diff({ before: { tags: ['rule'] }, after: { tags: ['own'] } });
  expect(lines[0]!.changes.map(({ kind }) => kind)).toEqual(['removed', 'removed', 'added']);
  const source = { instrument: 'LAT', levels: ['production'] } as const;
  const { complete } = await conditions.coverage({ source, range: { begin: 0n, end: 50n } });
  expect(complete).toBe(true);
  const { alternatives } = await conditions.explain({
    source,
    calibType: 'CAL_Ped',
    position: 45n,
  });
  expect(alternatives).toEqual([]);
});

test('[TAG3] two writers at one tag: one after the other, nothing is lost', async () => {
  const store = new SqlMetadataStore(await databases.open(), clock());
  const conditions = new Conditions(store, new MemoryPayloadStore());
  await conditions.createTag({ name: 'main', instrument: 'LAT' }, me);
  const rows = [];
  for (let i = 0; i < 8; i++) rows.push(await registered(conditions, { calibType: `T${i}` }));
  await Promise.all(rows.map(({ serNo }) => conditions.putInTag('main', [{ serNo }], me)));
  expect((await conditions.lines('main')).length).toBe(8);
  const first = rows[0]!;
  const again = await registered(conditions, { calibType: 'T0', flavor: 'digi' });
  const puts = [again, again].map(({ serNo }) => conditions.putInTag('main', [{ serNo }], me));
  const results = await Promise.allSettled(puts);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(first.serNo).toBe(1);
});

function clock(): () => bigint {
  let now = 0n;
  return () => {
    now += 1_000_000n;
    return now;
  };
}
