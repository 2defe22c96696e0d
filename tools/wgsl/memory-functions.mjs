/** Private memory of a thread: words in an array, met by byte addresses as in AssemblyScript. */

const word = 'at >> 2u';
const bodies = /** @type {Record<string, (name: string) => string[]>} */ ({
  'load I32': (name) => [
    `fn ${name}_loadI32(at: u32) -> i32 {`,
    `  return bitcast<i32>(${name}[${word}]);`,
    '}',
  ],
  'load U32': (name) => [`fn ${name}_loadU32(at: u32) -> u32 {`, `  return ${name}[${word}];`, '}'],
  'load F32': (name) => [
    `fn ${name}_loadF32(at: u32) -> f32 {`,
    `  return bitcast<f32>(${name}[${word}]);`,
    '}',
  ],
  'load Wide': (name) => [
    `fn ${name}_loadWide(at: u32) -> vec2f {`,
    `  let i = ${word};`,
    `  return vec2f(bitcast<f32>(${name}[i]), bitcast<f32>(${name}[i + 1u]));`,
    '}',
  ],
  'load U8': (name) => [
    `fn ${name}_loadU8(at: u32) -> u32 {`,
    `  return (${name}[${word}] >> (8u * (at & 3u))) & 0xffu;`,
    '}',
  ],
  'store I32': (name) => [
    `fn ${name}_storeI32(at: u32, value: i32) {`,
    `  ${name}[${word}] = bitcast<u32>(value);`,
    '}',
  ],
  'store U32': (name) => [
    `fn ${name}_storeU32(at: u32, value: u32) {`,
    `  ${name}[${word}] = value;`,
    '}',
  ],
  'store F32': (name) => [
    `fn ${name}_storeF32(at: u32, value: f32) {`,
    `  ${name}[${word}] = bitcast<u32>(value);`,
    '}',
  ],
  'store Wide': (name) => [
    `fn ${name}_storeWide(at: u32, value: vec2f) {`,
    `  let i = ${word};`,
    `  ${name}[i] = bitcast<u32>(value.x);`,
    `  ${name}[i + 1u] = bitcast<u32>(value.y);`,
    '}',
  ],
  'store U8': (name) => [
    `fn ${name}_storeU8(at: u32, value: u32) {`,
    '  let shift = 8u * (at & 3u);',
    `  ${name}[${word}] = (${name}[${word}] & ~(0xffu << shift)) | ((value & 0xffu) << shift);`,
    '}',
  ],
  'store Vec4': (name) => [
    `fn ${name}_storeVec4(at: u32, value: vec4f) {`,
    `  let i = ${word};`,
    ...['x', 'y', 'z', 'w'].map((lane, i) => `  ${name}[i + ${i}u] = bitcast<u32>(value.${lane});`),
    '}',
  ],
  'copy Pair': (name) => [
    `fn ${name}_copyPair(to: u32, at: u32) {`,
    `  let low = ${name}[${word}];`,
    `  let high = ${name}[(${word}) + 1u];`,
    `  ${name}[to >> 2u] = low;`,
    `  ${name}[(to >> 2u) + 1u] = high;`,
    '}',
  ],
  'copy Words': (name) => [
    '// As many bytes as `size`, a multiple of 4; the two places may overlap.',
    `fn ${name}_copyWords(to: u32, at: u32, size: u32) {`,
    '  let words = size >> 2u;',
    '  let up = to > at;',
    '  for (var i = 0u; i < words; i++) {',
    '    let k = select(i, words - 1u - i, up);',
    `    ${name}[(to >> 2u) + k] = ${name}[(${word}) + k];`,
    '  }',
    '}',
  ],
});

/**
 * The functions by which a module meets its private memory.
 *
 * @param {ReadonlySet<string>} used `array verb type`
 */
export function memoryFunctions(used) {
  return [...used].sort().flatMap((use) => {
    const [name = '', verb, type] = use.split(' ');
    const body = bodies[`${verb} ${type}`];
    if (!body) throw new Error(`no function that can ${verb} ${type}`);
    return [...body(name), ''];
  });
}
