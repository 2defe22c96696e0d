import { electronMass, muonMass, nearest } from '@lantern/units';

/** Whose scintillation yields of a material count for a particle, as in Geant4's G4Scintillation. */
export type YieldKind = 'PROTON' | 'DEUTERON' | 'TRITON' | 'ALPHA' | 'ION' | 'ELECTRON';

/** A charged particle that the gun can shoot: mass in MeV, charge in e+, PDG code. */
export interface Particle {
  readonly name: string;
  /** By which formulae it loses energy: hadrons are all that are neither leptons. */
  readonly kind: 'muon' | 'electron' | 'hadron';
  readonly mass: number;
  readonly charge: number;
  readonly code: number;
  readonly yieldKind: YieldKind;
}

/** Masses, MeV. Source: PDG 2022; CODATA 2018 for nuclei. */
const mass = {
  pion: 139.570_39,
  kaon: 493.677,
  proton: 938.272_088_16,
  deuteron: 1875.612_942_57,
  triton: 2808.921_132_98,
  helion: 2808.391_607_43,
  alpha: 3727.379_406_6,
} as const;

function hadron(
  name: string,
  size: number,
  charge: number,
  code: number,
  yieldKind: YieldKind = 'ELECTRON',
): Particle {
  return { name, kind: 'hadron', mass: size, charge, code, yieldKind };
}

function lepton(name: string, kind: 'muon' | 'electron', charge: number, code: number): Particle {
  const size = kind === 'muon' ? muonMass : electronMass;
  return { name, kind, mass: size, charge, code, yieldKind: 'ELECTRON' };
}

type ParticleName =
  | ('mu-' | 'mu+' | 'e-' | 'e+' | 'pi-' | 'pi+' | 'K-' | 'K+')
  | ('p' | 'pbar' | 'd' | 't' | 'He3' | 'alpha');

/** The gun's particles by name. */
export const particles: Readonly<Record<ParticleName, Particle>> = {
  'mu-': lepton('mu-', 'muon', -1, 13),
  'mu+': lepton('mu+', 'muon', 1, -13),
  'e-': lepton('e-', 'electron', -1, 11),
  'e+': lepton('e+', 'electron', 1, -11),
  'pi-': hadron('pi-', mass.pion, -1, -211),
  'pi+': hadron('pi+', mass.pion, 1, 211),
  'K-': hadron('K-', mass.kaon, -1, -321),
  'K+': hadron('K+', mass.kaon, 1, 321),
  p: hadron('p', mass.proton, 1, 2212, 'PROTON'),
  pbar: hadron('pbar', mass.proton, -1, -2212),
  d: hadron('d', mass.deuteron, 1, 1_000_010_020, 'DEUTERON'),
  t: hadron('t', mass.triton, 1, 1_000_010_030, 'TRITON'),
  He3: hadron('He3', mass.helion, 2, 1_000_020_030, 'ION'),
  alpha: hadron('alpha', mass.alpha, 2, 1_000_020_040, 'ALPHA'),
};

const aliases: Readonly<Record<string, Particle>> = {
  muon: particles['mu-'],
  muons: particles['mu-'],
  electron: particles['e-'],
  electrons: particles['e-'],
  positron: particles['e+'],
  positrons: particles['e+'],
  proton: particles.p,
  protons: particles.p,
  antiproton: particles.pbar,
  antiprotons: particles.pbar,
  'p+': particles.p,
  'p-': particles.pbar,
  deuteron: particles.d,
  deuterons: particles.d,
  triton: particles.t,
  tritons: particles.t,
  alphas: particles.alpha,
  He4: particles.alpha,
};

/** What physicists may ask for and the gun does not shoot: neutral, or only with a charge. */
const others: Readonly<Record<string, string>> = {
  pi0: 'it decays to photons at once',
  n: 'it makes light by secondaries alone',
  neutron: 'it makes light by secondaries alone',
  gamma: 'it makes light by secondaries alone',
  K0: 'it makes light by secondaries alone',
  pion: 'pi- or pi+?',
  pions: 'pi- or pi+?',
  pi: 'pi- or pi+?',
  kaon: 'K- or K+?',
  kaons: 'K- or K+?',
  K: 'K- or K+?',
  mu: 'mu- or mu+?',
  e: 'e- or e+?',
};

/** The particle of that name; undefined when it is none. */
export function particleNamed(name: string): Particle | undefined {
  const known: Readonly<Record<string, Particle>> = { ...aliases, ...particles };
  return Object.hasOwn(known, name) ? known[name] : undefined;
}

/** Why the gun does not shoot a particle that there is; undefined for any other word. */
export function reasonAgainst(name: string): string | undefined {
  return Object.hasOwn(others, name) ? others[name] : undefined;
}

/** The particle's name nearest to a misspelt one. */
export function nearestParticle(name: string): string | undefined {
  return nearest(name, [...Object.keys(particles), ...Object.keys(aliases)]);
}

/** Of a particle of some kinetic energy: total energy, momentum (times c), MeV; velocity over c; Lorentz factor. */
export interface Kinematics {
  readonly energy: number;
  readonly momentum: number;
  readonly beta: number;
  readonly gamma: number;
}

/** @param kineticEnergy MeV, at least 0 */
export function kinematics({ mass }: Particle, kineticEnergy: number): Kinematics {
  const energy = kineticEnergy + mass;
  const momentum = Math.sqrt(kineticEnergy * (kineticEnergy + 2 * mass));
  return { energy, momentum, beta: momentum / energy, gamma: energy / mass };
}

/** The kinetic energy (MeV) of a velocity over c below 1. */
export function kineticEnergyAt({ mass }: Particle, beta: number): number {
  return mass * (1 / Math.sqrt((1 - beta) * (1 + beta)) - 1);
}
