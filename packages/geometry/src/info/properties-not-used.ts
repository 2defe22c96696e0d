import type { Detector } from '../model/detector.ts';
import {
  nearestPropertyName,
  opticalPropertyNamed,
  type PropertyOwner,
} from '../optical-property-names.ts';
import { wrongKind } from '../wrong-kind.ts';
import type { PropertyNotUsed } from './geometry-info.ts';

/** Every optical property of the materials and surfaces that Lantern does not use, with the reason. */
export function propertiesNotUsed(detector: Detector): PropertyNotUsed[] {
  return [
    ...[...detector.materials.values()].flatMap(({ name, properties }) =>
      propertiesNotUsedIn(name, { of: 'material', properties }),
    ),
    ...[...detector.surfaces.values()].flatMap((surface) =>
      propertiesNotUsedIn(surface.name, { ...surface, of: 'surface' }),
    ),
  ];
}

/** The same of one material or surface of that name. */
export function propertiesNotUsedIn(owner: string, thing: PropertyOwner): PropertyNotUsed[] {
  const { of, properties } = thing;
  return [...properties.tables.keys(), ...properties.constants.keys()].flatMap((property) => {
    const reason = reasonFor(property, thing);
    return reason ? [{ of, owner, property, ...reason }] : [];
  });
}

function reasonFor(
  property: string,
  thing: PropertyOwner,
): Pick<PropertyNotUsed, 'reason' | 'because' | 'stops'> | undefined {
  const known = opticalPropertyNamed(thing.of, property);
  if (!known) {
    return { reason: 'unknown', because: whyUnknown(property, thing.of), stops: false };
  }
  const acts = known.acts?.(thing) ?? true;
  if (known.usedSince !== undefined && acts) {
    const wrong = wrongKind(thing, property);
    if (!wrong) return undefined;
    const because = `given as ${wrong.given}; it must be ${wrong.expected}`;
    return { reason: 'wrongKind', because, stops: true };
  }
  if (known.stops && acts) {
    const because = known.remark ? `not simulated yet (${known.remark})` : 'not simulated yet';
    return { reason: 'notYet', because, stops: true };
  }
  const because = known.remark ?? 'without effect here';
  return { reason: known.stops ? 'notYet' : 'elsewhere', because, stops: false };
}

function whyUnknown(property: string, of: 'material' | 'surface'): string {
  const other = of === 'material' ? 'surface' : 'material';
  if (opticalPropertyNamed(other, property)) {
    return `a property of ${other}s; it has no meaning for a ${of}`;
  }
  const near = nearestPropertyName(of, property);
  return near
    ? `unknown to Geant4 and Lantern: did you mean ${near}?`
    : 'unknown to Geant4 and Lantern';
}
