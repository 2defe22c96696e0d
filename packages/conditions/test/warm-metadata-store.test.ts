import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Conditions } from '../src/conditions.ts';
import { ConditionsError } from '../src/errors.ts';
import { type Calibration, procLevels } from '../src/model/calibration.ts';
import { always, forever } from '../src/model/validity.ts';
import { MemoryMetadataStore } from '../src/store/memory-metadata-store.ts';
import { MemoryPayloadStore } from '../src/store/memory-payload-store.ts';
import { RowTable } from '../src/store/row-table.ts';
import { WarmMetadataStore } from '../src/store/warm-metadata-store.ts';
import { describeConditionsReader } from './conditions-reader-contract.ts';
import { metadataStoreContract } from './metadata-store-contract.ts';
import { sampleStore } from './sample-store.ts';
import { me, someDraft } from './some-conditions.ts';

metadataStoreContract('memory, warm', async (clock) =>
  WarmMetadataStore.open(new MemoryMetadataStore(clock)),
);

describeConditionsReader({
  name: 'warm store',
  open: async (store) =>
    new Conditions(await WarmMetadataStore.open(store.metadata), store.payloads),
});

describe('a warm store', () => {
  test('[WRM1] finds what the store itself finds, after whatever happened, with and without an index', async () => {
    const inner = new MemoryMetadataStore();
    const warm = await WarmMetadataStore.open(inner);
    const cold = new Conditions(inner, new MemoryPayloadStore());
    const conditions = new Conditions(warm, cold.payloads);
    await conditions.declare({ rules: { CAL_Ped: { overlap: 'newest' } } }, me);
    const position = fc.bigInt(0n, 30n);
    const step = fc.record({
      vstart: position,
      length: fc.bigInt(1n, 20n),
      level: fc.constantFrom(...procLevels),
      action: fc.constantFrom('register', 'register', 'close', 'promote', 'deprecate'),
      serNo: fc.nat(),
    });
    let rows = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        for (const { vstart, length, level, action, serNo } of steps) {
          const other = 1 + (serNo % Math.max(1, rows));
          const change = async () => {
            if (action === 'register') {
              await conditions.register(
                { draft: someDraft({ vstart, vend: vstart + length, procLevel: level }) },
                me,
              );
              rows++;
            } else if (action === 'close') await conditions.close(other, vstart + length, me);
            else if (action === 'promote') await conditions.promote(other, level, me);
            else await conditions.deprecate(other, me);
          };
          await change().catch((error) => expect(error).toBeInstanceOf(ConditionsError));
        }
        for (let at = -1n; at < 52n; at += 1n) {
          for (const levels of [undefined, ['test', 'production'] as const]) {
            const question = { instrument: 'LAT', calibType: 'CAL_Ped', position: at, levels };
            const [given, expected] = await Promise.all([
              conditions.find(question).catch(String),
              cold.find(question).catch(String),
            ]);
            expect(given).toEqual(expected);
          }
        }
      }),
      { numRuns: 25 },
    );
    expect(rows).toBeGreaterThan(20);
    await warm.close();
  });

  test('[WRM2] what others write arrives, what it writes itself is there at once', async () => {
    const inner = new MemoryMetadataStore();
    const other = new Conditions(inner, new MemoryPayloadStore());
    const warm = new Conditions(await WarmMetadataStore.open(inner), other.payloads);
    const question = { instrument: 'LAT', calibType: 'CAL_Ped', position: 5n };
    await warm.register({ draft: someDraft({ dataIdent: 'one' }) }, me);
    expect((await warm.find(question)).calibration.dataIdent).toBe('one');
    await other.register({ draft: someDraft({ vstart: 1n, dataIdent: 'two' }) }, me);
    await expect.poll(async () => (await warm.find(question)).calibration.dataIdent).toBe('two');
  });

  test('[WRM2] while its store does not answer, it does not answer from what may be old', async () => {
    const inner = new MemoryMetadataStore();
    const warm = new Conditions(await WarmMetadataStore.open(inner), new MemoryPayloadStore());
    const question = { instrument: 'LAT', calibType: 'CAL_Ped', position: 5n };
    await warm.register({ draft: someDraft() }, me);
    const events = inner.events.bind(inner);
    inner.events = () =>
      Promise.reject(new ConditionsError('unavailable', { what: 'the database is away' }));
    await inner.commit('other', async () => ({
      changes: [{ kind: 'deprecated', serNo: 1, reason: 'wrong' }],
      result: undefined,
    }));
    await expect
      .poll(() => warm.find(question).then(String, String))
      .toMatch('the database is away');
    inner.events = events;
    await expect(warm.find(question)).rejects.toThrow(/no calibration holds then/);
  });
});

test('[WRM3] a table of rows gives back every row as it is', async () => {
  const store = await sampleStore();
  const table = new RowTable();
  const rows = await store.rows({ tests: [] });
  for (const row of rows) table.add(row, row.enterTime);
  for (const row of rows) expect(table.get(row.serNo)).toEqual(row);
  expect([table.get(0), table.get(99), table.get(100_000)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  const text = fc.string({ unit: 'binary', maxLength: 8 });
  const moment = fc.bigInt(always + 1n, forever);
  const row = fc.record({
    flavor: text,
    vstart: fc.bigInt(always, forever - 1n),
    procLevel: fc.constantFrom(...procLevels),
    prodStart: fc.option(moment, { nil: undefined }),
    notes: text,
    dataIdent: fc.string({ maxLength: 300 }),
    deprecated: fc.option(text, { nil: undefined }),
    payload: fc.option(fc.record({ sha256: fc.constant('ab'.repeat(32)), size: fc.nat() }), {
      nil: undefined,
    }),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 5 }), (given) => {
      const all = given.map(
        (each, i): Calibration => ({ ...rows[0]!, ...each, serNo: 16_382 + i }),
      );
      const own = new RowTable();
      for (const each of all) own.add(each, each.enterTime);
      for (const each of all) expect(own.get(each.serNo)).toEqual(each);
    }),
  );
});

test('[WRM1] a log of many events is taken in whole', async () => {
  const inner = new MemoryMetadataStore();
  const conditions = new Conditions(inner, new MemoryPayloadStore());
  const drafts = Array.from({ length: 6000 }, (_, i) => ({
    draft: someDraft({ vstart: BigInt(i) }),
  }));
  await conditions.registerMany(drafts, me);
  const warm = await WarmMetadataStore.open(inner);
  expect(await warm.head()).toEqual(await inner.head());
  expect((await warm.head()).seq).toBeGreaterThan(5_000);
  expect(await warm.row(6000)).toEqual(await inner.row(6000));
});
