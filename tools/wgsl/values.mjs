/** Values of expressions in WGSL, what they are converted to, and what operators make of them. */
import { far, isPowerOfTwo, realLiteral, wideLiteral } from './numbers.mjs';
import { product, sumCode, summed } from './wide-sum.mjs';

/** @typedef {import('./read-kernel.mjs').Node} Node */
/** @typedef {import('./read-kernel.mjs').Type | 'number'} ValueType `number`: a literal that takes the type asked for */
/**
 * @typedef {object} Value an expression in WGSL
 * @property {string} code
 * @property {ValueType} type
 * @property {number | undefined} [constant] where it is known
 * @property {boolean} [isFloat] of a literal: written as one
 * @property {string} [space] of an address: the memory that it is of
 * @property {string} [operator] the outermost operator of the code
 * @property {readonly import('./wide-sum.mjs').Term[]} [terms] of a wide sum that has products, or of a product
 * @property {boolean} [calls] whether it calls a function that may do more than give a value
 */
/** @typedef {import('./scope.mjs').Scope} Scope */
/**
 * @typedef {object} Emit expressions within an expression
 * @property {(scope: Scope, node: Node) => Value} expression
 * @property {(scope: Scope, node: Node, type: import('./read-kernel.mjs').Type) => Value} typed as a value of a type
 */

const additive = new Set(['+', '-']);
const multiplicative = new Set(['*', '/', '%']);
const comparisons = new Set(['<', '>', '<=', '>=', '==', '!=']);
const wideOperators = /** @type {Record<string, string>} */ ({
  '+': 'wAdd',
  '-': 'wSub',
  '*': 'wMul',
  '/': 'wDiv',
});

/** @param {readonly Value[]} values */
export function callsOf(...values) {
  return values.some((value) => value.calls) ? { calls: true } : {};
}

/** @type {(scope: Scope, node: Node, operator: string, left: Value, right: Value) => Value} */
export function combined(scope, node, operator, left, right) {
  const known = callsOf(left, right);
  const space = left.space ?? right.space;
  if (operator === '<<' || operator === '>>') return shifted(scope, node, operator, left, right);
  if (comparisons.has(operator))
    return { ...compared(scope, node, operator, left, right), ...known };
  if (left.type === 'wide' || right.type === 'wide')
    return { ...wideResult(scope, node, operator, left, right), ...known };
  const type = common(scope, node, left, right);
  const [a, b] = [converted(scope, node, left, type), converted(scope, node, right, type)];
  // Where a memory begins is 0.
  if (a.code === '0u' && operator === '+') return { ...b, type, ...(space ? { space } : {}) };
  if (b.code === '0u' && operator === '-') return { ...a, type, ...(space ? { space } : {}) };
  const code = `${operand(a, operator)} ${operator} ${operand(b, operator, true)}`;
  return { code, type, operator, ...(space ? { space } : {}), ...known };
}

/** @type {(scope: Scope, node: Node, operator: string, left: Value, right: Value) => Value} */
function shifted(scope, node, operator, left, right) {
  const by =
    right.constant === undefined
      ? atom(converted(scope, node, right, 'u32'))
      : `${right.constant}u`;
  const value = left.type === 'number' ? converted(scope, node, left, 'i32') : left;
  const shown = /** @type {Value} */ ({
    ...value,
    code: left.type === 'number' ? `i32(${value.code})` : value.code,
  });
  const space = left.space ? { space: left.space } : {};
  return {
    code: `${operand(shown, operator)} ${operator} ${by}`,
    type: value.type,
    operator,
    ...space,
  };
}

/** What two operands are converted to. @type {(scope: Scope, node: Node, left: Value, right: Value) => import('./read-kernel.mjs').Type} */
export function common(scope, node, left, right) {
  if (left.type === 'number' && right.type === 'number') {
    return !left.isFloat && !right.isFloat ? 'i32' : scope.wide ? 'wide' : 'real';
  }
  if (left.type === 'number') return /** @type {any} */ (right.type);
  if (right.type === 'number' || left.type === right.type) return /** @type {any} */ (left.type);
  const types = [left.type, right.type];
  for (const type of /** @type {const} */ (['wide', 'real', 'u32', 'i32']))
    if (types.includes(type)) return type;
  throw scope.error(node, `no WGSL for ${types.join(' with ')}`);
}

