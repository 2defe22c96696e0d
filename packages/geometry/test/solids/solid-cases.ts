import type { Solid } from '../../src/model/solid.ts';
import { booleans } from './boolean-cases.ts';
import { schemaCases } from './schema-cases.ts';
import { box, deg, one, orb, type SolidCase, tube, turn } from './solid-case.ts';

export { booleans, comb, combFromRight } from './boolean-cases.ts';
export {
  arb8s,
  elcones,
  genericPolycones,
  genericPolyhedras,
  paraboloids,
  tessellateds,
  tets,
  twisteds,
  twistedTubs,
  xtrus,
} from './schema-cases.ts';

import { scales } from './scale-cases.ts';

export { scales } from './scale-cases.ts';
export type { SolidCase } from './solid-case.ts';

export const boxes: readonly SolidCase[] = [
  one('box', box('s', 200, 100, 40), 800_000),
  one('box of 10 µm', box('s', 1000, 1000, 0.01), 10_000),
  one('box of 1e-6 mm', box('s', 10, 10, 1e-6), 1e-4),
];

export const tubes: readonly SolidCase[] = [
  one('tube', tube('s', 0, 50, 200), Math.PI * 2500 * 200),
  one('tube, bore', tube('s', 40, 50, 200), Math.PI * 900 * 200),
  one('tube, film of 10 µm', tube('s', 49.99, 50, 20), Math.PI * (2500 - 49.99 ** 2) * 20),
  ...[30, 90, 180, 225, 270, 359].map((opening) =>
    one(
      `tube, ${opening} degrees`,
      { ...tube('s', 20, 50, 60), startphi: 0.3, deltaphi: opening * deg } as Solid,
      (Math.PI * 2100 * 60 * opening) / 360,
    ),
  ),
  one('tube, 90 degrees from 0, no bore', {
    ...tube('s', 0, 50, 60),
    deltaphi: turn / 4,
  } as Solid),
];

export const cutTubes: readonly SolidCase[] = [
  one('cut tube', {
    ...tube('s', 10, 50, 100),
    type: 'cutTube',
    lowNormal: [0, -0.6, -0.8],
    highNormal: [0.28, 0, 0.96],
  } as Solid),
  one('cut tube, opening', {
    ...tube('s', 0, 50, 100),
    type: 'cutTube',
    startphi: 1,
    deltaphi: 4,
    lowNormal: [0, 0, -1],
    highNormal: [0.28, 0.4, Math.sqrt(1 - 0.28 ** 2 - 0.16)],
  } as Solid),
];

export const eltubes: readonly SolidCase[] = [
  one('eltube', { type: 'eltube', name: 's', dx: 30, dy: 50, dz: 20 }, Math.PI * 1500 * 40),
];

const cone = (
  rmin1: number,
  rmax1: number,
  rmin2: number,
  rmax2: number,
  startphi = 0,
  deltaphi = turn,
): Solid => ({ type: 'cone', name: 's', rmin1, rmax1, rmin2, rmax2, z: 80, startphi, deltaphi });
const frustumVolume = (a: number, b: number): number =>
  (Math.PI * 80 * (a * a + a * b + b * b)) / 3;

export const cones: readonly SolidCase[] = [
  one('cone', cone(0, 50, 0, 20), frustumVolume(50, 20)),
  one('cone with apex above', cone(0, 50, 0, 0), frustumVolume(50, 0)),
  one('cone with apex below', cone(0, 0, 0, 50), frustumVolume(50, 0)),
  one('cone, bore', cone(10, 50, 5, 20), frustumVolume(50, 20) - frustumVolume(10, 5)),
  one(
    'cone, bore closed at one end',
    cone(50, 50, 0, 50),
    frustumVolume(50, 50) - frustumVolume(50, 0),
  ),
  one(
    'cone, shell to an edge',
    cone(10, 50, 20, 20),
    frustumVolume(50, 20) - frustumVolume(10, 20),
  ),
  one('cone, 100 degrees', cone(10, 50, 5, 20, -1, 100 * deg)),
  one('cone, 300 degrees', cone(0, 50, 0, 20, 2, 300 * deg)),
];

const sphere = (
  rmin: number,
  rmax: number,
  starttheta = 0,
  deltatheta = Math.PI,
  startphi = 0,
  deltaphi = turn,
): Solid => ({
  type: 'sphere',
  name: 's',
  rmin,
  rmax,
  startphi,
  deltaphi,
  starttheta,
  deltatheta,
});
const ball = (r: number): number => (4 / 3) * Math.PI * r ** 3;

export const balls: readonly SolidCase[] = [
  one('orb', orb('s', 50), ball(50)),
  one('orb of 20 m', orb('s', 20_000), ball(20_000)),
  one('sphere', sphere(0, 50), ball(50)),
  one('shell', sphere(40, 50), ball(50) - ball(40)),
  one('shell of 10 µm', sphere(49.99, 50), ball(50) - ball(49.99)),
  one('upper half', sphere(40, 50, 0, Math.PI / 2), (ball(50) - ball(40)) / 2),
  one('lower half', sphere(0, 50, Math.PI / 2, Math.PI / 2), ball(50) / 2),
  one('theta 0 to 30', sphere(0, 50, 0, 30 * deg), (ball(50) * (1 - Math.cos(30 * deg))) / 2),
  one('theta 30 to 60', sphere(20, 50, 30 * deg, 30 * deg)),
  one('theta 60 to 120', sphere(20, 50, 60 * deg, 60 * deg), (ball(50) - ball(20)) / 2),
  one('theta 120 to 150', sphere(20, 50, 120 * deg, 30 * deg)),
  one('theta 150 to 180', sphere(0, 50, 150 * deg, 30 * deg)),
  one('theta and phi', sphere(20, 50, 40 * deg, 100 * deg, 1, 1)),
  one('theta and phi, wide', sphere(0, 50, 10 * deg, 160 * deg, 1, 5)),
];

