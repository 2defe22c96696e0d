/** A token of a WGSL text; comments and blanks are none. */
export interface Token {
  readonly text: string;
  readonly isWord: boolean;
  /** Place of its first character in the text. */
  readonly start: number;
  /** From 1. */
  readonly line: number;
}

const pattern =
  /(\n)|[^\S\n]+|\/\/[^\n]*|(\/\*)|([\p{L}_][\p{L}\p{N}_]*)|(0[xX][\da-fA-F.]+(?:[pP][+-]?\d+)?[iufh]?|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[iufh]?|->|[=!<>+\-*/%&|^]=|&&|\|\||\+\+|--|.)/uy;

/** The tokens of a WGSL text in order. `<` and `>` stand alone, as they may enclose the parameters of a type. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  pattern.lastIndex = 0;
  for (let start = 0; start < text.length; start = pattern.lastIndex) {
    const [, newline, comment, word, other] = pattern.exec(text) ?? [];
    if (newline) line++;
    else if (word) tokens.push({ text: word, isWord: true, start, line });
    else if (other) tokens.push({ text: other, isWord: false, start, line });
    else if (comment) {
      const end = endOfComment(text, start);
      for (let i = start; i < end; i++) if (text[i] === '\n') line++;
      pattern.lastIndex = end;
    }
  }
  return tokens;
}

/** Comments of this kind nest. */
function endOfComment(text: string, start: number): number {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = start;
  let depth = 0;
  for (let found = mark.exec(text); found; found = mark.exec(text)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return mark.lastIndex;
  }
  return text.length;
}
