import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  always,
  Conditions,
  type ConditionsSource,
  canonicalJson,
  coverageQuestionFromJson,
  coverageQuestionSchema,
  coverageToJson,
  diffQuestionFromJson,
  diffQuestionSchema,
  diffToJson,
  explainQuestionFromJson,
  explainQuestionSchema,
  explanationToJson,
  forever,
  type Json,
  updatePlanToJson,
} from '../src/index.ts';
import {
  coverageQuestionToJson,
  diffQuestionToJson,
  explainQuestionToJson,
} from '../src/json/analysis-question-json.ts';
import { me, registered, someConditions } from './some-conditions.ts';

const moment = fc.bigInt({ min: 0n, max: 2n ** 62n });
const word = fc.string({ minLength: 1, maxLength: 8 });
const levels = fc.subarray(['production', 'test'] as const, { minLength: 1 });
const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });

test('[JSN7] what is answered is plain JSON, times as text, open ends null', async () => {
  const memory = await someConditions();
  const conditions = new Conditions(memory.metadata, memory.payloads, async () => ({
    changed: [{ path: 'gain', before: 2n ** 60n, after: Number.NaN, difference: 1 }],
    added: [['new', 1.5]],
    removed: [],
    unchanged: 3,
  }));
  const [a, b] = [
    await registered(conditions, { vstart: 0n }),
    await registered(conditions, { vstart: 0n }),
  ];
  for (const [tag, row] of [
    ['a', a],
    ['b', b],
  ] as const) {
    await conditions.createTag({ name: tag, instrument: 'LAT' }, me);
    await conditions.putInTag(tag, [{ serNo: row.serNo, begin: 1_000_000_000n }], me);
  }
  const source = { tags: ['a'] };
  const diff = diffToJson(
    await conditions.diff({ before: source, after: { tags: ['b'] }, constants: 1 }),
  );
  expect(diff.lines[0]!.changes[0]).toMatchObject({
    kind: 'changed',
    begin: '1970-01-01T00:00:01Z',
    end: null,
    before: { serNo: a.serNo, tag: 'a', payload: a.payload!.sha256 },
    after: { serNo: b.serNo, tag: 'b' },
    constants: {
      changed: [
        {
          path: 'gain',
          before: '1152921504606846976',
          after: 'NaN',
          difference: 1,
          relative: null,
        },
      ],
      added: [['new', 1.5]],
    },
  });
  const coverage = coverageToJson(
    await conditions.coverage({ source, range: { begin: 0n, end: 2_000_000_000n } }),
  );
  expect(coverage).toMatchObject({
    complete: false,
    lines: [
      {
        calibType: 'CAL_Ped',
        gaps: [{ begin: '1970-01-01T00:00:00Z', end: '1970-01-01T00:00:01Z' }],
      },
    ],
  });
  const question = { source: { tags: ['a', 'b'] }, calibType: 'CAL_Ped', position: 5_000_000_000n };
  const explanation = explanationToJson(await conditions.explain(question));
  expect(explanation).toMatchObject({
    answer: { tag: 'a', calibration: { serNo: a.serNo }, validity: { end: null } },
    tags: [{ says: 'answer' }, { says: 'hidden', entry: { serNo: b.serNo } }],
    alternatives: [{ verdict: 'hidden', calibration: { serNo: b.serNo } }],
  });
  await conditions.moveTag('a', ['TESTING', 'VALIDATED', 'RUNNING'], me);
  await conditions.moveTag('b', ['TESTING', 'VALIDATED'], me);
  const update = { running: 'a', staging: 'b', from: 1_000_000_000n };
  const refused = updatePlanToJson(await conditions.planTagUpdate(update));
  expect(refused.problems).toMatchObject([{ kind: 'running-starts-later', end: null }]);
  const plan = updatePlanToJson(
    await conditions.planTagUpdate({ ...update, from: 2_000_000_000n }),
  );
  expect(plan.problems).toMatchObject([{ kind: 'early' }]);
  for (const json of [diff, coverage, explanation, refused, plan]) {
    expect(JSON.parse(canonicalJson(json as unknown as Json))).toEqual(json);
  }
});

test('[JSN8] questions are read back as they were', () => {
  const source = fc.oneof(
    fc.record({ tags: fc.array(word), asOf: maybe(moment) }),
    fc.record({ instrument: word, levels: maybe(levels), asOf: maybe(moment) }),
  ) as fc.Arbitrary<ConditionsSource>;
  const position = fc.oneof(fc.bigInt({ min: -(2n ** 61n), max: 2n ** 61n }), fc.constant(always));
  const end = fc.oneof(position, fc.constant(forever)).filter((edge) => edge !== always);
  const range = fc.record({ begin: position, end });
  const axis = maybe(fc.constantFrom('time', 'run'));
  const constants = maybe(fc.nat(1000));
  const diffs = fc.record({ before: source, after: source, range: maybe(range), axis, constants });
  check(diffs, diffQuestionToJson, (json) => diffQuestionFromJson(diffQuestionSchema.parse(json)));
  const needed = maybe(fc.array(fc.record({ calibType: word, flavor: maybe(word) })));
  check(fc.record({ source, range, axis, needed }), coverageQuestionToJson, (json) =>
    coverageQuestionFromJson(coverageQuestionSchema.parse(json)),
  );
  const explained = fc.record({ source, calibType: word, flavor: maybe(word), axis, position });
  check(explained, explainQuestionToJson, (json) =>
    explainQuestionFromJson(explainQuestionSchema.parse(json)),
  );
  expect(
    explainQuestionSchema.safeParse({ source: {}, calibType: 'a', position: '' }).success,
  ).toBe(false);
});

function check<T>(
  values: fc.Arbitrary<T>,
  write: (value: T) => unknown,
  read: (json: unknown) => T,
): void {
  fc.assert(
    fc.property(values, (value) => {
      expect(read(JSON.parse(JSON.stringify(write(value))))).toEqual(value);
    }),
    { numRuns: 50 },
  );
}
