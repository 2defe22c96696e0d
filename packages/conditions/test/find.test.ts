import fc from 'fast-check';
import { expect, test } from 'vitest';
import { always, forever, parseMoment, procLevels } from '../src/index.ts';
import { me, registered, someConditions } from './some-conditions.ts';

const asked = { instrument: 'LAT', calibType: 'CAL_Ped' } as const;
const free = { rules: { '*': { overlap: 'newest' } } } as const;

test('[IOV1] vstart is in an interval, vend is not', async () => {
  const conditions = await someConditions();
  await registered(conditions, { vstart: 10n, vend: 20n });
  expect((await conditions.find({ ...asked, position: 10n })).calibration.serNo).toBe(1);
  expect((await conditions.find({ ...asked, position: 19n })).calibration.serNo).toBe(1);
  await expect(conditions.find({ ...asked, position: 20n })).rejects.toMatchObject({
    kind: 'absent',
  });
  await expect(conditions.find({ ...asked, position: 9n })).rejects.toMatchObject({
    kind: 'absent',
  });
});

test('[FND1] levels are looked through in the order asked', async () => {
  const conditions = await someConditions();
  await registered(conditions, { procLevel: 'production' });
  await registered(conditions, { procLevel: 'test' });
  await registered(conditions, { procLevel: 'development', vend: 5n });
  const find = async (levels?: readonly ('production' | 'test' | 'development')[], position = 1n) =>
    (await conditions.find({ ...asked, position, levels })).calibration.serNo;
  expect(await find()).toBe(1);
  expect(await find(['test', 'production'])).toBe(2);
  expect(await find(['development', 'test'])).toBe(3);
  expect(await find(['development', 'test'], 5n)).toBe(2);
  await expect(find(['development'], 5n)).rejects.toMatchObject({ kind: 'absent' });
});

test('[FND2] within a level the newest entry is the answer', async () => {
  const conditions = await someConditions();
  await registered(conditions);
  await registered(conditions, { vstart: 10n, vend: 20n });
  const found = await conditions.find({ ...asked, position: 15n });
  expect(found.calibration.serNo).toBe(2);
  expect((await conditions.find({ ...asked, position: 20n })).calibration.serNo).toBe(1);
});

test('[FND3] aborted calibrations are answers only where asked for', async () => {
  const conditions = await someConditions();
  await registered(conditions, { completion: 'incomplete' });
  await registered(conditions, { completion: 'abort' });
  expect((await conditions.find({ ...asked, position: 1n })).calibration.serNo).toBe(1);
  const found = await conditions.find({ ...asked, position: 1n, completions: ['abort'] });
  expect(found.calibration.serNo).toBe(2);
  await expect(
    conditions.find({ ...asked, position: 1n, completions: ['ok'] }),
  ).rejects.toMatchObject({ kind: 'absent' });
});

test('[FND4] the validity of an answer is where it is the same', async () => {
  const conditions = await someConditions(free);
  await registered(conditions, { procLevel: 'production', vstart: 0n, vend: 100n });
  await registered(conditions, { procLevel: 'test', vstart: -50n });
  await registered(conditions, { procLevel: 'production', vstart: 10n, vend: 20n });
  await registered(conditions, { procLevel: 'production', vstart: 40n, vend: 50n });
  const validity = async (position: bigint) => {
    const { calibration, validity: is } = await conditions.find({ ...asked, position });
    return [calibration.serNo, is.begin, is.end];
  };
  expect(await validity(-50n)).toEqual([2, -50n, 0n]);
  expect(await validity(9n)).toEqual([1, 0n, 10n]);
  expect(await validity(10n)).toEqual([3, 10n, 20n]);
  expect(await validity(30n)).toEqual([1, 20n, 40n]);
  expect(await validity(50n)).toEqual([1, 50n, 100n]);
  expect(await validity(100n)).toEqual([2, 100n, forever]);
});

