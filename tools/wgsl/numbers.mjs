/** Numbers as WGSL writes them. */

/** What stands for infinity: WGSL's arithmetic may take no infinity for granted. */
export const far = 1e30;
/** The least number whose square does not vanish: f32 has no 1e-200. */
const least = 1e-36;

/** @param {number} value */
export function realLiteral(value) {
  const bounded = Math.abs(value) >= far ? Math.sign(value) * far : value;
  const seen = bounded !== 0 && Math.abs(bounded) < least ? Math.sign(bounded) * least : bounded;
  const text = shortest(seen);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** The fewest digits that give the same 32-bit number. @param {number} value */
function shortest(value) {
  const single = Math.fround(value);
  for (let digits = 1; digits < 10; digits++) {
    const text = String(Number(single.toPrecision(digits)));
    if (Math.fround(Number(text)) === single) return text;
  }
  return String(single);
}

/** A number as the sum of two of 32 bits. @param {number} value */
export function wideLiteral(value) {
  const bounded = Math.abs(value) >= far ? Math.sign(value) * far : value;
  const high = Math.fround(bounded);
  const rest = bounded - high;
  // Beside a number as large as infinity, and below the least one, there is nothing.
  const low = Math.abs(bounded) >= far || Math.abs(rest) < least ? 0 : rest;
  return `vec2f(${realLiteral(high)}, ${low === 0 ? '0.0' : realLiteral(low)})`;
}

/** @param {number} value */
export function isPowerOfTwo(value) {
  const exponent = Math.log2(Math.abs(value));
  return value !== 0 && Number.isInteger(exponent) && Math.abs(exponent) < 60;
}
