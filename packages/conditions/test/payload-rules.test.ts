import { expect, test } from 'vitest';
import {
  type ComparePayloads,
  Conditions,
  ConditionsError,
  compareParameters,
  MemoryMetadataStore,
  MemoryPayloadStore,
  type Parameters,
  type TypeRules,
} from '../src/index.ts';
import { me, registered, someDraft } from './some-conditions.ts';

const production = { procLevel: 'production' } as const;

/** Conditions whose payloads are JSON, compared value by value. */
async function readingConditions(rules: TypeRules): Promise<Conditions> {
  const payloads = new MemoryPayloadStore();
  const read = async (sha256 = ''): Promise<Parameters> => {
    const text = new TextDecoder().decode(await payloads.get(sha256));
    try {
      return JSON.parse(text) as Parameters;
    } catch (cause) {
      throw new ConditionsError('invalid', { what: 'a payload that is not JSON', cause });
    }
  };
  const compare: ComparePayloads = async (before, after) => {
    const changes = compareParameters(
      await read(before.payload?.sha256),
      await read(after.payload?.sha256),
    );
    return {
      changed: changes.map(({ path, before: x, after: y }) => ({ path, before: x, after: y })),
      added: [],
      removed: [],
      unchanged: 0,
    };
  };
  const conditions = new Conditions(new MemoryMetadataStore(), payloads, compare);
  await conditions.declare({ rules: { '*': rules } }, me);
  return conditions;
}

test('[INS11] other bytes with the same constants change nothing', async () => {
  const conditions = await readingConditions({ refuseUnchanged: 'constants' });
  await registered(conditions, { ...production, vend: 100n }, '{"a":1,"b":2}');
  await expect(
    registered(conditions, { ...production, vstart: 10n, vend: 100n }, '{ "b": 2, "a": 1 }'),
  ).rejects.toMatchObject({
    kind: 'conflict',
    message: expect.stringContaining('it changes nothing: calibration 1 has the same constants'),
  });
  await expect(
    registered(conditions, { ...production, vstart: 10n, vend: 100n }, '{"a":1,"b":2}'),
  ).rejects.toThrow('the same payload');
  await registered(conditions, { ...production, vstart: 10n, vend: 100n }, '{"a":1,"b":3}');
  await registered(conditions, { ...production, vstart: 100n }, '{"a":1, "b":3}');
  await registered(conditions, { ...production, vstart: 110n }, 'no JSON');
  await registered(conditions, { ...production, vstart: 120n }, '{"a":1, "b":3}');
});

test('[INS11] of many at once, too; superseded rows are no comparison', async () => {
  const conditions = await readingConditions({ refuseUnchanged: 'constants' });
  const some = (vstart: bigint, text: string) => ({
    draft: someDraft({ ...production, vstart }),
    bytes: new TextEncoder().encode(text),
  });
  await expect(
    conditions.registerMany([some(0n, '{"a":1}'), some(5n, '{"a": 1}')], me),
  ).rejects.toThrow('registration 2 of 2');
  await conditions.registerMany([some(0n, '{"a":1}'), some(5n, '{"a": 2}')], me);
  const { bytes } = some(0n, '{ "a": 1 }');
  await conditions.supersede(1, { draft: {}, bytes }, me);
});

test('[INS12] a payload that cannot be read is refused, and nothing is registered', async () => {
  const conditions = await readingConditions({ refuseUnreadable: true });
  await expect(registered(conditions, {}, '{"a":')).rejects.toThrow('a payload that is not JSON');
  expect(await conditions.rows({ tests: [] })).toEqual([]);
  await registered(conditions, {}, '{"a":1}');
  await registered(conditions, { completion: 'abort' }, '{"a":');
  await conditions.register({ draft: someDraft() }, me);
});

test('[INS12] where nobody can read payloads, that is said', async () => {
  const conditions = new Conditions(new MemoryMetadataStore(), new MemoryPayloadStore());
  await conditions.declare({ rules: { '*': { refuseUnreadable: true } } }, me);
  await expect(registered(conditions)).rejects.toMatchObject({ kind: 'unavailable' });
});
