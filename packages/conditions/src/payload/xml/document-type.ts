import { ConditionsError } from '../../errors.ts';
import type { DocumentType } from '../dtd/dtd-catalog.ts';
import { shorten } from './xml-element.ts';

const pattern =
  /^\s*([^\s[>]+)\s*(?:(?:SYSTEM\s+|PUBLIC\s+(?:"[^"]*"|'[^']*')\s+)("[^"]*"|'[^']*'))?\s*(?:\[([\s\S]*)\]\s*)?$/;

/**
 * What stands between `<!DOCTYPE` and `>`.
 *
 * @param line where the declaration begins
 * @throws ConditionsError `invalid` where it cannot be made out
 */
export function parseDocumentType(text: string, where: string, line: number): DocumentType {
  const match = pattern.exec(text);
  if (!match) {
    throw new ConditionsError('invalid', {
      what: 'a document type declaration that cannot be read',
      where: `${where}:${line}`,
      given: `'${shorten(text.trim())}'`,
    });
  }
  const [, root = '', quoted, internal] = match;
  const before = internal === undefined ? '' : text.slice(0, text.indexOf('[') + 1);
  return {
    root,
    systemId: quoted?.slice(1, -1),
    internal:
      internal === undefined ? undefined : { text: internal, line: line + newlines(before) },
  };
}

function newlines(text: string): number {
  return text.split('\n').length - 1;
}
