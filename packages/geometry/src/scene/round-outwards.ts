const word = new Float32Array(1);

/** A 32-bit float not above x, the nearest or the one below it. */
export function roundDown(x: number): number {
  word[0] = x;
  const rounded = word[0];
  return rounded <= x ? rounded : rounded - Math.abs(rounded) * 2 ** -23;
}

/** A 32-bit float not below x, the nearest or the one above it. */
export function roundUp(x: number): number {
  return -roundDown(-x);
}
