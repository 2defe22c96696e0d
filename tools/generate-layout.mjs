// Writes the accessors of the packed scene for the WebAssembly kernel from packages/geometry/src/scene/layout.ts.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as layout from '../packages/geometry/dist/scene/layout.js';
import * as genstep from '../packages/optics/dist/genstep-layout.js';
import * as photon from '../packages/optics/dist/photon-layout.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'packages', 'optics', 'kernel', 'wasm', 'generated', 'scene.ts');

const upper = (name) => name[0].toUpperCase() + name.slice(1);
const constant = (...words) =>
  words
    .join('_')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase();

const lines = [
  '// Made by tools/generate-layout.mjs from packages/geometry/src/scene/layout.ts and',
  '// packages/optics/src/{photon,genstep}-layout.ts; edit those instead.',
  '',
];

const sections = [...Object.keys(layout.recordSections), ...Object.keys(layout.arraySections)];
for (const name of sections) {
  lines.push(`export let ${name}Base: usize = 0;`, `export let ${name}Total: i32 = 0;`);
}
lines.push('', '// The scene begins with (offset, count) of each section, in 32-bit words.');
lines.push('export function bindScene(base: usize): void {');
sections.forEach((name, i) => {
  lines.push(`  ${name}Base = base + <usize>load<u32>(base, ${8 * i});`);
  lines.push(`  ${name}Total = load<i32>(base, ${8 * i + 4});`);
});
lines.push('}', '');

for (const [name, record] of Object.entries(layout.recordSections)) {
  const size = layout.recordSize(record);
  lines.push(`// ${record.doc}`, `export const ${constant(name, 'size')}: i32 = ${size};`);
  let offset = 0;
  for (const [field, type, doc] of record.fields) {
    lines.push(`export const ${constant(name, field)}: i32 = ${offset};`);
    if (doc) lines.push(`// ${doc}`);
    lines.push(
      `@inline export function ${name}${upper(field)}(i: i32): ${type} { return load<${type}>(${name}Base + <usize>(i * ${size}), ${offset}); }`,
    );
    offset += layout.fieldSize(type);
  }
  lines.push('');
}
for (const [name, array] of Object.entries(layout.arraySections)) {
  const size = layout.fieldSize(array.element);
  lines.push(`// ${array.doc}`);
  lines.push(
    `@inline export function ${name}At(i: i32): ${array.element} { return load<${array.element}>(${name}Base + <usize>(i * ${size})); }`,
    '',
  );
}

const enumerate = (prefix, names) =>
  names.forEach((name, i) => lines.push(`export const ${constant(prefix, name)}: i32 = ${i};`));
lines.push(`export const MATERIAL_ROW: i32 = ${layout.materialColumns.length};`);
enumerate('material_column', layout.materialColumns);
lines.push(`export const SURFACE_ROW: i32 = ${layout.surfaceColumns.length};`);
enumerate('surface_column', layout.surfaceColumns);
enumerate('op', layout.opCodes);
enumerate(
  'leaf',
  layout.leafTypes.map((name) => `is_${name}`),
);
for (const [name, bit] of Object.entries(layout.materialFlags))
  lines.push(`export const ${constant('material_flag', name)}: i32 = ${bit};`);
for (const [name, bit] of Object.entries(layout.surfaceFlags))
  lines.push(`export const ${constant('surface_flag', name)}: i32 = ${bit};`);
lines.push('');
for (const [name, bit] of Object.entries(photon.photonFlags))
  lines.push(`export const FLAG_${name}: u32 = ${bit};`);
lines.push('', `export const PHOTON_SIZE: i32 = ${photon.photonBytes};`);
for (const [name, offset] of Object.entries(photon.photonOffsets))
  lines.push(`export const ${constant('photon', name)}: i32 = ${offset};`);
lines.push('', `export const TALLY_SIZE: i32 = ${8 * photon.tallyFields.length};`);
photon.tallyFields.forEach((name, i) =>
  lines.push(`export const ${constant('tally', name)}: i32 = ${8 * i};`),
);
lines.push('', `export const GENSTEP_SIZE: i32 = ${genstep.genstepBytes};`);
for (const [name, kind] of Object.entries(genstep.genstepKinds))
  lines.push(`export const GENSTEP_${name}: u32 = ${kind};`);
for (const [prefix, offsets] of [
  ['genstep', genstep.genstepOffsets],
  ['track', genstep.trackOffsets],
  ['cerenkov', genstep.cerenkovOffsets],
  ['scintillation', genstep.scintillationOffsets],
  ['light', genstep.lightOffsets],
])
  for (const [name, offset] of Object.entries(offsets))
    lines.push(`export const ${constant(prefix, name)}: i32 = ${offset};`);
genstep.lightShapes.forEach((name, i) =>
  lines.push(`export const ${constant('light_is', name)}: i32 = ${genstep.firstLightShape + i};`),
);
enumerate('light_goes', genstep.lightDirections);
enumerate('light_spectrum', genstep.lightSpectra);
enumerate('light_time', genstep.lightTimes);
lines.push('');

const text = lines.join('\n');
mkdirSync(dirname(target), { recursive: true });
let old = '';
try {
  old = readFileSync(target, 'utf8');
} catch {
  old = '';
}
if (old !== text) writeFileSync(target, text);
