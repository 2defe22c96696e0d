import { wgslName } from './names.mjs';
import { spaces } from './plan.mjs';
import { textOf } from './read-kernel.mjs';

/** @typedef {import('./read-kernel.mjs').Node} Node */
/** @typedef {import('./read-kernel.mjs').Module} Module */
/** @typedef {import('./read-kernel.mjs').Declared} Declared */
/** @typedef {{code: string, type: import('./values.mjs').ValueType, space?: string, constant?: number}} Found */
/** @typedef {{code: string, declared: Declared}} FoundFunction */

/** What the whole kernel knows, and a module collects while it is emitted. */
/**
 * @typedef {object} Kernel
 * @property {Map<string, Module>} modules
 * @property {Map<string, Map<string, string>>} names in WGSL, by module
 * @property {Map<string, string>} spaces that variables of the kernel point into, by `module.name`
 * @property {(module: string, name: string) => number | undefined} constant the value of a constant
 */

/** Where an expression stands: what its names mean, and the statements that have to come before it. */
export class Scope {
  /** Statements to come first. @type {string[]} */
  lines = [];
  /** @type {Map<string, Found>} */
  #locals = new Map();
  /** @type {Scope | undefined} */
  #outer;

  /**
   * @param {Kernel} kernel
   * @param {Module} module
   * @param {{temporaries: number, memory: Set<string>, returns: any, wide?: boolean}} counts of the function, and what it does with memory
   * @param {Scope} [outer]
   */
  constructor(kernel, module, counts, outer) {
    this.kernel = kernel;
    this.module = module;
    this.counts = counts;
    this.#outer = outer;
  }

  /** What the function returns. @type {import("./read-kernel.mjs").Type} */
  get returns() {
    return this.counts.returns;
  }

  get wide() {
    return this.counts.wide ?? this.module.wide;
  }

  /** A scope in this one, with statements of its own. */
  branch() {
    return new Scope(this.kernel, this.module, this.counts, this);
  }

  temporary() {
    this.counts.temporaries++;
    return `t${this.counts.temporaries}_`;
  }

  /** @param {string} name @param {Found} found */
  declare(name, found) {
    this.#locals.set(name, found);
  }

  /** @param {string} name @returns {Found | undefined} */
  #local(name) {
    return this.#locals.get(name) ?? (this.#outer ? this.#outer.#local(name) : undefined);
  }

  /** What a name stands for that is a value. @param {string} name @returns {Found | undefined} */
  lookUp(name) {
    const local = this.#local(name);
    if (local) return local;
    const declared = this.#declared(name);
    if (!declared || declared.what === 'function') return undefined;
    const key = `${declared.module}.${declared.name}`;
    // The sections of the scene begin where the host says.
    if (declared.module === 'scene' && declared.what === 'variable')
      return { code: `sections.${declared.name}`, type: declared.type };
    const code =
      this.kernel.names.get(declared.module)?.get(declared.name) ?? wgslName(declared.name);
    if (declared.what === 'memory') return { code: '0u', type: 'u32', space: code, constant: 0 };
    const space = this.kernel.spaces.get(key);
    const constant =
      declared.what === 'constant'
        ? this.kernel.constant(declared.module, declared.name)
        : undefined;
    return {
      code,
      type: declared.type,
      ...(space ? { space } : {}),
      ...(constant === undefined ? {} : { constant }),
    };
  }

  /** @param {string} name @returns {FoundFunction | undefined} */
  lookUpFunction(name) {
    const declared = this.#declared(name);
    if (declared?.what !== 'function') return undefined;
    const code =
      this.kernel.names.get(declared.module)?.get(declared.name) ?? wgslName(declared.name);
    return { code, declared };
  }

  /** @param {string} name @returns {Declared | undefined} */
  #declared(name) {
    let module = this.module;
    let wanted = name;
    for (let hops = 0; hops < 4; hops++) {
      const declared = module.declared.get(wanted);
      if (declared) return declared;
      const imported = module.imported.get(wanted);
      const next = imported && this.kernel.modules.get(imported.module);
      if (!imported || !next) return undefined;
      module = next;
      wanted = imported.name;
    }
    return undefined;
  }

  /** In which memory the addresses of a parameter are. @param {string} parameter */
  spaceOf(parameter) {
    return spaces.get(`${this.module.stem}.${parameter}`);
  }

  /**
   * The function that loads from a memory, or stores there.
   *
   * @param {string} space
   * @param {'load' | 'store' | 'copy'} verb
   * @param {string} type
   */
  memoryFunction(space, verb, type) {
    if (space === 'scene') return `${verb}${type}`;
    if (space === 'source') return `${verb}Source${type}`;
    this.counts.memory.add(`${space} ${verb} ${type}`);
    return `${space}_${verb}${type}`;
  }

  /** @param {Node} node */
  textOf(node) {
    return textOf(node);
  }

  /** @param {Node} node @param {string} what */
  error(node, what) {
    const line = this.module.text.slice(0, node.range.start).split('\n').length;
    return new Error(`kernel/wasm/${this.module.file}:${line}: ${what}\n  ${this.textOf(node)}`);
  }
}
