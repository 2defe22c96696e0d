/** What a device does with the arithmetic of wide.wgsl; see its head and WIDE7 of SPEC.md. */
export interface ArithmeticForm {
  /** fma() rounds once. */
  readonly fused: boolean;
  /** Sums must be hidden from the compiler. */
  readonly guarded: boolean;
}

/**
 * The text of wide.wgsl, or of a module that uses its `exactly` and `productError`, in the form for a device. Lines stay
 * where they are.
 *
 * @param text in its own form, which is neither fused nor without guard
 */
export function inForm(text: string, { fused, guarded }: ArithmeticForm): string {
  const shown = guarded ? text : text.replaceAll(/(?<!fn )exactly\(/g, '(');
  if (!fused) return shown;
  return shown
    .replaceAll(/productError\(([\w.]+), ([\w.]+), (\w+)\)/g, 'fma($1, $2, -$3)')
    .replaceAll(/squareError\(([\w.]+), (\w+)\)/g, 'fma($1, $1, -$2)');
}
