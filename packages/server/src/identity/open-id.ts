import { createRemoteJWKSet, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { ServerError } from '../errors.ts';
import type { Identity, Role } from './identity.ts';
import { rolesOfScopes } from './wlcg-scopes.ts';

/** An OpenID provider whose tokens a server takes. */
export interface Issuer {
  /** The claim `iss`, exactly; its keys are found by `/.well-known/openid-configuration` below it. */
  readonly issuer: string;
  /** One of the claim `aud`: tokens for other services are refused. */
  readonly audience: string;
  /** Roles for groups (the claims `wlcg.groups` and `groups`). */
  readonly groups?: Readonly<Record<string, readonly Role[]>> | undefined;
}

/** Signatures by a private key alone: a token signed with a shared secret, or not at all, is none. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** Takes the tokens of OpenID providers: signature, issuer, audience, expiry; scopes and groups become roles. */
export class OpenId {
  readonly #issuers: ReadonlyMap<string, Issuer>;
  readonly #keys = new Map<string, Promise<JWTVerifyGetKey>>();

  constructor(issuers: readonly Issuer[]) {
    this.#issuers = new Map(issuers.map((issuer) => [issuer.issuer, issuer]));
  }

  /**
   * @returns undefined when the token is not one of these issuers', or is not valid
   * @throws ServerError `unavailable` when the issuer does not answer
   */
  async identify(token: string): Promise<Identity | undefined> {
    const issuer = this.#issuers.get(claimedIssuer(token) ?? '');
    if (!issuer) return undefined;
    const keys = await this.#keysOf(issuer.issuer);
    let payload: JWTPayload;
    try {
      ({ payload } = await jwtVerify(token, keys, {
        issuer: issuer.issuer,
        audience: issuer.audience,
        algorithms,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: 60,
      }));
    } catch (cause) {
      if (isNoAnswer(cause)) {
        this.#keys.delete(issuer.issuer);
        throw noAnswer(issuer.issuer, cause);
      }
      return undefined;
    }
    return {
      who: `${payload.sub} of ${issuer.issuer}`,
      by: 'oidc',
      roles: rolesOf(payload, issuer),
    };
  }

  #keysOf(issuer: string): Promise<JWTVerifyGetKey> {
    const known = this.#keys.get(issuer);
    if (known) return known;
    const keys = discover(issuer);
    this.#keys.set(issuer, keys);
    keys.catch(() => this.#keys.delete(issuer));
    return keys;
  }
}

/** Reads, without trusting it yet, who a token says made it. */
function claimedIssuer(token: string): string | undefined {
  const parts = token.split('.');
  if (parts.length !== 3 || token.length > 16_384) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'));
    const issuer = (claims as { iss?: unknown } | null)?.iss;
    return typeof issuer === 'string' ? issuer : undefined;
  } catch {
    return undefined;
  }
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    if (!answer.ok) throw new Error(`HTTP status ${answer.status}`);
    const configuration = (await answer.json()) as { issuer?: unknown; jwks_uri?: unknown };
    if (configuration.issuer !== issuer || typeof configuration.jwks_uri !== 'string')
      throw new Error('its configuration names another issuer or no keys');
    return createRemoteJWKSet(new URL(configuration.jwks_uri));
  } catch (cause) {
    throw noAnswer(issuer, cause);
  }
}

function rolesOf(payload: JWTPayload, issuer: Issuer): readonly Role[] {
  const claims = payload as { scope?: unknown; groups?: unknown; 'wlcg.groups'?: unknown };
  const scope = typeof claims.scope === 'string' ? claims.scope : '';
  const groups = [claims['wlcg.groups'], claims.groups].flat();
  const ofGroups = groups.flatMap((group) =>
    typeof group === 'string' && issuer.groups && Object.hasOwn(issuer.groups, group)
      ? (issuer.groups[group] ?? [])
      : [],
  );
  return [...new Set([...rolesOfScopes(scope), ...ofGroups])];
}

function isNoAnswer(cause: unknown): boolean {
  const code = (cause as { code?: unknown }).code;
  return code === 'ERR_JWKS_TIMEOUT' || cause instanceof TypeError || code === 'ERR_JOSE_GENERIC';
}

function noAnswer(issuer: string, cause: unknown): ServerError {
  return new ServerError(
    'unavailable',
    { what: 'the issuer of the token does not answer', where: issuer, cause },
    10,
  );
}
