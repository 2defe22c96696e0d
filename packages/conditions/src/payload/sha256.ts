import { ConditionsError } from '../errors.ts';

/** SHA-256 of bytes, 64 lower-case hexadecimal digits. By the Web Crypto of Node and browsers. */
export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @throws ConditionsError `invalid` for what is no SHA-256: nothing else gets into a path or a key */
export function checkedSha256(sha256: string): string {
  if (/^[0-9a-f]{64}$/.test(sha256)) return sha256;
  throw new ConditionsError('invalid', {
    what: 'no SHA-256',
    given: `'${String(sha256).slice(0, 100)}'`,
    expected: '64 lower-case hexadecimal digits',
  });
}
