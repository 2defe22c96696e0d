import { gdmlRotation, identity3, type Vector3 } from '@lantern/units';
import type { Solid } from '../../src/model/solid.ts';
import type { Transform } from '../../src/model/transform.ts';

/** A solid to test, with the others that it is made of. */
export interface SolidCase {
  readonly title: string;
  readonly solids: ReadonlyMap<string, Solid>;
  readonly name: string;
  /** mm³, where a closed form is known. */
  readonly volume?: number;
}

const turn = 2 * Math.PI;
const deg = Math.PI / 180;

function one(title: string, solid: Solid, volume?: number): SolidCase {
  const base = { title, solids: new Map([[solid.name, solid]]), name: solid.name };
  return volume === undefined ? base : { ...base, volume };
}

function many(title: string, solids: readonly Solid[], volume?: number): SolidCase {
  const name = solids.at(-1)?.name ?? '';
  const base = { title, solids: new Map(solids.map((solid) => [solid.name, solid])), name };
  return volume === undefined ? base : { ...base, volume };
}

function at(translation: Vector3, angles: Vector3 = [0, 0, 0]): Transform {
  const rotation = angles.every((angle) => angle === 0) ? identity3 : gdmlRotation(...angles);
  return { rotation, translation, scale: [1, 1, 1] };
}

function combined(
  type: 'union' | 'subtraction' | 'intersection',
  name: string,
  first: string,
  second: string,
  transform: Transform = at([0, 0, 0]),
): Solid {
  return { type, name, first, second, transform };
}

const full = { startphi: 0, deltaphi: turn };
const box = (name: string, x: number, y: number, z: number): Solid => ({
  type: 'box',
  name,
  x,
  y,
  z,
});
const orb = (name: string, r: number): Solid => ({ type: 'orb', name, r });
const tube = (name: string, rmin: number, rmax: number, z: number): Solid => ({
  type: 'tube',
  name,
  rmin,
  rmax,
  z,
  ...full,
});

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

const bulb = [
  { type: 'ellipsoid', name: 'bulb', ax: 100, by: 100, cz: 76, zcut1: 0, zcut2: 0 } as Solid,
  tube('neck', 0, 42, 100),
];

export const booleans: readonly SolidCase[] = [
  many('photomultiplier', [...bulb, combined('union', 's', 'bulb', 'neck', at([0, 0, -80]))]),
  many('photomultiplier, hollow', [
    ...bulb,
    combined('union', 'outer', 'bulb', 'neck', at([0, 0, -80])),
    { type: 'ellipsoid', name: 'bulb2', ax: 97, by: 97, cz: 73, zcut1: 0, zcut2: 0 },
    tube('neck2', 0, 39, 97),
    combined('union', 'inner', 'bulb2', 'neck2', at([0, 0, -80])),
    combined('subtraction', 's', 'outer', 'inner'),
  ]),
  many(
    'L of two touching boxes',
    [
      box('a', 40, 20, 20),
      box('b', 20, 40, 20),
      combined('union', 's', 'a', 'b', at([-10, 30, 0])),
    ],
    32_000,
  ),
  many('two turned boxes', [
    box('a', 40, 20, 20),
    box('b', 20, 40, 30),
    combined('union', 's', 'a', 'b', at([5, 6, 7], [0.3, 0.4, 0.5])),
  ]),
  many('box with a turned hole', [
    box('a', 40, 40, 40),
    tube('b', 0, 10, 100),
    combined('subtraction', 's', 'a', 'b', at([1, 2, 3], [0.3, 0.4, 0.5])),
  ]),
  many(
    'box with a hole that ends at its faces',
    [box('a', 40, 40, 40), tube('b', 0, 10, 40), combined('subtraction', 's', 'a', 'b')],
    64_000 - 4000 * Math.PI,
  ),
  many(
    'box in a box, open at a face',
    [
      box('a', 40, 40, 40),
      box('b', 30, 30, 35),
      combined('subtraction', 's', 'a', 'b', at([0, 0, 2.5])),
    ],
    64_000 - 31_500,
  ),
  many('lens of two orbs', [
    orb('a', 50),
    orb('b', 60),
    combined('intersection', 's', 'a', 'b', at([0, 0, 80])),
  ]),
  many(
    'turned box, touching itself turned',
    [
      box('a', 20, 20, 20),
      {
        ...combined('union', 'b', 'a', 'a', at([20, 0, 0])),
        firstTransform: at([0, 0, 0]),
      } as Solid,
      {
        ...combined(
          'union',
          's',
          'b',
          'b',
          at([3, 20 * Math.cos(0.4), 20 * Math.sin(0.4)], [0.4, 0, 0]),
        ),
        firstTransform: at([3, 0, 0], [0.4, 0, 0]),
      } as Solid,
    ],
    32_000,
  ),
  many('upside down and moved along z', [
    cone(10, 50, 5, 20),
    { ...cone(0, 20, 0, 50), name: 'c' } as Solid,
    { type: 'trd', name: 't', x1: 60, x2: 10, y1: 40, y2: 20, z: 80 },
    tube('n', 0, 10, 30),
    orb('o', 15),
    combined('union', 'u1', 's', 'c', at([0, 0, 100], [Math.PI, 0, 0.3])),
    combined('union', 'u2', 'u1', 't', at([10, 20, -120], [2.5, 0.1, 0.2])),
    combined('union', 'u3', 'u2', 'n', at([0, 0, 160], [0, Math.PI, 0])),
    combined('union', 'whole', 'u3', 'o', at([0, 80, 0], [1, 2, 3])),
  ]),
  many(
    'subtraction from nothing left',
    [
      box('a', 20, 20, 20),
      orb('b', 40),
      combined('subtraction', 'nothing', 'a', 'b'),
      combined('union', 's', 'nothing', 'a', at([30, 0, 0])),
    ],
    8000,
  ),
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
];

/** A comb: a union of so many boxes, each by its own boolean. */
export function comb(teeth: number): SolidCase {
  const list: Solid[] = [box('tooth', 1, 10, 10), box('comb0', 1, 10, 10)];
  for (let i = 1; i < teeth; i++) {
    list.push(combined('union', `comb${i}`, `comb${i - 1}`, 'tooth', at([2 * i, 0, 0])));
  }
  return many(`comb of ${teeth}`, list, 100 * teeth);
}

/** The same, with the deep operand second. */
export function combFromRight(teeth: number): SolidCase {
  const list: Solid[] = [box('tooth', 1, 10, 10), box('comb0', 1, 10, 10)];
  for (let i = 1; i < teeth; i++) {
    list.push(combined('union', `comb${i}`, 'tooth', `comb${i - 1}`, at([2, 0, 0])));
  }
  return many(`comb of ${teeth} from the right`, list, 100 * teeth);
}
