import type { Detector } from '@lantern/geometry';
import { gallery, galleryMaterials, galleryWall } from './gallery.ts';
import { type Optics, smallDetector } from './small-detector.ts';

const blue = [
  [400, 0.2],
  [450, 1],
  [520, 0.1],
] as const;
const red = [
  [560, 0.3],
  [620, 1],
  [680, 0.2],
] as const;
const clear = { RINDEX: 1.4, ABSLENGTH: 1e6 } as const;

/** Length in the light of some wavelengths, none elsewhere. */
function below(wavelength: number, length: number): Optics[string] {
  return [
    [wavelength - 1, length],
    [wavelength + 1, 1e9],
    [700, 1e9],
  ];
}

/** Materials, each with a process or several, and their numbers. */
const media: Readonly<Record<string, readonly [Optics, Readonly<Record<string, number>>?]>> = {
  Absorber: [{ RINDEX: 1.4, ABSLENGTH: 40 }],
  Rayleigh: [{ ...clear, RAYLEIGH: 30 }],
  Mie: [
    { ...clear, MIEHG: 20 },
    { MIEHG_FORWARD: 0.85, MIEHG_BACKWARD: 0.4, MIEHG_FORWARD_RATIO: 0.75 },
  ],
  Shifter: [
    { ...clear, WLSABSLENGTH: below(400, 15), WLSCOMPONENT: blue },
    { WLSTIMECONSTANT: 1.5 },
  ],
  Cascade: [
    {
      ...{ ...clear, WLSABSLENGTH: below(390, 10), WLSCOMPONENT: blue },
      ...{ WLSABSLENGTH2: below(540, 25), WLSCOMPONENT2: red },
    },
    {
      ...{ WLSTIMECONSTANT: 1, WLSMEANNUMBERPHOTONS: 1.3 },
      ...{ WLSTIMECONSTANT2: 2, WLSMEANNUMBERPHOTONS2: 0.8 },
    },
  ],
  Scintillator: [
    {
      ...{ RINDEX: 1.5, ABSLENGTH: 20, REEMISSIONPROB: 0.8, REEMISSIONCOMPONENT: blue },
      ...{ SCINTILLATIONCOMPONENT1: blue, SCINTILLATIONCOMPONENT2: red },
      SCINTILLATIONCOMPONENT3: [...blue, ...red],
    },
  ],
  Everything: [
    {
      ...{ RINDEX: 1.45, ABSLENGTH: 80, RAYLEIGH: 90, MIEHG: 70 },
      ...{ WLSABSLENGTH: below(420, 60), WLSCOMPONENT: blue },
      ...{ REEMISSIONPROB: 0.5, REEMISSIONCOMPONENT: red },
    },
    { MIEHG_FORWARD: 0.6, MIEHG_BACKWARD: 0.2, MIEHG_FORWARD_RATIO: 0.6, WLSTIMECONSTANT: 0.7 },
  ],
  // Light ends where there is no index.
  Dark: [{}],
};

/** Names of the materials on show. */
export const shownMedia: readonly string[] = Object.keys(media);

/** A room of balls, each of a material in which something happens. */
export function mediumGallery(): Detector {
  const room = gallery(
    shownMedia.map((material) => ({ name: `the-${material}`, solid: 'ball', material })),
  );
  return smallDetector({
    materials: {
      ...galleryMaterials,
      ...Object.fromEntries(Object.entries(media).map(([name, [optics]]) => [name, optics])),
    },
    constants: Object.fromEntries(
      Object.entries(media).map(([name, [, constants = {}]]) => [name, constants]),
    ),
    surfaces: { Wall: galleryWall },
    solids: [...room.solids, { type: 'orb', name: 'ball', r: 42 }],
    world: room.world,
  });
}
