import type { Scene } from '@lantern/geometry';
import type { PhotonSource } from '@lantern/optics';
import type { CountingKernel } from './instrument-kernel.ts';

/** What photons made the kernel do. Block counts are indexed as the blocks of the kernel. */
export interface Work {
  readonly photons: number;
  readonly steps: number;
  readonly hits: number;
  /** Of each photon, in their order. */
  readonly stepsOf: Uint32Array;
  /** How often each block was entered: in making photons from generation steps, and in following them to their ends. */
  readonly made: Float64Array;
  readonly followed: Float64Array;
  /** Bytes of the scene that following them read. */
  readonly sceneBytesRead: number;
  /** How often each 128 bytes of the scene were read. */
  readonly lines: Uint32Array;
  /** The making, the steps and the end of the first photons, one by one. */
  readonly cuts: readonly Cut[];
}

/** How photons are counted. */
export interface CountOptions {
  /** How many cuts to keep, each 2 bytes for a block. */
  readonly cutRoom: number;
  /** Which numbers of the tally count steps and hits. */
  readonly stepsField: number;
  readonly hitsField: number;
  /** Steps after which a photon is stopped; default: none. */
  readonly maxSteps?: number | undefined;
}

/** What was done for a part of a photon's life. */
export interface Cut {
  readonly kind: 'make' | 'step' | 'end';
  readonly sceneBytesRead: number;
  readonly counts: Uint16Array;
}

interface Exports {
  readonly memory: WebAssembly.Memory;
  heapStart(): number;
  bindScene(base: number): void;
  configure(
    seedLow: number,
    seedHigh: number,
    maxBounces: number,
    maxTime: number,
    recordSteps: number,
    tally: number,
    records: number,
    children: number,
    childrenEnd: number,
  ): void;
  generate(
    steps: number,
    stepCount: number,
    skip: number,
    first: bigint,
    count: number,
    out: number,
  ): void;
  propagate(photons: number, count: number, first: bigint, hits: number): number;
  countsAt(): number;
  readBytes(): bigint;
  watch(from: number, length: number, lines: number): void;
  keepCuts(at: number, room: number, blocks: number): void;
  cutsMade(): number;
}

const batch = 4096;
const photonBytes = 64;
const genstepBytes = 96;
const childBytes = 2 ** 24;
const cutKinds = ['make', 'step', 'end'] as const;

/**
 * Follows photons of generation steps one by one on the counting kernel.
 *
 */
export async function countWork(
  { module, blocks }: CountingKernel,
  scene: Scene,
  source: PhotonSource,
  photons: number,
  { cutRoom, stepsField, hitsField, maxSteps = 0 }: CountOptions,
): Promise<Work> {
  const exports = new WebAssembly.Instance(module, {
    env: {
      abort: () => {
        throw new Error('the counting kernel gave up');
      },
    },
  }).exports as unknown as Exports;
  const cutBytes = 2 * blocks.length + 4;
  let end = exports.heapStart();
  const take = (bytes: number): number => {
    const at = (end + 127) & ~127;
    end = at + bytes;
    return at;
  };
  const sceneAt = take(scene.buffer.byteLength);
  const lineCount = Math.ceil(scene.buffer.byteLength / 128);
  const lines = take(4 * lineCount);
  const log = take(cutRoom * cutBytes);
  const tally = take(1024);
  const rows = take(batch * photonBytes);
  const hits = take(photonBytes);
  const gensteps = take(batch * genstepBytes);
  const children = take(childBytes);
  exports.memory.grow(Math.ceil((end - exports.memory.buffer.byteLength) / 65_536) + 1);
  const { buffer } = exports.memory;
  new Uint8Array(buffer).set(new Uint8Array(scene.buffer), sceneAt);
  exports.bindScene(sceneAt);
  exports.configure(1, 0, maxSteps, Number.POSITIVE_INFINITY, 0, tally, hits, children, end);
  const counts = (): Float64Array =>
    Float64Array.from(new BigUint64Array(buffer, exports.countsAt(), blocks.length), (count) =>
      Number(count),
    );
  const tallies = new BigUint64Array(buffer, tally, 64);
  const stepsOf = new Uint32Array(photons);
  const made = new Float64Array(blocks.length);
  let isKeeping = false;
  for (let first = 0; first < photons; first += batch) {
    const count = Math.min(batch, photons - first);
    const input = await source.batch(first, count);
    if (input.kind !== 'gensteps') throw new Error('the photons are not of generation steps');
    new Float32Array(buffer, gensteps, input.steps.length).set(input.steps);
    const before = counts();
    const stepCount = (4 * input.steps.length) / genstepBytes;
    exports.generate(gensteps, stepCount, input.skip, BigInt(first), count, rows);
    counts().forEach((value, i) => {
      made[i] = (made[i] ?? 0) + value - (before[i] ?? 0);
    });
    exports.watch(sceneAt, scene.buffer.byteLength, lines);
    if (!isKeeping) exports.keepCuts(log, cutRoom, blocks.length);
    isKeeping = true;
    for (let i = 0; i < count; i++) {
      const sum = tallies[stepsField] ?? 0n;
      exports.propagate(rows + i * photonBytes, 1, BigInt(first + i), hits);
      stepsOf[first + i] = Number((tallies[stepsField] ?? 0n) - sum);
    }
    exports.watch(0, 0, lines);
  }
  return {
    photons,
    steps: stepsOf.reduce((sum, steps) => sum + steps, 0),
    hits: Number(tallies[hitsField] ?? 0n),
    stepsOf,
    made,
    followed: counts().map((value, i) => value - (made[i] ?? 0)),
    sceneBytesRead: Number(exports.readBytes()),
    lines: new Uint32Array(buffer, lines, lineCount).slice(),
    cuts: Array.from({ length: exports.cutsMade() }, (_, i) => {
      const [kind = 1, read = 0] = new Uint16Array(buffer, log + i * cutBytes, 2);
      const at = log + i * cutBytes + 4;
      return {
        kind: cutKinds[kind] ?? 'step',
        sceneBytesRead: read,
        counts: new Uint16Array(buffer, at, blocks.length).slice(),
      };
    }),
  };
}
