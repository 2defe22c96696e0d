import { RandomStream } from '@lantern/units';
import type { Solid } from '../../src/model/solid.ts';
import { solidBounds } from '../../src/solids/bounds.ts';
import { isEmpty } from '../../src/solids/box3.ts';
import { inside } from '../../src/solids/inside.ts';

/** What sampling says of a solid; volumes in mm3. */
export interface SampledVolume {
  readonly volume: number;
  /** One standard deviation of the volume. */
  readonly error: number;
  /** Points found inside the solid but outside its bounds. */
  readonly outsideBounds: number;
  /** The part of the bounds' length that the points inside reach, least of the three axes. */
  readonly filled: number;
}

/** Throws points into a box 10 % larger than the bounds. */
export function sampleVolume(
  solids: ReadonlyMap<string, Solid>,
  name: string,
  samples = 100_000,
): SampledVolume {
  const bounds = solidBounds(solids, name);
  if (isEmpty(bounds)) return { volume: 0, error: 0, outsideBounds: 0, filled: 1 };
  const isIn = inside(solids, name);
  const random = new RandomStream(2, 0);
  const lower = bounds.min.map((min, i) => min - 0.05 * ((bounds.max[i] ?? 0) - min));
  const size = bounds.min.map((min, i) => 1.1 * ((bounds.max[i] ?? 0) - min));
  const reach = size.map(() => ({ low: Infinity, high: -Infinity }));
  let hits = 0;
  let outsideBounds = 0;
  for (let k = 0; k < samples; k++) {
    const point = lower.map((low, i) => low + (size[i] ?? 0) * random.uniform());
    const [x = 0, y = 0, z = 0] = point;
    if (!isIn(x, y, z)) continue;
    hits++;
    if (point.some((p, i) => p < (bounds.min[i] ?? 0) || p > (bounds.max[i] ?? 0))) outsideBounds++;
    for (const [i, range] of reach.entries()) {
      range.low = Math.min(range.low, point[i] ?? 0);
      range.high = Math.max(range.high, point[i] ?? 0);
    }
  }
  const whole = size.reduce((product, s) => product * s, 1);
  const fraction = hits / samples;
  return {
    volume: fraction * whole,
    error: whole * Math.sqrt((fraction * (1 - fraction)) / samples),
    outsideBounds,
    filled: Math.min(...reach.map(({ low, high }, i) => (1.1 * (high - low)) / (size[i] ?? 1))),
  };
}
