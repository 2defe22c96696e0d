import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { FormatError } from '@lantern/formats';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GdmlError, GeometryError } from '../src/errors.ts';
import { readGdml } from '../src/gdml/read-gdml.ts';
import { writeGdml } from '../src/gdml/write-gdml.ts';
import { describeGeometry } from '../src/info/describe-geometry.ts';
import type { Detector } from '../src/model/detector.ts';
import { lbnlFinishes, surfaceFinishes } from '../src/model/surface-finishes.ts';
import { measuredTable } from '../src/scene/measured-surface.ts';
import { parseDichroicText } from '../src/surface-data/dichroic-text.ts';
import { readDichroicFile } from '../src/surface-data/read-dichroic-file.node.ts';
import { readRealSurface } from '../src/surface-data/read-real-surface.node.ts';
import { realSurfaceFiles } from '../src/surface-data/real-surface.ts';
import { surfaceDataNeeded } from '../src/surface-data/surface-data-needed.ts';
import { surface } from './check/plain-detector.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-surfaces-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function read(surfaces: string, define = '', structure = ''): Detector {
  return readGdml(
    `<gdml><define>${define}</define><materials>
<material name="Air"><D value="1"/><fraction n="1" ref="G4_N"/></material></materials>
<solids><box name="box" x="1" y="1" z="1"/>${surfaces}</solids>
<structure><volume name="World"><materialref ref="Air"/><solidref ref="box"/></volume>${structure}</structure>
<setup name="Default" version="1.0"><world ref="World"/></setup></gdml>`,
    { file: 'filter.gdml' },
  );
}

const values = '0 0 45 400 10 20 500 30 40 600 50 60';
const filter = (attributes = ''): string =>
  `<opticalsurface name="edge" model="dichroic" type="dielectric_dichroic"><property name="DICHROIC" ref="m"${attributes}/></opticalsurface>`;
const matrix = (columns: number, text: string): string =>
  `<matrix name="m" coldim="${columns}" values="${text}"/>`;

describe('DICHROIC in GDML', () => {
  test('[GDML27] a matrix of wavelengths and angles, read, written and read again', () => {
    const detector = read(filter(), matrix(3, values));
    const table = detector.surfaces.get('edge')?.dichroic;
    expect([...(table?.wavelengths ?? [])]).toEqual([400, 500, 600]);
    expect([...(table?.angles ?? [])]).toEqual([0, 45]);
    expect([...(table?.transmitted ?? [])]).toEqual([10, 30, 50, 20, 40, 60]);
    expect(detector.warnings).toEqual([]);
    const again = readGdml(writeGdml(detector), { file: 'again.gdml' });
    expect(again.surfaces).toEqual(detector.surfaces);
  });

  test('[INF2] `geometry info` knows it', () => {
    const info = describeGeometry(read(filter(), matrix(3, values)));
    expect(info.surfaces[0]?.properties).toEqual([
      { name: 'DICHROIC', unit: '%', points: 6, wavelengths: [400, 600], values: [10, 60] },
    ]);
    expect(info.opticalPropertiesNotUsed).toEqual([]);
  });

  test('[GDML26] all 39 finishes by number are written by name, and read again', () => {
    const numbers = surfaceFinishes.map(
      (_, i) =>
        `<opticalsurface name="s${i}" model="${i % 5}" type="${i % 7}" finish="${i}" value="0.5"/>`,
    );
    const detector = read(numbers.join(''));
    expect([...detector.surfaces.values()].map(({ finish }) => finish)).toEqual(surfaceFinishes);
    const text = writeGdml(detector);
    expect(text).toContain('finish="RoughESRGrease_LUT"');
    expect(readGdml(text, { file: 'again.gdml' }).surfaces).toEqual(detector.surfaces);
  });

  test('[GDML27] anything else is an error with its place', () => {
    const fail = (define: string, surfaces = filter()): string => {
      try {
        read(surfaces, define);
      } catch (error) {
        expect(error).toBeInstanceOf(GdmlError);
        return (error as Error).message;
      }
      return 'nothing was thrown';
    };
    expect(fail(matrix(2, '1 2 3 4 5 6'))).toMatch(
      /filter\.gdml:3: <property name="DICHROIC">: the matrix m is no dichroic filter: given 2 columns, 3 rows/,
    );
    expect(fail(matrix(3, '0 0 45 400 10 20'))).toMatch(/given 3 columns, 2 rows/);
    expect(fail(matrix(3, values.replace('500', '400')))).toMatch(
      /the wavelengths of the dichroic filter: given 400 nm after 400 nm/,
    );
    expect(fail(matrix(3, values.replace('45', '95')))).toMatch(/angles .*: given 95 degrees/);
    expect(fail(matrix(3, values.replace('400', '400*nm')))).toMatch(/given 0\.000\d+ nm/);
    expect(fail('', filter())).toMatch(/there is no matrix m/);
    const twice = filter().replace('</optical', '<property name="DICHROIC" ref="m"/></optical');
    expect(fail(matrix(3, values), twice)).toMatch(/DICHROIC is given a second time/);
  });
});

