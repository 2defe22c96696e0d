import { expect, test } from 'vitest';
import type { Conditions, TypeRules } from '../src/index.ts';
import { me, registered, someConditions, someDraft } from './some-conditions.ts';

const json = { dataFmt: 'JSON' } as const;
const production = { procLevel: 'production', ...json } as const;

/** Conditions with rules for all types. */
function readingConditions(rules: TypeRules): Promise<Conditions> {
  return someConditions({ rules: { '*': rules } });
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
  await expect(registered(conditions, json, '{"a":')).rejects.toMatchObject({ kind: 'invalid' });
  expect(await conditions.rows({ tests: [] })).toEqual([]);
  await registered(conditions, json, '{"a":1}');
  await registered(conditions, { ...json, completion: 'abort' }, '{"a":');
  await conditions.register({ draft: someDraft() }, me);
});

test('[INS12] a payload of a format that nobody reads is refused', async () => {
  const conditions = await readingConditions({ refuseUnreadable: true });
  await expect(registered(conditions, { dataFmt: 'clay' })).rejects.toThrow("given 'clay'");
});
