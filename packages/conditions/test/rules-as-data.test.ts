import { expect, test } from 'vitest';
import { type Vocabularies, vocabulariesFromJson } from '../src/index.ts';
import { me, registered, someConditions } from './some-conditions.ts';

/**
 * What GLAST's rdbModel declared of its calibrations (fermi-lat/rdbModel, xml/calib.xml), as a configuration file: its
 * columns' words, and that a row is complete to be production, that only a complete production row is superseded.
 */
const glast = {
  instruments: ['LAT', 'EM', 'EM2', 'miniTower'],
  calibTypes: ['TKR_DeadChan', 'TKR_HotChan', 'CAL_Ped', 'CAL_MuSlope', 'ACD_Ped', 'Test_Gen'],
  flavors: ['vanilla', 'ideal'],
  dataFmts: ['XML', 'ROOT'],
  locales: ['orbit', 'SLAC', 'NRL', 'CERN'],
  rules: {
    '*': {
      overlap: 'close',
      required: ['uid'],
      assertions: [
        {
          name: 'production calibrations are complete',
          when: [{ field: 'procLevel', test: '=', value: 'production' }],
          require: [{ field: 'completion', test: '=', value: 'ok' }],
        },
        {
          name: 'what is superseded is production and complete',
          on: ['superseded'],
          require: [
            { field: 'procLevel', test: '=', value: 'production' },
            { field: 'completion', test: '=', value: 'ok' },
          ],
        },
        {
          name: 'times are those of the mission',
          when: [{ field: 'axis', test: '=', value: 'time' }],
          require: [
            { field: 'vstart', test: '>=', value: '1970-01-01' },
            { field: 'vstart', test: '<', value: '2038-01-01' },
            { field: 'vstart', test: '<', other: 'vend' },
          ],
        },
      ],
    },
    Test_Gen: {
      overlap: 'newest',
      assertions: [
        {
          name: 'tests are no production',
          require: [{ field: 'procLevel', test: 'in', value: ['test', 'development'] }],
        },
        { name: 'tests end', require: [{ field: 'vend', test: 'present' }] },
      ],
    },
  },
} as const satisfies Vocabularies;

const uid = 'jrb';

test('[INS10] assertions of * and of the type hold of what is registered', async () => {
  const conditions = await someConditions(glast);
  await expect(
    registered(conditions, { uid, procLevel: 'production', completion: 'incomplete' }),
  ).rejects.toMatchObject({
    kind: 'conflict',
    message:
      "calibration 1 (LAT CAL_Ped vanilla): against the rule 'production calibrations are complete': given completion 'incomplete', expected completion = ok (the assertions of this type are part of the vocabularies)",
  });
  await registered(conditions, { uid, completion: 'incomplete' });
  await expect(registered(conditions, { uid, vstart: -1n })).rejects.toThrow(
    'vstart >= 1970-01-01',
  );
  await registered(conditions, { uid, axis: 'run', vstart: 0n });
  const general = { uid, calibType: 'Test_Gen' } as const;
  await expect(registered(conditions, general)).rejects.toThrow("'tests end': given vend");
  await expect(
    registered(conditions, { ...general, vend: 9n, procLevel: 'superseded' }),
  ).rejects.toThrow('procLevel in test, development');
  await expect(
    registered(conditions, { ...general, vend: 9n, completion: 'abort', vstart: -5n }),
  ).rejects.toThrow('times are those of the mission');
  await registered(conditions, { ...general, vend: 9n });
});

test('[INS10] assertions hold of what is promoted, and of what is superseded', async () => {
  const conditions = await someConditions(glast);
  await registered(conditions, { uid, completion: 'incomplete' });
  await expect(conditions.promote(1, 'production', me)).rejects.toThrow(
    'production calibrations are complete',
  );
  await expect(conditions.supersede(1, { draft: { completion: 'ok' } }, me)).rejects.toThrow(
    'what is superseded is production and complete',
  );
  await registered(conditions, { uid, procLevel: 'production' });
  await conditions.supersede(2, { draft: { notes: 'again' } }, me);
});

