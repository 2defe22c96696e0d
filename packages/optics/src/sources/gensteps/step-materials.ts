import type { Detector, PropertyTable, Scene } from '@lantern/geometry';
import { wavelengthToEnergy } from '@lantern/units';
import { scintillationComponents } from '../gun/scintillator.ts';

/** A material of the scene as generation steps need it. */
export interface StepMaterial {
  readonly name: string;
  /** RINDEX; undefined where there is none. */
  readonly index?: PropertyTable | undefined;
  /** Decay time (ns) of each component with a spectrum, by component 1 to 3. */
  readonly decayTimes: ReadonlyMap<number, number>;
}

/** The materials of a scene, in the order of their indices. */
export function stepMaterials(
  detector: Detector,
  scene: Pick<Scene, 'materials'>,
): readonly StepMaterial[] {
  return scene.materials.map((name) => {
    const properties = detector.materials.get(name)?.properties;
    if (!properties) return { name, decayTimes: new Map() };
    const components = scintillationComponents(properties);
    return {
      name,
      index: properties.tables.get('RINDEX'),
      decayTimes: new Map(components.map(({ component, decayTime }) => [component, decayTime])),
    };
  });
}

/** The greatest value of a table between two wavelengths (nm), its end values outside it. */
export function greatestBetween(table: PropertyTable, low: number, high: number): number {
  const [from, to] = [wavelengthToEnergy(high), wavelengthToEnergy(low)];
  let greatest = Math.max(valueAt(table, from), valueAt(table, to));
  table.energies.forEach((energy, i) => {
    if (energy > from && energy < to) greatest = Math.max(greatest, table.values[i] ?? 0);
  });
  return greatest;
}

function valueAt({ energies, values }: PropertyTable, energy: number): number {
  const above = energies.findIndex((e) => e >= energy);
  if (above < 0) return values.at(-1) ?? 0;
  const [high = 0, last = 0] = [values[above], energies[above]];
  if (above === 0) return high;
  const [low = 0, first = 0] = [values[above - 1], energies[above - 1]];
  return last > first ? low + ((energy - first) / (last - first)) * (high - low) : high;
}
