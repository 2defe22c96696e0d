import { NoGpuError } from '../errors.ts';
import { type ArithmeticForm, inForm } from './arithmetic-form.ts';
import { kernelModules } from './generated/kernel-modules.ts';
import { bufferUsage, createBuffer } from './gpu-buffer.ts';
import { createPipeline } from './gpu-shader.ts';
import type { OpenedGpu } from './open-gpu.ts';

/** Forms of the arithmetic, the cheapest first. */
const forms: readonly ArithmeticForm[] = [true, false].flatMap((fused) =>
  ([false, 'first', true] as const).map((guarded) => ({ fused, guarded })),
);

/** The largest part of the result by which wide numbers may be wrong: WIDE2 to WIDE4, as a device may divide poorly. */
const bound = 2 ** -42;

/** What is tried: an expression of two wide numbers, what it gives, and what an error is measured by. */
interface Trial {
  readonly code: string;
  readonly exact: (a: number, b: number) => number;
  readonly scale: (a: number, b: number) => number;
}

const trials: readonly Trial[] = [
  // A compiler may fold what it knows.
  {
    code: 'wAdd(vec2<f32>(1.0, 0.0), a)',
    exact: (a) => 1 + a,
    scale: (a) => 1 + Math.abs(a),
  },
  {
    code: 'wSub(vec2<f32>(1.0, 0.0), a)',
    exact: (a) => 1 - a,
    scale: (a) => 1 + Math.abs(a),
  },
  { code: 'wAdd(a, b)', exact: (a, b) => a + b, scale: (a, b) => Math.abs(a) + Math.abs(b) },
  { code: 'wSub(a, b)', exact: (a, b) => a - b, scale: (a, b) => Math.abs(a) + Math.abs(b) },
  { code: 'wMul(a, b)', exact: (a, b) => a * b, scale: (a, b) => Math.abs(a * b) },
  { code: 'wSquare(a)', exact: (a) => a * a, scale: (a) => a * a },
  { code: 'wDiv(a, b)', exact: (a, b) => a / b, scale: (a, b) => Math.abs(a / b) },
  {
    code: 'wSqrt(wAbs(a))',
    exact: (a) => Math.sqrt(Math.abs(a)),
    scale: (a) => Math.sqrt(Math.abs(a)),
  },
  {
    code: 'wDot3(a, b, b, b, a, a)',
    exact: (a, b) => a * b + b * b + a * a,
    scale: (a, b) => Math.abs(a * b) + b * b + a * a,
  },
  // As the way to a sphere: products that are summed, and a sum that cancels.
  {
    code: 'wSub(wSqrt(wAdd(wMul(a, a), wMul(b, b))), wAbs(a))',
    exact: (a, b) => Math.sqrt(a * a + b * b) - Math.abs(a),
    scale: (a, b) => Math.sqrt(a * a + b * b) + Math.abs(a),
  },
];

/** Pairs of numbers of 48 bits and of sizes from 1e-6 to 1e6, in which each is far from and near to the other. */
function givenPairs(): readonly (readonly [number, number])[] {
  const part = (k: number): number => (k * 0.6180339887498949) % 1;
  return Array.from({ length: 64 }, (_, k) => {
    const a = (1 + part(k + 1)) * 2 ** ((k % 41) - 20);
    const b =
      k % 3 === 0 ? -a * (1 + part(k) * 2 ** -(k % 30)) : (1 - 2 * part(7 * k + 3)) * 2 ** (k % 20);
    return [asWide(a), asWide(b)] as const;
  });
}

function asWide(value: number): number {
  const high = Math.fround(value);
  return high + Math.fround(value - high);
}

/** By names of GPUs, as one is the same all the time. */
const found = new Map<string, Promise<ArithmeticForm>>();

/**
 * The form of the kernel's arithmetic for a GPU, found out once in the life of the process.
 *
 * @throws NoGpuError naming what the device gets wrong in every form
 */
export async function arithmeticOf(gpu: OpenedGpu): Promise<ArithmeticForm> {
  const known = found.get(gpu.name);
  if (known) return await known;
  const text = kernelModules.find(({ name }) => name === 'wide.wgsl')?.text ?? '';
  const form = probeArithmetic(gpu, text);
  found.set(gpu.name, form);
  // A device that was lost meanwhile says nothing of the next.
  form.catch(() => found.delete(gpu.name));
  return await form;
}

