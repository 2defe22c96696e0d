import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * A CommonJS package with all that it requires, as one module of a page: what a bundler makes of it.
 *
 * @param names what it exports, as far as it is imported
 */
export function asPageModule(name: string, names: readonly string[], from: string): string {
  const texts = new Map<string, string>();
  const add = (path: string): void => {
    if (texts.has(path)) return;
    const text = readFileSync(path, 'utf8');
    const { resolve } = createRequire(path);
    const own = text.replaceAll(/require\("([^"]+)"\)/g, (_, needed: string) => {
      const found = resolve(needed);
      add(found);
      return `require(${JSON.stringify(found)})`;
    });
    texts.set(path, own);
  };
  const main = createRequire(from).resolve(name);
  add(main);
  const modules = [...texts].map(
    ([path, text]) => `${JSON.stringify(path)}: (module, exports, require) => {\n${text}\n}`,
  );
  return `const modules = {\n${modules.join(',\n')}\n};
const made = {};
const require = (path) => {
  if (!made[path]) {
    made[path] = { exports: {} };
    modules[path](made[path], made[path].exports, require);
  }
  return made[path].exports;
};
export const { ${names.join(', ')} } = require(${JSON.stringify(main)});
`;
}
