import type { Detector, Solid, SurfaceData } from '@lantern/geometry';
import { gallery, galleryMaterials, galleryWall } from './gallery.ts';
import { type SurfaceInWords, smallDetector } from './small-detector.ts';

/** Surfaces by name, each over a block of glass. */
export type ShownSurfaces = Readonly<Record<string, SurfaceInWords>>;

const tables = {
  REFLECTIVITY: 0.7,
  TRANSMITTANCE: 0.15,
  EFFICIENCY: 0.4,
  SPECULARLOBECONSTANT: 0.3,
  SPECULARSPIKECONSTANT: 0.2,
  BACKSCATTERCONSTANT: 0.1,
  RINDEX: [
    [300, 1.45],
    [700, 1.4],
  ],
} as const;

const finishes = [
  'polished',
  'polishedfrontpainted',
  'polishedbackpainted',
  'ground',
  'groundfrontpainted',
  'groundbackpainted',
] as const;

/** Each classic finish in either model of metals and of dielectrics, and rough ones. */
export const classicSurfaces: ShownSurfaces = {
  ...Object.fromEntries(
    (['glisur', 'unified'] as const).flatMap((model) =>
      (['dielectric_metal', 'dielectric_dielectric'] as const).flatMap((type) =>
        finishes.map((finish): [string, SurfaceInWords] => [
          `${model}-${type}-${finish}`,
          { model, type, finish, value: model === 'glisur' ? 0.7 : 0.2, tables },
        ]),
      ),
    ),
  ),
  rough: {
    ...{ type: 'dielectric_dielectric', finish: 'polished', tables },
    constants: { SURFACEROUGHNESS: 1e-5 },
  },
  mirror: { tables: { REFLECTIVITY: 0.97 } },
  sensor: { tables: { REFLECTIVITY: 0.1, EFFICIENCY: 0.6 } },
};

const metal = { REALRINDEX: 0.28, IMAGINARYRINDEX: 3.71 };
const cathode = {
  ...{ THINFILM_RINDEX1: 1.9, THINFILM_RINDEX2: 2.7, THINFILM_KINDEX2: 1.5 },
} as const;
const layers = {
  ...{ THINFILM_LAYERS: 2, THINFILM_CATHODE: 2 },
  ...{ THINFILM_THICKNESS1: 40e-6, THINFILM_THICKNESS2: 25e-6 },
} as const;

/** Surfaces where complex amplitudes decide: metals, coatings, thin films. */
export const filmSurfaces: ShownSurfaces = {
  'metal-polished': { tables: metal },
  'metal-ground': { finish: 'ground', value: 0.2, tables: { ...metal, EFFICIENCY: 0.5 } },
  'metal-glisur': { model: 'glisur', finish: 'ground', value: 0.6, tables: metal },
  'metal-given': { tables: { ...metal, REFLECTIVITY: 0.8 } },
  'metal-dielectric': {
    type: 'dielectric_dielectric',
    finish: 'ground',
    value: 0.1,
    tables: metal,
  },
  coated: {
    ...{ type: 'coated', tables: { REFLECTIVITY: 1, COATEDRINDEX: 1.7 } },
    constants: { COATEDTHICKNESS: 100e-6 },
  },
  'coated-frustrated': {
    ...{ type: 'coated', tables: { COATEDRINDEX: 1.1 } },
    constants: { COATEDTHICKNESS: 60e-6, COATEDFRUSTRATEDTRANSMISSION: 1 },
  },
  'coated-total': {
    ...{ type: 'coated', tables: { COATEDRINDEX: 1.1 } },
    constants: { COATEDTHICKNESS: 60e-6, COATEDFRUSTRATEDTRANSMISSION: 0 },
  },
  film: {
    ...{ type: 'dielectric_dielectric', tables: { ...cathode, EFFICIENCY: 0.6 } },
    constants: layers,
  },
  'film-qe': {
    ...{ type: 'dielectric_dielectric', tables: { ...cathode, THINFILM_QE: 0.2 } },
    constants: layers,
  },
};

