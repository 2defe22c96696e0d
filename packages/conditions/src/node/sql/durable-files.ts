import { fsyncSync } from 'node:fs';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** An open file of Emscripten's NODEFS: `nfd` is Node's descriptor; folders have none. */
interface OpenFile {
  readonly nfd?: number | undefined;
}

/** PostgreSQL panicked: it is over with this run of it, and what was committed is on the disk for the next one. */
class PanicError extends Error {
  override readonly name = 'PanicError';
}

/** What is used of Emscripten's module. */
interface EmscriptenModule {
  readonly NODEFS: { readonly stream_ops: { fsync?: (file: OpenFile) => number } };
  onAbort?: () => void;
}

/**
 * PGlite's files in a folder, with the fsync that it leaves out: what is committed survives the power going, not only the
 * process. PostgreSQL asks for it (`fsync=on`, {@link durableParameters}), and here it happens.
 *
 * When the disk takes no more in the middle of a commit, PostgreSQL panics, and WebAssembly with it. PGlite would go on to
 * talk to it, without an end: from then on every message is an error.
 */
export class DurableFiles extends NodeFS {
  #panic = 'no reason given';

  /** To be PGlite's option of that name: keeps the reason of a panic. */
  readonly onStderr = (line: string): boolean => {
    const [, reason] = /PANIC: +(.*)/.exec(line) ?? [];
    if (reason !== undefined) this.#panic = reason;
    return true;
  };

  override async init(
    pglite: Parameters<NodeFS['init']>[0],
    options: Parameters<NodeFS['init']>[1],
  ): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(pglite, options);
    const prepare = (given: unknown): void => {
      const module = given as EmscriptenModule;
      module.NODEFS.stream_ops.fsync = ({ nfd }) => {
        if (nfd !== undefined) fsyncSync(nfd);
        return 0;
      };
      module.onAbort = () => {
        pglite.execProtocolRawSync = () => {
          throw new PanicError(`PostgreSQL panicked: ${this.#panic}`);
        };
      };
    };
    const before = emscriptenOpts.preRun ?? [];
    const preRun = [...(Array.isArray(before) ? before : [before]), prepare];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }
}

/**
 * After PGlite's own. Emscripten's fdatasync, PostgreSQL's first choice, does nothing. The progress of a recovery is told by a
 * timer, which would keep the process alive where the recovery fails.
 */
export const durableParameters: readonly string[] = [
  'fsync=on',
  'wal_sync_method=fsync',
  'log_startup_progress_interval=0',
].flatMap((setting) => ['-c', setting]);
