import type { Detector } from '../model/detector.ts';
import type { PropertyTable } from '../model/property-table.ts';
import { type OpticalSurface, simulatedTypes } from '../model/surface.ts';
import { hasComplexIndex, isThinFilm } from '../optical-property-names.ts';
import { isMeasured } from '../scene/measured-surface.ts';
import { type Finding, placeOf, type Remark, rounded } from './finding.ts';
import { wavelengthInWords } from './wavelengths.ts';

/** Finish, model and properties of each optical surface: whether they can work together. */
export function checkSurfaces(detector: Detector): Finding[] {
  return [...detector.surfaces.values()].flatMap((surface) => {
    const where = placeOf(detector, 'surface', surface.name);
    return [
      ...remarksOnFinish(surface),
      ...remarksOnReflection(surface),
      ...remarksOnDetection(surface),
    ].map((remark): Finding => ({ ...remark, where }));
  });
}

const simulatedModels = ['glisur', 'unified'];

function remarksOnFinish({
  model,
  type,
  finish,
  value,
  properties: { tables },
}: OpticalSurface): Remark[] {
  const remarks: Remark[] = [];
  const add = (kind: Remark['kind'], severity: Remark['severity'], message: string): void => {
    remarks.push({ kind, severity, message });
  };
  const isTable = isMeasured({ type });
  if (!isTable && !(simulatedModels.includes(model) && simulatedTypes.includes(type))) {
    const message =
      type === 'firsov' || type === 'x_ray'
        ? `Type ${type} is not for optical photons: \`lantern simulate\` stops at it.`
        : `Model ${model}, type ${type} is not simulated: \`lantern simulate\` stops at it.`;
    add('notSimulated', 'warning', message);
  }
  if (finish.endsWith('backpainted') && !tables.has('RINDEX')) {
    const message = `Finish ${finish} needs the surface's own RINDEX, of the gap before the paint: without it every photon stops here.`;
    add('surfaceCannotWork', 'error', message);
  }
  if (isTable) return remarks;
  if (model === 'glisur' && !(value >= 0 && value <= 1)) {
    const message = `For glisur the value is the polish, 0 (rough) to 1 (smooth), and it is ${rounded(value)}.`;
    add('badValue', 'error', message);
  }
  if (model === 'unified' && !(value >= 0 && value <= Math.PI / 2)) {
    const hint = value > 0 ? ': was it meant in degrees?' : ', below 0.';
    const message = `For unified the value is sigma_alpha in rad, and it is ${rounded(value)}${hint}`;
    add('badValue', value > 0 ? 'warning' : 'error', message);
  }
  return remarks;
}

/** Lobe, spike and backscatter are shares of one reflection; what is left of 1 is Lambertian. */
function remarksOnReflection({ properties: { tables } }: OpticalSurface): Remark[] {
  const shares = ['SPECULARLOBECONSTANT', 'SPECULARSPIKECONSTANT', 'BACKSCATTERCONSTANT']
    .map((name) => tables.get(name))
    .filter((table) => table !== undefined);
  const lobes = exceedsOne(shares);
  const passing = exceedsOne(
    ['REFLECTIVITY', 'TRANSMITTANCE'].map((n) => tables.get(n)).filter((t) => t !== undefined),
  );
  const remarks: Remark[] = [];
  if (lobes) {
    const message = `The shares of lobe, spike and backscatter sum to ${lobes}: above 1.`;
    remarks.push({ kind: 'badValue', severity: 'error', message });
  }
  if (passing) {
    const message = `REFLECTIVITY and TRANSMITTANCE sum to ${passing}: above 1, so that nothing is absorbed there.`;
    remarks.push({ kind: 'badValue', severity: 'warning', message });
  }
  return remarks;
}

function exceedsOne(tables: readonly PropertyTable[]): string | undefined {
  if (tables.length < 2) return undefined;
  const energies = tables.flatMap((table) => [...table.energies]);
  let worst: { energy: number; sum: number } | undefined;
  for (const energy of energies) {
    const sum = tables.reduce((total, table) => total + valueAt(table, energy), 0);
    if (sum > 1 + 1e-9 && sum > (worst?.sum ?? 0)) worst = { energy, sum };
  }
  return worst && `${rounded(worst.sum)} at ${wavelengthInWords(worst.energy)}`;
}

/** Linear between points, the end values outside. */
function valueAt({ energies, values }: PropertyTable, energy: number): number {
  const above = energies.findIndex((e) => e >= energy);
  if (above < 0) return values.at(-1) ?? 0;
  if (above === 0) return values[0] ?? 0;
  const [e0 = 0, e1 = 0] = [energies[above - 1], energies[above]];
  const [v0 = 0, v1 = 0] = [values[above - 1], values[above]];
  return v0 + ((energy - e0) / (e1 - e0)) * (v1 - v0);
}

/** Detected is a part of absorbed, and absorbed is what REFLECTIVITY (1 where not given) leaves. */
function remarksOnDetection(surface: OpticalSurface): Remark[] {
  const { type, properties } = surface;
  const { tables } = properties;
  const owner = { ...surface, of: 'surface' } as const;
  // There the layers say what is absorbed.
  if (surface.type === 'coated' || isThinFilm(owner) || hasComplexIndex(owner)) return [];
  const efficiency = tables.get('EFFICIENCY');
  // What the tables of Davis do not reflect is absorbed; that a filter has no EFFICIENCY is told as not used.
  if (!efficiency || type === 'dielectric_LUTDAVIS' || type === 'dielectric_dichroic') return [];
  const never = (message: string): Remark[] => [
    { kind: 'neverDetects', severity: 'warning', message },
  ];
  // Zeros say in so many words that this is no sensor.
  if (efficiency.values.every((value) => value === 0)) return [];
  const reflectivity = tables.get('REFLECTIVITY');
  if (!reflectivity) {
    return never(
      'EFFICIENCY without REFLECTIVITY: Geant4 takes REFLECTIVITY as 1 where it is not given, so that nothing is absorbed and nothing detected (Opticks takes it as 0). Give it a REFLECTIVITY of 0.',
    );
  }
  if (reflectivity?.values.every((value) => value === 1)) {
    return never('EFFICIENCY with REFLECTIVITY 1: nothing is absorbed, so nothing is detected.');
  }
  return [];
}
