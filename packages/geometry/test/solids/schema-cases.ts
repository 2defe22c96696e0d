import type { Point2, RZPoint, Solid } from '../../src/model/solid.ts';
import {
  ballFacets,
  boxFacets,
  bumpyFacets,
  facetVolume,
  shifted,
  star,
  tessellated,
  turnedOver,
} from './mesh-solids.ts';
import { at, box, combined, deg, full, many, one, type SolidCase, tube } from './solid-case.ts';

const elcone = (dx: number, dy: number, zmax: number, zcut: number): Solid => ({
  ...{ type: 'elcone', name: 's', dx, dy, zmax, zcut },
});
const elconeVolume = (dx: number, dy: number, zmax: number, zcut: number): number =>
  (Math.PI * dx * dy * ((zmax + zcut) ** 3 - (zmax - zcut) ** 3)) / 3;

export const elcones: readonly SolidCase[] = [
  one('elcone', elcone(0.5, 0.3, 40, 25), elconeVolume(0.5, 0.3, 40, 25)),
  one('elcone to its apex', elcone(0.3, 0.9, 40, 40), elconeVolume(0.3, 0.9, 40, 40)),
  one('elcone, round', elcone(0.5, 0.5, 40, 30), elconeVolume(0.5, 0.5, 40, 30)),
  one('elcone, flat', elcone(5, 0.05, 40, 30), elconeVolume(5, 0.05, 40, 30)),
];

const paraboloid = (rlo: number, rhi: number, dz: number): Solid => ({
  ...{ type: 'paraboloid', name: 's', rlo, rhi, dz },
});

export const paraboloids: readonly SolidCase[] = [
  one('paraboloid', paraboloid(4, 12, 10), Math.PI * 160 * 10),
  one('paraboloid with its apex', paraboloid(0, 40, 10), Math.PI * 1600 * 10),
  one('paraboloid, nearly a tube', paraboloid(19.99, 20, 50)),
];

const points = (list: readonly (readonly [number, number])[]): Point2[] =>
  list.map(([x, y]) => ({ x, y }));
const square = points([
  [-10, -10],
  [10, -10],
  [10, 10],
  [-10, 10],
]);
const turnedBy = (outline: readonly Point2[], phi: number, scale: number): Point2[] =>
  outline.map(({ x, y }) => ({
    x: scale * (x * Math.cos(phi) - y * Math.sin(phi)),
    y: scale * (x * Math.sin(phi) + y * Math.cos(phi)),
  }));
const arb8 = (low: readonly Point2[], high: readonly Point2[], dz = 15): Solid => ({
  ...{ type: 'arb8', name: 's', dz, vertices: [...low, ...high] },
});
const triangle = points([
  [-10, -10],
  [10, -10],
  [10, -10],
  [0, 15],
]);

export const arb8s: readonly SolidCase[] = [
  one('arb8, box', arb8(square, square), 12_000),
  one('arb8, box, clockwise', arb8(square.toReversed(), square.toReversed()), 12_000),
  one('arb8, frustum', arb8(square, turnedBy(square, 0, 0.5)), 7000),
  one(
    'arb8, wedge to an edge',
    arb8(
      square,
      points([
        [-5, 0],
        [5, 0],
        [5, 0],
        [-5, 0],
      ]),
    ),
  ),
  one('arb8, prism of three corners', arb8(triangle, triangle), 7500),
  one(
    'arb8, tetrahedron',
    arb8(
      triangle,
      points([
        [3, 1],
        [3, 1],
        [3, 1],
        [3, 1],
      ]),
    ),
    2500,
  ),
  one(
    'arb8, hollow quadrangle',
    arb8(
      points([
        [0, 0],
        [20, 0],
        [5, 5],
        [0, 20],
      ]),
      points([
        [0, 0],
        [20, 0],
        [5, 5],
        [0, 20],
      ]),
    ),
    3000,
  ),
  one('arb8, twisted by 30 degrees', arb8(square, turnedBy(square, 30 * deg, 1))),
  one('arb8, twisted by -80 degrees', arb8(square, turnedBy(square, -80 * deg, 0.6))),
  one('arb8, one twisted side', arb8(square, [...square.slice(0, 3), { x: -10, y: 4 }])),
  one('arb8, twisted, three corners', arb8(triangle, turnedBy(triangle, 0.5, 0.8))),
  one(
    'arb8, twisted to an edge',
    arb8(
      square,
      points([
        [-8, -3],
        [8, 3],
        [8, 3],
        [-8, -3],
      ]),
    ),
  ),
];

export const tets: readonly SolidCase[] = [
  one(
    'tet',
    {
      ...{ type: 'tet', name: 's' },
      vertices: [
        [0, 0, 0],
        [10, 0, 0],
        [0, 20, 0],
        [5, 5, 30],
      ],
    },
    1000,
  ),
  one('tet, corners the other way round', {
    ...{ type: 'tet', name: 's' },
    vertices: [
      [0, 20, 0],
      [10, 0, 0],
      [0, 0, 0],
      [5, 5, 30],
    ],
  }),
];

