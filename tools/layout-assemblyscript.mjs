/** The AssemblyScript kernel's accessors and constants. */
import * as layout from '../packages/geometry/src/scene/layout.ts';
import {
  accessorName,
  constantName,
  genstepConstants,
  photonConstants,
  sceneConstants,
} from './layout-constants.mjs';

const sections = [...Object.keys(layout.recordSections), ...Object.keys(layout.arraySections)];

/** @returns {string} the text of kernel/wasm/generated/scene.ts */
export function assemblyScriptLayout() {
  const constants = [...sceneConstants(), ...photonConstants(), ...genstepConstants()];
  return [
    '// Made by tools/generate-layout.mjs; edit the descriptions that it names instead.',
    ...bases(),
    ...Object.entries(layout.recordSections).flatMap(([name, record]) => recordLines(name, record)),
    ...Object.entries(layout.arraySections).flatMap(([name, array]) => arrayLines(name, array)),
    ...constants.map(([name, type, value]) => `export const ${name}: ${type} = ${value};`),
    '',
  ].join('\n');
}

/** Where each section begins and how many records or numbers it has. */
function bases() {
  return [
    ...sections.flatMap((name) => [
      `export let ${name}Base: usize = 0;`,
      `export let ${name}Total: i32 = 0;`,
    ]),
    '// The scene begins with (offset, count) of each section, in 32-bit words.',
    'export function bindScene(base: usize): void {',
    ...sections.flatMap((name, i) => [
      `  ${name}Base = base + <usize>load<u32>(base, ${8 * i});`,
      `  ${name}Total = load<i32>(base, ${8 * i + 4});`,
    ]),
    '}',
  ];
}

/**
 * @param {string} name of the section
 * @param {layout.RecordLayout} record
 */
function recordLines(name, record) {
  const size = layout.recordSize(record);
  const lines = [`// ${record.doc}`, `export const ${constantName(name, 'size')}: i32 = ${size};`];
  let offset = 0;
  for (const [field, type, doc] of record.fields) {
    lines.push(
      `export const ${constantName(name, field)}: i32 = ${offset};`,
      ...(doc ? [`// ${doc}`] : []),
      `@inline export function ${accessorName(name, field)}(i: i32): ${type} {`,
      `  return load<${type}>(${name}Base + <usize>(i * ${size}), ${offset});`,
      '}',
    );
    offset += layout.fieldSize(type);
  }
  return lines;
}

/**
 * @param {string} name of the section
 * @param {layout.ArrayLayout} array
 */
function arrayLines(name, { doc, element }) {
  // By address: indices of a leaf's numbers would be added up again for each of them.
  if (name === 'param')
    return [
      `// ${doc} Where those of a leaf begin, and the k-th of them.`,
      '@inline export function paramsOf(leaf: i32): usize {',
      '  return paramBase + (<usize>leafParams(leaf) << 3);',
      '}',
      '@inline export function param(p: usize, k: i32): f64 {',
      '  return load<f64>(p + (<usize>k << 3));',
      '}',
    ];
  return [
    `// ${doc}`,
    `@inline export function ${name}At(i: i32): ${element} {`,
    `  return load<${element}>(${name}Base + <usize>(i * ${layout.fieldSize(element)}));`,
    '}',
  ];
}
