import { ConditionsError } from '../../errors.ts';
import { checkLimit, defaultPayloadLimits, type PayloadLimits } from '../limits.ts';
import { decodeUtf8 } from '../xml/decode-text.ts';
import { shorten } from '../xml/xml-element.ts';

/** What JSON holds. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/**
 * Reads JSON. Whole numbers that a number of JavaScript cannot hold are refused rather than rounded.
 *
 * @throws ConditionsError `invalid` with the line
 */
export function readJson(
  bytes: Uint8Array,
  where: string,
  limits: PayloadLimits = defaultPayloadLimits,
): JsonValue {
  const text = decodeUtf8(bytes, where);
  scan(text, where, limits);
  try {
    return JSON.parse(text) as JsonValue;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const position = /position (\d+)/.exec(message)?.[1];
    throw new ConditionsError('invalid', {
      what: text.trim() === '' ? 'the file is empty' : `not JSON: ${shorten(message)}`,
      where: position === undefined ? where : `${where}:${lineAt(text, Number(position))}`,
      cause,
    });
  }
}

const token = /"[^"\\]*(?:\\.[^"\\]*)*"?|[[\]{}]|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;

/** Checks what JSON.parse does not: nesting, and numbers that would be rounded. */
function scan(text: string, where: string, limits: PayloadLimits): void {
  let depth = 0;
  for (const { 0: word, index } of text.matchAll(token)) {
    if (word === '[' || word === '{') {
      depth++;
      if (depth > limits.depth) {
        const place = `${where}:${lineAt(text, index)}`;
        checkLimit(limits, 'depth', depth, 'arrays and objects inside each other', place);
      }
    } else if (word === ']' || word === '}') depth--;
    else if (word.length > 15 && /^-?\d+$/.test(word) && !Number.isSafeInteger(Number(word))) {
      throw new ConditionsError('invalid', {
        what: 'a whole number that would be rounded',
        where: `${where}:${lineAt(text, index)}`,
        given: shorten(word),
        hint: 'write it as a string',
      });
    }
  }
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}
