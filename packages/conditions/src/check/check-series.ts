import { type Calibration, intervalOf, type ProcLevel, type Series } from '../model/calibration.ts';
import { IntervalSet } from '../model/interval-set.ts';
import { formatInterval } from '../model/position.ts';
import { type Axis, earlier } from '../model/validity.ts';
import type { FullTypeRules } from '../rules/type-rules.ts';
import { newestFirst } from '../store/match-rows.ts';
import type { Finding } from './finding.ts';

/** A series, for findings. */
type SeriesKey = Series & { readonly axis: Axis };

/**
 * What concerns several rows of a series. [CHK1] [CHK2] [CHK3]
 *
 * @param rows all that may be answers
 */
export function checkSeries(
  series: SeriesKey,
  rows: readonly Calibration[],
  rules: FullTypeRules,
): Finding[] {
  const production = rows.filter(({ procLevel }) => procLevel === 'production');
  return [
    ...gapsAndOverlaps(series, production, rules),
    ...hidden(production).map((row) => neverSuperseded(series, row)),
    ...(['development', 'test'] as const).flatMap((level) => unreachable(series, rows, level)),
  ];
}

function gapsAndOverlaps(
  series: SeriesKey,
  production: readonly Calibration[],
  rules: FullTypeRules,
): Finding[] {
  const findings: Finding[] = [];
  const inOrder = [...production].sort((a, b) =>
    a.vstart < b.vstart ? -1 : a.vstart > b.vstart ? 1 : a.serNo - b.serNo,
  );
  let reaching = inOrder[0];
  for (const row of inOrder.slice(1)) {
    if (!reaching) break;
    const serNos = [reaching.serNo, row.serNo];
    if (row.vstart > reaching.vend) {
      const interval = { begin: reaching.vend, end: row.vstart };
      findings.push({
        kind: 'gap',
        severity: rules.refuseGaps ? 'error' : 'warning',
        text: `no production calibration in ${formatInterval(interval, series.axis)}`,
        serNos,
        series,
        interval,
        hint: `between calibrations ${serNos.join(' and ')}`,
      });
    } else if (row.vstart < reaching.vend) {
      const interval = { begin: row.vstart, end: earlier(row.vend, reaching.vend) };
      findings.push({
        kind: 'overlap',
        severity: rules.overlap === 'newest' ? 'note' : 'error',
        text: `production calibrations ${serNos.join(' and ')} both hold in ${formatInterval(interval, series.axis)}`,
        serNos,
        series,
        interval,
        hint: 'the newest entry is the answer; close or supersede the other',
      });
    }
    if (row.vend > reaching.vend) reaching = row;
  }
  return findings;
}

function neverSuperseded(series: SeriesKey, row: Calibration): Finding {
  return {
    kind: 'neverSuperseded',
    severity: 'warning',
    text: `production calibration ${row.serNo} is hidden by newer ones all through ${formatInterval(intervalOf(row), series.axis)}`,
    serNos: [row.serNo],
    series,
    interval: intervalOf(row),
    hint: 'give it the level superseded',
  };
}

/** Completions are asked for one by one too: a row hides only those of its own. */
function unreachable(series: SeriesKey, rows: readonly Calibration[], level: ProcLevel): Finding[] {
  const ofLevel = rows.filter(({ procLevel }) => procLevel === level);
  const completions = [...new Set(ofLevel.map(({ completion }) => completion))];
  return completions.flatMap((completion) =>
    hidden(ofLevel.filter((row) => row.completion === completion)).map(
      (row): Finding => ({
        kind: 'unreachable',
        severity: 'note',
        text: `${level} calibration ${row.serNo} is hidden by newer ones all through ${formatInterval(intervalOf(row), series.axis)}`,
        serNos: [row.serNo],
        series,
        interval: intervalOf(row),
        hint: 'give it the level superseded, or deprecate it',
      }),
    ),
  );
}

/** Rows of which newer ones of these leave nothing, in order of registration. */
function hidden(rows: readonly Calibration[]): Calibration[] {
  const covered = new IntervalSet();
  const found: Calibration[] = [];
  for (const row of [...rows].sort(newestFirst)) {
    if (covered.covers(intervalOf(row))) found.push(row);
    else covered.add(intervalOf(row));
  }
  return found.reverse();
}
