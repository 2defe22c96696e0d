/** What the AssemblyScript kernel loads, in WGSL. */
import { operand } from './values.mjs';

/** @typedef {import('./read-kernel.mjs').Node} Node */
/** @typedef {import('./values.mjs').Value} Value */
/** @typedef {import('./values.mjs').ValueType} ValueType */
/** @typedef {import('./scope.mjs').Scope} Scope */
/** @typedef {import('./values.mjs').Emit} Emit */

/**
 * An address, with an offset.
 *
 * @type {(emit: Emit, scope: Scope, at: Node, offset: Node | undefined) => {code: string, space: string}}
 */
export function address(emit, scope, at, offset) {
  const base = emit.typed(scope, at, 'u32');
  const space = base.space ?? 'scene';
  if (!offset) return { code: base.code, space };
  const more = emit.typed(scope, offset, 'u32');
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

/** A number from an address. @type {(emit: Emit, scope: Scope, node: Node) => Value} */
export function load(emit, scope, node) {
  const asked = node.typeArguments[0].name.identifier.text;
  const how = loads[asked];
  if (!how) throw scope.error(node, `no WGSL for load<${asked}>`);
  const { code, space } = address(emit, scope, node.args[0], node.args[1]);
  const name = scope.memoryFunction(space, 'load', how.name);
  const narrow = how.type === 'wide' && !scope.wide;
  return {
    code: `${name}(${code})${narrow ? '.x' : ''}`,
    type: narrow ? 'real' : how.type,
    operator: 'call',
  };
}
