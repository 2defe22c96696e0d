import { propertiesNotUsedIn } from '../info/properties-not-used.ts';
import type { Detector } from '../model/detector.ts';
import { nearestPropertyName, type PropertyOwner } from '../optical-property-names.ts';
import { type Finding, placeOf } from './finding.ts';

/** Properties of names that nobody knows: a warning where one is near, which was meant then; else a note. */
export function checkUnknownNames(detector: Detector): Finding[] {
  return [
    ...[...detector.materials.values()].flatMap(({ name, properties }) =>
      unknownIn(detector, name, { of: 'material', properties }),
    ),
    ...[...detector.surfaces.values()].flatMap((surface) =>
      unknownIn(detector, surface.name, { ...surface, of: 'surface' }),
    ),
  ];
}

function unknownIn(detector: Detector, name: string, owner: PropertyOwner): Finding[] {
  return propertiesNotUsedIn(name, owner)
    .filter(({ reason }) => reason === 'unknown')
    .map(({ property, because }): Finding => {
      const isNear = nearestPropertyName(owner.of, property) !== undefined;
      const where = `${placeOf(detector, owner.of, name)} ${property}`;
      const message = `${because.charAt(0).toUpperCase()}${because.slice(1)}${because.endsWith('?') ? '' : '.'}`;
      return { kind: 'unknownName', severity: isNear ? 'warning' : 'info', where, message };
    });
}
