/**
 * Conditions over HTTP: five sizes of tags and three patterns of access as in the campaigns of HSF's reference service, and for
 * the largest a single condition, 304, and one answer again and again. The server is a process of its own, the load comes from this
 * one: two cores.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { formatMoment } from '@lantern/conditions';
import { benchMoment } from './bench-tag.ts';
import { type Load, load } from './load.ts';

/** A row of the figures. */
export interface HttpFigures extends Load {
  readonly scenario: string;
  readonly types: number;
  readonly intervals: number;
  readonly what: string;
  /** Microseconds of a core that the server took for an answer: a million through this is what one core can do. */
  readonly serverMicroseconds: number;
}

/** How the server's index was loaded. */
export interface LoadFigures {
  readonly scenario: string;
  readonly seconds: number;
  /** Of the server's process, with the blocks that a real one has on disk. */
  readonly megabytes: number;
}

const scenarios = [
  ['tiny', 10, 10],
  ['tiny-moderate', 10, 200],
  ['moderate', 100, 200],
  ['heavy-usage', 100, 5_000],
  ['worst-case', 200, 26_000],
] as const;

/** @param seconds for each row */
export async function httpBenchmark(
  seconds: number,
  report: (words: string) => void,
): Promise<{ readonly rows: readonly HttpFigures[]; readonly loads: readonly LoadFigures[] }> {
  const rows: HttpFigures[] = [];
  const loads: LoadFigures[] = [];
  for (const [scenario, types, intervals] of scenarios) {
    report(`conditions over HTTP: ${scenario}, ${types} types x ${intervals} intervals`);
    const { url, stop, cpu, ...loaded } = await started(types, intervals);
    loads.push({ scenario, ...loaded });
    const moment = (part: number) =>
      encodeURIComponent(formatMoment(benchMoment(types, intervals, part)));
    const resolve = (part: number) => `/api/conditions/resolve?tags=bench&time=${moment(part)}`;
    const find = (part: number, type: number) =>
      `/api/conditions/tags/find?tags=bench&calibType=T${type}&time=${moment(part)}`;
    const measure = async (what: string, next: () => string, headers?: string) => {
      const common = { url, connections: 16, next, ...(headers === undefined ? {} : { headers }) };
      await load({ ...common, seconds: Math.min(1, seconds / 2) });
      const before = await cpu();
      const done = await load({ ...common, seconds });
      const serverMicroseconds = ((await cpu()) - before) / Math.max(1, done.perSecond * seconds);
      rows.push({ scenario, types, intervals, what, serverMicroseconds, ...done });
    };
    await measure('whole tag, first', () => resolve(0));
    await measure('whole tag, last', () => resolve(1 - 1e-9));
    await measure('whole tag, random', () => resolve(Math.random()));
    if (scenario === 'worst-case') {
      const random = () => find(Math.random(), Math.floor(Math.random() * types));
      await measure('one condition, random', random);
      const answer = await fetch(url + resolve(0.5));
      const etag = answer.headers.get('etag') ?? '';
      await measure('304', () => resolve(0.5), `If-None-Match: ${etag}\r\n`);
      await measure('one condition, the same', () => find(0.5, 0));
    }
    await stop();
  }
  return { rows, loads };
}

async function started(types: number, intervals: number) {
  const hook = fileURLToPath(new URL('../../../tools/typescript.mjs', import.meta.url));
  const script = fileURLToPath(new URL('bench-server.ts', import.meta.url));
  const child = fork(script, [String(types), String(intervals)], {
    execArgv: ['--import', hook, '--max-old-space-size=8192'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ready = await new Promise<{ url: string; seconds: number; megabytes: number }>(
    (resolve, reject) => {
      child.once('message', (message) => resolve(message as never));
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    },
  );
  const cpu = () =>
    new Promise<number>((resolve) => {
      child.once('message', (message) => {
        const { user, system } = (message as { cpu: NodeJS.CpuUsage }).cpu;
        resolve(user + system);
      });
      child.send('cpu');
    });
  const stop = () =>
    new Promise<void>((resolve) => {
      child.removeAllListeners('exit');
      child.once('exit', () => resolve());
      child.disconnect();
    });
  return { ...ready, cpu, stop };
}
