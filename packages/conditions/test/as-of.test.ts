import { expect, test } from 'vitest';
import { Conditions, forever, MemoryMetadataStore, MemoryPayloadStore } from '../src/index.ts';
import { asOfContract } from './as-of-contract.ts';
import { me, registered, someConditions, someDraft } from './some-conditions.ts';

asOfContract('memory', async (clock) => new MemoryMetadataStore(clock), 40);

test('[LOG5] two writers at the same interval at the same moment: one wins, one is told', async () => {
  const conditions = await someConditions({ rules: { '*': { overlap: 'refuse' } } });
  const draft = someDraft({ procLevel: 'production', vstart: 10n, vend: 20n });
  const attempts = ['a', 'b', 'c'].map((text) =>
    conditions.register({ draft, bytes: new TextEncoder().encode(text) }, { by: text }),
  );
  const outcomes = await Promise.allSettled(attempts);
  expect(outcomes.map(({ status }) => status).sort()).toEqual([
    'fulfilled',
    'rejected',
    'rejected',
  ]);
  const refusals = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? [outcome.reason] : [],
  );
  for (const refusal of refusals) expect(refusal).toMatchObject({ kind: 'conflict' });
  expect(await conditions.rows({ tests: [] })).toHaveLength(1);
});

test('[LOG2] a clock that goes back an hour neither hides nor reorders entries', async () => {
  let now = 10_000n;
  const conditions = new Conditions(new MemoryMetadataStore(() => now), new MemoryPayloadStore());
  await registered(conditions);
  now -= 3_600n;
  await registered(conditions);
  const { calibration, asOf } = await conditions.find({
    instrument: 'LAT',
    calibType: 'CAL_Ped',
    position: 1n,
  });
  expect(calibration).toMatchObject({ serNo: 2, enterTime: 10_001n });
  expect(asOf).toBe(10_001n);
  const earlier = await conditions.find({
    instrument: 'LAT',
    calibType: 'CAL_Ped',
    position: 1n,
    asOf: 10_000n,
  });
  expect(earlier.calibration.serNo).toBe(1);
});

test('rows that were given out cannot be changed behind the log', async () => {
  const conditions = await someConditions();
  const row = await registered(conditions);
  expect(() => Object.assign(row, { vend: 1n })).toThrow(TypeError);
  expect(() => Object.assign(row.payload!, { size: 1 })).toThrow(TypeError);
  const [event] = await conditions.metadata.events(0, 1);
  expect(() => Object.assign(event!, { by: 'x' })).toThrow(TypeError);
  expect(await conditions.deprecate(1, { ...me, reason: 'x' })).toMatchObject({ vend: row.vend });
});

test('[LOG9] a moment of whole milliseconds sees all of a commit or none', async () => {
  const conditions = new Conditions(new MemoryMetadataStore(), new MemoryPayloadStore());
  const millisecond = 1_000_000n;
  const start = BigInt(Date.now()) * millisecond;
  for (let i = 0n; i < 40n; i++) {
    await conditions.register({ draft: someDraft({ procLevel: 'production', vstart: i }) }, me);
    if (i % 4n === 0n) await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const { at } = await conditions.metadata.head();
  for (let asOf = start; asOf <= at + millisecond; asOf += millisecond) {
    // Each commit closes the row before it: after whole commits, exactly one row has no end.
    const rows = await conditions.rows({ tests: [], asOf });
    const open = rows.filter(({ vend }) => vend === forever);
    expect(open).toHaveLength(rows.length > 0 ? 1 : 0);
  }
});
