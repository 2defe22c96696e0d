import { placedVolumes } from '../check/placed-volumes.ts';
import { GeometryError } from '../errors.ts';
import { countNodes } from '../info/count-nodes.ts';
import type { Detector } from '../model/detector.ts';
import type { Placement } from '../model/volume.ts';
import { frontBorders } from './film-sides.ts';
import { isSensor } from './sensor-surfaces.ts';

/** A photon row has 24 bits for the identity of a sensor, and 0 is none. */
const maxSensors = 2 ** 24 - 1;

/** A placement, or the world with the id `world`. */
export type Placed = Pick<Placement, 'id' | 'volume'>;

/**
 * Which placements are sensors: those of a volume with a skin that detects, and those entered through a border that
 * does. The world may be one as well. [SCN3]
 */
export function sensorPlacements(detector: Detector): (placed: Placed) => boolean {
  const placed = new Set(['world']);
  for (const { placements } of placedVolumes(detector).values()) {
    for (const { id } of placements) placed.add(id);
  }
  const detecting = new Set(
    [...detector.surfaces.values()].filter(isSensor).map(({ name }) => name),
  );
  const entered = new Set(
    frontBorders(detector)
      .filter(
        ({ from, to, surface }) => placed.has(from) && placed.has(to) && detecting.has(surface),
      )
      .map(({ to }) => to),
  );
  const skins = new Map<string, string>();
  // Of several skins of a volume the first counts.
  for (const { volume, surface } of detector.skinSurfaces) {
    if (!skins.has(volume)) skins.set(volume, surface);
  }
  return ({ id, volume }) => entered.has(id) || detecting.has(skins.get(volume) ?? '');
}

/** How many sensors there are in the expanded tree, without expanding it. */
export function countSensors(detector: Detector, isSensor: (placed: Placed) => boolean): number {
  const { copies } = countNodes(detector);
  let count = isSensor({ id: 'world', volume: detector.world }) ? 1 : 0;
  for (const { name, placements } of placedVolumes(detector).values()) {
    count += (copies.get(name) ?? 0) * placements.filter(isSensor).length;
  }
  return count;
}

/** @throws GeometryError when the sensors cannot be told apart in photon rows [SCN7] */
export function refuseTooManySensors(
  detector: Detector,
  isSensor: (placed: Placed) => boolean,
): void {
  const count = countSensors(detector, isSensor);
  if (count <= maxSensors) return;
  throw new GeometryError({
    what: 'the detector has too many sensors',
    given: `${count}`,
    expected: `at most ${maxSensors}: photons have 24 bits for the identity`,
  });
}
