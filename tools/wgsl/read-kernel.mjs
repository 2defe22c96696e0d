/** Reads the AssemblyScript kernel: its modules, what stands at their module scope, and of what types. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as assemblyscript from 'assemblyscript';
import {
  byHand,
  hostOnly,
  realFunctions,
  realVariables,
  wideByHand,
  wideFunctions,
  wideModules,
} from './plan.mjs';

/** @typedef {any} Node of AssemblyScript's syntax tree */
/** @typedef {'wide' | 'real' | 'i32' | 'u32' | 'u64' | 'bool' | 'vec4' | 'mask4' | 'void'} Type */
/** @typedef {{name: string, type: Type, initial?: Node}} Parameter */
/**
 * @typedef {object} Declared at module scope
 * @property {'function' | 'variable' | 'constant' | 'memory'} what
 * @property {string} name
 * @property {string} module
 * @property {boolean} exported
 * @property {Type} type of its value, or what it returns
 * @property {Parameter[]} [parameters]
 * @property {Node} node
 */
/**
 * @typedef {object} Module
 * @property {string} stem
 * @property {string} file relative to the kernel's folder
 * @property {string} text
 * @property {boolean} wide
 * @property {boolean} emitted
 * @property {Node[]} statements
 * @property {Map<string, Declared>} declared
 * @property {Map<string, {module: string, name: string}>} imported
 */

const kinds = /** @type {any} */ (assemblyscript).NodeKind;

/**
 * The kind of a node, in words.
 *
 * @param {Node} node
 * @returns {string}
 */
export function kindOf(node) {
  return kinds[node.kind];
}

/**
 * All modules of the kernel, by name; those of the layout too, which is made at build.
 *
 * @param {string} folder kernel/wasm
 * @returns {Map<string, Module>}
 */
export function readKernel(folder) {
  const files = ['', 'primitives', 'generated'].flatMap((sub) =>
    readdirSync(join(folder, sub))
      .filter((name) => name.endsWith('.ts'))
      .map((name) => (sub ? `${sub}/${name}` : name)),
  );
  return new Map(
    files
      .filter((file) => !hostOnly.has(stemOf(file)))
      .map((file) => [stemOf(file), readModule(folder, file)]),
  );
}

/** @param {string} file */
function stemOf(file) {
  return basename(file, '.ts');
}

/**
 * @param {string} folder
 * @param {string} file
 * @returns {Module}
 */
function readModule(folder, file) {
  const stem = stemOf(file);
  const text = readFileSync(join(folder, file), 'utf8');
  const wide =
    file.startsWith('primitives/') || file.startsWith('generated/') || wideModules.has(stem);
  const emitted = !byHand.has(stem) && !file.startsWith('generated/');
  const statements = parse(text, file);
  /** @type {Module} */
  const module = {
    stem,
    file,
    text,
    wide,
    emitted,
    statements,
    declared: new Map(),
    imported: new Map(),
  };
  for (const statement of statements) declare(module, statement);
  return module;
}

/**
 * @param {string} text
 * @param {string} file
 * @returns {Node[]}
 */
function parse(text, file) {
  const compiler = /** @type {any} */ (assemblyscript);
  const program = compiler.newProgram(compiler.newOptions());
  compiler.parse(program, text, file, true);
  const message = compiler.nextDiagnostic(program);
  if (message) throw new Error(compiler.formatDiagnostic(message, false, true));
  return program.sources[0].statements;
}

/**
 * @param {Module} module
 * @param {Node} node
 */
function declare(module, node) {
  if (kindOf(node) === 'Import') {
    const from = stemOf(`${node.path.value}.ts`);
    for (const { name, foreignName } of node.declarations ?? [])
      module.imported.set(name.text, { module: from, name: foreignName.text });
  }
  if (kindOf(node) === 'Export' && node.path)
    for (const { exportedName, localName } of node.members ?? [])
      module.imported.set(exportedName.text, {
        module: stemOf(`${node.path.value}.ts`),
        name: localName.text,
      });
  if (kindOf(node) === 'FunctionDeclaration') declareFunction(module, node);
  if (kindOf(node) === 'Variable')
    for (const variable of node.declarations) declareVariable(module, variable);
}

/**
 * @param {Module} module
 * @param {Node} node
 */
function declareFunction(module, node) {
  const name = node.name.text;
  const wide = isWide(module, name);
  const { parameters, returnType } = node.signature;
  module.declared.set(name, {
    what: 'function',
    name,
    module: module.stem,
    exported: isExported(node),
    type: typeOf(returnType, wide),
    parameters: parameters.map((/** @type {Node} */ parameter) => ({
      name: parameter.name.text,
      type: typeOf(parameter.type, wide),
      initial: parameter.initializer ?? undefined,
    })),
    node,
  });
}

/**
 * Whether the numbers of a function are wide.
 *
 * @param {Module} module
 * @param {string} name
 */
export function isWide(module, name) {
  if (wideFunctions.has(name)) return true;
  return module.wide && !realFunctions.has(`${module.stem}.${name}`);
}

/**
 * @param {Module} module
 * @param {Node} node
 */
function declareVariable(module, node) {
  const name = node.name.text;
  const isReal = realVariables.has(`${module.stem}.${name}`);
  const wide = (module.wide && !isReal) || wideByHand.has(name);
  const isMemory = node.initializer && /^memory\.data/.test(textOf(node.initializer));
  module.declared.set(name, {
    what: isMemory ? 'memory' : isConst(node) ? 'constant' : 'variable',
    name,
    module: module.stem,
    exported: isExported(node),
    type: typeOf(node.type, wide),
    node,
  });
}

/**
 * The text of a node, whichever module it is of.
 *
 * @param {Node} node
 * @returns {string}
 */
export function textOf(node) {
  return node.range.source.text.slice(node.range.start, node.range.end);
}

/** Bits of AssemblyScript's CommonFlags. @param {Node} node */
function isExported(node) {
  return (node.flags & 2) !== 0;
}

/** @param {Node} node */
export function isConst(node) {
  return (node.flags & 8) !== 0;
}

/**
 * The type that a type's name stands for.
 *
 * @param {Node} type
 * @param {boolean} wide
 * @returns {Type}
 */
export function typeOf(type, wide) {
  const name = type?.name?.identifier?.text;
  const known = /** @type {Record<string, Type>} */ ({
    f64: wide ? 'wide' : 'real',
    f32: 'real',
    i32: 'i32',
    u32: 'u32',
    u8: 'u32',
    usize: 'u32',
    u64: 'u64',
    bool: 'bool',
    v128: 'vec4',
    void: 'void',
  })[name];
  if (!known) throw new Error(`no WGSL for the type '${name}'`);
  return known;
}
