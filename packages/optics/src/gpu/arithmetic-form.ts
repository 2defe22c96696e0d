/** What a device does with the arithmetic of wide.wgsl; see its head and WIDE7 of SPEC.md. */
export interface ArithmeticForm {
  /** fma() rounds once. */
  readonly fused: boolean;
  /**
   * What must be hidden from the compiler: nothing, the first sum of each operation (it simplifies `1 + x - 1`, and no
   * more), or all sums.
   */
  readonly guarded: boolean | 'first';
}

/**
 * The text of wide.wgsl, or of a module that uses its `exactly` and `productError`, in the form for a device. Lines stay
 * where they are.
 *
 * @param text in its own form, which is neither fused nor without guard
 */
export function inForm(text: string, { fused, guarded }: ArithmeticForm): string {
  const shown = guarded === true ? text : withLessHidden(text, guarded);
  if (!fused) return shown;
  return shown
    .replaceAll(/productError\(([\w.]+), ([\w.]+), (\w+)\)/g, 'fma($1, $2, -$3)')
    .replaceAll(/squareError\(([\w.]+), (\w+)\)/g, 'fma($1, $1, -$2)');
}

/** Without calls, which cost as much as what they hide. */
function withLessHidden(text: string, guarded: false | 'first'): string {
  const hiding = guarded ? '= bitcast<f32>(bitcast<u32>($1) ^ unknowable);' : '= $1;';
  return text.replaceAll(/= hidden\((.*)\);/g, hiding).replaceAll(/(?<!fn )exactly\(/g, '(');
}
