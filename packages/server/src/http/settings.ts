import type { Role } from '../identity/identity.ts';
import type { Issuer } from '../identity/open-id.ts';
import type { Rate } from '../limits/rate-limit.ts';

/** What a server is told at its start; nothing is read from anywhere later. */
export interface ServerSettings {
  /** Whether everybody may read. */
  readonly anonymousRead: boolean;
  /** OpenID providers whose tokens are taken. */
  readonly issuers: readonly Issuer[];
  /** Requests of one client (by its token, or its address without one) that read. */
  readonly reads: Rate;
  /** Requests that change something. */
  readonly writes: Rate;
  /** Tokens that turn out to be none, of one address. */
  readonly failures: Rate;
  /** Bytes of a request, but for a payload. */
  readonly bodyLimit: number;
  /** Bytes of a payload. */
  readonly payloadLimit: number;
  /** Addresses of proxies that are believed when they say whom they ask for (X-Forwarded-For). */
  readonly trustedProxies: readonly string[];
  /** The server that this one follows: changes are made there, and refused here. */
  readonly mirrorOf?: string | undefined;
  /** Instrument of what comes through the façade of the HSF reference service; undefined: there is no façade. */
  readonly hsfInstrument?: string | undefined;
  /** What those without a token may do there, beside reading: its C++ client knows no tokens. */
  readonly hsfAnonymousRoles: readonly Role[];
}

/** For a server on its own machine: anybody there may read; loads of thousands of jobs fit below the limits. */
export const defaultSettings: ServerSettings = Object.freeze({
  anonymousRead: true,
  issuers: [],
  reads: { perSecond: 20_000, burst: 50_000 },
  writes: { perSecond: 500, burst: 2_000 },
  failures: { perSecond: 1, burst: 20 },
  bodyLimit: 32 * 2 ** 20,
  payloadLimit: 4 * 2 ** 30,
  trustedProxies: [],
  hsfInstrument: 'HSF',
  hsfAnonymousRoles: [],
});
