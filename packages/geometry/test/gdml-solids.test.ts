import { describe, expect, it } from 'vitest';
import { readGdmlFile } from '../src/gdml/read-gdml-file.node.ts';
import type { Solid } from '../src/model/solid.ts';
import { fixture, read } from './gdml-documents.ts';

const { solids } = await readGdmlFile(fixture('all-solids.gdml'));
const deg = Math.PI / 180;
const solid = (text: string): Solid | undefined =>
  [...read({ solids: text }).solids.values()].at(-1);

describe('solids', () => {
  it('[GDML10] every type of the schema is read', () => {
    expect(new Set([...solids.values()].map(({ type }) => type)).size).toBe(33);
  });

  it('[GDML10] lengths in mm, angles in rad, full lengths as GDML gives them', () => {
    expect(solids.get('box')).toEqual({ type: 'box', name: 'box', x: 10, y: 20, z: 30 });
    expect(solids.get('orb')).toEqual({ type: 'orb', name: 'orb', r: 15 });
    expect(solids.get('tube')).toEqual({
      type: 'tube',
      name: 'tube',
      rmin: 5,
      rmax: 10,
      z: 20,
      startphi: 30 * deg,
      deltaphi: 270 * deg,
    });
    expect(solids.get('eltube')).toEqual({ type: 'eltube', name: 'eltube', dx: 10, dy: 5, dz: 15 });
    expect(solids.get('xtru')).toMatchObject({
      outline: [
        { x: -10, y: -10 },
        { x: -10, y: 10 },
        { x: 10, y: 10 },
        { x: 0, y: -10 },
      ],
      sections: [
        { z: -10, xOffset: 0, yOffset: 0, scale: 1 },
        { z: 10, xOffset: 2, yOffset: 0, scale: 0.5 },
      ],
    });
    expect(solids.get('polycone')).toMatchObject({
      planes: [
        { z: -10, rmin: 1, rmax: 9 },
        { z: 0, rmin: 1, rmax: 5 },
        { z: 10, rmin: 0, rmax: 7 },
      ],
    });
    expect(solids.get('tet')).toMatchObject({
      vertices: [
        [0, 0, 0],
        [30, 0, 0],
        [0, 30, 0],
        [0, 0, 30],
      ],
    });
    expect(solids.get('arb8')).toMatchObject({
      dz: 10,
      vertices: { length: 8, 1: { x: -5, y: 5 }, 7: { x: 3, y: -3 } },
    });
  });

  it('[GDML11] a full turn is exactly 2π from 0, a full sphere exactly π', () => {
    const text =
      '<sphere name="s" rmax="1" startphi="1" deltaphi="6.28318530718" starttheta="0" deltatheta="3.14159265359"/>';
    expect(solid(text)).toMatchObject({
      startphi: 0,
      deltaphi: 2 * Math.PI,
      starttheta: 0,
      deltatheta: Math.PI,
    });
    expect(
      solid('<polycone name="p"><zplane z="0" rmax="1"/><zplane z="1" rmax="1"/></polycone>'),
    ).toMatchObject({ startphi: 0, deltaphi: 2 * Math.PI });
    expect(
      solid('<tube name="t" rmax="1" z="1" startphi="750" deltaphi="10" aunit="deg"/>'),
    ).toMatchObject({ startphi: expect.closeTo(30 * deg, 12) });
  });

  it('[GDML11] a polyhedra keeps where its full turn starts: its corners are there', () => {
    const planes = '<zplane z="0" rmax="1"/><zplane z="1" rmax="1"/>';
    expect(
      solid(
        `<polyhedra name="p" startphi="30" deltaphi="360" aunit="deg" numsides="6">${planes}</polyhedra>`,
      ),
    ).toMatchObject({ startphi: expect.closeTo(30 * deg, 12), deltaphi: 2 * Math.PI });
    const corners = '<rzpoint r="1" z="0"/><rzpoint r="1" z="1"/><rzpoint r="0" z="1"/>';
    expect(
      solid(
        `<genericPolyhedra name="p" startphi="0.5" deltaphi="7" numsides="6">${corners}</genericPolyhedra>`,
      ),
    ).toMatchObject({ startphi: 0.5, deltaphi: 2 * Math.PI });
  });

  it('[GDML12] cuts of an ellipsoid: both 0 is none, outside is the end', () => {
    expect(solid('<ellipsoid name="e" ax="1" by="2" cz="3"/>')).toMatchObject({
      zcut1: -3,
      zcut2: 3,
    });
    expect(solid('<ellipsoid name="e" ax="1" by="2" cz="3" zcut1="0" zcut2="9"/>')).toMatchObject({
      zcut1: 0,
      zcut2: 3,
    });
  });

  it('[GDML12] normals of a cutTube have length 1', () => {
    const { lowNormal, highNormal } = solids.get('cutTube') as Solid & { type: 'cutTube' };
    expect(Math.hypot(...lowNormal)).toBeCloseTo(1, 15);
    expect(highNormal).toEqual([0.6, 0, 0.8]);
  });

  it('[GDML13] corners of a RELATIVE facet are offsets from its first', () => {
    const define = '<position name="a" x="1"/><position name="b" y="1"/><position name="c" z="1"/>';
    const facet = '<triangular vertex1="a" vertex2="b" vertex3="c" type="RELATIVE"/>';
    const read1 = read({
      define,
      solids: `<tessellated name="t">${facet.repeat(4)}</tessellated>`,
    }).solids.get('t');
    expect(read1).toMatchObject({
      facets: {
        0: [
          [1, 0, 0],
          [1, 1, 0],
          [1, 0, 1],
        ],
      },
    });
  });

  it('[GDML14] the second solid of a boolean is turned by Rz·Ry·Rx itself, not by its inverse', () => {
    const union = solids.get('union') as Solid & { type: 'union' };
    // A quarter turn about z takes x to y.
    expect(union.transform).toEqual({
      rotation: [0, -1, 0, 1, 0, 0, 0, 0, 1],
      translation: [5, 0, 0],
      scale: [1, 1, 1],
    });
    const intersection = solids.get('intersection') as Solid & { type: 'intersection' };
    expect(intersection.firstTransform?.translation).toEqual([1, 2, 3]);
    expect(solids.get('reflectedSolid')).toMatchObject({
      solid: 'trd',
      transform: { translation: [10, 20, 30], scale: [1, 1, -1] },
    });
    expect(solids.get('scaledSolid')).toMatchObject({ solid: 'orb', scale: [1, 2, 3] });
  });

  it('[GDML15] "rmax is -3 mm" names file, line, element, value and what is expected', () => {
    expect(() => solid('<tube name="neck" rmax="-3" z="1" deltaphi="1"/>')).toThrow(
      'test.gdml:6: <tube name="neck">: rmax is -3 mm: expected a positive length',
    );
  });

  it.each([
    ['<box name="b" x="0" y="1" z="1"/>', /x is 0 mm/],
    ['<box name="b" x="1" y="1"/>', /the attribute z is missing/],
    ['<box name="b" x="1e308" y="1" z="1" lunit="m"/>', /x is not finite/],
    ['<box x="1" y="1" z="1"/>', /the attribute name is missing/],
    ['<boxx name="b"/>', /no such element in <solids>.*did you mean box\?/],
    [
      '<tube name="t" rmin="5" rmax="5" z="1" deltaphi="1"/>',
      /rmin is 5 mm: expected less than rmax, 5 mm/,
    ],
    ['<tube name="t" rmax="5" z="1" deltaphi="0"/>', /deltaphi is 0 rad/],
    ['<tube name="t" rmax="5" z="1" deltaphi="1" aunit="mm"/>', /aunit is a unit of length/],
    [
      '<cutTube name="t" rmax="5" z="1" deltaphi="1" lowZ="1" highZ="1"/>',
      /the lower plane does not face down/,
    ],
    ['<cone name="c" rmin1="1" rmax1="1" rmin2="2" rmax2="2" z="1" deltaphi="1"/>', /no thickness/],
    ['<cone name="c" rmin1="3" rmax1="2" rmax2="2" z="1" deltaphi="1"/>', /rmin1 is 3 mm/],
    ['<torus name="t" rmax="5" rtor="4" deltaphi="1"/>', /rmax is 5 mm: expected less than rtor/],
    ['<sphere name="s" rmax="1" deltaphi="1" starttheta="4" deltatheta="1"/>', /starttheta/],
    ['<ellipsoid name="e" ax="1" by="1" cz="1" zcut1="0.5" zcut2="0.2"/>', /zcut1 is 0.5 mm/],
    ['<trd name="t" x1="0" x2="0" y1="1" y2="1" z="1"/>', /no extent/],
    ['<polycone name="p"><zplane z="0" rmax="1"/></polycone>', /fewer than two/],
    [
      '<polycone name="p"><zplane z="0" rmax="1"/><zplane z="2" rmax="1"/><zplane z="1" rmax="1"/></polycone>',
      /not in order/,
    ],
    [
      '<polycone name="p"><zplane z="0" rmin="2" rmax="1"/><zplane z="2" rmax="1"/></polycone>',
      /rmax is 1 mm/,
    ],
    [
      '<polyhedra name="p" numsides="0"><zplane z="0" rmax="1"/><zplane z="2" rmax="1"/></polyhedra>',
      /numsides/,
    ],
    ['<xtru name="x"/>', /fewer than three/],
    ['<tessellated name="t"/>', /fewer than four/],
    ['<tet name="t" vertex1="p" vertex2="p" vertex3="p" vertex4="p"/>', /there is no position p/],
    ['<union name="u"><first ref="hall"/></union>', /<second ref="…"\/> is missing/],
    [
      '<union name="u"><first ref="hall"/><second ref="hal"/></union>',
      /there is no solid hal \(did you mean hall\?\)/,
    ],
    [
      '<union name="u"><first ref="hall"/><second ref="hall"/><scale x="2"/></union>',
      /no such element in <union>/,
    ],
    [
      '<union name="u"><first ref="v"/><second ref="hall"/></union><union name="v"><first ref="u"/><second ref="hall"/></union>',
      /the solid is made of itself: given u > v > u/,
    ],
    ['<scaledSolid name="s"><solidref ref="hall"/><scale x="0"/></scaledSolid>', /a scale of zero/],
    ['<multiUnion name="m"/>', /a multiUnion of nothing/],
    [
      '<box name="hall" x="1" y="1" z="1"/>',
      /there are two solids of this name \(the other is in test\.gdml:5\)/,
    ],
  ])('[GDML15] %s is an error', (text, message) => {
    expect(() => solid(text)).toThrow(message);
  });
});
