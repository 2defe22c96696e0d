import { dotRadius } from './dot-radius.ts';
import { type MapPoint, mapWidth, type SensorMap, type SensorPlace } from './sensor-map.ts';

/** The cylinder about z on which the sensors lie, mm. */
export interface Cylinder {
  readonly radius: number;
  readonly bottom: number;
  readonly top: number;
}

type Part = 'barrel' | 'top' | 'bottom';

/** A sensor may be that much of the radius off the cylinder. */
const tolerance = 0.04;

/**
 * The cylinder on which the sensors lie: those at the greatest distance from the axis are its barrel, all others lie in
 * one of two planes.
 *
 * @returns undefined when there is no such cylinder
 */
export function cylinderOf(sensors: readonly SensorPlace[]): Cylinder | undefined {
  const cylinder = sensors.reduce(
    ({ radius, bottom, top }, { position: [x, y, z] }) => ({
      radius: Math.max(radius, Math.hypot(x, y)),
      bottom: Math.min(bottom, z),
      top: Math.max(top, z),
    }),
    { radius: 0, bottom: Number.POSITIVE_INFINITY, top: Number.NEGATIVE_INFINITY },
  );
  if (!(cylinder.radius > 0 && cylinder.top > cylinder.bottom)) return undefined;
  return sensors.every((sensor) => partOf(sensor, cylinder)) ? cylinder : undefined;
}

function partOf({ position: [x, y, z] }: SensorPlace, cylinder: Cylinder): Part | undefined {
  const { radius, bottom, top } = cylinder;
  if (Math.hypot(x, y) > radius * (1 - tolerance)) return 'barrel';
  if (z > top - tolerance * radius) return 'top';
  if (z < bottom + tolerance * radius) return 'bottom';
  return undefined;
}

const [margin, gap] = [22, 10];

/**
 * The detector unrolled: the barrel as seen from inside, cut opposite to x, z upward; above and below it the caps, where
 * they have sensors, folded out at x.
 */
export function unrolledCylinder(sensors: readonly SensorPlace[], cylinder: Cylinder): SensorMap {
  const parts = sensors.map((sensor) => partOf(sensor, cylinder) ?? 'barrel');
  // Sensors of the barrel do not touch its edge: half a typical distance beyond them.
  const edge = cylinder.radius * 0.05;
  const radius = cylinder.radius + edge / 2;
  const scale = (mapWidth - 2 * margin) / (2 * Math.PI * radius);
  const [capTop, capBottom] = [parts.includes('top'), parts.includes('bottom')];
  const capSize = 2 * radius * scale;
  const height = (cylinder.top - cylinder.bottom + 2 * edge) * scale;
  const barrelTop = margin + (capTop ? capSize + gap : 0);
  const barrelBottom = barrelTop + height;

  const points = sensors.map(({ identity, position: [x, y, z] }, i): MapPoint => {
    if (parts[i] === 'barrel') {
      return {
        identity,
        x: mapWidth / 2 - Math.atan2(y, x) * radius * scale,
        y: barrelTop + (cylinder.top + edge - z) * scale,
      };
    }
    const across = mapWidth / 2 - y * scale;
    const away = (radius - x) * scale + gap;
    return {
      identity,
      x: across,
      y: parts[i] === 'top' ? barrelTop - away : barrelBottom + away,
    };
  });

  const circle = (y: number): string =>
    `M${mapWidth / 2 - capSize / 2} ${y}a${capSize / 2} ${capSize / 2} 0 1 0 ${capSize} 0a${capSize / 2} ${capSize / 2} 0 1 0 ${-capSize} 0z`;
  const outlines = [`M${margin} ${barrelTop}H${mapWidth - margin}V${barrelBottom}H${margin}z`];
  if (capTop) outlines.push(circle(barrelTop - gap - capSize / 2));
  if (capBottom) outlines.push(circle(barrelBottom + gap + capSize / 2));
  return {
    projection: 'unrolled, seen from inside',
    height: barrelBottom + (capBottom ? capSize + gap : 0) + margin,
    points,
    outlines,
    dotRadius: dotRadius(points),
    freeCorners: capTop && capBottom,
  };
}
