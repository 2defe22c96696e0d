/**
 * Writes packages/optics/kernel/wasm/generated/scene.ts: the kernel's accessors and constants of the packed scene, the
 * photon row and the generation step, from their descriptions in geometry/src/scene/layout.ts,
 * optics/src/photon-layout.ts and optics/src/genstep-layout.ts.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as layout from '../packages/geometry/dist/scene/layout.js';
import * as genstep from '../packages/optics/dist/genstep-layout.js';
import * as photon from '../packages/optics/dist/photon-layout.js';
import { root } from './process.mjs';

const target = join(root, 'packages', 'optics', 'kernel', 'wasm', 'generated', 'scene.ts');
const sections = [...Object.keys(layout.recordSections), ...Object.keys(layout.arraySections)];

const text = [
  '// Made by tools/generate-layout.mjs; edit the descriptions that it names instead.',
  ...bases(),
  ...Object.entries(layout.recordSections).flatMap(([name, record]) => recordLines(name, record)),
  ...Object.entries(layout.arraySections).flatMap(([name, array]) => arrayLines(name, array)),
  ...sceneConstants(),
  ...photonConstants(),
  ...genstepConstants(),
  '',
].join('\n');
mkdirSync(dirname(target), { recursive: true });
// An unchanged file keeps its time, so that nothing is compiled again for it.
if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text);

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
  const lines = [`// ${record.doc}`, `export const ${constant(name, 'size')}: i32 = ${size};`];
  let offset = 0;
  for (const [field, type, doc] of record.fields) {
    lines.push(
      `export const ${constant(name, field)}: i32 = ${offset};`,
      ...(doc ? [`// ${doc}`] : []),
      `@inline export function ${name}${field[0]?.toUpperCase()}${field.slice(1)}(i: i32): ${type} {`,
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

function sceneConstants() {
  return [
    `export const MATERIAL_ROW: i32 = ${layout.materialColumns.length};`,
    `export const SURFACE_ROW: i32 = ${layout.surfaceColumns.length};`,
    `export const FILM_ROW: i32 = ${layout.filmColumns.length};`,
    ...numbered('material_column', layout.materialColumns),
    ...numbered('surface_column', layout.surfaceColumns),
    ...numbered('film_column', layout.filmColumns),
    ...numbered('op', layout.opCodes),
    ...values('solid_is', layout.solidKinds),
    ...numbered('leaf_is', layout.leafTypes),
    ...values('node_flag', layout.nodeFlags),
    ...values('material_flag', layout.materialFlags),
    ...values('surface_flag', layout.surfaceFlags),
  ];
}

function photonConstants() {
  return [
    ...Object.entries(photon.photonFlags).map(
      ([name, bit]) => `export const FLAG_${name}: u32 = ${bit};`,
    ),
    `export const PHOTON_SIZE: i32 = ${photon.photonBytes};`,
    ...values('photon', photon.photonOffsets),
    `export const TALLY_SIZE: i32 = ${8 * photon.tallyFields.length};`,
    ...numbered('tally', photon.tallyFields, 0, 8),
  ];
}

function genstepConstants() {
  return [
    `export const GENSTEP_SIZE: i32 = ${genstep.genstepBytes};`,
    ...Object.entries(genstep.genstepKinds).map(
      ([name, kind]) => `export const GENSTEP_${name}: u32 = ${kind};`,
    ),
    ...values('genstep', genstep.genstepOffsets),
    ...values('track', genstep.trackOffsets),
    ...values('cerenkov', genstep.cerenkovOffsets),
    ...values('scintillation', genstep.scintillationOffsets),
    ...values('light', genstep.lightOffsets),
    ...values('torch', genstep.torchOffsets),
    ...numbered('torch_is', genstep.torchShapes, 1),
    `export const FIRST_LIGHT_SHAPE: i32 = ${genstep.firstLightShape};`,
    ...numbered('light_is', genstep.lightShapes, genstep.firstLightShape),
    ...numbered('light_goes', genstep.lightDirections),
    ...numbered('light_spectrum', genstep.lightSpectra),
    ...numbered('light_time', genstep.lightTimes),
  ];
}

/**
 * A constant for each name: its place in the list.
 *
 * @param {string} prefix
 * @param {readonly string[]} names
 */
function numbered(prefix, names, first = 0, step = 1) {
  return names.map(
    (name, i) => `export const ${constant(prefix, name)}: i32 = ${first + step * i};`,
  );
}

/**
 * @param {string} prefix
 * @param {Readonly<Record<string, number>>} named
 */
function values(prefix, named) {
  return Object.entries(named).map(
    ([name, value]) => `export const ${constant(prefix, name)}: i32 = ${value};`,
  );
}

/** @param {...string} words in camelCase; joined as CONSTANT_CASE */
function constant(...words) {
  return words
    .join('_')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase();
}
