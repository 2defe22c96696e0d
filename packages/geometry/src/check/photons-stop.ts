import type { Detector } from '../model/detector.ts';
import type { OpticalSurface } from '../model/surface.ts';
import type { Volume } from '../model/volume.ts';
import { type Finding, placeOf } from './finding.ts';
import { placedVolumes, placementIds } from './placed-volumes.ts';

/**
 * Pairs of mother and daughter between which photons stop: they come from a material with RINDEX, the other has none,
 * and no surface takes care of them. A surface does unless it refracts: coated, or dielectric_dielectric, polished or
 * ground.
 *
 * @see G4OpBoundaryProcess::PostStepDoIt, status NoRINDEX
 */
export function checkPhotonsStop(detector: Detector): Finding[] {
  const volumes = placedVolumes(detector);
  if (![...volumes.values()].some((volume) => hasIndex(detector, volume))) {
    const message = 'No material in the world has RINDEX: no photon can fly anywhere.';
    return [{ kind: 'photonsStop', severity: 'warning', where: 'the detector', message }];
  }
  const surfaces = surfaceFinder(detector);
  const findings: Finding[] = [];
  for (const mother of volumes.values()) {
    for (const name of new Set(mother.placements.map((p) => p.volume))) {
      const daughter = volumes.get(name);
      if (!daughter || hasIndex(detector, mother) === hasIndex(detector, daughter)) continue;
      const [from, to] = hasIndex(detector, mother) ? [mother, daughter] : [daughter, mother];
      const finding = stopBetween(detector, from, to, surfaces(mother, daughter, from));
      if (finding) findings.push(finding);
    }
  }
  return findings;
}

function hasIndex(detector: Detector, { material }: Volume): boolean {
  return detector.materials.get(material)?.properties.tables.has('RINDEX') ?? false;
}

/** The surfaces met on the way, undefined for a way without one. */
type Met = ReadonlySet<OpticalSurface | undefined>;

function stopBetween(detector: Detector, from: Volume, to: Volume, met: Met): Finding | undefined {
  const refracting = [...met].filter((surface) => surface === undefined || refracts(surface));
  if (refracting.length === 0) return undefined;
  const bare = refracting.includes(undefined);
  const named = refracting.find((surface) => surface !== undefined)?.name;
  const reason = bare
    ? 'no surface is between them'
    : `the surface '${named}' between them needs RINDEX on both sides`;
  const some =
    met.size > refracting.length || (bare && named) ? ' (at some of the placements)' : '';
  return {
    kind: 'photonsStop',
    severity: 'warning',
    where: placeOf(detector, 'volume', to.name),
    message: `Photons that come from '${from.name}' (${from.material}) stop here${some}: ${to.material} has no RINDEX, and ${reason}. Right if it is opaque and black; otherwise give it RINDEX or a surface.`,
  };
}

function refracts({ type, finish }: OpticalSurface): boolean {
  const isBare = finish === 'polished' || finish === 'ground';
  return type === 'coated' || (type === 'dielectric_dielectric' && isBare);
}

/** Border before skin; the skin of the daughter before that of the mother. */
function surfaceFinder(
  detector: Detector,
): (mother: Volume, daughter: Volume, from: Volume) => Met {
  const ids = placementIds(detector);
  const skins = new Map<string, OpticalSurface | undefined>();
  for (const { volume, surface } of detector.skinSurfaces) {
    if (!skins.has(volume)) skins.set(volume, detector.surfaces.get(surface));
  }
  const borders = new Map<string, Map<string, OpticalSurface | undefined>>();
  for (const { from, to, surface } of detector.borderSurfaces) {
    const left = borders.get(from) ?? new Map<string, OpticalSurface | undefined>();
    borders.set(from, left.set(to, detector.surfaces.get(surface)));
  }
  return (mother, daughter, from) => {
    const skin = skins.get(daughter.name) ?? skins.get(mother.name);
    const met = new Set<OpticalSurface | undefined>();
    const daughters = mother.placements.filter((p) => p.volume === daughter.name);
    for (const outer of ids.get(mother.name) ?? []) {
      if (from === mother && !borders.has(outer)) {
        met.add(skin);
        continue;
      }
      for (const { id } of daughters) {
        const [left, entered] = from === mother ? [outer, id] : [id, outer];
        met.add(borders.get(left)?.get(entered) ?? skin);
      }
    }
    return met;
  };
}
