import type { Vector3 } from '@lantern/units';
import type { Detector } from '../model/detector.ts';
import type { Placement } from '../model/volume.ts';
import { compose, into, move, outOf } from './affine.ts';
import { type Finding, listed } from './finding.ts';
import { placementsById } from './placed-volumes.ts';
import { directions, type SolidSampler } from './solid-sampler.ts';

/** Surfaces nearer than this count as touching, mm. */
const touching = 1e-3;
/** Pairs that are tested. */
const mostPairs = 5000;

/**
 * Border surfaces between two daughters of one mother that do not touch: no photon goes from one straight into the other,
 * and the surface is never used. By points sampled on both.
 */
export function checkBorderContact(detector: Detector, sampler: SolidSampler): Finding[] {
  const placed = placementsById(detector);
  const apart = new Map<string, string[]>();
  for (const { name, surface, from, to } of detector.borderSurfaces.slice(0, mostPairs)) {
    const [a, b] = [placed.get(from), placed.get(to)];
    if (!a?.placement || !b?.placement || a.mother !== b.mother) continue;
    if (touch(detector, sampler, a.placement, b.placement)) continue;
    const names = apart.get(surface) ?? [];
    names.push(name);
    apart.set(surface, names);
  }
  return [...apart.values()].map((names): Finding => {
    const where =
      names.length > 1 ? `border surfaces ${listed(names)}` : `border surface ${listed(names)}`;
    const message =
      'Its two volumes stand in the same mother and do not seem to touch: a photon between them is in the mother, so that this surface is never met. Put it between each volume and the mother.';
    return { kind: 'surfaceNowhere', severity: 'warning', where, message };
  });
}

function touch(detector: Detector, sampler: SolidSampler, a: Placement, b: Placement): boolean {
  return reaches(detector, sampler, a, b) || reaches(detector, sampler, b, a);
}

/** Whether some point sampled on `from` is in or next to `other`. */
function reaches(
  detector: Detector,
  sampler: SolidSampler,
  from: Placement,
  other: Placement,
): boolean {
  const [solid, otherSolid] = [from, other].map((p) => detector.volumes.get(p.volume)?.solid);
  if (solid === undefined || otherSolid === undefined) return true;
  const across = compose(into(other.transform), outOf(from.transform));
  const isIn = sampler.membership(otherSolid);
  return sampler.points(solid).some((point) => {
    const moved = move(across, point);
    return isIn(...moved) || directions.some((direction) => isIn(...step(moved, direction)));
  });
}

function step([x, y, z]: Vector3, [dx, dy, dz]: Vector3): Vector3 {
  return [x + touching * dx, y + touching * dy, z + touching * dz];
}
