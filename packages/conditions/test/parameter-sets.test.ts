import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  compareParameters,
  decodeParameterSet,
  encodeParameterSet,
  type ParameterSet,
  ParameterSets,
  type Parameters,
  parameterAt,
  runPosition,
} from '../src/index.ts';
import { me, someConditions } from './some-conditions.ts';

const set = (parameters: Parameters, version = '1.0'): ParameterSet => ({
  software: 'recon',
  version,
  parameters,
});
const draft = { instrument: 'LAT', flavor: 'vanilla', vstart: 0n } as const;
const production = { ...draft, procLevel: 'production' } as const;

test('[PAR1] parameter sets are stored and found like calibrations', async () => {
  const conditions = await someConditions();
  const sets = new ParameterSets(conditions);
  const first = set({ tracking: { maxStep: 0.1, planes: [1, 2] }, seed: 7 });
  const second = set({ tracking: { maxStep: 0.2, planes: [1, 2] }, seed: 7 });
  await sets.register(first, production, me);
  await expect(
    sets.register(
      set({ seed: 7, tracking: { planes: [1, 2], maxStep: 0.1 } }),
      { ...production, vstart: 5n },
      me,
    ),
  ).rejects.toThrow('it changes nothing');
  const { calibration, closed } = await sets.register(second, { ...production, vstart: 10n }, me);
  expect(calibration).toMatchObject({
    calibType: 'parameters.recon',
    dataFmt: 'JSON',
    fmtVersion: 'parameters-1',
  });
  expect(closed.map(({ serNo, vend }) => [serNo, vend])).toEqual([[1, 10n]]);
  const question = { software: 'recon', instrument: 'LAT' };
  const early = await sets.find({ ...question, position: 9n });
  expect(early.set).toEqual(first);
  expect(early.validity).toEqual({ begin: 0n, end: 10n });
  expect((await sets.find({ ...question, position: 10n })).set).toEqual(second);
  await sets.supersede(2, set({ seed: 8 }), {}, me);
  expect((await sets.find({ ...question, position: 10n })).set.parameters).toEqual({ seed: 8 });
  const asOf = early.asOf;
  expect((await sets.find({ ...question, position: 10n, asOf })).set).toEqual(second);
  await expect(sets.find({ ...question, software: 'recom', position: 0n })).rejects.toThrow(
    "did you mean 'parameters.recon'?",
  );
});

test('[PAR3] the runs that had a set, or a value, are found', async () => {
  const conditions = await someConditions();
  const sets = new ParameterSets(conditions);
  for (const [run, maxStep] of [
    [1, 0.1],
    [2, 0.2],
    [3, 0.1],
  ] as const) {
    const own = {
      ...draft,
      axis: 'run',
      vstart: runPosition(run),
      vend: runPosition(run + 1),
    } as const;
    await sets.register(set({ tracking: { maxStep } }), own, me);
  }
  const serNos = async (rows: Promise<readonly { serNo: number }[]>) =>
    (await rows).map(({ serNo }) => serNo);
  expect(await serNos(sets.rowsWith(set({ tracking: { maxStep: 0.1 } })))).toEqual([1, 3]);
  expect(await serNos(sets.rowsWith(set({ tracking: { maxStep: 0.1 } }, '2.0')))).toEqual([]);
  expect(await serNos(sets.rowsWhere('recon', '/tracking/maxStep', 0.2))).toEqual([2]);
  expect(await serNos(sets.rowsWhere('recon', '/tracking', { maxStep: 0.1 }))).toEqual([1, 3]);
  expect(await serNos(sets.rowsWhere('recon', '/tracking/none', 0.2))).toEqual([]);
  const found = await sets.find({
    software: 'recon',
    instrument: 'LAT',
    axis: 'run',
    position: runPosition(2, 17),
  });
  expect(found.set.parameters).toEqual({ tracking: { maxStep: 0.2 } });
  expect(await sets.compare(1, 2)).toEqual([
    { path: '/tracking/maxStep', before: 0.1, after: 0.2 },
  ]);
});

