/**
 * What a dichroic filter lets through, as G4Physics2DVector holds it: bilinear between the points, the end values
 * outside them.
 */
export interface DichroicTable {
  /** Ascending, nm; at least 2. */
  readonly wavelengths: Float64Array;
  /** Angles of incidence, ascending, degrees; at least 2. */
  readonly angles: Float64Array;
  /** Per cent of the light, angle by angle: `transmitted[angle * wavelengths.length + wavelength]`. */
  readonly transmitted: Float64Array;
}
