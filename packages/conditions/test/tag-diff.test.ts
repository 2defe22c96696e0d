import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Conditions, type TagEntry } from '../src/index.ts';
import { compareEntries } from '../src/tags/compare-entries.ts';
import { me, registered, someConditions } from './some-conditions.ts';

describe('differences', () => {
  test('[DIF1] are told for each position at which two lines say different things, and no other', () => {
    const cells = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(cells, cells, (a, b) => {
        const [before, after] = [entriesOf(a), entriesOf(b)];
        const changes = compareEntries(before, after);
        for (let p = 0n; p < 30n; p++) {
          const [old, now] = [a[Number(p)]!, b[Number(p)]!];
          const told = changes.filter(({ begin, end }) => begin <= p && p < end);
          if (old === now) expect(told).toEqual([]);
          else {
            expect(told).toHaveLength(1);
            expect([told[0]!.before?.serNo ?? 0, told[0]!.after?.serNo ?? 0]).toEqual([old, now]);
            expect(told[0]!.kind).toBe(kindOf(old, now));
          }
        }
        for (const [i, { begin }] of changes.entries()) {
          if (i > 0) expect(changes[i - 1]!.end <= begin).toBe(true);
        }
      }),
    );
  });

  test('[DIF2] of two tags: what is added, removed, changed, registered again; the rest is counted', async () => {
    const conditions = await someConditions({
      rules: { '*': { overlap: 'newest', refuseUnchanged: false } },
    });
    const put = async (tag: string, calibType: string, text: string, begin = 0n, end = 100n) => {
      const row = await registered(conditions, { calibType, vstart: 0n }, text);
      await conditions.putInTag(tag, [{ serNo: row.serNo, begin, end }], me);
      return row.serNo;
    };
    await conditions.createTag({ name: 'a', instrument: 'LAT' }, me);
    const old = await put('a', 'changed', 'one');
    const first = await put('a', 'again', 'same');
    const gone = await put('a', 'gone', 'x');
    await put('a', 'unchanged', 'y');
    await conditions.createTag({ name: 'b', clone: 'a' }, me);
    for (const calibType of ['again', 'gone'])
      await conditions.removeFromTag('b', [{ calibType }], me);
    await conditions.removeFromTag('b', [{ calibType: 'changed', begin: 40n }], me);
    const now = await put('b', 'changed', 'two', 40n, 100n);
    const second = await put('b', 'again', 'same');
    const added = await put('b', 'added', 'z');
    const found = await conditions.diff({ before: { tags: ['a'] }, after: { tags: ['b'] } });
    expect(found.unchanged).toBe(1);
    const plain = found.lines.map(({ calibType, changes }) => [
      calibType,
      changes.map(({ kind, begin, end, before, after }) => [
        kind,
        begin,
        end,
        before?.serNo,
        after?.serNo,
      ]),
    ]);
    expect(plain).toEqual([
      ['added', [['added', 0n, 100n, undefined, added]]],
      ['again', [['reregistered', 0n, 100n, first, second]]],
      ['changed', [['changed', 40n, 100n, old, now]]],
      ['gone', [['removed', 0n, 100n, gone, undefined]]],
    ]);
    const range = { begin: 50n, end: 60n };
    const part = await conditions.diff({
      before: { tags: ['a'] },
      after: { tags: ['b'] },
      range,
      calibTypes: ['changed', 'unchanged'],
    });
    expect(part.lines.map(({ changes }) => changes.map(({ begin, end }) => [begin, end]))).toEqual([
      [[50n, 60n]],
    ]);
    expect(part.unchanged).toBe(1);
  });

  test('[DIF2] of two moments of a tag, of a stack and a tag, of rows at two moments', async () => {
    const conditions = await someConditions({ rules: { '*': { overlap: 'newest' } } });
    const old = await registered(conditions, { procLevel: 'production', vstart: 0n, vend: 100n });
    await conditions.createTag({ name: 'a', instrument: 'LAT' }, me);
    const { changed } = await conditions.putInTag('a', [{ serNo: old.serNo }], me);
    const { at: then } = await conditions.metadata.head();
    const now = await registered(conditions, { procLevel: 'production', vstart: 50n, vend: 150n });
    await conditions.createTag({ name: 'patch', instrument: 'LAT' }, me);
    await conditions.putInTag('patch', [{ serNo: now.serNo }], me);
    await conditions.createTag({ name: 'merged', merge: ['patch', 'a'] }, me);
    await conditions.putInTag('a', [{ serNo: now.serNo }], me, 'replace');
    const changes = async (before: object, after: object) =>
      (await conditions.diff({ before, after } as never)).lines.flatMap((line) =>
        line.changes.map(({ kind, begin, end, after: is }) => [kind, begin, end, is?.serNo]),
      );
    const expected = [
      ['changed', 50n, 100n, now.serNo],
      ['added', 100n, 150n, now.serNo],
    ];
    expect(await changes({ tags: ['a'], asOf: changed }, { tags: ['a'] })).toEqual(expected);
    expect(await changes({ instrument: 'LAT', asOf: then }, { instrument: 'LAT' })).toEqual(
      expected,
    );
    expect(await changes({ tags: ['patch', 'a'] }, { tags: ['merged'] })).toEqual([]);
    expect(await changes({ tags: ['merged'] }, { instrument: 'LAT' })).toEqual([]);
    await expect(changes({ tags: ['none'] }, { tags: ['a'] })).rejects.toMatchObject({
      kind: 'absent',
    });
  });

  test('[DIF3] what tags that come from one another share is not read', async () => {
    const conditions = await someConditions();
    const rows = [];
    for (let i = 0n; i < 3000n; i++) {
      rows.push({
        draft: {
          instrument: 'LAT',
          calibType: 'CAL_Ped',
          flavor: 'vanilla',
          vstart: i,
          vend: i + 1n,
          dataFmt: 'XML',
          fmtVersion: 'v1',
        },
      });
    }
    const made = await conditions.registerMany(rows, me);
    await conditions.createTag({ name: 'a', instrument: 'LAT' }, me);
    await conditions.putInTag(
      'a',
      made.map(({ calibration }) => ({ serNo: calibration.serNo })),
      me,
    );
    await conditions.createTag({ name: 'b', clone: 'a' }, me);
    await conditions.removeFromTag('b', [{ calibType: 'CAL_Ped', begin: 1500n, end: 1501n }], me);
    const fresh = new Conditions(conditions.metadata, conditions.payloads);
    const read: string[] = [];
    const get = fresh.payloads.get.bind(fresh.payloads);
    fresh.payloads.get = async (hash) => {
      read.push(hash);
      return get(hash);
    };
    const { lines } = await fresh.diff({ before: { tags: ['a'] }, after: { tags: ['b'] } });
    expect(lines[0]!.changes.map(({ kind, begin, end }) => [kind, begin, end])).toEqual([
      ['removed', 1500n, 1501n],
    ]);
    const [a, b] = [await hashesOf(conditions, 'a'), await hashesOf(conditions, 'b')];
    const shared = a.filter((hash) => b.includes(hash));
    expect(shared.length).toBeGreaterThan(2);
    expect(read.filter((hash) => shared.includes(hash))).toEqual([]);
  });

  test('[DIF4] constants are compared once for each pair of payloads, up to a number; one that fails hides nothing', async () => {
    const conditions = await someConditions({ rules: { '*': { overlap: 'newest' } } });
    const names = ['one', 'two', 'three'];
    for (const tag of ['a', 'b']) await conditions.createTag({ name: tag, instrument: 'LAT' }, me);
    const payloads = new Set<string>();
    for (const calibType of names) {
      const format = { calibType, dataFmt: 'JSON' };
      const old = await registered(conditions, format, `{"gain": [1, 2], "of": "${calibType}"}`);
      const broken = calibType === 'two' ? ',' : '';
      const now = await registered(
        conditions,
        format,
        `{"gain": [1, 3], "of": "${calibType}"${broken}}`,
      );
      for (const [tag, { serNo, payload }] of [
        ['a', old],
        ['b', now],
      ] as const) {
        await conditions.putInTag(
          tag,
          [
            { serNo, end: 10n },
            { serNo, begin: 20n },
          ],
          me,
        );
        payloads.add(payload!.sha256);
      }
    }
    const get = conditions.payloads.get.bind(conditions.payloads);
    let reads = 0;
    conditions.payloads.get = async (hash) => {
      if (payloads.has(hash)) reads++;
      return get(hash);
    };
    const ask = async (constants?: number) => {
      const { lines } = await conditions.diff({
        before: { tags: ['a'] },
        after: { tags: ['b'] },
        constants,
      });
      return lines.map(({ changes }) =>
        changes.map((change) => change.constants ?? change.problem),
      );
    };
    const gain = {
      changed: [
        {
          path: expect.stringContaining('gain'),
          before: 2,
          after: 3,
          difference: 1,
          relative: 0.5,
        },
      ],
    };
    expect(await ask(2)).toMatchObject([
      [gain, gain],
      [gain, gain],
      [undefined, undefined],
    ]);
    expect(reads).toBe(4);
    const [, , problems] = await ask(9);
    expect(problems).toEqual(Array(2).fill(expect.stringMatching(/serNo 4.*JSON/)));
    expect(await ask()).toEqual(names.map(() => [undefined, undefined]));
  });
});

