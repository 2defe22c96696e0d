import { type GpuFacts, NoGpuError } from '@lantern/optics';
import { listGpus } from '@lantern/optics/node';
import type { Arguments, Command, Terminal } from './command.ts';

/** `lantern gpus`: what `--engine gpu` has to choose from. */
export const gpusCommand: Command = {
  name: 'gpus',
  summary: 'List the GPUs that --engine gpu can use, and why not the others.',
  operands: [],
  options: { json: { doc: 'Print the list as JSON, and nothing else.' } },
  examples: [
    ['lantern gpus', 'Names, numbers, drivers and the largest buffers.'],
    [
      'lantern simulate detector.gdml --light "point at 0 0 0 mm, 420 nm, 1e7 photons" --engine gpu:2',
      'Photons on the second of them.',
    ],
  ],
  notes:
    'docs/gpu.md says which drivers are needed. The exit code is 1 when there is no GPU, but software at most.',
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const gpus = await listGpus();
  if (args.has('json')) terminal.out(`${JSON.stringify(gpus, undefined, 2)}\n`);
  else if (gpus.length === 0) throw noGpu();
  else
    for (const [i, gpu] of gpus.entries()) terminal.out(describe(gpu, i + 1, isFirst(gpus, gpu)));
  return gpus.some((gpu) => isUsable(gpu) && !gpu.isSoftware) ? 0 : 1;
}

function noGpu(): NoGpuError {
  return new NoGpuError({
    what: 'no GPU was found',
    hint: "docs/gpu.md says which drivers are needed; '--engine cpu', the default, needs none",
  });
}

function isUsable({ refusal }: GpuFacts): boolean {
  return refusal === undefined;
}

/** Whether it is the one that is taken without its name. */
function isFirst(gpus: readonly GpuFacts[], { name, isSoftware }: GpuFacts): boolean {
  return gpus.find((other) => other.isSoftware === isSoftware)?.name === name;
}

function describe(gpu: GpuFacts, number: number, isFirst: boolean): string {
  const { name, driver, maxBufferSize, maxStorageBufferBindingSize } = gpu;
  const rows = [
    ...(driver === '' ? [] : [['driver', driver]]),
    ['largest buffer', inWords(maxBufferSize)],
    ['of it a kernel sees', inWords(maxStorageBufferBindingSize)],
    ['time stamps', gpu.features.includes('timestamp-query') ? 'yes' : 'no'],
    ...(gpu.arithmetic ? [['arithmetic', arithmeticWords(gpu.arithmetic)]] : []),
    ['used by', usedBy(gpu, number, isFirst)],
  ];
  const width = Math.max(...rows.map(([head = '']) => head.length));
  const lines = rows.map(([head = '', words = '']) => `   ${head.padEnd(width)}  ${words}\n`);
  return `${number}  ${name}\n${lines.join('')}`;
}

function arithmeticWords({ fused, guarded }: NonNullable<GpuFacts['arithmetic']>): string {
  const products = fused ? 'fused multiply and add' : 'no fused multiply and add';
  return `exact: ${products}${guarded ? ', sums hidden from its compiler' : ''}`;
}

function usedBy({ refusal, isSoftware }: GpuFacts, number: number, isFirst: boolean): string {
  if (refusal !== undefined) return `none: ${refusal}`;
  if (isSoftware)
    return `${isFirst ? '--engine gpu:software' : 'none'}; it is no GPU, but a program on the processor`;
  return isFirst ? '--engine gpu, --engine auto' : `--engine gpu:${number}`;
}

function inWords(bytes: number): string {
  const [size, unit] = bytes < 2 ** 30 ? [2 ** 20, 'MiB'] : [2 ** 30, 'GiB'];
  return `${Number((bytes / size).toPrecision(4))} ${unit}`;
}
