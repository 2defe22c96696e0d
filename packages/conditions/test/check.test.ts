import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type CheckQuestion,
  type Conditions,
  type Finding,
  MemoryPayloadStore,
  type MetadataStore,
  Conditions as TheConditions,
} from '../src/index.ts';
import { IntervalSet } from '../src/model/interval-set.ts';
import { me, registered, someConditions, someDraft } from './some-conditions.ts';

const free = { rules: { '*': { overlap: 'newest' } } } as const;
const production = { procLevel: 'production' } as const;

async function findings(conditions: Conditions, question: CheckQuestion = {}): Promise<Finding[]> {
  const all: Finding[] = [];
  for await (const finding of conditions.check(question)) all.push(finding);
  return all;
}

const brief = ({ kind, severity, serNos, interval }: Finding) => [
  kind,
  severity,
  serNos,
  interval && [interval.begin, interval.end],
];

test('what is in order has no findings', async () => {
  const conditions = await someConditions();
  expect(await findings(conditions, { log: true })).toEqual([]);
  await registered(conditions, { ...production, vstart: 0n });
  await registered(conditions, { ...production, vstart: 10n });
  await registered(conditions, { vstart: 10n });
  await conditions.supersede(1, { draft: { notes: 'x' } }, me);
  expect(await findings(conditions, { log: true })).toEqual([]);
});

test('[CHK1] gaps and overlaps of production rows are found', async () => {
  const conditions = await someConditions(free);
  for (const [vstart, vend] of [
    [0n, 100n],
    [10n, 20n],
    [90n, 110n],
    [120n, 130n],
    [130n, 140n],
  ] as const) {
    await registered(conditions, { ...production, vstart, vend });
  }
  await registered(conditions, { vstart: 500n });
  expect((await findings(conditions)).map(brief)).toEqual([
    ['overlap', 'note', [1, 2], [10n, 20n]],
    ['overlap', 'note', [1, 3], [90n, 100n]],
    ['gap', 'warning', [3, 4], [110n, 120n]],
  ]);
  await conditions.declare({ rules: { '*': { refuseGaps: true, overlap: 'refuse' } } }, me);
  const severities = (await findings(conditions)).map(({ severity }) => severity);
  expect(severities).toEqual(['error', 'error', 'error']);
  expect(await findings(conditions, { flavor: 'other' })).toEqual([]);
});

test('[CHK2][CHK3] rows that newer ones hide are found', async () => {
  const conditions = await someConditions(free);
  await registered(conditions, { ...production, vstart: 10n, vend: 30n });
  await registered(conditions, { vstart: 10n, vend: 30n });
  await registered(conditions, { vstart: 10n, vend: 30n, completion: 'incomplete' });
  await registered(conditions, { ...production, vstart: 5n, vend: 20n });
  await registered(conditions, { vstart: 0n, vend: 50n });
  expect((await findings(conditions)).map(brief)).toEqual([
    ['overlap', 'note', [4, 1], [10n, 20n]],
    ['unreachable', 'note', [2], [10n, 30n]],
  ]);
  await registered(conditions, { ...production, vstart: 20n, vend: 40n });
  const found = await findings(conditions);
  expect(found.filter(({ kind }) => kind === 'neverSuperseded').map(brief)).toEqual([
    ['neverSuperseded', 'warning', [1], [10n, 30n]],
  ]);
  await conditions.promote(1, 'superseded', me);
  await conditions.deprecate(2, { ...me, reason: 'x' });
  expect(await findings(conditions)).toEqual([]);
});

test('[CHK4] words that are not declared are found, with the nearest that is', async () => {
  const conditions = await someConditions();
  await registered(conditions, { locale: 'SLACK' });
  await registered(conditions, { instrument: 'LTA' });
  await conditions.declare({ instruments: ['LAT'], locales: ['SLAC'] }, me);
  expect(
    (await findings(conditions)).map(({ text, hint, serNos }) => [text, hint, serNos]),
  ).toEqual([
    ["instrument 'LTA' is not declared", "did you mean 'LAT'?", [2]],
    ["locale 'SLACK' is not declared", "did you mean 'SLAC'?", [1]],
  ]);
});

test('[CHK4] where no words are declared, rare ones that are nearly common ones are found', async () => {
  const conditions = await someConditions();
  for (let i = 0n; i < 3n; i++)
    await registered(conditions, { ...production, vstart: i, instrument: 'EMx' });
  await registered(conditions, { instrument: 'EM2x' });
  for (const instrument of ['eMx', 'ExM', 'Mx', 'EMxx', 'EMy', 'Exy', 'EMxyz']) {
    await registered(conditions, { instrument });
  }
  expect((await findings(conditions)).map(({ text }) => text)).toEqual([
    ...['eMx', 'ExM', 'Mx', 'EMxx', 'EMy'].map(
      (word) => `instrument '${word}' is rare, and much like 'EMx'`,
    ),
  ]);
});

