/** Four numbers at once, of the AssemblyScript kernel, in WGSL. */
import { address } from './emit-load.mjs';
import { atom, operand } from './values.mjs';

/** @typedef {import('./read-kernel.mjs').Node} Node */
/** @typedef {import('./values.mjs').Value} Value */
/** @typedef {import('./scope.mjs').Scope} Scope */
/** @typedef {import('./values.mjs').Emit} Emit */

const laneOperators = /** @type {Record<string, string>} */ ({
  add: '+',
  sub: '-',
  mul: '*',
  le: '<=',
  ge: '>=',
});

/** Four numbers at once. @type {(emit: Emit, scope: Scope, node: Node, name: string) => Value} */
export function lanes(emit, scope, node, name) {
  const { args } = node;
  /** @param {number} i */
  const four = (i) => emit.expression(scope, args[i]);
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
        code: `vec4f(${emit.typed(scope, args[0], 'real').code})`,
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
      const { code } = address(emit, scope, args[0], args[1]);
      return { code: `loadVec4(${code})`, type: 'vec4', operator: 'call' };
    }
    default:
      throw scope.error(node, `no WGSL for ${name}`);
  }
}
