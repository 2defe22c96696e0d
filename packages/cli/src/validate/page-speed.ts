import { escapeMarkup } from '../display/markup.ts';
import { trendChart } from './page-trend.ts';
import type { SpeedEntry, SpeedOfCase } from './speed-trend.ts';

const measures: readonly (readonly [string, (speed: SpeedOfCase) => number | null])[] = [
  ['times one Geant4 thread, per core', ({ overGeant4 }) => overGeant4],
  ['% of linear scaling to all cores', ({ scaling }) => 100 * scaling],
  ['% of Node in Chromium', ({ browserOverNode }) => browserOverNode && 100 * browserOverNode],
];

/** How speed went over the commits whose benchmark was recorded. */
export function speedSection(entries: readonly SpeedEntry[]): string {
  const detectors = [...new Set(entries.flatMap(({ cases }) => Object.keys(cases)))];
  const x = 'recorded benchmark';
  const charts = measures.flatMap(([words, value]) =>
    detectors.map((name) =>
      trendChart(`${name}: ${words}`, x, entries, ({ cases }) => {
        const speed = cases[name];
        return (speed && value(speed)) ?? undefined;
      }),
    ),
  );
  const steps = trendChart(
    'bigball: million photons/s from generation steps to hits, all cores',
    x,
    entries,
    ({ gensteps }) => gensteps.photons / gensteps.seconds / 1e6,
  );
  const empty = '<p>Nothing is recorded yet: <code>npm run bench -- --record</code>.</p>';
  return `<section id="speed" aria-labelledby="speed-title">
<h2 id="speed-title">Speed over the commits</h2>
<p>Each benchmark that was recorded in <code>bench/trend.json</code>, oldest first. Other programs on the machine lower
the figures; the table says how many cores they kept busy.</p>
${entries.length === 0 ? empty : `<div class="charts">${[...charts, steps].join('\n')}</div>${table(entries, detectors)}`}
</section>`;
}

function table(entries: readonly SpeedEntry[], detectors: readonly string[]): string {
  const rows = entries.map(({ commit, date, machine, loadAverage, cases, gensteps }) => {
    const speeds = detectors.map((name) => {
      const speed = cases[name];
      return `<td>${speed ? `${(speed.photonsPerSecond / 1e6).toFixed(2)} M/s, ${speed.overGeant4.toFixed(1)} ×` : ''}</td>`;
    });
    const steps = `${(gensteps.photons / 1e6).toFixed(0)} M in ${gensteps.seconds.toFixed(1)} s`;
    return `<tr><th scope="row">${escapeMarkup(commit)}</th><td>${escapeMarkup(date.slice(0, 16).replace('T', ' '))}</td>
${speeds.join('')}<td>${steps}</td><td>${loadAverage.toFixed(1)}</td><td>${escapeMarkup(machine)}</td></tr>`;
  });
  const heads = detectors.map((name) => `<th scope="col">${escapeMarkup(name)}</th>`).join('');
  return `<details><summary>All ${entries.length} recorded benchmarks</summary>
<div class="scroll" tabindex="0" role="region" aria-label="Recorded benchmarks"><table><thead><tr><th scope="col">commit</th><th scope="col">date</th>
${heads}<th scope="col">steps to hits</th><th scope="col">busy before</th><th scope="col">machine</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div></details>`;
}
