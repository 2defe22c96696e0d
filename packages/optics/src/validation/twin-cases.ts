import { type Detector, type PackOptions, packScene, type Scene } from '@lantern/geometry';
import type { PhotonSource } from '../sources/photon-source.ts';
import { galleryLight } from './gallery.ts';
import { lightGallery } from './light-gallery.ts';
import { mediumGallery, shownMedia } from './medium-gallery.ts';
import { shownSolids, solidGallery } from './solid-gallery.ts';
import {
  classicSurfaces,
  filmSurfaces,
  madeSurfaceData,
  type ShownSurfaces,
  surfaceGallery,
  tableSurfaces,
} from './surface-gallery.ts';

/** A scene and light in it, for two engines to be compared in. */
export interface TwinCase {
  /** Of lower case. */
  readonly name: string;
  readonly title: string;
  readonly detector: () => Detector;
  readonly options?: () => PackOptions;
  readonly light: (photons: number, detector: Detector, scene: Scene) => PhotonSource;
  /** Steps that are recorded of each photon, and after which it is stopped. */
  readonly steps: number;
}

/** A case made ready. */
export interface TwinScene {
  readonly scene: Scene;
  readonly source: PhotonSource;
}

/** Packs the scene of a case, and makes its light. */
export function prepareTwinCase(one: TwinCase, photons: number): TwinScene {
  const detector = one.detector();
  const scene = packScene(detector, one.options?.() ?? {});
  return { scene, source: one.light(photons, detector, scene) };
}

/** Lives in a white room end late; by then every photon has met several exhibits. */
const gallerySteps = 40;

function solids(kind: keyof typeof shownSolids, title: string): TwinCase {
  const shown = shownSolids[kind];
  return {
    ...{ name: `solids-${kind}`, title, steps: gallerySteps },
    detector: () => solidGallery(shown),
    light: (photons) => galleryLight(photons, shown.length),
  };
}

function surfaces(name: string, title: string, shown: ShownSurfaces): TwinCase {
  return {
    ...{ name: `surfaces-${name}`, title, steps: gallerySteps },
    detector: () => surfaceGallery(shown),
    light: (photons) => galleryLight(photons, Object.keys(shown).length),
  };
}

/** Rooms of solids, surfaces and materials, and light of every kind: all that a kernel can do is in one of them. */
export const galleryCases: readonly TwinCase[] = [
  solids('convex', 'Solids of one convex piece'),
  solids('bent', 'Solids with hollows: torus, hyperboloid, twisted, of triangles'),
  solids('composed', 'Solids of several pieces, booleans, scaled and reflected'),
  surfaces('classic', 'Every model, type and classic finish', classicSurfaces),
  surfaces('films', 'Metals, coatings and thin films by complex amplitudes', filmSurfaces),
  {
    ...surfaces('tables', 'Surfaces by tables: LBNL, Davis, dichroic filters', tableSurfaces),
    options: () => ({ surfaceData: madeSurfaceData() }),
  },
  {
    ...{ name: 'media', title: 'Every process of a material', steps: gallerySteps },
    detector: mediumGallery,
    options: () => ({ shiftProfile: ['delta', 'exponential'] }),
    light: (photons) => galleryLight(photons, shownMedia.length),
  },
  {
    ...{ name: 'lights', title: 'Every kind of generation step', steps: gallerySteps },
    detector: mediumGallery,
    light: lightGallery,
  },
];
