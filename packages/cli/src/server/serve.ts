import { join } from 'node:path';
import { type Conditions, ConditionsError, Mirror, WarmMetadataStore } from '@lantern/conditions';
import type { Arguments, Command, Terminal } from '../command.ts';
import { UsageError } from '../errors.ts';
import { version } from '../version.ts';

const defaultPort = 8440;

/** `lantern serve`: the conditions of the home over HTTP. */
export const serveCommand: Command = {
  name: 'serve',
  summary: 'Serve the conditions of the home over HTTP, until Ctrl-C.',
  operands: [],
  options: {
    host: { value: 'ADDRESS', doc: 'Where to listen. Default: 127.0.0.1, this machine alone.' },
    port: { value: 'PORT', doc: `Default: ${defaultPort}; 0: any that is free.` },
    private: { doc: 'Reading needs a token, too.' },
    mirror: {
      value: 'URL',
      doc: 'Follow the server there and serve what it has; changes are refused.',
      details: 'With LANTERN_TOKEN, where it wants one for reading.',
    },
  },
  examples: [
    ['lantern serve', `http://127.0.0.1:${defaultPort}, for this machine.`],
    [
      'lantern serve --host 0.0.0.0 --private',
      'For other machines: put a proxy with TLS in front of it.',
    ],
    [
      'lantern serve --mirror https://conditions.experiment',
      'A second site: follows the first, and goes on where it was when it is started again.',
    ],
    ['curl http://127.0.0.1:8440/api/openapi.json', 'What it can do.'],
  ],
  notes:
    "Changing something needs a token: 'lantern token create'. More settings (OpenID providers, limits,\n" +
    'trusted proxies) are in server/config.json of the home; packages/server/README.md tells which. The\n' +
    'audit of all changes is server/audit.jsonl there.',
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const { home, err, signal } = terminal;
  const port = readPort(args.option('port') ?? String(defaultPort));
  const { openConditions } = await import('@lantern/conditions/node');
  const { readSettings, startServer } = await import('@lantern/server');
  const read = await readSettings(join(home, 'server', 'config.json'));
  const mirrorOf = args.option('mirror');
  const settings = {
    ...read,
    ...(args.has('private') && { anonymousRead: false }),
    ...(mirrorOf !== undefined && { mirrorOf }),
  };
  const stored = await openConditions(home);
  const conditions = stored.over(await WarmMetadataStore.open(stored.metadata));
  try {
    const server = await startServer({
      ...{ conditions, home, settings, version, port, host: args.option('host') },
      report: (error, incident) => err(`lantern serve: incident ${incident}: ${traceOf(error)}\n`),
    });
    err(`serving the conditions of ${home} at ${server.url}; Ctrl-C ends it\n`);
    if (!isLoopback(server.url) && settings.anonymousRead)
      err('whoever reaches this address may read; --private wants a token for that, too\n');
    if (mirrorOf === undefined) await aborted(signal);
    else await followed(conditions, mirrorOf, terminal);
    err('ending\n');
    await server.close();
  } finally {
    await conditions.dispose();
  }
  return 0;
}

/** Follows until it is told to end; a server that does not answer is asked again later. */
async function followed(
  { metadata, payloads }: Conditions,
  server: string,
  { err, signal, token }: Terminal,
): Promise<void> {
  const missing = (error: Error) => err(`lantern serve: ${error.message}\n`);
  const mirror = new Mirror({ servers: server.split(','), token, metadata, payloads, missing });
  while (!signal.aborted) {
    const following = mirror.follow(signal, ({ seq, of }) => err(`event ${seq} of ${of}\n`));
    const ended = await Promise.race([aborted(signal), following.catch((error) => error)]);
    if (!(ended instanceof ConditionsError)) continue;
    if (ended.kind !== 'unavailable') throw ended;
    err(`lantern serve: ${ended.message}; trying again\n`);
    await Promise.race([aborted(signal), new Promise((resolve) => setTimeout(resolve, 10_000))]);
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536 && text !== '') return port;
  throw new UsageError({
    what: 'wrong --port',
    given: `'${text}'`,
    expected: 'an integer of 0 .. 65535',
  });
}

function isLoopback(url: string): boolean {
  return /^http:\/\/(127\.|\[::1\])/.test(url);
}

function traceOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
