import { Conditions } from '../src/conditions.ts';
import type { Change } from '../src/log/conditions-event.ts';
import type { CalibrationDraft, ProcLevel } from '../src/model/calibration.ts';
import { runPosition } from '../src/model/run-position.ts';
import type { TagLine } from '../src/model/tag.ts';
import { parseMoment } from '../src/model/time.ts';
import { always, forever } from '../src/model/validity.ts';
import { MemoryMetadataStore } from '../src/store/memory-metadata-store.ts';
import { MemoryPayloadStore } from '../src/store/memory-payload-store.ts';
import { TagTree } from '../src/tags/tag-tree.ts';

/** A day of January 2024, or a part of one. */
export const day = (date: number): bigint =>
  parseMoment('2023-12-31') + BigInt(Math.round(date * 86_400)) * 1_000_000_000n;

const me = { by: 'tester', reason: 'to see what happens' };

/**
 * Some of everything: production rows that follow each other, with a gap; better and worse levels over them; rows that were
 * closed, promoted, superseded, deprecated, aborted; runs; several instruments and flavors; unusual names; edges at single
 * nanoseconds; tags in several states, one of them changed after rows of it were.
 */
export async function sampleStore(): Promise<Conditions> {
  let now = parseMoment('2024-02-01');
  const metadata = new MemoryMetadataStore(() => {
    now += 1_000_000_007n;
    return now;
  });
  const conditions = new Conditions(metadata, new MemoryPayloadStore());
  await conditions.declare({ rules: { PMT_T0: { overlap: 'newest' } } }, me);
  const register = async (
    calibType: string,
    vstart: bigint,
    more: Partial<CalibrationDraft> = {},
  ): Promise<number> => {
    const draft = {
      instrument: 'LAT',
      calibType,
      flavor: 'vanilla',
      vstart,
      dataFmt: 'CSV',
      fmtVersion: '1',
      creator: 'sample "store"',
      notes: `${calibType}\tfrom\n${vstart} — ±ü`,
      dataIdent: `$CALIBROOT/${calibType}/${vstart}.csv`,
      ...more,
    };
    const bytes = new TextEncoder().encode(
      `${calibType} ${vstart} ${more.flavor} ${more.procLevel}\n`,
    );
    const { calibration } = await conditions.register({ draft, bytes }, me);
    return calibration.serNo;
  };
  const level = (procLevel: ProcLevel, rest: Partial<CalibrationDraft> = {}) => ({
    procLevel,
    ...rest,
  });
  const peds: number[] = [];
  for (let date = 1; date <= 12; date++) {
    if (date !== 6)
      peds.push(
        await register(
          'CAL_Ped',
          day(date),
          level('production', date === 5 ? { vend: day(5.5) } : {}),
        ),
      );
  }
  await register('CAL_Ped', day(2.25), level('development', { vend: day(7) }));
  await register('CAL_Ped', day(5.25), level('development', { vend: day(5.75) }));
  await register('CAL_Ped', day(8), level('test', { completion: 'incomplete' }));
  await register('CAL_Ped', day(20), level('development', { completion: 'abort' }));
  await register('CAL_Ped', day(3), level('production', { flavor: 'digi', vend: day(30) }));
  const wrong = await register('CAL_Ped', day(9.5), level('development', { vend: day(9.75) }));
  await conditions.deprecate(wrong, { by: 'expert', reason: 'taken with the high voltage off' });
  for (const [vstart, vend] of [
    [1, 9],
    [2, 4],
    [3, 12],
    [15, 40],
  ] as const) {
    await register('PMT_T0', day(vstart), level('production', { vend: day(vend) }));
  }
  await register('PMT_T0', day(20), level('development', { vend: day(20) + 1n }));
  await register('Dead/../strips?', always, level('production', { instrument: 'EM "x" é' }));
  const byRun: number[] = [];
  for (const run of [1, 5, 9, 1000]) {
    const more = { axis: 'run', vend: run === 1000 ? forever : runPosition(run + 3, 7) } as const;
    byRun.push(await register('Trigger', runPosition(run), level('production', more)));
  }
  const rowsOf = async (serNos: readonly number[]): Promise<TagLine['entries']> =>
    (await Promise.all(serNos.map((serNo) => conditions.row(serNo))))
      .map(({ vstart, vend, serNo, payload }) => ({
        begin: vstart,
        end: vend,
        serNo,
        payload: payload?.sha256 ?? '',
      }))
      .sort((a, b) => (a.begin < b.begin ? -1 : 1));
  const tree = new TagTree(conditions.payloads);
  const ped = { calibType: 'CAL_Ped', flavor: 'vanilla', axis: 'time' } as const;
  const all = await rowsOf(peds);
  const trigger: TagLine = {
    calibType: 'Trigger',
    flavor: 'vanilla',
    axis: 'run',
    entries: await rowsOf(byRun),
  };
  const root = await tree.build([{ ...ped, entries: all.slice(0, 8) }, trigger]);
  const longer = await tree.build([{ ...ped, entries: all }, trigger]);
  const fix = await tree.build([
    { ...ped, entries: [{ ...all[3]!, begin: day(3.5), end: day(4.25) }] },
  ]);
  const commit = (...changes: Change[]) =>
    metadata.commit('publisher', async () => ({ changes, result: undefined }));
  const created = { kind: 'tagCreated', instrument: 'LAT', description: 'for tests' } as const;
  await commit(
    { ...created, tag: 'base', root },
    { ...created, tag: 'fix', root: fix, origin: 'base' },
  );
  await commit(
    ...(['TESTING', 'VALIDATED', 'PUBLISHED'] as const).map(
      (state): Change => ({ kind: 'tagMoved', tag: 'base', state, root, reason: 'as planned' }),
    ),
  );
  await commit({ ...created, tag: 'grows', root });
  await conditions.close(peds.at(-1)!, day(28), me);
  await commit({ kind: 'tagEdited', tag: 'grows', root: longer, reason: 'more days' });
  await conditions.supersede(
    peds[1]!,
    { draft: { notes: 'better' }, bytes: new TextEncoder().encode('better\n') },
    me,
  );
  return conditions;
}
