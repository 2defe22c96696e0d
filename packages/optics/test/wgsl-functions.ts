import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { bufferUsage, createBuffer } from '../src/gpu/gpu-buffer.ts';
import { createPipeline } from '../src/gpu/gpu-shader.ts';
import type { OpenedGpu } from '../src/gpu/open-gpu.ts';

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
 * @throws OpticsError with the compiler's words
 */
export async function compileFunction(
  gpu: OpenedGpu,
  texts: readonly string[],
  call: WgslCall,
): Promise<WgslFunction> {
  const pipeline = await createPipeline(gpu, {
    what: call.call,
    code: shaderText(texts, call),
    entryPoint: 'evaluateRows',
    layout: 'auto',
  });
  const stride = call.takes.reduce((sum, type) => sum + wordCounts[type], 0);
  return {
    async evaluate(words) {
      const rows = words.length / stride;
      expect(Number.isInteger(rows)).toBe(true);
      // The first word is the unknowable zero.
      const given = new Uint32Array(words.length + 1);
      given.set(words, 1);
      return runOnce(gpu, pipeline, given, rows * wordCounts[call.gives], Math.ceil(rows / 64));
    },
  };
}

/** Dispatches a pipeline of two buffers, words given and words that come out. */
async function runOnce(
  gpu: OpenedGpu,
  pipeline: GPUComputePipeline,
  words: Uint32Array<ArrayBuffer>,
  results: number,
  workgroups: number,
): Promise<Uint32Array> {
  const { device } = gpu;
  const { storage, copySource, copyTarget, mapRead } = bufferUsage;
  const bytes = 4 * results;
  const [given, result, copy] = (await Promise.all(
    [
      { what: 'arguments', size: words.byteLength, usage: storage | copyTarget },
      { what: 'results', size: bytes, usage: storage | copySource },
      { what: 'copy of the results', size: bytes, usage: mapRead | copyTarget },
    ].map((wish) => createBuffer(gpu, wish)),
  )) as [GPUBuffer, GPUBuffer, GPUBuffer];
  device.queue.writeBuffer(given, 0, words);
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  const entries = [given, result].map((buffer, binding) => ({ binding, resource: { buffer } }));
  const layout = pipeline.getBindGroupLayout(0);
  pass.setBindGroup(0, device.createBindGroup({ layout, entries }));
  pass.dispatchWorkgroups(workgroups);
  pass.end();
  encoder.copyBufferToBuffer(result, 0, copy, 0, bytes);
  device.queue.submit([encoder.finish()]);
  await gpu.guard(copy.mapAsync(1));
  const read = new Uint32Array(copy.getMappedRange().slice(0));
  for (const buffer of [given, result, copy]) buffer.destroy();
  return read;
}
