/** Expressions of the AssemblyScript kernel in WGSL. */
import * as assemblyscript from 'assemblyscript';
import { call } from './emit-call.mjs';
import { address as addressOf } from './emit-load.mjs';
import { kindOf, typeOf } from './read-kernel.mjs';
import {
  asBool,
  atom,
  callsOf,
  combined,
  common,
  converted,
  operand,
  wgslType,
} from './values.mjs';

/** @typedef {import('./read-kernel.mjs').Node} Node */
/** @typedef {import('./values.mjs').Value} Value */
/** @typedef {import('./scope.mjs').Scope} Scope */

const { operatorTokenToString } = /** @type {any} */ (assemblyscript);

/**
 * @param {Scope} scope
 * @param {Node} node
 * @returns {Value}
 */
export function expression(scope, node) {
  const emitted = emitters[kindOf(node)];
  if (!emitted) throw scope.error(node, `no WGSL for ${kindOf(node)}`);
  return emitted(scope, node);
}

/**
 * As a value of a type.
 *
 * @param {Scope} scope
 * @param {Node} node
 * @param {import('./read-kernel.mjs').Type} type
 */
export function typed(scope, node, type) {
  if (kindOf(node) === 'Parenthesized') return typed(scope, node.expression, type);
  if (kindOf(node) === 'Ternary') return converted(scope, node, ternary(scope, node, type), type);
  return converted(scope, node, expression(scope, node), type);
}

/**
 * An address, with an offset.
 *
 * @param {Scope} scope
 * @param {Node} at
 * @param {Node | undefined} offset
 */
export function address(scope, at, offset) {
  return addressOf(emit, scope, at, offset);
}

/** What calls and loads are made with. @type {import('./values.mjs').Emit} */
const emit = { expression, typed };

/** @type {Record<string, (scope: Scope, node: Node) => Value>} */
const emitters = {
  Literal: (scope, node) => literal(scope, node),
  True: () => ({ code: 'true', type: 'bool' }),
  False: () => ({ code: 'false', type: 'bool' }),
  Identifier: (scope, node) => identifier(scope, node),
  Parenthesized: (scope, node) => expression(scope, node.expression),
  UnaryPrefix: (scope, node) => unary(scope, node),
  Binary: (scope, node) => binary(scope, node),
  Ternary: (scope, node) => ternary(scope, node),
  Assertion: (scope, node) => assertion(scope, node),
  Call: (scope, node) => call(emit, scope, node),
  PropertyAccess: (scope, node) => property(scope, node),
};

/** @type {(scope: Scope, node: Node) => Value} */
function literal(scope, node) {
  const text = scope.textOf(node).replaceAll('_', '');
  return number(Number(text), /[.e]/.test(text) && !text.startsWith('0x'));
}

/** @param {number} value @returns {Value} */
function number(value, isFloat = !Number.isInteger(value)) {
  return { code: String(value), type: 'number', constant: value, isFloat };
}

/** @type {(scope: Scope, node: Node) => Value} */
function property(scope, node) {
  const text = scope.textOf(node);
  if (text === 'Math.PI') return number(Math.PI);
  throw scope.error(node, `no WGSL for ${text}`);
}

/** @type {(scope: Scope, node: Node) => Value} */
function identifier(scope, node) {
  if (node.text === 'Infinity') return number(Number.POSITIVE_INFINITY);
  const found = scope.lookUp(node.text);
  if (!found) throw scope.error(node, `no '${node.text}' here`);
  const { code, type, space, constant } = found;
  if (type === 'wide' && !scope.wide) return { code: `${code}.x`, type: 'real' };
  return {
    code,
    type,
    ...(space ? { space } : {}),
    ...(constant === undefined ? {} : { constant }),
  };
}

/** @type {(scope: Scope, node: Node) => Value} */
function unary(scope, node) {
  const operator = operatorTokenToString(node.operator);
  const value = expression(scope, node.operand);
  if (operator === '-' && value.type === 'number')
    return number(-(value.constant ?? 0), value.isFloat);
  if (operator === '~' && value.type === 'number') return number(~(value.constant ?? 0), false);
  if (operator === '!')
    return { ...plain(value), code: `!${atom(asBool(value))}`, type: 'bool', operator: '!' };
  const inner = atom(value);
  // WGSL has no `--`.
  const code = operator === '-' && inner.startsWith('-') ? `-(${inner})` : `${operator}${inner}`;
  return { ...plain(value), code, operator: 'unary' };
}

/** Without what is known of an operand alone. @param {Value} value @returns {Value} */
function plain({ code, type, calls }) {
  if (type === 'number') throw new Error(`a number without its value: ${code}`);
  return { code, type, ...(calls ? { calls } : {}) };
}