const corners = (list: readonly (readonly [number, number])[]): RZPoint[] =>
  list.map(([r, z]) => ({ r, z }));
const dumbbell = corners([
  [10, -30],
  [2, 0],
  [10, 30],
  [0, 30],
  [0, -30],
]);
const cup = corners([
  [20, -30],
  [40, 0],
  [35, 30],
  [33, 30],
  [37, 0],
  [18, -25],
  [10, -25],
  [10, -30],
]);
const hooked = corners([
  [20, 0],
  [50, 0],
  [50, 40],
  [40, 40],
  [40, 10],
  [30, 10],
  [30, 30],
  [35, 30],
  [35, 35],
  [20, 35],
]);
const ring = corners([
  [30, 0],
  [40, 10],
  [30, 20],
  [20, 10],
]);

export const genericPolycones: readonly SolidCase[] = [
  ...[
    ['dumbbell', dumbbell],
    ['cup', cup],
    ['hooked', hooked],
    ['ring', ring],
  ].flatMap(([title, outline]): SolidCase[] => [
    one(`generic polycone, ${title}`, {
      ...{ type: 'genericPolycone', name: 's', ...full },
      corners: outline as RZPoint[],
    }),
    one(`generic polycone, ${title}, 200 degrees`, {
      ...{ type: 'genericPolycone', name: 's', startphi: 0.4, deltaphi: 200 * deg },
      corners: (outline as RZPoint[]).toReversed(),
    }),
  ]),
  one(
    'generic polycone, cylinder with corners in line',
    {
      ...{ type: 'genericPolycone', name: 's', ...full },
      corners: corners([
        [0, 0],
        [20, 0],
        [20, 10],
        [20, 10],
        [20, 40],
        [0, 40],
      ]),
    },
    Math.PI * 400 * 40,
  ),
];

export const genericPolyhedras: readonly SolidCase[] = [dumbbell, cup, hooked, ring].flatMap(
  (outline, i): SolidCase[] => [
    one(`generic polyhedra ${i}, 6 sides`, {
      ...{ type: 'genericPolyhedra', name: 's', startphi: 0.3, deltaphi: full.deltaphi },
      ...{ numsides: 6, corners: outline },
    }),
    one(`generic polyhedra ${i}, 3 sides of 200 degrees`, {
      ...{ type: 'genericPolyhedra', name: 's', startphi: 0.3, deltaphi: 200 * deg },
      ...{ numsides: 3, corners: outline.toReversed() },
    }),
  ],
);

const section = (z: number, scale: number, xOffset = 0, yOffset = 0) => ({
  ...{ z, xOffset, yOffset, scale },
});
const ell = points([
  [0, 0],
  [20, 0],
  [20, 10],
  [10, 10],
  [10, 30],
  [0, 30],
]);
const comb = points([
  [0, 0],
  ...[0, 1, 2, 3, 4].flatMap((i): [number, number][] => [
    [10 * i + 5, 0],
    [10 * i + 5, 30],
    [10 * i + 8, 30],
    [10 * i + 8, 0],
  ]),
  [60, 0],
  [60, -10],
  [0, -10],
]);
const xtru = (outline: readonly Point2[], ...sections: ReturnType<typeof section>[]): Solid => ({
  ...{ type: 'xtru', name: 's', outline, sections },
});

export const xtrus: readonly SolidCase[] = [
  one('xtru, box', xtru(square, section(-5, 1), section(25, 1)), 12_000),
  one('xtru, ell', xtru(ell, section(-5, 1), section(25, 1)), 12_000),
  one('xtru, ell, clockwise', xtru(ell.toReversed(), section(0, 1), section(30, 1)), 12_000),
  one('xtru, comb', xtru(comb, section(0, 1), section(10, 1)), 10 * (600 + 5 * 90)),
  one(
    'xtru of five sections, one a step',
    xtru(
      ell,
      section(-10, 1),
      section(0, 2, 5, -5),
      section(0, 1),
      section(20, 1, 3, 4),
      section(30, 0.5),
    ),
  ),
  one('xtru to a point', xtru(star(7, 30, 15), section(0, 1), section(40, 0, 5, 5))),
  one('xtru, star of 300 corners', xtru(star(150, 50, 45), section(0, 1), section(20, 1))),
];

const ball = ballFacets(4);
const shell = [...ball, ...turnedOver(ballFacets(3, () => 40))];
const pair = [...ballFacets(2, () => 20), ...shifted(boxFacets([10, 10, 10]), [40, 0, 0])];
const bumpy = bumpyFacets(3, 5);
const wedge = [
  [
    [0, 0, 0],
    [0, 10, 0],
    [10, 0, 0],
  ],
  [
    [0, 0, 20],
    [10, 0, 20],
    [0, 10, 20],
  ],
  [
    [0, 0, 0],
    [10, 0, 0],
    [10, 0, 20],
    [0, 0, 20],
  ],
  [
    [10, 0, 0],
    [0, 10, 0],
    [0, 10, 20],
    [10, 0, 20],
  ],
  [
    [0, 10, 0],
    [0, 0, 0],
    [0, 0, 20],
    [0, 10, 20],
  ],
] as const;