test('[FND4] for any rows: inside its validity an answer is the same, right outside it is not', async () => {
  const row = fc.record({
    vstart: fc.integer({ min: 0, max: 20 }),
    length: fc.integer({ min: 1, max: 12 }),
    procLevel: fc.constantFrom(...procLevels),
    completion: fc.constantFrom('ok', 'abort'),
  });
  const levels = fc.shuffledSubarray([...procLevels], { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 8 }), levels, async (rows, asks) => {
      const conditions = await someConditions(free);
      for (const { vstart, length, procLevel, completion } of rows) {
        const interval = { vstart: BigInt(vstart), vend: BigInt(vstart + length) };
        await registered(conditions, { ...interval, procLevel, completion });
      }
      const answers = new Map<bigint, { serNo: number; begin: bigint; end: bigint } | undefined>();
      for (let position = -1n; position <= 33n; position++) {
        const found = await conditions
          .find({ ...asked, position, levels: asks })
          .catch(() => undefined);
        answers.set(position, found && { serNo: found.calibration.serNo, ...found.validity });
      }
      for (const [position, answer] of answers) {
        // The definition itself, without intervals' cleverness.
        const holding = (await conditions.rows({ tests: [] })).filter(
          ({ vstart, vend, completion, procLevel }) =>
            vstart <= position &&
            position < vend &&
            completion === 'ok' &&
            asks.includes(procLevel),
        );
        holding.sort(
          (a, b) => asks.indexOf(a.procLevel) - asks.indexOf(b.procLevel) || b.serNo - a.serNo,
        );
        expect(answer?.serNo).toBe(holding[0]?.serNo);
        if (!answer) continue;
        for (let inside = answer.begin; inside < answer.end; inside++) {
          expect(answers.get(inside)?.serNo).toBe(answer.serNo);
        }
        expect(answers.get(answer.begin - 1n)?.serNo).not.toBe(answer.serNo);
        expect(answers.get(answer.end)?.serNo).not.toBe(answer.serNo);
      }
    }),
    { numRuns: 60 },
  );
});

test('[FND5] where nothing holds, the nearest intervals are named', async () => {
  const conditions = await someConditions();
  const [first, second] = ['2003-01-10', '2003-02-10'].map((day) => parseMoment(day));
  await registered(conditions, { vstart: first!, vend: parseMoment('2003-01-12') });
  await registered(conditions, { vstart: second!, procLevel: 'production' });
  const at = (text: string) => conditions.find({ ...asked, position: parseMoment(text) });
  await expect(at('2003-01-12')).rejects.toThrow(
    'LAT CAL_Ped vanilla: no calibration holds then (production, development, test, superseded): given 2003-01-12T00:00:00Z, expected a position in the nearest before, [2003-01-10T00:00:00Z, 2003-01-12T00:00:00Z) (calibration 1, test), or after, [2003-02-10T00:00:00Z, open) (calibration 2, production)',
  );
  await expect(at('2002-01-01')).rejects.toThrow('before, none, or after, [2003-01-10');
});

test('[FND5] a word that nothing has is told, with the nearest that something has', async () => {
  const conditions = await someConditions();
  await registered(conditions);
  await registered(conditions, { flavor: 'digi' });
  const find = (given: object) => conditions.find({ ...asked, position: 1n, ...given });
  await expect(find({ instrument: 'LTA' })).rejects.toThrow(
    "there is no instrument 'LTA': did you mean 'LAT'?",
  );
  await expect(find({ calibType: 'CAL_Pde' })).rejects.toThrow(
    "LAT has no calibType 'CAL_Pde': did you mean 'CAL_Ped'?",
  );
  await expect(find({ flavor: 'xx' })).rejects.toThrow(
    "LAT CAL_Ped has no flavor 'xx'; there is digi, vanilla",
  );
  await expect(find({ axis: 'run' })).rejects.toThrow(
    "LAT CAL_Ped vanilla has no axis 'run'; there is time",
  );
  await expect(find({ levels: ['production'] })).rejects.toThrow('none of these levels');
  await expect(find({ levels: ['prod'] })).rejects.toMatchObject({ kind: 'invalid' });
});

test('an answer tells what it knows of, and is the same asked so', async () => {
  const conditions = await someConditions(free);
  await registered(conditions);
  const first = await conditions.find({ ...asked, position: 1n });
  await registered(conditions, { vstart: 2n });
  await conditions.close(1, 10n, me);
  expect(await conditions.find({ ...asked, position: 1n, asOf: first.asOf })).toEqual(first);
  const far = await conditions.find({ ...asked, position: 1n, asOf: parseMoment('2200-01-01') });
  expect(far.asOf).toBe((await conditions.metadata.head()).at);
});

test('intervals without a beginning hold always', async () => {
  const conditions = await someConditions();
  await registered(conditions, { vstart: always });
  const { validity } = await conditions.find({ ...asked, position: parseMoment('1700-01-01') });
  expect(validity).toEqual({ begin: always, end: forever });
});
