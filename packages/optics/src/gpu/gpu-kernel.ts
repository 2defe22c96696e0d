import { type ArithmeticForm, inForm } from './arithmetic-form.ts';
import { type AssembledKernel, assembleKernel } from './assemble-kernel.ts';
import { arrays, faults } from './faults.ts';
import type { Feature } from './feature-stubs.ts';
import { kernelModules } from './generated/kernel-modules.ts';
import { createPipeline } from './gpu-shader.ts';
import type { KernelModule } from './kernel-module.ts';
import type { OpenedGpu } from './open-gpu.ts';
import { stubsWithout } from './scene-features.ts';

/** The kernel made ready for a scene and a source on a device. */
export interface GpuKernel {
  readonly pipeline: GPUComputePipeline;
  /** A fault in words. */
  faultInWords(fault: number): string;
}

const compute = 0x4;

/** What the kernel's entry point finds where: memory.wgsl. */
export function kernelLayout(device: GPUDevice): GPUBindGroupLayout {
  const types: readonly GPUBufferBindingType[] = [
    ...(['read-only-storage', 'read-only-storage', 'read-only-storage'] as const),
    ...(['uniform', 'uniform', 'read-only-storage'] as const),
    ...(['storage', 'storage', 'storage', 'storage'] as const),
  ];
  return device.createBindGroupLayout({
    entries: types.map((type, binding) => ({ binding, visibility: compute, buffer: { type } })),
  });
}

/**
 * Assembles and compiles the kernel for scenes and sources that have these features and no others.
 *
 * @param constants of the scene (scene-limits.ts)
 * @throws OpticsError that quotes what the device refuses
 */
export async function compileKernel(
  gpu: OpenedGpu,
  layout: GPUBindGroupLayout,
  form: ArithmeticForm,
  features: ReadonlySet<Feature>,
  constants: Readonly<Record<string, number>>,
): Promise<GpuKernel> {
  const text = assembleKernel({
    modules: modulesInForm(form),
    entries: ['run'],
    constants,
    stubs: stubsWithout(features),
  });
  const pipeline = await createPipeline(gpu, {
    what: 'the kernel',
    code: text.code,
    place: text.place,
    entryPoint: 'run',
    layout: gpu.device.createPipelineLayout({ bindGroupLayouts: [layout] }),
  });
  return { pipeline, faultInWords: (fault) => faultInWords(text, fault) };
}

const inForms = new Map<string, readonly KernelModule[]>();

/** The modules in the form of arithmetic that a device needs; the same ones each time, as they are parsed once. */
function modulesInForm(form: ArithmeticForm): readonly KernelModule[] {
  const key = `${form.fused} ${form.guarded}`;
  const found = inForms.get(key);
  if (found) return found;
  const modules = kernelModules.map(({ name, text }) => ({ name, text: inForm(text, form) }));
  inForms.set(key, modules);
  return modules;
}

function faultInWords({ stubs }: AssembledKernel, fault: number): string {
  const about = fault >>> 8;
  if ((fault & 0xff) === faults.absent)
    return `its kernel was made without ${stubs[about] ?? `stub ${about}`}`;
  const array = Object.entries(arrays).find(([, number]) => number === about)?.[0];
  return `a ray in it needs more ${array ?? `of array ${about}`} than a thread of the kernel has room for`;
}
