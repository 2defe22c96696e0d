/** The WGSL kernel's accessors and constants: the names of the AssemblyScript ones, over the GPU image of the scene. */
import * as layout from '../packages/geometry/src/scene/layout.ts';
import { arrays, faults } from '../packages/optics/src/gpu/faults.ts';
import {
  batchCounters,
  counters,
  countersOfBatch,
  countersOfBatches,
  mostFresh,
  mostOpen,
  nobody,
  slotWords,
  workgroup,
} from '../packages/optics/src/gpu/launch-layout.ts';
import {
  batchFields,
  settingsFields,
  sourceKinds,
} from '../packages/optics/src/gpu/settings-layout.ts';
import {
  accessorName,
  constantName,
  genstepConstants,
  photonConstants,
  sceneConstants,
  values,
} from './layout-constants.mjs';

/** What a field is in WGSL, and what loads it: numbers of 64 bits are pairs of 32-bit ones (scene-image.ts). */
const loads = {
  i32: ['i32', 'loadI32'],
  f32: ['f32', 'loadF32'],
  f64: ['vec2<f32>', 'loadWide'],
};

/** @returns {string} the text of kernel/wgsl/generated/scene.wgsl */
export function wgslLayout() {
  const constants = [
    ...sceneConstants(),
    ...photonConstants(),
    ...genstepConstants(),
    ...values('source_is', sourceKinds, 'u32'),
    ...values('fault', faults, 'u32'),
    ...values('room', arrays, 'u32'),
    ...values('counter', counters, 'u32'),
    ...values('counter', batchCounters, 'u32'),
    ['COUNTERS_OF_BATCHES', 'u32', countersOfBatches],
    ['COUNTERS_OF_BATCH', 'u32', countersOfBatch],
    ['MOST_FRESH', 'u32', mostFresh],
    ['NOBODY', 'u32', nobody],
    ['WORKGROUP', 'u32', workgroup],
    ['SLOT_WORDS', 'u32', slotWords],
  ];
  return [
    '// Made by tools/generate-layout.mjs; edit the descriptions that it names instead.',
    ...sectionsLines(),
    ...settingsLines(),
    ...Object.entries(layout.recordSections).flatMap(([name, record]) => recordLines(name, record)),
    ...Object.entries(layout.arraySections).flatMap(([name, array]) => arrayLines(name, array)),
    ...constants.map(([name, type, value]) => `const ${name}: ${type} = ${value};`),
    '',
  ].join('\n');
}

/** The header of the scene as it is: where each section begins (bytes) and how many records or numbers it has. */
function sectionsLines() {
  const names = [...Object.keys(layout.recordSections), ...Object.keys(layout.arraySections)];
  return [
    '// Where each section of the scene begins, in bytes, and how many it has.',
    'struct Sections {',
    ...names.flatMap((name) => [`  ${name}Base: u32,`, `  ${name}Total: i32,`]),
    '}',
  ];
}

function settingsLines() {
  return [
    '// What the host says of an open batch.',
    'struct Batch {',
    ...batchFields.flatMap(fieldLines),
    '}',
    '// What the host says of a launch.',
    'struct Settings {',
    ...settingsFields.flatMap(fieldLines),
    `  fresh: array<vec4<u32>, ${mostFresh / 4}>,`,
    `  batches: array<Batch, ${mostOpen}>,`,
    '}',
  ];
}

/** @param {readonly [name: string, type: string, doc: string]} field */
function fieldLines([name, type, doc]) {
  return [...(doc ? [`  // ${doc}`] : []), `  ${name}: ${type},`];
}

/**
 * @param {string} name of the section
 * @param {layout.RecordLayout} record
 */
function recordLines(name, record) {
  const size = layout.recordSize(record);
  const lines = [`// ${record.doc}`, `const ${constantName(name, 'size')}: i32 = ${size};`];
  let offset = 0;
  for (const [field, type, doc] of record.fields) {
    const [result, load] = loads[type];
    const at = `sections.${name}Base + u32(i) * ${size}u${offset > 0 ? ` + ${offset}u` : ''}`;
    lines.push(
      `const ${constantName(name, field)}: i32 = ${offset};`,
      ...(doc ? [`// ${doc}`] : []),
      `fn ${accessorName(name, field)}(i: i32) -> ${result} {`,
      `  return ${load}(${at});`,
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
  const [result, load] = loads[element];
  if (name === 'param')
    return [
      `// ${doc} Where those of a leaf begin, and the k-th of them.`,
      'fn paramsOf(leaf: i32) -> u32 {',
      '  return sections.paramBase + (u32(leafParams(leaf)) << 3u);',
      '}',
      `fn param(p: u32, k: i32) -> ${result} {`,
      `  return ${load}(p + (u32(k) << 3u));`,
      '}',
    ];
  return [
    `// ${doc}`,
    `fn ${name}At(i: i32) -> ${result} {`,
    `  return ${load}(sections.${name}Base + u32(i) * ${layout.fieldSize(element)}u);`,
    '}',
  ];
}
