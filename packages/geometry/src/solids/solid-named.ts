import { nearest } from '@lantern/units';
import { GeometryError } from '../errors.ts';
import type { Solid } from '../model/solid.ts';

/**
 * The solid of that name.
 *
 * @param path names of the solids that led here, outermost first: a boolean refers to others by name
 * @throws {GeometryError} when there is none, or it contains itself
 */
export function solidNamed(
  solids: ReadonlyMap<string, Solid>,
  name: string,
  path: readonly string[] = [],
): Solid {
  const solid = solids.get(name);
  if (path.includes(name)) {
    throw new GeometryError({
      what: 'a solid contains itself',
      where: `solid '${name}'`,
      given: [...path, name].join(' > '),
    });
  }
  if (solid) return solid;
  const near = nearest(name, solids.keys());
  throw new GeometryError({
    what: 'no such solid',
    where: path.length > 0 ? `solid '${path.at(-1)}'` : undefined,
    given: `'${name}'`,
    expected: `one of the ${solids.size} solids of the detector`,
    hint: near ? `did you mean '${near}'?` : undefined,
  });
}
