import { escapeMarkup, grouped } from '../display/markup.ts';
import type { Chart } from './chart.ts';
import type { Comparison } from './comparison.ts';
import { curveChart } from './curve-chart.ts';
import { histogramChart } from './histogram-chart.ts';
import { deviationWords, errorWords, numberWords, probabilityWords } from './page-numbers.ts';
import { twinPartings } from './page-twins.ts';
import type { CaseResult } from './validation.ts';
import { isBeyond, largestDeviation } from './verdict.ts';

/** More rows than this are folded away. */
const openRows = 16;

/**
 * A case of a group as an article.
 *
 * @param isSourceTold whether its group has told the source of all its cases
 */
export function caseArticle(group: string, result: CaseResult, isSourceTold: boolean): string {
  const { name, title, source, note, verdict, photons, comparisons, charts = [] } = result;
  const { asides = [] } = result;
  const id = `${group}-${name}`;
  const rows = comparisons.filter((one) => one.kind !== 'shape' || !hasChart(one, charts));
  const wide = charts.length > 3 ? ' wide' : '';
  return `<article class="case${wide}" id="${id}" aria-labelledby="${id}-title">
<h3 id="${id}-title">${escapeMarkup(title)} ${badge(verdict.agrees)}</h3>
${isSourceTold ? '' : `<p class="source">${escapeMarkup(source)}${photons > 0 ? `. ${grouped(photons)} photons` : ''}</p>`}
${charts.length > 0 ? `<div class="charts">${charts.map((chart) => figure(chart, comparisons)).join('\n')}</div>` : ''}
${table(title, rows)}
${note === undefined ? '' : `<p class="note">${escapeMarkup(note)}</p>`}
${twinPartings(result)}
${asides
  .map(
    (aside) => `<details><summary>${escapeMarkup(aside.title)}</summary>
<p>${escapeMarkup(aside.text)}</p><div class="charts">${aside.charts.map((chart) => figure(chart, [])).join('\n')}</div></details>`,
  )
  .join('\n')}
</article>`;
}

/** Whether all agree, in a word and a colour. */
export function badge(agrees: boolean): string {
  return agrees
    ? '<span class="badge good">✓ agrees</span>'
    : '<span class="badge bad">✗ differs</span>';
}

function hasChart({ name }: Comparison, charts: readonly Chart[]): boolean {
  return charts.some((chart) => chart.title === name);
}

function table(title: string, comparisons: readonly Comparison[]): string {
  if (comparisons.length === 0) return '';
  const body = `<div class="scroll" tabindex="0" role="region" aria-label="${escapeMarkup(title)}"><table>
<thead><tr><th scope="col"></th><th scope="col">Lantern</th><th scope="col">expected <span class="error">± error</span></th><th scope="col">off by</th>
<th scope="col"><span class="hidden">drawn from −${largestDeviation} to ${largestDeviation} σ</span></th></tr></thead>
<tbody>${comparisons.map((one) => row(one)).join('\n')}</tbody></table></div>`;
  if (comparisons.length <= openRows) return body;
  return `<details><summary>All ${comparisons.length} numbers</summary>${body}</details>`;
}

function row(comparison: Comparison): string {
  const { name, kind, found, expected } = comparison;
  const numbers =
    kind === 'shape'
      ? `<td>χ² ${found.toFixed(1)}</td><td>of ${expected}</td>`
      : `<td>${numberWords(found, comparison)}</td><td>${numberWords(expected, comparison)} <span class="error">${errorWords(comparison)}</span></td>`;
  return `<tr${isBeyond(comparison) ? ' class="bad"' : ''}><th scope="row">${escapeMarkup(name)}</th>${numbers}
<td>${deviationWords(comparison)}</td><td>${kind === 'number' ? bar(comparison.deviation) : ''}</td></tr>`;
}

function bar(deviation: number): string {
  const limited = Math.max(-largestDeviation, Math.min(largestDeviation, deviation));
  const at = 50 + (50 * limited) / largestDeviation;
  const [from, to] = [Math.min(50, at), Math.max(50, at)];
  return `<span class="bar"><span style="left:${from.toFixed(1)}%;width:${(to - from).toFixed(1)}%"></span></span>`;
}

/** A chart with its title, and what its comparison says. */
export function figure(chart: Chart, comparisons: readonly Comparison[]): string {
  const comparison = comparisons.find(({ name, kind }) => kind === 'shape' && name === chart.title);
  const bad = comparison && isBeyond(comparison) ? ' class="bad"' : '';
  const said = comparison
    ? `<span>p = ${probabilityWords(comparison.probability)}</span><span>χ² ${comparison.found.toFixed(1)} / ${comparison.expected}</span>`
    : '';
  const legend =
    chart.kind === 'curve' && chart.curves.length > 1
      ? chart.curves
          .map(({ name }, i) => `<span class="legend c${i}">${escapeMarkup(name)}</span>`)
          .join('')
      : '';
  return `<figure${bad}>
<figcaption><strong>${escapeMarkup(chart.title)}</strong>${said}${legend}</figcaption>
${chart.kind === 'curve' ? curveChart(chart) : histogramChart(chart)}
</figure>`;
}
