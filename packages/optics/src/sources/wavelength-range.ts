import { type Detector, opticalPropertyNamed, type PropertyTable } from '@lantern/geometry';
import { energyToWavelength } from '@lantern/units';

/** Wavelengths from `low` to `high`, nm. */
export interface WavelengthRange {
  readonly low: number;
  readonly high: number;
}

/**
 * The wavelengths that some table of the detector says something about: from the shortest to the longest of all
 * tables of materials and surfaces. Undefined where there are none but constants.
 */
export function wavelengthRange(detector: Detector): WavelengthRange | undefined {
  let [least, greatest] = [Number.POSITIVE_INFINITY, 0];
  for (const { energies } of tablesOf(detector)) {
    if (energies.length < 2) continue;
    least = Math.min(least, energies[0] ?? least);
    greatest = Math.max(greatest, energies.at(-1) ?? greatest);
  }
  if (!(least < greatest)) return undefined;
  return { low: energyToWavelength(greatest), high: energyToWavelength(least) };
}

function* tablesOf({ materials, surfaces }: Detector): Iterable<PropertyTable> {
  for (const { properties } of materials.values())
    for (const [name, table] of properties.tables)
      if (!opticalPropertyNamed('material', name)?.byKineticEnergy) yield table;
  for (const { properties } of surfaces.values()) yield* properties.tables.values();
}

/** Table ends and 32-bit wavelengths are rounded. */
const rounding = 1e-5;

/** Whether the wavelength (nm) is in the range; any is, where there is none. */
export function isWithin(range: WavelengthRange | undefined, wavelength: number): boolean {
  if (!range) return true;
  return wavelength >= range.low * (1 - rounding) && wavelength <= range.high * (1 + rounding);
}

/** The range as a message says it: `200 to 800 nm`. */
export function rangeInWords({ low, high }: WavelengthRange): string {
  return `${Number(low.toPrecision(5))} to ${Number(high.toPrecision(5))} nm`;
}