/** A room of glass blocks, each under its surface. */
export function surfaceGallery(shown: ShownSurfaces): Detector {
  const names = Object.keys(shown);
  const room = gallery(
    names.map((name) => ({ name: `the-${name}`, solid: 'block', material: 'Glass', skin: name })),
  );
  const block: Solid = { type: 'box', name: 'block', x: 52, y: 46, z: 58 };
  return smallDetector({
    materials: {
      ...galleryMaterials,
      Glass: {
        RINDEX: [
          [300, 1.52],
          [700, 1.49],
        ],
        ABSLENGTH: 500,
      },
    },
    surfaces: { ...shown, Wall: galleryWall },
    solids: [...room.solids, block],
    world: room.world,
  });
}

const lbnlShape = { incidences: 91, thetas: 45, phis: 37 } as const;
const davisShape = { degrees: 91, pairs: 20_000 } as const;

/** A table of LBNL that is not measured: a smooth lobe about the mirror's direction on an even ground. */
function madeLbnl(): Float32Array {
  const { incidences, thetas, phis } = lbnlShape;
  const values = new Float32Array(incidences * thetas * phis);
  for (let k = 0; k < phis; k++)
    for (let j = 0; j < thetas; j++)
      for (let i = 0; i < incidences; i++) {
        const off = (4 * j - 90 - i) ** 2 / 800 + (5 * k - 90) ** 2 / 1500;
        values[i + incidences * (j + thetas * k)] = 0.05 + Math.exp(-off);
      }
  return values;
}

/** Pairs of a table of Davis that are there, of each degree; the rest are zeros and never drawn. */
const madePairs = 64;

/** A table of Davis that is not measured: light is spread about the mirror's direction, and straight on. */
function madeDavis(): Float32Array {
  const { degrees, pairs } = davisShape;
  const half = degrees * pairs * 2;
  const values = new Float32Array(2 * half + 1);
  for (let degree = 0; degree < degrees; degree++)
    for (let pair = 0; pair < madePairs; pair++)
      for (const side of [0, half]) {
        const at = side + 2 * (degree * pairs + pair);
        values[at] = (((pair * 37) % madePairs) / madePairs - 0.5) * 3;
        values[at + 1] = 0.05 + (1.4 * (pair + 0.5)) / madePairs;
      }
  return values;
}

/** Finishes of the tables, a few of each kind of treatment and of wrapping. */
const lbnlFinishes = [
  'polishedlumirrorair',
  'polishedteflonair',
  'etchedlumirrorglue',
  'etchedvm2000glue',
  'groundtioair',
  'groundtyvekair',
] as const;

/** Tables for `tableSurfaces`: made, not measured, since those of Geant4 are not part of Lantern. */
export function madeSurfaceData(): SurfaceData {
  const lbnl = { file: 'made.z', values: madeLbnl() };
  const reflectivity = Float32Array.from({ length: 90 }, (_, i) => 0.4 + i / 250);
  const davis = { file: 'made_LUT.z', values: madeDavis(), reflectivity };
  return {
    lookUps: new Map([
      ...lbnlFinishes.map((finish) => [finish, lbnl] as const),
      ['Rough_LUT', davis],
      ['Detector_LUT', davis],
    ]),
    dichroic: {
      wavelengths: Float64Array.of(300, 420, 440, 700),
      angles: Float64Array.of(0, 45, 90),
      transmitted: Float64Array.of(5, 10, 90, 95, 10, 30, 70, 90, 1, 2, 3, 4),
    },
  };
}

/** Surfaces that go by tables: of LBNL, of Davis, dichroic filters. */
export const tableSurfaces: ShownSurfaces = {
  ...Object.fromEntries(
    lbnlFinishes.map((finish): [string, SurfaceInWords] => [
      finish,
      { model: 'LUT', type: 'dielectric_LUT', finish, tables: { REFLECTIVITY: 0.9 } },
    ]),
  ),
  davis: { model: 'DAVIS', type: 'dielectric_LUTDAVIS', finish: 'Rough_LUT' },
  'davis-detector': {
    ...{ model: 'DAVIS', type: 'dielectric_LUTDAVIS', finish: 'Detector_LUT' },
    tables: { EFFICIENCY: 0.5 },
  },
  ...Object.fromEntries(
    (
      [
        ['glisur', 'polished'],
        ['glisur', 'ground'],
        ['unified', 'polished'],
        ['unified', 'ground'],
        ['unified', 'groundfrontpainted'],
      ] as const
    ).map(([model, finish]): [string, SurfaceInWords] => [
      `dichroic-${model}-${finish}`,
      { model, type: 'dielectric_dichroic', finish, value: model === 'glisur' ? 0.7 : 0.2 },
    ]),
  ),
};
