import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawnByLantern, type Summary } from '@lantern/optics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../src/commands.ts';
import { parseArguments } from '../src/parse-arguments.ts';
import { runLantern } from '../src/run.ts';
import { fakeTerminal } from './fake-terminal.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { expectWellFormed } from './well-formed.ts';

const lantern = { commands, version: '0' };

/** The conditions of all starts: the first registers them. */
let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'lantern-home-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

async function start(folder: string, ...words: string[]): Promise<string> {
  const terminal = fakeTerminal({ home });
  const code = await runLantern(lantern, ['start', '--out', folder, ...words], terminal);
  expect(terminal.written.err).toBe('');
  expect(code).toBe(0);
  return terminal.written.out;
}

async function contents(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  const texts = names.map(async (name) => [name, await readFile(join(folder, name), 'latin1')]);
  return Object.fromEntries(await Promise.all(texts)) as Record<string, string>;
}

describe('lantern start', { timeout: 180_000 }, () => {
  test('[START1] [START2] [START3] muons in the example, printed and drawn', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'muon-99.svg'), `<svg>${drawnByLantern} of an earlier run`);
    const out = await start(folder, '--seed', '7');
    expect(out).toMatch(/^muons +20 of \d+ +made light/m);
    expect(out).toMatch(/^photons +[\d,]{7,} /m);
    expect(out).toMatch(/^hits +[\d,]{5,} /m);
    expect(out).toMatch(/^speed +[\d.]+ [kM] photons\/s/m);
    expect(out).toMatch(/the brightest, muon \d+: [\d,]+ hits/);

    const names = await readdir(folder);
    expect(names.filter((name) => name.endsWith('.svg')).length).toBe(20);
    expect(names).toEqual(
      expect.arrayContaining([
        'watertank.gdml',
        'hits.npy',
        'sensors.json',
        'summary.json',
        'index.html',
      ]),
    );
    for (const name of names.filter((file) => file.endsWith('.svg'))) {
      const svg = await readFile(join(folder, name), 'utf8');
      expectWellFormed(svg);
      expect(svg).not.toMatch(/NaN|undefined/);
    }

    const summary = JSON.parse(await readFile(join(folder, 'summary.json'), 'utf8')) as Summary;
    const shot = summary.events ?? [];
    const lit = shot.filter(({ photons }) => photons > 0).map(({ event }) => event);
    expect(lit.length).toBe(20);
    expect(names.filter((name) => name.endsWith('.svg'))).toEqual(
      lit.map((event) => `muon-${String(event).padStart(2, '0')}.svg`),
    );
    const page = await readFile(join(folder, 'index.html'), 'utf8');
    expect(page).toContain(`${shot.length} muons crossed the box`);

    const again = await temporaryFolder();
    await start(again, '--seed', '7', '--threads', '1');
    for (const name of [...names.filter((file) => file.endsWith('.svg')), 'hits.npy']) {
      expect(await readFile(join(again, name))).toEqual(await readFile(join(folder, name)));
    }
  });

  test('[START3] [START4] its own results are replaced, those of others and files of the user are not', async () => {
    const folder = await temporaryFolder();
    const tank = join(folder, 'watertank.gdml');
    const refused = async (...foreign: string[]): Promise<void> => {
      const before = await contents(folder);
      const terminal = fakeTerminal({ home });
      const code = await runLantern(lantern, ['start', '--out', folder], terminal);
      expect(terminal.written.err).toBe(
        `lantern: ${folder}: the folder holds files that lantern start did not make: given ${foreign.join(', ')} (choose another folder with --out, or let them go with --overwrite)\n`,
      );
      expect(code).toBe(1);
      expect(await contents(folder)).toEqual(before);
    };
    for (const name of ['photons.npy', 'index.html', 'muon-03.svg', 'watertank.gdml', 'hits.npy']) {
      await writeFile(join(folder, name), 'mine');
      await refused(name);
      await rm(join(folder, name));
    }
    await start(folder);
    await start(folder, '--seed', '2');
    // Stopped before the first photon, it leaves the detector alone.
    for (const name of await readdir(folder))
      if (name !== 'watertank.gdml') await rm(join(folder, name));
    await start(folder);
    await writeFile(join(folder, 'record.npy'), 'mine');
    await refused('record.npy');
    await rm(join(folder, 'record.npy'));
    await writeFile(join(folder, 'notes.txt'), 'mine');
    const light = ['--light', 'point at 0 0 0 mm 420 nm 100 photons', '--keep', 'photons'];
    const words = ['simulate', tank, ...light, '--out', folder, '--overwrite'];
    expect(await runLantern(lantern, words, fakeTerminal())).toBe(0);
    expect((await readdir(folder)).sort()).toEqual([
      'hits.npy',
      'notes.txt',
      'photons.npy',
      'sensors.json',
      'summary.json',
      'watertank.gdml',
    ]);
    await refused('hits.npy', 'photons.npy', 'sensors.json', 'summary.json');
    await start(folder, '--overwrite');
    const names = await readdir(folder);
    expect(names).toEqual(expect.arrayContaining(['notes.txt', 'index.html']));
    expect(names).not.toContain('photons.npy');
  });

  test('[START5] the detector is what its calibrations say for the time', async () => {
    const hits: number[] = [];
    for (const time of ['2026-06-15T12:00:00Z', '2026-05-01']) {
      const folder = await temporaryFolder();
      const out = await start(folder, '--time', time);
      expect(out).toMatch(new RegExp(`^calibrations +17 .*2 used, of ${time}`, 'm'));
      const summary = JSON.parse(await readFile(join(folder, 'summary.json'), 'utf8')) as Summary;
      expect(summary.conditions?.map(({ calibType, at }) => [calibType, at])).toEqual([
        ['OPT_Properties', time],
        ['OPT_WaterAbsorption', time],
      ]);
      hits.push(summary.outcomes.detected);
    }
    const [clean = 0, old = 0] = hits;
    expect(old).toBeLessThan(0.98 * clean);
    const terminal = fakeTerminal({ home });
    expect(await runLantern(lantern, ['start', '--time', '2025-12-31'], terminal)).toBe(1);
    expect(terminal.written.err).toMatch(/OPT_Properties.*2026-01-01T00:00:00Z/);
  });

  test('[START2] what it suggests is understood by the commands', async () => {
    const folder = await temporaryFolder();
    const out = await start(folder);
    const lines = [...out.matchAll(/^ {2}npx lantern (.*)$/gm)].map(([, line = '']) => line);
    expect(lines.length).toBeGreaterThanOrEqual(4);
    for (const line of lines) {
      const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(
        ([, quoted, word]) => quoted ?? word ?? '',
      );
      const command = commands.find(({ name }) => `${words.join(' ')} `.startsWith(`${name} `));
      if (!command) throw new Error(`no command for: ${line}`);
      parseArguments(command, words.slice(command.name.split(' ').length));
      const terminal = fakeTerminal();
      const code = await runLantern(lantern, words, terminal);
      expect(`${line}: ${code} ${terminal.written.err}`).toBe(`${line}: 0 `);
    }
  });
});

