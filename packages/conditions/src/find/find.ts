import { nearest } from '@lantern/units';
import { ConditionsError } from '../errors.ts';
import { type Calibration, describeSeries, intervalOf, procLevels } from '../model/calibration.ts';
import { checkPosition, formatInterval, formatPosition } from '../model/position.ts';
import { earlier, type Interval, later } from '../model/validity.ts';
import type { FindQuestion, Found } from '../read/conditions-reader.ts';
import { checkedLevels } from '../store/match-rows.ts';
import type { MetadataReader, SeriesQuestion } from '../store/metadata-store.ts';

/**
 * The one calibration that holds at a position: of the first level asked for that has any, the newest entry.
 * [FND1] [FND2] [FND3]
 *
 * @throws ConditionsError `absent` that names the nearest intervals before and after, and names that are nearly those asked
 * for
 */
export async function find(reader: MetadataReader, question: FindQuestion): Promise<Found> {
  const { at } = await reader.head();
  const asOf = question.asOf === undefined || question.asOf > at ? at : question.asOf;
  const { instrument, calibType, flavor = 'vanilla', axis = 'time', position } = question;
  const levels = checkedLevels(question.levels ?? procLevels);
  checkPosition(position);
  const series = {
    instrument,
    calibType,
    flavor,
    axis,
    levels,
    completions: question.completions,
    asOf,
  };
  const known = await reader.answer?.({ ...series, position });
  if (known) return { ...known, asOf };
  for (const level of levels) {
    const range = { begin: position, end: position + 1n };
    const [calibration] = await reader.series({ ...series, levels: [level], range, limit: 1 });
    if (!calibration) continue;
    const better = levels.slice(0, levels.indexOf(level));
    const validity = await validityOf(reader, calibration, { ...series, levels: better }, position);
    return { calibration, validity, asOf };
  }
  throw await absent(reader, series, position);
}

/**
 * Where an answer stays the same: up to the nearest rows that would be it in its place, those of better levels and newer ones
 * of its own. None of them holds at the position, so each is wholly on one side of it. [FND4]
 */
async function validityOf(
  reader: MetadataReader,
  answer: Calibration,
  better: Omit<SeriesQuestion, 'range'>,
  position: bigint,
): Promise<Interval> {
  const within = intervalOf(answer);
  const own = { ...better, levels: [answer.procLevel], newerThan: answer.enterTime };
  const rivals = [
    await reader.neighbours({ ...own, position, within }),
    better.levels.length > 0 ? await reader.neighbours({ ...better, position, within }) : {},
  ];
  let { vstart: begin, vend: end } = answer;
  for (const { before, after } of rivals) {
    if (before) begin = later(begin, before.vend);
    if (after) end = earlier(end, after.vstart);
  }
  return { begin, end };
}

async function absent(
  reader: MetadataReader,
  series: Omit<SeriesQuestion, 'range'>,
  position: bigint,
): Promise<ConditionsError> {
  const { axis, levels, asOf } = series;
  const { before, after } = await reader.neighbours({ ...series, position });
  const describe = (row: Calibration) =>
    `${formatInterval(intervalOf(row), axis)} (calibration ${row.serNo}, ${row.procLevel})`;
  return new ConditionsError('absent', {
    what: `no calibration holds then (${levels.join(', ')})`,
    where: describeSeries(series),
    given: formatPosition(position, axis),
    expected:
      before || after
        ? nearestText(before && describe(before), after && describe(after))
        : undefined,
    hint: before || after ? undefined : await nearNames(reader, series, asOf),
  });
}

function nearestText(before: string | undefined, after: string | undefined): string {
  return `a position in the nearest before, ${before ?? 'none'}, or after, ${after ?? 'none'}`;
}

/** What there is instead of a series that has no row at all. [FND5] */
async function nearNames(
  reader: MetadataReader,
  series: Omit<SeriesQuestion, 'range'>,
  asOf: bigint | undefined,
): Promise<string> {
  const all = await reader.seriesList(asOf);
  const words = ['instrument', 'calibType', 'flavor', 'axis'] as const;
  let left = all;
  for (const word of words) {
    const matching = left.filter((other) => other[word] === series[word]);
    if (matching.length === 0) {
      const there = [...new Set(left.map((other) => other[word]))];
      const near = nearest(series[word], there);
      const before = words
        .slice(0, words.indexOf(word))
        .map((name) => series[name])
        .join(' ');
      if (near)
        return `${before ? `${before} has` : 'there is'} no ${word} '${series[word]}': did you mean '${near}'?`;
      const list = there.length > 0 ? there.slice(0, 20).join(', ') : 'none';
      return `${before ? `${before} has` : 'there is'} no ${word} '${series[word]}'; there is ${list}`;
    }
    left = matching;
  }
  return 'the series has rows, but none of these levels and completions';
}
