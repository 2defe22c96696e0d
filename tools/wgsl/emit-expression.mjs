/** Expressions of the AssemblyScript kernel in WGSL. */
import * as assemblyscript from 'assemblyscript';
import { instead } from './plan.mjs';
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
/** @typedef {import('./values.mjs').ValueType} ValueType */
/** @typedef {import('./scope.mjs').Scope} Scope */

const { operatorTokenToString } = /** @type {any} */ (assemblyscript);

/** Functions of the language that several types have: what each is called. */
const builtins = /** @type {Record<string, {wide: string, other: string}>} */ ({
  abs: { wide: 'wAbs', other: 'abs' },
  min: { wide: 'wMin', other: 'min' },
  max: { wide: 'wMax', other: 'max' },
  sqrt: { wide: 'wSqrt', other: 'sqrt' },
  copysign: { wide: 'wCopysign', other: 'rCopysign' },
  nearest: { wide: 'wRound', other: 'round' },
  floor: { wide: 'wFloor', other: 'floor' },
});
/** Of Math: those that WGSL gives to few digits are our own (elementary.wgsl). */
const mathFunctions = /** @type {Record<string, string>} */ ({
  sqrt: 'sqrt',
  abs: 'abs',
  floor: 'floor',
  log: 'rLog',
  exp: 'rExp',
  sin: 'rSin',
  cos: 'rCos',
  acos: 'rAcos',
  cbrt: 'rCbrt',
  pow: 'rPow',
});

/**
 * @param {Scope} scope
 * @param {Node} node
 * @returns {Value}
 */
