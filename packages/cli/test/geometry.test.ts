import { execFileSync } from 'node:child_process';
import { lstat, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { geometryCheckCommand } from '../src/geometry-check.ts';
import { geometryInfoCommand } from '../src/geometry-info.ts';
import { alignColumns, wrap } from '../src/geometry-text.ts';
import { geometryWriteCommand } from '../src/geometry-write.ts';
import { runLantern } from '../src/run.ts';
import { fakeTerminal } from './fake-terminal.ts';

const lantern = {
  version: '1.2.3',
  commands: [geometryInfoCommand, geometryCheckCommand, geometryWriteCommand],
};

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantern-geometry-'));
  await writeFile(join(folder, 'right.gdml'), gdml(0));
  await writeFile(join(folder, 'spelt.gdml'), gdml(0, 'ABSLENGTH'));
  await writeFile(join(folder, 'wrong.gdml'), gdml(48));
  const twisted = gdml(0).replace(
    '<box name="blockBox"',
    '<twistedbox PhiTwist="0.1" name="blockBox"',
  );
  await writeFile(join(folder, 'twisted.gdml'), twisted);
});
afterAll(() => rm(folder, { recursive: true }));

/** A block of glass in air, its centre at x (mm); with a misspelt property, unless another name is given. */
function gdml(x: number, absorption = 'ABSLENGHT'): string {
  return `<gdml>
    <define>
      <matrix name="n" coldim="2" values="2*eV 1.5 4*eV 1.52"/>
      <matrix name="one" coldim="2" values="2*eV 1 4*eV 1"/>
      <position name="p" x="${x}" unit="mm"/>
    </define>
    <materials>
      <element name="O" Z="8"><atom value="16"/></element>
      <material name="Glass" state="solid">
        <property name="RINDEX" ref="n"/><property name="${absorption}" ref="one"/>
        <D value="2.2"/><fraction n="1" ref="O"/>
      </material>
      <material name="Air" state="gas">
        <property name="RINDEX" ref="one"/><D value="0.001"/><fraction n="1" ref="O"/>
      </material>
    </materials>
    <solids>
      <box name="worldBox" x="100" y="100" z="100" lunit="mm"/>
      <box name="blockBox" x="10" y="10" z="10" lunit="mm"/>
    </solids>
    <structure>
      <volume name="Block"><materialref ref="Glass"/><solidref ref="blockBox"/></volume>
      <volume name="World">
        <materialref ref="Air"/><solidref ref="worldBox"/>
        <physvol name="block"><volumeref ref="Block"/><positionref ref="p"/></physvol>
      </volume>
    </structure>
    <setup name="Default" version="1.0"><world ref="World"/></setup>
  </gdml>`;
}

async function geometry(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const terminal = fakeTerminal();
  const code = await runLantern(lantern, ['geometry', ...words], terminal);
  return { code, ...terminal.written };
}

