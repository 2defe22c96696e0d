import type { RigidTransform } from '@lantern/units';
import { placedVolumes } from '../check/placed-volumes.ts';
import { GeometryError } from '../errors.ts';
import type { Detector } from '../model/detector.ts';
import type { BorderSurface } from '../model/surface.ts';
import type { Placement, Volume } from '../model/volume.ts';
import type { SurfaceData } from '../surface-data/surface-data.ts';
import { compileSolid } from './compile-solid.ts';
import { expandNodes } from './expand-nodes.ts';
import { bordersBothWays } from './film-sides.ts';
import { linearTransform } from './linear-transform.ts';
import { extentsOf, packDaughters } from './pack-daughters.ts';
import type { ShiftProfiles } from './pack-materials.ts';
import { packOptics } from './pack-optics.ts';
import type { Scene } from './scene.ts';
import { createScene } from './scene-names.ts';
import { createSections, joinSections, type SceneSections } from './section-writer.ts';
import { refuseTooManySensors, sensorPlacements } from './sensor-placements.ts';
import { warningsOfUnused } from './unused-properties.ts';
import { shiftNumbers } from './wavelength-shift.ts';

/** Choices that a GDML file does not make. */
export interface PackOptions {
  /** How long wavelength shifts take, those of both sets of WLS properties or of each; default: exponential. */
  readonly shiftProfile?: ShiftProfiles | undefined;
  /** Look-up tables of finishes and of a dichroic filter, for the surfaces that go by them. */
  readonly surfaceData?: SurfaceData | undefined;
}

/**
 * Packs a detector for the engines: volumes, placements, nodes, solids, hierarchies, tables (layout.ts).
 *
 * @throws GeometryError that names a solid, material or surface which the engines cannot do (yet), or values that no
 * photon can live with.
 */
export function packScene(
  detector: Detector,
  { shiftProfile, surfaceData }: PackOptions = {},
): Scene {
  const sections = createSections();
  const volumes = [...placedVolumes(detector).values()];
  const index = new Map(volumes.map((volume, i) => [volume.name, i] as const));
  requireVolume(index, detector.world);
  const materials = [...new Set(volumes.map((volume) => volume.material))];
  const placed = new Set(volumes.flatMap(({ placements }) => placements.map(({ id }) => id)));
  placed.add('world');
  const borders = bordersBothWays(
    detector,
    detector.borderSurfaces.filter(({ from, to }) => placed.has(from) && placed.has(to)),
  );
  const skins = detector.skinSurfaces.filter((skin) => index.has(skin.volume));
  const surfaces = [...new Set([...skins, ...borders].map(({ surface }) => surface))];
  const warnings = [
    ...packOptics(detector, materials, surfaces, sections, shiftProfile, surfaceData),
    ...warningsOfUnused(detector, materials, surfaces),
  ];

  const solidWarnings = new Set<string>();
  const placements = packPlacements(volumes, index, sections);
  packBorders(borders, placements, surfaces, sections);
  const extentOf = extentsOf(detector);
  const clearances = volumes.map((volume, i) => {
    const skin = skins.find((candidate) => candidate.volume === volume.name);
    const first = placements.first[i] ?? 0;
    const { hierarchy, clearance } = packDaughters(detector, volume, first, extentOf, sections);
    sections.volume.update(i, {
      solid: compileSolid(detector.solids, volume.solid, sections, solidWarnings),
      material: materials.indexOf(volume.material),
      skin: skin ? surfaces.indexOf(skin.surface) : -1,
      hierarchy,
    });
    return clearance;
  });
  const isSensor = sensorPlacements(detector);
  refuseTooManySensors(detector, isSensor);
  const tree = expandNodes(volumes, placements.list, index, isSensor, clearances, sections);
  return createScene(joinSections(sections), volumes, placements.list, tree, {
    materials,
    surfaces,
    volumeMaterials: volumes.map((volume) => materials.indexOf(volume.material)),
    shiftNumbers: shiftNumbers(detector, materials),
    warnings: [...warnings, ...solidWarnings],
  });
}

/** @throws GeometryError where a detector made by hand places a volume that it does not have */
function requireVolume(index: ReadonlyMap<string, number>, name: string): number {
  const found = index.get(name);
  if (found !== undefined) return found;
  throw new GeometryError({ what: 'no such volume', given: `'${name}'` });
}

/** Placements by index, and the index of each id. */
interface PackedPlacements {
  readonly list: readonly Placement[];
  readonly byId: ReadonlyMap<string, number>;
  /** Of the first daughter of each volume. */
  readonly first: readonly number[];
}

function packPlacements(
  volumes: readonly Volume[],
  index: ReadonlyMap<string, number>,
  sections: SceneSections,
): PackedPlacements {
  const world: Placement = {
    id: 'world',
    name: volumes[0]?.name ?? 'world',
    volume: volumes[0]?.name ?? 'world',
    copyNumber: 0,
    transform: { rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1], translation: [0, 0, 0], scale: [1, 1, 1] },
  };
  const list: Placement[] = [world];
  const first: number[] = [];
  sections.placement.append({ volume: 0, transform: -1 });
  for (const volume of volumes) {
    first.push(list.length);
    sections.volume.append({
      firstDaughter: list.length,
      daughterCount: volume.placements.length,
      skin: -1,
    });
    for (const placement of volume.placements) {
      sections.placement.append({
        volume: requireVolume(index, placement.volume),
        transform: packTransform(placement, sections),
      });
      list.push(placement);
    }
  }
  return { list, first, byId: new Map(list.map((placement, i) => [placement.id, i] as const)) };
}

function packTransform({ id, transform }: Placement, sections: SceneSections): number {
  if (transform.scale.some((s) => Math.abs(s) !== 1))
    throw new GeometryError({
      what: 'a placement can be reflected, not scaled',
      where: `placement '${id}'`,
      given: `scale ${transform.scale.join(', ')}`,
      expected: '1 or -1 along each axis',
      hint: 'scale the solid instead',
    });
  const rigid = linearTransform(transform);
  return isIdentity(rigid) ? -1 : appendTransform(rigid, sections);
}

function isIdentity({ rotation, translation }: RigidTransform): boolean {
  return translation.every((x) => x === 0) && rotation.every((x, i) => x === (i % 4 === 0 ? 1 : 0));
}

function appendTransform(
  { rotation: r, translation: t }: RigidTransform,
  sections: SceneSections,
): number {
  return sections.transform.append({
    r0: r[0],
    r1: r[1],
    r2: r[2],
    r3: r[3],
    r4: r[4],
    r5: r[5],
    r6: r[6],
    r7: r[7],
    r8: r[8],
    tx: t[0],
    ty: t[1],
    tz: t[2],
  });
}

function packBorders(
  borders: readonly BorderSurface[],
  { byId }: PackedPlacements,
  surfaces: readonly string[],
  sections: SceneSections,
): void {
  const leaving = new Map<number, { to: number; surface: number }[]>();
  for (const { from, to, surface } of borders) {
    const [here, there] = [byId.get(from), byId.get(to)];
    if (here === undefined || there === undefined) continue;
    const list = leaving.get(here) ?? [];
    list.push({ to: there, surface: surfaces.indexOf(surface) });
    leaving.set(here, list);
  }
  for (const [here, list] of leaving) {
    const first = sections.border.count;
    for (const border of list) sections.border.append(border);
    sections.placement.update(here, { firstBorder: first, borderCount: list.length });
  }
}