/** @type {(scope: Scope, node: Node) => Value} */
function binary(scope, node) {
  const operator = operatorTokenToString(node.operator).replace('===', '==').replace('!==', '!=');
  if (operator === '&&' || operator === '||') return either(scope, node, operator);
  const left = expression(scope, node.left);
  const depth = scope.lines.length;
  const right = expression(scope, node.right);
  if (left.calls && scope.lines.length > depth)
    throw scope.error(
      node,
      'what is on the left would be done after what is on the right: write it in two statements',
    );
  if (
    left.constant !== undefined &&
    right.constant !== undefined &&
    left.type === 'number' &&
    right.type === 'number'
  )
    return number(folded(operator, left.constant, right.constant), left.isFloat || right.isFloat);
  return combined(scope, node, operator, left, right);
}

/** @type {(operator: string, a: number, b: number) => number} */
function folded(operator, a, b) {
  const results = /** @type {Record<string, number>} */ ({
    '+': a + b,
    '-': a - b,
    '*': a * b,
    '/': a / b,
    '<<': a << b,
    '>>': a >> b,
    '|': a | b,
    '&': a & b,
  });
  const result = results[operator];
  if (result === undefined) throw new Error(`no constant ${a} ${operator} ${b}`);
  return result;
}

/** @type {(scope: Scope, node: Node, operator: string) => Value} */
function either(scope, node, operator) {
  const left = asBool(expression(scope, node.left));
  const inner = scope.branch();
  const right = asBool(expression(inner, node.right));
  if (inner.lines.length === 0) {
    const code = `${operand(left, operator)} ${operator} ${operand(right, operator)}`;
    return { code, type: 'bool', operator, ...callsOf(left, right) };
  }
  const name = scope.temporary();
  scope.lines.push(`var ${name} = ${left.code};`);
  scope.lines.push(operator === '&&' ? `if (${name}) {` : `if (!${name}) {`);
  scope.lines.push(...inner.lines.map((line) => `  ${line}`), `  ${name} = ${right.code};`, '}');
  return { code: name, type: 'bool' };
}

/** @type {(scope: Scope, node: Node, wanted?: import('./read-kernel.mjs').Type) => Value} */
function ternary(scope, node, wanted) {
  const condition = asBool(expression(scope, node.condition));
  const [then, otherwise] = [scope.branch(), scope.branch()];
  const a = ternaryPart(then, node.ifThen, wanted);
  const b = ternaryPart(otherwise, node.ifElse, wanted);
  const literals = a.type === 'number' && b.type === 'number';
  const type = literals && wanted ? wanted : common(scope, node, a, b);
  const [yes, no] = [converted(then, node, a, type), converted(otherwise, node, b, type)];
  const known = callsOf(condition, a, b);
  const space = a.space ?? b.space;
  const simple = then.lines.length + otherwise.lines.length === 0 && !a.calls && !b.calls;
  if (simple)
    return {
      code: `select(${no.code}, ${yes.code}, ${condition.code})`,
      type,
      operator: 'call',
      ...known,
      ...(space ? { space } : {}),
    };
  const name = scope.temporary();
  scope.lines.push(`var ${name}: ${wgslType(type)};`, `if (${condition.code}) {`);
  scope.lines.push(
    ...then.lines.map((line) => `  ${line}`),
    `  ${name} = ${yes.code};`,
    '} else {',
  );
  scope.lines.push(...otherwise.lines.map((line) => `  ${line}`), `  ${name} = ${no.code};`, '}');
  return { code: name, type };
}

/** @type {(scope: Scope, node: Node, wanted?: import('./read-kernel.mjs').Type) => Value} */
function ternaryPart(scope, node, wanted) {
  if (kindOf(node) === 'Parenthesized') return ternaryPart(scope, node.expression, wanted);
  return kindOf(node) === 'Ternary' ? ternary(scope, node, wanted) : expression(scope, node);
}

/** @type {(scope: Scope, node: Node) => Value} */
function assertion(scope, node) {
  const value = expression(scope, node.expression);
  return cast(scope, node, value, typeOf(node.toType, scope.wide));
}

/** A conversion that the text asks for. @type {(scope: Scope, node: Node, value: Value, type: import('./read-kernel.mjs').Type) => Value} */
function cast(scope, node, value, type) {
  // 32 bits are kept where 64 are asked for: nothing is gained.
  if (type === 'wide' && value.type === 'real') return value;
  if (type === 'wide' && (value.type === 'i32' || value.type === 'u32'))
    return {
      code: `${value.type === 'i32' ? 'wFromI32' : 'wFromU32'}(${value.code})`,
      type,
      operator: 'call',
      ...callsOf(value),
    };
  if ((type === 'i32' || type === 'u32') && value.type === 'wide')
    return {
      code: type === 'i32' ? `wToI32(${value.code})` : `u32(wToI32(${value.code}))`,
      type,
      operator: 'call',
      ...callsOf(value),
    };
  if (value.type === type || value.type === 'number') return converted(scope, node, value, type);
  if (type === 'real' && value.type === 'wide') return converted(scope, node, value, type);
  const space = value.space ? { space: value.space } : {};
  return {
    code: `${wgslType(type)}(${value.code})`,
    type,
    operator: 'call',
    ...callsOf(value),
    ...space,
  };
}
