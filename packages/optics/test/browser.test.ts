import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { packScene, readGdml } from '@lantern/geometry';
import { describe, expect, it } from 'vitest';
import { createCpuEngine } from '../src/cpu/cpu-engine.node.ts';
import { lightSource } from '../src/sources/light/light-source.ts';
import { formatDigest } from '../src/tally.ts';
import { chromiumPath, openPage } from './chromium.ts';
import { loadSceneScript, servedScene } from './page-scene.ts';
import { serveFiles } from './static-server.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[/\\]$/, '');
const seed = 11n;
const photonCount = 20_000;

/** What the page does: the built engine, on the scene and the steps that the test serves. */
const pageScript = `
import { createCpuEngine } from '/packages/optics/dist/browser.js';
import { genstepSource } from '/packages/optics/dist/sources/genstep-source.js';
import { formatDigest } from '/packages/optics/dist/tally.js';

${loadSceneScript}
const bytes = async (path) => (await fetch(path)).arrayBuffer();
globalThis.propagate = async (threads, batchSize) => {
  const scene = await loadScene('tank');
  const source = genstepSource(new Float32Array(await bytes('/steps.bin')), { description: 'steps' });
  const hits = [];
  const request = { seed: ${seed}n, source, threads, batchSize };
  const tally = await createCpuEngine().propagate(scene, request, (batch) => { hits.push(batch.hits); });
  const hash = await crypto.subtle.digest('SHA-256', await new Blob(hits).arrayBuffer());
  return {
    digest: formatDigest(tally),
    photons: Number(tally.photons),
    hits: Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join(''),
    shared: globalThis.crossOriginIsolated,
  };
};
globalThis.ready = true;
`;

// In CI a missing browser is a failure; elsewhere it is said and skipped.
const withBrowser = describe.skipIf(chromiumPath === undefined && !process.env.CI);

withBrowser('the engine in a browser (wants /usr/bin/chromium, or LANTERN_CHROMIUM)', () => {
  it.each([
    [true, 'tank.gdml', 420],
    [false, 'tank.gdml', 420],
    // Most of its photons are children of wavelength shifts.
    [true, 'two-shifters.gdml', 177],
  ])(
    '[ENG10] gives the same photons as in Node; cross-origin isolated: %s, %s',
    async (isolated, name, wavelength) => {
      const file = new URL(`data/${name}`, import.meta.url);
      const detector = readGdml(readFileSync(file, 'utf8'), { file: name });
      const scene = packScene(detector);
      const source = lightSource(
        `point at 0 0 0 mm ${wavelength} nm ${photonCount} photons`,
        detector,
      );
      const hits = createHash('sha256');
      const tally = await createCpuEngine().propagate(
        scene,
        { seed, source, threads: 1 },
        (batch) => {
          hits.update(new Uint8Array(batch.hits.buffer));
        },
      );
      const all = await source.batch(0, photonCount);
      if (all.kind !== 'gensteps') throw new Error('a light gives generation steps');
      const server = await serveFiles(
        root,
        {
          '/page.html': '<!doctype html><script type="module" src="/page.js"></script>',
          '/page.js': pageScript,
          ...servedScene('tank', scene),
          '/steps.bin': new Uint8Array(all.steps.buffer),
        },
        isolated,
      );
      try {
        expect(await propagateOnPage(server.origin)).toEqual({
          digest: formatDigest(tally),
          photons: Number(tally.photons),
          hits: hits.digest('hex'),
          shared: isolated,
        });
      } finally {
        await server.close();
      }
    },
    60_000,
  );
});

async function propagateOnPage(origin: string): Promise<unknown> {
  const { browser, page } = await openPage(`${origin}/page.html`);
  try {
    return await page.evaluate('globalThis.propagate(2, 1234)');
  } finally {
    await browser.close();
  }
}
