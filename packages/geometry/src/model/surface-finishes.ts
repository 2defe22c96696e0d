import { classicFinishes } from './surface.ts';

const treatments = ['polished', 'etched', 'ground'];
const wrappings = [
  'lumirrorair',
  'lumirrorglue',
  'air',
  'teflonair',
  'tioair',
  'tyvekair',
  'vm2000air',
  'vm2000glue',
];

/** The finishes measured at Berkeley (Janecek and Moses): polished, etched, ground, in eight wrappings. */
export const lbnlFinishes: readonly string[] = treatments.flatMap((treatment) =>
  wrappings.map((wrapping) => treatment + wrapping),
);

/** The finishes computed at Davis (Roncali and Cherry) from measured surfaces. */
export const davisFinishes: readonly string[] = [
  'Rough_LUT',
  'RoughTeflon_LUT',
  'RoughESR_LUT',
  'RoughESRGrease_LUT',
  'Polished_LUT',
  'PolishedTeflon_LUT',
  'PolishedESR_LUT',
  'PolishedESRGrease_LUT',
  'Detector_LUT',
];

/** G4OpticalSurfaceFinish in Geant4's order, so that the index is the integer found in GDML. */
export const surfaceFinishes: readonly string[] = [
  ...classicFinishes,
  ...lbnlFinishes,
  ...davisFinishes,
];
