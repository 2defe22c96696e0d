import { OpticsError } from '../../errors.ts';
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
  merge: ['markKeys', 'join', 'countRows', 'endEvents', 'writeRows'],
} as const;

const needs: Readonly<Partial<Record<HitModule, readonly string[]>>> = {
  keys: ['hits/window.wgsl'],
  lite: ['wide.wgsl'],
};

/** What the device's arithmetic was found to do (wide.wgsl). */
export interface ArithmeticForm {
  readonly fused: boolean;
  readonly guarded: boolean;
}

/** A module of the kernels for hits. */
export type HitModule = keyof typeof modules;

/** An entry point: one kernel. */
export type HitEntry = (typeof modules)[HitModule][number];

/** Compiled kernels by their entry points. */
export type HitKernels = ReadonlyMap<HitEntry, GPUComputePipeline>;

/**
 * Compiles modules for hits, side by side.
 *
 * @throws OpticsError for what does not compile
 */
export async function compileHitKernels(
  gpu: OpenedGpu,
  names: readonly HitModule[],
  form: ArithmeticForm,
): Promise<HitKernels> {
  const constants = `const FUSED = ${form.fused};\nconst GUARDED = ${form.guarded};`;
  const compiled = names.flatMap((name) => {
    const texts = [...(needs[name] ?? []), `hits/${name}.wgsl`].map(textOf);
    const code = [constants, ...texts].join('\n');
    return modules[name].map(async (entryPoint) => {
      const what = `the kernel ${entryPoint} of hits`;
      const wish = { what, code, entryPoint, layout: 'auto' as const };
      return [entryPoint, await createPipeline(gpu, wish)] as const;
    });
  });
  return new Map(await Promise.all(compiled));
}

function textOf(name: string): string {
  const text = [...hitModules, ...kernelModules].find((module) => module.name === name)?.text;
  if (text === undefined)
    throw new OpticsError({ what: `the WGSL module ${name} is missing from this build` });
  return text;
}