export function expression(scope, node) {
  const emit = emitters[kindOf(node)];
  if (!emit) throw scope.error(node, `no WGSL for ${kindOf(node)}`);
  return emit(scope, node);
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
  Call: (scope, node) => call(scope, node),
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

/** @type {(scope: Scope, node: Node) => Value} */
function call(scope, node) {
  const { expression: callee, args } = node;
  if (kindOf(callee) === 'PropertyAccess') return memberCall(scope, node, callee);
  const name = callee.text;
  if (name === 'load') return load(scope, node);
  if (name === 'ctz') {
    const value = typed(scope, args[0], 'i32');
    return {
      code: `countTrailingZeros(${value.code})`,
      type: 'i32',
      operator: 'call',
      ...callsOf(value),
    };
  }
  const found = scope.lookUpFunction(name);
  if (found) return functionCall(scope, node, found);
  if (name === 'i32' || name === 'u8' || name === 'u32') {
    const value = expression(scope, args[0]);
    const type = name === 'i32' ? 'i32' : 'u32';
    return { code: `${type}(${value.code})`, type, operator: 'call', ...callsOf(value) };
  }
  const builtin = builtins[name];
  if (!builtin) throw scope.error(node, `no function '${name}'`);
  return builtinCall(scope, node, builtin);
}

/** @type {(scope: Scope, node: Node, builtin: {wide: string, other: string}) => Value} */
function builtinCall(scope, node, builtin) {
  const values = node.args.map((/** @type {Node} */ arg) => expression(scope, arg));
  const asked = node.typeArguments?.[0] ? typeOf(node.typeArguments[0], scope.wide) : undefined;
  const given = values.reduce((/** @type {Value} */ a, /** @type {Value} */ b) => ({
    code: '',
    type: common(scope, node, a, b),
  }));
  // What is asked for as 64 bits is of what it is made of.
  const type =
    asked === undefined || asked === 'wide' || asked === 'real'
      ? numberType(scope, given.type)
      : asked;
  const codes = values.map(
    (/** @type {Value} */ value) => converted(scope, node, value, type).code,
  );
  const code = `${type === 'wide' ? builtin.wide : builtin.other}(${codes.join(', ')})`;
  return { code, type, operator: 'call', ...callsOf(...values) };
}

/** @type {(scope: Scope, type: ValueType) => import('./read-kernel.mjs').Type} */
function numberType(scope, type) {
  return type === 'number' ? (scope.wide ? 'wide' : 'real') : type;
}

/** @type {(scope: Scope, node: Node, found: import('./scope.mjs').FoundFunction) => Value} */
function functionCall(scope, node, found) {
  const parameters = found.declared.parameters ?? [];
  const values = parameters.map((parameter, i) => {
    const given = node.args[i] ?? parameter.initial;
    const narrow = instead.has(found.declared.name) && !scope.wide;
    return typed(scope, given, narrow ? 'real' : parameter.type);
  });
  const name = scope.wide ? found.code : (instead.get(found.declared.name) ?? found.code);
  const type = found.declared.type === 'wide' && !scope.wide ? 'real' : found.declared.type;
  const suffix = type === found.declared.type ? '' : '.x';
  const code = `${name}(${values.map((value) => value.code).join(', ')})${suffix}`;
  return {
    code,
    type,
    operator: 'call',
    ...(found.declared.module === 'scene' ? callsOf(...values) : { calls: true }),
  };
}

/** @type {(scope: Scope, node: Node, callee: Node) => Value} */
function memberCall(scope, node, callee) {
  const [object, name] = [callee.expression.text, callee.property.text];
  const args = node.args;
  if (object === 'Math') {
    const own = mathFunctions[name];
    if (!own) throw scope.error(node, `no WGSL for Math.${name}`);
    const values = args.map((/** @type {Node} */ arg) => expression(scope, arg));
    if (values.some((/** @type {Value} */ value) => value.type === 'wide')) {
      if (!builtins[name]) throw scope.error(node, `no wide Math.${name}`);
      return builtinCall(scope, node, builtins[name]);
    }
    const codes = values.map(
      (/** @type {Value} */ value) => converted(scope, node, value, 'real').code,
    );
    return {
      code: `${own}(${codes.join(', ')})`,
      type: 'real',
      operator: 'call',
      ...callsOf(...values),
    };
  }
  return lanes(scope, node, `${object}.${name}`);
}

const laneOperators = /** @type {Record<string, string>} */ ({
  add: '+',
  sub: '-',
  mul: '*',
  le: '<=',
  ge: '>=',
});

/** Four numbers at once. @type {(scope: Scope, node: Node, name: string) => Value} */
function lanes(scope, node, name) {
  const { args } = node;
  /** @param {number} i */
  const four = (i) => expression(scope, args[i]);
  const operator = laneOperators[name.replace('f32x4.', '')];
  if (name.startsWith('f32x4.') && operator) {
    const type = operator.length === 1 ? 'vec4' : 'mask4';
    return {
      code: `${operand(four(0), operator)} ${operator} ${operand(four(1), operator, true)}`,
      type,
      operator,
    };
  }
  switch (name) {
    case 'f32x4.splat':
      return {
        code: `vec4f(${typed(scope, args[0], 'real').code})`,
        type: 'vec4',
        operator: 'call',
      };
    case 'f32x4.extract_lane':
      return { code: `${atom(four(0))}[${scope.textOf(args[1])}]`, type: 'real' };
    case 'f32x4.min':
    case 'f32x4.pmin':
      return { code: `min(${four(0).code}, ${four(1).code})`, type: 'vec4', operator: 'call' };
    case 'f32x4.max':
    case 'f32x4.pmax':
      return { code: `max(${four(0).code}, ${four(1).code})`, type: 'vec4', operator: 'call' };
    case 'v128.and':
      return {
        code: `${operand(four(0), '&')} & ${operand(four(1), '&')}`,
        type: 'mask4',
        operator: '&',
      };
    case 'i32x4.bitmask':
      return { code: `laneBits(${four(0).code})`, type: 'i32', operator: 'call' };
    case 'v128.load': {
      const { code } = address(scope, args[0], args[1]);
      return { code: `loadVec4(${code})`, type: 'vec4', operator: 'call' };
    }
    default:
      throw scope.error(node, `no WGSL for ${name}`);
  }
}

/**
 * An address, with an offset.
 *
 * @type {(scope: Scope, at: Node, offset: Node | undefined) => {code: string, space: string}}
 */
export function address(scope, at, offset) {
  const base = typed(scope, at, 'u32');
  const space = base.space ?? 'scene';
  if (!offset) return { code: base.code, space };
  const more = typed(scope, offset, 'u32');
  if (more.constant === 0) return { code: base.code, space };
  return { code: `${operand(base, '+')} + ${operand(more, '+')}`, space };
}

const loads = /** @type {Record<string, {name: string, type: ValueType}>} */ ({
  f64: { name: 'Wide', type: 'wide' },
  f32: { name: 'F32', type: 'real' },
  i32: { name: 'I32', type: 'i32' },
  u32: { name: 'U32', type: 'u32' },
  u8: { name: 'U8', type: 'u32' },
});

/** @type {(scope: Scope, node: Node) => Value} */
function load(scope, node) {
  const asked = node.typeArguments[0].name.identifier.text;
  const how = loads[asked];
  if (!how) throw scope.error(node, `no WGSL for load<${asked}>`);
  const { code, space } = address(scope, node.args[0], node.args[1]);
  const name = scope.memoryFunction(space, 'load', how.name);
  const narrow = how.type === 'wide' && !scope.wide;
  return {
    code: `${name}(${code})${narrow ? '.x' : ''}`,
    type: narrow ? 'real' : how.type,
    operator: 'call',
  };
}
