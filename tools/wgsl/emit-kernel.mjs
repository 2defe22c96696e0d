import { constantValue, emitModule } from './emit-module.mjs';
import { moduleNames } from './names.mjs';
import { constants, realFunctions, realVariables, spaces } from './plan.mjs';
import { kindOf, readKernel } from './read-kernel.mjs';

/** @typedef {import('./scope.mjs').Kernel} Kernel */

/**
 * The WGSL text of each module of the kernel that is emitted.
 *
 * @param {string} folder kernel/wasm
 * @param {string} byHand text of the functions that replace emitted ones
 * @param {readonly {file: string, text: string}[]} texts what is in kernel/wgsl: of those written by hand the names are taken
 * @returns {{file: string, text: string}[]}
 */
export function emitKernel(folder, byHand, texts) {
  const kernel = kernelOf(folder, texts);
  // What the plan names has to be there: else a name changed, and the plan without it.
  for (const key of [...constants.keys(), ...realFunctions, ...realVariables]) {
    const [stem = '', name = ''] = key.split('.');
    if (!kernel.modules.get(stem)?.declared.has(name))
      throw new Error(`the plan names ${key}, which is nowhere`);
  }
  const replacements = functionsOf(byHand);
  return [...kernel.modules.values()]
    .filter((module) => module.emitted)
    .map((module) => ({
      file: module.file.replace(/\.ts$/, '.wgsl'),
      text: emitModule(kernel, module, replacements),
    }));
}

/** @param {string} folder @param {readonly {file: string, text: string}[]} texts @returns {Kernel} */
function kernelOf(folder, texts) {
  const modules = readKernel(folder);
  const emitted = new Set(
    [...modules.values()].filter((module) => module.emitted).map((module) => `${module.stem}.wgsl`),
  );
  const written = texts.filter(({ file }) => !emitted.has(file));
  const names = moduleNames([
    ...written.map(({ file, text }) => ({ stem: file, fixed: true, names: namesIn(text) })),
    ...[...modules.values()].map(({ stem, emitted, declared }) => ({
      stem,
      fixed: !emitted,
      names: [...declared.values()].map(({ name, exported }) => ({ name, exported })),
    })),
  ]);
  const known = new Map(spaces);
  /** @type {Kernel} */
  const kernel = {
    modules,
    names,
    spaces: known,
    constant: (stem, name) => {
      const module = modules.get(stem);
      const declared = module?.declared.get(name);
      return module && declared && constantValue(kernel, module, declared);
    },
  };
  for (const module of modules.values())
    for (const declared of module.declared.values()) {
      const { initializer } = declared.node;
      if (declared.what !== 'variable' || declared.type !== 'u32' || !initializer) continue;
      // A variable that begins at a memory points into it.
      const target = kindOf(initializer) === 'Identifier' && module.declared.get(initializer.text);
      if (target && target.what === 'memory')
        known.set(
          `${module.stem}.${declared.name}`,
          names.get(module.stem)?.get(target.name) ?? target.name,
        );
    }
  return kernel;
}

/** What a text declares at module scope. @param {string} text */
function namesIn(text) {
  const found = text.matchAll(/^(?:fn|const|struct|(?:@\S+ )*var(?:<[^>]*>)?) (\w+)/gm);
  return [...found].map((match) => ({ name: match[1] ?? '', exported: true }));
}

/** Functions by name, with the comments before them left out. @param {string} text @returns {Map<string, string>} */
function functionsOf(text) {
  return new Map(
    [...text.matchAll(/^fn (\w+)[\s\S]*?^}$/gm)].map((match) => [match[1] ?? '', match[0]]),
  );
}
