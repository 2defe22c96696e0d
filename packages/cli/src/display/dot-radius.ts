import type { MapPoint } from './sensor-map.ts';

/** Half the distance that all but a few percent of the points keep from their nearest neighbour. */
export function dotRadius(points: readonly MapPoint[]): number {
  const largest = 14;
  const sorted = [...points].sort((a, b) => a.x - b.x);
  const distances = sorted
    .map((point, i) => nearestDistance(sorted, point, i))
    .sort((a, b) => a - b);
  const typical = distances[Math.floor(distances.length / 20)] ?? largest;
  return Math.max(1, Math.min(largest, typical / 2));
}

/** To the right only: the pair's left one finds it. */
function nearestDistance(sorted: readonly MapPoint[], point: MapPoint, i: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let j = i + 1; j < sorted.length; j++) {
    const other = sorted[j];
    if (other === undefined || other.x - point.x > nearest) break;
    nearest = Math.min(nearest, Math.hypot(other.x - point.x, other.y - point.y));
  }
  return nearest;
}
