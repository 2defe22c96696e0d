import { describe, expect, it } from 'vitest';
import { GdmlError } from '../src/errors.ts';
import { readGdml } from '../src/gdml/read-gdml.ts';
import { gdml, read } from './gdml-documents.ts';

const readText = (text: string): unknown => readGdml(text, { file: 'test.gdml' });

describe('hostile input', () => {
  it.each([
    ['', /^test\.gdml:1: the file is empty/],
    [' \n ', /the file is empty/],
    ['\u0000\u0001binary', /^test\.gdml:1: not well-formed XML/],
    ['hello', /not well-formed XML/],
    ['<!-- only a comment -->', /no element|not well-formed/],
    ['<html></html>', /<html>: this is not GDML/],
    ['<gdml>', /the file ends inside <gdml>, opened in line 1: is it truncated\?/],
    ['<gdml><define>\n<constant name="a" val', /the file ends inside <define>/],
    ['<gdml></gdlm>', /not well-formed XML/],
    ['<gdml></gdml>', /no world is set up/],
    ['<gdml a="1" a="2"/>', /not well-formed XML/],
    ['<gdml/><gdml/>', /not well-formed XML/],
    ['<gdml><strcture/></gdml>', /no such element in <gdml>.*did you mean structure\?/],
    [
      '<gdml><setup name="Default" version="1"><world ref="W"/></setup></gdml>',
      /there is no volume W/,
    ],
    ['<!DOCTYPE gdml [', /the document type declaration has no end/],
    [`<!DOCTYPE gdml [${'<!--'.repeat(200_000)}`, /no end/],
    [`<gdml>${'<!--'.repeat(200_000)}`, /./],
    [`<!DOCTYPE gdml [<!ENTITY a "b">]><gdml>${'<!--'.repeat(200_000)}`, /./],
    [`${' '.repeat(1_000_000)}<gdml`, /./],
  ])('[GDML50] %j is an error', (text, message) => {
    const start = performance.now();
    expect(() => readText(text)).toThrow(GdmlError);
    expect(() => readText(text)).toThrow(message);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('[GDML51] elements a hundred thousand deep do not overflow the stack', () => {
    expect(() => readText(`<gdml>${'<a>'.repeat(100_000)}`)).toThrow(/more than 1000 deep/);
    const nested = (n: number): string =>
      `<userinfo>${'<auxiliary auxtype="a">'.repeat(n)}${'</auxiliary>'.repeat(n)}</userinfo>`;
    expect(read({ userinfo: nested(900) }).userInfo).toHaveLength(1);
    expect(() => read({ userinfo: nested(100_000) })).toThrow(/more than 1000 deep/);
  });

  it('[GDML51] chains of ten thousand solids, volumes and assemblies do not overflow the stack', () => {
    const n = 10_000;
    const chain = (link: (i: number) => string): string =>
      Array.from({ length: n }, (_, i) => link(i + 1)).join('');
    const solids = `<union name="s0"><first ref="hall"/><second ref="hall"/></union>${chain((i) => `<union name="s${i}"><first ref="s${i - 1}"/><second ref="hall"/></union>`)}`;
    const contents = (i: number): string =>
      `<physvol name="p${i}"><volumeref ref="v${i - 1}"/></physvol>`;
    const volumes = `<volume name="v0"><materialref ref="Air"/><solidref ref="s${n}"/></volume>${chain((i) => `<volume name="v${i}"><materialref ref="Air"/><solidref ref="s${i}"/>${contents(i)}</volume>`)}`;
    expect(read({ solids, structure: volumes }).volumes.size).toBe(n + 2);
    const assemblies = `<assembly name="v0"/>${chain((i) => `<assembly name="v${i}">${contents(i)}</assembly>`)}`;
    expect(read({ structure: assemblies }).volumes.size).toBe(1);
  });

  it('[GDML52] assemblies that double forty times are refused before they are written out', () => {
    const twice = (i: number): string => `<physvol><volumeref ref="a${i}"/></physvol>`.repeat(2);
    const assemblies = Array.from(
      { length: 40 },
      (_, i) => `<assembly name="a${i + 1}">${twice(i)}</assembly>`,
    ).join('');
    const structure = `<volume name="a0"><materialref ref="Air"/><solidref ref="hall"/></volume>${assemblies}`;
    expect(() =>
      read({ structure, world: twice(40) }, { limits: { placements: 100_000 } }),
    ).toThrow(/more than 100000 placements/);
  });

  it('[GDML52] replicas, loops and matrices beyond the limits are refused', () => {
    const replica =
      '<replicavol number="100000001"><volumeref ref="World2"/><replicate_along_axis><direction x="1"/><width value="1" unit="mm"/></replicate_along_axis></replicavol>';
    const structure =
      '<volume name="World2"><materialref ref="Air"/><solidref ref="hall"/></volume>';
    expect(() => read({ structure, world: replica })).toThrow(/more than 10000000 placements/);
    const define = '<variable name="i" value="0"/><variable name="j" value="0"/>';
    const loops =
      '<loop for="i" from="1" to="100000"><loop for="j" from="1" to="100000"></loop></loop>';
    expect(() => read({ define, solids: loops })).toThrow(/more than 10000000 passes/);
    const matrix = `<matrix name="m" coldim="1" values="${'1 '.repeat(1001)}"/>`;
    expect(() => read({ define: matrix }, { limits: { matrixValues: 1000 } })).toThrow(
      /more than 1000 values/,
    );
  });

  it('[GDML53] names that JavaScript knows mean nothing', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      expect(() => read({ solids: `<${name} name="a"/>` })).toThrow(GdmlError);
      expect(() => read({ solids: `<box name="a" x="${name}" y="1" z="1"/>` })).toThrow(
        /not defined/,
      );
      expect(() =>
        read({ world: `<physvol name="p"><volumeref ref="${name}"/></physvol>` }),
      ).toThrow(/there is no volume/);
      const solids = `<box name="${name}" x="1" y="1" z="1"/>`;
      expect(read({ solids }).solids.get(name)).toMatchObject({ name });
    }
  });

  it('[GDML50] NaN and Infinity are errors wherever they stand', () => {
    for (const value of ['NaN', 'Infinity', '1e400', '0/0', 'sqrt(-1)']) {
      expect(() => read({ solids: `<box name="a" x="${value}" y="1" z="1"/>` })).toThrow(GdmlError);
      expect(() =>
        read({ world: `<physvol name="p"><volumeref ref="W"/><position x="${value}"/></physvol>` }),
      ).toThrow(GdmlError);
      expect(() => read({ define: `<matrix name="m" coldim="2" values="1 ${value}"/>` })).toThrow(
        GdmlError,
      );
    }
  });

  it('[GDML54] a world of 20,000 placements is read in well under a second', () => {
    const structure = '<volume name="A"><materialref ref="Air"/><solidref ref="hall"/></volume>';
    const world = Array.from(
      { length: 20_000 },
      (_, i) =>
        `<physvol name="p${i}" copynumber="${i}"><volumeref ref="A"/><position unit="mm" x="${i}.25" y="1" z="2"/><rotation unit="deg" x="${i % 180}.5" y="0.125" z="-3"/></physvol>`,
    ).join('\n');
    const text = gdml({ structure, world });
    const start = performance.now();
    readText(text);
    expect(performance.now() - start).toBeLessThan(2500);
  });
});
