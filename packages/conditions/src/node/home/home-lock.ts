import { mkdir, open, readFile, rm, rmdir, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConditionsError } from '../../errors.ts';
import { fileErrorOf } from '../files/file-error.ts';

/** Who has the embedded database open. */
interface Owner {
  readonly pid: number;
  readonly host: string;
  /** What the system says of when the process began, where it says it: another process may get the same pid. */
  readonly born: string | null;
  /** What it is, for people. */
  readonly command: string;
  /** ISO 8601. */
  readonly since: string;
}

/** A takeover lasts milliseconds; what is older belongs to a process that died in it. */
const takeoverLasts = 10_000;

/**
 * A file that says which process has a folder to itself. Should that process be dead, the next one takes the lock over.
 */
export class HomeLock {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  /**
   * @param folder must be there
   * @param patience how long to wait for another process, ms
   * @throws ConditionsError `unavailable` that names the process that has it
   */
  static async take(folder: string, patience = 0): Promise<HomeLock> {
    const path = join(folder, 'lock');
    const until = Date.now() + patience;
    for (;;) {
      const owner = await tryToTake(path);
      if (owner === undefined) return new HomeLock(path);
      if (owner !== 'unknown' && Date.now() >= until) throw inUse(folder, owner);
      await sleep(20 + 30 * Math.random());
    }
  }

  async release(): Promise<void> {
    await rm(this.#path, { force: true });
  }
}

/** @returns undefined when it is taken now; else who has it, or `unknown` while that is being found out */
async function tryToTake(path: string): Promise<Owner | 'unknown' | undefined> {
  if (await create(path)) return undefined;
  const owner = await ownerOf(path);
  if (owner !== undefined && (await isAlive(owner))) return owner;
  // One process at a time removes what a dead one left; it looks again, since another may have been here before it.
  const takeover = `${path}.takeover`;
  try {
    await mkdir(takeover);
  } catch {
    const found = await stat(takeover).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > takeoverLasts) {
      await rmdir(takeover).catch(() => undefined);
    }
    return 'unknown';
  }
  try {
    const now = await ownerOf(path);
    if (now !== undefined && (await isAlive(now))) return now;
    await rm(path, { force: true });
    return (await create(path)) ? undefined : 'unknown';
  } finally {
    await rmdir(takeover).catch(() => undefined);
  }
}

async function create(path: string): Promise<boolean> {
  const owner: Owner = {
    pid: process.pid,
    host: hostname(),
    born: await birthOf(process.pid),
    command: [process.argv[1] ?? 'node', ...process.argv.slice(2)]
      .map((arg) => basename(arg))
      .join(' '),
    since: new Date().toISOString(),
  };
  try {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(`${JSON.stringify(owner)}\n`);
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw fileErrorOf(error, path);
  }
}

/** Undefined where the file is gone, or half written by a process that died. */
async function ownerOf(path: string): Promise<Owner | undefined> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const text = await readFile(path, 'utf8').catch(() => '');
    try {
      return JSON.parse(text) as Owner;
    } catch {
      await sleep(20);
    }
  }
  return undefined;
}

/** A process of another host cannot be asked: it counts as alive. */
async function isAlive({ pid, host, born }: Owner): Promise<boolean> {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and another user's.
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
  }
  return born === null || born === (await birthOf(pid));
}

/** Field 22 of proc(5)'s stat, with the boot it belongs to; null where there is no such file. */
async function birthOf(pid: number): Promise<string | null> {
  try {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    const afterName = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return `${boot.trim()} ${afterName[19]}`;
  } catch {
    return null;
  }
}

function inUse(folder: string, { pid, host, command, since }: Owner): ConditionsError {
  const mine = pid === process.pid && host === hostname();
  const elsewhere = host === hostname() ? '' : ` on ${host}`;
  return new ConditionsError('unavailable', {
    what: mine ? 'this process has it open already' : 'another process has it open',
    where: folder,
    given: `process ${pid}${elsewhere} (${command}) since ${since}`,
    expected: 'one process at a time',
    hint: mine
      ? 'share what is open'
      : host === hostname()
        ? 'let `lantern serve` open it, and ask that with --server URL'
        : `if that host is gone, remove ${join(folder, 'lock')}`,
  });
}
