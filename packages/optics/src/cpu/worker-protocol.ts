import { type ErrorParts, LanternError } from '@lantern/units';
import type { BatchResult, BatchSettings } from '../batches/batch-result.ts';
import type { ChildRows } from '../batches/child-rows.ts';
import { OpticsError } from '../errors.ts';
import type { EventCuts } from '../hits/shape-hits.ts';
import type { SourceBatch } from '../sources/photon-source.ts';

/** To a worker. `start` comes first and once, with the compiled kernel and the packed scene. */
export type ToWorker =
  | {
      readonly type: 'start';
      readonly module: WebAssembly.Module;
      readonly scene: ArrayBufferLike;
      readonly settings: BatchSettings;
    }
  | {
      readonly type: 'batch';
      readonly first: number;
      readonly count: number;
      readonly input: SourceBatch;
      readonly cuts: EventCuts;
      /** Buffers of earlier results, to be used again. */
      readonly spare: readonly ArrayBuffer[];
    };

/** From a worker: one answer to each message, in their order. */
export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'done'; readonly result: BatchResult }
  | { readonly type: 'failed'; readonly error: CarriedError };

/** An error on its way between threads: a structured clone would lose the class and the parts. */
export interface CarriedError {
  readonly message: string;
  readonly stack?: string | undefined;
  /** Those of a LanternError. */
  readonly parts?: Omit<ErrorParts, 'cause'> | undefined;
}

/** Packs an error for the way. */
export function carryError(error: unknown): CarriedError {
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? error.stack : undefined;
  if (!(error instanceof LanternError)) return { message, stack };
  const { what, where, given, expected, hint } = error.parts;
  return { message, stack, parts: { what, where, given, expected, hint } };
}

/** Unpacks it: a user's mistake stays one, anything else becomes the cause of an error that says where it happened. */
export function uncarryError({ message, stack, parts }: CarriedError): OpticsError {
  const cause = new Error(message);
  if (stack !== undefined) cause.stack = stack;
  if (parts) return new OpticsError({ ...parts, cause });
  return new OpticsError({
    what: `a worker of the CPU engine failed: ${message}`,
    hint: 'this is a fault of Lantern; --debug shows where',
    cause,
  });
}

/** The buffers of an answer, to be moved instead of copied. */
export function transferables(answer: FromWorker): ArrayBuffer[] {
  if (answer.type !== 'done') return [];
  const { children, ...result } = answer.result;
  return [...buffersOf(result), ...(children ? buffersOf(children) : [])];
}

function buffersOf(arrays: Partial<Omit<BatchResult, 'children'> & ChildRows>): ArrayBuffer[] {
  const { hits, lite, merged = [], liteMerged = [], photons, records, traces, parents } = arrays;
  const parts = [...merged, ...liteMerged].map(({ rows }) => rows);
  return [hits, lite, ...parts, photons, records, traces, parents].flatMap((array) =>
    array ? [array.buffer] : [],
  );
}
