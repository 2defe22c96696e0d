import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { readNpy, writeNpy } from '@lantern/formats/node';
import { binomialDeviation, compareToExpected } from '@lantern/units';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Terminal } from '../src/command.ts';
import { geometryCheckCommand } from '../src/geometry-check.ts';
import { runLantern } from '../src/run.ts';
import { simulateCommand } from '../src/simulate.ts';
import { fakeTerminal } from './fake-terminal.ts';

const degree = Math.PI / 180;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-surfaces-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function lantern(
  words: readonly string[],
  parts: Partial<Terminal> = {},
): Promise<{ code: number; out: string; err: string }> {
  const terminal = fakeTerminal({ home: join(folder, 'home'), ...parts });
  const commands = [simulateCommand, geometryCheckCommand];
  const code = await runLantern({ commands, version: '0' }, words, terminal);
  return { code, ...terminal.written };
}

/** A black wall at z = -500 mm under empty space, with a surface; all that comes back leaves the world. */
function wallFile(surface: string): string {
  const path = join(folder, 'wall.gdml');
  const flat = (name: string, value: number): string =>
    `<matrix name="${name}" coldim="2" values="1*eV ${value} 10*eV ${value}"/>`;
  writeFileSync(
    path,
    `<gdml><define>${flat('ONE', 1)}${flat('R', 0.8)}${flat('T', 0.1)}${flat('E', 0.1)}${flat('L', 0.001)}</define>
<materials><material name="Space"><D value="1e-20"/><fraction n="1" ref="G4_H"/><property name="RINDEX" ref="ONE"/></material>
<material name="Black"><D value="1"/><fraction n="1" ref="G4_H"/><property name="RINDEX" ref="ONE"/><property name="ABSLENGTH" ref="L"/></material></materials>
<solids><box name="world" x="5" y="5" z="5" lunit="m"/><box name="wall" x="4" y="4" z="0.1" lunit="m"/>${surface}</solids>
<structure><volume name="Wall"><materialref ref="Black"/><solidref ref="wall"/></volume>
<volume name="World"><materialref ref="Space"/><solidref ref="world"/>
<physvol name="wall1"><volumeref ref="Wall"/><position name="p" z="-550"/></physvol></volume>
<skinsurface name="s" surfaceproperty="wrap"><volumeref ref="Wall"/></skinsurface></structure>
<setup name="Default" version="1.0"><world ref="World"/></setup></gdml>`,
  );
  return path;
}

/** Photons from the origin down onto the wall, at an angle of incidence; their last directions and masks. */
async function shine(
  geometry: string,
  incidence: number,
  count: number,
  ...words: string[]
): Promise<{ directions: Float32Array; masks: Uint32Array; summary: string; err: string }> {
  const photons = join(folder, 'photons.npy');
  const row = [0, 0, 0, 0, Math.sin(incidence * degree), 0, -Math.cos(incidence * degree), 0];
  const data = new Float32Array(16 * count);
  for (let i = 0; i < count; i++) data.set([...row, 0, 1, 0, 413.28], 16 * i);
  await writeNpy(photons, { dtype: '<f4', shape: [count, 4, 4], data });
  const out = join(folder, 'results');
  const options = ['--photons', photons, '--out', out, '--overwrite', '--keep', 'photons'];
  const limits = ['--threads', '2', '--max-bounces', '20'];
  const { code, err } = await lantern(['simulate', geometry, ...options, ...limits, ...words]);
  expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
  const ends = await readNpy(join(out, 'photons.npy'), { dtype: '<f4' });
  const rows = ends.data;
  const bits = new Uint32Array(rows.buffer, rows.byteOffset, rows.length);
  return {
    directions: Float32Array.from({ length: 3 * count }, (_, i) =>
      Number(rows[16 * Math.floor(i / 3) + 4 + (i % 3)]),
    ),
    masks: Uint32Array.from({ length: count }, (_, i) => bits[16 * i + 15] ?? 0),
    summary: readFileSync(join(out, 'summary.json'), 'utf8'),
    err,
  };
}

const property = (name: string, ref: string): string => `<property name="${name}" ref="${ref}"/>`;
const coat =
  property('REFLECTIVITY', 'R') + property('TRANSMITTANCE', 'T') + property('EFFICIENCY', 'E');
const wrapped = (attributes: string, properties = ''): string =>
  `<opticalsurface name="wrap" ${attributes} value="0">${properties}</opticalsurface>`;

const absorbed = 0x80;
const detected = 0x40;
const specular = 0x200;
const transmitted = 0x800;
const withFlag = (masks: Uint32Array, flag: number): number =>
  masks.filter((mask) => (mask & flag) !== 0).length;

