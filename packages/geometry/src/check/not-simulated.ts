import { LanternError } from '@lantern/units';
import { GeometryError } from '../errors.ts';
import type { Detector } from '../model/detector.ts';
import { type PropertyOwner, propertiesThatStop } from '../optical-property-names.ts';
import { compileSolid } from '../scene/compile-solid.ts';
import { packScene } from '../scene/pack-scene.ts';
import { createSections } from '../scene/section-writer.ts';
import type { SurfaceData } from '../surface-data/surface-data.ts';
import { type Finding, placeOf } from './finding.ts';
import { placedVolumes } from './placed-volumes.ts';
import { usedMaterials, usedSurfaces } from './unused.ts';

/** What a simulation stops at, because Lantern does not do it yet. */
export function checkNotSimulated(detector: Detector): Finding[] {
  return [...checkProperties(detector), ...checkSolids(detector)];
}

function notSimulated(where: string, message: string): Finding {
  return { kind: 'notSimulated', severity: 'error', where, message };
}

function checkProperties(detector: Detector): Finding[] {
  return usedOwners(detector).flatMap(({ where, owner }) =>
    propertiesThatStop(owner).map(({ name, meaning }) =>
      notSimulated(where, `${name} (${meaning}) is not simulated yet: \`lantern simulate\` stops.`),
    ),
  );
}

/** Whatever else `lantern simulate` stops at before the first photon. */
export function checkPacking(detector: Detector, surfaceData?: SurfaceData): Finding[] {
  try {
    packScene(detector, { surfaceData });
    return [];
  } catch (error) {
    if (!(error instanceof LanternError)) throw error;
    return [notSimulated('the detector', `It cannot be simulated: ${error.message}`)];
  }
}

function usedOwners(detector: Detector): { where: string; owner: PropertyOwner }[] {
  const materials = [...usedMaterials(detector)].flatMap((name) => {
    const material = detector.materials.get(name);
    if (!material?.properties.tables.has('RINDEX')) return [];
    const owner: PropertyOwner = { of: 'material', properties: material.properties };
    return { where: placeOf(detector, 'material', name), owner };
  });
  const surfaces = [...usedSurfaces(detector)].flatMap((name) => {
    const surface = detector.surfaces.get(name);
    if (!surface) return [];
    const owner: PropertyOwner = { ...surface, of: 'surface' };
    return { where: placeOf(detector, 'surface', name), owner };
  });
  return [...materials, ...surfaces];
}

function checkSolids(detector: Detector): Finding[] {
  const sections = createSections();
  const names = new Set([...placedVolumes(detector).values()].map((volume) => volume.solid));
  return [...names].flatMap((name) => {
    try {
      compileSolid(detector.solids, name, sections);
      return [];
    } catch (error) {
      if (!(error instanceof GeometryError)) throw error;
      const message = `It cannot be simulated: ${error.message}`;
      return [notSimulated(placeOf(detector, 'solid', name), message)];
    }
  });
}
