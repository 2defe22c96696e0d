import type { Scene } from '@lantern/geometry';
import { RandomStream } from '@lantern/units';
import type { BatchResult } from '../batches/batch-result.ts';
import { Kernel } from '../cpu/kernel.ts';
import type { PhotonBatch, PropagationRequest } from '../engine.ts';
import { photonOffsets, photonWords } from '../photon-layout.ts';
import { shakenScene } from './shaken-scene.ts';
import type { Twins } from './twin-batches.ts';
import {
  beyondRecords,
  firstDifference,
  type LifePair,
  type LifeRows,
  roomOf,
} from './twin-lives.ts';
import type { Parting } from './twin-parting.ts';

/**
 * Sizes of relative errors that are tried, the smallest first. A 32-bit number is right to 6e-8; what many steps make of
 * that is some 1e-6, and beyond 1e-5 nothing counts as rounding.
 */
const roundingSizes: readonly number[] = [1e-7, 1e-6, 1e-5];

/** Scenes of each size, and starts in each; few photons need more than a few of them. */
const [sceneVariants, startVariants] = [16, 4];

/** How rounding can be why two histories part. */
export interface Rounding {
  /** The smallest of `roundingSizes` that does it. */
  readonly size: number;
  /**
   * Whether it makes the CPU do just what the other engine did; else, whatever the engine, lives like this one do not
   * stay together as long: a quarter of those that are off by this have parted by then.
   */
  readonly isSame: boolean;
}

/**
 * Asks whether rounding can be why two histories part. The CPU's kernel follows the photon again with the same random
 * numbers, and with all that it goes by a little off: its start, and the scene's tables. Where that makes the CPU's kernel
 * do what the other engine did, step by step until after the parting, the decision hung on the last digits. [TWIN2]
 */
export class RoundingTest {
  readonly #module: WebAssembly.Module;
  readonly #scene: Scene;
  readonly #request: PropagationRequest;

  /** @param module the compiled kernel of the CPU engine */
  constructor(module: WebAssembly.Module, scene: Scene, request: PropagationRequest) {
    this.#module = module;
    this.#scene = scene;
    this.#request = request;
  }

  /**
   * @param batches in which the photon is, the CPU's first
   * @param life that parts
   * @returns undefined when no size does it
   */
  explain(batches: Twins<PhotonBatch>, life: LifePair, parting: Parting): Rounding | undefined {
    const start = startOf(batches[0], life.photon);
    for (const size of roundingSizes) {
      const isSame = this.#try(size, start, life, parting);
      if (isSame !== undefined) return { size, isSame };
    }
    return undefined;
  }

  #try(size: number, start: Float32Array, life: LifePair, parting: Parting): boolean | undefined {
    const random = new RandomStream(this.#request.seed, life.photon, shakePurpose);
    let parted = 0;
    for (let variant = 0; variant < sceneVariants; variant++) {
      const kernel = this.#kernel(shakenScene(this.#scene.buffer, size, variant), life, parting);
      for (let i = 0; i < startVariants; i++) {
        const photons = shakenStart(start, size, () => 2 * random.uniform() - 1);
        const result = kernel.propagate(life.photon, 1, { kind: 'photons', photons });
        if (doesLike(1, result, life, parting)) return true;
        if (!doesLike(0, result, life, parting)) parted++;
      }
    }
    return parted >= (sceneVariants * startVariants) / 4 ? false : undefined;
  }

  #kernel(scene: ArrayBuffer, life: LifePair, parting: Parting): Kernel {
    const { seed, maxBounces = 0, maxTime = Number.POSITIVE_INFINITY } = this.#request;
    return new Kernel(this.#module, scene, {
      ...{ seed, maxTime, keepPhotons: true },
      maxBounces: stepsOf(life, parting, maxBounces),
      recordSteps: parting.kind === 'later' ? roomOf(life.rows[1]) : parting.step + 1,
    });
  }
}

/** Apart from the purposes of the kernels, which begin at 0. */
const shakePurpose = 0x7ee7;

/** A life can be cut behind its parting; a photon whose child parts must come to where it makes it. */
function stepsOf({ child }: LifePair, { kind, step }: Parting, limit: number): number {
  return child === undefined && kind !== 'later' && kind !== 'children' ? Math.max(1, step) : limit;
}

/** Where a photon started, as its first record tells. */
function startOf(batch: PhotonBatch, photon: number): Float32Array {
  const row = (photon - batch.first) * roomOf(batch) * photonWords;
  return batch.records?.slice(row, row + photonWords) ?? new Float32Array(photonWords);
}

/** What of a start is shaken, by how much for a size of 1: mm, parts of unit vectors, nm; not time. */
const shakenWords: readonly (readonly [word: number, by: number])[] = [
  ...[photonOffsets.x, photonOffsets.y, photonOffsets.z].map((at) => [at / 4, 10] as const),
  ...[photonOffsets.dirX, photonOffsets.dirY, photonOffsets.dirZ].map((at) => [at / 4, 1] as const),
  ...[photonOffsets.polX, photonOffsets.polY, photonOffsets.polZ].map((at) => [at / 4, 1] as const),
  [photonOffsets.wavelength / 4, 400],
];

function shakenStart(start: Float32Array, size: number, random: () => number): Float32Array {
  const photons = start.slice();
  for (const [word, by] of shakenWords) photons[word] = (start[word] ?? 0) + size * by * random();
  return photons;
}

/** Whether a life that the kernel followed is that of one of the engines until after the parting. */
function doesLike(side: 0 | 1, result: BatchResult, life: LifePair, parting: Parting): boolean {
  const { photon, child } = life;
  const { kind, step, childCounts } = parting;
  if (childCounts) return (result.children?.count ?? 0) === childCounts[side];
  const rows: LifeRows | undefined =
    child === undefined ? { ...result, count: 1 } : result.children;
  if (!rows || (child ?? 1) > rows.count) return false;
  const at = [(child ?? 1) - 1, life.at[side]] as const;
  const found = firstDifference({ photon, child, rows: [rows, life.rows[side]], at });
  return found === undefined || (kind !== 'later' && (found === beyondRecords || found > step));
}
