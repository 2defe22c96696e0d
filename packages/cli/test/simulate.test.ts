import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNpy, writeNpy } from '@lantern/formats/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseArguments } from '../src/parse-arguments.ts';
import { runLantern } from '../src/run.ts';
import { simulateCommand } from '../src/simulate.ts';
import { fakeTerminal } from './fake-terminal.ts';
import { mirrorBallFile, tankFile, twoShiftersFile } from './tank.ts';

const light = 'point at 0 0 0 mm 420 nm 1000 photons';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-cli-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function lantern(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const terminal = fakeTerminal({ home: join(folder, 'home') });
  const code = await runLantern({ commands: [simulateCommand], version: '0' }, words, terminal);
  return { code, ...terminal.written };
}

const simulate = (...words: string[]): ReturnType<typeof lantern> =>
  lantern('simulate', tankFile, '--threads', '2', ...words);

/** A photon file of two photons from the centre, with some words changed. */
async function photonFile(
  changes: Readonly<Record<number, number>> = {},
  shape: readonly number[] = [2, 4, 4],
): Promise<string> {
  const path = join(folder, 'photons.npy');
  const row = [0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 420, 0, 0, 0, 0];
  const data = Float32Array.from([...row, ...row]);
  for (const [word, value] of Object.entries(changes)) data[16 + Number(word)] = value;
  await writeNpy(path, { dtype: '<f4', shape, data });
  return path;
}

/** A file of one generation step: Opticks' torch of shape point, 10 photons upwards. */
async function torchFile(): Promise<string> {
  const path = join(folder, 'gensteps.npy');
  const data = new Float32Array(24);
  data.set([0, 0, 1, 1, 0, 0, 0, 420], 8);
  const words = new Uint32Array(data.buffer);
  [words[0], words[3], words[23]] = [6, 10, 3];
  await writeNpy(path, { dtype: '<f4', shape: [1, 6, 4], data });
  return path;
}

