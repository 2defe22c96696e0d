import { placedVolumes } from '../check/placed-volumes.ts';
import type { Detector } from '../model/detector.ts';

/** How often the placed volumes stand in the expanded tree, without expanding it. */
export interface NodeCounts {
  /** By volume. */
  readonly copies: ReadonlyMap<string, number>;
  readonly nodes: number;
  /** Generations below the world. */
  readonly depth: number;
}

/** Counts mothers before daughters, so that each volume is visited once, however often it is placed. */
export function countNodes(detector: Detector): NodeCounts {
  const volumes = placedVolumes(detector);
  const mothersLeft = new Map<string, number>();
  for (const { placements } of volumes.values()) {
    for (const name of new Set(placements.map((p) => p.volume))) {
      mothersLeft.set(name, (mothersLeft.get(name) ?? 0) + 1);
    }
  }
  const copies = new Map([[detector.world, 1]]);
  const level = new Map([[detector.world, 0]]);
  const ready = [detector.world];
  for (let name = ready.pop(); name !== undefined; name = ready.pop()) {
    const times = copies.get(name) ?? 0;
    const below = (level.get(name) ?? 0) + 1;
    const placements = volumes.get(name)?.placements ?? [];
    for (const { volume } of placements) copies.set(volume, (copies.get(volume) ?? 0) + times);
    for (const volume of new Set(placements.map((p) => p.volume))) {
      level.set(volume, Math.max(level.get(volume) ?? 0, below));
      const left = (mothersLeft.get(volume) ?? 0) - 1;
      mothersLeft.set(volume, left);
      if (left === 0) ready.push(volume);
    }
  }
  return {
    copies,
    nodes: [...copies.values()].reduce((sum, n) => sum + n, 0),
    depth: Math.max(...level.values()),
  };
}