describe('examples/python', () => {
  const script = fileURLToPath(new URL('../../../examples/python/plot_hits.py', import.meta.url));
  const python = process.platform === 'linux' ? '/usr/bin/python3' : 'python3';
  const probe = spawnSync(python, ['-c', 'import numpy, matplotlib'], { encoding: 'utf8' });
  const isThere = probe.status === 0;
  const mustRun = Boolean(process.env.CI);

  beforeAll(() => {
    if (!isThere && !mustRun)
      process.stderr.write(
        'plot_hits.py is not tested: it needs python3 with numpy and matplotlib\n',
      );
  });

  test.runIf(isThere || mustRun)(
    '[EX4] plot_hits.py plots the results of a simulation',
    {
      timeout: 120_000,
    },
    async () => {
      const folder = await temporaryFolder();
      await start(folder);
      for (const event of [[], ['3'], ['all']]) {
        const result = spawnSync(python, [script, folder, ...event], { encoding: 'utf8' });
        expect(result.stderr).toBe('');
        expect(result.status).toBe(0);
        expect(existsSync(join(folder, 'hits.png'))).toBe(true);
        await rm(join(folder, 'hits.png'));
      }
      const none = spawnSync(python, [script, folder, '999'], { encoding: 'utf8' });
      expect(none.stderr).toMatch(/^plot_hits.py knows no event 999: .*\n$/);
      expect(none.status).toBe(1);
    },
  );

  const hasPython = spawnSync(python, ['--version']).status === 0;
  test.runIf(hasPython)('[EX5] plot_hits.py says in one line what it lacks', async () => {
    const folder = await temporaryFolder();
    for (const name of ['numpy', 'matplotlib']) {
      // Its own folder stands first on the path: what is there fails as what is missing does.
      const here = await temporaryFolder();
      if (name === 'matplotlib') await writeFile(join(here, 'numpy.py'), '');
      await writeFile(join(here, `${name}.py`), 'raise ImportError("none")');
      const result = spawnSync(python, [script, folder], {
        encoding: 'utf8',
        env: { ...process.env, PYTHONPATH: here, PYTHONDONTWRITEBYTECODE: '1' },
      });
      expect(result.stderr).toMatch(new RegExp(`^plot_hits.py needs ${name}: pip install .*\\n$`));
      expect(result.status).toBe(1);
    }
    const wrong = spawnSync(python, [script, join(folder, 'nowhere')], { encoding: 'utf8' });
    expect(wrong.status).toBe(1);
    expect(wrong.stderr).toMatch(/^plot_hits.py .*\n$/);
  });
});
