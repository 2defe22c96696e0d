import type { Solid } from '@lantern/geometry';
import { identity3, rotationAbout, type Vector3 } from '@lantern/units';

/** A solid with a point inside it, and the others it is made of. */
export interface ClosedDetector {
  readonly solid: Solid;
  readonly parts?: readonly Solid[];
  readonly start: Vector3;
}

const full = { startphi: 0, deltaphi: 2 * Math.PI } as const;
const wedge = { startphi: 0.4, deltaphi: 4.1 } as const;
const z = 300;

const ball = {
  type: 'ellipsoid',
  name: 'bulb',
  ax: 100,
  by: 110,
  cz: 75,
  zcut1: -75,
  zcut2: 60,
} as const;
const neck = { type: 'tube', name: 'neck', rmin: 0, rmax: 40, z: 150, ...full } as const;
const cubeSolid = { type: 'box', name: 'cube', x: 160, y: 160, z: 160 } as const;

function boolean(
  type: 'union' | 'subtraction' | 'intersection',
  first: string,
  second: string,
  translation: Vector3,
): Solid {
  return {
    type,
    name: 'solid',
    first,
    second,
    transform: {
      rotation: type === 'union' ? identity3 : rotationAbout([1, 2, 3], 0.7),
      translation,
      scale: [1, 1, 1],
    },
  };
}

