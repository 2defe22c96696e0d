/** Statements of the AssemblyScript kernel in WGSL. */
import * as assemblyscript from 'assemblyscript';
import { address, expression, typed } from './emit-expression.mjs';
import { wgslName } from './names.mjs';
import { isConst, kindOf, typeOf } from './read-kernel.mjs';
import { asBool, combined, converted, wgslType } from './values.mjs';

/** @typedef {import('./read-kernel.mjs').Node} Node */
/** @typedef {import('./scope.mjs').Scope} Scope */

const { operatorTokenToString } = /** @type {any} */ (assemblyscript);

/**
 * The statements of a block, with the comments between them.
 *
 * @param {Scope} scope
 * @param {readonly Node[]} statements
 * @param {number} start where the block's text begins
 * @returns {string[]}
 */
export function block(scope, statements, start) {
  const lines = [];
  let from = start;
  for (const node of statements) {
    lines.push(...comments(scope.module.text.slice(from, node.range.start)));
    lines.push(...statement(scope, node));
    from = node.range.end;
  }
  return lines;
}

/** The comment lines in a piece of text between two statements. @param {string} text */
export function comments(text) {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('//'));
}

/** @type {(scope: Scope, node: Node) => string[]} */
function statement(scope, node) {
  const emit = emitters[kindOf(node)];
  if (!emit) throw scope.error(node, `no WGSL for ${kindOf(node)}`);
  const depth = scope.lines.length;
  const lines = emit(scope, node);
  return [...scope.lines.splice(depth), ...lines];
}

/** @type {Record<string, (scope: Scope, node: Node) => string[]>} */
const emitters = {
  Block: (scope, node) => [
    '{',
    ...indented(block(scope.branch(), node.statements, node.range.start + 1)),
    '}',
  ],
  Empty: () => [],
  Break: () => ['break;'],
  Continue: () => ['continue;'],
  Expression: (scope, node) => effect(scope, node.expression),
  Variable: (scope, node) =>
    node.declarations.flatMap((/** @type {Node} */ variable) => local(scope, variable)),
  Return: (scope, node) => {
    const type = scope.returns;
    return [node.value ? `return ${typed(scope, node.value, type).code};` : 'return;'];
  },
  If: (scope, node) => {
    const condition = asBool(expression(scope, node.condition));
    const lines = [`if (${condition.code}) {`, ...inside(scope, node.ifTrue), '}'];
    if (!node.ifFalse) return lines;
    if (kindOf(node.ifFalse) === 'If') {
      const inner = scope.branch();
      const rest = statement(inner, node.ifFalse);
      if (rest[0]?.startsWith('if ('))
        return [...lines.slice(0, -1), `} else ${rest[0]}`, ...rest.slice(1)];
      return [...lines.slice(0, -1), '} else {', ...indented(rest), '}'];
    }
    return [...lines.slice(0, -1), '} else {', ...inside(scope, node.ifFalse), '}'];
  },
  While: (scope, node) => loop(scope, node, node.condition, []),
  Do: (scope, node) => {
    const inner = scope.branch();
    const body = inside(inner, node.body);
    const condition = asBool(expression(inner, node.condition));
    return [
      'loop {',
      ...body,
      ...indented([...inner.lines, `if (!(${condition.code})) {`, '  break;', '}']),
      '}',
    ];
  },
  For: (scope, node) => forLoop(scope, node),
  Switch: (scope, node) => switchOf(scope, node),
};

/** @type {(scope: Scope, node: Node) => string[]} */
function inside(scope, node) {
  const inner = scope.branch();
  const lines =
    kindOf(node) === 'Block'
      ? block(inner, node.statements, node.range.start + 1)
      : statement(inner, node);
  return indented(lines);
}

/** @param {readonly string[]} lines */
export function indented(lines) {
  return lines.map((line) => (line ? `  ${line}` : line));
}

/** @type {(scope: Scope, node: Node, condition: Node | undefined, last: string[]) => string[]} */
function loop(scope, node, condition, last) {
  const inner = scope.branch();
  const test = condition ? asBool(expression(inner, condition)) : undefined;
  const before = inner.lines.splice(0);
  const body = inside(inner, node.body);
  const end = last.length > 0 ? indented(['continuing {', ...indented(last), '}']) : [];
  if (test && test.code !== 'true' && before.length === 0 && last.length === 0)
    return [`while (${test.code}) {`, ...body, '}'];
  const stop = test && test.code !== 'true' ? [`if (!(${test.code})) {`, '  break;', '}'] : [];
  return ['loop {', ...indented([...before, ...stop]), ...body, ...end, '}'];
}

