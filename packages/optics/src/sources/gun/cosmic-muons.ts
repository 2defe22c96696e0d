import type { Box3 } from '@lantern/geometry';
import {
  add,
  cross,
  length,
  muonMass,
  perpendicular,
  scale,
  subtract,
  type UniformSource,
  type Vector3,
} from '@lantern/units';
import { OpticsError } from '../../errors.ts';
import { sampleCosmicEnergy, sampleCosmicZenith, verticalIntensity } from './cosmic-spectrum.ts';
import type { CosmicGun, EnergyRange } from './gun-description.ts';
import { particles } from './particle.ts';
import type { Primary } from './track.ts';

/** mu+ for each mu- near the Earth. Source: PDG 2022, "Cosmic Rays", 30.3.1 (1.25 to 1.3 up to 100 GeV). */
const chargeRatio = 1.28;

/** A cosmic muon, and how many were tried until it crossed the box: what the exposure is counted in. */
export interface CosmicMuon {
  readonly primary: Primary;
  readonly tries: number;
}

const mostTries = 1_000_000;

/**
 * A muon that crosses the box: direction by cos² of the zenith angle (z is up), entry point such that the flux through the
 * sphere around the box is uniform over the disc at right angles to it.
 */
export function sampleCosmicMuon(
  { energy, time }: CosmicGun,
  box: Box3,
  random: UniformSource,
): CosmicMuon {
  const { centre, radius } = sphereAround(box);
  for (let tries = 1; tries <= mostTries; tries++) {
    const cosZenith = sampleCosmicZenith(random);
    const direction = downwards(cosZenith, 2 * Math.PI * random.uniform());
    const start = subtract(onDisc(centre, radius, direction, random), scale(direction, 2 * radius));
    const entry = entryInto(box, start, direction);
    if (entry === undefined) continue;
    const total = sampleCosmicEnergy(random, cosZenith, energy);
    const positive = random.uniform() * (1 + chargeRatio) < chargeRatio;
    const particle = positive ? particles['mu+'] : particles['mu-'];
    const at = add(start, scale(direction, entry));
    return {
      primary: { particle, kineticEnergy: total - muonMass, at, direction, time },
      tries,
    };
  }
  throw new OpticsError({ what: 'no cosmic muon crosses the detector', given: boxInWords(box) });
}

/**
 * The time (s) in which so many muons come through the sphere around the box: N = ∫ I dΩ π R² t, with I = I_v cos² θ above
 * the horizon, ∫ cos² θ dΩ = 2π/3.
 */
export function exposure(tries: number, box: Box3, energy: EnergyRange): number {
  const area = Math.PI * (sphereAround(box).radius / 10) ** 2;
  return tries / (area * ((2 * Math.PI) / 3) * verticalIntensity(energy));
}

function sphereAround({ min, max }: Box3): { centre: Vector3; radius: number } {
  return { centre: scale(add(min, max), 0.5), radius: 0.5 * length(subtract(max, min)) };
}

function downwards(cosZenith: number, azimuth: number): Vector3 {
  const sine = Math.sqrt((1 - cosZenith) * (1 + cosZenith));
  return [sine * Math.cos(azimuth), sine * Math.sin(azimuth), -cosZenith];
}

function onDisc(centre: Vector3, radius: number, normal: Vector3, random: UniformSource): Vector3 {
  const u = perpendicular(normal);
  const v = cross(normal, u);
  const r = radius * Math.sqrt(random.uniform());
  const phi = 2 * Math.PI * random.uniform();
  return add(centre, add(scale(u, r * Math.cos(phi)), scale(v, r * Math.sin(phi))));
}

/** Distance to where a line enters the box; undefined when it misses. A start that is outside is assumed. */
export function entryInto(
  { min, max }: Box3,
  start: Vector3,
  direction: Vector3,
): number | undefined {
  let [enter, leave] = [0, Number.POSITIVE_INFINITY];
  for (const i of [0, 1, 2] as const) {
    if (direction[i] === 0) {
      if (start[i] < min[i] || start[i] > max[i]) return undefined;
      continue;
    }
    const a = (min[i] - start[i]) / direction[i];
    const b = (max[i] - start[i]) / direction[i];
    enter = Math.max(enter, Math.min(a, b));
    leave = Math.min(leave, Math.max(a, b));
  }
  return enter < leave ? enter : undefined;
}

function boxInWords({ min, max }: Box3): string {
  return `a box from (${min.join(', ')}) to (${max.join(', ')}) mm`;
}
