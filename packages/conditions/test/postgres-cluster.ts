import { execFile, spawn } from 'node:child_process';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Why there is none here; undefined where there is one. In CI it has to be there, so that the tests fail instead. */
export const noPostgres: string | undefined =
  (await serverFolder()) || process.env.CI
    ? undefined
    : 'no PostgreSQL server programs (Debian: postgresql)';

/** A PostgreSQL server of its own in a folder for temporary files, reached by a socket in it. */
export interface PostgresCluster {
  readonly url: string;
  /** Ends all connections at once, and starts again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Makes and starts one.
 *
 * @param settings of postgresql.conf; on top of one that does not wait for the disk
 */
export async function startPostgres(
  settings: Readonly<Record<string, string>> = { fsync: 'off' },
): Promise<PostgresCluster> {
  const bin = await serverFolder();
  if (bin === undefined) throw new Error('no PostgreSQL server programs');
  // Short, since the path of a socket has at most 107 bytes.
  const folder = await mkdtemp(join(tmpdir(), 'pg-'));
  const user = await unprivileged();
  if (user) await chown(folder, user.uid, user.gid);
  const options = { cwd: folder, ...user };
  const data = join(folder, 'data');
  const initial = [
    '-D',
    data,
    '-U',
    'lantern',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '-N',
  ];
  await run(join(bin, 'initdb'), initial, options);
  const all = {
    listen_addresses: '',
    unix_socket_directories: folder,
    max_connections: '40',
    ...settings,
  };
  const args = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const url = `postgres:///postgres?host=${encodeURIComponent(folder)}&user=lantern`;
  const start = () =>
    spawn(join(bin, 'postgres'), ['-D', data, ...args], { ...options, stdio: 'ignore' });
  let server = start();
  await answering(url);
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGINT');
    await ended;
  };
  return {
    url,
    async restart() {
      await stop();
      server = start();
      await answering(url);
    },
    async stop() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answering(url: string): Promise<void> {
  const { Client } = await import('pg');
  for (let attempt = 0; ; attempt++) {
    const client = new Client(url);
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (attempt > 600) throw error;
      await sleep(50);
    }
  }
}

/** Debian has them outside the PATH. */
async function serverFolder(): Promise<string | undefined> {
  const debian = '/usr/lib/postgresql';
  const versions = await readdir(debian).catch((): string[] => []);
  const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
  const folders = [
    ...newestFirst.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  for (const folder of folders) {
    const names = await readdir(folder).catch((): string[] => []);
    if (names.includes('initdb') && names.includes('postgres')) return folder;
  }
  return undefined;
}

/** PostgreSQL refuses to be root's. */
async function unprivileged(): Promise<{ readonly uid: number; readonly gid: number } | undefined> {
  if (userInfo().uid !== 0) return undefined;
  const idOf = async (option: string): Promise<number> => {
    const { stdout } = await run('id', [option, 'postgres']).catch(() =>
      run('id', [option, 'nobody']),
    );
    return Number(stdout);
  };
  return { uid: await idOf('-u'), gid: await idOf('-g') };
}