/** @type {(scope: Scope, node: Node) => string[]} */
function forLoop(scope, node) {
  const inner = scope.branch();
  const first = node.initializer ? statement(inner, node.initializer) : [];
  const last = node.incrementor ? effect(inner, node.incrementor) : [];
  const condition = node.condition ? asBool(expression(inner, node.condition)) : undefined;
  if (first.length <= 1 && last.length <= 1 && condition && inner.lines.length === 0) {
    const head = `for (${first[0] ?? ';'} ${condition.code}; ${(last[0] ?? '').replace(/;$/, '')}) {`;
    return [head, ...inside(inner, node.body), '}'];
  }
  inner.lines.length = 0;
  const lines = loop(inner, node, node.condition, last);
  return first.length > 0 ? ['{', ...indented([...first, ...lines]), '}'] : lines;
}

/** @type {(scope: Scope, node: Node) => string[]} */
function switchOf(scope, node) {
  const on = expression(scope, node.condition);
  const lines = [`switch (${on.code}) {`];
  let labels = /** @type {string[]} */ ([]);
  let hasDefault = false;
  for (const part of node.cases) {
    if (part.label) labels.push(typed(scope, part.label, /** @type {any} */ (on.type)).code);
    else {
      labels.push('default');
      hasDefault = true;
    }
    if (part.statements.length === 0) continue;
    const statements =
      kindOf(part.statements.at(-1)) === 'Break' ? part.statements.slice(0, -1) : part.statements;
    const last = part.statements.at(-1);
    const ends =
      ['Break', 'Return', 'Continue'].includes(kindOf(last)) || part === node.cases.at(-1);
    if (!ends) throw scope.error(part, 'a case falls through into the next');
    const only =
      statements.length === 1 && kindOf(statements[0]) === 'Block' ? statements[0] : undefined;
    const start = only ? only.range.start + 1 : part.statements[0].range.start;
    const body = block(scope.branch(), only ? only.statements : statements, start);
    const head =
      labels.length === 1 && labels[0] === 'default' ? 'default {' : `case ${labels.join(', ')} {`;
    lines.push(`  ${head}`, ...indented(indented(body)), '  }');
    labels = [];
  }
  if (!hasDefault) lines.push('  default {', '  }');
  return [...lines, '}'];
}

/** @type {(scope: Scope, node: Node) => string[]} */
function local(scope, node) {
  const name = node.name.text;
  const code = wgslName(name);
  const keyword = isConst(node) ? 'let' : 'var';
  if (node.initializer && kindOf(node.initializer) === 'UnaryPostfix') {
    const target = expression(scope, node.initializer.operand);
    scope.declare(name, { code, type: target.type });
    return [`${keyword} ${code} = ${target.code};`, ...effect(scope, node.initializer)];
  }
  const declared = node.type ? typeOf(node.type, scope.wide) : undefined;
  const isChoice = declared && node.initializer && kindOf(node.initializer) === 'Ternary';
  const value = isChoice
    ? typed(scope, node.initializer, declared)
    : node.initializer && expression(scope, node.initializer);
  const type = declared ?? inferred(scope, node, value);
  const space = value?.space ?? (type === 'u32' ? scope.spaceOf(name) : undefined);
  scope.declare(name, { code, type, ...(space ? { space } : {}) });
  if (!value) return [`var ${code}: ${wgslType(type)};`];
  const shown = converted(scope, node, value, type);
  const needsType =
    value.type === 'number' && keyword === 'var' && type !== 'wide' && type !== 'u32';
  return [`${keyword} ${code}${needsType ? `: ${wgslType(type)}` : ''} = ${shown.code};`];
}

/** @type {(scope: Scope, node: Node, value: import('./values.mjs').Value | undefined) => import('./read-kernel.mjs').Type} */
function inferred(scope, node, value) {
  if (!value) throw scope.error(node, 'neither a type nor a value');
  if (value.type !== 'number') return value.type;
  return !value.isFloat ? 'i32' : scope.wide ? 'wide' : 'real';
}