describe('lantern simulate', () => {
  it('[CLI7] writes results and prints a table and where they are', async () => {
    const out = join(folder, 'results');
    const { code, out: table, err } = await simulate('--light', light, '--out', out);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(table).toMatch(/^photons +1,000 +100\.0 %$/m);
    expect(table).toMatch(/^ {2}detected \(hits\) +\d+ +\d\.\d %$/m);
    expect(table).toContain(`results in ${out}\n`);
    expect(readdirSync(out).sort()).toEqual(['hits.npy', 'sensors.json', 'summary.json']);
  });

  it('[CLI7] makes a new folder under the home when not told where', async () => {
    await simulate('--light', light);
    await simulate('--light', light);
    const made = readdirSync(join(folder, 'home', 'simulations'));
    expect(made).toHaveLength(2);
    expect(made[0]).toMatch(/^\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d$/);
  });

  it('[CLI7] keeps the generation steps of a gun, and takes them again', async () => {
    const [out, again] = [join(folder, 'results'), join(folder, 'again')];
    const gun = 'mu- 2 GeV from 0 0 0 mm towards 0 0 1';
    const first = await simulate('--gun', gun, '--keep', 'gensteps', '--out', out, '--json');
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(readdirSync(out)).toContain('gensteps.materials.json');
    const file = join(out, 'gensteps.npy');
    const { shape } = await readNpy(file, { dtype: '<f4' });
    expect(shape.slice(1)).toEqual([6, 4]);
    const second = await simulate('--gensteps', file, '--out', again, '--json');
    expect(second).toMatchObject({ code: 0, err: '' });
    const digest = /"digest": "([\da-f]{16})"/;
    expect(second.out.match(digest)?.[1]).toBe(first.out.match(digest)?.[1]);
    const auto = ['--matline', 'auto', '--out', join(folder, 'auto'), '--json'];
    expect((await simulate('--gensteps', file, ...auto)).out).toContain(
      first.out.match(digest)?.[0] ?? 'a digest',
    );
    const wrong = await simulate('--gensteps', file, '--matline', 'Watr=1');
    expect(wrong).toMatchObject({ code: 2, out: '' });
    expect(wrong.err).toContain("did you mean 'Water'?");
  });

  it('[CLI8] prints the summary as JSON and nothing else with --json', async () => {
    const out = join(folder, 'results');
    const result = await simulate('--light', light, '--out', out, '--json');
    expect(result.err).toBe('');
    const printed = JSON.parse(result.out) as Record<string, unknown>;
    expect(printed).toEqual(JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')));
    expect(printed).toMatchObject({ photons: 1000, seed: 0, geometry: tankFile });
  });

  it('[CLI7] takes photons from a file, keeps what is asked, and stops at limits', async () => {
    const photons = await photonFile();
    const out = join(folder, 'results');
    const words = ['--keep', 'record=3,photons', '--max-bounces', '1', '--max-time', '100'];
    const { code, err } = await simulate('--photons', photons, '--out', out, ...words);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { shape } = await readNpy(join(out, 'record.npy'), { dtype: '<f4' });
    expect(shape).toEqual([2, 3, 4, 4]);
    const summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'));
    expect(summary).toMatchObject({ steps: 2, limits: { maxBounces: 1, maxTime: 100 } });
  });

  it('[CLI9] tells the life of one photon with --replay', async () => {
    const photons = await photonFile();
    const { code, out, err } = await simulate('--photons', photons, '--replay', '1');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^photon 1: light of 420 nm in Water of World\/tank at \(0, 0, 0\) mm/);
    expect(out).toMatch(/^step 1: after /m);
    const json = await simulate('--photons', photons, '--replay', '1', '--json');
    expect(JSON.parse(json.out)).toMatchObject({ photon: 1, steps: [{ time: 0 }, {}, {}] });
    const none = await simulate('--photons', photons, '--replay', '2');
    expect(none).toMatchObject({ code: 1 });
    expect(none.err).toContain('no such photon to replay: given 2, expected a number from 0 to 1');
  });

  it('[CLI9] tells the first 1000 steps of a photon that never ends, or as many as it is told', async () => {
    const replay = (...words: string[]): ReturnType<typeof lantern> =>
      lantern('simulate', mirrorBallFile, '--light', light, '--replay', '7', ...words);
    const { code, out } = await replay();
    const lines = out.trimEnd().split('\n');
    expect(code).toBe(0);
    expect(lines).toHaveLength(1002);
    expect(lines[1001]).toMatch(/goes on after these 1000 steps; --max-bounces N tells/);
    const few = (await replay('--max-bounces', '5')).out.trimEnd().split('\n');
    expect(few).toHaveLength(7);
    expect(few[6]).toMatch(/^end: stopped by the limit/);
  });

  const shifted = (...words: string[]): ReturnType<typeof lantern> =>
    lantern(
      ...['simulate', twoShiftersFile, '--light', 'point at 0 0 0 mm, 177.12 nm, 100 photons'],
      ...words,
    );

  it('[CLI7] counts the photons that wavelength shifts make of one', async () => {
    const out = join(folder, 'shifted');
    const { code, out: table } = await shifted('--out', out, '--keep', 'photons');
    expect(code).toBe(0);
    const { photons, children } = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'));
    expect(children).toBeGreaterThan(100);
    expect(photons).toBe(100 + children);
    expect(table).toMatch(
      new RegExp(`^  made by shifts +${children.toLocaleString('en-US')} `, 'm'),
    );
    const { shape } = await readNpy(join(out, 'parents.npy'), { dtype: '<u8' });
    expect(shape).toEqual([children]);
  });

  it('[CLI9] tells the lives of a photon’s children after its own', async () => {
    const { out } = await shifted('--replay', '0', '--wls-profile', 'delta,exponential');
    const lines = out.trimEnd().split('\n');
    const born = lines.findIndex((line) =>
      line.startsWith('child 1 of photon 0: shifted light of'),
    );
    expect(born).toBeGreaterThan(2);
    // A first shift takes exactly 1 ns there.
    expect(lines[1]).toMatch(/^step 1: .* shifted from 177\.12 to .*, 1\.000\d* ns;/);
    const { code, err } = await shifted('--replay', '100');
    expect(code).toBe(1);
    expect(err).toMatch(/no such photon to replay.*parents\.npy/);
    expect((await shifted('--wls-profile', 'delta,slow')).code).toBe(2);
  });

  it('[CLI8][CLI11] writes warnings to standard error alone, each once', async () => {
    const geometry = join(folder, 'odd.gdml');
    const index = '<property name="RINDEX" ref="ONE"/>';
    const shift = '<property name="WLSABSLENGTH" ref="ONE"/>';
    const text = readFileSync(mirrorBallFile, 'utf8');
    writeFileSync(geometry, text.replace(index, index + shift));
    const words = ['--light', light, '--json'];
    const { out, err } = await lantern('simulate', geometry, ...words, '--out', join(folder, 'r'));
    const { warnings } = JSON.parse(out) as { warnings: string[] };
    expect(warnings).toContainEqual(expect.stringContaining('WLSABSLENGTH without WLSCOMPONENT'));
    expect(err).toBe(warnings.map((warning) => `warning: ${warning}\n`).join(''));
    const replayed = await lantern('simulate', geometry, ...words, '--replay', '1');
    expect(JSON.parse(replayed.out)).toMatchObject({ photon: 1, goesOn: false });
    expect(replayed.err).toBe(err);
  });

  it('[CLI5] has help whose examples are right', async () => {
    const { out } = await lantern('simulate', '--help');
    expect(out).toContain('lantern simulate GEOMETRY [options]');
    const photons = await photonFile();
    const gensteps = await torchFile();
    for (const [line] of simulateCommand.examples) {
      const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(
        ([, quoted, bare]) => quoted ?? bare ?? '',
      );
      const real = words.slice(1).map((word) => {
        if (word === 'detector.gdml') return tankFile;
        if (word === 'photons.npy') return photons;
        if (word === 'gensteps.npy') return gensteps;
        // A muon of 1 GeV makes a hundred times the light of this one.
        return word === '4711' ? '1' : word.replace('mu- 1 GeV', 'mu- 60 MeV');
      });
      // Needs calibrations of that instrument: [CON8] has some.
      if (real.includes('--conditions')) {
        parseArguments(simulateCommand, real.slice(1));
        continue;
      }
      const outAt = real.indexOf('--out');
      if (outAt > 0) real[outAt + 1] = join(folder, 'results');
      expect(await lantern(...real)).toMatchObject({ code: 0, err: '' });
    }
  });
});

