import { electronMass, fineStructureConstant } from '@lantern/units';
import { densityEffect } from './density-effect.ts';
import { hadronLoss } from './hadron-loss.ts';
import { kinematics, type Particle } from './particle.ts';
import type { Substance } from './substance.ts';

/** K = 4π N_A r_e² m_e c², MeV cm2/mole. Source: PDG 2022, table 34.1. */
const bohr = 0.307_075;

/**
 * Mean energy loss by ionisation and excitation, MeV cm2/g, at a kinetic energy in MeV. What knock-on electrons carry is
 * part of it.
 */
export function collisionLoss(
  particle: Particle,
  substance: Substance,
  kineticEnergy: number,
): number {
  if (particle.kind === 'muon') return muonLoss(particle, substance, kineticEnergy);
  if (particle.kind === 'hadron') return hadronLoss(particle, substance, kineticEnergy);
  return particle.charge < 0
    ? electronLoss(particle, substance, kineticEnergy)
    : positronLoss(particle, substance, kineticEnergy);
}

/**
 * Bethe's formula with the density effect and two corrections for muons: the spin term Q²/(8 E²), and bremsstrahlung of
 * the atomic electrons. Q is the greatest energy that an electron can get.
 *
 * [GUN2] Source: Groom, Mokhov, Striganov, Atomic Data and Nuclear Data Tables 78 (2001) 183, eqs. 2, 4 and 6.
 */
function muonLoss(particle: Particle, substance: Substance, kineticEnergy: number): number {
  const { beta, gamma, energy } = kinematics(particle, kineticEnergy);
  const betaGamma = beta * gamma;
  const ratio = electronMass / particle.mass;
  const greatest = (2 * electronMass * betaGamma ** 2) / (1 + 2 * gamma * ratio + ratio ** 2);
  const logarithm = Math.log(
    (2 * electronMass * betaGamma ** 2 * greatest) / substance.meanExcitation ** 2,
  );
  const stopping =
    0.5 * logarithm -
    beta ** 2 -
    0.5 * densityEffect(substance, betaGamma) +
    0.125 * (greatest / energy) ** 2 * beta ** 2;
  const bethe = (bohr * substance.zOverA * stopping) / beta ** 2;
  return bethe + electronBremsstrahlung(substance, energy / particle.mass, energy, greatest);
}

/** ΔdE/dx = K/4π (Z/A) α [ln(2γ) − ⅓ ln(2Q/m_e)] ln²(2Q/m_e). */
function electronBremsstrahlung(
  substance: Substance,
  gamma: number,
  energy: number,
  greatest: number,
): number {
  const q = Math.log((2 * greatest) / electronMass);
  if (!(q > 0) || !(energy > 0)) return 0;
  const factor = (bohr / (4 * Math.PI)) * substance.zOverA * fineStructureConstant;
  return factor * (Math.log(2 * gamma) - q / 3) * q * q;
}

/** Møller scattering: the faster electron counts as the primary. [GUN3] Source: Berger and Seltzer; PDG 2022, eq. 34.24. */
function electronLoss(particle: Particle, substance: Substance, kineticEnergy: number): number {
  const { beta, gamma } = kinematics(particle, kineticEnergy);
  const stopping =
    electronLogarithm(substance, beta * gamma, gamma) +
    (1 - beta ** 2) -
    ((2 * gamma - 1) / gamma ** 2) * Math.LN2 +
    0.125 * ((gamma - 1) / gamma) ** 2 -
    densityEffect(substance, beta * gamma);
  return (0.5 * bohr * substance.zOverA * stopping) / beta ** 2;
}

/** Bhabha scattering. [GUN3] Source: Berger and Seltzer; PDG 2022, eq. 34.25. */
function positronLoss(particle: Particle, substance: Substance, kineticEnergy: number): number {
  const { beta, gamma } = kinematics(particle, kineticEnergy);
  const g = 1 / (gamma + 1);
  const stopping =
    electronLogarithm(substance, beta * gamma, gamma) +
    2 * Math.LN2 -
    (beta ** 2 / 12) * (23 + 14 * g + 10 * g ** 2 + 4 * g ** 3) -
    densityEffect(substance, beta * gamma);
  return (0.5 * bohr * substance.zOverA * stopping) / beta ** 2;
}

/** ln[m_e β²γ² · m_e (γ − 1)/2 / I²]. */
function electronLogarithm(substance: Substance, betaGamma: number, gamma: number): number {
  const half = (electronMass * (gamma - 1)) / 2;
  return Math.log((electronMass * betaGamma ** 2 * half) / substance.meanExcitation ** 2);
}
