import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { GdmlError } from '../src/errors.ts';
import { readGdml } from '../src/gdml/read-gdml.ts';
import { readGdmlFile } from '../src/gdml/read-gdml-file.node.ts';
import { fixture, gdml } from './gdml-documents.ts';

const folder = mkdtempSync(join(tmpdir(), 'lantern-gdml-'));
afterAll(() => rmSync(folder, { recursive: true }));

const withEntities = (declarations: string, solids: string): string =>
  `<!DOCTYPE gdml [${declarations}]>\n${gdml({ solids })}`;
const read = (text: string, files: Record<string, string> = {}) =>
  readGdml(text, { file: 'test.gdml', include: (path) => files[path] ?? '' });

describe('entities', () => {
  it('[GDML40] text and files go where they are named', async () => {
    const { solids, materials } = await readGdmlFile(fixture('with-entities.gdml'));
    expect(solids.get('box')).toMatchObject({ x: 2500, y: 5000, z: 3500 });
    expect(materials.get('Iron')).toMatchObject({ Z: 26, density: 7.87 });
  });

  it('[GDML41] places count the lines of the file in which a thing stands', async () => {
    const { places } = await readGdmlFile(fixture('with-entities.gdml'));
    expect(places.get('material:Iron')).toEqual({ file: 'parts/materials.xml', line: 3 });
    expect(places.get('solid:box')).toEqual({ file: fixture('with-entities.gdml'), line: 11 });
    const text = withEntities('<!ENTITY s SYSTEM "solids.xml">', '&s;\n<box name="late" x="0"/>');
    expect(() =>
      read(text, { 'solids.xml': '\n\n<box name="early" x="-1" y="1" z="1"/>' }),
    ).toThrow(/^solids\.xml:3: <box name="early">/);
    expect(() => read(text, { 'solids.xml': '\n\n' })).toThrow(
      /^test\.gdml:8: <box name="late">: x is 0 mm/,
    );
  });

  it('[GDML42] a billion laughs end early', () => {
    const laughs = Array.from(
      { length: 12 },
      (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`,
    ).join('');
    const text = withEntities(
      `<!ENTITY l0 "ha">${laughs}`,
      '<box name="&l12;" x="1" y="1" z="1"/>',
    );
    const start = performance.now();
    expect(() => read(text)).toThrow(/the entities add more than 1000000 characters/);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('[GDML42] a file included a million times ends early', () => {
    const text = withEntities('<!ENTITY a SYSTEM "a.xml">', '&a;'.repeat(1000));
    const files = { 'a.xml': ' '.repeat(1_000_000) };
    expect(() => read(text, files)).toThrow(
      /the included files add more than 200000000 characters/,
    );
  });

  it.each([
    ['<!ENTITY a "&b;"><!ENTITY b "&a;">', '&a;', /the entity contains itself/],
    [
      '<!ENTITY a SYSTEM "http://example.org/x.xml">',
      '&a;',
      /this file is not included: given "http:/,
    ],
    ['<!ENTITY a SYSTEM "file:///etc/passwd">', '&a;', /this file is not included/],
    ['<!ENTITY a SYSTEM "/etc/passwd">', '&a;', /this file is not included/],
    ['<!ENTITY a SYSTEM "C:\\secret.xml">', '&a;', /this file is not included/],
    ['<!ENTITY a SYSTEM "../secret.xml">', '&a;', /this file is not included/],
    ['<!ENTITY a SYSTEM "x/../../secret.xml">', '&a;', /this file is not included/],
    ['<!ENTITY % p SYSTEM "http://example.org/x.dtd"> %p;', '', /parameter entities are not read/],
    ['', '&unknown;', /not well-formed XML: undefined entity/i],
  ])('[GDML43] %s is refused', (declarations, solids, message) => {
    expect(() => read(withEntities(declarations, solids))).toThrow(GdmlError);
    expect(() => read(withEntities(declarations, solids))).toThrow(message);
  });

  it('[GDML43] a file that includes itself is refused', () => {
    const text = withEntities('<!ENTITY a SYSTEM "a.xml">', '&a;');
    expect(() => read(text, { 'a.xml': '&a;' })).toThrow(
      /a\.xml:1: &a;: the entity contains itself/,
    );
  });

  it('[GDML44] a declaration may hold comments, quotes and brackets; a text may come in pieces', () => {
    const text = withEntities(
      '<!-- "]> --><!ENTITY a "]>"><!ENTITY b \'1\'>',
      '<box name="b" x="&b;" y="1" z="1"/><!-- &nothing; -->',
    );
    const pieces = text.match(/[\s\S]{1,7}/g) ?? [];
    expect(readGdml(pieces, { file: 'test.gdml' })).toEqual(read(text));
    const plain = gdml({}).match(/[\s\S]{1,7}/g) ?? [];
    expect(readGdml(plain, { file: 'test.gdml' })).toEqual(read(gdml({})));
  });
});

describe('modules', () => {
  it('[GDML45] the volumes of another file are placed, equal things once and different ones under two names', async () => {
    const { volumes, solids, materials, skinSurfaces } = await readGdmlFile(
      fixture('with-module.gdml'),
    );
    expect(volumes.get('World')?.placements.map(({ volume }) => volume)).toEqual([
      'Pmt',
      'Tube',
      'Ball',
    ]);
    expect([solids.get('ball'), solids.get('pmt_ball')]).toMatchObject([{ r: 1000 }, { r: 100 }]);
    expect(solids.get('bulb')).toMatchObject({ first: 'pmt_ball', second: 'neck' });
    expect([...materials.keys()]).toEqual(['Glass']);
    expect(skinSurfaces).toEqual([{ name: 'photocathode', surface: 'cathode', volume: 'Pmt' }]);
  });

  it.each([
    ['<file name="me.gdml"/>', /the file includes itself: given me\.gdml > me\.gdml/],
    [
      '<file name="me.gdml" volname="Nothing"/>',
      /the file includes itself|there is no volume Nothing/,
    ],
    ['<file name="../me.gdml"/>', /this file is not included/],
    ['<file name="https://example.org/me.gdml"/>', /this file is not included/],
    ['<file/>', /the attribute name is missing/],
  ])('[GDML46] %s is an error', (file, message) => {
    const text = gdml({ world: `<physvol name="p">${file}</physvol>` });
    expect(() => read(text, { 'me.gdml': text })).toThrow(message);
  });

  it('[GDML46] without a way to read files one that includes others is refused', () => {
    const text = gdml({ world: '<physvol name="p"><file name="a.gdml"/></physvol>' });
    expect(() => readGdml(text, { file: 'test.gdml' })).toThrow(
      /this file is included but cannot be read here/,
    );
  });
});

describe('files', () => {
  it('[GDML47] links out of the folder are not followed', async () => {
    const inner = join(folder, 'inner');
    mkdirSync(inner);
    writeFileSync(join(folder, 'secret.gdml'), gdml({}));
    symlinkSync(join(folder, 'secret.gdml'), join(inner, 'link.gdml'));
    writeFileSync(
      join(inner, 'main.gdml'),
      gdml({ world: '<physvol name="p"><file name="link.gdml"/></physvol>' }),
    );
    await expect(readGdmlFile(join(inner, 'main.gdml'))).rejects.toThrow(
      /this file is not included: given "link\.gdml"/,
    );
  });

  it('[GDML47] a file that is not there, a folder, and bytes that are no text are errors that say so', async () => {
    await expect(readGdmlFile(join(folder, 'none.gdml'))).rejects.toThrow(
      /none\.gdml: does not exist/,
    );
    await expect(readGdmlFile(folder)).rejects.toThrow(/is a folder/);
    writeFileSync(
      join(folder, 'binary.gdml'),
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0x00]),
    );
    await expect(readGdmlFile(join(folder, 'binary.gdml'))).rejects.toThrow(
      /this is not text in utf-8/,
    );
    writeFileSync(
      join(folder, 'a.gdml'),
      gdml({ world: '<physvol name="p"><file name="b.gdml"/></physvol>' }),
    );
    await expect(readGdmlFile(join(folder, 'a.gdml'))).rejects.toThrow(
      /the included file does not exist/,
    );
  });
});
