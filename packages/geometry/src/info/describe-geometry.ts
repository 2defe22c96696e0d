import { placedVolumes } from '../check/placed-volumes.ts';
import type { Detector } from '../model/detector.ts';
import { countSensors, sensorPlacements } from '../scene/sensor-placements.ts';
import { isSensor } from '../scene/sensor-surfaces.ts';
import { solidBounds } from '../solids/bounds.ts';
import { countNodes } from './count-nodes.ts';
import type { GeometryInfo, MaterialInfo, SurfaceInfo, VolumeInfo } from './geometry-info.ts';
import { propertiesNotUsed } from './properties-not-used.ts';
import { describeDichroic, describeProperties } from './property-info.ts';
import { solidsOfTriangles } from './solids-of-triangles.ts';

/**
 * What is in a detector, as plain data.
 *
 * @throws {GeometryError} when the world's solid has no bounds
 */
export function describeGeometry(detector: Detector): GeometryInfo {
  const placed = [...placedVolumes(detector).values()];
  const { copies, nodes, depth } = countNodes(detector);
  const isSensorPlacement = sensorPlacements(detector);
  const world = { id: 'world', volume: detector.world };
  const detecting = new Set(
    [world, ...placed.flatMap(({ placements }) => placements)]
      .filter(isSensorPlacement)
      .map(({ volume }) => volume),
  );
  const worldSolid = detector.volumes.get(detector.world)?.solid ?? '';
  return {
    name: detector.name,
    world: detector.world,
    bounds: solidBounds(detector.solids, worldSolid),
    counts: {
      solids: detector.solids.size,
      materials: detector.materials.size,
      surfaces: detector.surfaces.size,
      volumes: detector.volumes.size,
      placements: placed.reduce((sum, { placements }) => sum + placements.length, 0),
      nodes,
      depth,
      sensors: countSensors(detector, isSensorPlacement),
    },
    volumes: describeVolumes(detector, copies, detecting),
    materials: describeMaterials(detector),
    surfaces: describeSurfaces(detector),
    solidsOfTriangles: solidsOfTriangles(detector),
    opticalPropertiesNotUsed: propertiesNotUsed(detector),
    warnings: detector.warnings,
  };
}

function describeVolumes(
  detector: Detector,
  copies: ReadonlyMap<string, number>,
  detecting: ReadonlySet<string>,
): VolumeInfo[] {
  const skins = skinsByVolume(detector);
  return [...placedVolumes(detector).values()].map((volume): VolumeInfo => {
    const skin = skins.get(volume.name);
    const tag = volume.auxiliaries.find(({ type }) => type === 'SensDet')?.value;
    return {
      name: volume.name,
      solid: volume.solid,
      solidType: detector.solids.get(volume.solid)?.type ?? 'missing',
      material: volume.material,
      copies: copies.get(volume.name) ?? 0,
      daughters: volume.placements.length,
      ...(skin === undefined ? {} : { skin }),
      detects: detecting.has(volume.name),
      ...(tag === undefined ? {} : { sensitiveDetector: tag }),
    };
  });
}

function skinsByVolume(detector: Detector): ReadonlyMap<string, string> {
  return new Map(detector.skinSurfaces.map(({ volume, surface }) => [volume, surface]));
}

function describeMaterials(detector: Detector): MaterialInfo[] {
  const uses = new Map<string, number>();
  for (const { material } of placedVolumes(detector).values()) {
    uses.set(material, (uses.get(material) ?? 0) + 1);
  }
  // The order of their first use is that of the scene (packScene).
  const numbers = new Map([...uses.keys()].map((name, number) => [name, number]));
  return [...detector.materials.values()].map(({ name, density, state, properties }) => ({
    ...{ name, density, state, volumes: uses.get(name) ?? 0, number: numbers.get(name) ?? null },
    properties: describeProperties('material', properties),
  }));
}

function describeSurfaces(detector: Detector): SurfaceInfo[] {
  const skins = new Map<string, string[]>();
  for (const { surface, volume } of detector.skinSurfaces) {
    skins.set(surface, [...(skins.get(surface) ?? []), volume]);
  }
  const borders = new Map<string, { from: string; to: string }[]>();
  for (const { surface, from, to } of detector.borderSurfaces) {
    const known = borders.get(surface) ?? [];
    known.push({ from, to });
    borders.set(surface, known);
  }
  return [...detector.surfaces.values()].map((surface) => ({
    ...{ name: surface.name, model: surface.model, type: surface.type },
    ...{ finish: surface.finish, value: surface.value },
    properties: [
      ...describeProperties('surface', surface.properties),
      ...(surface.dichroic ? [describeDichroic(surface.dichroic)] : []),
    ],
    skinOf: skins.get(surface.name) ?? [],
    borders: borders.get(surface.name) ?? [],
    detects: isSensor(surface),
  }));
}
