/**
 * The photon row of 64 bytes, as Opticks lays it out (sysrap/sphoton.h): four quads of 32-bit words, little-endian.
 * Described once; the kernels' constants are made from it.
 */

/** Bytes of a photon row: (4, 4) float32. */
export const photonBytes = 64;

/** Words (32-bit) of a photon row. */
export const photonWords = 16;

/** Byte offsets in the row. Integers are bit-cast. */
export const photonOffsets = {
  x: 0,
  y: 4,
  z: 8,
  time: 12,
  dirX: 16,
  dirY: 20,
  dirZ: 24,
  /** Hit count (bits 31..16) and instance (15..0). */
  count: 28,
  polX: 32,
  polY: 36,
  polZ: 40,
  wavelength: 44,
  /** Orientation (bit 31, 1 means -1), boundary (30..16), flag (15..0). */
  flag: 48,
  /** Identity (bits 23..0): sensor number + 1, 0 for no sensor; bits 31..24 extend the index. */
  identity: 52,
  index: 56,
  flagMask: 60,
} as const;

/** Flag values (sysrap/OpticksPhoton.h). */
export const photonFlags = {
  CERENKOV: 0x1,
  SCINTILLATION: 0x2,
  TORCH: 0x4,
  BULK_ABSORB: 0x8,
  BULK_REEMIT: 0x10,
  BULK_SCATTER: 0x20,
  SURFACE_DETECT: 0x40,
  SURFACE_ABSORB: 0x80,
  SURFACE_DREFLECT: 0x100,
  SURFACE_SREFLECT: 0x200,
  BOUNDARY_REFLECT: 0x400,
  BOUNDARY_TRANSMIT: 0x800,
  NAN_ABORT: 0x1000,
  EFFICIENCY_COLLECT: 0x2000,
  EFFICIENCY_CULL: 0x4000,
  MISS: 0x8000,
} as const;

/**
 * The counters that a kernel keeps, unsigned 64-bit each, in this order. `digest` is a sum over photons modulo
 * 2^64; `children` are those of `photons` that wavelength shifting made beyond the first of a shift; `startedDark`
 * counts photons that start in a material without RINDEX; `firstOutside` is not a sum: number + 1 of the first photon that
 * starts outside the world, 0 for none.
 */
export const tallyFields = [
  'photons',
  'children',
  'steps',
  'digest',
  'absorbed',
  'detected',
  'surfaceAbsorbed',
  'leftWorld',
  'truncated',
  'scattered',
  'refracted',
  'reflected',
  'diffuse',
  'specular',
  'shifted',
  'lost',
  'draws',
  'startedDark',
  'firstOutside',
] as const;

/** Name of a counter. */
export type TallyField = (typeof tallyFields)[number];