test('[CHK5] payloads that are missing or changed are found', async () => {
  const conditions = await someConditions();
  await registered(conditions, {}, 'first');
  await registered(conditions, { flavor: 'b' }, 'first');
  await registered(conditions, { flavor: 'c' }, 'second');
  await conditions.register({ draft: someDraft({ flavor: 'd' }) }, me);
  const { payloads } = conditions;
  const [first, second] = [(await conditions.row(1)).payload!, (await conditions.row(3)).payload!];
  const spoilt = new MemoryPayloadStore();
  await spoilt.put(new TextEncoder().encode('second'));
  const other = new TheConditions(conditions.metadata, spoilt);
  const elsewhere = ['payloadElsewhere', 'note', [4], undefined];
  expect((await findings(conditions)).map(brief)).toEqual([elsewhere]);
  expect((await findings(other)).map(brief)).toEqual([
    ['payloadMissing', 'error', [1, 2], undefined],
    elsewhere,
  ]);
  expect(await findings(other, { payloads: 'skip' })).toEqual([]);
  const look = await findings(other, { payloads: 'look' });
  expect(look[0]?.text).toContain(first.sha256);
  payloads.get = async () => new TextEncoder().encode('third!!');
  expect((await findings(conditions)).map(brief)).toEqual([
    ['payloadChanged', 'error', [1, 2], undefined],
    ['payloadChanged', 'error', [3], undefined],
    elsewhere,
  ]);
  expect((await findings(conditions))[1]?.text).toBe(`payload ${second.sha256} has 7 bytes, not 6`);
});

/** The store, with answers of its own here and there. */
function meddled(store: MetadataStore, own: Partial<MetadataStore>): MetadataStore {
  return new Proxy(store, {
    get: (target, name: keyof MetadataStore) => {
      const value = own[name] ?? target[name];
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

test('[CHK6] what is not as the log says is found', async () => {
  const conditions = await someConditions();
  await registered(conditions);
  await registered(conditions, { flavor: 'b' });
  await conditions.close(1, 10n, me);
  const { metadata, payloads } = conditions;
  const checked = async (own: Partial<MetadataStore>) => {
    const found = await findings(new TheConditions(meddled(metadata, own), payloads), {
      log: true,
    });
    return found.filter(({ kind }) => kind === 'log').map(({ text }) => text);
  };
  expect(await checked({})).toEqual([]);
  const changed = async () => {
    const rows = await metadata.rows({ tests: [] });
    return rows.map((row) => (row.serNo === 1 ? { ...row, vend: 99n } : row));
  };
  expect(await checked({ rows: changed })).toEqual(['calibration 1 is not what the log says']);
  const fewer = async () => (await metadata.rows({ tests: [] })).slice(0, 1);
  expect(await checked({ rows: fewer })).toEqual(['calibration 2 of the log is not there']);
  const events: MetadataStore['events'] = async (after, limit) =>
    (await metadata.events(after, limit)).filter(({ seq }) => seq !== 2);
  expect(await checked({ events })).toEqual([
    'after event 0: events that do not follow those that are there: given event 3, expected event 2, later than event 1',
  ]);
  expect(await checked({ events: async () => [] })).toEqual(['no event 1 of 3']);
  const tag = {
    name: 'x',
    instrument: 'LAT',
    description: '',
    state: 'OPEN',
    root: '',
    created: 1n,
    changed: 1n,
  } as const;
  expect(await checked({ tags: async () => [tag] })).toEqual(["tag 'x' is not what the log says"]);
});

test('[CHK7] rows that the rules of today would refuse are found', async () => {
  const conditions = await someConditions();
  await registered(conditions);
  await registered(conditions, { creator: 'me', flavor: 'b', notes: 'long' });
  const assertions = [
    { name: 'notes are short', require: [{ field: 'notes', test: '!=', value: 'long' }] },
  ] as const;
  await conditions.declare({ rules: { '*': { required: ['creator'], assertions } } }, me);
  expect((await findings(conditions)).map(({ text }) => text)).toEqual([
    'calibration 1 is against a rule of today: creator is required',
    'calibration 2 is against a rule of today: notes are short (notes != long)',
  ]);
});

test('a set of intervals has the positions that were added', () => {
  const interval = fc
    .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 8 }))
    .map(([begin, length]) => ({ begin: BigInt(begin), end: BigInt(begin + length) }));
  fc.assert(
    fc.property(fc.array(interval, { maxLength: 12 }), interval, (added, asked) => {
      const set = new IntervalSet();
      const positions = new Set<bigint>();
      for (const { begin, end } of added) {
        set.add({ begin, end });
        for (let position = begin; position < end; position++) positions.add(position);
      }
      let isIn = true;
      for (let position = asked.begin; position < asked.end; position++)
        isIn &&= positions.has(position);
      expect(set.covers(asked)).toBe(isIn);
      for (let i = 1; i < set.parts.length; i++) {
        expect(set.parts[i]!.begin).toBeGreaterThan(set.parts[i - 1]!.end);
      }
    }),
  );
});
