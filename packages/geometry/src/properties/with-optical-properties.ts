import { nearest } from '@lantern/units';
import { GeometryError } from '../errors.ts';
import type { Detector } from '../model/detector.ts';
import type { OpticalProperties } from '../model/property-table.ts';
import type { OpticalPropertyChanges } from './optical-properties-document.ts';

/**
 * The detector with some optical properties of its materials and surfaces replaced: those that `changes` names. A
 * RINDEX without GROUPVEL takes the detector's own GROUPVEL away, which belonged to the old index.
 *
 * @param where name of the changes for errors: a calibration
 * @throws GeometryError for a material or surface that the detector does not have
 */
export function withOpticalProperties(
  detector: Detector,
  changes: OpticalPropertyChanges,
  where: string,
): Detector {
  return {
    ...detector,
    materials: replaced(detector.materials, changes.materials, 'material', where),
    surfaces: replaced(detector.surfaces, changes.surfaces, 'surface', where),
  };
}

function replaced<T extends { readonly properties: OpticalProperties }>(
  owners: ReadonlyMap<string, T>,
  changes: ReadonlyMap<string, OpticalProperties>,
  what: string,
  where: string,
): ReadonlyMap<string, T> {
  const all = new Map(owners);
  for (const [name, properties] of changes) {
    const owner = owners.get(name);
    if (!owner) {
      const near = nearest(name, [...owners.keys()]);
      throw new GeometryError({
        what: `the detector has no such ${what}`,
        where,
        given: `'${name}'`,
        expected: [...owners.keys()].join(', '),
        hint: near ? `did you mean '${near}'?` : undefined,
      });
    }
    all.set(name, { ...owner, properties: joined(owner.properties, properties) });
  }
  return all;
}

function joined(old: OpticalProperties, changes: OpticalProperties): OpticalProperties {
  const tables = new Map([...old.tables, ...changes.tables]);
  if (changes.tables.has('RINDEX') && !changes.tables.has('GROUPVEL')) tables.delete('GROUPVEL');
  return { tables, constants: new Map([...old.constants, ...changes.constants]) };
}
