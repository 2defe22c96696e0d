import { LanternError } from '@lantern/units';

/** An error of sources, engines or simulations that the user can do something about. */
export class OpticsError extends LanternError {}

/** A photon starts outside the world. */
export class OutsideWorldError extends OpticsError {
  /** Number of the photon in its source. */
  readonly photon: number;
  /** Where it starts, mm. */
  readonly position: readonly [number, number, number];

  /** @param world what the position should be in, in words */
  constructor(photon: number, position: readonly [number, number, number], world = 'world') {
    super({
      what: `a source outside the world: photon ${photon} starts there`,
      given: `position (${position.join(', ')}) mm`,
      expected: `a position inside the volume ${world}`,
      hint: 'move the source; lengths are in mm in the frame of the world volume',
    });
    this.photon = photon;
    this.position = position;
  }
}

/** There is no GPU that may be used: none at all, none of the kind that is wanted, or one that gives no device. */
export class NoGpuError extends OpticsError {}
