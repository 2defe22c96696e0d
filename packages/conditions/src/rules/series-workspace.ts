import { type Calibration, intervalOf } from '../model/calibration.ts';
import { IntervalList } from '../model/interval-list.ts';
import { earlier, type Interval, later } from '../model/validity.ts';
import type { MetadataReader } from '../store/metadata-store.ts';
import type { FullTypeRules } from './type-rules.ts';

/**
 * The rows that changes of one commit have to look at, with those changes in them: read once for each series and level, so
 * that a thousand registrations are not thousands of questions.
 */
export class SeriesWorkspace {
  readonly #lists = new Map<string, IntervalList<Calibration>>();

  /** Reads what the rows to come may touch, and what is next to it on either side. */
  static async read(
    reader: MetadataReader,
    rows: readonly Calibration[],
    rulesOf: (calibType: string) => FullTypeRules,
  ): Promise<SeriesWorkspace> {
    const workspace = new SeriesWorkspace();
    for (const [key, group] of grouped(rows)) {
      const rules = rulesOf(group[0]!.calibType);
      workspace.#lists.set(key, new IntervalList(await rowsNear(reader, group, rules)));
    }
    return workspace;
  }

  /** The rows of the series and level of this row; who changes them, changes them here too. */
  rowsLike(row: Calibration): IntervalList<Calibration> {
    const list = this.#lists.get(keyOf(row));
    if (!list) throw new Error('the workspace was not read for this row');
    return list;
  }
}

/** So many are read one by one, more in one question. */
const few = 8;

/** What the rules look at: rows that may pile up by the thousand at one position are not read for their newest. */
async function rowsNear(
  reader: MetadataReader,
  group: readonly Calibration[],
  rules: FullTypeRules,
): Promise<Calibration[]> {
  const { instrument, calibType, flavor, axis, procLevel } = group[0]!;
  const question = { instrument, calibType, flavor, axis, levels: [procLevel] };
  const isExclusive = procLevel === 'production' && rules.overlap !== 'newest';
  const range = hull(group);
  if (isExclusive || (procLevel === 'production' && rules.refuseGaps)) {
    const { before, after } = await reader.neighbours({ ...question, position: range.begin });
    const near = await reader.series({ ...question, range });
    const known = new Map(
      [before, after, ...near].flatMap((row) => (row ? [[row.serNo, row]] : [])),
    );
    return [...known.values()];
  }
  const compared = rules.refuseUnchanged ? group.filter(({ payload }) => payload) : [];
  if (compared.length > few) return [...(await reader.series({ ...question, range }))];
  const newest = new Map<number, Calibration>();
  for (const row of compared) {
    const [found] = await reader.series({ ...question, range: intervalOf(row), limit: 1 });
    if (found) newest.set(found.serNo, found);
  }
  return [...newest.values()];
}

function keyOf({ instrument, calibType, flavor, axis, procLevel }: Calibration): string {
  return JSON.stringify([instrument, calibType, flavor, axis, procLevel]);
}

function grouped(rows: readonly Calibration[]): Map<string, Calibration[]> {
  const groups = new Map<string, Calibration[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

function hull(rows: readonly Calibration[]): Interval {
  const [first, ...others] = rows.map(intervalOf);
  return others.reduce<Interval>(
    (sum, { begin, end }) => ({
      begin: earlier(begin, sum.begin),
      end: later(end, sum.end),
    }),
    first ?? { begin: 0n, end: 0n },
  );
}
