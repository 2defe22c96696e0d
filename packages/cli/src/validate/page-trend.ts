import { escapeMarkup } from '../display/markup.ts';
import type { CurveChart } from './chart.ts';
import { figure } from './page-case.ts';
import type { TrendEntry } from './trend.ts';

/** How correctness and speed went over the commits that were recorded. */
export function trendSection(trend: readonly TrendEntry[]): string {
  const groups = [...new Set(trend.flatMap((entry) => Object.keys(entry.groups)))];
  const detectors = [...new Set(trend.flatMap((entry) => Object.keys(entry.photonsPerSecond)))];
  const worst = groups.map((group) =>
    chart(`${group}: largest deviation, σ`, trend, (entry) => entry.groups[group]?.worst),
  );
  const speed = detectors.map((name) =>
    chart(
      `${name}: million photons/s on one thread`,
      trend,
      ({ photonsPerSecond }) => (photonsPerSecond[name] ?? Number.NaN) / 1e6,
    ),
  );
  const rows = trend.map(({ commit, date, machine, groups: all, seconds }) => {
    const sums = Object.values(all);
    const comparisons = sums.reduce((sum, one) => sum + one.comparisons, 0);
    const differing = sums.reduce((sum, one) => sum + one.differing, 0);
    const most = Math.max(0, ...sums.map((one) => one.worst));
    return `<tr><th scope="row">${escapeMarkup(commit)}</th><td>${escapeMarkup(date.slice(0, 16).replace('T', ' '))}</td>
<td>${comparisons}</td><td>${differing}</td><td>${most.toFixed(1)} σ</td><td>${seconds.toFixed(0)} s</td><td>${escapeMarkup(machine)}</td></tr>`;
  });
  const empty = '<p>Nothing is recorded yet: <code>npm run validate -- --record</code>.</p>';
  return `<section id="trend" aria-labelledby="trend-title">
<h2 id="trend-title">Over the commits</h2>
<p>Each validation that was recorded, oldest first. Largest deviations wander between 2 and 4 with the random numbers and
the number of comparisons; speeds were measured by the way, on a machine that others may have used.</p>
${
  trend.length === 0
    ? empty
    : `<div class="charts">${[...worst, ...speed].join('\n')}</div>
<details><summary>All ${trend.length} recorded validations</summary>
<div class="scroll" tabindex="0" role="region" aria-label="Recorded validations"><table><thead><tr><th scope="col">commit</th><th scope="col">date</th>
<th scope="col">comparisons</th><th scope="col">differ</th><th scope="col">largest</th><th scope="col">took</th><th scope="col">machine</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div></details>`
}
</section>`;
}

function chart(
  title: string,
  trend: readonly TrendEntry[],
  value: (entry: TrendEntry) => number | undefined,
): string {
  return trendChart(title, 'recorded validation', trend, value);
}

/** A number of each entry, where it has it, in their order; the axis begins at 0. */
export function trendChart<Entry>(
  title: string,
  x: string,
  trend: readonly Entry[],
  value: (entry: Entry) => number | undefined,
): string {
  const points = trend.flatMap(
    (entry, i): { x: number; y: number; error: number; curve: number }[] => {
      const y = value(entry);
      return y === undefined || Number.isNaN(y) ? [] : [{ x: i + 1, y, error: 0, curve: 0 }];
    },
  );
  const curve = { name: '', points: points.map(({ x, y }) => [x, y] as const) };
  const drawn: CurveChart = {
    ...{ kind: 'curve', title, x, curves: [curve], points },
    isCounted: true,
  };
  return figure(drawn, []);
}
