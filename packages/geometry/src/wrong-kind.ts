import { opticalPropertyNamed, type PropertyOwner } from './optical-property-names.ts';

/** A property that is given as a table and must be a number, or the other way round. */
export interface WrongKind {
  readonly name: string;
  readonly given: string;
  readonly expected: string;
  /** Whether Lantern would use it here, were it right. */
  readonly isUsed: boolean;
}

/** Whether a known property is of the wrong kind in its owner: Geant4 keeps the two kinds apart, and finds neither there. */
export function wrongKind(owner: PropertyOwner, name: string): WrongKind | undefined {
  const known = opticalPropertyNamed(owner.of, name);
  if (!known) return undefined;
  const isUsed = known.usedSince !== undefined && (known.acts?.(owner) ?? true);
  const { tables, constants } = owner.properties;
  const [table, constant] = [tables.get(name), constants.get(name)];
  if (known.kind === 'table' && constant !== undefined) {
    const expected = 'a table against photon energy (two columns)';
    return { name, given: `a single number, ${constant}`, expected, isUsed };
  }
  if (known.kind === 'constant' && table !== undefined) {
    const rows = table.energies.length;
    const given = `a table of ${rows} ${rows === 1 ? 'row' : 'rows'}`;
    return { name, given, expected: 'a single number (one column)', isUsed };
  }
  return undefined;
}
