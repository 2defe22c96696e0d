import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  type CalibrationJson,
  Conditions,
  MemoryMetadataStore,
  MemoryPayloadStore,
} from '@lantern/conditions';
import type { Summary } from '@lantern/optics';
import { type Listening, readSettings, startServer, TokenFile } from '@lantern/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Terminal } from '../src/command.ts';
import { commands } from '../src/commands.ts';
import { runLantern } from '../src/run.ts';
import { fakeTerminal } from './fake-terminal.ts';
import { tankFile } from './tank.ts';
import { temporaryFolder } from './temporary-folder.ts';

const lantern = { commands, version: '0' };
const series = ['--instrument', 'LAT', '--type', 'CAL_Ped'];
const format = ['--format', 'CSV', '--fmt-version', '1'];

/** One home for all tests: each goes on where the one before has ended. */
let home = '';
/** A server in this process: an embedded store takes a second to open for each command. */
let server: Listening;
let remote: Pick<Terminal, 'server' | 'token'> = {};

interface Done {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function conditions(...words: string[]): Promise<Done> {
  const terminal = fakeTerminal({ home, ...remote });
  const code = await runLantern(lantern, ['conditions', ...words], terminal);
  return { code, ...terminal.written };
}

async function rows(...words: string[]): Promise<CalibrationJson & CalibrationJson[]> {
  const { code, out, err } = await conditions(...words, '--json');
  expect(`${code} ${err}`).toBe('0 ');
  return JSON.parse(out);
}

/** A fault of the server fails the test that met it. */
function report(error: unknown): void {
  throw error;
}

async function payload(text: string): Promise<string> {
  const path = join(home, `${Buffer.from(text).toString('hex')}.csv`);
  await writeFile(path, text);
  return path;
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'lantern-home-'));
  const settings = await readSettings(join(home, 'server', 'config.json'));
  const inMemory = new Conditions(new MemoryMetadataStore(), new MemoryPayloadStore());
  server = await startServer({
    conditions: inMemory,
    home,
    settings,
    version: '0',
    port: 0,
    report,
  });
  const tokens = new TokenFile(join(home, 'server', 'tokens.json'));
  remote = {
    server: server.url,
    token: (await tokens.create('tester', ['admin'], undefined)).token,
  };
});
afterAll(async () => {
  await server.close();
  await rm(home, { recursive: true, force: true });
});