/** @type {(scope: Scope, node: Node, operator: string, left: Value, right: Value) => Value} */
function compared(scope, node, operator, left, right) {
  const type = common(scope, node, left, right);
  /** @type {(code: string, operator?: string) => Value} */
  const result = (code, operator = 'compare') => ({ code, type: 'bool', operator });
  if (type === 'wide' || type === 'real') {
    const edge = atEdge(operator, left, right) ?? atEdge(turned(operator), right, left);
    if (edge) return result(edge);
  }
  if (type === 'bool')
    return result(
      `${operand(asBool(left), operator)} ${operator} ${operand(asBool(right), operator)}`,
    );
  const [a, b] = [converted(scope, node, left, type), converted(scope, node, right, type)];
  if (type !== 'wide') return result(`${operand(a, operator)} ${operator} ${operand(b, operator)}`);
  const code = {
    '<': `wLess(${a.code}, ${b.code})`,
    '>': `wLess(${b.code}, ${a.code})`,
    '<=': `wLessEq(${a.code}, ${b.code})`,
    '>=': `wLessEq(${b.code}, ${a.code})`,
    '==': `wEq(${a.code}, ${b.code})`,
    '!=': `!wEq(${a.code}, ${b.code})`,
  }[operator];
  return result(code ?? '', operator === '!=' ? '!' : 'call');
}

/** @param {string} operator */
function turned(operator) {
  return (
    /** @type {Record<string, string>} */ ({ '<': '>', '>': '<', '<=': '>=', '>=': '<=' })[
      operator
    ] ?? operator
  );
}

/** Whether a number is infinite, or how a wide one compares with 0, of which the high part tells. @type {(operator: string, value: Value, edge: Value) => string | undefined} */
function atEdge(operator, value, edge) {
  if (edge.constant === undefined || value.constant !== undefined) return undefined;
  const high = value.type === 'wide' ? `${atom(value)}.x` : operand(value, operator);
  if (edge.constant === 0 && value.type === 'wide') return `${high} ${operator} 0.0`;
  if (Number.isFinite(edge.constant)) return undefined;
  const limit = realLiteral((edge.constant < 0 ? -far : far) / 10);
  const way = /** @type {Record<string, string>} */ (
    edge.constant > 0
      ? { '<': '<', '==': '>=', '>=': '>=', '!=': '<' }
      : { '>': '>', '==': '<=', '<=': '<=', '!=': '>', '>=': '>=' }
  )[operator];
  if (way === undefined) throw new Error(`${value.code} ${operator} infinity says nothing`);
  return operator === '>=' && edge.constant < 0
    ? `${high} >= ${realLiteral(-far)}`
    : `${high} ${way} ${limit}`;
}

/** @type {(scope: Scope, node: Node, operator: string, left: Value, right: Value) => Value} */
function wideResult(scope, node, operator, left, right) {
  /** @type {(code: string) => Value} */
  const result = (code) => ({ code, type: 'wide', operator: 'call' });
  /** @param {Value} value */
  const wide = (value) => converted(scope, node, value, 'wide').code;
  const pairs = /** @type {[Value, Value][]} */ ([
    [left, right],
    [right, left],
  ]);
  if (operator === '*') {
    for (const [a, b] of pairs)
      if (a.constant !== undefined && a.type === 'number') {
        if (a.constant === -1) return { ...result(`-${atom(b)}`), operator: 'unary' };
        if (isPowerOfTwo(a.constant))
          return result(`wScale(${wide(b)}, ${realLiteral(a.constant)})`);
        if (Math.fround(a.constant) === a.constant)
          return result(`wMulR(${wide(b)}, ${realLiteral(a.constant)})`);
      }
    if (left.type === 'real') return result(`wMulR(${wide(right)}, ${left.code})`);
    if (right.type === 'real') return result(`wMulR(${wide(left)}, ${right.code})`);
    if (left.code === right.code && !left.calls)
      return { ...result(`wSquare(${left.code})`), terms: product(left, right) };
  }
  if (operator === '+') {
    if (left.type === 'real') return result(`wAddR(${wide(right)}, ${left.code})`);
    if (right.type === 'real') return result(`wAddR(${wide(left)}, ${right.code})`);
    for (const [a, b] of pairs)
      if (
        a.constant !== undefined &&
        a.type === 'number' &&
        Math.fround(a.constant) === a.constant &&
        Number.isFinite(a.constant)
      )
        return result(`wAddR(${wide(b)}, ${realLiteral(a.constant)})`);
  }
  if (operator === '-') {
    if (right.type === 'real') return result(`wAddR(${wide(left)}, -${atom(right)})`);
    if (
      right.constant !== undefined &&
      right.type === 'number' &&
      Math.fround(right.constant) === right.constant &&
      Number.isFinite(right.constant)
    )
      return result(`wAddR(${wide(left)}, ${realLiteral(-right.constant)})`);
  }
  if (
    operator === '/' &&
    right.type === 'number' &&
    right.constant !== undefined &&
    isPowerOfTwo(right.constant)
  )
    return result(`wScale(${wide(left)}, ${realLiteral(1 / right.constant)})`);
  if (operator === '/' && left.constant === 1 && left.type === 'number')
    return result(`wInverse(${wide(right)})`);
  const name = wideOperators[operator];
  if (!name) throw scope.error(node, `no wide '${operator}'`);
  const [a, b] = [converted(scope, node, left, 'wide'), converted(scope, node, right, 'wide')];
  const terms = additive.has(operator) ? summed(a, b, operator === '-') : undefined;
  if (terms) return { ...result(sumCode(terms)), terms };
  const made = result(`${name}(${a.code}, ${b.code})`);
  return operator === '*' ? { ...made, terms: product(a, b) } : made;
}

