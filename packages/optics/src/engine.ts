import type { Scene } from '@lantern/geometry';
import type { EngineWork } from './engine-work.ts';
import type { HitForms } from './hits/hit-forms.ts';
import type { ShapedHits } from './hits/shape-hits.ts';
import type { PhotonSource } from './sources/photon-source.ts';
import type { Tally } from './tally.ts';

/** What to propagate and how. The photons that come out depend on `seed`, the source and the limits alone. */
export interface PropagationRequest {
  /** Unsigned 64-bit key of all random numbers. */
  readonly seed: bigint;
  readonly source: PhotonSource;
  /** Workers to use, at least 1; of no use to an engine on a GPU. Does not change the result. */
  readonly threads: number;
  /** Number of the first photon to propagate; default 0. */
  readonly first?: number | undefined;
  /** How many; default: all from `first` on. */
  readonly count?: number | undefined;
  /** Photons of one batch; default: by the engine. Does not change the result. */
  readonly batchSize?: number | undefined;
  /** Steps after which a photon is stopped and counted as truncated; default: no limit. */
  readonly maxBounces?: number | undefined;
  /** Time in ns after which a photon is stopped and counted as truncated; default: no limit. */
  readonly maxTime?: number | undefined;
  /** Record the first so many steps of each photon; default 0. */
  readonly recordSteps?: number | undefined;
  /** Whether batches hold the ends of all photons, not of the hits alone; default false. */
  readonly keepPhotons?: boolean | undefined;
  /** In which forms hits are delivered; default: as they are. */
  readonly hitForms?: HitForms | undefined;
  /** Whether the engine may use a batch's arrays again when the sink is through with it; default: the sink may keep them. */
  readonly reuseArrays?: boolean | undefined;
  /** Aborting it rejects the propagation with its reason; the batches delivered until then stand. */
  readonly signal?: AbortSignal | undefined;
  /** Called once, when all workers hold the scene: what came before is loading. */
  readonly onReady?: (() => void) | undefined;
  /** Called once at the end by an engine on a device: what the propagation cost there. */
  readonly onWork?: ((work: EngineWork) => void) | undefined;
}

/** Photons `first` to `first + count - 1`, propagated, with their hits in order of their numbers. */
export interface PhotonBatch extends ShapedHits {
  readonly first: number;
  readonly count: number;
  /** What became of these photons and of their children. */
  readonly tally: Tally;
  /** Rows of all ends, in order; with `keepPhotons`. */
  readonly photons?: Float32Array<ArrayBuffer> | undefined;
  /** (count, recordSteps) rows, zeros after the end of a photon; with `recordSteps`. */
  readonly records?: Float32Array<ArrayBuffer> | undefined;
  /** Where an engine's workers took their time for this batch; not the same from run to run. */
  readonly seconds?: WorkSeconds | undefined;
  /** (count, recordSteps, 2): where each recorded step ended and what the boundary did, for `stepTrace`. */
  readonly traces?: Int32Array<ArrayBuffer> | undefined;
  /** Further photons that wavelength shifting made of these; absent where it made none. */
  readonly children?: ChildBatch | undefined;
}

/**
 * Children of the photons of a batch: what one wavelength shift emits beyond its first photon, their own children among
 * them. In the order of the photons that they descend from, then of their making. They are numbered behind all photons of
 * the source, batch after batch.
 */
export interface ChildBatch {
  /** Number of the first one. */
  readonly first: number;
  readonly count: number;
  /** Number of the photon of the source that each descends from. */
  readonly parents: BigUint64Array<ArrayBuffer>;
  /** Those detected, where hits are asked for as they are; merged hits of a batch have its children's among them. */
  readonly hits: Float32Array<ArrayBuffer>;
  readonly lite?: Uint32Array<ArrayBuffer> | undefined;
  /** As of a batch. */
  readonly photons?: Float32Array<ArrayBuffer> | undefined;
  readonly records?: Float32Array<ArrayBuffer> | undefined;
  readonly traces?: Int32Array<ArrayBuffer> | undefined;
}

/** What a worker was busy with for a batch, seconds of the wall clock. */
export interface WorkSeconds {
  /** Making photons from generation steps, or taking them over. */
  readonly generate: number;
  readonly propagate: number;
  /** Making and copying what is delivered. */
  readonly deliver: number;
}

/** Takes batches in the order of their photons, one at a time; an engine waits for it, so that memory stays bounded. */
export type BatchSink = (batch: PhotonBatch) => void | Promise<void>;

/** Something that propagates photons through a scene. `test/engine-contract.test.ts` is the test of every engine. */
export interface Engine {
  /** For the summary: `cpu`, `gpu`. */
  readonly name: string;
  /** The GPU that it runs on, for the summary: `NVIDIA H200 (Vulkan)`; absent: the machine's processor. */
  readonly adapter?: string | undefined;
  /**
   * @returns the sum of the tallies of all batches
   * @throws OpticsError for a photon that starts outside the world, for too little memory, for light that multiplies
   * without end, for a worker that failed, for a GPU that is lost or has not enough room
   */
  propagate(scene: Scene, request: PropagationRequest, sink: BatchSink): Promise<Tally>;
  /** Gives back what it holds between propagations, such as a GPU; absent: nothing. It propagates no more after that. */
  close?(): void;
}
