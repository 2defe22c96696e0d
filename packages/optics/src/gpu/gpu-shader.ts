import { OpticsError } from '../errors.ts';
import { brief } from './gpu-failure.ts';
import type { OpenedGpu } from './open-gpu.ts';

/** A compute pipeline that is wanted. */
export interface PipelineWish {
  /** What it does, for people: `the kernel`. */
  readonly what: string;
  /** WGSL. */
  readonly code: string;
  readonly entryPoint: string;
  readonly layout: GPUPipelineLayout | 'auto';
  readonly constants?: Readonly<Record<string, number>> | undefined;
  /** Where a line of the code comes from, when it is made of several files. */
  readonly place?: ((line: number) => { file: string; line: number } | undefined) | undefined;
}

/**
 * Compiles a compute shader.
 *
 * @throws OpticsError that quotes the first line that does not compile, or what the driver says
 */
export async function createPipeline(
  gpu: OpenedGpu,
  wish: PipelineWish,
): Promise<GPUComputePipeline> {
  const { device } = gpu;
  const { what, code, entryPoint, layout, constants } = wish;
  device.pushErrorScope('validation');
  const module = device.createShaderModule({ label: what, code });
  const [invalid, { messages }] = await gpu.guard(
    Promise.all([device.popErrorScope(), module.getCompilationInfo()]),
  );
  const first = messages.find(({ type }) => type === 'error');
  if (first) throw compileError(gpu.name, wish, first);
  if (invalid) throw refused(gpu.name, what, invalid);
  const compute = { module, entryPoint, ...(constants && { constants }) };
  const compiling = device.createComputePipelineAsync({ label: what, layout, compute });
  gpu.letEnd(compiling);
  return await gpu.guard(
    compiling.catch((cause: unknown) => {
      throw refused(gpu.name, what, cause);
    }),
  );
}

function compileError(
  gpu: string,
  { what, code, place }: PipelineWish,
  { lineNum, linePos, message }: GPUCompilationMessage,
): OpticsError {
  const line = code.split('\n')[lineNum - 1]?.trim() ?? '';
  const { file, line: number } = place?.(lineNum) ?? { file: 'WGSL', line: lineNum };
  return new OpticsError({
    what: `${what} does not compile on the GPU ${gpu}: ${brief(message)}`,
    where: `${file}:${number}:${linePos}`,
    given: `'${line}'`,
    hint: 'this is a fault of Lantern or of the driver; the CPU engine does without',
    cause: new Error(message),
  });
}

function refused(gpu: string, what: string, cause: unknown): OpticsError {
  const message = cause instanceof Error || isGpuError(cause) ? cause.message : String(cause);
  return new OpticsError({
    what: `${what} cannot be made ready for the GPU ${gpu}`,
    given: brief(message),
    hint: 'its driver may be too old for it; the CPU engine does without',
    cause: new Error(message),
  });
}

/** In browsers a GPUError is no Error. */
function isGpuError(error: unknown): error is Pick<GPUError, 'message'> {
  return typeof error === 'object' && error !== null && 'message' in error;
}
