import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Conditions, HttpConditions, parseMoment } from '@lantern/conditions';
import { expect, onTestFinished, test } from 'vitest';
import { bytesOf, memoryConditions, someDraft, someServer } from './some-server.ts';

const nginx = ['/usr/sbin/nginx', '/usr/bin/nginx', '/opt/homebrew/bin/nginx'].find(
  (path) => spawnSync(path, ['-v'], { stdio: 'ignore' }).status === 0,
);
const isNeeded = process.env.CI === 'true' && process.platform === 'linux';
const me = { by: 'tester' };
const hour = 3_600_000_000_000n;
const start = parseMoment('2026-01-01');

/** A published tag: five types that change each hour, at different minutes, for four days. */
async function fourDays(): Promise<Conditions> {
  const conditions = memoryConditions();
  const registrations = [];
  for (let type = 0; type < 5; type++)
    for (let n = 0n; n < 96n; n++) {
      const vstart = start + n * hour + BigInt(type) * 600_000_000_000n;
      const draft = someDraft({ calibType: `T${type}`, vstart, vend: vstart + hour });
      registrations.push({ draft, bytes: bytesOf(`${type} ${n}`) });
    }
  const rows = await conditions.registerMany(registrations, me);
  await conditions.createTag({ name: 'pass1', instrument: 'LAT' }, me);
  await conditions.putInTag(
    'pass1',
    rows.map(({ calibration }) => calibration),
    me,
  );
  await conditions.moveTag('pass1', ['TESTING', 'VALIDATED', 'PUBLISHED'], me);
  return conditions;
}

/** As fetch for a GET, by node:http: 50,000 requests of Node's own take a minute. */
function quickFetch(url: string, init: RequestInit | undefined, agent: Agent): Promise<Response> {
  return new Promise((resolve, reject) => {
    const headers = Object.fromEntries(new Headers(init?.headers));
    const request = get(url, { agent, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const { statusCode: status = 0, headers: given } = answer;
        resolve(
          new Response(Buffer.concat(chunks), { status, headers: given as Record<string, string> }),
        );
      });
    });
    request.on('error', reject);
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** nginx as a site has it in front of its jobs: keeps what may be kept, and asks once for what many ask for at once. */
async function proxyBefore(origin: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lantern-nginx-'));
  const port = await freePort();
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  await writeFile(
    join(folder, 'nginx.conf'),
    `${process.getuid?.() === 0 ? 'user root;' : ''}
     daemon off; pid ${folder}/pid; error_log ${folder}/error.log; worker_processes 1;
     events { worker_connections 1024; }
     http {
       access_log off;
       ${paths.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n')}
       proxy_cache_path ${folder}/cache keys_zone=lantern:16m max_size=1g inactive=30d;
       upstream origin { server ${origin.replace('http://', '')}; keepalive 8; }
       server {
         listen 127.0.0.1:${port};
         keepalive_requests 100000;
         location / {
           proxy_pass http://origin;
           proxy_http_version 1.1; proxy_set_header Connection "";
           proxy_cache lantern; proxy_cache_lock on; proxy_cache_lock_timeout 30s;
           proxy_cache_use_stale updating error timeout http_503;
           add_header X-Cache $upstream_cache_status always;
         }
       }
     }`,
  );
  const child = spawn(nginx ?? '', ['-p', folder, '-c', join(folder, 'nginx.conf')], {
    stdio: 'ignore',
  });
  onTestFinished(async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  });
  const url = `http://127.0.0.1:${port}`;
  await expect
    .poll(
      () =>
        fetch(`${url}/api/health`).then(
          ({ ok }) => ok,
          () => false,
        ),
      { timeout: 10_000 },
    )
    .toBe(true);
  return url;
}

test.skipIf(!nginx && !isNeeded)(
  '[CCH6] 10,000 jobs that start together through a caching proxy: at least 99 % of their requests are hits',
  async () => {
    const conditions = await fourDays();
    const origin = await someServer({}, conditions);
    const proxy = await proxyBefore(origin.url);
    const before = origin.requests.length;
    let asked = 0;
    const agent = new Agent({ keepAlive: true, maxSockets: 50 });
    onTestFinished(() => agent.destroy());
    const counting = (url: string | URL | Request, init?: RequestInit) => {
      asked++;
      return quickFetch(String(url), init, agent);
    };
    const jobs = 10_000;
    const window = hour * 2n;
    const failures: unknown[] = [];
    let next = 0;
    // Each job has its own client and its own moment of the two hours that the campaign is about; 100 sockets' worth at once.
    const work = async () => {
      while (next < jobs) {
        const job = next++;
        const position = start + 30n * hour + ((BigInt(job) * 7_919_000_000_000n) % window);
        const client = new HttpConditions({ servers: [proxy], fetch: counting });
        try {
          const { lines, immutable } = await client.resolve({ tags: ['pass1'], position });
          if (lines.length !== 5 || !immutable) throw new Error(`${lines.length} lines`);
          for (const { validity } of lines)
            if (position < validity.begin || position >= validity.end) throw new Error('not valid');
          await client.payload(lines[job % 5]?.payload ?? '');
        } catch (error) {
          failures.push(error);
        }
      }
    };
    await Promise.all(Array.from({ length: 100 }, work));
    const misses = origin.requests.length - before;
    expect(failures).toEqual([]);
    expect(asked).toBeGreaterThanOrEqual(4 * jobs);
    // Twelve cells of ten minutes, as many payloads, a bucket, how they are divided, the tag.
    expect(misses).toBeLessThanOrEqual(60);
    expect(1 - misses / asked).toBeGreaterThan(0.99);
  },
);
