import { ConditionsError } from '../../errors.ts';
import { expandVariables } from './expand-variables.ts';

/** Where files that `dataIdent` names may be. */
export interface DataIdentRules {
  /** Variables that may be used, with what they stand for here: each site has its own. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Absolute paths of the folders that files may be in; the first is where relative ones begin. */
  readonly folders: readonly string[];
}

/**
 * The file that a `dataIdent` names at this site: variables replaced, inside one of the folders.
 *
 * @param where the row, for errors
 * @returns an absolute path without `.` and `..`
 * @throws ConditionsError `invalid` for a variable that is not set; `forbidden` for a path that leads out of the folders. Links
 * on the disk are the reader's to follow or not.
 */
export function resolveDataIdent(dataIdent: string, rules: DataIdentRules, where: string): string {
  const expanded = expandVariables(dataIdent, rules.variables, where);
  const refuse = (what: string, hint?: string): ConditionsError =>
    new ConditionsError('forbidden', { what, where, given: `'${dataIdent}'`, hint });
  if (expanded.trim() === '') throw refuse('no file is named');
  if ([...expanded].some((character) => character < ' ')) {
    throw refuse('a file name with control characters');
  }
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(expanded)) {
    throw refuse('an address, not a file', 'addresses are not fetched: bring the file along');
  }
  const [home = '/'] = rules.folders;
  const path = normalized(isAbsolute(expanded) ? expanded : `${home}/${expanded}`);
  const folder = rules.folders.map(normalized).find((inside) => isInside(path, inside));
  if (path === undefined || folder === undefined) {
    throw refuse(
      'a file outside of the folders of payloads',
      `they are ${rules.folders.join(', ')}`,
    );
  }
  return path;
}

function isAbsolute(path: string): boolean {
  return /^(?:[/\\]|[A-Za-z]:[/\\])/.test(path);
}

/** With / between its parts; undefined where it leads above its beginning. */
function normalized(path: string): string | undefined {
  const drive = /^[A-Za-z]:/.exec(path)?.[0] ?? '';
  const parts: string[] = [];
  for (const part of path.slice(drive.length).split(/[/\\]+/)) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return `${drive}/${parts.join('/')}`;
}

function isInside(path: string | undefined, folder: string | undefined): boolean {
  if (path === undefined || folder === undefined) return false;
  return path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
