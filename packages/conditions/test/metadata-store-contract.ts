import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Calibration,
  type Change,
  ConditionsError,
  forever,
  type MetadataStore,
  type Moment,
  type TagState,
} from '../src/index.ts';

/** A row with what the tests do not care about. */
export function someRow(serNo: number, given: Partial<Calibration> = {}): Calibration {
  return {
    serNo,
    instrument: 'LAT',
    calibType: 'CAL_Ped',
    flavor: 'vanilla',
    axis: 'time',
    vstart: 0n,
    vend: forever,
    completion: 'ok',
    procLevel: 'test',
    locale: 'SLAC',
    enterTime: BigInt(serNo),
    creator: '',
    uid: '',
    inputDesc: '',
    notes: '',
    dataIdent: '',
    dataFmt: 'XML',
    fmtVersion: 'v1',
    ...given,
  };
}

/**
 * What every store of metadata does.
 *
 * @param open a new, empty store with this clock
 */
export function metadataStoreContract(
  name: string,
  open: (clock: () => Moment) => Promise<MetadataStore>,
): void {
  describe(`metadata store: ${name}`, () => {
    let store: MetadataStore;
    let now: Moment;

    beforeEach(async () => {
      now = 1_000n;
      store = await open(() => now);
    });

    afterEach(async () => {
      await store.close();
    });

    /** Appends changes, each row with the number and the time that the store gives it. */
    async function append(...changes: Change[]): Promise<Moment> {
      await store.commit('tester', async (_, next) => ({
        changes: changes.map((change, i) =>
          change.kind === 'registered'
            ? {
                ...change,
                calibration: {
                  ...change.calibration,
                  serNo:
                    next.serNo +
                    changes.slice(0, i).filter(({ kind }) => kind === 'registered').length,
                  enterTime: next.at + BigInt(i),
                },
              }
            : change,
        ),
        result: undefined,
      }));
      return (await store.head()).at;
    }

    const registered = (given: Partial<Calibration> = {}): Change => ({
      kind: 'registered',
      calibration: someRow(0, given),
    });

    const question = {
      instrument: 'LAT',
      calibType: 'CAL_Ped',
      flavor: 'vanilla',
      axis: 'time',
      levels: ['production', 'test'],
    } as const;

    const serNos = (rows: readonly Calibration[]): number[] => rows.map(({ serNo }) => serNo);

    test('an empty store has no events, rows, tags, words', async () => {
      expect(await store.head()).toEqual({ seq: 0, at: 0n });
      expect(await store.vocabularies()).toEqual({});
      expect(await store.row(1)).toBeUndefined();
      expect(await store.rows({ tests: [] })).toEqual([]);
      expect(await store.seriesList()).toEqual([]);
      expect(await store.tags()).toEqual([]);
      expect(await store.tag('x')).toBeUndefined();
      expect(await store.events(0, 10)).toEqual([]);
      expect(await store.series({ ...question, range: { begin: 0n, end: 1n } })).toEqual([]);
      const { before, after } = await store.neighbours({ ...question, position: 0n });
      expect([before, after]).toEqual([undefined, undefined]);
    });

    test('[LOG1] what is committed is told again as events, numbered from 1, without gaps', async () => {
      await append(
        registered({ notes: 'käse ☃ 𝄞 "\'\n' }),
        registered({ payload: { sha256: 'ab'.repeat(32), size: 2 ** 40 } }),
      );
      await append({ kind: 'closed', serNo: 1, vend: 10n, reason: 'why' });
      const events = await store.events(0, 10);
      expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3]);
      expect(events.map(({ change }) => change.kind)).toEqual([
        'registered',
        'registered',
        'closed',
      ]);
      expect(events.every(({ by }) => by === 'tester')).toBe(true);
      expect(events[0]?.change).toEqual({
        kind: 'registered',
        calibration: someRow(1, { enterTime: 1_000n, notes: 'käse ☃ 𝄞 "\'\n' }),
      });
      expect(await store.events(1, 1)).toEqual([events[1]]);
      expect(await store.head()).toEqual({ seq: 3, at: events[2]?.at });
    });

    test('[LOG2] times of events increase strictly where the clock stands still or goes back', async () => {
      await append(registered(), registered());
      now = 10n;
      await append(registered());
      now = 5_000n;
      await append(registered());
      const events = await store.events(0, 10);
      expect(events.map(({ at }) => at)).toEqual([1_000n, 1_001n, 1_002n, 5_000n]);
    });

    test('[LOG4] a commit that fails changes nothing, and the next one goes on', async () => {
      await append(registered());
      await expect(
        store.commit('tester', async () => {
          throw new ConditionsError('conflict', { what: 'decided otherwise' });
        }),
      ).rejects.toThrow('decided otherwise');
      await expect(
        append(registered(), { kind: 'closed', serNo: 99, vend: 1n, reason: '' }),
      ).rejects.toThrow(ConditionsError);
      await expect(
        append(
          { kind: 'closed', serNo: 1, vend: 5n, reason: '' },
          { kind: 'closed', serNo: 1, vend: 7n, reason: '' },
        ),
      ).rejects.toThrow(ConditionsError);
      expect((await store.head()).seq).toBe(1);
      expect(await store.row(2)).toBeUndefined();
      expect((await store.row(1))?.vend).toBe(forever);
      await append(registered());
      expect((await store.row(2))?.serNo).toBe(2);
    });

    test('[LOG5] writers come one after the other, each sees those before', async () => {
      const writers = Array.from({ length: 8 }, (_, i) =>
        store.commit(`writer ${i}`, async (reader, next) => {
          const { seq } = await reader.head();
          expect(seq).toBe(next.seq - 1);
          const calibration = someRow(next.serNo, { enterTime: next.at });
          return { changes: [{ kind: 'registered', calibration }], result: seq };
        }),
      );
      const results = await Promise.all(writers);
      expect(results.map(({ result }) => result).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
      expect(serNos(await store.rows({ tests: [] }))).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });

    test('rows of a series that touch a range, newest first; deprecated and other ones left out', async () => {
      await append(
        registered({ vstart: 0n, vend: 10n }),
        registered({ vstart: 10n, vend: 20n }),
        registered({ vstart: 5n, vend: 15n, procLevel: 'production' }),
        registered({ vstart: 0n, flavor: 'other' }),
        registered({ vstart: 0n, axis: 'run' }),
        registered({ vstart: 0n, completion: 'abort' }),
        registered({ vstart: 0n, procLevel: 'development' }),
        registered({ vstart: 0n }),
        { kind: 'deprecated', serNo: 8, reason: 'wrong' },
      );
      const ask = async (begin: bigint, end: bigint) =>
        serNos(await store.series({ ...question, range: { begin, end } }));
      expect(await ask(0n, 1n)).toEqual([1]);
      expect(await ask(9n, 10n)).toEqual([3, 1]);
      expect(await ask(10n, 11n)).toEqual([3, 2]);
      expect(await ask(20n, 21n)).toEqual([]);
      expect(await ask(0n, 100n)).toEqual([3, 2, 1]);
      const aborted = { ...question, completions: ['abort'], range: { begin: 0n, end: 1n } };
      expect(serNos(await store.series(aborted))).toEqual([6]);
    });

    test('the nearest before ends last at or before a position, the nearest after begins first after it', async () => {
      await append(
        registered({ vstart: 0n, vend: 10n }),
        registered({ vstart: 5n, vend: 8n }),
        registered({ vstart: 30n, vend: 40n }),
        registered({ vstart: 50n, vend: 60n }),
        registered({ vstart: 20n, vend: 21n, procLevel: 'development' }),
      );
      const ask = async (position: bigint) => {
        const { before, after } = await store.neighbours({ ...question, position });
        return [before?.serNo, after?.serNo];
      };
      expect(await ask(-1n)).toEqual([undefined, 1]);
      expect(await ask(10n)).toEqual([1, 3]);
      expect(await ask(9n)).toEqual([2, 3]);
      expect(await ask(40n)).toEqual([3, 4]);
      expect(await ask(100n)).toEqual([4, undefined]);
    });

    test('the newest so many of a series; the nearest of those newer than a moment', async () => {
      await append(
        registered({ vstart: 0n, vend: 10n }),
        registered({ vstart: 5n, vend: 15n }),
        registered({ vstart: 20n, vend: 30n }),
        registered({ vstart: 0n, vend: 30n }),
        registered({ vstart: 2n, vend: 4n }),
      );
      const range = { begin: 0n, end: 100n };
      expect(serNos(await store.series({ ...question, range, limit: 2 }))).toEqual([5, 4]);
      const newest = { ...question, range: { begin: 7n, end: 8n }, limit: 1 };
      expect(serNos(await store.series(newest))).toEqual([4]);
      expect(serNos(await store.series({ ...newest, asOf: 1_002n }))).toEqual([2]);
      const near = async (newerThan: Moment, asOf?: Moment) => {
        const { before, after } = await store.neighbours({
          ...question,
          position: 16n,
          newerThan,
          asOf,
        });
        return [before?.serNo, after?.serNo];
      };
      expect(await near(0n)).toEqual([2, 3]);
      expect(await near(1_001n)).toEqual([5, 3]);
      expect(await near(1_002n)).toEqual([5, undefined]);
      expect(await near(1_000n, 1_001n)).toEqual([2, undefined]);
      const within = async (begin: bigint, end: bigint) => {
        const asked = { ...question, position: 16n, within: { begin, end } };
        const { before, after } = await store.neighbours(asked);
        return [before?.serNo, after?.serNo];
      };
      expect(await within(14n, 21n)).toEqual([2, 3]);
      expect(await within(15n, 20n)).toEqual([undefined, undefined]);
      expect(await within(0n, 17n)).toEqual([2, undefined]);
    });

    test('[ASO1] every question answers as it did at any moment in the past', async () => {
      const first = await append(registered({ vstart: 0n, vend: 100n }));
      now = 2_000n;
      const second = await append(
        { kind: 'closed', serNo: 1, vend: 50n, reason: '' },
        registered({ vstart: 50n, vend: 100n, flavor: 'later' }),
      );
      now = 3_000n;
      const third = await append({ kind: 'levelled', serNo: 1, level: 'production', reason: '' });
      now = 4_000n;
      const fourth = await append({ kind: 'levelled', serNo: 1, level: 'superseded', reason: '' });
      const fifth = await append({ kind: 'deprecated', serNo: 1, reason: 'bad' });
      const row = someRow(1, { enterTime: 1_000n, vend: 100n });
      expect(await store.row(1, first - 1n)).toBeUndefined();
      expect(await store.row(1, first)).toEqual(row);
      expect(await store.row(1, second)).toEqual({ ...row, vend: 50n });
      expect(await store.row(1, third)).toEqual({
        ...row,
        vend: 50n,
        procLevel: 'production',
        prodStart: third,
      });
      expect(await store.row(1, fourth)).toEqual({
        ...row,
        vend: 50n,
        procLevel: 'superseded',
        prodStart: third,
        prodEnd: fourth,
      });
      expect((await store.row(1, fifth))?.deprecated).toBe('bad');
      const at60 = (asOf: Moment) =>
        store.series({ ...question, range: { begin: 60n, end: 61n }, asOf });
      expect(serNos(await at60(first))).toEqual([1]);
      expect(serNos(await at60(second))).toEqual([]);
      const near = await store.neighbours({ ...question, position: 60n, asOf: third });
      expect(near.before?.serNo).toBe(1);
      expect(await store.seriesList(first - 1n)).toEqual([]);
      const series = {
        instrument: 'LAT',
        calibType: 'CAL_Ped',
        flavor: 'vanilla',
        axis: 'time',
        rows: 1,
      };
      expect(await store.seriesList(first)).toEqual([series]);
      expect(await store.seriesList()).toEqual([{ ...series, flavor: 'later' }, series]);
      expect(serNos(await store.rows({ tests: [], asOf: first }))).toEqual([1]);
    });

    test('rows are searched and sorted by every field', async () => {
      await append(
        registered({ vstart: 3n, creator: 'b', notes: 'a_b%c' }),
        registered({
          vstart: -2n,
          creator: 'B',
          notes: 'aXbYc',
          payload: { sha256: 'ab'.repeat(32), size: 1 },
        }),
        registered({ vstart: 1n, creator: '𝄞', procLevel: 'production', prodStart: 7n }),
        registered({ vstart: 1n, creator: '\uffee', notes: 'two\nlines' }),
      );
      const ask = async (query: Parameters<MetadataStore['rows']>[0]) =>
        serNos(await store.rows(query));
      const one = (
        field: keyof Calibration,
        test: '=' | '!=' | '<' | '>=' | 'like',
        value: string | number | bigint,
      ) => ask({ tests: [{ field, test, value }] });
      expect(await one('vstart', '<', 1n)).toEqual([2]);
      expect(await one('vstart', '>=', 1)).toEqual([1, 3, 4]);
      expect(await one('vend', '=', forever)).toEqual([1, 2, 3, 4]);
      expect(await one('serNo', '!=', 2)).toEqual([1, 3, 4]);
      expect(await one('notes', 'like', 'a_b%*')).toEqual([1]);
      expect(await one('notes', 'like', '*lines')).toEqual([4]);
      expect(await one('notes', 'like', 'two')).toEqual([]);
      expect(await one('creator', 'like', 'b')).toEqual([1]);
      expect(await one('procLevel', '=', 'production')).toEqual([3]);
      expect(await one('payload', '=', 'ab'.repeat(32))).toEqual([2]);
      expect(await one('prodStart', '!=', 1)).toEqual([3]);
      expect(await one('creator', '<', '𝄞')).toEqual([1, 2, 4]);
      expect(await ask({ tests: [], sort: 'creator' })).toEqual([2, 1, 4, 3]);
      expect(await ask({ tests: [], sort: 'vstart', descending: true })).toEqual([1, 3, 4, 2]);
      expect(await ask({ tests: [], sort: 'prodStart', descending: true })).toEqual([3, 1, 2, 4]);
      expect(await ask({ tests: [], sort: 'prodStart' })).toEqual([3, 1, 2, 4]);
      expect(await ask({ tests: [], sort: 'enterTime', limit: 2, offset: 1 })).toEqual([2, 3]);
      expect(serNos(await store.withPayload('ab'.repeat(32)))).toEqual([2]);
      expect(await store.withPayload('cd'.repeat(32))).toEqual([]);
    });

    test('a search that makes no sense is refused', async () => {
      const bad = [
        { tests: [{ field: 'color', test: '=', value: 'red' }] },
        { tests: [{ field: 'vstart', test: '=', value: 'red' }] },
        { tests: [{ field: 'vstart', test: '=', value: 1.5 }] },
        { tests: [{ field: 'notes', test: '=', value: 1 }] },
        { tests: [{ field: 'serNo', test: 'like', value: 1 }] },
        { tests: [{ field: 'serNo', test: '; drop', value: 1 }] },
        { tests: [], sort: 'color' },
        { tests: [], limit: 0 },
        { tests: [], limit: 10_001 },
        { tests: [], offset: -1 },
      ] as unknown as Parameters<MetadataStore['rows']>[0][];
      for (const query of bad) {
        await expect(store.rows(query)).rejects.toMatchObject({ kind: 'invalid' });
      }
    });

    test('tags are made, edited and moved, and are what they were', async () => {
      const rule = { levels: ['production'], asOf: 5n, calibTypes: ['CAL_Ped'] } as const;
      const made = await append({
        kind: 'tagCreated',
        tag: 'main',
        instrument: 'LAT',
        description: 'all',
        root: 'r1',
      });
      const edited = await append({ kind: 'tagEdited', tag: 'main', root: 'r2', reason: '' });
      const moved = await append({
        kind: 'tagMoved',
        tag: 'main',
        state: 'TESTING',
        root: 'r2',
        reason: '',
      });
      const tag = { name: 'main', instrument: 'LAT', description: 'all', created: made };
      expect(await store.tag('main', made)).toEqual({
        ...tag,
        state: 'OPEN',
        root: 'r1',
        changed: made,
      });
      expect(await store.tag('main', edited)).toEqual({
        ...tag,
        state: 'OPEN',
        root: 'r2',
        changed: edited,
      });
      expect(await store.tag('main')).toEqual({
        ...tag,
        state: 'TESTING',
        root: 'r2',
        changed: moved,
      });
      expect(await store.tag('main', made - 1n)).toBeUndefined();
      await append({
        kind: 'tagCreated',
        tag: 'a',
        instrument: 'LAT',
        description: '',
        root: '',
        origin: 'main',
        rule,
      });
      expect(await store.tag('a')).toMatchObject({ rule, origin: 'main' });
      expect((await store.tags()).map(({ name: is }) => is)).toEqual(['a', 'main']);
      expect((await store.tags(moved)).map(({ name: is }) => is)).toEqual(['main']);
      await expect(
        append({ kind: 'tagCreated', tag: 'a', instrument: 'LAT', description: '', root: '' }),
      ).rejects.toMatchObject({ kind: 'conflict' });
      await expect(
        append({ kind: 'tagEdited', tag: 'b', root: '', reason: '' }),
      ).rejects.toMatchObject({ kind: 'absent' });
    });

    test('[TAG3] what the rules of tags refuse, the store refuses', async () => {
      const tag = 'main';
      const move = (state: TagState, root = 'r1') =>
        append({ kind: 'tagMoved', tag, state, root, reason: '' });
      const edit = () => append({ kind: 'tagEdited', tag, root: 'r2', reason: '' });
      await append({ kind: 'tagCreated', tag, instrument: 'LAT', description: '', root: 'r1' });
      const refused = { kind: 'conflict' };
      await expect(move('PUBLISHED')).rejects.toMatchObject(refused);
      await expect(move('TESTING', 'r2')).rejects.toMatchObject(refused);
      await move('TESTING');
      await expect(edit()).rejects.toMatchObject(refused);
      await move('VALIDATED');
      await expect(edit()).rejects.toMatchObject(refused);
      await move('PUBLISHED');
      await expect(edit()).rejects.toMatchObject(refused);
      await expect(move('OPEN')).rejects.toMatchObject(refused);
      await expect(move('RUNNING')).rejects.toMatchObject(refused);
      const { seq } = await store.head();
      await move('INVALID');
      await expect(move('OPEN')).rejects.toMatchObject(refused);
      await expect(edit()).rejects.toMatchObject(refused);
      expect((await store.head()).seq).toBe(seq + 1);
      expect(await store.tag(tag)).toMatchObject({ state: 'INVALID', root: 'r1' });
    });

    test('words are what was declared last', async () => {
      const first = await append({
        kind: 'vocabulariesDeclared',
        vocabularies: { instruments: ['LAT'] },
      });
      const vocabularies = { flavors: ['vanilla'], rules: { '*': { overlap: 'refuse' } } } as const;
      await append({ kind: 'vocabulariesDeclared', vocabularies });
      expect(await store.vocabularies(first)).toEqual({ instruments: ['LAT'] });
      expect(await store.vocabularies()).toEqual(vocabularies);
      expect(await store.vocabularies(first - 1n)).toEqual({});
    });

    test('[LOG6] a store that follows another answers the same; events out of order are refused', async () => {
      await append(registered(), registered({ flavor: 'b' }));
      await append({ kind: 'closed', serNo: 1, vend: 7n, reason: 'x' });
      const other = await open(() => 0n);
      try {
        const events = await store.events(0, 100);
        await expect(other.follow(events.slice(1))).rejects.toMatchObject({ kind: 'conflict' });
        await other.follow(events.slice(0, 1));
        await other.follow(events.slice(1));
        expect(await other.rows({ tests: [] })).toEqual(await store.rows({ tests: [] }));
        expect(await other.events(0, 100)).toEqual(events);
        expect(await other.head()).toEqual(await store.head());
      } finally {
        await other.close();
      }
    });

    test('[LOG7] who watches is called when the log grows, until it stops watching', async () => {
      let calls = 0;
      const stop = await store.watch(() => {
        calls++;
      });
      await append(registered());
      await expect.poll(() => calls).toBeGreaterThan(0);
      await stop();
      const before = calls;
      await append(registered());
      await store.head();
      expect(calls).toBe(before);
    });
  });
}
