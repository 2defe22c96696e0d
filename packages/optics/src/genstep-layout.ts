/**
 * The generation step of 96 bytes: six quads of 32-bit words, little-endian, as Opticks lays them out
 * (sysrap/scerenkov.h, sscint.h, storch.h). Described once; the kernel's constants are made from it.
 */

/** Bytes of a generation step: (6, 4) float32. */
export const genstepBytes = 96;

/** Words (32-bit) of a generation step. */
export const genstepWords = 24;

/** The first word: what kind of light the step makes (sysrap/OpticksGenstep.h). */
export const genstepKinds = { TORCH: 6, CERENKOV: 15, SCINTILLATION: 16 } as const;

/**
 * Byte offsets in every step. `kind`, `event` (Opticks: trackid), `material` (of the scene, where Opticks has a row of
 * its boundary table) and `photons` (how many) are unsigned integers; lengths in mm, time in ns.
 */
export const genstepOffsets = {
  kind: 0,
  event: 4,
  material: 8,
  photons: 12,
  x: 16,
  y: 20,
  z: 24,
  time: 28,
} as const;

/** Byte offsets of a step of a charged particle: displacement and length in mm, charge in e+, velocities in mm/ns. */
export const trackOffsets = {
  deltaX: 32,
  deltaY: 36,
  deltaZ: 40,
  length: 44,
  /** PDG code, an integer. */
  code: 48,
  charge: 52,
  weight: 56,
} as const;

/**
 * Byte offsets of a Cerenkov step. Wavelengths (nm) are the ends of the spectrum; maxSin2 is the greatest squared sine
 * of the cone's angle in it; meanBefore and meanAfter are proportional to the photons per length at the two ends.
 */
export const cerenkovOffsets = {
  preVelocity: 60,
  betaInverse: 64,
  wavelengthLow: 68,
  wavelengthHigh: 72,
  maxCos: 76,
  maxSin2: 80,
  meanBefore: 84,
  meanAfter: 88,
  postVelocity: 92,
} as const;

/** Byte offsets of a scintillation step: component 1, 2 or 3 (an integer), times in ns. */
export const scintillationOffsets = {
  meanVelocity: 60,
  component: 64,
  riseTime: 68,
  decayTime: 80,
} as const;

/**
 * Byte offsets of a light, a step of kind TORCH whose `shape` is one of `lightShapes`. Opticks' own torches have shapes
 * 1 to 7 and give some words another meaning. `mode` is direction + 16 spectrum + 256 time profile, each the index in
 * its list below.
 */
export const lightOffsets = {
  /** Unit vector: the middle of the cone, the normal of the disc. */
  axisX: 32,
  axisY: 36,
  axisZ: 40,
  /** Of the time profile, ns. */
  timeWidth: 44,
  /** Unit vector, or zeros: a random polarisation. */
  polX: 48,
  polY: 52,
  polZ: 56,
  /** The wavelength, its least or its mean, nm. */
  wavelength: 60,
  /** From one end of a line to the other, mm. */
  lineX: 64,
  lineY: 68,
  lineZ: 72,
  /** Half angle of the cone, rad. */
  opening: 76,
  radius: 80,
  /** The greatest wavelength or its standard deviation, nm. */
  wavelengthWidth: 84,
  mode: 88,
  shape: 92,
} as const;

/**
 * Byte offsets of Opticks' own torch, a step of kind TORCH whose `shape` is one of `torchShapes` (sysrap/storch.h).
 * `zenith` and `azimuth` are ranges whose meaning depends on the shape; `phase` (Opticks: distance) turns the polarisation
 * of spheres, in parts of a full turn.
 */
export const torchOffsets = {
  /** Unit vector. */
  directionX: 32,
  directionY: 36,
  directionZ: 40,
  wavelength: 60,
  zenithLow: 64,
  zenithHigh: 68,
  azimuthLow: 72,
  azimuthHigh: 76,
  /** mm; below 0 photons of spheres and circles go inwards. */
  radius: 80,
  phase: 84,
  shape: 92,
} as const;

/** Opticks' torch shapes (sysrap/storchtype.h); the first is 1. */
export const torchShapes = [
  'disc',
  'line',
  'point',
  'circle',
  'rectangle',
  'sphereMarsaglia',
  'sphere',
] as const;

/** The first of Lantern's own shapes; those of `lightShapes` follow in order. */
export const firstLightShape = 100;

/** Where a light's photons start: a point; a disc's or a ball's inside, a sphere's surface, a line: uniformly. */
export const lightShapes = ['point', 'disc', 'line', 'sphere', 'ball'] as const;

/**
 * Where they go: everywhere; within a cone about the axis, uniformly in solid angle; along or against the normal of the
 * sphere; by the cosine law (Lambert) about the normal of the sphere, or about the axis.
 */
export const lightDirections = ['isotropic', 'cone', 'outwards', 'inwards', 'lambertian'] as const;

/** Their wavelengths: one; flat between two; a Gaussian; the spectrum that comes with the source. */
export const lightSpectra = ['single', 'flat', 'gaussian', 'table'] as const;

/** Their times: all at once; a Gaussian of that standard deviation; flat in a window; an exponential decay. */
export const lightTimes = ['instant', 'gaussian', 'flat', 'exponential'] as const;
