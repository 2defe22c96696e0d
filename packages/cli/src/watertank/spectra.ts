import type { PropertyTable } from '@lantern/geometry';
import { wavelengthToEnergy } from '@lantern/units';

/** The wavelengths (nm) that the example's tables span: where its photomultipliers see, and so where light is made. */
const spectralRange: readonly [shortest: number, longest: number] = [280, 700];

const knots = 43;

/**
 * A table of a property that is known as a function of wavelength: `knots` points of equal distance in wavelength.
 *
 * @param property of the wavelength in nm; in the property's own unit
 */
export function tabulate(property: (wavelength: number) => number): PropertyTable {
  const [shortest, longest] = spectralRange;
  const step = (longest - shortest) / (knots - 1);
  const wavelengths = Array.from({ length: knots }, (_, i) => longest - i * step);
  return {
    energies: Float64Array.from(wavelengths, (wavelength) => tidy(wavelengthToEnergy(wavelength))),
    values: Float64Array.from(wavelengths, (wavelength) => tidy(property(wavelength))),
  };
}

/** A property given at some wavelengths (nm, ascending), linear in between, its end values outside. */
export function through(
  points: readonly (readonly [wavelength: number, value: number])[],
): (wavelength: number) => number {
  return (wavelength) => {
    const above = points.findIndex(([x]) => x >= wavelength);
    const [x1, y1] = points[above] ?? points[points.length - 1] ?? [0, 0];
    const [x0, y0] = points[above - 1] ?? [x1, y1];
    return x1 === x0 ? y1 : y0 + ((y1 - y0) * (wavelength - x0)) / (x1 - x0);
  };
}

/** A property that is the same at all wavelengths. */
export function flat(value: number): PropertyTable {
  const [shortest, longest] = spectralRange;
  return {
    energies: Float64Array.of(
      tidy(wavelengthToEnergy(longest)),
      tidy(wavelengthToEnergy(shortest)),
    ),
    values: Float64Array.of(value, value),
  };
}

/** Eight digits: enough for any of these numbers, and a file that people can read. */
function tidy(value: number): number {
  return Number(value.toPrecision(8));
}
