import { electronMass, muonMass, nearest } from '@lantern/units';

/** A charged particle that the gun can shoot: mass in MeV, charge in e+, PDG code. */
export interface Particle {
  readonly name: string;
  readonly kind: 'muon' | 'electron';
  readonly mass: number;
  readonly charge: number;
  readonly code: number;
}

/** The gun's particles by name. */
export const particles: Readonly<Record<'mu-' | 'mu+' | 'e-' | 'e+', Particle>> = {
  'mu-': { name: 'mu-', kind: 'muon', mass: muonMass, charge: -1, code: 13 },
  'mu+': { name: 'mu+', kind: 'muon', mass: muonMass, charge: 1, code: -13 },
  'e-': { name: 'e-', kind: 'electron', mass: electronMass, charge: -1, code: 11 },
  'e+': { name: 'e+', kind: 'electron', mass: electronMass, charge: 1, code: -11 },
};

const aliases: Readonly<Record<string, Particle>> = {
  muon: particles['mu-'],
  muons: particles['mu-'],
  electron: particles['e-'],
  electrons: particles['e-'],
  positron: particles['e+'],
  positrons: particles['e+'],
};

/** What physicists may ask for and the gun does not do yet. */
const others = [
  'pi-',
  'pi+',
  'pi0',
  'K-',
  'K+',
  'p',
  'proton',
  'n',
  'neutron',
  'alpha',
  'gamma',
  'pion',
  'kaon',
];

/** The particle of that name; undefined when it is none. */
export function particleNamed(name: string): Particle | undefined {
  const known: Readonly<Record<string, Particle>> = { ...aliases, ...particles };
  return Object.hasOwn(known, name) ? known[name] : undefined;
}

/** Whether the name is that of a particle that exists, but not in the gun. */
export function isOtherParticle(name: string): boolean {
  return others.includes(name);
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
