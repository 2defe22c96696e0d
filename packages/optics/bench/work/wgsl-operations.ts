import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Token, tokensOf } from '../../src/gpu/wgsl-tokens.ts';

/** Operations that a thread executes, as the text says; what a compiler saves is not known. */
export interface Operations {
  /** Sums, products, comparisons and choices of 32-bit floats. */
  readonly float: number;
  /** Of integers and bits. */
  readonly integer: number;
  /** Quotients and square roots. */
  readonly special: number;
}

/** Of a function of WGSL: what stands in it outside loops, then in each of its loops. */
export type FunctionOperations = readonly Operations[];

const none: Operations = { float: 0, integer: 0, special: 0 };

export function addOperations(a: Operations, b: Operations, times = 1): Operations {
  return {
    float: a.float + times * b.float,
    integer: a.integer + times * b.integer,
    special: a.special + times * b.special,
  };
}

/** Reads of the scene, an address each, and functions of WGSL itself that cost one operation. */
const loads = new Set(['loadI32', 'loadU32', 'loadF32', 'loadWide', 'loadVec4']);
const single = new Set(['abs', 'min', 'max', 'floor', 'round', 'fma', 'select', 'clamp', 'sign']);
const bitwise = new Set(['countTrailingZeros', 'countOneBits', 'firstTrailingBit']);
const quotients = new Set(['sqrt', 'inverseSqrt']);
const conversions = new Set(['f32', 'i32', 'u32', 'bool']);
const floatOperators = new Set(['+', '-', '*', '<', '>', '<=', '>=', '==', '!=', '+=', '-=', '*=']);
const bitOperators = new Set(['&', '|', '^', '~', '%', '&=', '|=', '^=']);
const templates = new Set(['vec2', 'vec3', 'vec4', 'array', 'ptr', 'atomic', 'bitcast', 'var']);
const integer = /^\d+[iu]?$|^0x[\da-f]+u?$/;

interface Parsed {
  readonly tokens: readonly Token[];
}

/** What arithmetic-form.ts makes of these on a device whose fma is fused and whose compiler leaves sums as they are. */
const onGoodDevice: ReadonlyMap<string, Operations> = new Map([
  ['exactly', none],
  ['productError', { ...none, float: 1 }],
  ['squareError', { ...none, float: 1 }],
]);

/**
 * Counts the operations of all functions of the WGSL kernel, on a device that does what is written and whose fma is fused.
 * All branches count, as if all were taken; a loop counts apart, as what it does once.
 *
 * @param folder kernel/wgsl
 * @param isCounted whether calls of a function of that name are counted when the kernel runs; what others cost is added
 * where they are called
 */
export function countOperations(
  folder: string,
  isCounted: (name: string) => boolean,
): ReadonlyMap<string, FunctionOperations> {
  const functions = new Map<string, Parsed>();
  for (const file of wgslFiles(folder)) {
    const tokens = tokensOf(readFileSync(file, 'utf8'));
    tokens.forEach((token, i) => {
      if (token.text !== 'fn') return;
      const open = tokens.findIndex((other, k) => k > i && other.text === '{');
      functions.set(tokens[i + 1]?.text ?? '', {
        tokens: tokens.slice(open, closing(tokens, open)),
      });
    });
  }
  const done = new Map<string, FunctionOperations>();
  const whole = (name: string): Operations => {
    const parts = of(name);
    return parts.reduce((sum, part) => addOperations(sum, part), none);
  };
  const of = (name: string): FunctionOperations => {
    const form = onGoodDevice.get(name);
    if (form) return [form];
    const known = done.get(name);
    if (known) return known;
    const parsed = functions.get(name);
    if (!parsed) return [none];
    done.set(name, [none]);
    const counted = countBody(parsed.tokens, (called) =>
      functions.has(called) && !isCounted(called) ? whole(called) : none,
    );
    done.set(name, counted);
    return counted;
  };
  for (const name of functions.keys()) of(name);
  return done;
}

