import { GeometryError } from '../errors.ts';
import { acyclicOrder } from '../gdml/acyclic-order.ts';
import type { Solid } from '../model/solid.ts';
import { partNames } from './part-names.ts';
import { solidNamed } from './solid-named.ts';

/** No solid has so many parts: written out, a few solids that use each other twice would be without end. */
const MOST_PARTS = 1_000_000;

/**
 * A solid and all that it is made of, each once, after its own parts; without recursion, however deep they are nested.
 *
 * @throws {GeometryError} when a solid is missing or contains itself
 */
export function partsFirst(solids: ReadonlyMap<string, Solid>, name: string): readonly Solid[] {
  const order = acyclicOrder(
    [name],
    (whole) => {
      const parts = partNames(solidNamed(solids, whole));
      for (const part of parts) if (!solids.has(part)) solidNamed(solids, part, [whole]);
      return parts;
    },
    (cycle) => {
      throw new GeometryError({
        what: 'a solid contains itself',
        where: `solid '${cycle[0]}'`,
        given: cycle.join(' > '),
      });
    },
  );
  return order.map((part) => solidNamed(solids, part));
}

/**
 * How many primitives there are in the last of the solids, each counted wherever it is used.
 *
 * @param order as {@link partsFirst} gives it
 * @throws {GeometryError} when there are more than a million
 */
export function partCount(order: readonly Solid[]): number {
  const counts = new Map<string, number>();
  let count = 0;
  for (const solid of order) {
    const parts = partNames(solid);
    count = parts.length === 0 ? 1 : parts.reduce((sum, part) => sum + (counts.get(part) ?? 1), 0);
    if (count > MOST_PARTS)
      throw new GeometryError({
        what: `<${solid.type} name="${solid.name}"> has too many parts`,
        expected: `at most ${MOST_PARTS}`,
      });
    counts.set(solid.name, count);
  }
  return count;
}
