import { add, scale, subtract, type Vector3 } from '@lantern/units';
import { dotRadius } from './dot-radius.ts';
import { type MapPoint, mapWidth, type SensorMap, type SensorPlace } from './sensor-map.ts';

const margin = 22;
const half = mapWidth / 2 - margin;

/**
 * A map of the directions in which the sensors lie, seen from their middle: Hammer's projection, which keeps areas;
 * z upward, x in the middle, y to the left (as from inside).
 */
export function wholeSky(sensors: readonly SensorPlace[]): SensorMap {
  const middle = middleOf(sensors.map(({ position }) => position));
  const points = sensors.map(({ identity, position }): MapPoint => {
    const [x, y, z] = subtract(position, middle);
    const [u, v] = hammer(Math.atan2(y, x), Math.atan2(z, Math.hypot(x, y)));
    return { identity, x: mapWidth / 2 - u * half, y: margin + (1 - v) * (half / 2) };
  });
  return {
    projection: 'all directions, from the middle (Hammer)',
    height: half + 2 * margin,
    points,
    outlines: [
      `M${margin} ${margin + half / 2}a${half} ${half / 2} 0 1 0 ${2 * half} 0a${half} ${half / 2} 0 1 0 ${-2 * half} 0z`,
    ],
    dotRadius: dotRadius(points),
    freeCorners: false,
  };
}

/** Hammer's equal-area projection of longitude and latitude (rad) onto −1..1. Source: J. Snyder, USGS PP 1395, p. 232. */
function hammer(longitude: number, latitude: number): readonly [u: number, v: number] {
  const divisor = Math.sqrt(1 + Math.cos(latitude) * Math.cos(longitude / 2));
  return [(Math.cos(latitude) * Math.sin(longitude / 2)) / divisor, Math.sin(latitude) / divisor];
}

function middleOf(positions: readonly Vector3[]): Vector3 {
  const [first = [0, 0, 0] as const] = positions;
  let [low, high]: [Vector3, Vector3] = [first, first];
  for (const [x, y, z] of positions) {
    low = [Math.min(low[0], x), Math.min(low[1], y), Math.min(low[2], z)];
    high = [Math.max(high[0], x), Math.max(high[1], y), Math.max(high[2], z)];
  }
  return scale(add(low, high), 0.5);
}
