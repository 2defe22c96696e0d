import { classicFinishes } from '../model/surface.ts';

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

/**
 * G4OpticalSurfaceFinish in Geant4's order, so that the index is the integer found in GDML: the six classic finishes,
 * the LBNL look-up tables (polished, etched, ground in eight wrappings), the DAVIS look-up tables.
 */
export const surfaceFinishes: readonly string[] = [
  ...classicFinishes,
  ...treatments.flatMap((treatment) => wrappings.map((wrapping) => treatment + wrapping)),
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
