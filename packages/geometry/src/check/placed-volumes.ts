import type { Detector } from '../model/detector.ts';
import type { Placement, Volume } from '../model/volume.ts';

/** The volumes that stand in the world, the world first; those declared and never placed are left out. */
export function placedVolumes(detector: Detector): ReadonlyMap<string, Volume> {
  const placed = new Map<string, Volume>();
  const waiting = [detector.world];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const volume = detector.volumes.get(name);
    if (!volume || placed.has(name)) continue;
    placed.set(name, volume);
    for (const daughter of new Set(volume.placements.map((p) => p.volume))) waiting.push(daughter);
  }
  return placed;
}

/** The ids of a volume's placements; the world's is `world`. */
export function placementIds(detector: Detector): ReadonlyMap<string, readonly string[]> {
  const ids = new Map<string, string[]>([[detector.world, ['world']]]);
  for (const { placements } of detector.volumes.values()) {
    for (const { id, volume } of placements) {
      const known = ids.get(volume);
      if (known) known.push(id);
      else ids.set(volume, [id]);
    }
  }
  return ids;
}

/** A placement and the volume it stands in; none for the world. */
export interface PlacedIn {
  readonly volume: string;
  readonly mother?: string;
  readonly placement?: Placement;
}

/** Every placement by its id. */
export function placementsById(detector: Detector): ReadonlyMap<string, PlacedIn> {
  const byId = new Map<string, PlacedIn>([['world', { volume: detector.world }]]);
  for (const mother of detector.volumes.values()) {
    for (const placement of mother.placements) {
      byId.set(placement.id, { volume: placement.volume, mother: mother.name, placement });
    }
  }
  return byId;
}
