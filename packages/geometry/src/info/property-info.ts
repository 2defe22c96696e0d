import { energyToWavelength } from '@lantern/units';
import { dichroicProperty } from '../gdml/dichroic-property.ts';
import type { DichroicTable } from '../model/dichroic-table.ts';
import type { OpticalProperties } from '../model/property-table.ts';
import { opticalPropertyNamed } from '../optical-property-names.ts';
import type { PropertyInfo } from './geometry-info.ts';

/** The properties of a material or surface, tables first, each in the order of the file. */
export function describeProperties(
  of: 'material' | 'surface',
  { tables, constants }: OpticalProperties,
): PropertyInfo[] {
  const unitOf = (name: string): string => opticalPropertyNamed(of, name)?.unit ?? '';
  return [
    ...[...tables].map(([name, { energies, values }]): PropertyInfo => {
      const [lowest, highest] = [energies[0], energies.at(-1)];
      return {
        ...{ name, unit: unitOf(name), points: energies.length },
        ...(lowest && highest && !opticalPropertyNamed(of, name)?.byKineticEnergy
          ? { wavelengths: [energyToWavelength(highest), energyToWavelength(lowest)] as const }
          : {}),
        values: [Math.min(...values), Math.max(...values)],
      };
    }),
    ...[...constants].map(
      ([name, value]): PropertyInfo => ({ name, unit: unitOf(name), values: [value, value] }),
    ),
  ];
}

/** What a dichroic filter lets through, as a property. */
export function describeDichroic({ wavelengths, transmitted }: DichroicTable): PropertyInfo {
  return {
    ...{ name: dichroicProperty, unit: '%', points: transmitted.length },
    wavelengths: [wavelengths[0] ?? 0, wavelengths.at(-1) ?? 0],
    values: [
      transmitted.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
      transmitted.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
    ],
  };
}
