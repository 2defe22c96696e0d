import { z } from 'zod';
import { ConditionsError } from '../errors.ts';
import { eventFromJson } from '../json/event-json.ts';
import { eventSchema } from '../json/schemas.ts';
import type { ConditionsEvent } from '../log/conditions-event.ts';
import { sha256Of } from '../payload/sha256.ts';
import type { MetadataStore } from '../store/metadata-store.ts';
import type { PayloadStore } from '../store/payload-store.ts';
import { TagTree } from '../tags/tag-tree.ts';
import { decodeAnswer } from './decode-answer.ts';
import { HttpTransport, type TransportOptions } from './http-transport.ts';
import { apiRoot, payloadUrl } from './question-url.ts';

/** What is followed, and where it is kept. */
export interface MirrorOptions extends TransportOptions {
  readonly metadata: MetadataStore;
  readonly payloads: PayloadStore;
  /** Told of payloads that the servers do not have themselves. */
  readonly missing?: ((error: ConditionsError) => void) | undefined;
  /** Events that are asked for at once; default 1000. */
  readonly batch?: number | undefined;
}

/** How far a mirror is. */
export interface MirrorProgress {
  /** Its last event. */
  readonly seq: number;
  /** The last event of the server that it follows. */
  readonly of: number;
}

const logSchema = z.object({
  head: z.object({ seq: z.number().int().nonnegative() }),
  events: z.array(eventSchema),
});

/** Payloads that are fetched at the same time. */
const atOnce = 8;

/**
 * Follows the log of a server: a second site with the same rows, tags and payloads under the same numbers, so that its answers
 * are the same. What events name is there before they are: payloads first, then the events, all of a batch or none. It can be
 * ended at any moment; it goes on from its own last event.
 */
export class Mirror {
  readonly #options: MirrorOptions;
  readonly #transport: HttpTransport;
  readonly #tree: TagTree;

  /** @throws ConditionsError `invalid` without a server */
  constructor(options: MirrorOptions) {
    this.#options = options;
    this.#transport = new HttpTransport(options);
    const { payloads } = options;
    // The tree is read from what is here, and what is not here is fetched when it is read.
    this.#tree = new TagTree({
      put: (bytes) => payloads.put(bytes),
      has: (sha256) => payloads.has(sha256),
      open: (sha256) => payloads.open(sha256),
      list: () => payloads.list(),
      get: async (sha256) => {
        await this.#fetch(sha256);
        return payloads.get(sha256);
      },
    });
  }

  /**
   * Takes the next events, if there are any.
   *
   * @param wait seconds that the server may wait for news
   * @throws ConditionsError `unavailable` where no server answers; `conflict` where the servers' log is not the one that this
   * mirror has the beginning of
   */
  async step(wait = 0): Promise<MirrorProgress> {
    const { metadata, batch = 1000 } = this.#options;
    const { seq, at } = await metadata.head();
    // With the last event that is known, so that another log is told from this one.
    const after = Math.max(0, seq - 1);
    const path = `${apiRoot}/log?after=${after}&limit=${batch + 1}&wait=${seq > after ? 0 : wait}`;
    let { head, events } = await this.#log(path);
    const known = seq > 0 ? events[0] : undefined;
    const next = seq > 0 ? events.slice(1) : [...events];
    if (seq > 0 && (known?.seq !== seq || known.at !== at))
      throw new ConditionsError('conflict', {
        what: 'the server has another log than this mirror has the beginning of',
        given: `event ${seq} of ${known?.at ?? 'nothing'}`,
        expected: `one of ${at}`,
        hint: 'follow it into an empty home',
      });
    if (next.length === 0 && wait > 0 && head.seq === seq) {
      ({ head, events } = await this.#log(
        `${apiRoot}/log?after=${seq}&limit=${batch}&wait=${wait}`,
      ));
      next.push(...events);
    }
    if (next.length === 0) return { seq, of: head.seq };
    await this.#fetchAll(await this.#named(next));
    await metadata.follow(next);
    return { seq: next.at(-1)?.seq ?? seq, of: head.seq };
  }

  /** Follows until the signal: at once what there is, then as it comes. */
  async follow(signal: AbortSignal, report: (progress: MirrorProgress) => void): Promise<void> {
    while (!signal.aborted) {
      const before = (await this.#options.metadata.head()).seq;
      const progress = await this.step(20);
      if (progress.seq !== before) report(progress);
    }
  }

  async #log(path: string) {
    return this.#transport.ask({ path }, (answer) =>
      decodeAnswer(answer, logSchema, ({ head, events }) => ({
        head,
        events: events.map(eventFromJson),
      })),
    );
  }

  /** Hashes of all that these events name. */
  async #named(events: readonly ConditionsEvent[]): Promise<ReadonlySet<string>> {
    const hashes = new Set<string>();
    for (const { change } of events) {
      if (change.kind === 'registered' && change.calibration.payload)
        hashes.add(change.calibration.payload.sha256);
      if ('root' in change)
        for (const hash of await this.#tree.hashes(change.root)) hashes.add(hash);
    }
    return hashes;
  }

  async #fetchAll(hashes: ReadonlySet<string>): Promise<void> {
    const left = hashes.values();
    const work = async () => {
      for (const hash of left) await this.#fetch(hash);
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  }

  async #fetch(sha256: string): Promise<void> {
    const { payloads, missing } = this.#options;
    if (await payloads.has(sha256)) return;
    const request = { path: payloadUrl(sha256), elsewhere: true };
    try {
      const bytes = await this.#transport.ask(request, async (answer) => {
        if ((await sha256Of(answer.bytes)) === sha256) return answer.bytes;
        throw new ConditionsError('corrupt', {
          what: 'the payload is not what its hash says',
          where: answer.server + payloadUrl(sha256),
        });
      });
      await payloads.put(bytes);
    } catch (error) {
      if (!(error instanceof ConditionsError) || error.kind !== 'absent' || !missing) throw error;
      missing(error);
    }
  }
}