test('[PAR2] two sets are compared parameter by parameter', () => {
  const before = { a: { b: 1, c: [1, 2], 'x/y~z': null }, gone: {}, same: 'é' };
  const after = { a: { b: 1.5, c: [1, 2], 'x/y~z': false }, added: { deep: true }, same: 'é' };
  expect(compareParameters(before, after)).toEqual([
    { path: '/a/b', before: 1, after: 1.5 },
    { path: '/a/x~1y~0z', before: null, after: false },
    { path: '/added/deep', before: undefined, after: true },
    { path: '/gone', before: {}, after: undefined },
  ]);
  expect(parameterAt(before, '/a/x~1y~0z')).toBe(null);
  expect(parameterAt(before, '/a/c/1')).toBe(2);
  expect(parameterAt(before, '')).toBe(before);
  expect(parameterAt(before, '/a/constructor')).toBeUndefined();
});

test('[PAR2] for any two sets: no difference where they are equal, else each difference is one', () => {
  const parameters = fc.dictionary(
    fc.string(),
    fc.jsonValue({ maxDepth: 3 }),
  ) as fc.Arbitrary<Parameters>;
  fc.assert(
    fc.property(parameters, parameters, (a, b) => {
      const [x, y] = [set(a), set(b)].map(
        (one) => decodeParameterSet(encodeParameterSet(one), 'x').parameters,
      ) as [Parameters, Parameters];
      expect(compareParameters(x, x)).toEqual([]);
      const same =
        new TextDecoder().decode(encodeParameterSet(set(a))) ===
        new TextDecoder().decode(encodeParameterSet(set(b)));
      expect(compareParameters(x, y).length === 0).toBe(same);
      for (const { path, before, after } of compareParameters(x, y)) {
        if (before !== undefined) expect(parameterAt(x, path)).toEqual(before);
        if (after !== undefined) expect(parameterAt(y, path)).toEqual(after);
      }
    }),
    { numRuns: 50 },
  );
});

test('[PAR1] what is no parameter set is refused', async () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  for (const text of [
    '',
    '{',
    '[]',
    '7',
    '{}',
    '{"software":""}',
    '{"software":"a"}',
    '{"software":"a","version":"1"}',
    '{"software":"a","version":"1","parameters":[]}',
  ]) {
    expect(() => decodeParameterSet(bytes(text), 'file'), text).toThrow(/^file: a parameter set/);
  }
  expect(() => decodeParameterSet(new Uint8Array([0xff]), 'file')).toThrow('not JSON');
  expect(() => encodeParameterSet(set({ x: Number.NaN }))).toThrow(
    'a parameter that JSON cannot say',
  );
  const conditions = await someConditions();
  const other = { ...draft, calibType: 'CAL_Ped', dataFmt: 'XML', fmtVersion: 'v1' };
  await conditions.register({ draft: other, bytes: bytes('x') }, me);
  await expect(new ParameterSets(conditions).set(1)).rejects.toThrow(
    'calibration 1 is no parameter set',
  );
  const { find, findInTags, row, rows, payload } = conditions;
  const reader = new ParameterSets({ find, findInTags, row, rows, payload });
  await expect(reader.register(set({}), draft, me)).rejects.toMatchObject({ kind: 'forbidden' });
});

test('[PAR1] parameter sets are tagged like calibrations', async () => {
  const conditions = await someConditions();
  const sets = new ParameterSets(conditions);
  await sets.register(set({ seed: 1 }), production, me);
  await conditions.createTag({ name: 'blessed', instrument: 'LAT' }, me);
  await conditions.putInTag('blessed', [{ serNo: 1 }], me);
  await sets.register(set({ seed: 2 }), { ...production, vstart: 5n }, me);
  const question = { software: 'recon', position: 7n };
  expect((await sets.find({ ...question, instrument: 'LAT' })).set.parameters).toEqual({ seed: 2 });
  expect((await sets.findInTags({ ...question, tags: ['blessed'] })).set.parameters).toEqual({
    seed: 1,
  });
});
