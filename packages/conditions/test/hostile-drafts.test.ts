import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CalibrationDraft, ConditionsError, type FindQuestion } from '../src/index.ts';
import { someConditions, someDraft } from './some-conditions.ts';

const fields = [
  'instrument',
  'calibType',
  'flavor',
  'axis',
  'vstart',
  'vend',
  'completion',
  'procLevel',
  'locale',
  'creator',
  'uid',
  'inputDesc',
  'notes',
  'dataIdent',
  'dataFmt',
  'fmtVersion',
  'payload',
] as const;

test('[INS2] whatever a draft is, it is registered or refused with a reason, and leaves nothing behind', async () => {
  const conditions = await someConditions();
  conditions.payloads.has = async () => true;
  const odd = fc.oneof(
    fc.anything({ withBigInt: true }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('\0', '\ud800', ' x', ''),
  );
  const changes = fc.dictionary(fc.constantFrom(...fields), odd, { minKeys: 1, maxKeys: 3 });
  await fc.assert(
    fc.asyncProperty(changes, async (given) => {
      const { length } = await conditions.rows({ tests: [], limit: 10_000 });
      const draft = { ...someDraft(), ...given } as unknown as CalibrationDraft;
      const outcome = await conditions
        .register({ draft }, { by: 'x' })
        .catch((error: unknown) => error);
      const after = await conditions.rows({ tests: [], limit: 10_000 });
      if (outcome instanceof ConditionsError) {
        expect(outcome.kind).toMatch(/invalid|conflict/);
        expect(outcome.message.length).toBeLessThan(5_000);
        expect(after).toHaveLength(length);
      } else {
        expect(outcome).not.toBeInstanceOf(Error);
        expect(after).toHaveLength(length + 1);
      }
    }),
    { numRuns: 200 },
  );
});

test('a question that makes no sense is refused', async () => {
  const conditions = await someConditions();
  const question = { instrument: 'LAT', calibType: 'CAL_Ped', position: 0n };
  for (const given of [
    { position: 2n ** 63n },
    { position: -(2n ** 70n) },
    { position: 5 },
    { levels: ['prod'] },
  ]) {
    const odd = { ...question, ...given } as FindQuestion;
    await expect(conditions.find(odd)).rejects.toMatchObject({ kind: 'invalid' });
  }
});

test('[LOG8] nobody changes anything without a name', async () => {
  const conditions = await someConditions();
  const draft = someDraft();
  for (const by of [
    '',
    ' ',
    'a\0',
    'a\nb',
    '\ud800',
    'x'.repeat(300),
    undefined as unknown as string,
  ]) {
    await expect(conditions.register({ draft }, { by })).rejects.toMatchObject({ kind: 'invalid' });
    await expect(conditions.close(1, 1n, { by })).rejects.toMatchObject({ kind: 'invalid' });
    await expect(
      conditions.createTag({ name: 'a', instrument: 'LAT' }, { by }),
    ).rejects.toMatchObject({ kind: 'invalid' });
  }
  await conditions.register({ draft }, { by: 'jörg' });
  await expect(conditions.deprecate(1, { by: 'me', reason: 'a\0b' })).rejects.toThrow('no reason');
  expect((await conditions.metadata.events(0, 1))[0]?.by).toBe('jörg');
});
