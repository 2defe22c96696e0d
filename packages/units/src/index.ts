export {
  ampere,
  atmosphere,
  atomicMassUnit,
  avogadroConstant,
  bar,
  boltzmannConstant,
  cm,
  coulomb,
  deg,
  electronMass,
  elementaryChargeInCoulomb,
  eplus,
  eV,
  fineStructureConstant,
  GeV,
  g,
  gPerCm3,
  hbarC,
  joule,
  kelvin,
  keV,
  kg,
  km,
  MeV,
  m,
  mm,
  mole,
  mrad,
  ms,
  muonMass,
  nm,
  ns,
  pascal,
  planckConstant,
  protonMass,
  ps,
  rad,
  s,
  speedOfLight,
  standardTemperature,
  TeV,
  tesla,
  um,
  universeMeanDensity,
  us,
  volt,
} from './constants.ts';
export { type ErrorParts, LanternError } from './errors.ts';
export { nearest } from './nearest.ts';
export { sampleExponential } from './random/exponential.ts';
export { sampleGauss } from './random/gauss.ts';
export { sampleIsotropic } from './random/isotropic.ts';
export { philox4x32, type Words4 } from './random/philox.ts';
export { samplePoisson } from './random/poisson.ts';
export { RandomStream, splitUint64 } from './random/random-stream.ts';
export type { UniformSource } from './random/uniform-source.ts';
export {
  compose,
  identityTransform,
  invert,
  type RigidTransform,
  transformDirection,
  transformPoint,
} from './rigid-transform.ts';
export {
  apply,
  determinant,
  gdmlAngles,
  gdmlRotation,
  identity3,
  type Matrix3,
  multiply,
  rotationAbout,
  rotationX,
  rotationY,
  rotationZ,
  transpose,
} from './rotation.ts';
export {
  type ChiSquaredTest,
  chiSquaredProbability,
  compareHistograms,
  compareToExpected,
} from './statistics/chi-squared.ts';
export { binomialDeviation, compareFractions, twoSidedProbability } from './statistics/fraction.ts';
export { logGamma, upperGammaFraction } from './statistics/gamma.ts';
export { unit } from './unit.ts';
export { type Unit, type UnitCategory, unitTable } from './unit-table.ts';
export {
  add,
  cross,
  dot,
  length,
  normalize,
  perpendicular,
  scale,
  subtract,
  type Vector3,
} from './vector3.ts';
export { energyToWavelength, hcInEvNm, wavelengthToEnergy } from './wavelength.ts';
