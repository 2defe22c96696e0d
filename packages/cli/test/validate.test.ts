import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { photonFlags, photonWords } from '@lantern/optics';
import { chromium } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { runLantern } from '../src/run.ts';
import { compareWithReference } from '../src/validate/agreement.ts';
import { PhotonEnds } from '../src/validate/photon-ends.ts';
import type { Histogram, Reference } from '../src/validate/reference.ts';
import { differences, validateCommand } from '../src/validate/validate.ts';
import type { Validation } from '../src/validate/validation.ts';
import { validationPage } from '../src/validate/validation-page.ts';
import { fakeTerminal } from './fake-terminal.ts';
import { referenceFolder, withReference } from './shared-reference.ts';
import { temporaryFolder } from './temporary-folder.ts';

function reference(detected: number, photons: number, x: Histogram): Reference {
  return {
    case: 'test',
    source: 'nobody',
    photons,
    outcomes: { absorbed: photons - detected, detected, surfaceAbsorbed: 0, leftWorld: 0 },
    histories: { scattered: 0, refracted: 0, reflected: 0, diffuse: 0, specular: 0, shifted: 0 },
    distributions: { detected: { x_mm: x } },
  };
}

/** Ends of photons at these x, detected; the others absorbed. */
function rows(detectedAt: readonly number[], absorbed: number): Float32Array {
  const photons = new Float32Array((detectedAt.length + absorbed) * photonWords);
  const words = new Uint32Array(photons.buffer);
  for (let i = 0; i < photons.length / photonWords; i++) {
    const isDetected = i < detectedAt.length;
    photons[i * photonWords] = detectedAt[i] ?? 0;
    // The high bits of the word belong to something else.
    const flag = isDetected ? photonFlags.SURFACE_DETECT : photonFlags.BULK_ABSORB;
    words[i * photonWords + 12] = flag | 0x8003_0000;
    words[i * photonWords + 15] = flag | photonFlags.TORCH | photonFlags.BULK_SCATTER;
  }
  return photons;
}

const bins = { lo: 0, hi: 4, counts: [100, 200, 300, 400] };

describe('comparison with a reference', () => {
  test('[VAL1] fractions agree within 4 standard deviations of the difference', () => {
    const expected = reference(1000, 10_000, bins);
    for (const [detected, agrees] of [
      [112, true],
      [60, false],
    ] as const) {
      const ends = new PhotonEnds({});
      ends.add(rows(new Array<number>(detected).fill(1), 1000 - detected));
      const fraction = compareWithReference(ends, expected).fractions.find(
        ({ name }) => name === 'detected',
      );
      // p = 0.1 of the two together, σ² = p (1 - p) (1/1000 + 1/10000).
      const p = (detected + 1000) / 11_000;
      const sigma = Math.sqrt(p * (1 - p) * (1 / 1000 + 1 / 10_000));
      expect(fraction?.deviation).toBeCloseTo((detected / 1000 - 0.1) / sigma, 10);
      expect(fraction?.agrees).toBe(agrees);
    }
  });

  test('[VAL2] values outside are in the first or the last bin, the upper edge too', () => {
    const ends = new PhotonEnds({ detected: { x_mm: bins } });
    ends.add(rows([-7, 0, 0.99, 1, 2.5, 3.999, 4, 17], 2));
    expect(ends.histograms[0]?.counts).toEqual([3, 1, 1, 3]);
    expect(ends.outcomes).toMatchObject({ detected: 8, absorbed: 2 });
    expect(ends.histories.scattered).toBe(10);
  });

  test('[VAL2] histograms of two sizes are compared in shape; a shape that differs is found', () => {
    const x = (counts: readonly number[]): number[] =>
      counts.flatMap((count, bin) => new Array<number>(count).fill(bin + 0.5));
    const compare = (counts: readonly number[]): boolean | undefined => {
      const ends = new PhotonEnds({ detected: { x_mm: bins } });
      ends.add(rows(x(counts), 0));
      return compareWithReference(ends, reference(1000, 1000, bins)).histograms[0]?.agrees;
    };
    expect(compare([1010, 1980, 3030, 3980])).toBe(true);
    expect(compare([1900, 2000, 3000, 3100])).toBe(false);
    expect(compare([1, 2, 3, 4])).toBe(true);
  });

  test('[VAL4] a photon that did not end is a disagreement, and is said', () => {
    const photons = rows([1, 2], 8);
    new Uint32Array(photons.buffer)[12] = photonFlags.BOUNDARY_REFLECT;
    const ends = new PhotonEnds({});
    ends.add(photons);
    expect(compareWithReference(ends, reference(200, 1000, bins)).agrees).toBe(false);
  });
});