describe('the file of a dichroic filter', () => {
  const text = '4 3 2\n400 500 600 \n0 45\n10 30 50\n20 40 60\n';

  test('[SRF3] numbers as G4Physics2DVector reads them', async () => {
    writeFileSync(join(folder, 'filter.dat'), text);
    const table = await readDichroicFile(join(folder, 'filter.dat'));
    expect([...table.wavelengths]).toEqual([400, 500, 600]);
    expect([...table.angles]).toEqual([0, 45]);
    expect([...table.transmitted]).toEqual([10, 30, 50, 20, 40, 60]);
  });

  test('[SRF3] anything else is an error that names the file', async () => {
    const cases: [string, RegExp][] = [
      ['', /^f: there are no numbers in it: expected a first line/],
      ['4 3', /^f: not the beginning of a dichroic filter: given 4 3/],
      ['4 1 2 400 0 45 1 2', /not the beginning of a dichroic filter: given 4 1 2/],
      ['4 3.5 2', /not the beginning of a dichroic filter/],
      ['4 -3 2', /not the beginning of a dichroic filter/],
      ['4 1e9 1e9', /not the beginning of a dichroic filter/],
      ['4 3000 3000', /too large: given 3000 x 3000/],
      [text.slice(0, -4), /not the right number of values: given 13, expected 14 for 3 wave/],
      [`${text} 7`, /not the right number of values: given 15, expected 14/],
      [text.replace('500', '5oo'), /not a number: given "5oo" as value 5/],
      [text.replace('500', 'nan'), /not a number: given "nan" as value 5/],
      [text.replace('500', '300'), /wavelengths .*: given 300 nm after 400 nm/],
      [text.replace('45', '0'), /angles of incidence .*: given 0 degrees after 0 degrees/],
      [
        text.replace('45', '120'),
        /given 120 degrees, expected at least 2, ascending, from 0 to 90/,
      ],
    ];
    for (const [given, expected] of cases) {
      expect(() => parseDichroicText(given, 'f')).toThrow(expected);
      expect(() => parseDichroicText(given, 'f')).toThrow(FormatError);
    }
    await expect(readDichroicFile(join(folder, 'none'))).rejects.toThrow(/no such file/);
    await expect(readDichroicFile(folder)).rejects.toThrow(/it is a folder/);
    await expect(readDichroicFile('/dev/zero')).rejects.toThrow(/too large for the table/);
  });
});

describe('Geant4’s RealSurface data', () => {
  test('[SRF2] each finish has the files that G4OpticalSurface reads; the bare and the classic have none', () => {
    const names = new Map(
      surfaceFinishes.map((finish) => [finish, realSurfaceFiles(finish)?.table.name]),
    );
    expect([...names.values()].filter((name) => name !== undefined)).toHaveLength(30);
    const some: [string, string | undefined][] = [
      ['polishedlumirrorair', 'PolishedLumirror'],
      ['polishedlumirrorglue', 'PolishedLumirrorGlue'],
      ['etchedtioair', 'EtchedTiO'],
      ['groundvm2000glue', 'GroundVM2000Glue'],
      ['groundtyvekair', 'GroundTyvek'],
      ['polishedair', undefined],
      ['etchedair', undefined],
      ['groundair', undefined],
      ['ground', undefined],
      ['Detector_LUT', 'Detector_LUT'],
    ];
    for (const [finish, name] of some) expect(names.get(finish)).toBe(name);
    expect(realSurfaceFiles('RoughTeflon_LUT')?.reflectivity?.name).toBe('RoughTeflon_LUTR');
  });

  test('[SRF2] tables are read packed or plain, each finish once; missing and short ones are errors', async () => {
    const table = Array.from({ length: 151_515 }, (_, i) => (i % 10) / 10).join(' ');
    writeFileSync(join(folder, 'GroundTiO.z'), deflateSync(table));
    writeFileSync(join(folder, 'EtchedTeflon.dat'), `${table}\n0 0 0\n`);
    const tables = await readRealSurface(folder, ['groundtioair', 'etchedteflonair', 'ground']);
    expect([...tables.keys()]).toEqual(['groundtioair', 'etchedteflonair']);
    expect(tables.get('groundtioair')?.values).toEqual(tables.get('etchedteflonair')?.values);
    expect(tables.get('groundtioair')?.values[9]).toBeCloseTo(0.9, 6);
    await expect(readRealSurface(folder, ['etchedtioair'])).rejects.toThrow(
      `${folder}: there is no table of the finish etchedtioair in this folder: expected EtchedTiO.z or EtchedTiO.dat (it must be the folder of Geant4's RealSurface data)`,
    );
    writeFileSync(join(folder, 'EtchedTiO.z'), deflateSync(table.slice(0, 1000)));
    await expect(readRealSurface(folder, ['etchedtioair'])).rejects.toThrow(
      /EtchedTiO\.z: not the right number of values: given \d+ numbers, expected 151,515 numbers \(37 x 45 x 91 chances of a reflection\)/,
    );
    writeFileSync(join(folder, 'EtchedTiO.z'), deflateSync(`${table} ${table}`));
    await expect(readRealSurface(folder, ['etchedtioair'])).rejects.toThrow(
      /EtchedTiO\.z: it goes on after its last value: given more than 152,515 numbers/,
    );
    writeFileSync(join(folder, 'Rough_LUT.z'), deflateSync('1 2 3'));
    await expect(readRealSurface(folder, ['Rough_LUT'])).rejects.toThrow(
      /Rough_LUT\.z: .*expected 3,640,000 or 3,640,001 or 7,280,000 or 7,280,001 numbers/,
    );
    mkdirSync(join(folder, 'Polished_LUT.z'));
    await expect(readRealSurface(folder, ['Polished_LUT'])).rejects.toThrow(/it is a folder/);
    symlinkSync('/nowhere', join(folder, 'EtchedTyvek.z'));
    await expect(readRealSurface(folder, ['etchedtyvekair'])).rejects.toThrow(/there is no table/);
    await expect(readRealSurface('/nowhere', ['etchedtyvekair'])).rejects.toThrow(/^\/nowhere: /);
  });

  test('[SRF2] what a detector needs: the finishes and filters of surfaces that are placed', () => {
    const surfaces = `${filter()}
<opticalsurface name="a" model="2" type="2" finish="6"/><opticalsurface name="b" model="DAVIS" type="3" finish="38"/>
<opticalsurface name="c" model="LUT" type="dielectric_LUT" finish="etchedtioair"/>
<opticalsurface name="d" model="4" type="4" finish="0"/>`;
    const skin = (ref: string): string =>
      `<skinsurface name="s${ref}" surfaceproperty="${ref}"><volumeref ref="World"/></skinsurface>`;
    const needed = (...names: string[]): unknown =>
      surfaceDataNeeded(read(surfaces, matrix(3, values), names.map(skin).join('')));
    expect(needed('a', 'b', 'edge')).toEqual({
      finishes: ['polishedlumirrorair', 'Detector_LUT'],
      dichroic: false,
    });
    expect(needed('d')).toEqual({ finishes: [], dichroic: true });
  });
});