/** All texts of the kernel. */
export function wgslFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return wgslFiles(path);
    return entry.name.endsWith('.wgsl') ? [path] : [];
  });
}

/** Index behind the brace that closes the one at `open`. */
function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if (tokens[i]?.text === '{') depth++;
    if (tokens[i]?.text === '}' && --depth === 0) return i + 1;
  }
  return tokens.length;
}

function countBody(
  tokens: readonly Token[],
  costOf: (called: string) => Operations,
): FunctionOperations {
  const parts: Operations[] = [none];
  // Of each brace that is open: to which part what it holds belongs.
  const open: number[] = [];
  let part = 0;
  let waiting: number | undefined;
  const quads = new Set<string>();
  for (let i = 0; i < tokens.length; i++) {
    const text = tokens[i]?.text ?? '';
    if (text === 'for' || text === 'while' || text === 'loop') {
      waiting = part;
      part = parts.push(none) - 1;
    } else if (text === '{') {
      open.push(waiting ?? part);
      waiting = undefined;
    } else if (text === '}') {
      part = open.pop() ?? 0;
    } else if (text === '<' && templates.has(tokens[i - 1]?.text ?? '')) {
      i = tokens.findIndex((token, k) => k > i && token.text === '>');
    } else if (isShift(tokens, i)) {
      parts[part] = addOperations(parts[part] ?? none, { ...none, integer: 1 });
      i++;
    } else {
      const lanes = lanesOf(tokens, i, quads);
      parts[part] = addOperations(parts[part] ?? none, cost(tokens, i, costOf), lanes);
    }
  }
  return parts;
}

/** `<<` and `>>` are two tokens. */
function isShift(tokens: readonly Token[], i: number): boolean {
  const [one, two] = [tokens[i], tokens[i + 1]];
  if (!one || !two || (one.text !== '<' && one.text !== '>')) return false;
  return one.text === two.text[0] && two.start === one.start + 1;
}

/** 4 in a statement about vectors of four, whose names it learns. */
function lanesOf(tokens: readonly Token[], at: number, quads: Set<string>): number {
  const isEnd = (i: number): boolean => /^[;{}]$/.test(tokens[i]?.text ?? ';');
  let from = at;
  while (from > 0 && !isEnd(from - 1)) from--;
  let to = at;
  while (to < tokens.length && !isEnd(to)) to++;
  const words = tokens.slice(from, to).map(({ text }) => text);
  const isQuad = words.some(
    (word, i) =>
      (word === 'vec4' || word === 'vec4f' || word === 'loadVec4' || quads.has(word)) &&
      words[i + 1] !== '.',
  );
  if (!isQuad) return 1;
  const name = words[0] === 'let' || words[0] === 'var' ? words[1] : undefined;
  if (name !== undefined && !words.includes('f32')) quads.add(name);
  return 4;
}

function cost(
  tokens: readonly Token[],
  i: number,
  costOf: (called: string) => Operations,
): Operations {
  const text = tokens[i]?.text ?? '';
  const [before = '', after = ''] = [tokens[i - 1]?.text, tokens[i + 1]?.text];
  if (after === '(') {
    if (loads.has(text)) return { ...none, integer: 1 };
    if (single.has(text)) return { ...none, float: 1 };
    if (bitwise.has(text) || conversions.has(text)) return { ...none, integer: 1 };
    if (quotients.has(text)) return { ...none, special: 1 };
    return costOf(text);
  }
  if (text === '/' || text === '/=') return { ...none, special: 1 };
  if (bitOperators.has(text)) return { ...none, integer: 1 };
  if (text === '++' || text === '--') return { ...none, integer: 1 };
  if (!floatOperators.has(text)) return none;
  return integer.test(before) || integer.test(after)
    ? { ...none, integer: 1 }
    : { ...none, float: 1 };
}
