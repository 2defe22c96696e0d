import type { DichroicTable } from '../model/dichroic-table.ts';
import { checkDichroicTable } from '../surface-data/dichroic-table.ts';
import type { Matrix, Scope } from './scope.ts';
import { errorAt, suggestion, type XmlElement } from './xml-element.ts';

/** Lantern's own property of a surface: the table of a dichroic filter. */
export const dichroicProperty = 'DICHROIC';

const layout =
  'a first row of 0 and the angles of incidence in degrees, then rows of a wavelength in nm and the per cent let through at each angle';

/**
 * Reads `<property name="DICHROIC" ref="…"/>`: a matrix of 3 columns or more, {@link layout}. Geant4 has no place for
 * such tables in GDML.
 */
export function readDichroicProperty(xml: XmlElement, scope: Scope): DichroicTable {
  scope.expectAttributes(xml, new Set(['name', 'ref']));
  const ref = scope.reference(xml);
  const matrix = scope.matrices.get(ref);
  if (!matrix) {
    throw errorAt(xml, `there is no matrix ${ref}`, {
      hint: suggestion(ref, scope.matrices.keys()),
    });
  }
  const rows = matrix.values.length / matrix.columns;
  if (matrix.columns < 3 || rows < 3) {
    throw errorAt(xml, `the matrix ${ref} is no dichroic filter`, {
      given: `${matrix.columns} columns, ${rows} rows`,
      expected: `at least 3 of each: ${layout}`,
    });
  }
  return checkDichroicTable(tableOf(matrix, rows), (what, given, expected) => {
    throw errorAt(xml, what, { given, expected, hint: `the matrix ${ref} has ${layout}` });
  });
}

function tableOf({ columns, values }: Matrix, rows: number): DichroicTable {
  const wavelengths = Float64Array.from({ length: rows - 1 }, (_, i) => at(i + 1, 0));
  const angles = values.slice(1, columns);
  const transmitted = Float64Array.from({ length: angles.length * wavelengths.length }, (_, i) =>
    at(1 + (i % wavelengths.length), 1 + Math.floor(i / wavelengths.length)),
  );
  return { wavelengths, angles, transmitted };

  function at(row: number, column: number): number {
    return values[row * columns + column] ?? Number.NaN;
  }
}

/** The rows of the matrix that {@link readDichroicProperty} reads back to the same table. */
export function dichroicRows({ wavelengths, angles, transmitted }: DichroicTable): number[][] {
  const rows = Array.from(wavelengths, (wavelength, i) => [
    wavelength,
    ...Array.from(angles, (_, k) => transmitted[k * wavelengths.length + i] ?? 0),
  ]);
  return [[0, ...angles], ...rows];
}
