import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { SoftwareGpu } from './software-gpu.ts';

/** Types of WGSL that go in and out as 32-bit words, with the number of words; a `wide` is two f32, high and low. */
const wordCounts = {
  f32: 1,
  i32: 1,
  u32: 1,
  bool: 1,
  wide: 2,
  'vec2<u32>': 2,
  'vec3<f32>': 3,
  'vec4<f32>': 4,
  'vec4<u32>': 4,
} as const;

/** A type of an argument or of a result. */
export type WgslType = keyof typeof wordCounts;

/** What to evaluate. */
export interface WgslCall {
  /** The function's name, or an expression of the arguments a0, a1, … */
  readonly call: string;
  readonly takes: readonly WgslType[];
  readonly gives: WgslType;
}

/** One function compiled. */
export interface WgslFunction {
  /**
   * Evaluates the function for many arguments.
   *
   * @param words the arguments of the calls, one call after the other, as 32-bit words (`wide` high first)
   * @returns the results' words, one after the other
   */
  evaluate(words: Uint32Array): Promise<Uint32Array>;
}

/** A module of the GPU kernel, such as `wide`. */
export function wgslModule(name: string): string {
  return readFileSync(new URL(`../kernel/wgsl/${name}.wgsl`, import.meta.url), 'utf8');
}

/** The text of the shader that calls a function once for each row of arguments. */
function shaderText(texts: readonly string[], { call, takes, gives }: WgslCall): string {
  const stride = takes.reduce((sum, type) => sum + wordCounts[type], 0);
  let at = 0;
  const reads = takes.map((type, k) => {
    const first = at;
    at += wordCounts[type];
    return `  let a${k} = ${read(type, first)};`;
  });
  const expression = /^\w+$/.test(call) ? `${call}(${takes.map((_, k) => `a${k}`)})` : call;
  return `${texts.join('\n')}
@group(0) @binding(0) var<storage, read> argumentWords: array<u32>;
@group(0) @binding(1) var<storage, read_write> resultWords: array<u32>;
@compute @workgroup_size(64)
fn evaluateRows(@builtin(global_invocation_id) id: vec3<u32>) {
  let row = id.x;
  if (row * ${wordCounts[gives]}u >= arrayLength(&resultWords)) { return; }
  let at = row * ${stride}u + 1u;
  ${texts.some((text) => text.includes('> unknowable:')) ? 'unknowable = argumentWords[0];' : ''}
${reads.join('\n')}
  let result = ${expression};
  let to = row * ${wordCounts[gives]}u;
${write(gives)}
}
`;
}

function read(type: WgslType, first: number): string {
  const words = Array.from(
    { length: wordCounts[type] },
    (_, k) => `argumentWords[at + ${first + k}u]`,
  );
  if (type === 'bool') return `${words[0]} != 0u`;
  if (type === 'wide') return `bitcast<vec2<f32>>(vec2<u32>(${words}))`;
  if (words.length === 1) return `bitcast<${type}>(${words[0]})`;
  return `bitcast<${type}>(vec${words.length}<u32>(${words}))`;
}

function write(type: WgslType): string {
  const count = wordCounts[type];
  if (type === 'bool') return '  resultWords[to] = select(0u, 1u, result);';
  if (count === 1) return '  resultWords[to] = bitcast<u32>(result);';
  return Array.from(
    { length: count },
    (_, k) => `  resultWords[to + ${k}u] = bitcast<u32>(result.${'xyzw'[k]});`,
  ).join('\n');
}

/**
 * Compiles a shader that evaluates one function of the given texts.
 *
 * @throws with the compiler's words
 */
export async function compileFunction(
  { device }: SoftwareGpu,
  texts: readonly string[],
  call: WgslCall,
): Promise<WgslFunction> {
  const code = shaderText(texts, call);
  const module = device.createShaderModule({ code });
  const problems = (await module.getCompilationInfo()).messages.filter(
    ({ type }) => type === 'error',
  );
  if (problems.length > 0) {
    const lines = code.split('\n');
    throw new Error(
      problems.map((p) => `${p.lineNum}: ${p.message}\n  ${lines[p.lineNum - 1]}`).join('\n'),
    );
  }
  const pipeline = await device.createComputePipelineAsync({
    layout: 'auto',
    compute: { module, entryPoint: 'evaluateRows' },
  });
  const stride = call.takes.reduce((sum, type) => sum + wordCounts[type], 0);
  return {
    async evaluate(words) {
      const rows = words.length / stride;
      expect(Number.isInteger(rows)).toBe(true);
      const argumentBytes = 4 + words.byteLength;
      const resultBytes = rows * wordCounts[call.gives] * 4;
      const { STORAGE, COPY_DST, COPY_SRC, MAP_READ } = GPUBufferUsage;
      const given = device.createBuffer({ size: argumentBytes, usage: STORAGE | COPY_DST });
      const result = device.createBuffer({ size: resultBytes, usage: STORAGE | COPY_SRC });
      const reading = device.createBuffer({ size: resultBytes, usage: MAP_READ | COPY_DST });
      // The first word is the unknowable zero.
      device.queue.writeBuffer(given, 4, words);
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      pass.setPipeline(pipeline);
      pass.setBindGroup(
        0,
        device.createBindGroup({
          layout: pipeline.getBindGroupLayout(0),
          entries: [given, result].map((buffer, binding) => ({ binding, resource: { buffer } })),
        }),
      );
      pass.dispatchWorkgroups(Math.ceil(rows / 64));
      pass.end();
      encoder.copyBufferToBuffer(result, 0, reading, 0, resultBytes);
      device.queue.submit([encoder.finish()]);
      await reading.mapAsync(GPUMapMode.READ);
      const results = new Uint32Array(reading.getMappedRange().slice(0));
      for (const buffer of [given, result, reading]) buffer.destroy();
      return results;
    },
  };
}
