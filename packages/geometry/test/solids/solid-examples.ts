import { rotationY } from '@lantern/units';
import type { Solid } from '../../src/model/solid.ts';

/** A solid with the volume that a formula gives (mm3). */
export interface SolidExample {
  readonly solid: Solid;
  readonly volume: number;
  /** The bounds are larger than the solid. */
  readonly loose?: boolean;
}

const pi = Math.PI;
const turn = 2 * pi;

/** The area between two distances from the axis, of a fraction of the turn. */
const ring = (r1: number, r2: number, deltaphi = turn): number =>
  (deltaphi / 2) * (r2 ** 2 - r1 ** 2);
/** A frustum. */
const frustum = (a: number, b: number, h: number): number => (pi * h * (a * a + a * b + b * b)) / 3;
/** Simpson's rule, exact for areas quadratic in z. */
const prismatoid = (h: number, low: number, middle: number, high: number): number =>
  (h / 6) * (low + 4 * middle + high);

const square = [
  { x: -10, y: -10 },
  { x: 10, y: -10 },
  { x: 10, y: 10 },
  { x: -10, y: 10 },
];
const ell = [
  { x: 0, y: 0 },
  { x: 20, y: 0 },
  { x: 20, y: 10 },
  { x: 10, y: 10 },
  { x: 10, y: 30 },
  { x: 0, y: 30 },
];
const stepped = [
  { z: -20, rmin: 5, rmax: 10 },
  { z: 0, rmin: 5, rmax: 10 },
  { z: 0, rmin: 0, rmax: 20 },
  { z: 30, rmin: 10, rmax: 15 },
];
const steppedVolume = ring(5, 10) * 20 + frustum(20, 15, 30) - frustum(0, 10, 30);
const dumbbell = [
  { r: 10, z: -30 },
  { r: 2, z: 0 },
  { r: 10, z: 30 },
  { r: 0, z: 30 },
  { r: 0, z: -30 },
];
const bevel = { x: Math.sin(0.3), z: Math.cos(0.3) };
const identity = { translation: [0, 0, 0], scale: [1, 1, 1] } as const;

