import type { Head } from '@lantern/conditions';
import type { Context } from 'hono';
import type { RequestEnv } from '../http/guards.ts';

/** What a cache is told of an answer. */
export interface Lasting {
  /** Whether it can never change: its URL names the moment or the published tags that it knows of. */
  readonly forever: boolean;
  /** Names this state of what the URL names, among all that there ever are. */
  readonly etag: string;
  /** Seconds that proxies may answer without asking, where it is not for ever; default 0. */
  readonly maxAge?: number | undefined;
  /** The one URL of all questions that have this answer. */
  readonly canonical?: string | undefined;
  /** Positions that have this answer: `2003-01-10T14:00:00Z/2003-01-10T15:00:00Z`, `open` for an end that is. */
  readonly validity?: string | undefined;
}

const oneYear = 31_536_000;

/** @returns an ETag for answers that depend on all that the log has until now */
export function etagOfHead({ seq, at }: Head): string {
  return `"${seq}.${at.toString(36)}"`;
}

/** @returns whether a client that asks has this state already */
export function hasAlready(c: Context<RequestEnv>, etag: string): boolean {
  const given = c.req.header('if-none-match');
  if (given === undefined) return false;
  return given
    .split(',')
    .some((tag) => tag.trim().replace(/^W\//, '') === etag || tag.trim() === '*');
}

/**
 * The headers of an answer: what is for ever is `immutable`, all else is asked for again with its ETag. What not everybody
 * may read is kept by no proxy.
 */
export function cacheHeaders(isPublic: boolean, lasting: Lasting): Record<string, string> {
  const who = isPublic ? 'public' : 'private';
  return {
    etag: lasting.etag,
    'cache-control': `${who}, ${
      lasting.forever
        ? `max-age=${oneYear}, immutable`
        : lasting.maxAge
          ? `s-maxage=${lasting.maxAge}, max-age=0`
          : 'no-cache'
    }`,
    ...(isPublic ? {} : { vary: 'Authorization' }),
    ...(lasting.canonical === undefined ? {} : { 'content-location': lasting.canonical }),
    ...(lasting.validity === undefined ? {} : { 'lantern-validity': lasting.validity }),
  };
}

/** Nothing new. */
export function notModified(isPublic: boolean, lasting: Lasting): Response {
  return new Response(null, { status: 304, headers: cacheHeaders(isPublic, lasting) });
}

/** @param body JSON as text, or as UTF-8 */
export function jsonAnswer(
  isPublic: boolean,
  lasting: Lasting,
  body: string | Uint8Array<ArrayBuffer>,
): Response {
  return new Response(body, {
    headers: { 'content-type': 'application/json', ...cacheHeaders(isPublic, lasting) },
  });
}