describe.runIf(withReference)('the reference detectors', () => {
  test('[VAL4] [VAL3] all three agree with Geant4 in every fraction and histogram', {
    timeout: 120_000,
  }, async () => {
    const out = await temporaryFolder();
    const terminal = fakeTerminal();
    const words = ['validate', '--reference', referenceFolder, '--out', out];
    const code = await runLantern({ commands: [validateCommand], version: '0' }, words, terminal);
    expect(terminal.written.err).toBe('');
    expect(terminal.written.out).toContain('All comparisons agree.');
    expect(code).toBe(0);

    const validation = JSON.parse(
      await readFile(join(out, 'validation.json'), 'utf8'),
    ) as Validation;
    expect(validation.cases.map(({ name }) => name)).toEqual(['watertank', 'scintball', 'bigball']);
    for (const { agreement, ownTimes } of validation.cases) {
      expect(agreement.photons).toBe(100_000);
      expect(agreement.fractions.length).toBe(10);
      expect(agreement.histograms.length).toBe(15);
      expect(ownTimes.length).toBe(3);
    }
    const page = await readFile(join(out, 'index.html'), 'utf8');
    expect(page.match(/<figure/g)?.length).toBe(3 * 18);
    expect(page).toContain('All 75 comparisons agree');
    // It needs nothing else.
    expect(page).not.toMatch(/(src|href)="(?!#)/);

    const [first] = validation.cases;
    const histogram = first?.agreement.histograms[0];
    if (!first || !histogram) throw new Error('no case');
    const failed: Validation = {
      ...validation,
      agrees: false,
      cases: [
        {
          ...first,
          agreement: { ...first.agreement, histograms: [{ ...histogram, agrees: false }] },
        },
      ],
    };
    expect(differences(failed)).toEqual([expect.stringContaining('watertank, t_ns of absorbed')]);
    expect(validationPage(failed)).toContain('1 of 11 comparisons do not agree');
  });
});

const chromiumPath = [
  process.env.LANTERN_CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== '' && existsSync(path));

test.skipIf(chromiumPath === undefined && !process.env.CI)(
  '[VAL5] the page does not scroll sideways at 390 px (wants /usr/bin/chromium, or LANTERN_CHROMIUM)',
  { timeout: 60_000 },
  async () => {
    const ends = new PhotonEnds({ detected: { x_mm: bins } });
    ends.add(rows(new Array<number>(600).fill(1), 400));
    const agreement = compareWithReference(ends, reference(1000, 10_000, bins));
    const page = validationPage({
      created: 'today',
      seed: 1,
      threads: 1,
      engine: 'cpu',
      agrees: agreement.agrees,
      cases: [{ name: 'watertank', source: 'nobody', agreement, ownTimes: [], seconds: 1 }],
    });
    const options = chromiumPath === undefined ? {} : { executablePath: chromiumPath };
    const browser = await chromium.launch({ ...options, args: ['--no-sandbox', '--disable-gpu'] });
    try {
      const tab = await browser.newPage({ viewport: { width: 390, height: 844 } });
      await tab.setContent(page);
      expect(await tab.evaluate('document.documentElement.scrollWidth')).toBe(390);
    } finally {
      await browser.close();
    }
  },
);

test('[VAL4] a folder without references is an error that names the file and what to do', async () => {
  const terminal = fakeTerminal();
  const folder = await temporaryFolder();
  const words = ['validate', '--reference', folder, '--out', folder];
  expect(await runLantern({ commands: [validateCommand], version: '0' }, words, terminal)).toBe(1);
  expect(terminal.written.err).toContain(join(folder, 'watertank', 'expected.json'));
  expect(terminal.written.err).toContain('--reference DIR');
});