/** One or more of each type; where a solid refers to others, they are here too. */
export const solidExamples: readonly SolidExample[] = [
  { solid: { type: 'box', name: 'box', x: 10, y: 20, z: 30 }, volume: 6000 },
  {
    solid: { type: 'tube', name: 'tube', rmin: 4, rmax: 10, z: 20, startphi: 0, deltaphi: turn },
    volume: ring(4, 10) * 20,
  },
  {
    solid: { type: 'tube', name: 'sector', rmin: 4, rmax: 10, z: 20, startphi: -0.5, deltaphi: 4 },
    volume: ring(4, 10, 4) * 20,
  },
  {
    solid: {
      ...{
        type: 'cutTube',
        name: 'cutTube',
        rmin: 4,
        rmax: 10,
        z: 40,
        startphi: 0,
        deltaphi: turn,
      },
      ...{ lowNormal: [-bevel.x, 0, -bevel.z], highNormal: [0, bevel.x, bevel.z] },
    },
    volume: ring(4, 10) * 40,
  },
  {
    solid: {
      ...{ type: 'cone', name: 'cone', rmin1: 0, rmax1: 20, rmin2: 5, rmax2: 10, z: 30 },
      ...{ startphi: 1, deltaphi: 5 },
    },
    volume: ((frustum(20, 10, 30) - frustum(0, 5, 30)) * 5) / turn,
  },
  { solid: { type: 'orb', name: 'orb', r: 10 }, volume: (4 / 3) * pi * 1000 },
  {
    solid: {
      ...{ type: 'sphere', name: 'sphere', rmin: 5, rmax: 10, startphi: 2, deltaphi: 3 },
      ...{ starttheta: 0.5, deltatheta: 0.8 },
    },
    volume: (1 * (1000 - 125) * (Math.cos(0.5) - Math.cos(1.3)) * 3) / 3,
  },
  {
    solid: {
      ...{ type: 'sphere', name: 'bowl', rmin: 9, rmax: 10, startphi: 0, deltaphi: turn },
      ...{ starttheta: 2, deltatheta: pi - 2 },
    },
    volume: ((1000 - 729) * (Math.cos(2) + 1) * turn) / 3,
  },
  {
    solid: { type: 'ellipsoid', name: 'ellipsoid', ax: 10, by: 20, cz: 15, zcut1: -5, zcut2: 12 },
    volume: pi * 200 * (17 - (12 ** 3 + 5 ** 3) / (3 * 225)),
  },
  {
    solid: { type: 'ellipsoid', name: 'cap', ax: 10, by: 20, cz: 15, zcut1: 5, zcut2: 20 },
    volume: pi * 200 * (10 - (15 ** 3 - 5 ** 3) / (3 * 225)),
  },
  {
    solid: { type: 'ellipsoid', name: 'uncut', ax: 10, by: 20, cz: 15, zcut1: 0, zcut2: 0 },
    volume: (4 / 3) * pi * 3000,
  },
  {
    solid: {
      type: 'torus',
      name: 'torus',
      rmin: 2,
      rmax: 5,
      rtor: 20,
      startphi: 0.2,
      deltaphi: 4.5,
    },
    volume: pi * (25 - 4) * 20 * 4.5,
  },
  {
    solid: { type: 'trd', name: 'trd', x1: 10, x2: 30, y1: 20, y2: 5, z: 40 },
    volume: prismatoid(40, 200, 20 * 12.5, 150),
  },
  {
    solid: {
      ...{ type: 'trap', name: 'trap', z: 40, theta: 0.3, phi: 1, y1: 20, x1: 10, x2: 16 },
      ...{ alpha1: 0.2, y2: 10, x3: 5, x4: 8, alpha2: 0.2 },
    },
    volume: prismatoid(40, 20 * 13, 15 * 9.75, 10 * 6.5),
  },
  {
    solid: { type: 'para', name: 'para', x: 10, y: 20, z: 30, alpha: 0.4, theta: 0.3, phi: 2 },
    volume: 6000,
  },
  {
    solid: { type: 'hype', name: 'hype', rmin: 5, rmax: 10, inst: 0.2, outst: 0.4, z: 40 },
    volume: pi * (75 * 40 + ((Math.tan(0.4) ** 2 - Math.tan(0.2) ** 2) * 40 ** 3) / 12),
  },
  {
    solid: { type: 'polycone', name: 'polycone', startphi: 0, deltaphi: turn, planes: stepped },
    volume: steppedVolume,
  },
  {
    solid: {
      ...{ type: 'polycone', name: 'descending', startphi: 1, deltaphi: 2 },
      planes: [...stepped].reverse(),
    },
    volume: (steppedVolume * 2) / turn,
  },
  {
    solid: {
      ...{ type: 'polyhedra', name: 'polyhedra', startphi: 0.3, deltaphi: turn, numsides: 6 },
      planes: stepped,
    },
    volume: (steppedVolume * 6 * Math.tan(pi / 6)) / pi,
  },
  {
    solid: {
      ...{ type: 'polyhedra', name: 'slice', startphi: 0.3, deltaphi: 2, numsides: 3 },
      planes: stepped,
    },
    volume: (steppedVolume * 3 * Math.tan(1 / 3)) / pi,
  },
  {
    solid: {
      ...{ type: 'genericPolycone', name: 'genericPolycone', startphi: 0, deltaphi: turn },
      corners: dumbbell,
    },
    volume: 2 * frustum(10, 2, 30),
  },
  {
    solid: {
      ...{ type: 'genericPolyhedra', name: 'genericPolyhedra', startphi: 0, deltaphi: turn },
      ...{ numsides: 5, corners: dumbbell },
    },
    volume: (2 * frustum(10, 2, 30) * 2.5 * Math.sin(turn / 5)) / pi,
  },
  { solid: { type: 'eltube', name: 'eltube', dx: 10, dy: 5, dz: 7 }, volume: pi * 50 * 14 },
  {
    solid: { type: 'elcone', name: 'elcone', dx: 0.5, dy: 0.3, zmax: 40, zcut: 25 },
    volume: (pi * 0.15 * (65 ** 3 - 15 ** 3)) / 3,
  },
  {
    solid: { type: 'paraboloid', name: 'paraboloid', rlo: 4, rhi: 12, dz: 10 },
    volume: (pi * 160 * 20) / 2,
  },
  {
    solid: {
      ...{ type: 'arb8', name: 'arb8', dz: 15 },
      vertices: [...square, ...square.map(({ x, y }) => ({ x: x / 2 + 3, y: y / 4 }))],
    },
    volume: prismatoid(30, 400, 15 * 12.5, 50),
  },
  {
    solid: {
      ...{ type: 'tet', name: 'tet' },
      vertices: [
        [0, 0, 0],
        [10, 0, 0],
        [0, 20, 0],
        [5, 5, 30],
      ],
    },
    volume: 1000,
  },
  {
    solid: {
      ...{ type: 'xtru', name: 'xtru', outline: ell },
      sections: [
        { z: -10, xOffset: 0, yOffset: 0, scale: 1 },
        { z: 0, xOffset: 5, yOffset: -5, scale: 2 },
        { z: 0, xOffset: 0, yOffset: 0, scale: 1 },
        { z: 20, xOffset: 0, yOffset: 0, scale: 1 },
      ],
    },
    volume: 400 * ((10 * (1 + 2 + 4)) / 3 + 20),
  },
  {
    solid: {
      ...{ type: 'tessellated', name: 'tessellated' },
      facets: [
        [
          [0, 0, 0],
          [10, 0, 0],
          [0, 10, 0],
        ],
        [
          [0, 0, 20],
          [10, 0, 20],
          [0, 10, 20],
        ].reverse() as unknown as [number, number, number][],
        [
          [0, 0, 0],
          [0, 0, 20],
          [10, 0, 20],
          [10, 0, 0],
        ],
        [
          [10, 0, 0],
          [10, 0, 20],
          [0, 10, 20],
          [0, 10, 0],
        ],
        [
          [0, 10, 0],
          [0, 10, 20],
          [0, 0, 20],
          [0, 0, 0],
        ],
      ],
    },
    volume: 1000,
  },
  {
    solid: { type: 'twistedbox', name: 'twistedbox', PhiTwist: 0.8, x: 10, y: 20, z: 30 },
    volume: 6000,
    loose: true,
  },
  {
    solid: {
      ...{ type: 'twistedtrd', name: 'twistedtrd', PhiTwist: 0.8 },
      ...{ x1: 10, x2: 30, y1: 20, y2: 5, z: 40 },
    },
    volume: prismatoid(40, 200, 20 * 12.5, 150),
    loose: true,
  },
  {
    solid: {
      ...{ type: 'twistedtrap', name: 'twistedtrap', PhiTwist: 0.5, z: 40, Theta: 0.2, Phi: 1 },
      ...{ y1: 20, x1: 10, x2: 16, y2: 10, x3: 5, x4: 8, Alph: 0.2 },
    },
    volume: prismatoid(40, 20 * 13, 15 * 9.75, 10 * 6.5),
    loose: true,
  },
  {
    solid: {
      ...{ type: 'twistedtubs', name: 'twistedtubs', twistedangle: 1, phi: 1.2 },
      ...{ endinnerrad: 10, endouterrad: 20, zlen: 40 },
    },
    volume: 0.6 * 300 * Math.cos(0.5) ** 2 * (40 + (Math.tan(0.5) / 20) ** 2 * (40 ** 3 / 12)),
    loose: true,
  },
  {
    solid: {
      ...{ type: 'union', name: 'union', first: 'box', second: 'box' },
      transform: { rotation: rotationY(pi / 2), translation: [20, 0, 0], scale: [1, 1, 1] },
    },
    // The second reaches from x = 5 to 35, the first to x = 5.
    volume: 12_000,
  },
  {
    solid: {
      ...{ type: 'subtraction', name: 'subtraction', first: 'box', second: 'orb' },
      transform: {
        rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1],
        translation: [0, 10, 15],
        scale: [1, 1, 1],
      },
      firstTransform: {
        ...{ rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1], translation: [5, 0, 0], scale: [1, 1, 1] },
      },
    },
    // The orb's centre stands on the edge x = 0, y = 10, z = 15: one eighth of it is in the moved box.
    volume: 6000 - (pi * 1000) / 6,
  },
  {
    solid: {
      ...{ type: 'intersection', name: 'intersection', first: 'orb', second: 'orb' },
      transform: {
        rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1],
        translation: [10, 0, 0],
        scale: [1, 1, 1],
      },
    },
    volume: (pi * (4 * 10 + 10) * (2 * 10 - 10) ** 2) / 12,
    loose: true,
  },
  {
    solid: {
      ...{ type: 'intersection', name: 'apart', first: 'orb', second: 'orb' },
      transform: {
        rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1],
        translation: [30, 0, 0],
        scale: [1, 1, 1],
      },
    },
    volume: 0,
  },
  {
    solid: {
      ...{ type: 'multiUnion', name: 'multiUnion' },
      nodes: [
        { name: 'a', solid: 'box', transform: { ...identity, rotation: rotationY(0) } },
        {
          name: 'b',
          solid: 'orb',
          transform: { ...identity, rotation: rotationY(1), translation: [0, 0, 40] },
        },
      ],
    },
    volume: 6000 + (4 / 3) * pi * 1000,
    loose: true,
  },
  {
    solid: { type: 'scaledSolid', name: 'scaledSolid', solid: 'cone', scale: [1, 2, 0.5] },
    volume: ((frustum(20, 10, 30) - frustum(0, 5, 30)) * 5) / turn,
  },
  {
    solid: {
      ...{ type: 'reflectedSolid', name: 'reflectedSolid', solid: 'tet' },
      transform: { rotation: rotationY(0), translation: [100, 0, 0], scale: [1, 1, -1] },
    },
    volume: 1000,
  },
];

/** The examples by name, as a detector has them. */
export const exampleSolids: ReadonlyMap<string, Solid> = new Map(
  solidExamples.map(({ solid }) => [solid.name, solid]),
);