/** An expression that is a statement. @type {(scope: Scope, node: Node) => string[]} */
function effect(scope, node) {
  const kind = kindOf(node);
  if (kind === 'Comma')
    return node.expressions.flatMap((/** @type {Node} */ one) => effect(scope, one));
  if (kind === 'Parenthesized') return effect(scope, node.expression);
  if (kind === 'UnaryPostfix') {
    const operator = operatorTokenToString(node.operator);
    return [`${expression(scope, node.operand).code}${operator};`];
  }
  if (kind === 'Binary') return assignment(scope, node);
  if (kind !== 'Call') throw scope.error(node, `no WGSL for ${kind} as a statement`);
  const { expression: callee } = node;
  if (callee.text === 'store') return store(scope, node);
  if (kindOf(callee) === 'PropertyAccess') {
    const name = `${callee.expression.text}.${callee.property.text}`;
    if (name === 'memory.copy') return copy(scope, node);
    if (name === 'v128.store') {
      const { code, space } = address(scope, node.args[0], node.args[2]);
      const value = expression(scope, node.args[1]);
      return [`${scope.memoryFunction(space, 'store', 'Vec4')}(${code}, ${value.code});`];
    }
  }
  return [`${expression(scope, node).code};`];
}

/** @type {(scope: Scope, node: Node) => string[]} */
function assignment(scope, node) {
  const operator = operatorTokenToString(node.operator);
  const found = scope.lookUp(node.left.text);
  if (!found) throw scope.error(node, `no '${node.left.text}' here`);
  const type = /** @type {import('./read-kernel.mjs').Type} */ (found.type);
  if (operator === '=') return [`${found.code} = ${typed(scope, node.right, type).code};`];
  if (!operator.endsWith('=')) throw scope.error(node, `no WGSL for '${operator}' as a statement`);
  const target = { code: found.code, type, ...(found.space ? { space: found.space } : {}) };
  const right = expression(scope, node.right);
  const value = combined(scope, node, operator.slice(0, -1), target, right);
  if (type === 'wide' || right.type === 'wide' || operator === '<<=' || operator === '>>=')
    return [`${found.code} = ${converted(scope, node, value, type).code};`];
  const plain = converted(scope, node, right, type);
  return [`${found.code} ${operator} ${plain.code};`];
}

const stores =
  /** @type {Record<string, {name: string, type: import('./read-kernel.mjs').Type}>} */ ({
    f64: { name: 'Wide', type: 'wide' },
    f32: { name: 'F32', type: 'real' },
    i32: { name: 'I32', type: 'i32' },
    u32: { name: 'U32', type: 'u32' },
    u8: { name: 'U8', type: 'u32' },
  });

/** @type {(scope: Scope, node: Node) => string[]} */
function store(scope, node) {
  const asked = node.typeArguments[0].name.identifier.text;
  const { code, space } = address(scope, node.args[0], node.args[2]);
  if (asked === 'u64') {
    const from = node.args[1];
    const source = address(scope, from.args[0], from.args[1]);
    if (source.space !== space) throw scope.error(node, 'a copy from one memory to another');
    return [`${scope.memoryFunction(space, 'copy', 'Pair')}(${code}, ${source.code});`];
  }
  const how = stores[asked];
  if (!how) throw scope.error(node, `no WGSL for store<${asked}>`);
  const value = typed(scope, node.args[1], how.type);
  return [`${scope.memoryFunction(space, 'store', how.name)}(${code}, ${value.code});`];
}

/** @type {(scope: Scope, node: Node) => string[]} */
function copy(scope, node) {
  const { code, space } = address(scope, node.args[0], undefined);
  const source = address(scope, node.args[1], undefined);
  const size = typed(scope, node.args[2], 'u32');
  return [
    `${scope.memoryFunction(space, 'copy', 'Words')}(${code}, ${source.code}, ${size.code});`,
  ];
}

/**
 * Whether a function's body assigns to one of its parameters, which WGSL does not allow.
 *
 * @param {string} text of the body
 * @param {string} name
 */
export function isAssigned(text, name) {
  return new RegExp(
    `(?<![\\w.])${name}\\s*([-+*/|&^]|<<|>>)?=(?!=)|(?<![\\w.])${name}(\\+\\+|--)`,
  ).test(text);
}
