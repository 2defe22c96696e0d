import { OpticsError } from '../errors.ts';
import type { KernelModule } from './kernel-module.ts';
import { type Token, tokensOf } from './wgsl-tokens.ts';

/** Something declared at the scope of a WGSL module. */
export interface Declaration {
  readonly module: string;
  readonly kind: 'fn' | 'struct' | 'var' | 'const' | 'override' | 'alias';
  readonly name: string;
  /** Its text, from its attributes to its end. */
  readonly text: string;
  /** Line of the module that the text begins in, from 1. */
  readonly line: number;
  /** Its tokens; `start` counts from the beginning of the module, `offset` is that of the text. */
  readonly tokens: readonly Token[];
  readonly offset: number;
  /** Of a function: index of the token that opens its body. */
  readonly body: number;
  /** Names that it uses and does not declare itself: where each is first. */
  readonly uses: ReadonlyMap<string, Token>;
}

/** A module, parsed. */
export interface ParsedModule {
  readonly name: string;
  /** `enable f16;` and the like. */
  readonly directives: readonly string[];
  readonly declarations: readonly Declaration[];
}

const kinds: ReadonlySet<string> = new Set(['fn', 'struct', 'var', 'const', 'override', 'alias']);
const directives: ReadonlySet<string> = new Set(['enable', 'requires', 'diagnostic']);
/** Attributes whose arguments are no names of the module. */
const closedAttributes: ReadonlySet<string> = new Set(['builtin', 'interpolate', 'diagnostic']);

/**
 * What a WGSL module declares, and which names each of its declarations uses.
 *
 * @throws OpticsError for a text that does not end where it should
 */
export function parseModule({ name, text }: KernelModule): ParsedModule {
  const tokens = tokensOf(text);
  const declarations: Declaration[] = [];
  const found: string[] = [];
  let i = 0;
  while (i < tokens.length) {
    if (tokens[i]?.text === ';') {
      i++;
      continue;
    }
    const first = i;
    const isDirective = directives.has(tokens[i]?.text ?? '');
    while (tokens[i]?.text === '@') i = skipAttribute(tokens, i);
    const keyword = tokens[i]?.text ?? '';
    if (!isDirective && !kinds.has(keyword)) throw unexpected(name, tokens[i]);
    const end = endOf(tokens, i, keyword === 'fn' || keyword === 'struct' ? '}' : ';', name);
    const offset = tokens[first]?.start ?? 0;
    const last = tokens[end - 1];
    const part = text.slice(offset, (last?.start ?? 0) + (last?.text.length ?? 0));
    if (isDirective) found.push(part);
    else
      declarations.push(
        declaration(name, keyword as Declaration['kind'], i - first, {
          offset,
          text: part,
          tokens: tokens.slice(first, end),
        }),
      );
    i = end;
  }
  return { name, directives: found, declarations };
}

function declaration(
  module: string,
  kind: Declaration['kind'],
  at: number,
  part: Pick<Declaration, 'offset' | 'text' | 'tokens'>,
): Declaration {
  const { tokens } = part;
  const nameAt = skipTemplate(tokens, at + 1);
  const body = kind === 'fn' ? tokens.findIndex(({ text }) => text === '{') : -1;
  return {
    module,
    kind,
    name: tokens[nameAt]?.text ?? '',
    line: tokens[0]?.line ?? 0,
    body,
    uses: usesOf(tokens, nameAt, kind, body),
    ...part,
  };
}

/** The index after the token that ends a declaration: the first `end` that nothing encloses. */
function endOf(tokens: readonly Token[], from: number, end: string, module: string): number {
  let depth = 0;
  for (let i = from; i < tokens.length; i++) {
    const text = tokens[i]?.text ?? '';
    if ('([{'.includes(text)) depth++;
    else if (')]}'.includes(text)) depth--;
    if (depth === 0 && text === end) return i + 1;
  }
  throw unexpected(module, tokens[from], `a '${end}' at its end`);
}

/** The index after an attribute. */
function skipAttribute(tokens: readonly Token[], at: number): number {
  if (tokens[at + 2]?.text !== '(') return at + 2;
  let depth = 0;
  for (let i = at + 2; i < tokens.length; i++) {
    if (tokens[i]?.text === '(') depth++;
    if (tokens[i]?.text === ')' && --depth === 0) return i + 1;
  }
  return tokens.length;
}

/** The index after `<...>`, if there is one. */
function skipTemplate(tokens: readonly Token[], at: number): number {
  if (tokens[at]?.text !== '<') return at;
  let depth = 0;
  for (let i = at; i < tokens.length; i++) {
    if (tokens[i]?.text === '<') depth++;
    if (tokens[i]?.text === '>' && --depth === 0) return i + 1;
  }
  return tokens.length;
}

/** Names by block: a name declared in one hides that of the module from there to its end. */
class Scopes {
  private readonly open: Set<string>[] = [new Set()];
  /** How many are open within each `for` that is open, its own among them. */
  private readonly loops: number[] = [];

  enter(isLoop: boolean): void {
    this.open.push(new Set());
    if (isLoop) this.loops.push(this.open.length);
  }

  /** The end of a block; of the body of a `for` that of the loop, too. */
  leave(): void {
    this.open.pop();
    if (this.loops.at(-1) !== this.open.length) return;
    this.loops.pop();
    this.open.pop();
  }

  declare(name: string): void {
    this.open.at(-1)?.add(name);
  }

  has(name: string): boolean {
    return this.open.some((names) => names.has(name));
  }
}

function usesOf(
  tokens: readonly Token[],
  nameAt: number,
  kind: Declaration['kind'],
  body: number,
): Map<string, Token> {
  const uses = new Map<string, Token>();
  const scopes = new Scopes();
  // Declared once their statement ends: what they begin with may use the same name of the module.
  let pending: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token || i === nameAt) continue;
    const { text } = token;
    if (text === '{') {
      if (i === body) for (const name of pending.splice(0)) scopes.declare(name);
      scopes.enter(false);
    } else if (text === '}') scopes.leave();
    else if (text === ';') {
      for (const name of pending) scopes.declare(name);
      pending = [];
    } else if (text === '@') {
      if (closedAttributes.has(tokens[i + 1]?.text ?? '')) i = skipAttribute(tokens, i) - 1;
      else i++;
    } else if (!token.isWord || tokens[i - 1]?.text === '.') continue;
    else if (text === 'for') scopes.enter(true);
    else if (i > body && body >= 0 && (text === 'let' || text === 'var' || text === 'const')) {
      i = skipTemplate(tokens, i + 1);
      pending.push(tokens[i]?.text ?? '');
    } else if (tokens[i + 1]?.text === ':' && (kind === 'struct' || i < body)) {
      if (kind === 'fn') pending.push(text);
    } else if (!scopes.has(text) && !uses.has(text)) uses.set(text, token);
  }
  return uses;
}

function unexpected(
  module: string,
  token: Token | undefined,
  expected = 'a declaration',
): OpticsError {
  return new OpticsError({
    what: 'a text of the GPU kernel cannot be read',
    where: `kernel/wgsl/${module}, line ${token?.line ?? 1}`,
    given: `'${token?.text ?? ''}'`,
    expected,
  });
}
