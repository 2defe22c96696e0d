import { join } from 'node:path';
import type { Role, TokenFile } from '@lantern/server';
import { nearest } from '@lantern/units';
import { UsageError } from '../errors.ts';

/** The tokens of the server whose state is in a folder. */
export async function tokensOf(home: string): Promise<TokenFile> {
  const { TokenFile } = await import('@lantern/server');
  return new TokenFile(join(home, 'server', 'tokens.json'));
}

/** @throws UsageError for words that are no roles */
export async function parseRoles(text: string): Promise<readonly Role[]> {
  const { isRole } = await import('@lantern/server');
  const words = text.split(',').map((word) => word.trim());
  return words.map((word) => {
    if (isRole(word)) return word;
    const near = nearest(word, ['reader', 'writer:*', 'publisher', 'admin']);
    throw new UsageError({
      what: 'no role',
      given: `'${word}'`,
      expected: 'reader, writer:TYPE, writer:*, publisher or admin',
      hint: near ? `did you mean ${near}?` : undefined,
    });
  });
}

const units: Readonly<Record<string, number>> = { h: 3600e3, d: 86_400e3, w: 7 * 86_400e3 };

/**
 * @param text `12h`, `90d`, `52w`, `never`, or a date in ISO 8601
 * @returns undefined for never
 */
export function parseExpiry(text: string, now: Date = new Date()): Date | undefined {
  if (text === 'never') return undefined;
  const span = /^(\d{1,5})([hdw])$/.exec(text);
  if (span) return new Date(now.getTime() + Number(span[1]) * (units[span[2] ?? ''] ?? 0));
  const date = /^\d{4}-\d\d-\d\d/.test(text) ? new Date(text) : undefined;
  if (date && date.getTime() > now.getTime()) return date;
  throw new UsageError({
    what: 'no time in the future',
    where: '--expires',
    given: `'${text}'`,
    expected: '12h, 90d, 52w, never, or a date such as 2030-01-31',
  });
}
