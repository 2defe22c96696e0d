import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, type OpenedPage, openPage, softwareGpuArguments } from './chromium.ts';
import { type StaticServer, serveFiles } from './static-server.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[/\\]$/, '');

/** What the page offers: what an engine says, or the error of it. */
const pageScript = `
import { createGpuEngine, listGpus } from '/packages/optics/dist/browser.js';

globalThis.list = () => listGpus();
globalThis.open = async (choice) => {
  try {
    const engine = await createGpuEngine(choice);
    engine.close();
    return engine.adapter;
  } catch (error) {
    return error.name + ': ' + error.message;
  }
};
globalThis.ready = true;
`;

// In CI a missing browser is a failure; elsewhere it is said and skipped.
const withBrowser = describe.skipIf(chromiumPath === undefined && !process.env.CI);

withBrowser('GPUs of a page (wants /usr/bin/chromium, or LANTERN_CHROMIUM)', () => {
  let server: StaticServer;
  const pages: OpenedPage[] = [];
  const pageWith = async (more: readonly string[]): Promise<OpenedPage['page']> => {
    const opened = await openPage(`${server.origin}/page.html`, more);
    pages.push(opened);
    return opened.page;
  };

  beforeAll(async () => {
    const html = '<!doctype html><script type="module" src="/page.js"></script>';
    server = await serveFiles(root, { '/page.html': html, '/page.js': pageScript }, false);
  });
  afterAll(async () => {
    for (const { browser } of pages) await browser.close();
    await server.close();
  });

  it('[DEV6] are those that the browser gives it, software only when it is asked for', async () => {
    const page = await pageWith(softwareGpuArguments);
    expect(await page.evaluate('list()')).toMatchObject([
      { name: 'google swiftshader', isSoftware: true },
    ]);
    expect(await page.evaluate('open({ software: true })')).toBe('google swiftshader');
    expect(await page.evaluate('open({})')).toMatch(
      /^NoGpuError: no GPU was found, only software in its place: google swiftshader/,
    );
  });

  it('[DEV6] are none where the browser gives it none', async () => {
    const page = await pageWith([]);
    expect(await page.evaluate('list()')).toEqual([]);
    expect(await page.evaluate('open({})')).toMatch(/^NoGpuError: no GPU was found \(/);
  });
});
