import type { UniformSource, Vector3 } from '@lantern/units';
import { energyToWavelength, sampleGauss, samplePoisson, speedOfLight } from '@lantern/units';
import { OpticsError } from '../../errors.ts';
import {
  cerenkovOffsets,
  genstepKinds,
  genstepOffsets,
  scintillationOffsets,
  trackOffsets,
} from '../../genstep-layout.ts';
import type { GenstepWriter } from '../genstep-writer.ts';
import { frankTammYield } from './frank-tamm.ts';
import type { Medium } from './medium.ts';
import type { Particle } from './particle.ts';
import { photonsOfStep } from './particle-yield.ts';
import {
  meanScintillation,
  type ScintillationComponent,
  type Scintillator,
} from './scintillator.ts';

/** A straight piece of a track in one medium. */
export interface TrackStep {
  readonly particle: Particle;
  readonly medium: Medium;
  /** Number of the event. */
  readonly event: number;
  /** World, mm. */
  readonly at: Vector3;
  /** Unit vector. */
  readonly direction: Vector3;
  /** At the beginning, ns. */
  readonly time: number;
  /** mm. */
  readonly length: number;
  /** Velocities over c at the two ends. */
  readonly betaBefore: number;
  readonly betaAfter: number;
  /** At the beginning, MeV. */
  readonly kineticEnergy: number;
  /** By collisions, MeV. */
  readonly deposited: number;
}

/** Above this the number of scintillation photons is Gaussian, as in G4Scintillation. */
const poissonLimit = 10;

/** Photons that one generation step holds at most. */
const mostPhotons = 2 ** 31;

/**
 * Writes the generation steps of the light of a step: Cerenkov, then scintillation by components. The number of photons
 * is drawn here: Cerenkov by Poisson of the integral of the yield, by Simpson's rule.
 */
export function writeLight(step: TrackStep, writer: GenstepWriter, random: UniformSource): void {
  writeCerenkov(step, writer, random);
  writeScintillation(step, writer, random);
}

function writeCerenkov(step: TrackStep, writer: GenstepWriter, random: UniformSource): void {
  const { particle, medium, length, betaBefore, betaAfter } = step;
  const { index } = medium;
  if (!index || betaBefore * medium.greatestIndex <= 1) return;
  const before = frankTammYield(index, betaBefore, particle.charge);
  const after = frankTammYield(index, betaAfter, particle.charge);
  const middle = frankTammYield(index, middleBeta(betaBefore, betaAfter), particle.charge);
  const count = samplePoisson(random, ((before + 4 * middle + after) / 6) * length);
  const betaInverse = 2 / (betaBefore + betaAfter);
  const maxCos = betaInverse / medium.greatestIndex;
  if (count === 0 || !(maxCos < 1)) return;
  const { energies } = index;
  writer.append(genstepKinds.CERENKOV, Math.min(count, mostPhotons), [
    ...trackSlots(step),
    [cerenkovOffsets.preVelocity, betaBefore * speedOfLight],
    [cerenkovOffsets.betaInverse, betaInverse],
    [cerenkovOffsets.wavelengthLow, energyToWavelength(energies.at(-1) ?? 0)],
    [cerenkovOffsets.wavelengthHigh, energyToWavelength(energies[0] ?? 0)],
    [cerenkovOffsets.maxCos, maxCos],
    [cerenkovOffsets.maxSin2, (1 - maxCos) * (1 + maxCos)],
    [cerenkovOffsets.meanBefore, before],
    [cerenkovOffsets.meanAfter, after],
    [cerenkovOffsets.postVelocity, betaAfter * speedOfLight],
  ]);
}

/** The velocity over c half way in energy between two. */
function middleBeta(before: number, after: number): number {
  const gamma = 0.5 * (lorentzFactor(before) + lorentzFactor(after));
  return Math.sqrt((gamma - 1) * (gamma + 1)) / gamma;
}

function lorentzFactor(beta: number): number {
  return 1 / Math.sqrt((1 - beta) * (1 + beta));
}

function writeScintillation(step: TrackStep, writer: GenstepWriter, random: UniformSource): void {
  const { scintillator } = step.medium;
  if (!scintillator || !(step.deposited > 0)) return;
  const { mean, components } = scintillation(step, scintillator);
  const total = scintillationCount(mean, scintillator.resolution, random);
  const meanVelocity = 0.5 * (step.betaBefore + step.betaAfter) * speedOfLight;
  let [given, share] = [0, 0];
  for (const part of components) {
    share += part.share;
    // The last component gets what is left, so that none is lost by rounding.
    const upTo = share > 1 - 1e-9 ? total : Math.round(total * share);
    const count = Math.min(upTo - given, mostPhotons);
    given = upTo;
    if (count <= 0) continue;
    writer.append(genstepKinds.SCINTILLATION, count, [
      ...trackSlots(step),
      [scintillationOffsets.meanVelocity, meanVelocity],
      [scintillationOffsets.component, part.component, 'integer'],
      [scintillationOffsets.riseTime, part.riseTime],
      [scintillationOffsets.decayTime, part.decayTime],
    ]);
  }
}

/** By Birks' law, or by the yields of this kind of particle. */
function scintillation(
  { particle, medium, kineticEnergy, deposited, length }: TrackStep,
  scintillator: Scintillator,
): { mean: number; components: readonly ScintillationComponent[] } {
  if (!scintillator.byParticle) {
    const mean = meanScintillation(scintillator, deposited, length);
    return { mean, components: scintillator.components };
  }
  const own = scintillator.byParticle.get(particle.yieldKind);
  if (!own) throw noYieldError(particle, medium);
  const mean = Math.max(0, photonsOfStep(own, kineticEnergy, deposited));
  return { mean, components: own.components };
}

function noYieldError({ name, yieldKind }: Particle, { substance }: Medium): OpticsError {
  return new OpticsError({
    what: `nothing says how much light ${name} makes, by kind of particle`,
    where: `material '${substance.name}'`,
    expected: `the table ${yieldKind}SCINTILLATIONYIELD`,
    hint: 'leave out --scintillation-by-particle, or add it: photons by kinetic energy',
  });
}

/** RESOLUTIONSCALE widens the number of photons; small numbers are Poisson's. As G4Scintillation. */
function scintillationCount(mean: number, resolution: number, random: UniformSource): number {
  if (mean <= poissonLimit) return samplePoisson(random, mean);
  return Math.max(0, Math.round(sampleGauss(random, mean, resolution * Math.sqrt(mean))));
}

function trackSlots(step: TrackStep): Parameters<GenstepWriter['append']>[2] {
  const { particle, medium, at, direction, length, time, event } = step;
  return [
    [genstepOffsets.event, event, 'integer'],
    [genstepOffsets.material, medium.material, 'integer'],
    [genstepOffsets.x, at[0]],
    [genstepOffsets.y, at[1]],
    [genstepOffsets.z, at[2]],
    [genstepOffsets.time, time],
    [trackOffsets.deltaX, direction[0] * length],
    [trackOffsets.deltaY, direction[1] * length],
    [trackOffsets.deltaZ, direction[2] * length],
    [trackOffsets.length, length],
    [trackOffsets.code, particle.code, 'integer'],
    [trackOffsets.charge, particle.charge],
    [trackOffsets.weight, 1],
  ];
}
