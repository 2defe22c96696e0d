import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Calibration, CalibrationDraft, Conditions, TagState } from '../src/index.ts';
import { forever } from '../src/index.ts';
import { nextStates } from '../src/tags/tag-states.ts';
import { me, registered, someConditions } from './some-conditions.ts';

const production = { procLevel: 'production' } as const;

describe('making tags', () => {
  test('[TAG8] empty, clone, merger, by rule', async () => {
    const conditions = await someConditions();
    const [one, two] = await twoRows(conditions);
    await conditions.createTag({ name: 'empty', instrument: 'LAT', description: 'nothing' }, me);
    expect(await conditions.tag('empty')).toMatchObject({ state: 'OPEN', description: 'nothing' });
    expect(await conditions.lines('empty')).toEqual([]);

    await conditions.createTag({ name: 'main', instrument: 'LAT' }, me);
    await conditions.putInTag('main', [{ serNo: one.serNo, end: 50n }, { serNo: two.serNo }], me);
    await conditions.createTag({ name: 'clone', clone: 'main' }, me);
    expect(await conditions.tag('clone')).toMatchObject({ origin: 'main', instrument: 'LAT' });
    expect(await conditions.lines('clone')).toEqual(await conditions.lines('main'));
    expect((await conditions.tag('clone')).root).toBe((await conditions.tag('main')).root);

    await conditions.createTag({ name: 'patch', instrument: 'LAT' }, me);
    await conditions.putInTag('patch', [{ serNo: two.serNo, begin: 110n, end: 120n }], me);
    await conditions.createTag({ name: 'both', merge: ['patch', 'main'] }, me);
    expect(
      (await conditions.lines('both'))[0]!.entries.map(({ begin, end, serNo }) => [
        begin,
        end,
        serNo,
      ]),
    ).toEqual([
      [0n, 50n, one.serNo],
      [100n, 200n, two.serNo],
    ]);

    await conditions.createTag(
      { name: 'rule', instrument: 'LAT', rule: { levels: ['production'] } },
      me,
    );
    expect((await conditions.lines('rule'))[0]!.entries.map(({ serNo }) => serNo)).toEqual([
      one.serNo,
      two.serNo,
    ]);
  });

  test('[TAG8] a merger fills the gaps of the first tag with the second', async () => {
    // Example of Belle II's `b2conditionsdb tag merge`; there the last number is in the interval.
    const conditions = await someConditions();
    const put = async (
      tag: string,
      payload: string,
      begin: [number, number],
      end: [number, number],
    ) => {
      const row = await registered(conditions, { calibType: payload, axis: 'run', vstart: 0n });
      await conditions.putInTag(
        tag,
        [{ serNo: row.serNo, begin: run(...begin), end: run(...end) }],
        me,
      );
      return row.serNo;
    };
    await conditions.createTag({ name: 'A', instrument: 'LAT' }, me);
    await conditions.createTag({ name: 'B', instrument: 'LAT' }, me);
    const [a1, a2, a3] = [
      await put('A', 'P1', [1, 0], [1, 11]),
      await put('A', 'P1', [1, 20], [1, 23]),
      await put('A', 'P2', [1, 0], [2, 0]),
    ];
    const [b1, b2] = [await put('B', 'P1', [1, 1], [1, 31]), await put('B', 'P2', [0, 1], [1, 21])];
    await conditions.createTag({ name: 'C', merge: ['A', 'B'] }, me);
    const lines = await conditions.lines('C');
    const plain = lines.map(({ entries }) =>
      entries.map(({ begin, end, serNo }) => [begin, end, serNo]),
    );
    expect(plain).toEqual([
      [
        [run(1, 0), run(1, 11), a1],
        [run(1, 11), run(1, 20), b1],
        [run(1, 20), run(1, 23), a2],
        [run(1, 23), run(1, 31), b1],
      ],
      [
        [run(0, 1), run(1, 0), b2],
        [run(1, 0), run(2, 0), a3],
      ],
    ]);
  });

  test('[TAG8] 200 clones add nothing to the payload store', async () => {
    const conditions = await someConditions();
    const [one] = await twoRows(conditions);
    await conditions.createTag({ name: 'main', instrument: 'LAT' }, me);
    await conditions.putInTag('main', [{ serNo: one.serNo }], me);
    const before = await count(conditions);
    for (let i = 0; i < 200; i++)
      await conditions.createTag({ name: `clone${i}`, clone: 'main' }, me);
    expect(await count(conditions)).toBe(before);
    expect((await conditions.tags()).length).toBe(201);
  });

  test('[TAG8] a clone as of a moment is what the tag was then', async () => {
    const conditions = await someConditions();
    const [one, two] = await twoRows(conditions);
    await conditions.createTag({ name: 'main', instrument: 'LAT' }, me);
    const { changed } = await conditions.putInTag('main', [{ serNo: one.serNo }], me);
    await conditions.putInTag('main', [{ serNo: two.serNo }], me);
    await conditions.createTag({ name: 'then', clone: 'main', asOf: changed }, me);
    expect(await conditions.lines('then')).toEqual(
      await conditions.lines('main', undefined, changed),
    );
    expect((await conditions.lines('then'))[0]!.entries.length).toBe(1);
  });

  test('[TAG8] names that are taken, unknown, unusable; no instrument; two origins', async () => {
    const conditions = await someConditions();
    await conditions.createTag({ name: 'main', instrument: 'LAT' }, me);
    const create = (draft: object) => conditions.createTag(draft as never, me);
    await expect(create({ name: 'main', instrument: 'LAT' })).rejects.toMatchObject({
      kind: 'conflict',
    });
    await expect(create({ name: 'x', clone: 'mian' })).rejects.toThrow(
      /no tag 'mian'.*did you mean 'main'/,
    );
    for (const name of ['', ' ', 'a b', 'a/b', '../a', 'a,b', '-a', 'x'.repeat(201), 'a\n']) {
      await expect(create({ name, instrument: 'LAT' })).rejects.toMatchObject({ kind: 'invalid' });
    }
    await expect(create({ name: 'x' })).rejects.toThrow(/instrument/);
    await expect(create({ name: 'x', clone: 'main', merge: ['main'] })).rejects.toThrow(
      /one origin/,
    );
    await expect(
      create({ name: 'x', instrument: 'LAT', rule: { levels: ['best'] } }),
    ).rejects.toThrow(/levels/);
    await expect(
      create({ name: 'x', instrument: 'LAT', rule: { asOf: 10n ** 18n } }),
    ).rejects.toThrow(/to come/);
  });
});

