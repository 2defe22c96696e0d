import type { Detector } from '../model/detector.ts';
import { type Finding, listed } from './finding.ts';
import { placedVolumes } from './placed-volumes.ts';

/** What is declared and stands nowhere in the world. */
export function checkUnused(detector: Detector): Finding[] {
  const volumes = placedVolumes(detector);
  const things: readonly (readonly [string, Iterable<string>, ReadonlySet<string>])[] = [
    ['volumes', detector.volumes.keys(), new Set(volumes.keys())],
    ['solids', detector.solids.keys(), usedSolids(detector)],
    ['materials', detector.materials.keys(), usedMaterials(detector)],
    ['surfaces', detector.surfaces.keys(), usedSurfaces(detector)],
  ];
  return things.flatMap(([what, declared, used]): Finding[] => {
    const unused = [...declared].filter((name) => !used.has(name));
    if (unused.length === 0) return [];
    const message = `Declared and used nowhere in the world: ${listed(unused, 10)}.`;
    return [{ kind: 'unused', severity: 'info', where: what, message }];
  });
}

function usedSolids(detector: Detector): ReadonlySet<string> {
  const used = new Set<string>();
  const waiting = [...placedVolumes(detector).values()].map((volume) => volume.solid);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const solid = detector.solids.get(name);
    if (!solid || used.has(name)) continue;
    used.add(name);
    if ('first' in solid) waiting.push(solid.first, solid.second);
    if ('nodes' in solid) waiting.push(...solid.nodes.map((node) => node.solid));
    if ('solid' in solid) waiting.push(solid.solid);
  }
  return used;
}

/** Materials of the placed volumes, and those they are made of. */
export function usedMaterials(detector: Detector): ReadonlySet<string> {
  const used = new Set<string>();
  const waiting = [...placedVolumes(detector).values()].map((volume) => volume.material);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (used.has(name)) continue;
    used.add(name);
    const components = detector.materials.get(name)?.components ?? [];
    waiting.push(...components.filter((c) => c.kind === 'material').map((c) => c.ref));
  }
  return used;
}

/** Surfaces that some skin or border refers to. */
export function usedSurfaces(detector: Detector): ReadonlySet<string> {
  const { skinSurfaces, borderSurfaces } = detector;
  return new Set([...skinSurfaces, ...borderSurfaces].map(({ surface }) => surface));
}
