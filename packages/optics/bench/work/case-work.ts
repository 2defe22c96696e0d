import type { Scene } from '@lantern/geometry';
import { genstepSource, tallyFields } from '@lantern/optics';
import type { GenstepCase } from '../genstep-cases.ts';
import { scaledSteps } from '../genstep-rows.ts';
import { countWork, type Work } from './count-work.ts';
import type { Block, CountingKernel } from './instrument-kernel.ts';
import { type Streams, streamsOf } from './streams.ts';
import { type LaneUse, lanesUsed, livesOf, warpUse } from './warp-model.ts';
import { addOperations, type FunctionOperations, type Operations } from './wgsl-operations.ts';

/** What photons cost in a detector, counted. */
export interface CaseWork {
  readonly name: string;
  readonly photons: number;
  readonly steps: StepsOfPhotons;
  /** Calls, or passes of a loop, for each step of a photon. */
  readonly perStep: Readonly<Record<string, number>>;
  readonly scene: SceneTraffic;
  /** Of one step, with its share of making photons and ending them; and of making one photon. */
  readonly operations: Operations;
  readonly making: Operations;
  /** By how often lanes take photons: what share of lanes has a step to make, and of all operations is needed. */
  readonly warps: readonly ({
    readonly refill: number | 'all';
    readonly lanesOfAllPhotons: number;
  } & LaneUse)[];
  /** How a large GPU's threads are used by a stream of photons, and by batches one after the other. */
  readonly streams: Streams;
  /** Functions of the kernel that were called and have no twin in WGSL, by calls for a step. */
  readonly uncounted: Readonly<Record<string, number>>;
}

/** Steps of a photon. */
export interface StepsOfPhotons {
  readonly mean: number;
  readonly median: number;
  readonly percent90: number;
  readonly percent99: number;
  readonly most: number;
  /** Photons with 1, 2, 3-4, 5-8, 9-16 … steps. */
  readonly histogram: readonly number[];
}

/** What a photon reads of the scene. */
export interface SceneTraffic {
  readonly bytes: number;
  readonly readPerStep: number;
  /** Bytes, in lines of 128, that hold so many percent of all reads. */
  readonly hot50: number;
  readonly hot90: number;
  readonly hot99: number;
}

/** Names of the report, and the blocks that they count. */
const told: readonly (readonly [name: string, file: string, fn: string, loop: number])[] = [
  ['solids left (solidExit)', 'solid.ts', 'solidExit', -1],
  ['daughters looked for (enterDaughter)', 'hierarchy.ts', 'enterDaughter', -1],
  ['nodes of the hierarchy', 'hierarchy.ts', 'walkHierarchy', 0],
  ['daughters tried (tryDaughter)', 'hierarchy.ts', 'tryDaughter', -1],
  ['solids met (solidEnter)', 'solid.ts', 'solidEnter', -1],
  ['normals (solidNormal)', 'solid.ts', 'solidNormal', -1],
  ['boundaries', 'boundary.ts', 'boundary', -1],
  ['bulk processes (interact)', 'bulk.ts', 'interact', -1],
  ['rows of materials (materialAt)', 'tables.ts', 'materialAt', -1],
  ['random numbers (draw)', 'philox.ts', 'draw', -1],
  ['blocks of Philox', 'philox.ts', 'fillBlock', -1],
];

/** What a lane's time is counted in: one operation on floats. On NVIDIA's GPUs since 2022, where a multiprocessor has 128
 * lanes for floats, 64 for integers and 16 for quotients and roots (CUDA C++ Programming Guide, throughput of native
 * arithmetic instructions, compute capability 9.0). */
export const slots = ({ float, integer, special }: Operations): number =>
  float + 2 * integer + 8 * special;

/**
 * Counts the work of photons of a case.
 *
 * @param twins operations of the functions of the WGSL kernel
 */
