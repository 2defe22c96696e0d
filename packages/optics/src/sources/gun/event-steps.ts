import type { UniformSource } from '@lantern/units';
import { genstepWords } from '../../genstep-layout.ts';
import { lastAtMost, photonStarts, selectSteps } from '../genstep-source.ts';
import { GenstepWriter } from '../genstep-writer.ts';
import type { SourceBatch } from '../photon-source.ts';
import type { GeometryWalker } from './geometry-walker.ts';
import type { Media } from './medium.ts';
import { followTrack, type Primary, type TrackSummary } from './track.ts';

/** Bytes of generation steps that are kept. */
const keptBytes = 128 * 2 ** 20;

/**
 * The generation steps of events. They are kept up to a limit, the oldest dropped first, and tracked again on demand:
 * an event depends on the seed and its number alone.
 */
export class EventSteps {
  readonly #primaryOf: (event: number) => Primary;
  readonly #randomOf: (event: number) => UniformSource;
  readonly #walker: GeometryWalker;
  readonly #media: Media;
  readonly #kept = new Map<number, Float32Array<ArrayBuffer>>();
  #bytes = 0;

  constructor(
    primaryOf: (event: number) => Primary,
    randomOf: (event: number) => UniformSource,
    walker: GeometryWalker,
    media: Media,
  ) {
    this.#primaryOf = primaryOf;
    this.#randomOf = randomOf;
    this.#walker = walker;
    this.#media = media;
  }

  /** Tracks an event, keeps its steps, and tells what it did and how many photons it made. */
  track(event: number): TrackSummary & { readonly photons: number } {
    const writer = new GenstepWriter();
    const random = this.#randomOf(event);
    const summary = followTrack(
      this.#primaryOf(event),
      event,
      this.#walker,
      this.#media,
      writer,
      random,
    );
    this.#keep(event, writer.finish());
    return { ...summary, photons: writer.photons };
  }

  /** The steps of an event. */
  of(event: number): Float32Array<ArrayBuffer> {
    const known = this.#kept.get(event);
    if (known) return known;
    this.track(event);
    return this.#kept.get(event) ?? new Float32Array(0);
  }

  #keep(event: number, steps: Float32Array<ArrayBuffer>): void {
    this.#bytes += steps.byteLength - (this.#kept.get(event)?.byteLength ?? 0);
    this.#kept.set(event, steps);
    for (const [oldest, dropped] of this.#kept) {
      if (this.#bytes <= keptBytes || oldest === event) break;
      this.#kept.delete(oldest);
      this.#bytes -= dropped.byteLength;
    }
  }
}

/**
 * The steps of photons `first` to `first + count - 1`.
 *
 * @param starts number of the first photon of each event, and of all photons
 */
export function batchOfEvents(
  events: EventSteps,
  starts: Float64Array,
  first: number,
  count: number,
): SourceBatch {
  const from = lastAtMost(starts, first);
  const to = lastAtMost(starts, first + count - 1);
  const offset = starts[from] ?? 0;
  const parts: Float32Array<ArrayBuffer>[] = [];
  for (let event = from; event <= to; event++) {
    // Events without light are between others.
    if ((starts[event + 1] ?? 0) > (starts[event] ?? 0)) parts.push(events.of(event));
  }
  const steps = concatenate(parts);
  return selectSteps(steps, photonStarts(steps), first - offset, count);
}

function concatenate(parts: readonly Float32Array<ArrayBuffer>[]): Float32Array<ArrayBuffer> {
  const only = parts.length === 1 ? parts[0] : undefined;
  if (only) return only;
  const words = parts.reduce((sum, { length }) => sum + length, 0);
  const all = new Float32Array(words - (words % genstepWords));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