describe('lantern conditions', { timeout: 60_000 }, () => {
  let asOf = '';

  it('[CON1] registers a calibration and prints its row', async () => {
    const file = await payload('1,2\n');
    const words = [
      ...series,
      '--vstart',
      '2003-01-10T14:00:00Z',
      '--level',
      'production',
      ...format,
    ];
    const more = [
      '--creator',
      'calibGen',
      '--locale',
      'SLAC',
      '--input-desc',
      'runs',
      '--notes',
      'n',
    ];
    const row = await rows('register', file, ...words, ...more, '--uid', 'rich');
    asOf = row.enterTime;
    expect(row).toMatchObject({
      ...{ serNo: 1, instrument: 'LAT', calibType: 'CAL_Ped', flavor: 'vanilla' },
      ...{ vstart: '2003-01-10T14:00:00Z', vend: null, completion: 'ok', procLevel: 'production' },
      ...{ locale: 'SLAC', creator: 'calibGen', uid: 'rich', inputDesc: 'runs', notes: 'n' },
      ...{ dataIdent: file, dataFmt: 'CSV', fmtVersion: '1' },
    });
    expect(row.prodStart).toBe(row.enterTime);
    const next = [...series, '--vstart', '2003-02-01', '--level', 'production', ...format];
    const { code, out } = await conditions('register', await payload('3,4\n'), ...next);
    expect(code).toBe(0);
    expect(out).toMatch(/2 +LAT +CAL_Ped +vanilla +2003-02-01T00:00:00Z +open +production/);
    expect(out).toContain('calibration 1 ends where it begins');
  });

  it('[CON2] finds the one that holds, as it is and as it was', async () => {
    const find = ['find', ...series, '--time'];
    expect((await rows(...find, '2003-01-12')).serNo).toBe(1);
    expect((await rows(...find, '2003-02-01')).serNo).toBe(2);
    expect((await rows(...find, '2003-02-01', '--as-of', asOf)).serNo).toBe(1);
    const { code, out, err } = await conditions(...find, '2003-01-10T13:59:59.999999999Z');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/\[2003-01-10T14:00:00Z, 2003-02-01T00:00:00Z\) \(calibration 1/);
  });

  it('[CON3] lists by any field and shows a row with its payload', async () => {
    expect(
      (await rows('list', '--where', 'vstart >= 2003-01-15; uid = *')).map((r) => r.serNo),
    ).toEqual([2]);
    const newest = await rows('list', '--type', 'CAL_*', '--sort', 'enterTime', '--descending');
    expect(newest.map((r) => r.serNo)).toEqual([2, 1]);
    const file = join(home, 'out.csv');
    const { out } = await conditions('show', '1', '--payload', file);
    expect(out).toMatch(/^ {2}sha256|^ {2}payload +[\da-f]{64}$/m);
    expect(await readFile(file, 'utf8')).toBe('1,2\n');
  });

  it('[CON4] supersedes, closes, promotes and deprecates', async () => {
    const better = await rows(
      'supersede',
      '2',
      '--payload',
      await payload('5,6\n'),
      '--reason',
      'r',
    );
    expect(better).toMatchObject({ serNo: 3, vstart: '2003-02-01T00:00:00Z', creator: '' });
    expect((await rows('show', '2')).procLevel).toBe('superseded');
    expect((await rows('close', '3', '--vend', '2003-03-01')).vend).toBe('2003-03-01T00:00:00Z');
    expect((await conditions('close', '3', '--vend', '2003-04-01')).code).toBe(1);
    const test = [...series, '--vstart', '2003-03-01', '--level', 'test', ...format];
    const row = await rows('register', await payload('7,8\n'), ...test);
    await rows('promote', String(row.serNo), '--level', 'production');
    expect((await rows('find', ...series, '--time', '2003-03-02')).procLevel).toBe('production');
    await rows('deprecate', String(row.serNo), '--reason', 'wrong cables');
    const levels = ['--levels', 'production,test'];
    expect((await conditions('find', ...series, '--time', '2003-03-02', ...levels)).code).toBe(1);
  });

  it('[CON5] makes, fills, publishes and shows tags', async () => {
    await rows('tag', 'create', 'a', '--instrument', 'LAT');
    await rows('tag', 'put', 'a', '--calibrations', '1,3');
    await rows('tag', 'move', 'a', '--to', 'TESTING,VALIDATED,PUBLISHED');
    const { code, err } = await conditions('tag', 'remove', 'a', '--type', 'CAL_Ped');
    expect(code).toBe(1);
    expect(err).toMatch(/PUBLISHED/);
    await rows('tag', 'create', 'b', '--clone', 'a');
    expect((await conditions('tag', 'list')).out).toMatch(/b +LAT +OPEN .* a/);
    expect((await conditions('tag', 'show', 'a')).out).toMatch(/CAL_Ped +vanilla +time +2 /);
    expect((await rows('find', ...series, '--time', '2003-02-15', '--tag', 'b')).serNo).toBe(3);
  });

  it('[CON6] holds to declared words', async () => {
    const words = join(home, 'words.json');
    await writeFile(words, '{"calibTypes": ["CAL_Ped", "CAL_Gain"]}');
    expect((await conditions('declare', words)).out).toBe('declared\n');
    const gain = ['--instrument', 'LAT', '--type', 'CAL_Gian', '--vstart', '2003-01-01'];
    const refused = await conditions('register', words, ...gain, '--level', 'test', ...format);
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/CAL_Gian.*did you mean .*CAL_Gain/);
    await writeFile(words, '{"calibTypes": ["CAL_Ped"');
    expect((await conditions('declare', words)).err).toMatch(/words\.json.*JSON/);
  });

  it.each([
    [
      [
        'register',
        'nowhere.csv',
        ...series,
        '--vstart',
        '2003-01-01',
        '--level',
        'test',
        ...format,
      ],
      1,
      /nowhere\.csv.*no such file/,
    ],
    [
      ['register', 'x', ...series, '--vstart', '2003-01-01', '--level', 'tets', ...format],
      2,
      /did you mean test/,
    ],
    [['register', 'x', ...series, '--level', 'test', ...format], 2, /--vstart is missing/],
    [['find', ...series, '--time', 'yesterday'], 1, /--time.*'yesterday'/],
    [['find', ...series, '--axis', 'rum', '--time', '3'], 2, /time or run/],
    [['show', '0'], 2, /no serial number/],
    [['show', '4711'], 1, /no calibration 4711/],
    [['list', '--where', 'calibtyp = x'], 1, /did you mean 'calibType'/],
    [['tag', 'move', 'a', '--to', 'PUBLISHD'], 2, /did you mean PUBLISHED/],
    [['tag'], 2, /incomplete command/],
  ] as const)('[CON7] refuses %j', async (words, code, message) => {
    const done = await conditions(...words);
    expect(done.err).toMatch(message);
    expect(done.err).toMatch(/^lantern: [^\n]*\n$/);
    expect(done).toMatchObject({ code, out: '' });
  });
});

