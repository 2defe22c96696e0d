import { ServerError } from '../errors.ts';

/**
 * What somebody may do. Each role may read; `writer:T` registers, closes, supersedes, promotes and deprecates
 * calibrations of type T and edits their lines in tags that are still open (`writer:*`: of all types); `publisher`
 * makes, clones and moves tags; `admin` may all that, declares vocabularies, and reads the audit.
 */
export type Role = 'reader' | 'publisher' | 'admin' | `writer:${string}`;

/** Who asks. */
export interface Identity {
  /** As the log and the audit name it: `alice`, `https://issuer sub`, `anonymous`. */
  readonly who: string;
  /** How that is known. */
  readonly by: 'token' | 'oidc' | 'anonymous' | 'local';
  readonly roles: readonly Role[];
}

/** Somebody without a token: may read where the server lets anybody. */
export const anonymous: Identity = { who: 'anonymous', by: 'anonymous', roles: [] };

const rolePattern = /^(reader|publisher|admin|writer:(\*|[\w.+-]+))$/;

/** @returns whether a word is a role */
export function isRole(word: string): word is Role {
  return rolePattern.test(word);
}

/** What is asked for: reading, writing calibrations of a type, work on tags, administration. */
export type Permission =
  | { readonly to: 'read' }
  | { readonly to: 'write'; readonly calibType: string }
  | { readonly to: 'publish' }
  | { readonly to: 'administer' };

/** @returns whether the roles allow it */
export function allows(roles: readonly Role[], permission: Permission): boolean {
  if (roles.includes('admin')) return true;
  switch (permission.to) {
    case 'read':
      return roles.length > 0;
    case 'write':
      return roles.includes('writer:*') || roles.includes(`writer:${permission.calibType}`);
    case 'publish':
      return roles.includes('publisher');
    case 'administer':
      return false;
  }
}

/** @throws ServerError `unauthenticated` for somebody unknown, `forbidden` for somebody without the role */
export function demand(identity: Identity, permission: Permission): void {
  if (allows(identity.roles, permission)) return;
  const needed = roleFor(permission);
  if (identity.by === 'anonymous')
    throw new ServerError('unauthenticated', {
      what: 'this needs a bearer token',
      expected: `a token with the role ${needed}`,
      hint: 'lantern token create makes one; send it as Authorization: Bearer TOKEN',
    });
  throw new ServerError('forbidden', {
    what: `${identity.who} may not do this`,
    given: identity.roles.length > 0 ? `the roles ${identity.roles.join(', ')}` : 'no role',
    expected: `the role ${needed}`,
  });
}

function roleFor(permission: Permission): string {
  switch (permission.to) {
    case 'read':
      return 'reader';
    case 'write':
      return `writer:${permission.calibType}`;
    case 'publish':
      return 'publisher';
    case 'administer':
      return 'admin';
  }
}