describe('coverage', () => {
  test('[COV1] tells gaps and overlaps of tags, stacks and rows', async () => {
    const conditions = await someConditions({ rules: { '*': { overlap: 'newest' } } });
    const row = async (vstart: bigint, vend: bigint, procLevel = 'production' as const) =>
      (await registered(conditions, { vstart, vend, procLevel })).serNo;
    const [a, b, c] = [await row(0n, 50n), await row(40n, 60n), await row(80n, 100n)];
    const test1 = await row(0n, 100n, 'test' as never);
    await conditions.createTag({ name: 'base', instrument: 'LAT' }, me);
    await conditions.putInTag('base', [{ serNo: a }, { serNo: c }], me);
    await conditions.createTag({ name: 'patch', instrument: 'LAT' }, me);
    await conditions.putInTag('patch', [{ serNo: b }], me);
    const range = { begin: 10n, end: 90n };
    const ask = async (source: object) => {
      const { complete, lines } = await conditions.coverage({ source: source as never, range });
      return [
        complete,
        lines.map(({ intervals, gaps, overlaps }) => [intervals, gaps.map(pair), overlaps]),
      ];
    };
    expect(await ask({ tags: ['base'] })).toEqual([false, [[2, [[50n, 80n]], []]]]);
    expect(await ask({ tags: ['patch', 'base'] })).toEqual([
      false,
      [[3, [[60n, 80n]], [{ begin: 40n, end: 50n, answer: b, hidden: [a] }]]],
    ]);
    expect(await ask({ instrument: 'LAT', levels: ['production'] })).toEqual([
      false,
      [[3, [[60n, 80n]], [{ begin: 40n, end: 50n, answer: b, hidden: [a] }]]],
    ]);
    expect(await ask({ instrument: 'LAT', levels: ['production', 'test'] })).toEqual([
      true,
      [[4, [], [{ begin: 40n, end: 50n, answer: b, hidden: [a] }]]],
    ]);
    expect(test1).toBeGreaterThan(0);
    await expect(
      conditions.coverage({ source: { tags: ['base'] }, range: { begin: 5n, end: 5n } }),
    ).rejects.toThrow(/without extent/);
  });

  test('[COV2] a job that needs what is not all there is told before it begins', async () => {
    const conditions = await someConditions();
    const row = await registered(conditions, { vstart: 0n, vend: 50n });
    await conditions.createTag({ name: 'main', instrument: 'LAT' }, me);
    await conditions.putInTag('main', [{ serNo: row.serNo }], me);
    const require = (begin: bigint, end: bigint, ...calibTypes: string[]) =>
      conditions.requireCoverage({
        source: { tags: ['main'] },
        range: { begin, end },
        needed: calibTypes.map((calibType) => ({ calibType })),
      });
    expect((await require(0n, 50n, 'CAL_Ped')).complete).toBe(true);
    await expect(require(0n, 51n, 'CAL_Ped')).rejects.toThrow(
      /main: conditions do not cover the range: given gaps: CAL_Ped\/vanilla.*before, .*calibration 1\); after, none/,
    );
    await expect(require(0n, 50n, 'CAL_Ped', 'TKR_Hot')).rejects.toThrow(
      /TKR_Hot\/vanilla.*there is no TKR_Hot/,
    );
    await expect(require(0n, 50n)).rejects.toMatchObject({ kind: 'invalid' });
    await expect(require(-1n, 50n, 'CAL_Ped')).rejects.toMatchObject({ kind: 'absent' });
  });
});

