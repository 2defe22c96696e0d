import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TwinComparison } from '../src/validation/twin-comparison.ts';
import { chromiumPath, type OpenedPage, openPage, softwareGpuArguments } from './chromium.ts';
import { sharedFile } from './closed-forms/shared-data.ts';
import { type StaticServer, serveFiles } from './static-server.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[/\\]$/, '');

/** What the page offers: both engines as they are built, compared on the page. */
const pageScript = `
import { packScene, readGdml } from '/packages/geometry/dist/index.js';
import { createCpuEngine, createGpuEngine } from '/packages/optics/dist/browser.js';
import { compareTwins, galleryCases, prepareTwinCase, tellParting } from '/packages/optics/dist/validation.js';

const gpu = await createGpuEngine({ software: true });
const kernel = await WebAssembly.compileStreaming(fetch('/packages/optics/dist/kernel.wasm'));
const compare = async ({ scene, source, count, steps, maxBounces }) => {
  const request = { seed: 5n, source, count, threads: 1, batchSize: 200, recordSteps: steps, maxBounces };
  const twins = await compareTwins([createCpuEngine(), gpu], scene, request, { kernel });
  const told = twins.partings.map((parting) => [parting.rounding, tellParting(parting, scene, ['cpu', 'gpu'])]);
  return JSON.stringify({ ...twins, told, partings: [] }, (_, value) => typeof value === 'bigint' ? Number(value) : value);
};
globalThis.gallery = async (name, photons) => {
  const one = galleryCases.find((each) => each.name === name);
  const made = prepareTwinCase(one, photons);
  return compare({ ...made, count: made.source.count, steps: one.steps, maxBounces: one.steps });
};
globalThis.reference = async (name, count) => {
  const text = await (await fetch('/' + name + '.gdml')).text();
  const rows = new Float32Array(await (await fetch('/' + name + '.rows')).arrayBuffer());
  const scene = packScene(readGdml(text, { file: name }));
  const batch = (first, n) => ({ kind: 'photons', photons: rows.slice(16 * first, 16 * (first + n)) });
  return compare({ scene, source: { description: name, count: rows.length / 16, batch }, count, steps: 100 });
};
globalThis.ready = true;
`;

// In CI a missing browser is a failure; elsewhere it is said and skipped.
const withBrowser = describe.skipIf(chromiumPath === undefined && !process.env.CI);

/** Rows of a file of photons: its header is 128 bytes. */
function rowsOf(path: string): Uint8Array {
  return new Uint8Array(readFileSync(path)).subarray(128);
}

/** A kernel is compiled for each, which takes a software GPU a minute: only where it is asked for all are. */
const all = process.env.LANTERN_TEST_LONG !== undefined;
const galleries = all ? ['media', 'solids-convex', 'surfaces-classic'] : ['media'];
const references =
  all && existsSync(sharedFile('reference')) ? ['watertank', 'scintball', 'bigball'] : [];

withBrowser('both engines on a page (wants /usr/bin/chromium, or LANTERN_CHROMIUM)', () => {
  let server: StaticServer;
  let opened: OpenedPage;
  const evaluate = async (call: string): Promise<TwinComparison & { readonly told: unknown[] }> =>
    JSON.parse((await opened.page.evaluate(call)) as string) as never;

  beforeAll(async () => {
    const files = references.flatMap((name): [string, string | Uint8Array][] => [
      [`/${name}.gdml`, readFileSync(sharedFile(`reference/${name}/geometry.gdml`), 'utf8')],
      [`/${name}.rows`, rowsOf(sharedFile(`reference/${name}/photons.npy`))],
    ]);
    const html = '<!doctype html><script type="module" src="/page.js"></script>';
    const pages = { '/page.html': html, '/page.js': pageScript, ...Object.fromEntries(files) };
    server = await serveFiles(root, pages, true);
    opened = await openPage(`${server.origin}/page.html`, softwareGpuArguments);
  });
  afterAll(async () => {
    await opened?.browser.close();
    await server?.close();
  });

  it.each([
    ...galleries.map((name) => [name, `gallery('${name}', 600)`] as const),
    ...references.map((name) => [name, `reference('${name}', 1000)`] as const),
  ])(
    '[TWIN7] give the same histories but for rounding in Chromium: %s',
    { timeout: 900_000 },
    async (name, call) => {
      const twins = await evaluate(call);
      if (all) process.stderr.write(`${name}: ${JSON.stringify(twins)}\n`);
      expect(twins.told.filter((told) => (told as unknown[])[0] === null)).toEqual([]);
      expect(twins.differing).toBeLessThanOrEqual(3);
      expect(twins.counters).toMatchObject({ differing: [] });
      expect(twins.photons).toBeGreaterThan(500);
    },
  );
});
