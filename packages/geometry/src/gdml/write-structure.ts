import type { Detector } from '../model/detector.ts';
import type { Auxiliary, Placement, Volume } from '../model/volume.ts';
import { stripPointer } from '../strip-pointer.ts';
import { acyclicOrder } from './acyclic-order.ts';
import { worldId } from './link.ts';
import { writePlacement } from './write-transform.ts';
import type { XmlWriter } from './xml-writer.ts';

/** Writes volumes, each after those in it, and the surfaces on them. */
export function writeStructure(xml: XmlWriter, detector: Detector): void {
  const { volumes, skinSurfaces, borderSurfaces } = detector;
  const order = acyclicOrder(
    volumes.keys(),
    (name) => [...new Set(volumes.get(name)?.placements.map(({ volume }) => volume) ?? [])],
    (cycle) => {
      throw new Error(`volumes inside each other: ${cycle.join(' > ')}`);
    },
  );
  for (const name of order) {
    const volume = volumes.get(name);
    if (volume) writeVolume(xml, volume);
  }
  for (const { name, surface, volume } of skinSurfaces) {
    xml.element('skinsurface', { name, surfaceproperty: surface }, () =>
      xml.element('volumeref', { ref: volume }),
    );
  }
  const physvolNames =
    borderSurfaces.length > 0 ? physvolReferences(detector) : new Map<string, string>();
  for (const { name, surface, from, to } of borderSurfaces) {
    xml.element('bordersurface', { name, surfaceproperty: surface }, () => {
      for (const id of [from, to]) xml.element('physvolref', { ref: physvolNames.get(id) ?? id });
    });
  }
}

/** By id what a `<physvolref>` must say: the name of the first of that name, the id of any other. */
function physvolReferences({ volumes, world }: Detector): Map<string, string> {
  const names = new Set<string>();
  const references = new Map([[worldId, `${stripPointer(world)}_PV`]]);
  for (const { placements } of volumes.values()) {
    for (const { id, name } of placements) {
      references.set(id, names.has(name) ? id : name);
      names.add(name);
    }
  }
  return references;
}

function writeVolume(
  xml: XmlWriter,
  { name, solid, material, placements, auxiliaries }: Volume,
): void {
  xml.element('volume', { name }, () => {
    xml.element('materialref', { ref: material });
    xml.element('solidref', { ref: solid });
    for (const placement of placements) writePhysvol(xml, placement);
    writeAuxiliaries(xml, auxiliaries);
  });
}

function writePhysvol(
  xml: XmlWriter,
  { id, name, volume, copyNumber, transform }: Placement,
): void {
  xml.element('physvol', { name, copynumber: copyNumber === 0 ? undefined : copyNumber }, () => {
    xml.element('volumeref', { ref: volume });
    writePlacement(xml, transform, id);
  });
}

/** Writes `<auxiliary>` elements, with those inside them. */
export function writeAuxiliaries(xml: XmlWriter, auxiliaries: readonly Auxiliary[]): void {
  for (const { type, value, unit, auxiliaries: inner } of auxiliaries) {
    xml.element('auxiliary', { auxtype: type, auxvalue: value, auxunit: unit }, () =>
      writeAuxiliaries(xml, inner),
    );
  }
}
