import type { DichroicTable } from '../model/dichroic-table.ts';

/**
 * Checks a table: at least two points along each axis, ascending and positive, every value a number.
 *
 * @param fail throws an error of the place that the table comes from
 */
export function checkDichroicTable(
  table: DichroicTable,
  fail: (what: string, given: string, expected: string) => never,
): DichroicTable {
  const { wavelengths, angles, transmitted } = table;
  checkAxis(wavelengths, 'wavelengths', 'nm', 1e-3, 1e9, fail);
  checkAxis(angles, 'angles of incidence', 'degrees', 0, 90, fail);
  const wrong = transmitted.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    const wavelength = wavelengths[wrong % wavelengths.length];
    const angle = angles[Math.floor(wrong / wavelengths.length)];
    const given = `${transmitted[wrong]} at ${wavelength} nm, ${angle} degrees`;
    return fail('a value of the dichroic filter', given, 'per cent of the light let through');
  }
  return table;
}

function checkAxis(
  values: Float64Array,
  name: string,
  unit: string,
  low: number,
  high: number,
  fail: (what: string, given: string, expected: string) => never,
): void {
  const what = `the ${name} of the dichroic filter`;
  const expected = `at least 2, ascending, from ${low} to ${high} ${unit}`;
  if (values.length < 2) fail(what, `${values.length} of them`, expected);
  values.forEach((value, i) => {
    const before = values[i - 1];
    if (!(value >= low && value <= high)) fail(what, `${value} ${unit}`, expected);
    if (before !== undefined && value <= before) {
      fail(what, `${value} ${unit} after ${before} ${unit}`, expected);
    }
  });
}

/** What is doubtful in the values, in words; the surface is named by whoever asks. */
export function dichroicRemarks({ transmitted }: DichroicTable): string[] {
  let [outside, largest] = [0, 0];
  for (const value of transmitted) {
    if (value < 0 || value > 100) outside++;
    largest = Math.max(largest, value);
  }
  const remarks: string[] = [];
  if (outside > 0) {
    remarks.push(
      `${outside} of the ${transmitted.length} values of the dichroic filter are below 0 or above 100 per cent: taken as 0 and 100, as Geant4 does.`,
    );
  }
  if (largest <= 1) {
    remarks.push(
      `The dichroic filter lets through ${largest} per cent at most: are its values fractions? They must be per cent.`,
    );
  }
  return remarks;
}
