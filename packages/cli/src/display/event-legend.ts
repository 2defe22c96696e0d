import { chargeRadius, type EventScale } from './event-scale.ts';
import { coordinate } from './markup.ts';
import { roundTicks } from './round-ticks.ts';
import type { SensorLight } from './sensor-light.ts';
import { timeColour, timeColourCount, timeColours } from './time-colours.ts';

const [width, barHeight, histogramHeight] = [300, 16, 120];

/**
 * The colour bar with its scale in ns since the first colour's time, and above it how many sensors saw their first photon
 * when. Sensors before and after have the colours of the ends; they are counted in words, not in the bars of the ends.
 *
 * @param right,top corner of the space it takes
 */
export function timeLegend(
  light: ReadonlyMap<number, SensorLight>,
  { from, to }: EventScale,
  right: number,
  top: number,
): string {
  const left = right - width;
  const step = width / timeColourCount;
  const counts = new Array<number>(timeColourCount).fill(0);
  let [before, after] = [0, 0];
  for (const { time } of light.values()) {
    if (time < from) before++;
    else if (time > to) after++;
    else {
      const colour = timeColour(time, from, to);
      counts[colour] = (counts[colour] ?? 0) + 1;
    }
  }
  const most = Math.max(1, ...counts);
  const base = top + histogramHeight;
  const bars = counts.map((count, i) => {
    const height = (count / most) * (histogramHeight - 10);
    return box(i, left + i * step, base - height, step - 1, height);
  });
  const colours = counts.map((_, i) => box(i, left + i * step, base + 4, step + 0.5, barHeight));
  const ticks = roundTicks(0, to - from, 4).map((tick) => {
    const share = tick / (to - from);
    const x = coordinate(left + share * width);
    const bottom = base + 4 + barHeight;
    const anchor = share < 0.05 ? 'start' : share > 0.95 ? 'end' : 'middle';
    return `<path class="axis" d="M${x} ${bottom}v6"/><text x="${x}" y="${bottom + 32}" text-anchor="${anchor}">${tick}</text>`;
  });
  const outside = [before > 0 && `${before} earlier`, after > 0 && `${after} later`].filter(
    Boolean,
  );
  const labels = ['ns since 1 % of the light', outside.join(', '), 'bars: sensors'].map(
    (text, i) => {
      const y = base + 4 + barHeight + 66 + 32 * i;
      return `<text class="note" x="${right}" y="${y}" text-anchor="end">${text}</text>`;
    },
  );
  return [...bars, ...colours, ...ticks, ...labels].join('\n');
}

/**
 * What the sizes of the dots mean.
 *
 * @param left,top corner of the space it takes
 */
export function chargeLegend(
  { largest }: EventScale,
  dotRadius: number,
  left: number,
  top: number,
): string {
  const charges = [...new Set([1, Math.ceil(largest / 3), Math.max(1, Math.round(largest))])];
  const dots = charges.map((charge, i) => {
    const x = left + 16 + i * 92;
    const radius = coordinate(chargeRadius(charge, largest, dotRadius));
    return `<circle class="dot" cx="${x}" cy="${top + 6}" r="${radius}"/><text x="${x + 20}" y="${top + 13}">${charge}</text>`;
  });
  const label = `<text class="note" x="${left}" y="${top + 54}">photons per sensor</text>`;
  return [...dots, label].join('\n');
}

function box(colour: number, x: number, y: number, boxWidth: number, height: number): string {
  return `<rect class="t${colour}" fill="${timeColours.light[colour]}" x="${coordinate(x)}" y="${coordinate(y)}" width="${coordinate(boxWidth)}" height="${coordinate(height)}"/>`;
}
