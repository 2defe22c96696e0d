import { OpticsError } from '../../errors.ts';
import { type ArithmeticForm, inForm } from '../arithmetic-form.ts';
import { hitModules, kernelModules } from '../generated/kernel-modules.ts';
import { createPipeline } from '../gpu-shader.ts';
import type { OpenedGpu } from '../open-gpu.ts';

/** The modules of kernel/wgsl/hits, with what they need before them, and their entry points. */
const modules = {
  'prefix-sum': ['sumBlocks', 'sumSums', 'addSums'],
  order: ['mark', 'countBits', 'place'],
  gather: ['gather'],
  lite: ['makeLite'],
  'plan-sort': ['planSort'],
  'radix-sort': ['countDigits', 'moveByDigit'],
  keys: ['makeKeys'],
  children: ['makeChildKeys', 'markHits', 'takeHits'],
  merge: ['markKeys', 'join', 'countRows', 'endEvents', 'writeRows'],
} as const;

const needs: Readonly<Partial<Record<HitModule, readonly string[]>>> = {
  keys: ['hits/window.wgsl'],
  lite: ['wide.wgsl'],
};

/** A module of the kernels for hits. */
export type HitModule = keyof typeof modules;

/** An entry point: one kernel. */
export type HitEntry = (typeof modules)[HitModule][number];

/** Compiled kernels by their entry points. */
export type HitKernels = ReadonlyMap<HitEntry, GPUComputePipeline>;

const compiled = new WeakMap<OpenedGpu, Map<string, Promise<GPUComputePipeline>>>();

/**
 * Compiles modules for hits, side by side; each once for a device.
 *
 * @throws OpticsError for what does not compile
 */
export async function compileHitKernels(
  gpu: OpenedGpu,
  names: readonly HitModule[],
  form: ArithmeticForm,
): Promise<HitKernels> {
  const known = compiled.get(gpu) ?? new Map<string, Promise<GPUComputePipeline>>();
  compiled.set(gpu, known);
  const entries = names.flatMap((name) => {
    const code = textOf(name, form);
    return modules[name].map(async (entryPoint): Promise<[HitEntry, GPUComputePipeline]> => {
      const what = `the kernel ${entryPoint} of hits`;
      const wish = { what, code, entryPoint, layout: 'auto' as const };
      const key = `${entryPoint}\n${code}`;
      const pipeline = known.get(key) ?? createPipeline(gpu, wish);
      known.set(key, pipeline);
      return [entryPoint, await pipeline];
    });
  });
  return new Map(await Promise.all(entries));
}

function textOf(name: HitModule, form: ArithmeticForm): string {
  const texts = [...(needs[name] ?? []), `hits/${name}.wgsl`].map(moduleText);
  return inForm(texts.join('\n'), form);
}

function moduleText(name: string): string {
  const text = [...hitModules, ...kernelModules].find((module) => module.name === name)?.text;
  if (text === undefined)
    throw new OpticsError({ what: `the WGSL module ${name} is missing from this build` });
  return text;
}
