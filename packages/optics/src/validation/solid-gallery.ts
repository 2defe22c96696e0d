import type { Detector, Solid } from '@lantern/geometry';
import { identity3, rotationAbout, type Vector3 } from '@lantern/units';
import { gallery, galleryMaterials, galleryWall } from './gallery.ts';
import { smallDetector } from './small-detector.ts';

const whole = { startphi: 0, deltaphi: 2 * Math.PI } as const;
const wedge = { startphi: 0.4, deltaphi: 4.1 } as const;

/** A solid by name, and those that it is made of. */
export type Shown = readonly [solid: Solid, ...parts: Solid[]];

function boolean(
  type: 'union' | 'subtraction' | 'intersection',
  name: string,
  parts: readonly [Solid, Solid],
  translation: Vector3,
): Shown {
  const [first, second] = parts;
  const rotation = rotationAbout([1, 2, 3], 0.7);
  const solid: Solid = {
    ...{ type, name, first: first.name, second: second.name },
    transform: { rotation, translation, scale: [1, 1, 1] },
  };
  return [solid, first, second];
}

const cube: Solid = { type: 'box', name: 'cube', x: 60, y: 50, z: 55 };
const pipe = { type: 'tube', name: 'pipe', rmin: 0, rmax: 16, z: 90, ...whole } as const;
const bulb: Solid = {
  type: 'ellipsoid',
  name: 'bulb',
  ax: 30,
  by: 34,
  cz: 24,
  zcut1: -24,
  zcut2: 18,
};
const ring: Solid = { type: 'torus', name: 'ring', rmin: 0, rmax: 10, rtor: 28, ...whole };

const square = [
  { x: -25, y: -20 },
  { x: -25, y: 20 },
  { x: 25, y: 20 },
  { x: 25, y: -20 },
] as const;

const outline = [
  { r: 8, z: -40 },
  { r: 40, z: -8 },
  { r: 16, z: 0 },
  { r: 36, z: 40 },
  { r: 4, z: 16 },
] as const;

