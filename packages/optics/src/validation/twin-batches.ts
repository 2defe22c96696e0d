import type { Scene } from '@lantern/geometry';
import type { BatchSink, Engine, PhotonBatch, PropagationRequest } from '../engine.ts';
import { OpticsError } from '../errors.ts';
import type { Tally } from '../tally.ts';

/** One thing of each of two engines, in their order. */
export type Twins<T> = readonly [one: T, other: T];

/** The same of both. */
export function twice<A, B>([one, other]: Twins<A>, make: (thing: A) => B): Twins<B> {
  return [make(one), make(other)];
}

/** A request that says what batches there are, so that both engines give the same ones. */
export interface TwinRequest extends PropagationRequest {
  readonly batchSize: number;
}

/**
 * Propagates the same photons with two engines at once, batch by batch: neither is ahead of the other by more than the
 * batches that it has begun, so memory stays bounded.
 *
 * @param onPair told each pair of batches, in order
 * @returns both tallies
 * @throws the first error of an engine or of `onPair`; OpticsError when the engines do not give the same batches
 */
export async function propagateTwins(
  engines: Twins<Engine>,
  scene: Scene,
  request: TwinRequest,
  onPair: (pair: Twins<PhotonBatch>) => void | Promise<void>,
): Promise<Twins<Tally>> {
  const meeting = new Meeting(onPair);
  const stop = new AbortController();
  const signal = request.signal ? AbortSignal.any([request.signal, stop.signal]) : stop.signal;
  let failure: { readonly error: unknown } | undefined;
  const run = async (engine: Engine, side: 0 | 1): Promise<Tally | undefined> => {
    try {
      return await engine.propagate(scene, { ...request, signal }, meeting.sinkOf(side));
    } catch (error) {
      failure ??= { error };
      stop.abort(error);
      return undefined;
    } finally {
      meeting.leave();
    }
  };
  const [one, other] = await Promise.all([run(engines[0], 0), run(engines[1], 1)]);
  if (failure) throw failure.error;
  if (!one || !other) throw new Error('an engine gave no tally');
  return [one, other];
}

/** A batch that waits for that of the other engine. */
interface Waiting {
  readonly batch: PhotonBatch;
  readonly done: () => void;
  readonly fail: (error: unknown) => void;
}

/** Where the batches of two engines meet. */
class Meeting {
  readonly #onPair: (pair: Twins<PhotonBatch>) => void | Promise<void>;
  #waiting: Waiting | undefined;
  #alone = false;

  constructor(onPair: (pair: Twins<PhotonBatch>) => void | Promise<void>) {
    this.#onPair = onPair;
  }

  sinkOf(side: 0 | 1): BatchSink {
    return async (batch) => {
      const first = this.#waiting;
      if (!first) {
        if (this.#alone) throw unpaired(batch);
        await new Promise<void>((done, fail) => {
          this.#waiting = { batch, done, fail };
        });
        return;
      }
      this.#waiting = undefined;
      try {
        const pair: Twins<PhotonBatch> = side === 0 ? [batch, first.batch] : [first.batch, batch];
        mustMatch(pair);
        await this.#onPair(pair);
        first.done();
      } catch (error) {
        first.fail(error);
        throw error;
      }
    };
  }

  /** An engine is through, or has failed: nothing comes to meet what waits. */
  leave(): void {
    this.#alone = true;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.fail(unpaired(waiting.batch));
  }
}

function unpaired({ first, count }: PhotonBatch): OpticsError {
  return new OpticsError({
    what: 'two engines to compare gave other batches',
    given: `photons ${first} to ${first + count - 1} by one of them alone`,
    expected: 'the same batches of both',
  });
}

function mustMatch([a, b]: Twins<PhotonBatch>): void {
  if (a.first === b.first && a.count === b.count) return;
  throw new OpticsError({
    what: 'two engines to compare gave other batches',
    given: `${a.count} photons from ${a.first} on, and ${b.count} from ${b.first} on`,
    expected: 'the same batches of both',
  });
}
