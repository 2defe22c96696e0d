import type { ClientConfig } from 'pg';
import type { Stop } from './database.ts';

/** Longest wait before a lost connection is tried again, ms. */
const longestWait = 30_000;

/**
 * Listens to a channel of a PostgreSQL server on a connection of its own, which it makes again when it is lost: what was said
 * meanwhile cannot be heard, so the listener is then called with undefined.
 */
export class PostgresListener {
  readonly #config: ClientConfig;
  readonly #channel: string;
  readonly #listener: (text: string | undefined) => void;
  #end: (() => Promise<void>) | undefined;
  #isStopped = false;
  #timer: NodeJS.Timeout | undefined;

  private constructor(
    config: ClientConfig,
    channel: string,
    listener: (text: string | undefined) => void,
  ) {
    this.#config = config;
    this.#channel = channel;
    this.#listener = listener;
  }

  static async start(
    config: ClientConfig,
    channel: string,
    listener: (text: string | undefined) => void,
  ): Promise<Stop> {
    const started = new PostgresListener(config, channel, listener);
    await started.#connect();
    return () => started.#stop();
  }

  async #connect(): Promise<void> {
    const { Client, escapeIdentifier } = await import('pg');
    const client = new Client(this.#config);
    const lost = (): void => {
      if (this.#end !== end) return;
      this.#end = undefined;
      this.#reconnect(0);
    };
    const end = (): Promise<void> => client.end();
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', ({ channel, payload }) => {
      if (channel === this.#channel) this.#listener(payload);
    });
    await client.connect();
    try {
      await client.query(`listen ${escapeIdentifier(this.#channel)}`);
    } catch (error) {
      await client.end();
      throw error;
    }
    this.#end = end;
    if (this.#isStopped) await this.#stop();
  }

  /** Waits of 0.1 s, doubled up to {@link longestWait}, each shortened by chance so that many listeners do not come at once. */
  #reconnect(attempt: number): void {
    if (this.#isStopped) return;
    const wait = Math.min(100 * 2 ** attempt, longestWait) * (0.5 + Math.random() / 2);
    this.#timer = setTimeout(() => {
      this.#connect().then(
        () => this.#listener(undefined),
        () => this.#reconnect(attempt + 1),
      );
    }, wait);
    this.#timer.unref();
  }

  async #stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    const end = this.#end;
    this.#end = undefined;
    await end?.();
  }
}
