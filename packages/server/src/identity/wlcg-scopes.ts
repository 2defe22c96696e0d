import type { Role } from './identity.ts';

/**
 * What the scopes of a WLCG token allow here. The profile (WLCG Common JWT Profiles 1.0, "Capability-based
 * authorization") has scopes `storage.read:PATH`, `storage.create:PATH`, `storage.modify:PATH`, each for PATH and all
 * below it. Conditions are such a tree:
 *
 * | path | holds |
 * |---|---|
 * | `/conditions/calibrations/TYPE` | calibrations of a type |
 * | `/conditions/tags` | tags |
 *
 * `storage.read` of any part of the tree or of a folder that holds it makes a reader; `storage.create` or
 * `storage.modify` of calibrations a writer of them; `storage.modify` of tags a publisher. Administration has no scope:
 * it is given to groups or by a token of the server's own.
 *
 * @param scope the claim `scope`: words separated by spaces; those of other services are passed over
 */
export function rolesOfScopes(scope: string): Role[] {
  const roles = new Set<Role>();
  for (const word of scope.split(' ')) {
    const match = /^storage\.(read|create|modify|stage):(\/.*)$/.exec(word);
    if (!match) continue;
    const [, capability = '', path = ''] = match;
    const parts = partsOf(path);
    if (!parts) continue;
    if (covers(parts, ['conditions']) || parts[0] === 'conditions') {
      if (capability === 'read') roles.add('reader');
    }
    if (capability === 'create' || capability === 'modify') {
      if (covers(parts, ['conditions', 'calibrations'])) roles.add('writer:*');
      else if (parts[0] === 'conditions' && parts[1] === 'calibrations' && parts.length === 3)
        roles.add(`writer:${parts[2]}`);
    }
    if (capability === 'modify' && covers(parts, ['conditions', 'tags'])) roles.add('publisher');
  }
  return [...roles];
}

/** Undefined for a path with `.` or `..`, which the profile wants refused. */
function partsOf(path: string): readonly string[] | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  return parts.some((part) => part === '.' || part === '..') ? undefined : parts;
}

/** Whether a folder is the target or holds it. */
function covers(folder: readonly string[], target: readonly string[]): boolean {
  return folder.length <= target.length && folder.every((part, i) => part === target[i]);
}
