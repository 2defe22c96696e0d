import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { photonFlags, photonWords } from '@lantern/optics';
import { createCpuEngine, loadKernel } from '@lantern/optics/node';
import { RandomStream, sampleGauss } from '@lantern/units';
import { chromium } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { runLantern } from '../src/run.ts';
import { compareWithReference } from '../src/validate/agreement.ts';
import { knownFaults } from '../src/validate/bug-list.ts';
import type { Chart } from '../src/validate/chart.ts';
import {
  type Comparison,
  compareNumbers,
  compareShare,
  compareWithin,
} from '../src/validate/comparison.ts';
import { allGroups, groupNames } from '../src/validate/groups.ts';
import { PhotonEnds } from '../src/validate/photon-ends.ts';
import type { Histogram, Reference } from '../src/validate/reference.ts';
import { runGroups } from '../src/validate/run-groups.ts';
import { recordTrend, type TrendEntry } from '../src/validate/trend.ts';
import { differences, validateCommand } from '../src/validate/validate.ts';
import type { Validation } from '../src/validate/validation.ts';
import { validationPage } from '../src/validate/validation-page.ts';
import { verdictOf } from '../src/validate/verdict.ts';
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

/** What a page tells of a validation besides its results. */
const described: Omit<Validation, 'groups' | 'verdict'> = {
  ...{ created: '2026-01-01T00:00:00Z', commit: 'abc', seed: 1, engine: 'cpu', threads: 1 },
  ...{ machine: 'this', seconds: 1, trend: [] },
};

async function validate(...words: readonly string[]) {
  const out = await temporaryFolder();
  const terminal = fakeTerminal();
  const all = ['validate', '--out', out, ...words];
  const code = await runLantern({ commands: [validateCommand], version: '0' }, all, terminal);
  return {
    code,
    terminal,
    read: async (): Promise<Validation> =>
      JSON.parse(await readFile(join(out, 'validation.json'), 'utf8')) as Validation,
    page: async (): Promise<string> => await readFile(join(out, 'index.html'), 'utf8'),
  };
}