describe('explanations', () => {
  test('[EXP1] of an answer from tags: who has it, who else, and why not they', async () => {
    const conditions = await someConditions({ rules: { '*': { overlap: 'newest' } } });
    const row = async (given: object = {}) =>
      (await registered(conditions, { vstart: 0n, vend: 100n, ...given })).serNo;
    const [first, hidden, elsewhere, broken] = [await row(), await row(), await row(), await row()];
    await conditions.deprecate(broken, { by: 'me', reason: 'wrong cable' });
    for (const name of ['empty', 'gap', 'answer', 'other'])
      await conditions.createTag({ name, instrument: 'LAT' }, me);
    await conditions.putInTag(
      'gap',
      [
        { serNo: first, end: 10n },
        { serNo: first, begin: 60n },
      ],
      me,
    );
    await conditions.putInTag('answer', [{ serNo: first }], me);
    await conditions.putInTag('other', [{ serNo: hidden }], me);
    const source = { tags: ['empty', 'gap', 'answer', 'other'] };
    const late = await row();
    const question = { source, calibType: 'CAL_Ped', position: 50n };
    const found = await conditions.explain(question);
    expect(found.answer).toMatchObject({
      calibration: { serNo: first },
      tag: 'answer',
      validity: { begin: 10n, end: 60n },
    });
    expect(found.tags.map(({ tag, says }) => [tag, says])).toEqual([
      ['empty', 'no such condition'],
      ['gap', 'gap'],
      ['answer', 'answer'],
      ['other', 'hidden'],
    ]);
    expect(found.tags[1]).toMatchObject({ before: { end: 10n }, after: { begin: 60n } });
    expect(
      found.alternatives.map(({ calibration, verdict }) => [calibration.serNo, verdict]),
    ).toEqual([
      [late, 'entered later'],
      [broken, 'deprecated'],
      [elsewhere, 'not in the tags'],
      [hidden, 'hidden'],
    ]);
    const same = await conditions.findInTags({ ...source, calibType: 'CAL_Ped', position: 50n });
    expect({ calibration: found.answer?.calibration, validity: found.answer?.validity }).toEqual({
      calibration: same.calibration,
      validity: same.validity,
    });
    expect((await conditions.explain({ ...question, position: 200n })).answer).toBeUndefined();
  });

  test('[EXP2] of an answer by levels: what is older, of a lower level, aborted, not asked for', async () => {
    const conditions = await someConditions({ rules: { '*': { overlap: 'newest' } } });
    const row = async (given: object) =>
      (await registered(conditions, { vstart: 0n, vend: 100n, ...given })).serNo;
    const older = await row({ procLevel: 'production' });
    const lower = await row({ procLevel: 'development' });
    const aborted = await row({ procLevel: 'production', completion: 'abort' });
    const best = await row({ procLevel: 'production' });
    const other = await row({ procLevel: 'test' });
    const { at: asOf } = await conditions.metadata.head();
    const late = await row({ procLevel: 'production' });
    const source = { instrument: 'LAT', levels: ['production', 'development'], asOf } as const;
    const verdicts = async (from: object) => {
      const found = await conditions.explain({
        source: from as never,
        calibType: 'CAL_Ped',
        position: 50n,
      });
      return [
        found.answer?.calibration.serNo,
        found.alternatives.map(({ calibration, verdict }) => [calibration.serNo, verdict]),
      ];
    };
    const expected = [
      best,
      [
        [late, 'entered later'],
        [other, 'level not asked'],
        [aborted, 'completion'],
        [lower, 'lower level'],
        [older, 'older'],
      ],
    ];
    expect(await verdicts(source)).toEqual(expected);
    const rule = { levels: ['production', 'development'], asOf } as const;
    await conditions.createTag({ name: 'rule', instrument: 'LAT', rule }, me);
    expect(await verdicts({ tags: ['rule'] })).toEqual(expected);
    await conditions.moveTag('rule', ['TESTING', 'VALIDATED', 'PUBLISHED'], me);
    expect(await verdicts({ tags: ['rule'] })).toEqual(expected);
  });
});

function pair({ begin, end }: { readonly begin: bigint; readonly end: bigint }): readonly bigint[] {
  return [begin, end];
}

async function hashesOf(conditions: Conditions, tag: string): Promise<readonly string[]> {
  return [...(await conditions.tagTree.hashes((await conditions.tag(tag)).root))];
}

/** 0 is a gap; 2 and 3 are two calibrations with one payload. */
function entriesOf(values: readonly number[]): TagEntry[] {
  return values.flatMap((serNo, i) => {
    const payload = serNo === 1 ? '' : 'ab'.repeat(32);
    return serNo === 0 ? [] : [{ begin: BigInt(i), end: BigInt(i) + 1n, serNo, payload }];
  });
}

function kindOf(old: number, now: number): string {
  if (old === 0) return 'added';
  if (now === 0) return 'removed';
  return old !== 1 && now !== 1 ? 'reregistered' : 'changed';
}