describe('lantern simulate --conditions', { timeout: 60_000 }, () => {
  it('[CON8] takes optical properties from calibrations of the time, and fails closed', async () => {
    const folder = await temporaryFolder();
    const light = ['--light', 'point at 0 0 0 mm 420 nm 1000 photons', '--overwrite'];
    const simulate = async (...words: string[]): Promise<Done & { summary: Summary }> => {
      const out = join(folder, 'out');
      const terminal = fakeTerminal({ home, ...remote });
      const all = ['simulate', tankFile, ...light, '--out', out, ...words];
      const code = await runLantern(lantern, all, terminal);
      const text = await readFile(join(out, 'summary.json'), 'utf8').catch(() => '{}');
      return { code, ...terminal.written, summary: JSON.parse(text) };
    };
    const dark = { wavelengths: [300, 600], values: [0.001, 0.001] };
    const file = join(folder, 'dark.json');
    await writeFile(
      file,
      JSON.stringify({ materials: { Water: { tables: { ABSLENGTH: dark } } } }),
    );
    await writeFile(join(folder, 'words.json'), '{}');
    await conditions('declare', join(folder, 'words.json'));
    const optical = ['--instrument', 'tank', '--type', 'OPT_Water', '--vstart', '2003-01-01'];
    const json = ['--level', 'production', '--format', 'JSON', '--fmt-version', '1'];
    await rows('register', file, ...optical, '--vend', '2003-02-01', ...json);
    const then = await simulate('--conditions', 'tank', '--time', '2003-01-15');
    expect(then.code).toBe(0);
    expect(then.summary.outcomes.absorbed).toBe(1000);
    expect(then.summary.conditions?.[0]).toMatchObject({
      calibType: 'OPT_Water',
      at: '2003-01-15',
    });
    const after = await simulate('--conditions', 'tank', '--time', '2003-02-01');
    expect(after.code).toBe(1);
    expect(after.err).toMatch(/OPT_Water.*2003-02-01T00:00:00Z/);
    expect((await simulate('--time', '2003-01-15')).err).toMatch(/--time without --conditions/);
    expect((await simulate('--conditions', 'tnk', '--time', '2003-01-15')).err).toMatch(/tnk/);
  });
});