describe('--real-surface', () => {
  it('[DATA1] a Lambertian table of LBNL, packed as Geant4 has it, gives Lambert’s law and the coat’s shares', async () => {
    const chance = (theta: number, phi: number): number =>
      Math.cos(theta * degree) * Math.cos(phi * degree) ** 2;
    const values = new Float32Array(91 * 45 * 37);
    for (let k = 0; k < 37; k++) {
      for (let j = 0; j < 45; j++) {
        const start = 91 * (j + 45 * k);
        values.fill(chance(4 * j - 90, 5 * k - 90), start, start + 91);
      }
    }
    writeFileSync(join(folder, 'PolishedLumirror.z'), deflateSync(values.join('\n')));
    const wall = wallFile(wrapped('model="2" type="2" finish="6"', coat));
    const count = 100_000;
    const { directions, masks } = await shine(wall, 35, count, '--real-surface', folder);
    for (const [flag, share] of [
      [absorbed, 0.09],
      [detected, 0.01],
      [transmitted, 0.1],
      [specular, 0.8],
    ] as const) {
      expect(Math.abs(binomialDeviation(withFlag(masks, flag), count, share))).toBeLessThan(4);
    }
    // Cells of theta and phi, from the directions alone.
    const cells = new Float64Array(44 * 36);
    const expected = new Float64Array(44 * 36);
    let reflected = 0;
    for (let i = 0; i < count; i++) {
      const [x = 0, y = 0, z = 0] = directions.subarray(3 * i, 3 * i + 3);
      if (((masks[i] ?? 0) & specular) === 0) continue;
      reflected++;
      const j = Math.round((Math.atan2(-x, z) / degree + 90) / 4);
      const k = Math.round((Math.asin(Math.min(1, Math.max(-1, y))) / degree + 90) / 5);
      cells[36 * j + k] = (cells[36 * j + k] ?? 0) + 1;
    }
    for (let j = 1; j < 44; j++) {
      for (let k = 1; k < 36; k++) expected[36 * j + k] = chance(4 * j - 90, 5 * k - 90);
    }
    const sum = expected.reduce((a, b) => a + b, 0);
    const scaled = expected.map((x) => (x * reflected) / sum);
    const test = compareToExpected(cells, scaled);
    expect(test.degreesOfFreedom).toBeGreaterThan(500);
    expect(test.probability).toBeGreaterThan(1e-4);
  });

  it('[DATA1] a specular table of LBNL is a mirror, to the table’s 4 degrees', async () => {
    const values = new Float32Array(91 * 45 * 37);
    for (let i = 0; i <= 90; i++) values[i + 91 * (Math.round((90 - i) / 4) + 45 * 18)] = 1;
    writeFileSync(join(folder, 'EtchedVM2000.dat'), values.join(' '));
    const wall = wallFile(wrapped('model="LUT" type="dielectric_LUT" finish="etchedvm2000air"'));
    const { directions, masks } = await shine(wall, 34, 1000, '--real-surface', folder);
    expect(withFlag(masks, specular)).toBe(1000);
    for (let i = 0; i < 1000; i++) {
      expect(directions[3 * i]).toBeCloseTo(Math.sin(34 * degree), 6);
      expect(directions[3 * i + 2]).toBeCloseTo(Math.cos(34 * degree), 6);
    }
  });

  it('[DATA1] tables of Davis: reflectivity by degree, directions, detection', async () => {
    // sin² of the elevations even up to 0.5 at 60 degrees of incidence, up to 0.1 elsewhere; azimuths even.
    const block = (largest: number): string =>
      Array.from({ length: 20_000 }, (_, pair) => {
        const sine = Math.sqrt((largest * (pair + 0.5)) / 20_000);
        return `${((2.399963 * pair) % 6.283185).toFixed(4)} ${Math.asin(sine).toFixed(5)}`;
      }).join('\n');
    const [other, at60] = [block(0.1), block(0.5)];
    const blocks = Array.from({ length: 91 }, (_, i) => (i + 1 === 60 ? at60 : other));
    writeFileSync(join(folder, 'Detector_LUT.z'), deflateSync(blocks.join('\n'), { level: 1 }));
    const chances = Array.from({ length: 90 }, (_, i) => 0.1 + 0.005 * i);
    writeFileSync(join(folder, 'Detector_LUTR.z'), deflateSync(chances.join('\n')));
    const wall = wallFile(wrapped('model="3" type="3" finish="38"', property('EFFICIENCY', 'E')));
    const count = 100_000;
    const { directions, masks } = await shine(wall, 60.5, count, '--real-surface', folder);
    for (const [flag, share] of [
      [specular, 0.4],
      [absorbed, 0.54],
      [detected, 0.06],
    ] as const) {
      expect(Math.abs(binomialDeviation(withFlag(masks, flag), count, share))).toBeLessThan(4);
    }
    const squares = new Float64Array(40);
    for (let i = 0; i < count; i++) {
      if (((masks[i] ?? 0) & specular) === 0) continue;
      const cosine = directions[3 * i + 2] ?? 0;
      const bin = Math.min(39, Math.floor(80 * (1 - cosine * cosine)));
      squares[bin] = (squares[bin] ?? 0) + 1;
    }
    const even = new Float64Array(40).fill(withFlag(masks, specular) / 40);
    expect(compareToExpected(squares, even).probability).toBeGreaterThan(1e-4);
  });

  it('[DATA2] without the tables: one line that names surface, file and option; the environment is the default', async () => {
    const wall = wallFile(wrapped('model="2" type="2" finish="6"', coat));
    const light = ['--light', 'point at 0 0 0 mm 420 nm 10 photons', '--max-bounces', '10'];
    const { code, err } = await lantern(['simulate', wall, ...light]);
    expect(code).toBe(1);
    expect(err).toMatch(
      /^lantern: .*wall\.gdml:\d+: surface 'wrap': a finish whose look-up table was not given: given finish polishedlumirrorair, expected PolishedLumirror\.z \(--real-surface DIR or G4REALSURFACEDATA names .*\)\n$/,
    );
    const checked = await lantern(['geometry', 'check', wall, '--json']);
    expect(checked.code).toBe(1);
    expect(checked.out).toContain('PolishedLumirror.z (--real-surface DIR');
    const missing = await lantern(['simulate', wall, ...light, '--real-surface', folder]);
    expect(missing.code).toBe(1);
    expect(missing.err).toContain(`${folder}: there is no table of the finish polishedlumirrorair`);
    const nowhere = join(folder, 'nowhere');
    const absent = await lantern(['simulate', wall, ...light, '--real-surface', nowhere]);
    expect(absent.code).toBe(1);
    expect(absent.err).toContain(
      `${nowhere}: the folder of Geant4's RealSurface data does not exist`,
    );
    writeFileSync(join(folder, 'PolishedLumirror.z'), deflateSync('0.5 '.repeat(151_515)));
    const realSurfaceFolder = folder;
    const options = ['--out', join(folder, 'out')];
    const given = await lantern(['simulate', wall, ...light, ...options], { realSurfaceFolder });
    expect(given).toMatchObject({ code: 0, err: '' });
    const there = await lantern(['geometry', 'check', wall, '--json'], { realSurfaceFolder });
    expect(there.out).not.toContain('PolishedLumirror');
    // What no surface needs is not looked for.
    const metal = wallFile(wrapped('model="0" type="0" finish="0"', property('REFLECTIVITY', 'R')));
    const none = ['--real-surface', '/nowhere', '--dichroic', '/nowhere', '--overwrite'];
    const plain = await lantern(['simulate', metal, ...light, ...options, ...none]);
    expect(plain.code).toBe(0);
  });
});

