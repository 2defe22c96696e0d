const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Lower-case hexadecimal digits of some of the bytes. */
export function bytesToHex(bytes: Uint8Array, start: number, length: number): string {
  let text = '';
  for (let i = start; i < start + length; i++) text += digits[bytes[i]!];
  return text;
}

/**
 * Writes hexadecimal digits as bytes.
 *
 * @returns whether they were `2 * length` lower-case digits, and no others
 */
export function hexToBytes(
  text: string,
  bytes: Uint8Array,
  start: number,
  length: number,
): boolean {
  if (text.length !== 2 * length) return false;
  for (let i = 0; i < length; i++) {
    const upper = nibble(text.charCodeAt(2 * i));
    const lower = nibble(text.charCodeAt(2 * i + 1));
    if (upper < 0 || lower < 0) return false;
    bytes[start + i] = 16 * upper + lower;
  }
  return true;
}

function nibble(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  return code >= 97 && code <= 102 ? code - 87 : -1;
}