test('assertions compare text, times, numbers, and what is absent', async () => {
  const rules = (field: string, test: string, value?: unknown) =>
    ({
      rules: { '*': { assertions: [{ name: 'x', require: [{ field, test, value }] }] } },
    }) as Vocabularies;
  const allows = async (vocabularies: Vocabularies) => {
    const conditions = await someConditions(vocabularies);
    return registered(conditions, { notes: 'ab', uid: 'me', vstart: 5n, vend: 10n }).then(
      () => true,
      () => false,
    );
  };
  expect(await allows(rules('notes', 'like', 'a*'))).toBe(true);
  expect(await allows(rules('notes', 'like', 'b*'))).toBe(false);
  expect(await allows(rules('notes', '!=', 'ab'))).toBe(false);
  expect(await allows(rules('notes', '>', 'aa'))).toBe(true);
  expect(await allows(rules('creator', 'absent'))).toBe(true);
  expect(await allows(rules('creator', 'present'))).toBe(false);
  expect(await allows(rules('payload', 'present'))).toBe(true);
  expect(await allows(rules('prodStart', '<', '2000-01-01'))).toBe(false);
  expect(await allows(rules('serNo', '<=', 1))).toBe(true);
  expect(await allows(rules('vend', '<', '1970-01-01T00:00:00.00000001Z'))).toBe(false);
  expect(await allows(rules('uid', 'in', ['you', 'me']))).toBe(true);
});

test('[VOC1] a configuration file is read; declared again, nothing happens', async () => {
  const read = vocabulariesFromJson(JSON.parse(JSON.stringify(glast)));
  expect(read).toEqual(glast);
  const conditions = await someConditions();
  expect(await conditions.declare(read, me)).toBe(true);
  expect(await conditions.declare(glast, me)).toBe(false);
  expect((await conditions.metadata.head()).seq).toBe(1);
  expect(await conditions.declare({}, me)).toBe(true);
  await registered(conditions, { flavor: 'any' });
});

test('[VOC1] what makes no sense in a configuration file is refused with its place', () => {
  const refused: [unknown, string][] = [
    [null, 'file: no object: given null'],
    [[], 'file: no object'],
    [
      { flavours: [] },
      "file: an unknown name: given flavours, expected instruments, calibTypes, flavors, completions, dataFmts, locales, rules (did you mean 'flavors'?)",
    ],
    [{ flavors: 'vanilla' }, 'file, flavors: no list: given "vanilla"'],
    [{ flavors: ['a', 7] }, 'file, flavors[1]: no word: given 7'],
    [{ flavors: ['a', 'a'] }, 'a word that is there twice'],
    [{ calibTypes: ['CAL_Ped'], rules: { CAL_Pde: {} } }, "did you mean 'CAL_Ped'?"],
    [
      { rules: { '*': { overlap: 'closed' } } },
      "file, rules of '*', overlap: no such word: given \"closed\", expected one of refuse, close, newest (did you mean 'close'?)",
    ],
    [{ rules: { '*': { overlaps: 'close' } } }, "did you mean 'overlap'?"],
    [{ rules: { '*': { refuseGaps: 'yes' } } }, 'neither true nor false'],
    [{ rules: { '*': { required: ['color'] } } }, 'required[0]: no such word'],
    [{ rules: { '*': { assertions: [{ require: [] }] } } }, 'no name'],
    [{ rules: { '*': { assertions: [{ name: 'x', require: [] }] } } }, 'it demands nothing'],
    [
      {
        rules: {
          '*': {
            assertions: [
              { name: 'x', require: [{ field: 'vstart', test: '<', value: 'tomorrow' }] },
            ],
          },
        },
      },
      'no time in ISO 8601',
    ],
    [
      {
        rules: {
          '*': {
            assertions: [{ name: 'x', require: [{ field: 'vstart', test: '<', other: 'notes' }] }],
          },
        },
      },
      'cannot be compared so',
    ],
    [
      {
        rules: {
          '*': {
            assertions: [{ name: 'x', require: [{ field: 'vstart', test: 'like', value: '1' }] }],
          },
        },
      },
      'like is for text',
    ],
    [
      {
        rules: {
          '*': {
            assertions: [
              { name: 'x', on: ['insert'], require: [{ field: 'uid', test: 'present' }] },
            ],
          },
        },
      },
      'on[0]: no such word',
    ],
    [
      {
        rules: {
          '*': {
            assertions: [{ name: 'x', require: [{ field: 'uid', test: 'present', value: 1 }] }],
          },
        },
      },
      'an unknown name: given value',
    ],
    [
      { rules: { '*': { assertions: [{ name: 'x', require: [{ field: 'notes', test: '=' }] }] } } },
      'no value for notes: given nothing',
    ],
  ];
  for (const [json, message] of refused) {
    expect(() => vocabulariesFromJson(json, 'file'), message).toThrow(message);
  }
});
