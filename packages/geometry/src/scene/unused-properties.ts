import { propertiesNotUsedIn } from '../info/properties-not-used.ts';
import type { Detector } from '../model/detector.ts';
import { isSet, opticalPropertyNamed, type PropertyOwner } from '../optical-property-names.ts';
import { tableOwner } from './optical-values.ts';

/** Properties that are not used for one reason, and whose they are. */
interface Unused {
  readonly properties: string;
  readonly because: string;
  /** `file:line: material 'Water'` of each. */
  readonly owners: string[];
}

/**
 * A warning of each property that is given and has no effect, materials and surfaces with the same in one line: a
 * misspelt name would change the physics in silence. Not of old names beside new ones and the like. [TAB11]
 */
export function warningsOfUnused(
  detector: Detector,
  materials: readonly string[],
  surfaces: readonly string[],
): string[] {
  const all = new Map<string, Unused>();
  for (const name of materials) {
    const material = detector.materials.get(name);
    if (material) collect(detector, name, { ...material, of: 'material' }, all);
  }
  for (const name of surfaces) {
    const surface = detector.surfaces.get(name);
    if (surface) collect(detector, name, { ...surface, of: 'surface' }, all);
  }
  return [...all.values()].map(inWords);
}

function collect(
  detector: Detector,
  name: string,
  owner: PropertyOwner,
  all: Map<string, Unused>,
): void {
  const { where } = tableOwner(detector, owner.of, name, owner.properties);
  const byReason = new Map<string, string[]>();
  for (const { property, because, stops } of propertiesNotUsedIn(name, owner)) {
    // What stops has stopped it, but in a material that no light is in.
    if (stops || isHarmless(property, owner)) continue;
    byReason.set(because, [...(byReason.get(because) ?? []), property]);
  }
  for (const [because, names] of byReason) {
    const properties = names.join(', ');
    const key = `${owner.of} ${properties} ${because}`;
    const known = all.get(key);
    if (known) known.owners.push(where);
    else all.set(key, { properties, because, owners: [where] });
  }
}

/** Known, and 0 everywhere or without effect in Geant4 either. */
function isHarmless(property: string, owner: PropertyOwner): boolean {
  const known = opticalPropertyNamed(owner.of, property);
  return known !== undefined && (known.isHarmless === true || !isSet(owner, property));
}

function inWords({ properties, because, owners: [first = '', ...others] }: Unused): string {
  const where = others.length > 0 ? `${first} and ${others.length} more` : first;
  return `${where}: not used: ${properties} (${because}).`;
}
