import { fsyncSync } from 'node:fs';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** An open file of Emscripten's NODEFS: `nfd` is Node's descriptor; folders have none. */
interface OpenFile {
  readonly nfd?: number | undefined;
}

/**
 * PGlite's files in a folder, with the fsync that it leaves out: what is committed survives the power going, not only the
 * process. PostgreSQL asks for it (`fsync=on`, {@link durableParameters}), and here it happens.
 */
export class DurableFiles extends NodeFS {
  override async init(
    pglite: Parameters<NodeFS['init']>[0],
    options: Parameters<NodeFS['init']>[1],
  ): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(pglite, options);
    const addFsync = (module: unknown): void => {
      const { NODEFS } = module as { NODEFS: { stream_ops: { fsync?: unknown } } };
      NODEFS.stream_ops.fsync = ({ nfd }: OpenFile): number => {
        if (nfd !== undefined) fsyncSync(nfd);
        return 0;
      };
    };
    const before = emscriptenOpts.preRun ?? [];
    const preRun = [...(Array.isArray(before) ? before : [before]), addFsync];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }
}

/** After PGlite's own. Emscripten's fdatasync, PostgreSQL's first choice, does nothing. */
export const durableParameters: readonly string[] = [
  '-c',
  'fsync=on',
  '-c',
  'wal_sync_method=fsync',
];
