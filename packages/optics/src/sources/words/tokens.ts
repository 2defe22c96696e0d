/** A word or number of a sentence. */
export interface Token {
  /** As written. */
  readonly text: string;
  /** Its place among the words, from 1. */
  readonly place: number;
  /** Present when it is a number. */
  readonly number?: number;
}

/** In quotes | a number | any word; commas and semicolons only separate. */
const pattern =
  /"([^"]*)"|'([^']*)'|([+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([^\s,;"'\d][^\s,;"']*)|([^\s,;])/gu;

/**
 * The words of a sentence. A unit may touch its number (`420nm`), a range may be written `400-500`.
 */
export function tokenize(text: string): Token[] {
  const spaced = text.replace(/(^|[\s,;])(\d[\d_.]*)-(?=\d)/g, '$1$2 to ');
  return [...spaced.matchAll(pattern)].map(([all, double, single, number], i) => ({
    text: double ?? single ?? all,
    place: i + 1,
    ...(number !== undefined && { number: Number(number.replaceAll('_', '')) }),
  }));
}
