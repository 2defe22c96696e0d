import { coordinate, escapeMarkup } from '../display/markup.ts';
import { roundTicks } from '../display/round-ticks.ts';
import type { CurveChart } from './chart.ts';

const [width, height] = [320, 240];
const [left, right, top, base] = [44, 312, 10, 196];

/** Curves by formulas, and points with their errors over them; a colour for each curve, from the page. */
export function curveChart({ x: label, curves, points, isCounted }: CurveChart): string {
  const xs = [...curves.flatMap((c) => c.points.map(([x]) => x)), ...points.map(({ x }) => x)];
  const ys = [
    ...curves.flatMap((c) => c.points.map(([, y]) => y)),
    ...points.flatMap(({ y, error }) => [y - error, y + error]),
  ].filter((y) => Number.isFinite(y));
  const [x0, x1] = isCounted ? [0.5, Math.max(...xs) + 0.5] : range(xs, 0);
  const [y0, y1] = range(isCounted ? [0, ...ys] : ys, 0.04);
  const x = (value: number): number => left + ((value - x0) / (x1 - x0)) * (right - left);
  const y = (value: number): number => base - ((value - y0) / (y1 - y0)) * (base - top);
  const lines = curves.map(({ points: line }, i) => {
    const path = line.map(([a, b]) => `${coordinate(x(a))} ${coordinate(y(b))}`).join('L');
    return path === '' ? '' : `<path class="curve c${i}" d="M${path}"/>`;
  });
  const marks = points.map(({ x: at, y: value, error, curve }) => {
    const [px, py] = [coordinate(x(at)), coordinate(y(value))];
    const bar =
      error > 0
        ? `<path class="mark c${curve}" d="M${px} ${coordinate(y(value - error))}V${coordinate(y(value + error))}"/>`
        : '';
    return `${bar}<circle class="dot c${curve}" cx="${px}" cy="${py}" r="2.4"/>`;
  });
  const ticks = roundTicks(x0, x1, 5).filter((tick) => !isCounted || Number.isInteger(tick));
  const across = ticks.map((tick) => {
    const at = coordinate(x(tick));
    return `<path class="tick" d="M${at} ${base}v4"/><text x="${at}" y="${base + 17}" text-anchor="middle">${tick}</text>`;
  });
  const up = roundTicks(y0, y1, 5).map((tick) => {
    const at = coordinate(y(tick));
    return `<path class="grid" d="M${left} ${at}H${right}"/><text x="${left - 5}" y="${coordinate(y(tick) + 4)}" text-anchor="end">${tick}</text>`;
  });
  return [
    `<svg viewBox="0 0 ${width} ${height}" aria-hidden="true">`,
    ...up,
    `<path class="tick" d="M${left} ${base}H${right}"/>`,
    ...across,
    ...lines,
    ...marks,
    `<text x="${(left + right) / 2}" y="${height - 8}" text-anchor="middle">${escapeMarkup(label)}</text>`,
    '</svg>',
  ].join('');
}

/** Least and greatest, with a margin; wide enough to draw where there is one value. */
function range(values: readonly number[], margin: number): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!(high > low)) {
    const middle = Number.isFinite(low) ? low : 0;
    const half = Math.abs(middle) * 0.5 || 1;
    return [middle - half, middle + half];
  }
  const wide = margin * (high - low);
  return [low - wide, high + wide];
}