export const tessellateds: readonly SolidCase[] = [
  one('tessellated box', tessellated('s', boxFacets([10, 20, 30])), 48_000),
  one('tessellated box, inside out', tessellated('s', turnedOver(boxFacets([1, 2, 3]))), 48),
  one('tessellated wedge', tessellated('s', wedge), 1000),
  one('tessellated ball', tessellated('s', ball), facetVolume(ball)),
  one('tessellated shell', tessellated('s', shell), facetVolume(shell)),
  one('tessellated ball and box apart', tessellated('s', pair), facetVolume(pair)),
  one('tessellated ball with bumps', tessellated('s', bumpy), facetVolume(bumpy)),
  one('tessellated ball, far off', tessellated('s', shifted(bumpy, [3000, -2000, 5000]))),
  many('tessellated ball, drilled, with a plug', [
    tessellated('ball', bumpy),
    tube('hole', 0, 10, 200),
    combined('subtraction', 'drilled', 'ball', 'hole', at([3, 4, 0], [0.3, 0.2, 0.1])),
    box('plug', 10, 10, 30),
    combined('union', 's', 'drilled', 'plug', at([0, 5, 0], [1, 2, 3])),
  ]),
  many('two tessellated boxes, touching, one turned', [
    tessellated('a', boxFacets([10, 10, 10])),
    combined('union', 'b', 'a', 'a', at([20, 0, 0])),
    combined('union', 's', 'b', 'a', at([10, 20, 0], [0, 0, Math.PI / 2])),
  ]),
  many('what two tessellated balls share', [
    tessellated('a', bumpy),
    combined('intersection', 's', 'a', 'a', at([30, 10, 0], [0.5, 0.6, 0.7])),
  ]),
];

const twistedtubs = (twist: number, inner: number, phi: number): Solid => ({
  ...{ type: 'twistedtubs', name: 's', twistedangle: twist, phi },
  ...{ endinnerrad: inner, endouterrad: 20, zlen: 40 },
});
const tubsVolume = (twist: number, inner: number, phi: number): number =>
  (phi / 2) *
  (400 - inner * inner) *
  Math.cos(twist / 2) ** 2 *
  40 *
  (1 + Math.tan(twist / 2) ** 2 / 3);

export const twistedTubs: readonly SolidCase[] = [
  [1, 10, 1.2],
  [-1.2, 10, 1.2],
  [0.7, 0, 2],
  [0.7, 5, Math.PI],
  [1, 10, 5],
  [0, 10, 1],
  [2.5, 15, 6.5],
].map(([twist = 0, inner = 0, phi = 0]) =>
  one(
    `twistedtubs by ${twist}, inner ${inner}, over ${phi}`,
    twistedtubs(twist, inner, phi),
    tubsVolume(twist, inner, Math.min(phi, 2 * Math.PI)),
  ),
);

const twistedbox = (PhiTwist: number, x = 10, y = 20, z = 30): Solid => ({
  ...{ type: 'twistedbox', name: 's', PhiTwist, x, y, z },
});

/** Twisted solids that are only as near to the truth as their triangles. */
export const twisteds: readonly SolidCase[] = [
  one('twistedbox', twistedbox(0.8), 6000),
  one('twistedbox, the other way, long', twistedbox(-1.5, 30, 10, 200), 60_000),
  one('twistedbox by nothing', twistedbox(0), 6000),
  one('twistedtrd', {
    ...{ type: 'twistedtrd', name: 's', PhiTwist: 0.8 },
    ...{ x1: 10, x2: 30, y1: 20, y2: 5, z: 40 },
  }),
  one('twistedtrap', {
    ...{ type: 'twistedtrap', name: 's', PhiTwist: 0.5, z: 40, Theta: 0.2, Phi: 1 },
    ...{ y1: 20, x1: 10, x2: 16, y2: 10, x3: 5, x4: 8, Alph: 0.2 },
  }),
].map((solid) => ({ ...solid, tolerance: 5e-3 }));

const edgy = new Set(['elcone, flat', 'arb8, hollow quadrangle', 'xtru, star of 300 corners']);

/** The solids of the schema that are less common. */
export const schemaCases: readonly SolidCase[] = [
  ...elcones,
  ...paraboloids,
  ...arb8s,
  ...tets,
  ...genericPolycones,
  ...genericPolyhedras,
  ...xtrus,
  ...tessellateds,
  ...twistedTubs,
  ...twisteds,
].map((solid) => (edgy.has(solid.title) ? { ...solid, isEdgy: true } : solid));
