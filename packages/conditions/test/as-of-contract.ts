import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  Conditions,
  ConditionsError,
  calibrationToJson,
  canonicalJson,
  type FindQuestion,
  type Json,
  MemoryPayloadStore,
  type MetadataStore,
  type Moment,
  type ProcLevel,
  procLevels,
} from '../src/index.ts';
import { me, someDraft } from './some-conditions.ts';

const small = fc.integer({ min: 0, max: 12 });
const level = fc.constantFrom(...procLevels);

/** What somebody does; serial numbers are of rows that may not be there. */
const action = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('register'),
      vstart: small,
      length: fc.integer({ min: 0, max: 6 }),
      level,
      flavor: fc.constantFrom('vanilla', 'other'),
      completion: fc.constantFrom('ok', 'ok', 'abort'),
      payload: small,
    } as const),
  },
  fc.record({ kind: fc.constant('close'), serNo: small, vend: small } as const),
  fc.record({
    kind: fc.constant('supersede'),
    serNo: small,
    payload: small,
    vend: fc.option(small),
  } as const),
  fc.record({ kind: fc.constant('promote'), serNo: small, level } as const),
  fc.record({ kind: fc.constant('deprecate'), serNo: small } as const),
  fc.record({
    kind: fc.constant('declare'),
    overlap: fc.constantFrom('refuse', 'close', 'newest'),
  } as const),
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

/**
 * What was answered once is answered for ever, on any store of metadata.
 *
 * @param open a new, empty store with this clock
 */
export function asOfContract(
  name: string,
  open: (clock: () => Moment) => Promise<MetadataStore>,
  runs: number,
): void {
  test(`[ASO1][LOG2] ${name}: whatever happens, every earlier answer is had again, to the byte`, async () => {
    const clockSteps = fc.integer({ min: -3, max: 5 });
    const steps = fc.array(fc.tuple(action, clockSteps), { minLength: 4, maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        let now = 100n;
        const conditions = new Conditions(await open(() => now), new MemoryPayloadStore());
        try {
          const answered: { readonly asOf: Moment; readonly answers: string }[] = [];
          for (const [one, step] of all) {
            now += BigInt(step);
            await tried(act(conditions, one));
            const { at } = await conditions.metadata.head();
            answered.push({ asOf: at, answers: await answers(conditions) });
          }
          for (const { asOf, answers: before } of answered) {
            expect(await answers(conditions, asOf)).toBe(before);
          }
          const times = (await conditions.metadata.events(0, 1_000)).map(({ at }) => at);
          expect(times.every((at, i) => i === 0 || at > times[i - 1]!)).toBe(true);
          for await (const { kind, text } of conditions.check({ log: true, payloads: 'skip' })) {
            expect(kind, text).not.toBe('log');
          }
        } finally {
          await conditions.dispose();
        }
      }),
      { numRuns: runs },
    );
  });
}

async function act(conditions: Conditions, one: Action): Promise<unknown> {
  const bytes = (payload: number) => new Uint8Array([payload]);
  switch (one.kind) {
    case 'register': {
      const vstart = BigInt(one.vstart);
      const draft = someDraft({
        vstart,
        ...(one.length > 0 && { vend: vstart + BigInt(one.length) }),
        procLevel: one.level,
        flavor: one.flavor,
        completion: one.completion,
      });
      return conditions.register({ draft, bytes: bytes(one.payload) }, me);
    }
    case 'close':
      return conditions.close(one.serNo, BigInt(one.vend), me);
    case 'supersede': {
      const draft = one.vend === null ? {} : { vend: BigInt(one.vend) };
      return conditions.supersede(one.serNo, { draft, bytes: bytes(one.payload) }, me);
    }
    case 'promote':
      return conditions.promote(one.serNo, one.level, me);
    case 'deprecate':
      return conditions.deprecate(one.serNo, { ...me, reason: 'wrong' });
    case 'declare':
      return conditions.declare({ rules: { '*': { overlap: one.overlap } } }, me);
  }
}

/** Many questions, their answers and refusals as one text. */
async function answers(conditions: Conditions, asOf?: Moment): Promise<string> {
  const all: Json[] = [];
  const orders: (readonly ProcLevel[] | undefined)[] = [
    undefined,
    ['test', 'superseded'],
    ['production'],
  ];
  for (const flavor of ['vanilla', 'other']) {
    for (const levels of orders) {
      for (let position = 1n; position < 16n; position += 4n) {
        const question = {
          instrument: 'LAT',
          calibType: 'CAL_Ped',
          flavor,
          position,
          levels,
          asOf,
        };
        all.push(await found(conditions, question));
      }
    }
  }
  const rows = await conditions.rows({ tests: [], sort: 'vstart', asOf });
  const series = await conditions.seriesList(asOf);
  const words = await conditions.metadata.vocabularies(asOf);
  return canonicalJson([
    all,
    rows.map((row) => ({ ...calibrationToJson(row) })),
    series.map((one) => ({ ...one })),
    words as Json,
  ] as Json);
}

async function found(conditions: Conditions, question: FindQuestion): Promise<Json> {
  const answer = await tried(conditions.find(question));
  if (answer instanceof ConditionsError) return answer.message;
  const { calibration, validity } = answer;
  return [{ ...calibrationToJson(calibration) } as Json, `${validity.begin}`, `${validity.end}`];
}

/** What came of it, or why it was refused: nothing else may be thrown. */
async function tried<T>(promise: Promise<T>): Promise<T | ConditionsError> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof ConditionsError) return error;
    throw error;
  }
}
