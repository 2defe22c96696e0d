import { FormatError } from '@lantern/formats';
import type { DichroicTable } from '../model/dichroic-table.ts';
import { checkDichroicTable } from './dichroic-table.ts';

/** More points than any filter is measured at. */
const mostValues = 4_000_000;
const layout =
  'a first line «4 WAVELENGTHS ANGLES» with their numbers, then the wavelengths in nm, the angles in degrees, and for each angle the per cent let through at each wavelength';

/**
 * The table of a dichroic filter in the text that Geant4 reads where G4DICHROICDATA says: the numbers of
 * G4Physics2DVector::Retrieve, with white space between them. The files of ratpac-two are of this form.
 *
 * @param file its name, for errors
 * @throws FormatError that names the file, the number and what was expected
 */
export function parseDichroicText(text: string, file: string): DichroicTable {
  const fail = (what: string, given?: string, expected: string = layout): never => {
    throw new FormatError({ what, where: file, given, expected });
  };
  const words = text.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return fail('there are no numbers in it');
  const values = Float64Array.from(words, (word, i) => {
    const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word) ? Number(word) : Number.NaN;
    return Number.isFinite(value)
      ? value
      : fail('not a number', `${JSON.stringify(word.slice(0, 20))} as value ${i + 1}`);
  });
  const [type = -1, columns = 0, rows = 0] = values;
  const isCount = (n: number): boolean => Number.isInteger(n) && n >= 2 && n <= mostValues;
  if (!Number.isInteger(type) || !isCount(columns) || !isCount(rows)) {
    return fail('not the beginning of a dichroic filter', words.slice(0, 3).join(' '));
  }
  const needed = 3 + columns + rows + columns * rows;
  if (columns * rows > mostValues) {
    return fail('too large', `${columns} x ${rows}`, `at most ${mostValues} values`);
  }
  if (values.length !== needed) {
    const expected = `${needed} for ${columns} wavelengths and ${rows} angles`;
    return fail('not the right number of values', `${values.length}`, expected);
  }
  const table = {
    wavelengths: values.slice(3, 3 + columns),
    angles: values.slice(3 + columns, 3 + columns + rows),
    transmitted: values.slice(3 + columns + rows),
  };
  return checkDichroicTable(table, fail);
}