/** One of each type of solid that the engine propagates in, whole and with segments, scaled, and of many parts. Lengths in mm. */
export const closedDetectors: Readonly<Record<string, ClosedDetector>> = {
  box: { solid: { type: 'box', name: 'solid', x: 100, y: 230, z }, start: [1, 2, 3] },
  tube: {
    solid: { type: 'tube', name: 'solid', rmin: 40, rmax: 120, z, ...full },
    start: [80, 0, 0],
  },
  'tube segment': {
    solid: { type: 'tube', name: 'solid', rmin: 40, rmax: 120, z, ...wedge },
    start: [-20, 70, 0],
  },
  cutTube: {
    solid: {
      type: 'cutTube',
      name: 'solid',
      rmin: 30,
      rmax: 120,
      z,
      ...full,
      lowNormal: [0.3, 0, -Math.sqrt(1 - 0.09)],
      highNormal: [0, -0.4, Math.sqrt(1 - 0.16)],
    },
    start: [80, 0, 0],
  },
  cone: {
    solid: { type: 'cone', name: 'solid', rmin1: 10, rmax1: 90, rmin2: 40, rmax2: 150, z, ...full },
    start: [70, 0, 0],
  },
  'cone segment': {
    solid: { type: 'cone', name: 'solid', rmin1: 0, rmax1: 90, rmin2: 0, rmax2: 150, z, ...wedge },
    start: [-20, 50, 0],
  },
  orb: { solid: { type: 'orb', name: 'solid', r: 130 }, start: [1, 2, 3] },
  sphere: {
    solid: {
      type: 'sphere',
      name: 'solid',
      rmin: 60,
      rmax: 130,
      ...wedge,
      starttheta: 0.3,
      deltatheta: 2.2,
    },
    start: [-20, 90, 0],
  },
  ellipsoid: { solid: { ...ball, name: 'solid' }, start: [1, 2, 3] },
  torus: {
    solid: { type: 'torus', name: 'solid', rmin: 15, rmax: 50, rtor: 120, ...full },
    start: [120, 0, 30],
  },
  'torus segment': {
    solid: { type: 'torus', name: 'solid', rmin: 0, rmax: 50, rtor: 120, ...wedge },
    start: [-30, 115, 5],
  },
  trd: {
    solid: { type: 'trd', name: 'solid', x1: 80, x2: 200, y1: 120, y2: 60, z },
    start: [1, 2, 3],
  },
  trap: {
    solid: {
      type: 'trap',
      name: 'solid',
      z,
      theta: 0.2,
      phi: 0.5,
      y1: 120,
      x1: 80,
      x2: 110,
      alpha1: 0.1,
      y2: 140,
      x3: 98,
      x4: 133,
      alpha2: 0.1,
    },
    start: [1, 2, 3],
  },
  para: {
    solid: { type: 'para', name: 'solid', x: 100, y: 140, z, alpha: 0.3, theta: 0.2, phi: 0.9 },
    start: [1, 2, 3],
  },
  hype: {
    solid: { type: 'hype', name: 'solid', rmin: 30, rmax: 80, inst: 0.1, outst: 0.3, z },
    start: [55, 0, 0],
  },
  polycone: {
    solid: {
      type: 'polycone',
      name: 'solid',
      ...full,
      planes: [
        { z: -150, rmin: 0, rmax: 60 },
        { z: -40, rmin: 20, rmax: 120 },
        { z: 50, rmin: 20, rmax: 120 },
        { z: 50, rmin: 10, rmax: 80 },
        { z: 150, rmin: 10, rmax: 40 },
      ],
    },
    start: [60, 0, 0],
  },
  polyhedra: {
    solid: {
      type: 'polyhedra',
      name: 'solid',
      ...full,
      numsides: 7,
      planes: [
        { z: -150, rmin: 20, rmax: 60 },
        { z: 0, rmin: 20, rmax: 120 },
        { z: 150, rmin: 40, rmax: 80 },
      ],
    },
    start: [60, 0, 0],
  },
  eltube: { solid: { type: 'eltube', name: 'solid', dx: 60, dy: 110, dz: 150 }, start: [1, 2, 3] },
  union: {
    solid: boolean('union', 'bulb', 'neck', [0, 0, -120]),
    parts: [ball, neck],
    start: [1, 2, 3],
  },
  subtraction: {
    solid: boolean('subtraction', 'cube', 'neck', [30, 20, 60]),
    parts: [cubeSolid, neck],
    start: [-60, -60, -60],
  },
  intersection: {
    solid: boolean('intersection', 'cube', 'bulb', [10, 0, 20]),
    parts: [cubeSolid, ball],
    start: [5, 5, 5],
  },
  'scaled tube': {
    solid: { type: 'scaledSolid', name: 'solid', solid: 'pipe', scale: [1, 1.7, -0.6] },
    parts: [{ type: 'tube', name: 'pipe', rmin: 30, rmax: 110, z, ...wedge }],
    start: [-20, 119, 0],
  },
  'sheared union': {
    solid: { type: 'scaledSolid', name: 'solid', solid: 'whole', scale: [2, 1, 0.5] },
    parts: [
      cubeSolid,
      ball,
      { ...boolean('subtraction', 'cube', 'bulb', [60, 50, 70]), name: 'whole' } as Solid,
    ],
    start: [-140, -70, -35],
  },
  'hollow bulb': {
    solid: boolean('union', 'shell', 'neck', [0, 0, -130]),
    parts: [
      ball,
      { ...ball, name: 'core', ax: 95, by: 105, cz: 70, zcut1: -70, zcut2: 55 },
      { ...boolean('subtraction', 'bulb', 'core', [0, 0, 0]), name: 'shell' } as Solid,
      neck,
    ],
    start: [0, 0, -130],
  },
  'drilled plate': drilledPlate(),
  'multi-union': {
    solid: {
      type: 'multiUnion',
      name: 'solid',
      nodes: Array.from({ length: 200 }, (_, i) => ({
        name: `n${i}`,
        solid: i % 3 ? 'bead' : 'cube',
        transform: {
          rotation: rotationAbout([1, i, 3], i),
          translation: [70 * (i % 6), 65 * (i % 7), 60 * (i % 5)] as Vector3,
          scale: [1, i % 4 ? 1 : 1.5, i % 2 ? 1 : -1] as Vector3,
        },
      })),
    },
    parts: [
      { type: 'orb', name: 'bead', r: 50 },
      { type: 'box', name: 'cube', x: 90, y: 60, z: 70 },
    ],
    start: [1, 2, 3],
  },
};

/** A plate of 100 holes, each of its own boolean. */
function drilledPlate(): ClosedDetector {
  const parts: Solid[] = [
    { type: 'box', name: 'plate0', x: 1000, y: 1000, z: 20 },
    { type: 'tube', name: 'hole', rmin: 0, rmax: 35, z: 30, ...full },
  ];
  for (let i = 1; i <= 100; i++)
    parts.push({
      type: 'subtraction',
      name: i === 100 ? 'solid' : `plate${i}`,
      first: `plate${i - 1}`,
      second: 'hole',
      transform: {
        rotation: identity3,
        translation: [100 * (i % 10) - 450, 10 * (i - (i % 10)) - 500, 0],
        scale: [1, 1, 1],
      },
    });
  return { solid: parts.pop() as Solid, parts, start: [400, 0, 0] };
}
