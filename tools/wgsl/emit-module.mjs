/** Modules of the AssemblyScript kernel in WGSL. */
import { expression } from './emit-expression.mjs';
import { block, comments, indented, isAssigned } from './emit-statement.mjs';
import { memoryFunctions } from './memory-functions.mjs';
import { wgslName } from './names.mjs';
import { wideLiteral } from './numbers.mjs';
import { constants, words as plannedWords } from './plan.mjs';
import { isWide, kindOf, textOf } from './read-kernel.mjs';
import { Scope } from './scope.mjs';
import { asBool, converted, wgslType } from './values.mjs';
import { wrapped } from './wrap.mjs';

/** @typedef {import('./read-kernel.mjs').Node} Node */
/** @typedef {import('./read-kernel.mjs').Module} Module */
/** @typedef {import('./read-kernel.mjs').Declared} Declared */
/** @typedef {import('./scope.mjs').Kernel} Kernel */

/**
 * The WGSL text of a module.
 *
 * @param {Kernel} kernel
 * @param {Module} module
 * @param {Map<string, string>} replacements functions written by hand, by their names in WGSL
 */
export function emitModule(kernel, module, replacements) {
  const lines = [`// Made by tools/emit-wgsl.mjs of kernel/wasm/${module.file}.`, ''];
  const memory = new Set();
  let from = 0;
  for (const node of module.statements) {
    const said = comments(module.text.slice(from, node.range.start));
    from = node.range.end;
    const kind = kindOf(node);
    if (kind === 'Import' || kind === 'Export') {
      if (said.length > 0) lines.push(...said, '');
      continue;
    }
    const declared = /** @type {Declared[]} */ (
      kind === 'Variable'
        ? node.declarations.map((/** @type {Node} */ one) => module.declared.get(one.name.text))
        : [module.declared.get(node.name.text)]
    );
    const emitted = declared.flatMap((one) =>
      one.what === 'function'
        ? functionLines(kernel, module, one, memory, replacements)
        : variableLines(kernel, module, one),
    );
    if (said.length > 0 && lines.at(-1) !== '') lines.push('');
    lines.push(...said, ...emitted, ...(kind === 'Variable' ? [] : ['']));
  }
  lines.push(...memoryFunctions(memory));
  return `${lines
    .flatMap(wrapped)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}

/** @type {(kernel: Kernel, module: Module, declared: Declared, memory: Set<string>, replacements: Map<string, string>) => string[]} */
function functionLines(kernel, module, declared, memory, replacements) {
  const name = kernel.names.get(module.stem)?.get(declared.name) ?? declared.name;
  const replacement = replacements.get(name);
  if (replacement !== undefined) return replacement.split('\n');
  const counts = {
    temporaries: 0,
    memory,
    returns: declared.type,
    wide: isWide(module, declared.name),
  };
  const scope = new Scope(kernel, module, counts);
  const { node } = declared;
  const body = textOf(node.body);
  const copies = /** @type {string[]} */ ([]);
  const parameters = (declared.parameters ?? []).map((parameter) => {
    const code = wgslName(parameter.name);
    const space = parameter.type === 'u32' ? scope.spaceOf(parameter.name) : undefined;
    scope.declare(parameter.name, { code, type: parameter.type, ...(space ? { space } : {}) });
    if (!isAssigned(body, parameter.name)) return `${code}: ${wgslType(parameter.type)}`;
    copies.push(`var ${code} = ${code}_;`);
    return `${code}_: ${wgslType(parameter.type)}`;
  });
  const returns = declared.type === 'void' ? '' : ` -> ${wgslType(declared.type)}`;
  const inner = scope.branch();
  const lines = block(inner, node.body.statements, node.body.range.start + 1);
  return [
    `fn ${name}(${parameters.join(', ')})${returns} {`,
    ...indented([...copies, ...lines]),
    '}',
  ];
}

/** @type {(kernel: Kernel, module: Module, declared: Declared) => string[]} */
function variableLines(kernel, module, declared) {
  const name = kernel.names.get(module.stem)?.get(declared.name) ?? declared.name;
  const scope = new Scope(kernel, module, { temporaries: 0, memory: new Set(), returns: 'void' });
  const { node, type } = declared;
  if (declared.what === 'memory') {
    const words = plannedWords.get(name) ?? memoryWords(scope, node);
    const size = `${name.toUpperCase()}_WORDS`;
    return [`const ${size}: u32 = ${words}u;`, `var<private> ${name}: array<u32, ${size}>;`];
  }
  const value = constantValue(kernel, module, declared);
  if (declared.what === 'constant' && value !== undefined) {
    const shown =
      type === 'wide'
        ? wideLiteral(value)
        : converted(scope, node, { code: '', type: 'number', constant: value }, type).code;
    return [`const ${name}: ${wgslType(type)} = ${shown};`];
  }
  if (type === 'vec4') return [`var<private> ${name}: vec4f;`];
  const initial = expression(scope, node.initializer);
  const shown = type === 'bool' ? asBool(initial) : converted(scope, node, initial, type);
  return [
    `${declared.what === 'constant' ? 'const' : 'var<private>'} ${name}: ${wgslType(type)} = ${shown.code};`,
  ];
}

/** @type {(scope: Scope, node: Node) => number} */
function memoryWords(scope, node) {
  const bytes = evaluated(scope, node.initializer.args[0]);
  return Math.ceil(bytes / 4);
}

/**
 * The value of a numeric constant, undefined where it is none.
 *
 * @type {(kernel: Kernel, module: Module, declared: Declared) => number | undefined}
 */
export function constantValue(kernel, module, declared) {
  if (declared.what !== 'constant' || declared.type === 'bool') return undefined;
  const planned = constants.get(`${module.stem}.${declared.name}`);
  if (planned !== undefined) return planned;
  const scope = new Scope(kernel, module, { temporaries: 0, memory: new Set(), returns: 'void' });
  try {
    return evaluated(scope, declared.node.initializer);
  } catch {
    return undefined;
  }
}

/** @type {(scope: Scope, node: Node) => number} */
function evaluated(scope, node) {
  const text = scope.textOf(node);
  const numbers = text
    .replaceAll(/\bMath\.PI\b/g, String(Math.PI))
    .replaceAll(/<\w+>/g, '')
    .replaceAll(/\b[A-Za-z_]\w*\b/g, (name) => {
      if (/^e\d*$/.test(name)) return name;
      const found = scope.lookUp(name);
      if (found?.constant === undefined) throw scope.error(node, `'${name}' is no constant`);
      return `(${found.constant})`;
    });
  if (!/^[\d\s.eE+\-*/%()|&<>~x]+$/.test(numbers)) throw scope.error(node, 'no number');
  return Number(new Function(`return (${numbers});`)());
}
