import { energyToWavelength } from '@lantern/units';
import type { PropertyTable } from '../model/property-table.ts';

/** A photon energy (MeV) as its wavelength: `420 nm`. */
export function wavelengthInWords(energy: number): string {
  return `${Number(energyToWavelength(energy).toPrecision(4))} nm`;
}

/** A range of photon energies, MeV. */
export interface EnergyRange {
  readonly low: number;
  readonly high: number;
}

/** The energies that the table has values for; undefined for an empty one. */
export function rangeOf({ energies }: PropertyTable): EnergyRange | undefined {
  const [low, high] = [energies[0], energies.at(-1)];
  return low === undefined || high === undefined ? undefined : { low, high };
}

/** The energies at which a spectrum emits: from the point before the first value above 0 to the one after the last. */
export function emissionRange({ energies, values }: PropertyTable): EnergyRange | undefined {
  const first = values.findIndex((value) => value > 0);
  if (first < 0) return undefined;
  const last = values.findLastIndex((value) => value > 0);
  const low = energies[Math.max(0, first - 1)];
  const high = energies[Math.min(energies.length - 1, last + 1)];
  return low === undefined || high === undefined ? undefined : { low, high };
}

/** `330 to 700 nm`. */
export function rangeInWords({ low, high }: EnergyRange): string {
  const [short, long] = [energyToWavelength(high), energyToWavelength(low)];
  return `${Number(short.toPrecision(4))} to ${Number(long.toPrecision(4))} nm`;
}
