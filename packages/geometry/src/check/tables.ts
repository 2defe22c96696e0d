import type { Detector } from '../model/detector.ts';
import {
  type OpticalPropertyName,
  opticalPropertyNamed,
  type PropertyOwner,
} from '../optical-property-names.ts';
import { type WrongKind, wrongKind } from '../wrong-kind.ts';
import { type Finding, placeOf, type Remark, rounded } from './finding.ts';
import { remarksOnEnergies, remarksOnKineticEnergies } from './table-energies.ts';
import { remarksOnValues } from './table-values.ts';

/** Values and energies of all properties of materials and surfaces. */
export function checkTables(detector: Detector): Finding[] {
  const materials = [...detector.materials.values()].flatMap(({ name, properties }) =>
    checkOwner({ of: 'material', properties }, placeOf(detector, 'material', name)),
  );
  const surfaces = [...detector.surfaces.values()].flatMap((surface) =>
    checkOwner({ ...surface, of: 'surface' }, placeOf(detector, 'surface', surface.name)),
  );
  return [...materials, ...surfaces];
}

function checkOwner(owner: PropertyOwner, thing: string): Finding[] {
  const { of, properties } = owner;
  const { tables, constants } = properties;
  const findings: Finding[] = [];
  const add = (name: string, remarks: readonly Remark[]): void => {
    findings.push(...remarks.map((remark) => ({ ...remark, where: `${thing} ${name}` })));
  };
  for (const [name, table] of tables) {
    const wrong = wrongKind(owner, name);
    const known = opticalPropertyNamed(of, name);
    const remarksOn = known?.byKineticEnergy ? remarksOnKineticEnergies : remarksOnEnergies;
    add(name, wrong ? remarkOnKind(wrong) : remarksOn(table));
    if (!wrong) add(name, remarksOnValues(table, name, known));
  }
  for (const [name, value] of constants) {
    const wrong = wrongKind(owner, name);
    const known = opticalPropertyNamed(of, name);
    add(name, wrong ? remarkOnKind(wrong) : remarksOnConstant(value, known));
  }
  return findings;
}

/** An error where a simulation stops at it. */
function remarkOnKind({ given, expected, isUsed }: WrongKind): Remark[] {
  const message = `It is ${given}; it must be ${expected}.`;
  return [{ kind: 'badValue', severity: isUsed ? 'error' : 'warning', message }];
}

function remarksOnConstant(value: number, known: OpticalPropertyName | undefined): Remark[] {
  const error = (message: string): Remark[] => [{ kind: 'badValue', severity: 'error', message }];
  if (!Number.isFinite(value)) return error('Not a number.');
  if (!known) return [];
  if (known.isFraction && !(value >= 0 && value <= 1)) {
    return error(`${rounded(value)}, outside 0 to 1.`);
  }
  // The mean cosines of Mie scattering may be negative.
  if (value < 0 && !known.name.startsWith('MIEHG')) {
    return error(`${rounded(value)} ${known.unit}`.trimEnd().concat(', below 0.'));
  }
  return [];
}
