import { coordinate } from '../display/markup.ts';
import { roundTicks } from '../display/round-ticks.ts';
import type { HistogramChart } from './chart.ts';

const [width, height] = [320, 240];
const [left, right] = [10, 310];
/** Upper and lower edge of the two panels. */
const [top, base, ratioTop, ratioBase] = [8, 146, 160, 208];
/** The ratio panel shows 1 ± this, or up to four times as much where the errors need it. */
const narrowest = 0.1;

/**
 * Draws two histograms one over the other, normalised to the same area (the expected one filled, ours as points with
 * their errors), and below the ratio of ours to the other. Colours come from the page.
 */
export function histogramChart(histogram: HistogramChart): string {
  const { counts, expected, lo, hi, exact, isLogarithmic: logarithmic } = histogram;
  const norm = total(counts) / Math.max(1, total(expected));
  const scaled = expected.map((count) => count * norm);
  const most = Math.max(1, ...counts, ...scaled);
  const y = (count: number): number => {
    const share = logarithmic
      ? Math.log(1 + Math.max(0, count)) / Math.log(1 + most)
      : Math.max(0, count) / most;
    return base - share * (base - top);
  };
  const step = (right - left) / counts.length;
  const x = (bin: number): number => left + bin * step;

  const ticks = roundTicks(lo, hi, 4).map((tick) => {
    const at = coordinate(left + ((tick - lo) / (hi - lo)) * (right - left));
    return `<path class="tick" d="M${at} ${ratioBase}v4"/><text x="${at}" y="${height - 14}" text-anchor="middle">${tick}</text>`;
  });
  const points = counts.map((count, i) => {
    const [middle, error] = [coordinate(x(i + 0.5)), Math.sqrt(count)];
    return `M${middle} ${coordinate(y(count - error))}V${coordinate(y(count + error))}M${coordinate(x(i) + 1)} ${coordinate(y(count))}H${coordinate(x(i + 1) - 1)}`;
  });
  return [
    `<svg viewBox="0 0 ${width} ${height}" aria-hidden="true">`,
    `<path class="theirs" d="${steps(scaled.map(y), x)}"/>`,
    `<path class="ours" d="${points.join('')}"/>`,
    `<path class="tick" d="M${left} ${base}H${right}"/>`,
    ratioPanel(counts, scaled, exact ? 0 : norm, x),
    ...ticks,
    '</svg>',
  ].join('');
}

function ratioPanel(
  counts: readonly number[],
  scaled: readonly number[],
  /** Of the expected counts to ours; 0 where they have no error. */
  norm: number,
  x: (bin: number) => number,
): string {
  const ratios = counts.map((count, i) => {
    const theirs = scaled[i] ?? 0;
    if (count < 10 || theirs < 10 * norm) return undefined;
    const ratio = count / theirs;
    return { i, ratio, error: ratio * Math.sqrt(1 / count + norm / theirs) };
  });
  const errors = ratios.flatMap((point) => (point ? [point.error] : [])).sort((a, b) => a - b);
  const typical = 4 * (errors[Math.floor(errors.length * 0.75)] ?? 0);
  const reach = Math.max(narrowest, Math.min(1, Math.ceil(typical * 10) / 10));
  const middle = (ratioTop + ratioBase) / 2;
  const y = (ratio: number): number =>
    Math.max(ratioTop, Math.min(ratioBase, middle - ((ratio - 1) / reach) * (middle - ratioTop)));
  const points = ratios.map((point) => {
    if (!point) return '';
    const at = coordinate(x(point.i + 0.5));
    const [from, to] = [y(point.ratio - point.error), y(point.ratio + point.error)];
    return `M${at} ${coordinate(from)}V${coordinate(to)}M${coordinate(x(point.i) + 1)} ${coordinate(y(point.ratio))}H${coordinate(x(point.i + 1) - 1)}`;
  });
  const percent = Math.round(reach * 100);
  return [
    `<rect class="panel" x="${left}" y="${ratioTop}" width="${right - left}" height="${ratioBase - ratioTop}"/>`,
    `<path class="tick" d="M${left} ${middle}H${right}"/>`,
    `<path class="ours" d="${points.join('')}"/>`,
    `<text x="${right - 4}" y="${ratioTop + 12}" text-anchor="end">± ${percent} %</text>`,
  ].join('');
}

/** The area under a histogram. */
function steps(heights: readonly number[], x: (bin: number) => number): string {
  const line = heights.map((y, i) => `V${coordinate(y)}H${coordinate(x(i + 1))}`);
  return `M${coordinate(x(0))} ${base}${line.join('')}V${base}z`;
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
