import { LanternError } from './errors.ts';
import { nearest } from './nearest.ts';
import { type Unit, type UnitCategory, unitTable } from './unit-table.ts';

/**
 * The unit of that name.
 *
 * @param name as in CLHEP, Geant4 or GDML: `mm`, `degree`, `g/cm3`
 * @param options category: what it must measure; where: file and line, for the error
 * @throws {LanternError} when there is no such unit, or it measures something else
 * @example
 * ```ts
 * unit('cm').value; // => 10
 * ```
 */
export function unit(
  name: string,
  options: { readonly category?: UnitCategory; readonly where?: string } = {},
): Unit {
  const { category, where } = options;
  const found = unitTable.get(name.trim());
  if (found && (category === undefined || found.category === category)) return found;
  const available = [...unitTable]
    .filter(([, { category: c }]) => !category || c === category)
    .map(([n]) => n);
  const near = nearest(name.trim(), available);
  throw new LanternError({
    what: found ? `unit of ${found.category} where one of ${category} is needed` : 'unknown unit',
    where,
    given: `'${name}'`,
    expected: category ? `one of ${available.join(', ')}` : undefined,
    hint: near && !found ? `did you mean '${near}'?` : undefined,
  });
}
