import { photonOffsets, photonWords } from '../photon-layout.ts';
import type { HitKind } from './hit-forms.ts';
import { type HitLayout, wholeHit } from './hit-layout.ts';
import { HitMerger } from './hit-merger.ts';
import { type LiteHitLayout, liteHits, liteRows } from './lite-hit.ts';

/** What making the forms of hits takes, the same for all batches. */
export interface HitShape {
  readonly kinds: readonly HitKind[];
  /** ns; of merged hits. */
  readonly window: number;
  readonly lite: LiteHitLayout;
  /** 12 numbers for each sensor (`liteRows`); empty without lite hits. */
  readonly frames: Float64Array;
}

/** Events of which a batch has photons: the number of the first event, and of the first photon of each that follows. */
export interface EventCuts {
  readonly first: number;
  readonly starts: Float64Array;
}

/** Merged hits of one event, or of all. */
export interface MergedPart {
  /** Number of the event; 0 where hits are merged across events. */
  readonly event: number;
  readonly rows: Uint32Array<ArrayBuffer>;
}

/** The hits of a batch in the forms that are asked for. */
export interface ShapedHits {
  /** Rows of 16 words; empty when not asked for. */
  readonly hits: Float32Array<ArrayBuffer>;
  /** Rows of 4 words. */
  readonly lite?: Uint32Array<ArrayBuffer> | undefined;
  /** Lite hits of the batch that are behind the half that their layout can say. */
  readonly behind?: number | undefined;
  /** Merged within the batch, event by event. */
  readonly merged?: readonly MergedPart[] | undefined;
  readonly liteMerged?: readonly MergedPart[] | undefined;
}

/** Hits as they are. */
export const asTheyAre: HitShape = {
  kinds: ['hits'],
  window: 0,
  lite: liteHits.opticks,
  frames: new Float64Array(0),
};

/** All hits of a run, or the events of a batch. */
export const oneEvent: EventCuts = { first: 0, starts: new Float64Array(0) };

/**
 * Makes the forms of the hits of a batch.
 *
 * @param hits rows of 16 words, in the order of their photons; not kept
 * @param numbers of the photons of the source that they come from, where their own are others
 */
export function shapeHits(
  hits: Uint32Array,
  shape: HitShape = asTheyAre,
  cuts: EventCuts = oneEvent,
  numbers?: ArrayLike<number>,
): ShapedHits {
  const { kinds, lite, frames } = shape;
  const needsLite = kinds.includes('hits-lite') || kinds.includes('hits-lite-merged');
  const light = needsLite ? liteRows(hits, frames, lite) : undefined;
  const ends = endsOfEvents(hits, cuts, numbers);
  const merged = (rows: Uint32Array, layout: HitLayout): MergedPart[] =>
    mergeEvents(rows, layout, ends, cuts.first, shape.window);
  return {
    hits: new Float32Array(kinds.includes('hits') ? hits.slice().buffer : new ArrayBuffer(0)),
    lite: kinds.includes('hits-lite') ? light?.rows : undefined,
    behind: light?.behind,
    merged: kinds.includes('hits-merged') ? merged(hits, wholeHit) : undefined,
    liteMerged: light && kinds.includes('hits-lite-merged') ? merged(light.rows, lite) : undefined,
  };
}

/** Number of hits of the batch up to the end of each event. */
function endsOfEvents(
  hits: Uint32Array,
  { starts }: EventCuts,
  numbers?: ArrayLike<number>,
): number[] {
  const number = (row: number): number => numbers?.[row] ?? photonNumber(hits, row * photonWords);
  const ends: number[] = [];
  let row = 0;
  const count = hits.length / photonWords;
  for (const start of starts) {
    while (row < count && number(row) < start) row++;
    ends.push(row);
  }
  return [...ends, count];
}

/** 40 bits: the high ones are the top byte of the identity's word. */
function photonNumber(hits: Uint32Array, at: number): number {
  const high = (hits[at + photonOffsets.identity / 4] ?? 0) >>> 24;
  return high * 2 ** 32 + (hits[at + photonOffsets.index / 4] ?? 0);
}

function mergeEvents(
  rows: Uint32Array,
  layout: HitLayout,
  ends: readonly number[],
  firstEvent: number,
  window: number,
): MergedPart[] {
  const merger = new HitMerger(layout, window);
  const parts: MergedPart[] = [];
  let from = 0;
  for (const [i, end] of ends.entries()) {
    if (end > from) {
      merger.add(rows.subarray(from * layout.words, end * layout.words));
      for (const part of merger.drain(end - from))
        parts.push({ event: firstEvent + i, rows: part });
    }
    from = end;
  }
  return parts;
}
