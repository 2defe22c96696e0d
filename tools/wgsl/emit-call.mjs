/** Calls of the AssemblyScript kernel in WGSL. */
import { lanes } from './emit-lanes.mjs';
import { load } from './emit-load.mjs';
import { instead } from './plan.mjs';
import { kindOf, typeOf } from './read-kernel.mjs';
import { callsOf, common, converted } from './values.mjs';

/** @typedef {import('./read-kernel.mjs').Node} Node */
/** @typedef {import('./values.mjs').Value} Value */
/** @typedef {import('./values.mjs').ValueType} ValueType */
/** @typedef {import('./scope.mjs').Scope} Scope */
/** @typedef {import('./values.mjs').Emit} Emit */

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

/** A call of a function, or of a member of what AssemblyScript brings. @type {(emit: Emit, scope: Scope, node: Node) => Value} */
export function call(emit, scope, node) {
  const { expression: callee, args } = node;
  if (kindOf(callee) === 'PropertyAccess') return memberCall(emit, scope, node, callee);
  const name = callee.text;
  if (name === 'load') return load(emit, scope, node);
  if (name === 'ctz') {
    const value = emit.typed(scope, args[0], 'i32');
    return {
      code: `countTrailingZeros(${value.code})`,
      type: 'i32',
      operator: 'call',
      ...callsOf(value),
    };
  }
  const found = scope.lookUpFunction(name);
  if (found) return functionCall(emit, scope, node, found);
  if (name === 'i32' || name === 'u8' || name === 'u32') {
    const value = emit.expression(scope, args[0]);
    const type = name === 'i32' ? 'i32' : 'u32';
    return { code: `${type}(${value.code})`, type, operator: 'call', ...callsOf(value) };
  }
  const builtin = builtins[name];
  if (!builtin) throw scope.error(node, `no function '${name}'`);
  return builtinCall(emit, scope, node, builtin);
}

/** @type {(emit: Emit, scope: Scope, node: Node, builtin: {wide: string, other: string}) => Value} */
function builtinCall(emit, scope, node, builtin) {
  const values = node.args.map((/** @type {Node} */ arg) => emit.expression(scope, arg));
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

/** @type {(emit: Emit, scope: Scope, node: Node, found: import('./scope.mjs').FoundFunction) => Value} */
function functionCall(emit, scope, node, found) {
  const parameters = found.declared.parameters ?? [];
  const values = parameters.map((parameter, i) => {
    const given = node.args[i] ?? parameter.initial;
    const narrow = instead.has(found.declared.name) && !scope.wide;
    return emit.typed(scope, given, narrow ? 'real' : parameter.type);
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

/** @type {(emit: Emit, scope: Scope, node: Node, callee: Node) => Value} */
function memberCall(emit, scope, node, callee) {
  const [object, name] = [callee.expression.text, callee.property.text];
  const args = node.args;
  if (object === 'Math') {
    const own = mathFunctions[name];
    if (!own) throw scope.error(node, `no WGSL for Math.${name}`);
    const values = args.map((/** @type {Node} */ arg) => emit.expression(scope, arg));
    if (values.some((/** @type {Value} */ value) => value.type === 'wide')) {
      if (!builtins[name]) throw scope.error(node, `no wide Math.${name}`);
      return builtinCall(emit, scope, node, builtins[name]);
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
  return lanes(emit, scope, node, `${object}.${name}`);
}
