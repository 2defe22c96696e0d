import type { BorderSurface } from '../model/surface.ts';
import type { Placement, Volume } from '../model/volume.ts';
import { stripPointer } from '../strip-pointer.ts';
import { acyclicOrder } from './acyclic-order.ts';
import type { Draft, DraftBorder } from './draft.ts';
import type { ExpandedVolume, Placed } from './expand.ts';
import type { Warnings } from './warnings.ts';
import { errorAt, placeOf, suggestion, type XmlElement } from './xml-element.ts';

/** The id of the world's placement. */
export const worldId = 'world';

/** Gives each placement an id of its own: its name, where another has that name already with `#2`, `#3`, … after it. */
export function identify(expanded: readonly ExpandedVolume[]): Map<string, Volume> {
  const used = new Set([worldId]);
  const counts = new Map<string, number>();
  const idOf = (name: string): string => {
    let id = name;
    let count = counts.get(name) ?? 1;
    while (used.has(id)) id = `${name}#${++count}`;
    counts.set(name, count);
    used.add(id);
    return id;
  };
  const place = ({ name, volume, copyNumber, transform }: Placed): Placement => ({
    id: idOf(name),
    name,
    volume,
    copyNumber,
    transform,
  });
  return new Map(
    inOrder(expanded).map(({ placed, name, solid, material, auxiliaries }) => [
      name,
      { name, solid, material, placements: placed.map(place), auxiliaries },
    ]),
  );
}

/** Each volume after those in it, as the writer has them, so that ids are the same when it is read again. */
function inOrder(expanded: readonly ExpandedVolume[]): ExpandedVolume[] {
  const byName = new Map(expanded.map((volume) => [volume.name, volume]));
  const needs = (name: string): string[] => [
    ...new Set(byName.get(name)?.placed.map(({ volume }) => volume) ?? []),
  ];
  const order = acyclicOrder(byName.keys(), needs, (cycle) => {
    throw new Error(`volumes inside each other: ${cycle.join(' > ')}`);
  });
  return order.flatMap((name) => byName.get(name) ?? []);
}

/** Finds the placements that border surfaces name. */
export function linkBorders(
  draft: Draft,
  volumes: ReadonlyMap<string, Volume>,
  world: string,
  warnings: Warnings,
): BorderSurface[] {
  if (draft.borders.length === 0) return [];
  const index = new PhysvolIndex(volumes, world);
  return draft.borders.map(({ name, surface, from, to, xml }: DraftBorder) => ({
    name,
    surface,
    from: index.find(from, xml, warnings),
    to: index.find(to, xml, warnings),
  }));
}

class PhysvolIndex {
  readonly #byName = new Map<string, string[]>();
  readonly #byBareName = new Map<string, string[]>();
  readonly #byVolume = new Map<string, string[]>();
  readonly #ids = new Set([worldId]);
  readonly #world: string;

  constructor(volumes: ReadonlyMap<string, Volume>, world: string) {
    this.#world = world;
    for (const { placements } of volumes.values()) {
      for (const { id, name, volume } of placements) {
        this.#ids.add(id);
        push(this.#byName, name, id);
        push(this.#byBareName, stripPointer(name), id);
        push(this.#byVolume, `${stripPointer(volume)}_PV`, id);
      }
    }
  }

  /**
   * The id of the physical volume of that name: as it is written, as an id, without the pointers that Geant4's writer
   * appends, or by the name that Geant4 gives to a physvol without name (VOLUME_PV). Of several, the first, as Geant4.
   */
  find(name: string, xml: XmlElement, warnings: Warnings): string {
    const named = this.#byName.get(name);
    const bare = stripPointer(name);
    const candidates =
      named ??
      (this.#ids.has(name) ? [name] : undefined) ??
      this.#byBareName.get(bare) ??
      (name === this.#world || bare === `${stripPointer(this.#world)}_PV`
        ? [worldId]
        : undefined) ??
      this.#byVolume.get(bare);
    const [first, ...others] = candidates ?? [];
    if (first === undefined) {
      throw errorAt(xml, `there is no physvol ${name}`, {
        hint: suggestion(name, this.#byName.keys()),
      });
    }
    if (others.length > 0) {
      warnings.add(
        placeOf(xml),
        `there are ${others.length + 1} physvols ${name}: the surface is on the first`,
      );
    }
    return first;
  }
}

function push(map: Map<string, string[]>, key: string, id: string): void {
  const ids = map.get(key);
  if (ids) ids.push(id);
  else map.set(key, [id]);
}
