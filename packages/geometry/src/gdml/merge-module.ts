import type { Element, Material } from '../model/material.ts';
import type { Solid } from '../model/solid.ts';
import type { Draft, DraftVolume } from './draft.ts';

/** The names of one kind of thing in a module, and what became of them. */
class Renaming {
  readonly #names = new Map<string, string>();

  /** The final name. */
  readonly of = (name: string): string => this.#names.get(name) ?? name;

  /**
   * Moves things from a module's map into the main one. A name that the main map uses for something else gets the
   * file's name before it; what is the same thing under the same name is not doubled.
   */
  merge<Thing extends { readonly name: string }>(
    main: Map<string, Thing>,
    module: ReadonlyMap<string, Thing>,
    stem: string,
    rename: (thing: Thing) => Thing,
    onMoved: (from: string, to: string) => void,
  ): void {
    const renamed = [...module.values()].map(rename);
    for (const thing of renamed) {
      const other = main.get(thing.name);
      if (other && fingerprint(other) === fingerprint(thing)) continue;
      let name = thing.name;
      for (let n = 1; main.has(name); n++)
        name = n === 1 ? `${stem}_${thing.name}` : `${stem}_${thing.name}_${n}`;
      main.set(name, { ...thing, name });
      onMoved(thing.name, name);
      if (name !== thing.name) this.#names.set(thing.name, name);
    }
  }
}

/**
 * Moves what a module declares into the draft of the main file.
 *
 * @returns the final name of a volume of the module
 */
export function mergeModule(
  main: Draft,
  module: Draft,
  stem: string,
  finalNames: ReadonlyMap<string, string>,
): (volume: string) => string {
  const moved =
    (kind: string) =>
    (from: string, to: string): void => {
      const xml = module.origins.get(`${kind}:${from}`);
      if (xml) main.note(kind, to, xml);
    };
  const isotopes = new Renaming();
  isotopes.merge(main.isotopes, module.isotopes, stem, (isotope) => isotope, moved('isotope'));
  const elements = new Renaming();
  elements.merge(
    main.elements,
    module.elements,
    stem,
    (element) => renameElement(element, isotopes.of),
    moved('element'),
  );
  const materials = new Renaming();
  const renameMaterial = (material: Material): Material => ({
    ...material,
    components: material.components.map((part) => ({
      ...part,
      ref: part.kind === 'element' ? elements.of(part.ref) : materials.of(part.ref),
    })),
  });
  for (const [name, material] of module.materials) {
    materials.merge(
      main.materials,
      new Map([[name, material]]),
      stem,
      renameMaterial,
      moved('material'),
    );
  }
  const solids = new Renaming();
  for (const [name, solid] of module.solids) {
    solids.merge(
      main.solids,
      new Map([[name, solid]]),
      stem,
      (s) => renameSolid(s, solids.of),
      moved('solid'),
    );
  }
  const surfaces = new Renaming();
  surfaces.merge(main.surfaces, module.surfaces, stem, (surface) => surface, moved('surface'));
  const volumes = new Renaming();
  for (const [name, volume] of module.volumes) {
    const rename = (v: DraftVolume): DraftVolume => ({
      ...v,
      solid: solids.of(v.solid),
      material: materials.of(v.material),
      contents: v.contents.map((content) => ({
        ...content,
        volume: finalNames.get(content.volume) ?? volumes.of(content.volume),
      })),
    });
    volumes.merge(main.volumes, new Map([[name, volume]]), stem, rename, moved('volume'));
  }
  for (const skin of module.skins) {
    main.skins.push({
      ...skin,
      surface: surfaces.of(skin.surface),
      volume: volumes.of(skin.volume),
    });
    main.note('skinsurface', skin.name, skin.xml);
  }
  for (const border of module.borders) {
    main.borders.push({ ...border, surface: surfaces.of(border.surface) });
    main.note('bordersurface', border.name, border.xml);
  }
  return volumes.of;
}

function renameElement(element: Element, isotope: (name: string) => string): Element {
  const isotopes = element.isotopes.map((part) => ({ ...part, isotope: isotope(part.isotope) }));
  return { ...element, isotopes };
}

function renameSolid(solid: Solid, of: (name: string) => string): Solid {
  switch (solid.type) {
    case 'union':
    case 'subtraction':
    case 'intersection':
      return { ...solid, first: of(solid.first), second: of(solid.second) };
    case 'multiUnion':
      return { ...solid, nodes: solid.nodes.map((node) => ({ ...node, solid: of(node.solid) })) };
    case 'scaledSolid':
    case 'reflectedSolid':
      return { ...solid, solid: of(solid.solid) };
    default:
      return solid;
  }
}

/** Equal for equal things, wherever they were said. */
function fingerprint(thing: object): string {
  return JSON.stringify(thing, (key, value: unknown) => {
    if (key === 'xml') return undefined;
    if (value instanceof Map) return [...value];
    return value instanceof Float64Array ? Array.from(value) : value;
  });
}