describe('bad input of lantern simulate', () => {
  it.each([
    [['--lihgt', light], 'unknown option', '(did you mean --light?)'],
    [
      [],
      'no source of photons: expected one of --photons FILE, --gensteps FILE, --light "WORDS", --gun "WORDS"',
      '',
    ],
    [['--light', light, '--gun', 'e- 5 MeV'], 'given --light and --gun, expected one of them', ''],
    [['--light', light, '--seed', '-1'], '--seed', ''],
    [
      ['--light', light, '--seed', '1.5'],
      "wrong --seed: given '1.5', expected an integer from 0 to 2^64 - 1",
      '',
    ],
    [
      ['--light', light, '--threads', '0'],
      "wrong --threads: given '0', expected an integer from 1 to 1024",
      '',
    ],
    [
      ['--light', light, '--keep', 'record'],
      "wrong --keep: given 'record', expected hits, hits-lite, hits-merged, hits-lite-merged, photons, record=R",
      '',
    ],
    [['--light', light, '--keep', 'foton'], "given 'foton'", ''],
    [['--light', light, '--keep', 'record=0'], 'an integer from 1 to 100000', ''],
    [
      ['--light', light, '--max-time', 'soon'],
      "wrong --max-time: given 'soon', expected a positive number of ns",
      '',
    ],
    [['--light', 'pint at 0 0 0 mm 420 nm 10 photons'], "'pint'", "did you mean 'point'?"],
    [
      ['--light', 'point at 0 0 0 mm 20 nm 10 photons'],
      'wavelength outside all tables',
      'given 20 nm',
    ],
    [['--gun', 'mu- 4'], '--gun', ''],
    [['--light', light, '--scintillation-by-particle'], 'for the particles of a gun', '--gun'],
    [['--light', light, '--matline', 'auto'], 'given --light and --matline', '--gensteps FILE'],
  ])('[CLI2] wrong usage exits with 2: %j', async (words, message, more) => {
    const { code, out, err } = await lantern('simulate', tankFile, ...words);
    expect(err).toContain(message);
    expect(err).toContain(more);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it('[CLI2] photons of a file have no generation steps to keep: wrong usage, nothing is written', async () => {
    const out = join(folder, 'none');
    const words = ['--photons', await photonFile(), '--keep', 'gensteps', '--out', out];
    const { code, err } = await simulate(...words);
    expect(err).toMatch(/^lantern: --keep gensteps, but .*: given file .*photons\.npy, expected a/);
    expect({ code, made: existsSync(out) }).toEqual({ code: 2, made: false });
  });

  const failures: readonly (readonly [string, () => Promise<string[]>, RegExp])[] = [
    [
      'a missing geometry',
      async () => ['nowhere.gdml', '--light', light],
      /nowhere\.gdml: does not exist: expected a GDML file/,
    ],
    [
      'a missing photon file',
      async () => [tankFile, '--photons', 'nowhere.npy'],
      /nowhere\.npy: .*no such file/,
    ],
    ['a file that is no NPY', async () => [tankFile, '--photons', tankFile], /tank\.gdml: /],
    [
      'photons of the wrong shape',
      async () => [tankFile, '--photons', await photonFile({}, [8, 4])],
      /photons\.npy: shape: given \(8, 4\), expected \(N, 4, 4\)/,
    ],
    [
      'generation steps in place of photons',
      async () => [tankFile, '--photons', await torchFile()],
      /gensteps\.npy: shape: given \(1, 6, 4\), .*\(these are generation steps: --gensteps FILE/,
    ],
    [
      'photons in place of generation steps',
      async () => [tankFile, '--gensteps', await photonFile()],
      /photons\.npy: shape: given \(2, 4, 4\), .*\(these are photons: --photons FILE/,
    ],
    [
      'a NaN direction',
      async () => [tankFile, '--photons', await photonFile({ 4: Number.NaN })],
      /photons\.npy: photon 1: dirX is not a finite number: given NaN/,
    ],
    [
      'a direction of no length',
      async () => [tankFile, '--photons', await photonFile({ 4: 0 })],
      /photons\.npy: photon 1: direction: given \(0, 0, 0\) of length 0/,
    ],
    [
      'a wavelength outside all tables',
      async () => [tankFile, '--photons', await photonFile({ 11: 20 })],
      /photon 1: wavelength outside all tables .*given 20 nm, expected 275\.\d+ to 688\.\d+ nm/,
    ],
    [
      'a source outside the world',
      async () => [tankFile, '--photons', await photonFile({ 0: 5000 })],
      /a source outside the world: photon 1 .*given position \(5000, 0, 0\) mm, expected a position inside the volume 'World' \(x -1500 to 1500, y -1500 to 1500, z -1500 to 1500 mm\)/,
    ],
    [
      'a light outside the world',
      async () => [tankFile, '--light', 'point at 0 0 5 m 420 nm 10 photons'],
      /a source outside the world: photon 0 .*given position \(0, 0, 5000\) mm/,
    ],
    [
      'a gun outside the world',
      async () => [tankFile, '--gun', 'mu- 4 GeV from 0 0 5 m towards 0 0 -1'],
      /outside the world/,
    ],
    [
      'an output folder that is a file',
      async () => [tankFile, '--light', light, '--out', await photonFile()],
      /photons\.npy: cannot write: it is a file, not a folder \(choose another folder with --out\)/,
    ],
    [
      'an output folder that holds results',
      async () => {
        writeFileSync(join(folder, 'summary.json'), '{}');
        return [tankFile, '--light', light, '--out', folder];
      },
      /holds the results of an earlier simulation.*--overwrite/,
    ],
  ];

  it.each(failures)('[CLI3] %s exits with 1 and one line', async (_title, words, message) => {
    const { code, out, err } = await lantern('simulate', ...(await words()));
    expect(err).toMatch(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect({ code, out }).toEqual({ code: 1, out: '' });
  });

  it.skipIf(process.platform !== 'linux')(
    '[CLI14] a folder where none can be made exits with 1 at once',
    async () => {
      const { code, err } = await simulate('--light', light, '--out', '/proc/foo');
      expect(err).toMatch(/^lantern: \/proc\/foo: cannot write: no folder can be made there.*\n$/);
      expect(code).toBe(1);
    },
    10_000,
  );

  it('[CLI3] a full disk exits with 1 and one line', async ({ skip }) => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      skip('needs the right to mount a small tmpfs');
    }
    try {
      const words = ['--light', 'point at 0 0 0 mm 420 nm 1e5 photons', '--out', disk];
      const { code, err } = await simulate(...words);
      expect(err).toMatch(
        /hits\.partial\.npy: cannot write: the disk is full.*choose another folder/,
      );
      expect(code).toBe(1);
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});
