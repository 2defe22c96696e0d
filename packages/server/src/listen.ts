import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { ServerError } from './errors.ts';

/** Where to listen. */
export interface ListenOptions {
  /** Default 127.0.0.1: this machine alone. */
  readonly host?: string | undefined;
  /** Default 0: any that is free. */
  readonly port?: number | undefined;
}

/** A server that listens. */
export interface Listening {
  /** `http://127.0.0.1:8440` */
  readonly url: string;
  readonly server: Server;
  /** Lets the requests that are under way end, for some seconds. */
  close(): Promise<void>;
}

/** How long requests may go on after the server is told to end, milliseconds. */
const grace = 5000;

/**
 * Listens for HTTP.
 *
 * @param fetch from Request to Response: an application's
 * @throws ServerError `unavailable` for a port that is taken, or an address that is not this machine's
 */
export async function listen(
  fetch: (request: Request, env: object) => Response | Promise<Response>,
  { host = '127.0.0.1', port = 0 }: ListenOptions = {},
): Promise<Listening> {
  const listener = getRequestListener(fetch);
  const server = createServer(
    // Uploads of payloads take their time; headers do not.
    { requestTimeout: 30 * 60_000, headersTimeout: 20_000, keepAliveTimeout: 30_000 },
    (request, response) => void listener(request, response),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(notListening(host, port, cause)));
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return { url: `http://${name}:${address.port}`, server, close: () => closed(server) };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), grace);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function notListening(host: string, port: number, cause: Error): ServerError {
  const { code } = cause as NodeJS.ErrnoException;
  return new ServerError('unavailable', {
    what: code === 'EADDRINUSE' ? 'another program listens there' : 'nobody can listen there',
    where: `${host}:${port}`,
    hint: code === 'EADDRINUSE' ? 'give another --port' : undefined,
    cause,
  });
}
