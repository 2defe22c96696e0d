import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asPageModule } from './common-js.ts';

/** A web server of some files, for a test. */
export interface StaticServer {
  /** `http://localhost:PORT` */
  readonly origin: string;
  close(): Promise<void>;
}

/** What is served besides files: path to body. */
export type ExtraPages = Readonly<Record<string, string | Uint8Array>>;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** CommonJS packages that Lantern imports in a browser too. */
const pageModules: Readonly<Record<string, () => string>> = {
  '/npm/saxes.js': () => asPageModule('saxes', ['SaxesParser'], geometry),
};
const geometry = fileURLToPath(new URL('../../geometry/package.json', import.meta.url));

/** Isolated pages may share memory between workers. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * Serves the files below a folder. As a bundler would, it turns `@lantern/x` in scripts into the path of the built
 * package: import maps do not reach into workers.
 */
export async function serveFiles(
  root: string,
  extra: ExtraPages,
  isolated: boolean,
): Promise<StaticServer> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const headers = { 'Content-Type': types[extname(pathname)] ?? 'application/octet-stream' };
    try {
      const body =
        extra[pathname] ?? pageModules[pathname]?.() ?? (await fileBelow(root, pathname));
      response.writeHead(200, isolated ? { ...headers, ...isolation } : headers);
      response.end(pathname.endsWith('.js') ? resolvePackages(String(body)) : body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function fileBelow(root: string, pathname: string): Promise<Uint8Array> {
  const path = normalize(join(root, pathname));
  if (!path.startsWith(root + sep)) throw new Error(`not below ${root}`);
  return readFile(path);
}

function resolvePackages(script: string): string {
  return script
    .replaceAll(/(from\s+)'@lantern\/(\w+)'/g, "$1'/packages/$2/dist/index.js'")
    .replaceAll(/(from\s+)'saxes'/g, "$1'/npm/saxes.js'");
}
