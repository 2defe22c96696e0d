import { canonicalJson, type Json } from '../json/canonical-json.ts';
import { compareText } from '../store/match-rows.ts';
import type { Parameters } from './parameter-set.ts';

/** A parameter that two sets do not have in common; undefined on the side that has it not. */
export interface ParameterChange {
  /** JSON pointer (RFC 6901): `/tracking/maxStep`. */
  readonly path: string;
  readonly before?: Json | undefined;
  readonly after?: Json | undefined;
}

/** What is not the same in two sets, by path: groups are compared member by member, all else whole. [PAR2] */
export function compareParameters(before: Parameters, after: Parameters): ParameterChange[] {
  const [a, b] = [leaves(before), leaves(after)];
  return [...new Set([...a.keys(), ...b.keys()])].sort(compareText).flatMap((path) => {
    const [x, y] = [a.get(path), b.get(path)];
    if (x !== undefined && y !== undefined && canonicalJson(x) === canonicalJson(y)) return [];
    return [{ path, before: x, after: y }];
  });
}

/** The value at a JSON pointer, if there is one. */
export function parameterAt(parameters: Parameters, path: string): Json | undefined {
  if (path === '') return parameters;
  let value: Json | undefined = parameters;
  for (const name of path.slice(1).split('/').map(unescaped)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name))
      return undefined;
    value = (value as { readonly [key: string]: Json | undefined })[name];
  }
  return value;
}

/** All that is no group with members, by path. */
function leaves(
  parameters: Parameters,
  path = '',
  all: Map<string, Json> = new Map(),
): Map<string, Json> {
  for (const [name, value] of Object.entries(parameters)) {
    const at = `${path}/${escaped(name)}`;
    const isGroup = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (isGroup && Object.keys(value).length > 0) leaves(value as Parameters, at, all);
    else all.set(at, value);
  }
  return all;
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function unescaped(name: string): string {
  return name.replaceAll('~1', '/').replaceAll('~0', '~');
}
