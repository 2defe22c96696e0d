import type { Vector3 } from '@lantern/units';

/** Where the photons start, uniformly: see `lightShapes`. Lengths in mm. */
export type LightShape =
  | { readonly kind: 'point'; readonly at: Vector3 }
  | { readonly kind: 'disc'; readonly at: Vector3; readonly radius: number }
  | { readonly kind: 'line'; readonly from: Vector3; readonly to: Vector3 }
  | { readonly kind: 'sphere' | 'ball'; readonly at: Vector3; readonly radius: number };

/** Where they go: see `lightDirections`. */
export interface LightDirection {
  readonly kind: 'isotropic' | 'cone' | 'outwards' | 'inwards' | 'lambertian';
  /** Unit vector: the middle of the cone, the normal of the disc. */
  readonly axis: Vector3;
  /** Half angle of the cone, rad; 0: parallel. */
  readonly opening: number;
}

/** Their wavelengths, nm: see `lightSpectra`. */
export type LightSpectrum =
  | { readonly kind: 'single'; readonly wavelength: number }
  | { readonly kind: 'flat'; readonly low: number; readonly high: number }
  | { readonly kind: 'gaussian'; readonly mean: number; readonly sigma: number }
  | {
      readonly kind: 'material';
      readonly material: string;
      /** A property with the emission; the first of `emissionProperties` that the material has without it. */
      readonly property?: string | undefined;
    };

/** Their times, ns: see `lightTimes`. Width: standard deviation, window, or mean of the decay. */
export interface LightTime {
  readonly kind: 'instant' | 'gaussian' | 'flat' | 'exponential';
  readonly start: number;
  readonly width: number;
}

/** A light source. */
export interface LightDescription {
  readonly shape: LightShape;
  readonly direction: LightDirection;
  readonly spectrum: LightSpectrum;
  readonly time: LightTime;
  readonly photons: number;
  /** Unit vector; random polarisations without it. */
  readonly polarisation?: Vector3 | undefined;
}
