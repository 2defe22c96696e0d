import type { HitLayout } from '../../hits/hit-layout.ts';
import type { EventCuts, MergedPart } from '../../hits/shape-hits.ts';
import type { GpuMemory } from './gpu-memory.ts';
import { HitPass } from './hit-pass.ts';
import type { HitWork } from './hit-work.ts';
import type { HitRows } from './order-hits.ts';
import { blockSumBytes, sumBefore } from './prefix-sum.ts';
import { digitsOf, reserveForSort, sortKeys } from './sort-keys.ts';

/** What is merged how. */
export interface Merging {
  readonly layout: HitLayout;
  /** Rows of the layout: those of `hits`, or made of them. */
  readonly rows: GPUBuffer;
  readonly hits: HitRows;
  /** ns */
  readonly window: number;
  readonly cuts: EventCuts;
}

const threads = 64;
/** Of what merged hits have in common. */
const mergedBytes = 16;

/**
 * Merges hits as `HitMerger` does, event by event, to the same bits: sorted by event, sensor and window, those of the same
 * become one (kernels keys.wgsl, radix-sort.wgsl, merge.wgsl). Takes the order of the hits from `places`.
 */
export async function mergeRows(work: HitWork, merging: Merging): Promise<MergedPart[]> {
  const { gpu, kernels, memory, reader } = work;
  const { hits, layout, cuts } = merging;
  const events = cuts.starts.length + 1;
  await reserve(memory, hits.count, events);
  const pass = new HitPass(gpu, kernels);
  makeKeys(pass, work, merging);
  const eventBits = Math.ceil(Math.log2(events));
  const sensorBits = Math.ceil(Math.log2(layout.identityMask));
  const digits = digitsOf([32, 32, sensorBits, eventBits]);
  sortKeys(pass, memory, gpu.device.queue, hits.count, digits);
  const row = rowParameters(memory, merging, digits.length);
  joinRows(pass, memory, merging, row);
  pass.submit();
  const ends = await reader.buffer('ends', 4 * events);
  const rows = ends.reduce((most, end) => Math.max(most, end), 0);
  const written = await reader.rows(layout.words, rows, (parts, first, count, into) => {
    const part = memory.parameters([first, count]);
    const bindings = {
      ...{ 0: row, 1: part, 2: merging.rows, 3: memory.get('places'), 7: memory.get('begins') },
      ...{ 8: memory.get('merged'), 9: memory.get('rows of'), 11: into },
    };
    parts.run('writeRows', bindings, hits.count, threads);
  });
  return partsOf(written, layout.words, ends, cuts.first);
}

async function reserve(memory: GpuMemory, hits: number, events: number): Promise<void> {
  await reserveForSort(memory, hits);
  await memory.reserve('starts', 4 * events);
  await memory.reserve('ends', 4 * events);
  await memory.reserve('begins', 4 * (hits + 1));
  await memory.reserve('rows of', 4 * (hits + 1));
  await memory.reserve('merged', mergedBytes * hits);
  await memory.reserve('sums', blockSumBytes(hits + 1));
}

function makeKeys(pass: HitPass, { gpu, memory }: HitWork, merging: Merging): void {
  const { hits, layout, rows, window, cuts } = merging;
  const [mantissaLow, mantissaHigh, exponent] = mantissaOf(window);
  const starts = memory.get('starts');
  gpu.device.queue.writeBuffer(starts, 0, startsIn(hits, cuts));
  const parameters = memory.parameters([
    ...[hits.count, cuts.starts.length, layout.words, layout.time],
    ...[layout.identity, layout.identityMask, exponent, mantissaLow, mantissaHigh],
  ]);
  const seen = memory.get('seen');
  pass.clear(seen, 32);
  const bindings = {
    ...{ 0: parameters, 1: memory.get('photons'), 2: rows, 3: memory.get('places'), 4: starts },
    ...{ 5: memory.get('keys'), 6: memory.get('sorted'), 7: seen },
  };
  pass.run('makeKeys', bindings, hits.count, threads);
}

function rowParameters(
  memory: GpuMemory,
  { hits, layout }: Merging,
  digits: number,
): GPUBufferBinding {
  const { words, time, count, countShift, flagMask, order } = layout;
  const orderBits = order.reduce((bits, word) => bits | (1 << word), 0);
  return memory.parameters([
    hits.count,
    words,
    time,
    count,
    countShift,
    flagMask,
    orderBits,
    digits,
  ]);
}

function joinRows(
  pass: HitPass,
  memory: GpuMemory,
  { hits, rows }: Merging,
  row: GPUBufferBinding,
): void {
  const [keys, merged, ends] = [memory.get('keys'), memory.get('merged'), memory.get('ends')];
  const [begins, rowsOf] = [memory.get('begins'), memory.get('rows of')];
  const sorted = { 5: memory.get('sides'), 6: memory.get('sorted') };
  pass.clear(merged, mergedBytes * hits.count);
  pass.clear(ends, ends.size);
  pass.run('markKeys', { 0: row, 4: keys, ...sorted, 7: begins }, hits.count, threads);
  sumBefore(pass, memory, begins, hits.count + 1);
  const joined = { 2: rows, 3: memory.get('places'), ...sorted, 7: begins, 8: merged };
  pass.run('join', { 0: row, ...joined }, hits.count, threads);
  pass.run('countRows', { 0: row, 7: begins, 8: merged, 9: rowsOf }, hits.count + 1, threads);
  sumBefore(pass, memory, rowsOf, hits.count + 1);
  const ended = { 4: keys, 7: begins, 8: merged, 9: rowsOf, 10: ends };
  pass.run('endEvents', { 0: row, ...ended }, hits.count, threads);
}

/** First photons of events by their numbers in the batch; those beyond it at its end. */
function startsIn({ first, photons }: HitRows, { starts }: EventCuts): Uint32Array<ArrayBuffer> {
  return Uint32Array.from(starts, (start) => Math.max(0, Math.min(photons, start - first)));
}

/** A width as M 2^e with M of 53 bits: low and high word of M, and e. */
function mantissaOf(width: number): [low: number, high: number, exponent: number] {
  let [mantissa, exponent] = [width, 0];
  while (mantissa < 2 ** 52) {
    mantissa *= 2;
    exponent--;
  }
  while (mantissa >= 2 ** 53) {
    mantissa /= 2;
    exponent++;
  }
  return [mantissa % 2 ** 32, Math.floor(mantissa / 2 ** 32), exponent];
}

function partsOf(
  rows: Uint32Array<ArrayBuffer>,
  words: number,
  ends: Uint32Array,
  firstEvent: number,
): MergedPart[] {
  const parts: MergedPart[] = [];
  let begin = 0;
  for (const [i, end] of ends.entries()) {
    if (end <= begin) continue;
    const whole = begin === 0 && end * words === rows.length;
    const part = whole ? rows : rows.slice(begin * words, end * words);
    parts.push({ event: firstEvent + i, rows: part });
    begin = end;
  }
  return parts;
}
