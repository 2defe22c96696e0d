import { type Calibration, intervalOf } from '../model/calibration.ts';
import { IntervalList } from '../model/interval-list.ts';
import { earlier, type Interval, later } from '../model/validity.ts';
import type { MetadataReader } from '../store/metadata-store.ts';

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
  ): Promise<SeriesWorkspace> {
    const workspace = new SeriesWorkspace();
    for (const [key, group] of grouped(rows)) {
      const [first] = group;
      if (!first) continue;
      const { instrument, calibType, flavor, axis, procLevel } = first;
      const range = hull(group);
      const question = { instrument, calibType, flavor, axis, levels: [procLevel] };
      const list = new IntervalList<Calibration>();
      const { before, after } = await reader.neighbours({ ...question, position: range.begin });
      for (const row of await reader.series({ ...question, range })) list.set(row);
      if (before) list.set(before);
      if (after) list.set(after);
      workspace.#lists.set(key, list);
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
