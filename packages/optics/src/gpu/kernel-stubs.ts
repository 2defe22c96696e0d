import { OpticsError } from '../errors.ts';
import { type Declaration, parseModule } from './wgsl-declarations.ts';

/** What stubs use: see fault.wgsl. */
const raise = 'raiseFault(FAULT_ABSENT | ';

/**
 * The function as a stub: a call of it is the fault FAULT_ABSENT | number << 8, and gives zero.
 *
 * @param number of the stub
 */
export function stubbed(declaration: Declaration, number: number): Declaration {
  return withText(declaration, `${signature(declaration)}${stubBody(declaration, number)}`);
}

/**
 * The function with clauses of its `switch` that are such stubs, and return.
 *
 * @param numbers of the stubs by the clauses' selectors, `default` for the default
 * @throws OpticsError for a clause that the function does not have
 */
export function withoutClauses(
  declaration: Declaration,
  numbers: ReadonlyMap<string, number>,
): Declaration {
  const { tokens, text, offset, module, name } = declaration;
  const left = new Map(numbers);
  let result = '';
  let done = 0;
  for (let i = 0; i < tokens.length; i++) {
    const selector = tokens[i]?.text === 'case' ? tokens[i + 1]?.text : tokens[i]?.text;
    const number = left.get(selector ?? '');
    const isClause = tokens[i]?.text === 'case' || tokens[i]?.text === 'default';
    if (!isClause || selector === undefined || number === undefined) continue;
    const open = tokens.findIndex((token, k) => k > i && token.text === '{');
    const [from, to] = [place(declaration, open), place(declaration, closing(declaration, open))];
    const lines = text.slice(from, to).split('\n').length - 1;
    result += `${text.slice(done, from)}${stubBody(declaration, number)}${'\n'.repeat(lines)}`;
    done = to + 1;
    left.delete(selector);
  }
  const [missing] = left.keys();
  if (missing !== undefined)
    throw new OpticsError({
      what: `a function of the GPU kernel has no clause 'case ${missing}'`,
      where: `kernel/wgsl/${module}, line ${declaration.line}`,
      given: `'${name}:${missing}'`,
    });
  return withText(declaration, result + text.slice(done, offset + text.length));
}

function signature(declaration: Declaration): string {
  return declaration.text.slice(0, place(declaration, declaration.body));
}

/** Where a token is in the text. */
function place({ tokens, offset }: Declaration, token: number): number {
  return (tokens[token]?.start ?? offset) - offset;
}

/** The token that closes a block. */
function closing({ tokens }: Declaration, open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if (tokens[i]?.text === '{') depth++;
    if (tokens[i]?.text === '}' && --depth === 0) return i;
  }
  return tokens.length;
}

function stubBody(declaration: Declaration, number: number): string {
  const type = /->\s*([\s\S]*?)\s*$/.exec(signature(declaration))?.[1];
  return `{ ${raise}(${number}u << 8u)); return${type === undefined ? '' : ` ${type}()`}; }`;
}

/** The declaration with another text, in the place of its own. */
function withText({ module, line }: Declaration, text: string): Declaration {
  const [declaration] = parseModule({ name: module, text }).declarations;
  return { ...(declaration as Declaration), line };
}