/**
 * Finds out what a device does with the arithmetic of wide.wgsl: whether fma() rounds once, and whether its compiler
 * must be kept from simplifying sums. Runs small shaders, with numbers that the compiler cannot know.
 *
 * @param wideText the module wide.wgsl
 * @throws NoGpuError naming what the device gets wrong in every form
 */
export async function probeArithmetic(gpu: OpenedGpu, wideText: string): Promise<ArithmeticForm> {
  const faults: string[] = [];
  for (const form of forms) {
    const wrong = await firstWrong(gpu, inForm(wideText, form));
    if (wrong === undefined) return form;
    const hidden = { false: '', first: ', first sums hidden', true: ', all sums hidden' };
    const products = form.fused ? 'fma' : 'split products';
    faults.push(`${products}${hidden[`${form.guarded}`]}: ${wrong}`);
  }
  throw new NoGpuError({
    what: `the arithmetic of the GPU ${gpu.name} is not exact enough for the geometry`,
    given: faults.join('; '),
    expected: `errors below 2^${Math.log2(bound)} of the result`,
    hint: 'its compiler does not keep to the order of sums; another driver may, and the CPU engine does',
  });
}

/** The first expression that a device gets wrong, and by how much; undefined for none. */
async function firstWrong(gpu: OpenedGpu, wideText: string): Promise<string | undefined> {
  const pairs = givenPairs();
  const results = await evaluate(gpu, wideText, pairs);
  for (const [t, { code, exact, scale }] of trials.entries()) {
    const errors = pairs.map(([a, b], k) => {
      const at = 2 * (k * trials.length + t);
      return Math.abs(results[at]! + results[at + 1]! - exact(a, b)) / scale(a, b);
    });
    const most = Math.max(...errors);
    if (!(most <= bound))
      return `${code} by ${Number.isNaN(most) ? most : `2^${Math.log2(most).toFixed(1)}`}`;
  }
  return undefined;
}

/** The results of all trials for each pair, as high and low f32. */
async function evaluate(
  gpu: OpenedGpu,
  wideText: string,
  pairs: readonly (readonly [number, number])[],
): Promise<Float32Array> {
  const numbers = new Float32Array(2 + 4 * pairs.length);
  pairs.flat().forEach((value, k) => {
    numbers[2 * k + 2] = value;
    numbers[2 * k + 3] = value - numbers[2 * k + 2]!;
  });
  const { device } = gpu;
  const { storage, copySource, copyTarget, mapRead } = bufferUsage;
  const size = pairs.length * trials.length * 8;
  const code = shader(wideText);
  const what = 'the trial of its arithmetic';
  const pipeline = await createPipeline(gpu, { what, code, entryPoint: 'probe', layout: 'auto' });
  const buffers = await Promise.all([
    createBuffer(gpu, { what, size: numbers.byteLength, usage: storage | copyTarget }),
    createBuffer(gpu, { what, size, usage: storage | copySource }),
    createBuffer(gpu, { what, size, usage: mapRead | copyTarget }),
  ]);
  const [given, results, copy] = buffers;
  try {
    device.queue.writeBuffer(given, 0, numbers);
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    const entries = [given, results].map((buffer, binding) => ({ binding, resource: { buffer } }));
    const layout = pipeline.getBindGroupLayout(0);
    pass.setBindGroup(0, device.createBindGroup({ layout, entries }));
    pass.dispatchWorkgroups(pairs.length / 64);
    pass.end();
    encoder.copyBufferToBuffer(results, 0, copy, 0, size);
    device.queue.submit([encoder.finish()]);
    await gpu.guard(copy.mapAsync(1));
    return new Float32Array(copy.getMappedRange().slice(0));
  } finally {
    for (const buffer of buffers) buffer.destroy();
  }
}

/** A thread for each pair; the first pair of words is zero, which no compiler knows. */
function shader(wideText: string): string {
  return `${wideText}
@group(0) @binding(0) var<storage, read> given: array<vec2<f32>>;
@group(0) @binding(1) var<storage, read_write> results: array<vec2<f32>>;
@compute @workgroup_size(64) fn probe(@builtin(global_invocation_id) id: vec3<u32>) {
  unknowable = bitcast<u32>(given[0].x);
  let a = given[2u * id.x + 1u];
  let b = given[2u * id.x + 2u];
  let at = id.x * ${trials.length}u;
${trials.map(({ code }, t) => `  results[at + ${t}u] = ${code};`).join('\n')}
}
`;
}