export async function countCase(
  kernel: CountingKernel,
  twins: ReadonlyMap<string, FunctionOperations>,
  { name, scene, steps, maxSteps }: GenstepCase,
  photons: number,
): Promise<CaseWork> {
  const source = genstepSource(scaledSteps(steps, photons), { description: name });
  const [stepsField, hitsField] = [tallyFields.indexOf('steps'), tallyFields.indexOf('detected')];
  const options = { cutRoom, stepsField, hitsField, maxSteps };
  const work = await countWork(kernel, scene, source, photons, options);
  const operations = kernel.blocks.map((block) => operationsOf(block, twins));
  const sum = (counts: Float64Array): Operations =>
    operations.reduce((all, one, i) => addOperations(all, one, counts[i]), none);
  const making = scaled(sum(work.made), 1 / work.photons);
  return {
    name,
    photons,
    steps: describeSteps(work.stepsOf),
    perStep: Object.fromEntries(
      told.map(([words, file, fn, loop]) => {
        const block = kernel.blocks.findIndex(
          (one) => one.file === file && one.function === fn && one.loop === loop,
        );
        return [words, (work.followed[block] ?? 0) / work.steps];
      }),
    ),
    scene: traffic(scene, work),
    operations: scaled(addOperations(sum(work.followed), making, work.photons), 1 / work.steps),
    making,
    warps: warps(work, operations, making),
    streams: streamsOf(work),
    uncounted: uncounted(kernel.blocks, twins, work),
  };
}

/** Of 2 bytes for each of some 700 blocks. */
const cutRoom = 30_000;
const none: Operations = { float: 0, integer: 0, special: 0 };

function scaled(operations: Operations, factor: number): Operations {
  return addOperations(none, operations, factor);
}

/**
 * A function's own operations, or those of one pass of its loop. A step is a pass of the loop of `live` in one text and a
 * call of it in the other.
 */
function operationsOf(block: Block, twins: ReadonlyMap<string, FunctionOperations>): Operations {
  const inOnePlace = onePlace.get(block.function);
  if (inOnePlace !== undefined) return (block.loop < 0 && twins.get(inOnePlace)?.[0]) || none;
  if (block.file === 'propagate.ts' && block.function === 'live')
    return (block.loop === 0 && twins.get('live')?.[0]) || none;
  return twinOf(block, twins)?.[block.loop + 1] ?? none;
}

/** Functions that a GPU has in one place, where a processor has them in several. A daughter is met where it is tried. */
const onePlace: ReadonlyMap<string, string> = new Map([
  ['solidExit', 'tryDaughter'],
  ['solidEnter', ''],
]);

/** Names that two modules have get that of the module in front. */
function twinOf(
  { file, function: fn }: Block,
  twins: ReadonlyMap<string, FunctionOperations>,
): FunctionOperations | undefined {
  const stem = file.replace(/^.*\//, '').replace(/\.ts$/, '').replaceAll('-', '_');
  return twins.get(`${stem}_${fn}`) ?? twins.get(fn);
}

function uncounted(
  blocks: readonly Block[],
  twins: ReadonlyMap<string, FunctionOperations>,
  { followed, steps }: Work,
): Record<string, number> {
  return Object.fromEntries(
    blocks.flatMap((block, i) => {
      const calls = (followed[i] ?? 0) / steps;
      const isThere = twinOf(block, twins) !== undefined || onePlace.has(block.function);
      return block.loop >= 0 || calls < 0.005 || isThere ? [] : [[block.function, calls] as const];
    }),
  );
}

function describeSteps(stepsOf: Uint32Array): StepsOfPhotons {
  const sorted = stepsOf.slice().sort();
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const histogram: number[] = [];
  for (const steps of sorted) {
    const bin = steps <= 1 ? 0 : Math.ceil(Math.log2(steps));
    while (histogram.length <= bin) histogram.push(0);
    histogram[bin] = (histogram[bin] ?? 0) + 1;
  }
  return {
    mean: sorted.reduce((sum, steps) => sum + steps, 0) / sorted.length,
    median: at(0.5),
    percent90: at(0.9),
    percent99: at(0.99),
    most: at(1),
    histogram,
  };
}

function traffic(scene: Scene, { lines, sceneBytesRead, steps }: Work): SceneTraffic {
  const sorted = lines.slice().sort().reverse();
  const all = sorted.reduce((sum, reads) => sum + reads, 0);
  const hot = (share: number): number => {
    let [reads, count] = [0, 0];
    while (reads < share * all) reads += sorted[count++] ?? 1;
    return 128 * count;
  };
  return {
    bytes: scene.buffer.byteLength,
    readPerStep: sceneBytesRead / steps,
    hot50: hot(0.5),
    hot90: hot(0.9),
    hot99: hot(0.99),
  };
}

function warps(
  work: Work,
  operations: readonly Operations[],
  making: Operations,
): CaseWork['warps'] {
  const lives = livesOf(work.cuts);
  const cost = Float64Array.from(operations, slots);
  return (['all', 1, 2, 4, 8, 16, 32] as const).map((refill) => ({
    refill,
    lanesOfAllPhotons: lanesUsed(work.stepsOf, refill),
    ...warpUse(lives, cost, slots(making), refill),
  }));
}