const ellipsoid = (zcut1: number, zcut2: number): Solid => ({
  type: 'ellipsoid',
  name: 's',
  ax: 50,
  by: 40,
  cz: 30,
  zcut1,
  zcut2,
});

export const ellipsoids: readonly SolidCase[] = [
  one('ellipsoid', ellipsoid(0, 0), (4 / 3) * Math.PI * 60_000),
  one('ellipsoid, cut', ellipsoid(-10, 25)),
  one('ellipsoid, upper half', ellipsoid(0, 30), (2 / 3) * Math.PI * 60_000),
];

export const hypes: readonly SolidCase[] = [
  one('hype', { type: 'hype', name: 's', rmin: 0, rmax: 30, inst: 0, outst: 0.7, z: 100 }),
  one('hype, bore', { type: 'hype', name: 's', rmin: 20, rmax: 30, inst: 0.6, outst: 0.7, z: 100 }),
  one('hype, straight bore', {
    type: 'hype',
    name: 's',
    rmin: 20,
    rmax: 30,
    inst: 0,
    outst: 0.7,
    z: 100,
  }),
  one('hype, conical bore', {
    type: 'hype',
    name: 's',
    rmin: 0,
    rmax: 30,
    inst: 0.6,
    outst: 0.7,
    z: 100,
  }),
];

const torus = (rmin: number, rmax: number, rtor: number, startphi = 0, deltaphi = turn): Solid => ({
  type: 'torus',
  name: 's',
  rmin,
  rmax,
  rtor,
  startphi,
  deltaphi,
});
const ring = (r: number, rtor: number): number => 2 * Math.PI ** 2 * rtor * r * r;

export const tori: readonly SolidCase[] = [
  one('torus', torus(0, 20, 60), ring(20, 60)),
  one('torus, thin', torus(0, 0.5, 100), ring(0.5, 100)),
  one('torus, nearly closed', torus(0, 50, 50.01), ring(50, 50.01)),
  one('torus, hollow', torus(10, 20, 60), ring(20, 60) - ring(10, 60)),
  one('torus, quarter', torus(10, 20, 60, 0, turn / 4), (ring(20, 60) - ring(10, 60)) / 4),
  one('torus, 300 degrees', torus(0, 20, 60, 1, 300 * deg), (ring(20, 60) * 300) / 360),
];

export const trds: readonly SolidCase[] = [
  one('trd', { type: 'trd', name: 's', x1: 60, x2: 100, y1: 40, y2: 20, z: 80 }),
  one('trd, pyramid', { type: 'trd', name: 's', x1: 60, x2: 0, y1: 40, y2: 0, z: 80 }, 64_000),
];

export const traps: readonly SolidCase[] = [
  one('trap', {
    type: 'trap',
    name: 's',
    z: 80,
    theta: 0.3,
    phi: 0.5,
    y1: 40,
    x1: 30,
    x2: 50,
    alpha1: 0.1,
    y2: 40,
    x3: 30,
    x4: 50,
    alpha2: 0.1,
  }),
];

export const paras: readonly SolidCase[] = [
  one(
    'para',
    { type: 'para', name: 's', x: 40, y: 60, z: 80, alpha: 0.2, theta: 0.3, phi: 0.4 },
    192_000,
  ),
];

const polycone = (
  planes: readonly (readonly [number, number, number])[],
  opening = turn,
): Solid => ({
  type: 'polycone',
  name: 's',
  startphi: 0.2,
  deltaphi: opening,
  planes: planes.map(([z, rmin, rmax]) => ({ z, rmin, rmax })),
});
const polyhedra = (
  numsides: number,
  planes: readonly (readonly [number, number, number])[],
  opening = turn,
): Solid => ({ ...polycone(planes, opening), type: 'polyhedra', numsides }) as Solid;
const profile = [
  [-50, 0, 20],
  [-20, 0, 40],
  [-20, 10, 30],
  [10, 10, 30],
  [10, 5, 50],
  [60, 20, 20],
] as const;

export const polycones: readonly SolidCase[] = [
  one('polycone', polycone(profile)),
  one('polycone, falling z', polycone(profile.toReversed())),
  one('polycone, 200 degrees', polycone(profile, 200 * deg)),
  one('polycone, 60 degrees', polycone(profile, 60 * deg)),
  one(
    'polycone, one cylinder',
    polycone([
      [0, 0, 10],
      [20, 0, 10],
    ]),
    Math.PI * 2000,
  ),
];

export const polyhedras: readonly SolidCase[] = [
  one('polyhedra, 6 sides', polyhedra(6, profile)),
  one(
    'polyhedra, prism of 8',
    polyhedra(8, [
      [0, 0, 10],
      [20, 0, 10],
    ]),
    20 * 800 * Math.tan(Math.PI / 8),
  ),
  one('polyhedra, 3 sides of 90 degrees', polyhedra(3, profile, 90 * deg)),
  one('polyhedra, 4 sides of 300 degrees', polyhedra(4, profile, 300 * deg)),
  one('polyhedra, 100 sides', polyhedra(100, profile)),
];

/** Every solid that the engines propagate in, in several shapes, by the rule of SPEC.md that makes it. */
export const solidCases: readonly SolidCase[] = [
  ...boxes,
  ...tubes,
  ...cutTubes,
  ...cones,
  ...balls,
  ...ellipsoids,
  ...hypes,
  ...tori,
  ...eltubes,
  ...trds,
  ...traps,
  ...paras,
  ...polycones,
  ...polyhedras,
  ...booleans,
  ...schemaCases,
  ...scales,
];
