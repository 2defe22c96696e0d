import { type HitKind, hasLite } from '../../hits/hit-forms.ts';
import { type HitLayout, wholeHit } from '../../hits/hit-layout.ts';
import type { EventCuts, HitShape, MergedPart, ShapedHits } from '../../hits/shape-hits.ts';
import { HitPass } from './hit-pass.ts';
import type { HitWork } from './hit-work.ts';
import { makeLite, reserveForLite } from './make-lite.ts';
import { mergeRows } from './merge-rows.ts';
import type { HitRows } from './order-hits.ts';

/** What is counted of the hits of a batch: faults, and lite hits behind what their layout can say. */
export const statusBytes = 16;

/** The forms, and how many faults were counted before. */
export interface MadeForms {
  readonly forms: ShapedHits;
  readonly faults: number;
}

/**
 * Makes and reads the forms of hits: in the order of `places`, of the photons in `photons`.
 *
 * @param hits at least one
 */
export async function makeForms(
  work: HitWork,
  shape: HitShape,
  hits: HitRows,
  cuts: EventCuts,
): Promise<MadeForms> {
  const light = hasLite(shape.kinds) ? await liteRowsOf(work, shape, hits) : undefined;
  const [forms, [faults = 0, behind]] = await Promise.all([
    readForms(work, shape, { hits, light }, cuts),
    work.reader.buffer('status', statusBytes),
  ]);
  return { forms: { ...forms, behind: light && behind }, faults };
}

/** One after the other: they share their memory. */
async function readForms(
  work: HitWork,
  { kinds, lite, window }: HitShape,
  { hits, light }: { readonly hits: HitRows; readonly light: GPUBuffer | undefined },
  cuts: EventCuts,
): Promise<ShapedHits> {
  const asked = (kind: HitKind): boolean => kinds.includes(kind);
  const merged = (rows: GPUBuffer, layout: HitLayout): Promise<MergedPart[]> =>
    mergeRows(work, { hits, rows, layout, cuts, window });
  const whole = asked('hits')
    ? await inOrder(work, hits.buffer, wholeHit, hits.count)
    : new Uint32Array(0);
  return {
    hits: new Float32Array(whole.buffer),
    lite: light && asked('hits-lite') ? await inOrder(work, light, lite, hits.count) : undefined,
    merged: asked('hits-merged') ? await merged(hits.buffer, wholeHit) : undefined,
    liteMerged: light && asked('hits-lite-merged') ? await merged(light, lite) : undefined,
  };
}

async function liteRowsOf(
  { gpu, kernels, memory }: HitWork,
  { lite, frames }: HitShape,
  hits: HitRows,
): Promise<GPUBuffer> {
  const rows = await reserveForLite(memory, hits);
  const pass = new HitPass(gpu, kernels);
  makeLite(pass, memory, hits, frames.length / 12, lite);
  pass.submit();
  return rows;
}

/** Rows in the order of their photons. */
function inOrder(
  { memory, reader }: HitWork,
  rows: GPUBuffer,
  { words }: HitLayout,
  count: number,
): Promise<Uint32Array<ArrayBuffer>> {
  return reader.rows(words, count, (pass, first, n, into) => {
    const part = memory.parameters([first, n, words / 4]);
    const bindings = { 0: part, 1: rows, 2: memory.get('places'), 3: into };
    pass.run('gather', bindings, (n * words) / 4);
  });
}
