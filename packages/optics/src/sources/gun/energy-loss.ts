import { collisionLoss } from './collision-loss.ts';
import type { Particle } from './particle.ts';
import { radiativeLoss } from './radiative-loss.ts';
import type { Substance } from './substance.ts';

/** Mean energy losses per length, MeV/mm: what stays along the track, and all of it. */
export interface EnergyLoss {
  readonly collision: number;
  readonly total: number;
}

/** g/cm2 to g/cm3 and mm. */
const cmPerMm = 0.1;

/** Mean energy losses of a particle of some kinetic energy (MeV). */
export function energyLoss(
  particle: Particle,
  substance: Substance,
  kineticEnergy: number,
): EnergyLoss {
  const scale = substance.density * cmPerMm;
  const collision = scale * collisionLoss(particle, substance, kineticEnergy);
  return {
    collision,
    total: collision + scale * radiativeLoss(particle, substance, kineticEnergy),
  };
}

/** What a step leaves: kinetic energy after it, and the part that stayed along the track, MeV. */
export interface StepLoss {
  readonly after: number;
  readonly deposited: number;
}

/**
 * The mean loss over a step, by the loss at its middle (second order).
 *
 * @param loss at the beginning
 * @param length mm, at most what costs a few percent of the energy
 */
export function stepLoss(
  particle: Particle,
  substance: Substance,
  before: number,
  loss: EnergyLoss,
  length: number,
): StepLoss {
  const middle = before - 0.5 * Math.min(loss.total * length, before);
  const { collision, total } = energyLoss(particle, substance, middle);
  const lost = Math.min(total * length, before);
  return { after: before - lost, deposited: lost * (collision / total) };
}