/**
 * A conversion that the text leaves to the compiler.
 *
 * @type {(scope: Scope, node: Node, value: Value, type: import('./read-kernel.mjs').Type) => Value}
 */
export function converted(scope, node, value, type) {
  if (value.type === type) return value;
  const known = callsOf(value);
  if (value.type === 'number')
    return { ...numberAs(scope, node, value.constant ?? 0, type), constant: value.constant };
  if (value.type === 'wide' && type === 'real') return { code: `${atom(value)}.x`, type, ...known };
  if (value.type === 'real' && type === 'wide')
    return { code: `wFromF32(${value.code})`, type, operator: 'call', ...known };
  if (value.type === 'i32' && type === 'u32')
    return { ...value, code: `u32(${value.code})`, type, operator: 'call' };
  if (value.type === 'u32' && type === 'i32')
    return { ...value, code: `i32(${value.code})`, type, operator: 'call' };
  if (type === 'bool') return asBool(value);
  throw scope.error(node, `${value.type} '${value.code}' where ${type} is asked for`);
}

/** @type {(scope: Scope, node: Node, value: number, type: import('./read-kernel.mjs').Type) => Value} */
function numberAs(scope, node, value, type) {
  if (type === 'wide') return { code: wideLiteral(value), type, operator: 'call' };
  if (type === 'real')
    return { code: realLiteral(value), type, operator: value < 0 ? 'unary' : 'call' };
  if (!Number.isInteger(value)) throw scope.error(node, `${value} where ${type} is asked for`);
  if (type === 'u32') return { code: `${value >>> 0}u`, type };
  if (type === 'i32')
    return { code: String(value | 0), type, operator: value < 0 ? 'unary' : 'call' };
  if (type === 'bool') return { code: String(value !== 0), type };
  throw scope.error(node, `a number where ${type} is asked for`);
}

/** @param {Value} value @returns {Value} */
export function asBool(value) {
  if (value.type === 'bool') return value;
  if (value.type === 'number') return { code: String(value.constant !== 0), type: 'bool' };
  const zero = value.type === 'u32' ? '0u' : '0';
  return {
    code: `${operand(value, '!=')} != ${zero}`,
    type: 'bool',
    operator: 'compare',
    ...callsOf(value),
  };
}

/** As an operand that needs no brackets around it. @param {Value} value */
export function atom({ code, operator }) {
  return operator === undefined || operator === 'call' ? code : `(${code})`;
}

/** As an operand of a binary operator, in brackets where WGSL or a reader wants them. @param {Value} value @param {string} outer */
export function operand({ code, operator }, outer, right = false) {
  if (operator === undefined || operator === 'call') return code;
  if (operator === '!' || (operator === 'unary' && !code.startsWith('--')))
    return right && code.startsWith('-') ? `(${code})` : code;
  const logical = outer === '&&' || outer === '||';
  if (logical && operator === outer) return code;
  if (logical && operator === 'compare') return code;
  if (additive.has(outer) && multiplicative.has(operator)) return code;
  if (additive.has(outer) && additive.has(operator) && !right) return code;
  if (multiplicative.has(outer) && operator === '*' && outer === '*' && !right) return code;
  if (comparisons.has(outer) && (additive.has(operator) || multiplicative.has(operator)))
    return code;
  return `(${code})`;
}

/** @param {import('./read-kernel.mjs').Type} type */
export function wgslType(type) {
  const names = /** @type {Record<string, string>} */ ({
    wide: 'vec2f',
    real: 'f32',
    vec4: 'vec4f',
    mask4: 'vec4<bool>',
  });
  return names[type] ?? type;
}
