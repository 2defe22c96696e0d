import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

/** A Chromium of this machine: LANTERN_CHROMIUM, or where Linux distributions put it; undefined without one. */
export const chromiumPath: string | undefined = [
  process.env.LANTERN_CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== '' && existsSync(path));

/** A page in a browser of its own. */
export interface OpenedPage {
  readonly browser: Browser;
  readonly page: Page;
}

/** For pages that use WebGPU: SwiftShader, the software that Chromium brings along. */
export const softwareGpuArguments: readonly string[] = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
];

/**
 * Opens a page and waits until its script has set `globalThis.ready`.
 *
 * @param more arguments of Chromium
 * @throws with what went wrong on the page
 */
export async function openPage(url: string, more: readonly string[] = []): Promise<OpenedPage> {
  const browser = await chromium.launch({
    ...(chromiumPath && { executablePath: chromiumPath }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      ...more,
    ],
  });
  try {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('requestfailed', (request) => problems.push(`not served: ${request.url()}`));
    await page.goto(url);
    await page
      .waitForFunction('globalThis.ready', undefined, { timeout: 30_000 })
      .catch((cause) => {
        throw new Error(`the page did not start: ${problems.join('; ')}`, { cause });
      });
    return { browser, page };
  } catch (error) {
    await browser.close();
    throw error;
  }
}
