import type { Vector3 } from '@lantern/units';
import type { Particle } from './particle.ts';

/** Energies from `low` to `high`, MeV, all alike likely; one when they are equal. */
export interface EnergyRange {
  readonly low: number;
  readonly high: number;
}

/** Particles of one kind from one place: kinetic energies in MeV, mm and ns in the world. */
export interface ParticleGun {
  readonly kind: 'particles';
  readonly particle: Particle;
  readonly energy: EnergyRange;
  readonly at: Vector3;
  /** Unit vector, or every direction. */
  readonly direction: Vector3 | 'isotropic';
  readonly time: number;
  readonly events: number;
}

/** Cosmic muons, one per event, that cross the detector: total energies at the detector's surface within the range. */
export interface CosmicGun {
  readonly kind: 'cosmic';
  readonly energy: EnergyRange;
  readonly time: number;
  readonly events: number;
}

/** What a gun shoots. */
export type GunDescription = ParticleGun | CosmicGun;