describe('tags by rule', () => {
  test('[TAG6] say what find says by its levels and moment, everywhere', async () => {
    const level = fc.constantFrom('production', 'development', 'test', 'superseded');
    const row = fc.record({ begin: fc.nat(40), length: fc.integer({ min: 1, max: 20 }), level });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 8 }), async (rows) => {
        const conditions = await someConditions({ rules: { '*': { overlap: 'newest' } } });
        for (const { begin, length, level } of rows) {
          const draft = {
            vstart: BigInt(begin),
            vend: BigInt(begin + length),
            procLevel: level as never,
          };
          await registered(conditions, draft);
        }
        const levels = ['production', 'test'] as const;
        await conditions.createTag({ name: 'rule', instrument: 'LAT', rule: { levels } }, me);
        const { asOf } = (await conditions.tag('rule')).rule!;
        await registered(conditions, { procLevel: 'production' });
        const [line] = await conditions.lines('rule');
        for (let p = 0n; p < 62n; p++) {
          const question = { instrument: 'LAT', calibType: 'CAL_Ped', position: p, levels, asOf };
          const found = await conditions.find(question).catch(() => undefined);
          const entry = line?.entries.find(({ begin, end }) => begin <= p && p < end);
          expect(entry?.serNo).toBe(found?.calibration.serNo);
          if (entry) expect({ begin: entry.begin, end: entry.end }).toEqual(found!.validity);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('[TAG6] are written down when they are published, and say the same then', async () => {
    const conditions = await someConditions();
    const [one] = await twoRows(conditions);
    await registered(conditions, { ...production, calibType: 'TKR_Hot' });
    await registered(conditions, { ...production, calibType: 'TKR_Hot', flavor: 'digi' });
    const rule = { calibTypes: ['CAL_Ped', 'TKR_Hot'], flavors: ['vanilla'] };
    await conditions.createTag({ name: 'rule', instrument: 'LAT', rule }, me);
    const before = await conditions.lines('rule');
    expect(before.map(({ calibType, flavor }) => [calibType, flavor])).toEqual([
      ['CAL_Ped', 'vanilla'],
      ['TKR_Hot', 'vanilla'],
    ]);
    const { root } = await conditions.tag('rule');
    await conditions.moveTag('rule', ['TESTING', 'VALIDATED'], me);
    expect((await conditions.tag('rule')).root).toBe(root);
    await conditions.moveTag('rule', ['PUBLISHED'], me);
    expect((await conditions.tag('rule')).root).not.toBe(root);
    expect(await conditions.lines('rule')).toEqual(before);
    await conditions.supersede(one.serNo, { draft: { notes: 'better' } }, me);
    expect(await conditions.lines('rule')).toEqual(before);
  });

  test('[TAG6] are not edited, but their clones with lines written down are', async () => {
    const conditions = await someConditions();
    const [one, two] = await twoRows(conditions);
    await conditions.createTag({ name: 'rule', instrument: 'LAT', rule: {} }, me);
    await expect(conditions.putInTag('rule', [{ serNo: one.serNo }], me)).rejects.toThrow(
      /by rule/,
    );
    await expect(conditions.removeFromTag('rule', [{ calibType: 'CAL_Ped' }], me)).rejects.toThrow(
      /by rule/,
    );
    await conditions.createTag({ name: 'same', clone: 'rule' }, me);
    expect((await conditions.tag('same')).rule).toEqual((await conditions.tag('rule')).rule);
    await conditions.createTag({ name: 'own', clone: 'rule', writtenDown: true }, me);
    await conditions.removeFromTag('own', [{ calibType: 'CAL_Ped', end: 100n }], me);
    expect((await conditions.lines('own'))[0]!.entries.map(({ serNo }) => serNo)).toEqual([
      two.serNo,
    ]);
  });
});

describe('editing', () => {
  test('[TAG7] an entry names a calibration that is there, of the instrument, fit, inside its interval', async () => {
    const conditions = await someConditions();
    const [one, two] = await twoRows(conditions);
    const other = await registered(conditions, { instrument: 'EM' });
    const aborted = await registered(conditions, { completion: 'abort' });
    await conditions.deprecate(two.serNo, { by: 'me', reason: 'wrong cable' });
    await conditions.createTag({ name: 'main', instrument: 'LAT' }, me);
    const put = (entry: object) => conditions.putInTag('main', [entry as never], me);
    await expect(put({ serNo: 99 })).rejects.toMatchObject({ kind: 'absent' });
    await expect(put({ serNo: other.serNo })).rejects.toThrow(/another instrument/);
    await expect(put({ serNo: aborted.serNo })).rejects.toThrow(/aborted/);
    await expect(put({ serNo: two.serNo })).rejects.toThrow(/wrong cable/);
    await expect(put({ serNo: one.serNo, end: 101n })).rejects.toThrow(
      /does not hold all that time/,
    );
    await expect(put({ serNo: one.serNo, begin: -1n })).rejects.toMatchObject({ kind: 'invalid' });
    await expect(put({ serNo: one.serNo, begin: 50n, end: 50n })).rejects.toMatchObject({
      kind: 'invalid',
    });
    await expect(conditions.putInTag('main', [], me)).rejects.toMatchObject({ kind: 'invalid' });
    const twice = [{ serNo: one.serNo }, { serNo: one.serNo, begin: 99n }];
    await expect(conditions.putInTag('main', twice, me)).rejects.toThrow(/together overlap/);
    expect(await conditions.lines('main')).toEqual([]);
  });

  test('[TAG10] overlaps are refused, replaced or appended to, as asked', async () => {
    const conditions = await someConditions();
    const row = async (vstart: bigint) => (await registered(conditions, { vstart })).serNo;
    const [a, b, c] = [await row(0n), await row(10n), await row(20n)];
    const made = async (name: string) => {
      await conditions.createTag({ name, instrument: 'LAT' }, me);
      await conditions.putInTag(name, [{ serNo: a }], me);
    };
    const entries = async (name: string) =>
      (await conditions.lines(name))[0]!.entries.map(({ begin, end, serNo }) => [
        begin,
        end,
        serNo,
      ]);
    await made('refuse');
    await expect(conditions.putInTag('refuse', [{ serNo: b, end: 30n }], me)).rejects.toThrow(
      /another entry there/,
    );
    expect(await entries('refuse')).toEqual([[0n, forever, a]]);
    await made('replace');
    await conditions.putInTag('replace', [{ serNo: b, end: 30n }], me, 'replace');
    expect(await entries('replace')).toEqual([
      [0n, 10n, a],
      [10n, 30n, b],
      [30n, forever, a],
    ]);
    await made('append');
    await conditions.putInTag(
      'append',
      [
        { serNo: c, begin: 30n },
        { serNo: b, end: 20n },
      ],
      me,
      'append',
    );
    expect(await entries('append')).toEqual([
      [0n, 10n, a],
      [10n, 20n, b],
      [30n, forever, c],
    ]);
    await expect(
      conditions.putInTag('append', [{ serNo: c, end: 25n }], me, 'append'),
    ).rejects.toThrow(/at its end/);
  });

  test('[TAG10] many entries in many lines are one event, all or none', async () => {
    const conditions = await someConditions();
    const serNos: number[] = [];
    for (let i = 0; i < 20; i++) {
      serNos.push(
        (
          await registered(conditions, {
            calibType: `T${i % 4}`,
            vstart: BigInt(i),
            vend: BigInt(i) + 4n,
          })
        ).serNo,
      );
    }
    await conditions.createTag({ name: 'main', instrument: 'LAT' }, me);
    const { seq } = await conditions.metadata.head();
    await conditions.putInTag(
      'main',
      serNos.map((serNo) => ({ serNo })),
      me,
    );
    expect((await conditions.metadata.head()).seq).toBe(seq + 1);
    expect((await conditions.lines('main')).map(({ entries }) => entries.length)).toEqual([
      5, 5, 5, 5,
    ]);
    const { root } = await conditions.tag('main');
    const again = [
      { serNo: (await registered(conditions, { calibType: 'new' })).serNo },
      { serNo: serNos[0]! },
    ];
    await expect(conditions.putInTag('main', again, me)).rejects.toMatchObject({
      kind: 'conflict',
    });
    expect((await conditions.tag('main')).root).toBe(root);
  });

  test('[TAG10] what is taken out leaves a gap; what is not there is told; nothing is lost with asOf', async () => {
    const conditions = await someConditions();
    const [one, two] = await twoRows(conditions);
    await conditions.createTag({ name: 'main', instrument: 'LAT' }, me);
    const { changed } = await conditions.putInTag(
      'main',
      [{ serNo: one.serNo }, { serNo: two.serNo }],
      me,
    );
    const before = await conditions.lines('main');
    await conditions.removeFromTag('main', [{ calibType: 'CAL_Ped', begin: 50n, end: 150n }], me);
    expect(
      (await conditions.lines('main'))[0]!.entries.map(({ begin, end }) => [begin, end]),
    ).toEqual([
      [0n, 50n],
      [150n, 200n],
    ]);
    expect(await conditions.lines('main', undefined, changed)).toEqual(before);
    await expect(
      conditions.removeFromTag('main', [{ calibType: 'CAL_Pde' }], me),
    ).rejects.toMatchObject({ kind: 'absent' });
    await conditions.removeFromTag('main', [{ calibType: 'CAL_Ped' }], me);
    expect(await conditions.lines('main')).toEqual([]);
  });
});

describe('states', () => {
  test('[TAG1] every transition that is not legal is refused, every legal one happens', async () => {
    const states = Object.keys(nextStates) as TagState[];
    const ways: Record<TagState, readonly TagState[]> = {
      OPEN: [],
      TESTING: ['TESTING'],
      VALIDATED: ['TESTING', 'VALIDATED'],
      PUBLISHED: ['TESTING', 'VALIDATED', 'PUBLISHED'],
      RUNNING: ['TESTING', 'VALIDATED', 'RUNNING'],
      INVALID: ['INVALID'],
    };
    const legal = new Set([
      'OPEN TESTING',
      'OPEN INVALID',
      'TESTING OPEN',
      'TESTING VALIDATED',
      'TESTING INVALID',
      'VALIDATED OPEN',
      'VALIDATED PUBLISHED',
      'VALIDATED RUNNING',
      'VALIDATED INVALID',
      'RUNNING PUBLISHED',
      'RUNNING INVALID',
      'PUBLISHED INVALID',
    ]);
    const conditions = await someConditions();
    for (const from of states) {
      for (const to of states) {
        const name = `${from}-${to}`;
        await conditions.createTag({ name, instrument: 'LAT' }, me);
        await conditions.moveTag(name, ways[from], me);
        const move = conditions.moveTag(name, [to], me);
        if (legal.has(`${from} ${to}`)) expect((await move).state).toBe(to);
        else await expect(move).rejects.toMatchObject({ kind: 'conflict' });
        if (!legal.has(`${from} ${to}`)) expect((await conditions.tag(name)).state).toBe(from);
      }
    }
    await expect(conditions.moveTag('OPEN-OPEN', ['LOCKED' as never], me)).rejects.toThrow(
      /no state of a tag/,
    );
    await expect(conditions.moveTag('OPEN-OPEN', ['PUBLISHED'], me)).rejects.toThrow(
      /OPEN, TESTING, VALIDATED, PUBLISHED/,
    );
  });

  test('[TAG1] several steps happen all or none', async () => {
    const conditions = await someConditions();
    await conditions.createTag({ name: 'main', instrument: 'LAT' }, me);
    await expect(conditions.moveTag('main', ['TESTING', 'PUBLISHED'], me)).rejects.toMatchObject({
      kind: 'conflict',
    });
    expect((await conditions.tag('main')).state).toBe('OPEN');
    await conditions.moveTag('main', ['TESTING', 'VALIDATED', 'PUBLISHED'], {
      by: 'boss',
      reason: 'reviewed',
    });
    const events = await conditions.metadata.events(0, 100);
    expect(events.slice(-3).map(({ by, change }) => [by, change.kind])).toEqual(
      Array(3).fill(['boss', 'tagMoved']),
    );
  });

  test('[TAG9] a tag with a deprecated calibration, or a payload that is gone, is not published', async () => {
    const conditions = await someConditions();
    const [one, two] = await twoRows(conditions);
    await conditions.createTag({ name: 'main', instrument: 'LAT' }, me);
    await conditions.putInTag('main', [{ serNo: one.serNo }, { serNo: two.serNo }], me);
    await conditions.createTag({ name: 'other', clone: 'main' }, me);
    await conditions.moveTag('other', ['TESTING', 'VALIDATED'], me);
    await conditions.deprecate(two.serNo, { by: 'me', reason: 'wrong cable' });
    await expect(conditions.moveTag('other', ['PUBLISHED'], me)).rejects.toThrow(
      new RegExp(`must not be used.*${two.serNo}`),
    );
    await conditions.removeFromTag('main', [{ calibType: 'CAL_Ped', begin: 100n }], me);
    const has = conditions.payloads.has.bind(conditions.payloads);
    conditions.payloads.has = async (hash) => hash !== one.payload!.sha256 && has(hash);
    const way = ['TESTING', 'VALIDATED', 'PUBLISHED'] as const;
    await expect(conditions.moveTag('main', way, me)).rejects.toThrow(
      new RegExp(`payloads are missing.*${one.serNo}`),
    );
    conditions.payloads.has = has;
    expect((await conditions.moveTag('main', way, me)).state).toBe('PUBLISHED');
  });
});

describe('answers from tags', () => {
  test('[TAG4] the first tag that has an entry wins; the answer tells where it is the same', async () => {
    const conditions = await someConditions();
    const [one, two] = await twoRows(conditions);
    await conditions.createTag({ name: 'base', instrument: 'LAT' }, me);
    await conditions.putInTag('base', [{ serNo: one.serNo }], me);
    await conditions.createTag({ name: 'patch', instrument: 'LAT' }, me);
    const late = await registered(conditions, { vstart: 0n, vend: 300n });
    await conditions.putInTag(
      'patch',
      [
        { serNo: late.serNo, begin: 20n, end: 30n },
        { serNo: two.serNo, begin: 150n },
      ],
      me,
    );
    const ask = (position: bigint, tags = ['patch', 'base']) =>
      conditions.findInTags({ tags, calibType: 'CAL_Ped', position });
    expect(await ask(25n)).toMatchObject({
      calibration: { serNo: late.serNo },
      validity: { begin: 20n, end: 30n },
    });
    expect(await ask(30n)).toMatchObject({
      calibration: { serNo: one.serNo },
      validity: { begin: 30n, end: 100n },
    });
    expect(await ask(0n)).toMatchObject({ validity: { begin: 0n, end: 20n } });
    expect(await ask(25n, ['base', 'patch'])).toMatchObject({ calibration: { serNo: one.serNo } });
    await expect(ask(120n)).rejects.toThrow(/gap there.*calibration \d+\), or after/s);
    await expect(
      conditions.findInTags({ tags: ['base'], calibType: 'TKR', position: 0n }),
    ).rejects.toThrow(/no such condition/);
    const resolved = await conditions.resolve({ tags: ['patch', 'base'], position: 120n });
    expect(resolved).toMatchObject({
      lines: [],
      missing: [{ calibType: 'CAL_Ped', flavor: 'vanilla' }],
      validity: { begin: 100n, end: 150n },
      immutable: false,
    });
  });

  test('[TAG5] names with spaces or twice are one; none, unknown, INVALID and mixed ones are refused', async () => {
    const conditions = await someConditions();
    const [one] = await twoRows(conditions);
    await conditions.createTag({ name: 'main', instrument: 'LAT' }, me);
    const { changed } = await conditions.putInTag('main', [{ serNo: one.serNo }], me);
    await conditions.createTag({ name: 'em', instrument: 'EM' }, me);
    const ask = (...tags: string[]) => conditions.resolve({ tags, position: 5n });
    expect(await ask('  main', 'main ', 'main')).toEqual(await ask('main'));
    await expect(ask()).rejects.toMatchObject({ kind: 'invalid' });
    await expect(ask(' ')).rejects.toMatchObject({ kind: 'invalid' });
    await expect(ask('main', 'mein')).rejects.toMatchObject({ kind: 'absent' });
    await expect(ask('main', 'em')).rejects.toThrow(/several instruments/);
    await conditions.moveTag('main', ['INVALID'], me);
    await expect(ask('main')).rejects.toMatchObject({ kind: 'conflict' });
    const then = await conditions.resolve({ tags: ['main'], position: 5n, asOf: changed });
    expect(then.lines.map(({ serNo }) => serNo)).toEqual([one.serNo]);
  });

  test('[TAG4] what published tags say does not depend on what happens later', async () => {
    const conditions = await someConditions();
    const [one] = await twoRows(conditions);
    await conditions.createTag({ name: 'main', instrument: 'LAT' }, me);
    await conditions.putInTag('main', [{ serNo: one.serNo }], me);
    await conditions.moveTag('main', ['TESTING', 'VALIDATED', 'PUBLISHED'], me);
    const found = await conditions.findInTags({
      tags: ['main'],
      calibType: 'CAL_Ped',
      position: 5n,
    });
    const resolved = await conditions.resolve({ tags: ['main'], position: 5n });
    expect(resolved.immutable).toBe(true);
    await conditions.supersede(one.serNo, { draft: { notes: 'better' } }, me);
    await conditions.createTag({ name: 'other', instrument: 'LAT' }, me);
    expect(
      await conditions.findInTags({ tags: ['main'], calibType: 'CAL_Ped', position: 5n }),
    ).toEqual(found);
    expect(await conditions.resolve({ tags: ['main'], position: 5n })).toEqual(resolved);
    expect(await conditions.resolve({ tags: ['main'], position: 5n, asOf: found.asOf })).toEqual(
      resolved,
    );
  });
});

/** Two production rows of one series: [0, 100) and [100, 200). */
async function twoRows(conditions: Conditions): Promise<readonly [Calibration, Calibration]> {
  const row = (given: Partial<CalibrationDraft>) =>
    registered(conditions, { ...production, ...given });
  return [await row({ vstart: 0n, vend: 100n }), await row({ vstart: 100n, vend: 200n })];
}

async function count(conditions: Conditions): Promise<number> {
  let number = 0;
  for await (const hash of conditions.payloads.list()) if (hash) number++;
  return number;
}

function run(experiment: number, number: number): bigint {
  return (BigInt(experiment) << 32n) + BigInt(number);
}
