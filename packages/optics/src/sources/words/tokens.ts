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
  const tokens: Omit<Token, 'place'>[] = [];
  let end = -1;
  for (const { index, 0: all, 1: double, 2: single, 3: number } of text.matchAll(pattern)) {
    const isEnd = end === index && number?.startsWith('-') && tokens.at(-1)?.number !== undefined;
    if (isEnd) tokens.push({ text: 'to' });
    const word = isEnd ? all.slice(1) : (double ?? single ?? all);
    tokens.push({
      text: word,
      ...(number !== undefined && { number: Number(word.replaceAll('_', '')) }),
    });
    end = index + all.length;
  }
  return tokens.map((token, i) => ({ ...token, place: i + 1 }));
}
