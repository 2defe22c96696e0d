import { speedOfLight } from '@lantern/units';
import type { PropertyTable } from '../model/property-table.ts';

/**
 * The group velocity (mm/ns) of a refractive index, c / (n + dn/d ln E), as Geant4 tabulates it: at the first energy,
 * half way between neighbours but the last two, and at the last energy. [TAB4]
 *
 * Source: G4MaterialPropertiesTable::CalculateGROUPVEL of Geant4 11.
 */
export function groupVelocity({ energies, values }: PropertyTable): PropertyTable {
  const count = energies.length;
  const point = (i: number): readonly [number, number] => [energies[i] ?? 0, values[i] ?? 1];
  if (count < 2) {
    const [energy, index] = point(0);
    return { energies: Float64Array.of(energy), values: Float64Array.of(speedOfLight / index) };
  }
  const slope = (i: number): number => {
    const [[low, from], [high, to]] = [point(i), point(i + 1)];
    return (to - from) / Math.log(high / low);
  };
  const [firstEnergy, firstIndex] = point(0);
  const [lastEnergy, lastIndex] = point(count - 1);
  const at = [firstEnergy];
  const velocities = [velocity(firstIndex, slope(0))];
  for (let i = 0; i < count - 2; i++) {
    const [[low, from], [high, to]] = [point(i), point(i + 1)];
    at.push(0.5 * (low + high));
    velocities.push(velocity(0.5 * (from + to), slope(i)));
  }
  at.push(lastEnergy);
  velocities.push(velocity(lastIndex, slope(count - 2)));
  return { energies: Float64Array.from(at), values: Float64Array.from(velocities) };
}

/** c / (n + s), but c / n where the dispersion is anomalous: faster than c/n or backward (Geant4 bug 741). */
function velocity(index: number, slope: number): number {
  const group = speedOfLight / (index + slope);
  return group < 0 || group > speedOfLight / index ? speedOfLight / index : group;
}
