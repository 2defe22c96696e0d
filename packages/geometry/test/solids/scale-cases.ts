import { gdmlRotation, identity3, type Vector3 } from '@lantern/units';
import type { Solid } from '../../src/model/solid.ts';
import type { Transform } from '../../src/model/transform.ts';
import { at, box, combined, full, many, orb, type SolidCase, tube } from './solid-case.ts';

const scaled = (solid: string, scale: Vector3, name = 's'): Solid => ({
  type: 'scaledSolid',
  name,
  solid,
  scale,
});
const moved = (scale: Vector3, translation: Vector3, angles: Vector3 = [0, 0, 0]): Transform => ({
  rotation: angles.every((angle) => angle === 0) ? identity3 : gdmlRotation(...angles),
  translation,
  scale,
});
const cone = { type: 'cone', name: 'c', rmin1: 5, rmax1: 30, rmin2: 2, rmax2: 12, z: 50, ...full };
const torus = { type: 'torus', name: 't', rmin: 3, rmax: 8, rtor: 30, ...full };
const hype = { type: 'hype', name: 'h', rmin: 10, rmax: 20, inst: 0.2, outst: 0.4, z: 60 };
const trd = { type: 'trd', name: 'd', x1: 60, x2: 10, y1: 40, y2: 20, z: 80 };
const turnedBoxes = [
  box('a', 40, 20, 20),
  orb('b', 15),
  tube('n', 4, 10, 60),
  combined('union', 'u', 'a', 'b', at([15, 6, 7], [0.3, 0.4, 0.5])),
  combined('subtraction', 'v', 'u', 'n', at([2, 1, 0], [0.5, 1, 0.2])),
];

/** Solids whose frames scale and reflect, and unions of many. */
export const scales: readonly SolidCase[] = [
  many('scaled box', [box('b', 10, 20, 30), scaled('b', [2, 0.5, 3])], 18_000),
  many('orb as an ellipsoid', [orb('o', 10), scaled('o', [1, 2, -3])], 8000 * Math.PI),
  many('scaled tube', [tube('p', 10, 20, 40), scaled('p', [1, 1.5, 2])]),
  many('cone, scaled round', [cone as Solid, scaled('c', [2, 2, -0.5])]),
  many('cone, scaled elliptic', [cone as Solid, scaled('c', [2, 1, 1])]),
  many('cut tube, scaled', [
    {
      type: 'cutTube',
      name: 'p',
      rmin: 5,
      rmax: 20,
      z: 60,
      startphi: 0.5,
      deltaphi: 4,
      lowNormal: [0.3, 0, -Math.sqrt(1 - 0.09)],
      highNormal: [0, 0.4, Math.sqrt(1 - 0.16)],
    },
    scaled('p', [1, 3, 0.7]),
  ]),
  many('torus, scaled', [torus as Solid, scaled('t', [1, 1, 2.5])]),
  many('hype, scaled', [hype as Solid, scaled('h', [1, 1.4, 1])]),
  many('ellipsoid, cut and scaled', [
    { type: 'ellipsoid', name: 'e', ax: 10, by: 20, cz: 30, zcut1: -20, zcut2: 10 },
    scaled('e', [2, 1, -2]),
  ]),
  many('turned parts, scaled', [...turnedBoxes, scaled('v', [2, 1, 0.5])]),
  many('turned cone, scaled twice', [
    cone as Solid,
    {
      type: 'reflectedSolid',
      name: 'r',
      solid: 'c',
      transform: moved([1, 1, 1], [3, 4, 5], [1, 2, 3]),
    },
    scaled('r', [1, 2, 1], 'q'),
    scaled('q', [1, 1, 3]),
  ]),
  many('reflected trd', [
    trd as Solid,
    {
      type: 'reflectedSolid',
      name: 's',
      solid: 'd',
      transform: moved([1, 1, -1], [9, 8, 7], [0.1, 0.2, 0.3]),
    },
  ]),
  many('parts of booleans scaled and reflected', [
    ...turnedBoxes,
    trd as Solid,
    {
      type: 'union',
      name: 'w',
      first: 'v',
      second: 'd',
      firstTransform: moved([1, -1, 1], [0, 30, 0]),
      transform: moved([0.5, 1, 2], [10, 0, 0], [0.4, 0, 0.6]),
    },
    {
      type: 'subtraction',
      name: 's',
      first: 'w',
      second: 'b',
      transform: moved([3, 1, 1], [0, 5, 5]),
    },
  ]),
  many('multi-union', [
    box('b', 10, 10, 10),
    orb('o', 8),
    {
      type: 'multiUnion',
      name: 's',
      nodes: Array.from({ length: 60 }, (_, i) => ({
        name: `n${i}`,
        solid: i % 2 ? 'b' : 'o',
        transform: moved(
          i % 5 ? [1, 1, 1] : [1, 2, -1],
          [12 * (i % 4), 15 * (i % 5), 9 * (i % 7)],
          [i, 0, i],
        ),
      })),
    },
  ]),
];