/** Solids by what the kernel is made of: leaves that are convex, those that are not, solids of several leaves. */
export const shownSolids: Readonly<Record<'convex' | 'bent' | 'composed', readonly Shown[]>> = {
  convex: [
    [{ type: 'box', name: 'box', x: 50, y: 70, z: 40 }],
    [{ type: 'orb', name: 'orb', r: 40 }],
    [{ type: 'tube', name: 'rod', rmin: 0, rmax: 30, z: 70, ...whole }],
    [{ type: 'cone', name: 'frustum', rmin1: 0, rmax1: 15, rmin2: 0, rmax2: 38, z: 60, ...whole }],
    [{ type: 'ellipsoid', name: 'ellipsoid', ax: 30, by: 42, cz: 25, zcut1: -25, zcut2: 15 }],
    [{ type: 'eltube', name: 'eltube', dx: 20, dy: 38, dz: 35 }],
    [{ type: 'trd', name: 'trd', x1: 20, x2: 60, y1: 50, y2: 30, z: 60 }],
    [{ type: 'para', name: 'para', x: 40, y: 45, z: 50, alpha: 0.3, theta: 0.2, phi: 0.9 }],
    [{ type: 'elcone', name: 'elcone', dx: 0.3, dy: 0.4, zmax: 80, zcut: 35 }],
    [{ type: 'paraboloid', name: 'paraboloid', rlo: 10, rhi: 40, dz: 35 }],
    [
      {
        ...{ type: 'tet', name: 'tet' },
        vertices: [
          [-30, -30, -25],
          [35, -30, -25],
          [0, 38, -25],
          [0, 0, 38],
        ],
      },
    ],
  ],
  bent: [
    [ring],
    [{ type: 'hype', name: 'hype', rmin: 0, rmax: 15, inst: 0, outst: 0.6, z: 70 }],
    [{ type: 'arb8', name: 'arb8', dz: 30, vertices: [...square, ...square.map(turned)] }],
    [
      {
        ...{ type: 'twistedtubs', name: 'twistedtubs', twistedangle: 0.6, phi: 1.4 },
        ...{ endinnerrad: 12, endouterrad: 40, zlen: 60 },
      },
    ],
    [{ type: 'tessellated', name: 'tessellated', facets: octahedron(40) }],
    boolean('subtraction', 'grooved', [cube, ring], [10, 10, 5]),
  ],
  composed: [
    [{ type: 'tube', name: 'tube', rmin: 15, rmax: 40, z: 60, ...whole }],
    [{ type: 'tube', name: 'wedge', rmin: 10, rmax: 42, z: 60, ...wedge }],
    [
      {
        ...{ type: 'sphere', name: 'sphere', rmin: 20, rmax: 42, ...wedge },
        ...{ starttheta: 0.3, deltatheta: 2.2 },
      },
    ],
    [{ type: 'cone', name: 'cone', rmin1: 4, rmax1: 20, rmin2: 10, rmax2: 40, z: 60, ...wedge }],
    [
      {
        ...{ type: 'cutTube', name: 'cutTube', rmin: 10, rmax: 35, z: 60, ...whole },
        lowNormal: [0.3, 0, -Math.sqrt(1 - 0.09)],
        highNormal: [0, -0.4, Math.sqrt(1 - 0.16)],
      },
    ],
    [
      {
        ...{ type: 'polycone', name: 'polycone', ...whole },
        planes: [
          { z: -40, rmin: 0, rmax: 18 },
          { z: -12, rmin: 6, rmax: 40 },
          { z: 15, rmin: 6, rmax: 40 },
          { z: 15, rmin: 3, rmax: 25 },
          { z: 40, rmin: 3, rmax: 12 },
        ],
      },
    ],
    [
      {
        ...{ type: 'polyhedra', name: 'polyhedra', numsides: 7, ...whole },
        planes: [
          { z: -35, rmin: 6, rmax: 20 },
          { z: 0, rmin: 6, rmax: 38 },
          { z: 35, rmin: 12, rmax: 25 },
        ],
      },
    ],
    [{ type: 'genericPolycone', name: 'genericPolycone', corners: outline, ...whole }],
    [
      {
        ...{ type: 'xtru', name: 'xtru', outline: star(5, 34, 16) },
        sections: [
          { z: -30, xOffset: 0, yOffset: 0, scale: 1 },
          { z: 0, xOffset: 5, yOffset: 0, scale: 0.5 },
          { z: 30, xOffset: 0, yOffset: 4, scale: 1 },
        ],
      },
    ],
    boolean('union', 'union', [cube, pipe], [10, 0, 5]),
    boolean('subtraction', 'subtraction', [cube, pipe], [15, 10, 10]),
    boolean('intersection', 'intersection', [cube, bulb], [6, 0, 10]),
    [
      { type: 'scaledSolid', name: 'scaled', solid: 'scaledPart', scale: [1, 1.5, -0.6] },
      { ...pipe, name: 'scaledPart', rmin: 8, rmax: 25, z: 60, ...wedge },
    ],
    [
      {
        ...{ type: 'multiUnion', name: 'multiUnion' },
        nodes: Array.from({ length: 24 }, (_, i) => ({
          ...{ name: `n${i}`, solid: i % 3 ? 'bead' : 'chip' },
          transform: {
            rotation: rotationAbout([1, i, 3], i),
            translation: [11 * (i % 6) - 28, 13 * (i % 5) - 26, 20 * (i % 3) - 20] as Vector3,
            scale: [1, i % 4 ? 1 : 1.5, i % 2 ? 1 : -1] as Vector3,
          },
        })),
      },
      { type: 'orb', name: 'bead', r: 10 },
      { type: 'box', name: 'chip', x: 16, y: 12, z: 14 },
    ],
    [
      {
        ...{ type: 'reflectedSolid', name: 'reflected', solid: 'reflectedPart' },
        transform: { rotation: identity3, translation: [0, 0, 0], scale: [1, 1, -1] },
      },
      {
        type: 'cone',
        name: 'reflectedPart',
        rmin1: 0,
        rmax1: 35,
        rmin2: 0,
        rmax2: 10,
        z: 60,
        ...whole,
      },
    ],
  ],
};

/** A room of glass solids. */
export function solidGallery(shown: readonly Shown[]): Detector {
  const room = gallery(
    shown.map(([{ name }]) => ({ name: `the-${name}`, solid: name, material: 'Glass' })),
  );
  return smallDetector({
    materials: { ...galleryMaterials, Glass: { RINDEX: 1.5, ABSLENGTH: 800 } },
    surfaces: { Wall: galleryWall },
    // What is made of others comes behind them.
    solids: [...room.solids, ...shown.flatMap((one) => [...one].reverse())],
    world: room.world,
  });
}

function turned({ x, y }: { readonly x: number; readonly y: number }): { x: number; y: number } {
  const [cos, sin] = [Math.cos(0.5), Math.sin(0.5)];
  return { x: x * cos - y * sin, y: x * sin + y * cos };
}

function star(points: number, outer: number, inner: number): { x: number; y: number }[] {
  return Array.from({ length: 2 * points }, (_, i) => {
    const [r, phi] = [i % 2 ? inner : outer, (-Math.PI * i) / points];
    return { x: r * Math.cos(phi), y: r * Math.sin(phi) };
  });
}

function octahedron(r: number): Vector3[][] {
  const ring: Vector3[] = [
    [r, 0, 0],
    [0, r, 0],
    [-r, 0, 0],
    [0, -r, 0],
  ];
  return ring.flatMap((a, i): Vector3[][] => {
    const b = ring[(i + 1) % 4] ?? a;
    return [
      [a, b, [0, 0, r]],
      [b, a, [0, 0, -r]],
    ];
  });
}