describe('lantern geometry info', () => {
  it('[GEO1] tells the counts, tables, and the properties without effect, in 80 columns', async () => {
    const { code, out, err } = await geometry('info', join(folder, 'right.gdml'));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(
      /^right\.gdml: world 'World', 100 x 100 x 100 mm\n2 placed volumes \(0 sensors\)/,
    );
    expect(out).toMatch(/Block +box +Glass +1 +0\n/);
    expect(out).toMatch(/RINDEX +1\.5 to 1\.52 +2 points +310 to 619\.9 nm\n/);
    expect(out.replace(/\s+/g, ' ')).toContain('did you mean ABSLENGTH?');
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('[GEO1] --json is the same as data', async () => {
    const { out } = await geometry('info', join(folder, 'right.gdml'), '--json');
    const info = JSON.parse(out);
    expect(info.counts).toMatchObject({ nodes: 2, depth: 1 });
    expect(info.opticalPropertiesNotUsed).toMatchObject([{ property: 'ABSLENGHT', stops: false }]);
  });

  it('[GEO1] lists solids that are met as triangles, with their error', async () => {
    const { out } = await geometry('info', join(folder, 'twisted.gdml'));
    expect(out).toMatch(
      /^Solids that are met as triangles\n +solid +type +triangles +off by at most\n +blockBox +twistedbox +[\d,]+ +0\.0\d+ mm\n\n/m,
    );
    const plain = await geometry('info', join(folder, 'right.gdml'));
    expect(plain.out).not.toContain('triangles');
  });

  it('[GEO4] a file that cannot be read is an error that names it', async () => {
    const { code, out, err } = await geometry('info', join(folder, 'none.gdml'));
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^lantern: .*none\.gdml/);
  });
});

describe('lantern geometry check', () => {
  it('[GEO2] exit code 0 with notes and warnings, 1 with an error', async () => {
    const spelt = await geometry('check', join(folder, 'spelt.gdml'));
    expect(spelt).toMatchObject({ code: 0, out: 'spelt.gdml: nothing to complain of\n' });
    const right = await geometry('check', join(folder, 'right.gdml'));
    expect(right.code).toBe(0);
    expect(right.out).toMatch(/did you mean ABSLENGTH\?\n\nright\.gdml: 1 warning\n$/);
    const wrong = await geometry('check', join(folder, 'wrong.gdml'));
    expect(wrong.code).toBe(1);
    expect(wrong.out).toMatch(
      /^error {4}volume 'World' \(wrong\.gdml:\d+\)\n {9}'block' reaches out/,
    );
    expect(wrong.out).toMatch(/\nwrong\.gdml: 1 error, 1 warning\n$/);
  });

  it('[GEO2] --json gives points and depths', async () => {
    const { code, out } = await geometry(
      'check',
      join(folder, 'wrong.gdml'),
      '--json',
      '--seed',
      '3',
    );
    expect(code).toBe(1);
    const { counts, findings, seed } = JSON.parse(out);
    expect({ counts, seed }).toEqual({ counts: { error: 1, warning: 1, info: 0 }, seed: 3 });
    expect(findings[0].depthMm).toBeCloseTo(3, 1);
    expect(findings[0].point).toHaveLength(3);
  });

  it('[GEO2] a number of samples that is none: exit code 2', async () => {
    const { code, err } = await geometry('check', 'x.gdml', '--samples', 'many');
    expect(code).toBe(2);
    expect(err).toMatch(
      /wrong value of --samples: given 'many', expected an integer from 10 to 100000/,
    );
  });
});

describe('lantern geometry write', () => {
  it('[GEO3] writes a file that reads as the same detector, and leaves nothing else', async () => {
    const path = join(folder, 'again.gdml');
    const { code, out } = await geometry('write', join(folder, 'right.gdml'), '--out', path);
    expect(code).toBe(0);
    expect(out).toBe(`${path}: 2 volumes, 2 solids, 2 materials written\n`);
    const [first, second] = await Promise.all(
      ['right.gdml', 'again.gdml'].map((name) => geometry('info', join(folder, name), '--json')),
    );
    const without = (text = ''): unknown => ({
      ...JSON.parse(text),
      ...{ file: '', name: '' },
    });
    expect(without(second?.out)).toEqual(without(first?.out));
    expect((await readdir(folder)).sort()).toEqual([
      'again.gdml',
      'right.gdml',
      'spelt.gdml',
      'twisted.gdml',
      'wrong.gdml',
    ]);
  });

  it('[GEO3] neither its input nor another file is replaced unasked', async () => {
    const place = await mkdtemp(join(tmpdir(), 'lantern-write-'));
    const [input, other, link] = ['a.gdml', 'b.gdml', 'c.gdml'].map((name) => join(place, name));
    if (!input || !other || !link) throw new Error('no names');
    await writeFile(input, gdml(0));
    await writeFile(other, 'mine');
    await symlink(input, link);
    for (const path of [input, link]) {
      const { code, err } = await geometry('write', input, '--out', path, '--overwrite');
      expect(err).toBe(
        `lantern: ${path}: that is the geometry itself, which would be lost (choose another name with --out)\n`,
      );
      expect(code).toBe(1);
    }
    expect(await readFile(input, 'utf8')).toBe(gdml(0));
    const refused = await geometry('write', input, '--out', other);
    expect(refused.err).toContain('b.gdml: the file exists (choose another name with --out, or');
    expect(refused.code).toBe(1);
    expect(await readFile(other, 'utf8')).toBe('mine');
    expect(await geometry('write', input, '--out', other, '--overwrite')).toMatchObject({
      code: 0,
    });
    expect(await readFile(other, 'utf8')).toContain('<gdml');
    await rm(place, { recursive: true });
  });

  it('[GEO3] without --out: exit code 2; into a folder that is not there: 1', async () => {
    const right = join(folder, 'right.gdml');
    expect(await geometry('write', right)).toMatchObject({ code: 2 });
    const nowhere = join(folder, 'missing', 'x.gdml');
    const { code, err } = await geometry('write', right, '--out', nowhere);
    expect(code).toBe(1);
    expect(err).toBe(`lantern: ${nowhere}: cannot write: no such file or folder\n`);
  });

  it.skipIf(process.platform === 'win32')(
    '[GEO3] what is not a regular file is not replaced: exit code 1',
    async () => {
      const place = await mkdtemp(join(tmpdir(), 'lantern-fifo-'));
      const fifo = join(place, 'fifo');
      execFileSync('mkfifo', [fifo]);
      const { code, err } = await geometry('write', join(folder, 'right.gdml'), '--out', fifo);
      expect(err).toMatch(/fifo: cannot write: it is not a regular file: given a FIFO.*\n$/);
      expect(code).toBe(1);
      expect((await lstat(fifo)).isFIFO()).toBe(true);
      await rm(place, { recursive: true });
    },
  );
});

describe('text', () => {
  it('[GEO5] columns are aligned, and long names lose their middle', () => {
    const rows = [
      ['a', '10', ''],
      ['MirrorPyramid0x56008bfb13e0_with_more', '9', 'x'],
    ];
    expect(alignColumns(rows, ['l', 'r', 'l']).split('\n')).toEqual([
      `  ${'a'.padEnd(32)}  10`,
      '  MirrorPyramid0x5…b13e0_with_more   9  x',
      '',
    ]);
  });

  it('[GEO5] lines break at spaces', () => {
    expect(wrap('one two three four', 10, '  ')).toBe('  one two\n  three\n  four\n');
  });
});
