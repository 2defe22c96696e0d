import { expect, test } from 'vitest';
import { type Conditions, ConditionsError, forever } from '../src/index.ts';
import { me, registered, someConditions } from './some-conditions.ts';

test('[CHK8] tags that are not what they were are found', async () => {
  const conditions = await someConditions();
  const [one, two] = [
    await registered(conditions, {}),
    await registered(conditions, { calibType: 'TKR_Hot' }),
  ];
  await conditions.createTag({ name: 'main', instrument: 'LAT' }, me);
  await conditions.putInTag('main', [{ serNo: one.serNo }, { serNo: two.serNo }], me);
  await conditions.createTag({ name: 'clone', clone: 'main' }, me);
  await conditions.createTag({ name: 'rule', instrument: 'LAT', rule: { levels: ['test'] } }, me);
  expect(await found(conditions)).toEqual([]);

  await conditions.moveTag('main', ['TESTING', 'VALIDATED', 'PUBLISHED'], me);
  await conditions.deprecate(two.serNo, { by: 'me', reason: 'wrong cable' });
  expect(await found(conditions)).toEqual([
    [
      'note',
      expect.stringMatching(
        /^tag clone, TKR_Hot vanilla .*calibration 2 must not be used: wrong cable/,
      ),
      [2],
    ],
    [
      'warning',
      expect.stringMatching(/^tag main, TKR_Hot vanilla .*calibration 2 must not be used/),
      [2],
    ],
  ]);
  expect(await found(conditions, { calibType: 'CAL_Ped' })).toEqual([]);
  expect(await found(conditions, { instrument: 'EM' })).toEqual([]);

  const entries = [
    { begin: 0n, end: 10n, serNo: 99, payload: '' },
    { begin: 10n, end: forever, serNo: one.serNo, payload: 'ab'.repeat(32) },
  ];
  const condition = { calibType: 'CAL_Ped', flavor: 'vanilla', axis: 'time' } as const;
  const root = await conditions.tagTree.build([{ ...condition, entries }]);
  const change = { kind: 'tagEdited', tag: 'clone', root, reason: '' } as const;
  await conditions.metadata.commit('intruder', async () => ({
    changes: [change],
    result: undefined,
  }));
  expect(
    (await found(conditions, { calibType: 'CAL_Ped' })).map(([severity, text]) => [severity, text]),
  ).toEqual([
    ['error', expect.stringMatching(/tag clone.*calibration 99 is not there/)],
    ['error', expect.stringMatching(/tag clone.*calibration 1 has another payload/)],
  ]);

  const get = conditions.payloads.get.bind(conditions.payloads);
  conditions.payloads.get = async (hash) => {
    if (hash === root) throw new ConditionsError('absent', { what: `no payload ${hash}` });
    return get(hash);
  };
  const broken = (await found(conditions)).filter(([severity]) => severity === 'error');
  expect(broken).toEqual([['error', expect.stringMatching(/tag clone: .*no payload/), []]]);
});

async function found(conditions: Conditions, wanted: object = {}): Promise<readonly unknown[][]> {
  const findings: unknown[][] = [];
  for await (const { kind, severity, text, serNos } of conditions.check({
    ...wanted,
    payloads: 'skip',
  })) {
    if (kind === 'tag') findings.push([severity, text, serNos]);
  }
  return findings;
}
