import { createHash, randomBytes } from 'node:crypto';

/** Before the random part, so that a token is known as one wherever it turns up. */
const prefix = 'lantern_';

/** @returns a new bearer token: 256 random bits, in base64url after `lantern_` */
export function makeToken(): string {
  return prefix + randomBytes(32).toString('base64url');
}

/** @returns whether a bearer token is one of Lantern's own and not one of an OpenID provider */
export function isOwnToken(token: string): boolean {
  return /^lantern_[\w-]{43}$/.test(token);
}

/**
 * What is stored of a token, 64 hexadecimal digits. Plain SHA-256 does: nobody guesses 256 random bits, so that there
 * is nothing for a slow hash to slow down.
 */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
