import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  Conditions,
  type ConditionsAccess,
  type ConditionsReader,
  calibrationComparison,
  glastRegistry,
  HttpConditions,
  type TagAnalysis,
} from '@lantern/conditions';
import { fileError } from '@lantern/formats/node';
import type { Arguments, Terminal } from '../command.ts';
import { UsageError } from '../errors.ts';

/** Reads from where `--snapshot` or `--server` say, else from the store under the home. */
export async function withReader<T>(
  args: Arguments,
  terminal: Terminal,
  use: (reader: ConditionsReader) => Promise<T>,
): Promise<T> {
  const snapshot = args.option('snapshot');
  if (snapshot === undefined) return await withConditions(args, terminal, use);
  refuseServer(args);
  return await using(await openSnapshot(snapshot), use);
}

/** Reads and changes what is on a server, or in the store under the home. */
export async function withConditions<T>(
  args: Arguments,
  terminal: Terminal,
  use: (conditions: ConditionsAccess & TagAnalysis) => Promise<T>,
): Promise<T> {
  const { DiskAnswerCache, openConditions } = await import('@lantern/conditions/node');
  const servers = (args.option('server') ?? terminal.server)?.split(',');
  if (servers === undefined) return await using(await openConditions(terminal.home), use);
  const cache = new DiskAnswerCache(join(terminal.home, 'conditions', 'cache'));
  return await using(new HttpConditions({ servers, token: terminal.token, cache }), use);
}

/** Looks at many answers at once, from where `--snapshot` or `--server` say, else from the store under the home. */
export async function withAnalysis<T>(
  args: Arguments,
  terminal: Terminal,
  use: (conditions: TagAnalysis) => Promise<T>,
): Promise<T> {
  const snapshot = args.option('snapshot');
  if (snapshot === undefined) return await withConditions(args, terminal, use);
  refuseServer(args);
  return await using(await openSnapshot(snapshot), use);
}

function refuseServer(args: Arguments): void {
  if (!args.has('server')) return;
  throw new UsageError({ what: '--snapshot and --server exclude each other' });
}

async function using<C extends ConditionsReader, T>(
  conditions: C,
  use: (conditions: C) => Promise<T>,
): Promise<T> {
  try {
    return await use(conditions);
  } finally {
    await conditions.dispose();
  }
}

/** A snapshot is read as the store that it is of. */
async function openSnapshot(path: string): Promise<Conditions> {
  const found = await stat(path).catch((cause) => {
    throw fileError(cause, 'cannot read the snapshot', path);
  });
  const { openSnapshotFile, openSnapshotFolderAt } = await import('@lantern/conditions/node');
  const open = found.isDirectory() ? openSnapshotFolderAt : openSnapshotFile;
  const { metadata, payloads } = await open(path);
  const compare = calibrationComparison(payloads, glastRegistry([]));
  return new Conditions(metadata, payloads, compare);
}
