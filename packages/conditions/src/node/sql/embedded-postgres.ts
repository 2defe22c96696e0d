import type { PGlite } from '@electric-sql/pglite';

/** One run of PGlite, from its start to its end. */
export interface Run {
  readonly pglite: PGlite;
  /** Why it ended by itself. */
  failure?: unknown;
}

/**
 * PGlite that starts again. When the disk is full in the middle of a commit PostgreSQL panics, as it should: what was
 * committed is on the disk, and the next start finds it. A PGlite that has panicked must not be asked again: it never answers.
 */
export class EmbeddedPostgres {
  readonly #start: () => Promise<PGlite>;
  readonly #listeners = new Map<(text: string) => void, string>();
  #run: Promise<Run> | undefined;

  /** @param start a new PGlite on the same folder, ready */
  constructor(start: () => Promise<PGlite>) {
    this.#start = start;
  }

  /** What is running, started where nothing is. */
  async run(): Promise<Run> {
    const run = await this.#run;
    if (run && run.failure === undefined) return run;
    this.#run = this.#restart();
    try {
      return await this.#run;
    } catch (error) {
      this.#run = undefined;
      throw error;
    }
  }

  async listen(channel: string, listener: (text: string) => void): Promise<() => Promise<void>> {
    const { pglite } = await this.run();
    await pglite.listen(channel, listener);
    this.#listeners.set(listener, channel);
    return async () => {
      this.#listeners.delete(listener);
      const run = await this.#run;
      if (run && run.failure === undefined) await run.pglite.unlisten(channel, listener);
    };
  }

  async close(): Promise<void> {
    const run = await this.#run?.catch(() => undefined);
    if (run && run.failure === undefined) await run.pglite.close();
  }

  async #restart(): Promise<Run> {
    const pglite = await this.#start();
    for (const [listener, channel] of this.#listeners) await pglite.listen(channel, listener);
    return { pglite };
  }
}

/** Whether PostgreSQL ended with it: a panic, or WebAssembly that cannot go on. */
export function isFatal(error: unknown): boolean {
  if (!(error instanceof Error)) return true;
  if ('severity' in error && typeof error.severity === 'string') {
    return error.severity === 'PANIC' || error.severity === 'FATAL';
  }
  return ['PanicError', 'RuntimeError', 'ExitStatus'].includes(error.name);
}