describe('surfaces that go by a table', () => {
  const at = (parts: Parameters<typeof surface>[2]): unknown =>
    measuredTable(surface('wrap', {}, parts), "surface 'wrap'", {});
  const lut = { model: 'LUT', type: 'dielectric_LUT', value: 0 } as const;

  test('[SRF1] without the table: an error that names the surface, the file and the option', () => {
    expect(() => at({ ...lut, finish: 'etchedlumirrorglue' })).toThrow(
      "surface 'wrap': a finish whose look-up table was not given: given finish etchedlumirrorglue, expected EtchedLumirrorGlue.z (--real-surface DIR or G4REALSURFACEDATA names the folder of Geant4's RealSurface data)",
    );
    const davis = { ...lut, type: 'dielectric_LUTDAVIS', finish: 'Detector_LUT' } as const;
    expect(() => at(davis)).toThrow(/expected Detector_LUT\.z and Detector_LUTR\.z/);
    expect(() => at({ type: 'dielectric_dichroic' })).toThrow(/--dichroic FILE or G4DICHROICDATA/);
  });

  test('[SRF1] types and finishes that do not fit each other, or that have no table', () => {
    const cases: [Parameters<typeof surface>[2], RegExp][] = [
      [{ ...lut, finish: 'polishedair' }, /a finish without a look-up table: given finish polish/],
      [{ ...lut, finish: 'ground' }, /do not fit each other: given type dielectric_LUT, finish gr/],
      [{ ...lut, finish: 'Rough_LUT' }, /do not fit each other/],
      [{ type: 'dielectric_LUTDAVIS', finish: 'etchedtioair' }, /expected a finish like Rough_LUT/],
      [{ type: 'dielectric_dichroic', finish: 'groundbackpainted' }, /do not fit each other/],
      [
        { type: 'dielectric_metal', finish: 'etchedtioair' },
        /with this finish the type dielectric_LUT/,
      ],
      [{ type: 'firsov' }, /not for optical photons: given type firsov/],
      [{ type: 'x_ray' }, /not for optical photons: given type x_ray/],
    ];
    for (const [parts, expected] of cases) {
      expect(() => at(parts)).toThrow(expected);
      expect(() => at(parts)).toThrow(GeometryError);
    }
    expect(at({ type: 'dielectric_metal' })).toBeUndefined();
    expect(lbnlFinishes).toHaveLength(24);
  });

  test('[SRF1] the surface’s own filter goes before that of the file', () => {
    const own = parseDichroicText('4 2 2 1 2 0 1 1 2 3 4', 'own');
    const other = parseDichroicText('4 2 2 1 2 0 1 5 6 7 8', 'other');
    const dichroic = surface('f', {}, { type: 'dielectric_dichroic', dichroic: own });
    expect(measuredTable(dichroic, '', { dichroic: other })).toEqual({
      kind: 'dichroic',
      table: own,
    });
    const plain = surface('f', {}, { type: 'dielectric_dichroic' });
    expect(measuredTable(plain, '', { dichroic: other })).toEqual({
      kind: 'dichroic',
      table: other,
    });
  });
});