describe('the whole validation', () => {
  test.runIf(withReference)(
    '[VAL4] [VAL3] [VAL7] everything agrees',
    {
      timeout: 400_000,
    },
    async () => {
      const gdml = join(referenceFolder, '..', 'data', 'gdml');
      const run = await validate('--reference', referenceFolder, '--gdml', gdml);
      expect(run.terminal.written.err).toBe('');
      const validation = await run.read();
      const { comparisons, differing } = validation.verdict;
      expect(differing).toEqual([]);
      expect(run.terminal.written.out).toContain(`All ${comparisons} comparisons agree.`);
      expect(run.code).toBe(0);

      const group = (name: string) => validation.groups.find((one) => one.name === name);
      expect(validation.groups.map(({ name }) => name)).toEqual([...groupNames]);
      const detectors = group('detectors')?.cases ?? [];
      expect(detectors.map(({ name }) => name)).toEqual(['watertank', 'scintball', 'bigball']);
      for (const { comparisons: all, charts, asides } of detectors) {
        expect(all.filter(({ kind }) => kind === 'number').length).toBe(10);
        expect(all.filter(({ kind }) => kind === 'shape').length).toBe(15);
        expect(charts?.length).toBe(15);
        expect(asides?.[0]?.charts.length).toBe(3);
      }
      expect(group('boundary')?.cases.length).toBe(18);
      expect(group('boundary')?.verdict.comparisons).toBeGreaterThan(90);
      expect(group('reflection')?.verdict.comparisons).toBeGreaterThan(200);

      const page = await run.page();
      const charts = validation.groups.flatMap(({ cases }) =>
        cases.flatMap((one) => [...(one.charts ?? []), ...(one.asides?.[0]?.charts ?? [])]),
      );
      expect(page.match(/<figure/g)?.length).toBeGreaterThanOrEqual(charts.length);
      expect(page).toContain(`All ${comparisons} comparisons agree`);
      // It needs nothing else.
      expect(page).not.toMatch(/(src|href)="(?!#)/);
    },
  );

  test('[VAL8] [VAL7] what is not part of Lantern is left out, and said', {
    timeout: 60_000,
  }, async () => {
    const nowhere = { path: join(await temporaryFolder(), 'nowhere'), isAsked: false };
    const groups = allGroups(nowhere, nowhere).filter(({ name }) =>
      ['detectors', 'look-up', 'cerenkov', 'files'].includes(name),
    );
    const result = await runGroups(groups, {
      ...{ engine: createCpuEngine(), kernel: await loadKernel(), seed: 1n, threads: 2 },
      ...{ signal: new AbortController().signal, onProgress: () => undefined },
    });
    expect(result.verdict.agrees).toBe(true);
    expect(differences(result)).toEqual([
      expect.stringContaining(
        `detectors: The references are not part of Lantern: no ${nowhere.path}`,
      ),
      expect.stringContaining('look-up: The tables are not part of Lantern'),
      expect.stringContaining('files: The files are not part of Lantern'),
    ]);
    const page = validationPage({ ...described, ...result });
    expect(page.match(/>not there</g)?.length).toBe(3);
    expect(page).toContain('--gdml DIR');
  });

  test('[VAL8] a folder without references is an error that names the file and what to do', async () => {
    const folder = await temporaryFolder();
    const { code, terminal } = await validate('--only', 'detectors', '--reference', folder);
    expect(code).toBe(1);
    expect(terminal.written.err).toContain(join(folder, 'watertank', 'expected.json'));
    expect(terminal.written.err).toContain('--reference DIR');
  });

  test('[VAL8] a folder that was asked for and is not there is an error, before anything is done', async () => {
    const nowhere = join(await temporaryFolder(), 'nowhere');
    for (const option of ['--reference', '--gdml', '--real-surface']) {
      const { code, terminal } = await validate('--only', 'rays', option, nowhere);
      expect(terminal.written.err).toMatch(
        /nowhere: the folder of .* does not exist \(name it with/,
      );
      expect({ code, out: terminal.written.out }).toEqual({ code: 1, out: '' });
    }
  });

  test('[VAL12] files that no validation wrote stay, but for --overwrite', async () => {
    const out = await temporaryFolder();
    const again = async (...words: string[]): Promise<number> => {
      const all = ['validate', '--only', 'look-up', '--out', out, ...words];
      return await runLantern({ commands: [validateCommand], version: '0' }, all, fakeTerminal());
    };
    const page = join(out, 'index.html');
    await writeFile(page, 'mine');
    expect(await again()).toBe(1);
    expect(await readFile(page, 'utf8')).toBe('mine');
    expect(existsSync(join(out, 'validation.json'))).toBe(false);
    expect(await again('--overwrite')).toBe(0);
    expect(await again()).toBe(0);
  });

  test('[VAL8] a group that there is not is wrong usage', async () => {
    const { code, terminal } = await validate('--only', 'boundry');
    expect(code).toBe(2);
    expect(terminal.written.err).toContain("did you mean 'boundary'?");
  });

  test('[VAL9] [VAL11] recorded validations are kept, a commit and machine once, and drawn', {
    timeout: 60_000,
  }, async () => {
    const trend = join(await temporaryFolder(), 'trend.json');
    const words = ['--only', 'cerenkov', '--trend', trend];
    await validate(...words);
    expect(existsSync(trend)).toBe(false);
    await validate(...words, '--record');
    const again = await validate(...words, '--record');
    const entries = JSON.parse(await readFile(trend, 'utf8')) as TrendEntry[];
    expect(entries.length).toBe(1);
    const [entry] = entries;
    const { groups } = await again.read();
    expect(entry?.groups).toEqual({
      cerenkov: {
        comparisons: groups[0]?.verdict.comparisons,
        differing: 0,
        worst: Number(groups[0]?.verdict.worst.toFixed(2)),
        least: Number(groups[0]?.verdict.least.toPrecision(3)),
      },
    });
    const other: TrendEntry = {
      ...(entry as TrendEntry),
      commit: 'abc',
      photonsPerSecond: { watertank: 2e6 },
    };
    expect((await recordTrend(trend, entries, other)).length).toBe(2);
    const leaks = { steps: 1_234_567, leaks: 0, detectors: 50, machine: 'this', seconds: 9 };
    const record = join(trend, '..', 'leaks.json');
    await writeFile(record, JSON.stringify({ ...leaks, date: '2026-01-02T00:00:00Z' }));
    const page = await (await validate(...words)).page();
    expect(page.replaceAll('\u202f', '')).toContain(
      '1234567 steps in 50 closed detectors, 0 photons',
    );
    expect(page).toContain('cerenkov: largest deviation');
    expect(page).toContain('watertank: million photons/s');
    expect(page).toContain('abc');
  });
});

describe('a verdict', () => {
  const at = (deviation: number): Comparison => compareNumbers(`at ${deviation}`, deviation, 0, 1);

  test('[VAL6] alone, 4 standard deviations count', () => {
    expect(verdictOf([at(3.99)], [at(3.99)]).agrees).toBe(true);
    expect(verdictOf([at(-4.01)], [at(-4.01)]).agrees).toBe(false);
  });

  test('[VAL6] among 600, one past 4 is chance and named, one past 4.4 or a broken limit is not', () => {
    const even = Array.from({ length: 600 }, (_, i) => at(-1.5 + i / 200));
    const once = verdictOf([...even, at(4.1)], [...even, at(4.1)]);
    expect(once.agrees).toBe(true);
    expect(once.beyond.map(({ name }) => name)).toEqual(['at 4.1']);
    expect(verdictOf([at(4.4)], [...even, at(4.4)]).agrees).toBe(false);
    // Holm: where one is rejected, the next has one comparison fewer to stand against.
    const two = verdictOf(even, [...even, at(9), at(4.4)]);
    expect(two.agrees).toBe(true);
    const limit = compareWithin('limit', 1.1, 1, 0.09);
    expect(verdictOf([limit], [...even, limit]).differing).toEqual([limit]);
  });

  test('[VAL6] false alarms: of many runs without fault one in a hundred', () => {
    const random = new RandomStream(3n, 1);
    let alarms = 0;
    for (let run = 0; run < 1000; run++) {
      const all = Array.from({ length: 300 }, () => at(sampleGauss(random, 0, 1)));
      if (!verdictOf(all, all).agrees) alarms++;
    }
    expect(alarms).toBeLessThan(25);
  });

  test('[VAL6] probabilities that lie too near to each other are seen', () => {
    const narrow = Array.from({ length: 200 }, (_, i) => at(0.001 * (i + 1)));
    expect(verdictOf(narrow, narrow).evenness).toBeLessThan(1e-6);
  });

  test('[VAL1] what cannot happen and does is a disagreement', () => {
    const impossible = compareShare('none', 1, 1000, 0);
    expect(verdictOf([impossible], [impossible]).agrees).toBe(false);
    expect(compareShare('none', 0, 1000, 0).deviation).toBe(0);
  });
});

test('[VAL10] the faults on the page are the optics package’s rules, which have tests', async () => {
  const path = fileURLToPath(new URL('../../optics/SPEC.md', import.meta.url));
  const spec = await readFile(path, 'utf8');
  const rules = [...spec.matchAll(/^- \[(BUG\d+)\]/gm)].map(([, rule]) => rule);
  expect(knownFaults.map(({ rule }) => rule)).toEqual(rules);
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
    // The words of every case, without the work.
    const folder = { path: referenceFolder, isAsked: true };
    const comparisons = [
      compareNumbers('a share with a long name of it', 12.3456, 12.3, 0.01, 'per cm'),
    ];
    const verdict = verdictOf(comparisons, comparisons);
    const chart: Chart = {
      ...{ kind: 'curve', title: 'a curve', x: 'x' },
      ...{ curves: [{ name: 'one', points: [[0, 1]] }], points: [] },
    };
    const groups = allGroups(folder, folder).map((group) => ({
      ...group,
      ...{ verdict, seconds: 1 },
      cases: group.cases.map((one) => ({
        ...one,
        ...{ comparisons, verdict, seconds: 1, charts: [chart, chart, chart, chart] },
      })),
    }));
    const page = validationPage({ ...described, groups, verdict });
    const options = chromiumPath === undefined ? {} : { executablePath: chromiumPath };
    const browser = await chromium.launch({ ...options, args: ['--no-sandbox', '--disable-gpu'] });
    try {
      const tab = await browser.newPage({ viewport: { width: 390, height: 844 } });
      await tab.setContent(page);
      expect(await tab.evaluate('document.documentElement.scrollWidth')).toBe(390);
      // Every table that may scroll can be reached by keyboard.
      const unreachable = 'document.querySelectorAll(\'.scroll:not([tabindex="0"])\').length';
      expect(await tab.evaluate(unreachable)).toBe(0);
    } finally {
      await browser.close();
    }
  },
);

test('[VAL4] what differs is told in words', () => {
  const wrong = compareNumbers('share', 2, 1, 0.1, '%');
  const verdict = verdictOf([wrong], [wrong]);
  const one = { name: 'a', title: 'A case', source: 'nobody', photons: 0, seconds: 1 };
  const group = {
    ...{ name: 'g', title: 'G', about: '', seconds: 1, verdict },
    cases: [{ ...one, comparisons: [wrong], verdict }],
  };
  expect(differences({ groups: [group], verdict })).toEqual([
    'differs: g, A case, share: 2 beside 1, +10.0 σ',
  ]);
  const page = validationPage({ ...described, groups: [group], verdict });
  expect(page).toContain('1 of 1 comparisons do not agree');
  expect(page).toContain('class="bad"');
});
