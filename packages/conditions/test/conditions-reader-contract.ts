import { beforeAll, describe, expect, test } from 'vitest';
import type { Conditions } from '../src/conditions.ts';
import { ConditionsError } from '../src/errors.ts';
import { foundToJson, resolvedToJson, tagLineToJson, tagToJson } from '../src/json/answer-json.ts';
import { calibrationToJson } from '../src/json/calibration-json.ts';
import { canonicalJson, type Json } from '../src/json/canonical-json.ts';
import { runPosition } from '../src/model/run-position.ts';
import { type Axis, always, forever, type Moment, type Position } from '../src/model/validity.ts';
import type { ConditionsReader } from '../src/read/conditions-reader.ts';
import { day, sampleStore } from './sample-store.ts';

/** Makes readers of what a store has. */
export interface ReaderMaker {
  readonly name: string;
  /** @param store the sample; it is not changed */
  open(store: Conditions & ConditionsReader): Promise<ConditionsReader>;
}

type Ask = (reader: ConditionsReader) => Promise<object>;

/** Where the answers of the sample change, a nanosecond before and after, and in between. */
const times = [1, 2, 2.25, 3, 3.5, 5, 5.25, 5.5, 5.75, 6, 8, 9.5, 12, 20, 28, 40]
  .flatMap((date) => [day(date) - 1n, day(date), day(date + 0.1)])
  .concat([always, always + 1n, 0n, forever - 1n]);
const runs = [0, 1, 4, 5, 8, 1000, 2 ** 31 - 1].flatMap((run) =>
  [0, 6, 7, 2 ** 32 - 1].map((subRun) => runPosition(run, subRun)),
);

/** All that can be asked of the sample, with the titles of the tests. */
export function questions(asOf: Moment | undefined): [string, Ask][] {
  const find =
    (calibType: string, more: object = {}): ((position: Position) => Ask) =>
    (position) =>
    async (reader) =>
      foundToJson(await reader.find({ instrument: 'LAT', calibType, position, asOf, ...more }));
  const resolve =
    (tags: readonly string[], axis: Axis): ((position: Position) => Ask) =>
    (position) =>
    async (reader) =>
      resolvedToJson(await reader.resolve({ tags, axis, position, asOf }), axis);
  const inTags =
    (tags: readonly string[], calibType: string, axis: Axis): ((position: Position) => Ask) =>
    (position) =>
    async (reader) =>
      foundToJson(await reader.findInTags({ tags, axis, calibType, position, asOf }));
  const at = (name: string, positions: readonly Position[], ask: (position: Position) => Ask) =>
    positions.map((position): [string, Ask] => [`${name} at ${position}`, ask(position)]);
  const rows = (name: string, query: Parameters<ConditionsReader['rows']>[0]): [string, Ask] => [
    `rows ${name}`,
    async (reader) => (await reader.rows({ ...query, asOf })).map(calibrationToJson),
  ];
  return [
    ...at('find', times, find('CAL_Ped')),
    ...at(
      'find of any completion',
      times,
      find('CAL_Ped', { completions: ['ok', 'abort', 'incomplete'] }),
    ),
    ...at(
      'find in other levels',
      times,
      find('CAL_Ped', { levels: ['superseded', 'test', 'development'] }),
    ),
    ...at('find a flavor', times, find('CAL_Ped', { flavor: 'digi' })),
    ...at('find the newest', times, find('PMT_T0')),
    ...at('find by run', runs, find('Trigger', { axis: 'run' })),
    ...at('find of ever', times, find('Dead/../strips?', { instrument: 'EM "x" é' })),
    ...at('find what is not there', [0n], find('CAL_Pe')),
    ...at('resolve a tag', times, resolve(['base'], 'time')),
    ...at('resolve a stack', times, resolve(['fix', 'base'], 'time')),
    ...at('resolve by run', runs, resolve(['fix', 'base'], 'run')),
    ...at('resolve what is not there', [0n], resolve(['bas'], 'time')),
    ...at('find in a tag', times, inTags(['grows'], 'CAL_Ped', 'time')),
    ...at('find in a stack', times, inTags(['fix', 'base'], 'CAL_Ped', 'time')),
    ...at('find in tags by run', runs, inTags(['fix', 'base'], 'Trigger', 'run')),
    ...at('find in tags what is not there', [0n], inTags(['base'], 'PMT_T0', 'time')),
    ...[...Array(30).keys()].map((serNo): [string, Ask] => [
      `row ${serNo}`,
      async (reader) => calibrationToJson(await reader.row(serNo, asOf)),
    ]),
    rows('all', { tests: [] }),
    rows('by text', {
      tests: [{ field: 'notes', test: 'like', value: '*±ü' }],
      sort: 'vstart',
      descending: true,
    }),
    rows('by level', {
      tests: [{ field: 'procLevel', test: '=', value: 'development' }],
      sort: 'vend',
    }),
    rows('deprecated', { tests: [{ field: 'deprecated', test: '!=', value: '' }] }),
    rows('a page', { tests: [{ field: 'vstart', test: '>', value: day(3) }], limit: 4, offset: 3 }),
    rows('wrong', { tests: [], limit: 10_001 }),
    ['tags', async (reader) => (await reader.tags(asOf)).map(tagToJson)],
    ...['base', 'fix', 'grows', 'no such'].flatMap((tag): [string, Ask][] => [
      [`tag ${tag}`, async (reader) => tagToJson(await reader.tag(tag, asOf))],
      [
        `lines of ${tag}`,
        async (reader) => (await reader.lines(tag, undefined, asOf)).map(tagLineToJson),
      ],
      [
        `some lines of ${tag}`,
        async (reader) =>
          (await reader.lines(tag, { begin: day(3), end: day(5) + 1n }, asOf)).map(tagLineToJson),
      ],
    ]),
  ];
}

