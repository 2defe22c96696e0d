import { partNames } from '../solids/part-names.ts';
import { acyclicOrder } from './acyclic-order.ts';
import type { Draft } from './draft.ts';
import { findMaterial, materialHint } from './substances.ts';
import { errorAt, suggestion, type XmlElement } from './xml-element.ts';

/**
 * Checks that all that is referred to is there, and that no solid or material is made of itself.
 *
 * @throws {GdmlError} naming the nearest name
 */
export function checkReferences(draft: Draft): void {
  checkSolids(draft);
  checkMaterials(draft);
  for (const { assembly, solid, material, xml } of draft.volumes.values()) {
    if (assembly) continue;
    mustHave(draft.solids, 'solid', solid, xml);
    if (!findMaterial(draft, material)) {
      const hint = suggestion(material, draft.materials.keys()) ?? materialHint(material);
      throw errorAt(xml, `there is no material ${material}`, { hint });
    }
  }
  for (const { surface, volume, xml } of draft.skins) {
    mustHave(draft.surfaces, 'optical surface', surface, xml);
    mustHave(draft.volumes, 'volume', volume, xml);
    if (draft.volumes.get(volume)?.assembly)
      throw errorAt(xml, `${volume} is an assembly: it has no skin`);
  }
  for (const { surface, xml } of draft.borders)
    mustHave(draft.surfaces, 'optical surface', surface, xml);
}

function checkSolids(draft: Draft): void {
  const { solids, origins } = draft;
  for (const [name, solid] of solids) {
    for (const part of partNames(solid)) {
      const xml = origins.get(`solid:${name}`);
      if (xml) mustHave(solids, 'solid', part, xml);
    }
  }
  checkOrder(draft, 'solid', solids.keys(), (name) => partNames(solids.get(name)));
}

function checkMaterials(draft: Draft): void {
  const { materials } = draft;
  checkOrder(draft, 'material', materials.keys(), (name) =>
    (materials.get(name)?.components ?? [])
      .filter(({ kind }) => kind === 'material')
      .map(({ ref }) => ref),
  );
}

function checkOrder(
  draft: Draft,
  kind: 'solid' | 'material',
  names: Iterable<string>,
  needs: (name: string) => readonly string[],
): void {
  acyclicOrder(names, needs, (cycle) => {
    const xml = draft.origins.get(`${kind}:${cycle[0]}`);
    const given = cycle.slice(0, 10).join(' > ');
    throw xml ? errorAt(xml, `the ${kind} is made of itself`, { given }) : new Error(given);
  });
}

function mustHave(
  map: ReadonlyMap<string, unknown>,
  kind: string,
  name: string,
  xml: XmlElement,
): void {
  if (!map.has(name))
    throw errorAt(xml, `there is no ${kind} ${name}`, { hint: suggestion(name, map.keys()) });
}
