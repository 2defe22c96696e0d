import { randomUUID } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { apiRoot } from '@lantern/conditions';
import type { Context, MiddlewareHandler } from 'hono';
import type { AuditLog, AuditRecord } from '../audit/audit-log.ts';
import { ServerError } from '../errors.ts';
import { anonymous, type Identity } from '../identity/identity.ts';
import { OpenId } from '../identity/open-id.ts';
import { isOwnToken } from '../identity/token.ts';
import type { TokenFile } from '../identity/token-file.ts';
import { RateLimit } from '../limits/rate-limit.ts';
import type { ServerSettings } from './settings.ts';

/** What the handlers of a request know of it. */
export interface RequestEnv {
  Bindings: Partial<HttpBindings>;
  Variables: {
    /** Who asks. */
    identity: Identity;
    /** From where: an IP address, `local` without a socket. */
    address: string;
  };
}

/** Refuses all changes: a mirror has what another server has. */
export function unchanging(mirrorOf: string): MiddlewareHandler<RequestEnv> {
  return async (c, next) => {
    if (changes(c))
      throw new ServerError('forbidden', {
        what: 'this server is a mirror and changes nothing itself',
        hint: `send changes to ${mirrorOf}`,
      });
    await next();
  };
}

/** Identifies who asks, and counts: before any handler. */
export function identifyAndLimit(
  settings: ServerSettings,
  tokens: TokenFile | undefined,
): MiddlewareHandler<RequestEnv> {
  const openId = new OpenId(settings.issuers);
  const reads = new RateLimit(settings.reads);
  const writes = new RateLimit(settings.writes);
  const failures = new RateLimit(settings.failures);
  const trusted = new Set(settings.trustedProxies);

  return async (c, next) => {
    const address = addressOf(c, trusted);
    c.set('address', address);
    const token = bearerToken(c.req.header('authorization'));
    let identity: Identity | undefined = anonymous;
    if (token !== undefined) {
      identity = isOwnToken(token) ? await tokens?.identify(token) : await openId.identify(token);
      if (!identity) {
        count(failures, address);
        throw new ServerError('unauthenticated', {
          what: 'the token is unknown, expired or revoked',
          hint: "'lantern token list' shows those of this server",
        });
      }
    } else if (settings.anonymousRead) identity = { ...anonymous, roles: ['reader'] };
    c.set('identity', identity);
    const client = identity.by === 'anonymous' ? address : identity.who;
    count(changes(c) ? writes : reads, client);
    await next();
  };
}

/**
 * Keeps a record of every request that would change something: before it is begun, and of what became of it. Without the
 * first nothing is changed.
 *
 * @param report told when the second cannot be kept: what was done stays done
 */
export function audited(
  audit: AuditLog,
  report: (error: unknown) => void,
): MiddlewareHandler<RequestEnv> {
  return async (c, next) => {
    if (!changes(c)) return next();
    const { who, by } = c.get('identity');
    const base = {
      request: randomUUID(),
      who,
      by,
      from: c.get('address'),
      what: `${c.req.method} ${decodeURI(new URL(c.req.url).pathname)}`,
    };
    const record = (rest: Pick<AuditRecord, 'outcome' | 'status' | 'detail'>) =>
      audit.record({ ...base, at: new Date().toISOString(), ...rest });
    await record({ outcome: 'asked' });
    await next();
    const { status } = c.res;
    const outcome = status < 400 ? 'done' : status < 500 ? 'refused' : 'failed';
    await record({ outcome, status, detail: c.error?.message }).catch(report);
  };
}

/** Questions that are too long for a URL: they are POSTed and change nothing. */
const questions: ReadonlySet<string> = new Set(
  ['diff', 'coverage', 'coverage/required', 'explanation'].map((name) => `${apiRoot}/${name}`),
);

function changes({ req }: Context<RequestEnv>): boolean {
  const { method, path } = req;
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return false;
  return !(method === 'POST' && questions.has(path));
}

function count(limit: RateLimit, client: string): void {
  const wait = limit.take(client);
  if (wait > 0)
    throw new ServerError(
      'tooMany',
      { what: 'too many requests', hint: `again in ${wait} s` },
      wait,
    );
}

function bearerToken(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const match = /^Bearer +([\w.~+/=-]+)$/i.exec(header);
  if (!match)
    throw new ServerError('unauthenticated', {
      what: 'an Authorization header that is not understood',
      expected: 'Bearer TOKEN',
    });
  return match[1];
}

/** The peer's address, or the one that a trusted proxy says it asks for: the last that is no trusted proxy itself. */
function addressOf(c: Context<RequestEnv>, trusted: ReadonlySet<string>): string {
  const peer = c.env?.incoming?.socket.remoteAddress?.replace(/^::ffff:/, '') ?? 'local';
  if (!trusted.has(peer)) return peer;
  const forwarded = c.req.header('x-forwarded-for')?.split(',') ?? [];
  const client = forwarded.map((part) => part.trim()).findLast((part) => !trusted.has(part));
  return client || peer;
}