/**
 * One suite for all that read conditions: whatever is asked, the answer, or the error, is the same to the byte as that of the
 * store itself. [SNP1]
 */
export function describeConditionsReader({ name, open }: ReaderMaker): void {
  describe(`a reader of conditions: ${name}`, () => {
    let store: Conditions & ConditionsReader;
    let reader: ConditionsReader;
    const moments = new Map<string, Moment | undefined>([['now', undefined]]);

    beforeAll(async () => {
      store = (await sampleStore()) as Conditions & ConditionsReader;
      const { seq, at } = await store.metadata.head();
      const events = await store.metadata.events(0, seq);
      moments.set('the last moment', at);
      moments.set('a moment to come', at + 10n ** 15n);
      moments.set('before it all', events[0]!.at - 1n);
      moments.set('in the middle', events[Math.floor(events.length / 2)]!.at);
      moments.set(
        'before a tag grew',
        events.find(({ change }) => change.kind === 'tagEdited')!.at - 1n,
      );
      reader = await open(store);
      return () => reader.dispose();
    });

    test.each([
      'now',
      'the last moment',
      'a moment to come',
      'before it all',
      'in the middle',
      'before a tag grew',
    ])('[SNP1] answers as the store does, as of %s', async (moment) => {
      for (const [title, ask] of questions(moments.get(moment))) {
        expect(`${title}: ${await answerText(ask, reader)}`).toBe(
          `${title}: ${await answerText(ask, store)}`,
        );
      }
    });

    test('[SNP1] gives every payload as it was put', async () => {
      for (const { payload } of await store.rows({ tests: [] })) {
        if (payload)
          expect(await reader.payload(payload.sha256)).toEqual(await store.payload(payload.sha256));
      }
      await expect(reader.payload('0'.repeat(64))).rejects.toMatchObject({ kind: 'absent' });
    });

    test('[SNP1] many questions at once are answered one by one', async () => {
      const all = questions(undefined).filter((_, i) => i % 7 === 0);
      const answers = await Promise.all(all.map(([, ask]) => answerText(ask, reader)));
      for (const [i, [title, ask]] of all.entries()) {
        expect(`${title}: ${answers[i]}`).toBe(`${title}: ${await answerText(ask, store)}`);
      }
    });
  });
}

/** The canonical JSON of an answer; of an error its kind and its text. */
export async function answerText(ask: Ask, reader: ConditionsReader): Promise<string> {
  try {
    return canonicalJson((await ask(reader)) as Json);
  } catch (error) {
    if (!(error instanceof ConditionsError)) throw error;
    return `${error.kind}: ${error.message}`;
  }
}