describe('lantern conditions of another home', { timeout: 120_000 }, () => {
  it('[CON10] follows a server and goes on where it was; imports and exports rows of other systems', async () => {
    const { url } = server;
    const there = await rows('list');
    home = join(home, 'copy');
    const local = { ...remote };
    const first = await conditions('mirror', url);
    expect(first.out).toMatch(/^(\d+) new events, \1 in all\n$/);
    expect((await conditions('mirror', url)).out).toMatch(/^0 new events/);
    remote = {};
    expect(await rows('list')).toEqual(there);
    const file = join(home, 'rows.csv');
    expect((await conditions('export', file, '--to', 'glast-csv', '--type', 'CAL_Ped')).code).toBe(
      0,
    );
    home = join(home, 'other');
    const dry = await conditions('import', file, '--from', 'glast-csv', '--dry-run');
    expect(dry.out).toMatch(/^4 calibrations and 0 tags can be read, 0 files cannot/);
    await writeFile(file, 'ser_no,instrument\n1,LAT\n');
    const bad = await conditions('import', file, '--from', 'glast-csv');
    expect(bad).toMatchObject({ code: 1, out: '' });
    expect(bad.err).toMatch(/rows\.csv/);
    expect((await conditions('import', file, '--from', 'glst')).err).toMatch(/did you mean glast/);
    home = dirname(dirname(home));
    remote = local;
  });
});

describe('lantern conditions of the home', { timeout: 120_000 }, () => {
  it('[CON1] [CON6] [CON9] keeps, checks, compares, covers, explains and takes along', async () => {
    remote = {};
    const words = [...series, '--level', 'production', ...format];
    const first = await rows(
      'register',
      await payload('pedestal,width\n1,2\n'),
      ...words,
      '--vstart',
      '2003-01-01',
    );
    await rows(
      'register',
      await payload('pedestal,width\n1,3\n'),
      ...words,
      '--vstart',
      '2003-02-01',
    );
    const was = `instrument=LAT@${first.enterTime}`;
    const diff = await conditions('diff', was, 'instrument=LAT');
    expect(diff.out).toMatch(/changed \[2003-02-01T00:00:00Z, open\): 1 -> 2\n.*2 -> 3 \(\+1\)/);
    expect(diff.out).toContain('1 constant changed, 0 added, 0 removed, 1 the same');
    const range = ['--from', '2002-12-01', '--to', '2003-03-01'];
    const coverage = await conditions('coverage', 'instrument=LAT', ...range);
    expect(coverage.code).toBe(1);
    expect(coverage.out).toContain(
      'gap: CAL_Ped vanilla in [2002-12-01T00:00:00Z, 2003-01-01T00:00:00Z)',
    );
    const explained = await conditions(
      'explain',
      'instrument=LAT',
      '--type',
      'CAL_Ped',
      '--time',
      '2003-02-02',
    );
    expect(explained.out).toMatch(/the answer is calibration 2 \(production/);
    expect((await conditions('check')).out).toBe('nothing found\n');
    for (const kind of [
      ['--out', join(home, 'all.lantern')],
      ['--folder', '--out', join(home, 'all')],
    ]) {
      expect((await conditions('snapshot', 'all', ...kind)).out).toMatch(/as of .* \(event 3\)/);
      const snapshot = ['--snapshot', kind.at(-1) ?? ''];
      expect((await rows('find', ...series, '--time', '2003-02-02', ...snapshot)).serNo).toBe(2);
      expect((await conditions('diff', was, 'instrument=LAT', ...snapshot)).out).toBe(diff.out);
    }
    const nowhere = await conditions('find', ...series, '--time', '2003', '--snapshot', 'nowhere');
    expect(nowhere.code).toBe(1);
    await writeFile(join(home, 'all.lantern'), 'lantern');
    const cut = await conditions('list', '--snapshot', join(home, 'all.lantern'));
    expect(cut.err).toMatch(/^lantern: .*all\.lantern/);
  });
});
