import { fileURLToPath } from 'node:url';
import { openPage } from '../test/chromium.ts';
import { loadSceneScript, servedScene } from '../test/page-scene.ts';
import { serveFiles } from '../test/static-server.ts';
import type { LoadedCase, Run } from './reference-case.ts';

/** The built engine on a page of Chromium. */
export interface BrowserBench {
  /** `HeadlessChrome/148.0…` */
  readonly version: string;
  /** Propagates all photons of a case once, as `runOnce` does in Node. */
  run(name: string, threads: number): Promise<Run>;
  close(): Promise<void>;
}

const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[/\\]$/, '');

/** Keeps the cases on the page, so that a run does nothing but run. */
const pageScript = `
import { createCpuEngine } from '/packages/optics/dist/browser.js';
import { repeatedSource } from '/packages/optics/bench/repeated-source.mjs';

${loadSceneScript}
const bytes = async (path) => (await fetch(path)).arrayBuffer();
const cases = new Map();
const load = async (name, photons) => {
  const rows = new Float32Array(await bytes('/' + name + '.photons'));
  return { scene: await loadScene(name), source: repeatedSource(rows, photons) };
};
globalThis.run = async (name, photons, threads) => {
  if (!crossOriginIsolated) throw new Error('the page is not isolated');
  if (!cases.has(name)) cases.set(name, await load(name, photons));
  const { scene, source } = cases.get(name);
  const begin = performance.now();
  let ready = begin;
  const onReady = () => { ready = performance.now(); };
  const request = { seed: 1n, source, threads, onReady };
  const tally = await createCpuEngine().propagate(scene, request, () => {});
  const propagate = (performance.now() - ready) / 1000;
  return {
    start: (ready - begin) / 1000,
    propagate,
    photonsPerSecond: Number(tally.photons) / propagate,
    stepsPerSecond: Number(tally.steps) / propagate,
  };
};
globalThis.ready = true;
`;

/** Opens a page, isolated so that its workers share the scene, with these cases. */
export async function openBrowserBench(cases: readonly LoadedCase[]): Promise<BrowserBench> {
  const files = cases.map(({ name, scene, rows }) => ({
    ...servedScene(name, scene),
    [`/${name}.photons`]: new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength),
  }));
  const server = await serveFiles(
    root,
    {
      '/page.html': '<!doctype html><script type="module" src="/page.js"></script>',
      '/page.js': pageScript,
      ...Object.assign({}, ...files),
    },
    true,
  );
  const { browser, page } = await openPage(`${server.origin}/page.html`).catch(async (error) => {
    await server.close();
    throw error;
  });
  return {
    version: browser.version(),
    run: (name, threads) => {
      const photons = cases.find((loaded) => loaded.name === name)?.photons ?? 0;
      return page.evaluate<Run>(`globalThis.run('${name}', ${photons}, ${threads})`);
    },
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}