describe('--dichroic', () => {
  const own = `<define><matrix name="F" coldim="3" values="0 0 90 300 70 70 800 70 70"/></define>`;

  it('[DATA1] the file of Geant4, and the surface’s own table before it', async () => {
    const file = join(folder, 'filter.dat');
    writeFileSync(file, '4 2 2\n300 800\n0 90\n25 25\n25 25\n');
    const type = 'model="4" type="4" finish="0"';
    const wall = wallFile(wrapped(type));
    const count = 20_000;
    const { masks } = await shine(wall, 20, count, '--dichroic', file);
    expect(Math.abs(binomialDeviation(withFlag(masks, transmitted), count, 0.25))).toBeLessThan(4);
    const path = wallFile(wrapped(type, property('DICHROIC', 'F')));
    writeFileSync(path, readFileSync(path, 'utf8').replace('<materials>', `${own}<materials>`));
    const second = await shine(path, 20, count, '--dichroic', file);
    const passed = withFlag(second.masks, transmitted);
    expect(Math.abs(binomialDeviation(passed, count, 0.7))).toBeLessThan(4);
    wallFile(wrapped(type));
    const light = ['--light', 'point at 0 0 0 mm 420 nm 10 photons'];
    const { code, err } = await lantern(['simulate', wall, ...light]);
    expect(code).toBe(1);
    expect(err).toMatch(/surface 'wrap': a dichroic filter without a table: .*--dichroic FILE/);
  });
});
