import { electronMass } from '@lantern/units';
import { densityEffect } from './density-effect.ts';
import { effectiveCharge } from './effective-charge.ts';
import { meanExcitation } from './mean-excitation.ts';
import { kinematics, type Particle, particles } from './particle.ts';
import { protonStopping } from './proton-stopping.ts';
import type { Substance } from './substance.ts';

/** K = 4π N_A r_e² m_e c², MeV cm2/mole. Source: PDG 2022, table 34.1. */
const bohr = 0.307_075;
/** Where measured stopping powers go over into Bethe's formula, MeV of a proton. Source: ICRU Report 49. */
const transition = 2;

/**
 * Mean energy loss of hadrons and light nuclei by ionisation and excitation, MeV cm2/g, at a kinetic energy in MeV: that
 * of a proton of the same velocity times the square of the effective charge. What knock-on electrons carry is part of it.
 *
 * [GUN15] Above 2 MeV of a proton Bethe's formula with the density effect (PDG 2022, eq. 34.5), times 1 + c·2 MeV/T_p, with c
 * so that there is no jump at 2 MeV: this stands for the shell, Barkas and Bloch corrections, which fall like that. Below,
 * ICRU 49's stopping powers of the elements by Bragg's rule, in compounds times Bethe's logarithm ln(2 m_e v²/I) with the
 * compound's mean excitation energy over that with the elements' own: their electrons are bound more firmly. Antiparticles lose the same (Barkas' effect is left out).
 */
export function hadronLoss(particle: Particle, substance: Substance, energy: number): number {
  const asProton = (energy * particles.p.mass) / particle.mass;
  const charge = effectiveCharge(particle.charge, asProton, substance);
  const factor = charge * charge;
  const { ratio, elementsExcitation } = matchingOf(substance);
  if (asProton < transition) return factor * measured(substance, elementsExcitation, asProton);
  return factor * bethe(particle, substance, energy) * (1 + ((ratio - 1) * transition) / asProton);
}

/** What is the same for a substance at all energies. */
interface Matching {
  /** MeV: by Bragg's rule of the elements as they are when pure. */
  readonly elementsExcitation: number;
  /** Measured over calculated at the transition. */
  readonly ratio: number;
}

const matchings = new WeakMap<Substance, Matching>();

function matchingOf(substance: Substance): Matching {
  const known = matchings.get(substance);
  if (known) return known;
  let sum = 0;
  for (const { Z, A, fraction } of substance.constituents)
    sum += ((fraction * Z) / A) * Math.log(meanExcitation(Z, 'pure'));
  const elementsExcitation = 1e-6 * Math.exp(sum / substance.zOverA);
  const ratio =
    measured(substance, elementsExcitation, transition) / bethe(particles.p, substance, transition);
  const matching = { elementsExcitation, ratio };
  matchings.set(substance, matching);
  return matching;
}

/** Where velocities are so low that Bethe's logarithm means nothing, its ratio stays. */
const [leastLogarithm, leastRatio] = [Math.log(1.6), 0.8];

/** Of a proton: the elements' stopping powers by mass, and the binding in the compound. */
function measured(substance: Substance, elementsExcitation: number, energy: number): number {
  let sum = 0;
  for (const { Z, A, fraction } of substance.constituents)
    sum += fraction * protonStopping(Z, A, energy);
  const { beta, gamma } = kinematics(particles.p, energy);
  const logarithm = Math.log((2 * electronMass * (beta * gamma) ** 2) / elementsExcitation);
  const firmer = Math.log(substance.meanExcitation / elementsExcitation);
  return sum * Math.max(leastRatio, 1 - firmer / Math.max(leastLogarithm, logarithm));
}

/** For charge 1: K (Z/A)/β² [½ ln(2 m_e β²γ² Q/I²) − β² − δ/2], Q the greatest energy that an electron can get. */
function bethe(particle: Particle, substance: Substance, energy: number): number {
  const { beta, gamma } = kinematics(particle, energy);
  const square = (beta * gamma) ** 2;
  const ratio = electronMass / particle.mass;
  const greatest = (2 * electronMass * square) / (1 + 2 * gamma * ratio + ratio ** 2);
  const logarithm = Math.log(
    (2 * electronMass * square * greatest) / substance.meanExcitation ** 2,
  );
  const stopping = 0.5 * logarithm - beta ** 2 - 0.5 * densityEffect(substance, beta * gamma);
  return (bohr * substance.zOverA * stopping) / beta ** 2;
}
