import type { OpticalSurface, SkinSurface, Solid, Volume } from '@lantern/geometry';
import { identity3 } from '@lantern/units';
import { flat, tabulate, through } from './spectra.ts';

/**
 * A ten-inch photomultiplier, looking along its own +z: an ellipsoid with a neck, of glass; the front of the bulb is lined
 * with the photocathode, the rest with a mirror. Lengths in mm, semi-axes of the outside.
 */
export const photomultiplier = {
  /** Name of its volume. */
  volume: 'Photomultiplier',
  radius: 127,
  halfHeight: 95,
  neckRadius: 42,
  /** How far its neck reaches behind the centre of the bulb. */
  back: 215,
  glass: 3,
  /** The photocathode covers the bulb in front of this z. */
  cathodeFrom: 20,
} as const;

const { radius, halfHeight, neckRadius, back, glass, cathodeFrom } = photomultiplier;

/** Chance of a photo-electron, invented; of the size and shape of a bialkali photocathode. */
const quantumEfficiency = through([
  [280, 0.02],
  [300, 0.09],
  [330, 0.2],
  [360, 0.255],
  [390, 0.265],
  [420, 0.25],
  [460, 0.205],
  [500, 0.14],
  [540, 0.07],
  [580, 0.03],
  [620, 0.012],
  [660, 0.003],
  [700, 0],
]);

/** The solids of a photomultiplier: glass, photocathode (the vacuum in front), mirror (the vacuum behind). */
export const photomultiplierSolids: readonly Solid[] = [
  ...bulbWithNeck('Glass', 0, halfHeight),
  {
    type: 'ellipsoid',
    name: 'PhotocathodeSolid',
    ax: radius - glass,
    by: radius - glass,
    cz: halfHeight - glass,
    zcut1: cathodeFrom,
    zcut2: halfHeight - glass,
  },
  ...bulbWithNeck('Mirror', glass, cathodeFrom),
];

/** Its volumes: glass that holds the two parts of the vacuum. */
export const photomultiplierVolumes: readonly Volume[] = [
  {
    name: 'Photocathode',
    solid: 'PhotocathodeSolid',
    material: 'Vacuum',
    placements: [],
    auxiliaries: [{ type: 'SensDet', value: 'Photomultiplier', auxiliaries: [] }],
  },
  { name: 'Mirror', solid: 'MirrorSolid', material: 'Vacuum', placements: [], auxiliaries: [] },
  {
    name: photomultiplier.volume,
    solid: 'GlassSolid',
    material: 'Glass',
    placements: ['Photocathode', 'Mirror'].map((volume) => ({
      id: volume.toLowerCase(),
      name: volume.toLowerCase(),
      volume,
      copyNumber: 0,
      transform: { rotation: identity3, translation: [0, 0, 0], scale: [1, 1, 1] },
    })),
    auxiliaries: [],
  },
];

/** A tenth of the light is reflected by the photocathode, nine tenths by the mirror. */
export const photomultiplierSurfaces: readonly OpticalSurface[] = [
  {
    name: 'PhotocathodeSurface',
    model: 'unified',
    type: 'dielectric_metal',
    finish: 'polished',
    value: 0,
    properties: {
      constants: new Map(),
      tables: new Map([
        ['REFLECTIVITY', flat(0.1)],
        // Of the light that is not reflected.
        ['EFFICIENCY', tabulate((wavelength) => quantumEfficiency(wavelength) / 0.9)],
      ]),
    },
  },
  {
    name: 'MirrorSurface',
    model: 'unified',
    type: 'dielectric_metal',
    finish: 'polished',
    value: 0,
    properties: { constants: new Map(), tables: new Map([['REFLECTIVITY', flat(0.9)]]) },
  },
];

/** The skins of its volumes. */
export const photomultiplierSkins: readonly SkinSurface[] = ['Photocathode', 'Mirror'].map(
  (volume) => ({ name: `${volume}Skin`, surface: `${volume}Surface`, volume }),
);

/** A bulb cut at `top` with its neck, `inset` inside the outer surface. */
function bulbWithNeck(name: string, inset: number, top: number): Solid[] {
  const height = halfHeight - inset;
  // The neck begins inside the bulb, so that the two overlap.
  const [neckTop, neckEnd] = [-height / 2, -back + inset];
  return [
    {
      type: 'ellipsoid',
      name: `${name}Bulb`,
      ax: radius - inset,
      by: radius - inset,
      cz: height,
      zcut1: -height,
      zcut2: top,
    },
    {
      type: 'tube',
      name: `${name}Neck`,
      rmin: 0,
      rmax: neckRadius - inset,
      z: neckTop - neckEnd,
      startphi: 0,
      deltaphi: 2 * Math.PI,
    },
    {
      type: 'union',
      name: `${name}Solid`,
      first: `${name}Bulb`,
      second: `${name}Neck`,
      transform: {
        rotation: identity3,
        translation: [0, 0, (neckTop + neckEnd) / 2],
        scale: [1, 1, 1],
      },
    },
  ];
}
