import type { UniformSource } from '@lantern/units';
import type { EnergyRange } from './gun-description.ts';

/**
 * Cosmic muons at sea level: dI/dE in 1/(cm2 s sr GeV) at a total energy in GeV, the modified Gaisser formula
 * 0.14 [E (1 + 3.64 / (E c^1.29))]^−2.7 [1/(1 + 1.1 E c/115) + 0.054/(1 + 1.1 E c/850)], c = cos θ*.
 *
 * Source: Guan, Chu, Cao, Luk, Yang, arXiv:1509.06176, eqs. 2 and 3; good from 1 GeV on at all angles.
 *
 * @param cosZenith 0 to 1
 */
export function cosmicIntensity(energy: number, cosZenith: number): number {
  const c = effectiveCosine(cosZenith);
  return 0.14 * (energy + lowEnergyShift(c)) ** -2.7 * parents(energy, c);
}

/** The zenith angle where the muons are made, by the curvature of the Earth. */
function effectiveCosine(cosZenith: number): number {
  const [p1, p2, p3, p4, p5] = [0.102573, -0.068287, 0.958633, 0.0407253, 0.817285];
  const top = cosZenith ** 2 + p1 ** 2 + p2 * cosZenith ** p3 + p4 * cosZenith ** p5;
  return Math.sqrt(top / (1 + p1 ** 2 + p2 + p4));
}

function lowEnergyShift(c: number): number {
  return 3.64 / c ** 1.29;
}

/** Muons of pions and of kaons. */
function parents(energy: number, c: number): number {
  return 1 / (1 + (1.1 * energy * c) / 115) + 0.054 / (1 + (1.1 * energy * c) / 850);
}

/** The most that `parents` gives. */
const mostParents = 1.054;
const slope = 1.7;

/** A total energy (MeV) by the spectrum at that zenith angle: from the power law by inversion, the rest by rejection. */
export function sampleCosmicEnergy(
  random: UniformSource,
  cosZenith: number,
  { low, high }: EnergyRange,
): number {
  const c = effectiveCosine(cosZenith);
  const shift = lowEnergyShift(c);
  const [first, last] = [(low / 1000 + shift) ** -slope, (high / 1000 + shift) ** -slope];
  for (;;) {
    const energy = (first - random.uniform() * (first - last)) ** (-1 / slope) - shift;
    if (random.uniform() * mostParents <= parents(energy, c)) return 1000 * energy;
  }
}

/** The zenith angle's cosine, by the intensity ∝ cos² θ per solid angle: the density 3c². */
export function sampleCosmicZenith(random: UniformSource): number {
  return Math.cbrt(random.uniform());
}

/** The vertical intensity above `low` and below `high` (MeV), 1/(cm2 s sr), by Simpson's rule in ln E. */
export function verticalIntensity({ low, high }: EnergyRange): number {
  const pieces = 200;
  const [a, b] = [Math.log(low / 1000), Math.log(high / 1000)];
  let sum = 0;
  for (let i = 0; i <= pieces; i++) {
    const energy = Math.exp(a + ((b - a) * i) / pieces);
    const weight = i === 0 || i === pieces ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * energy * cosmicIntensity(energy, 1);
  }
  return (sum * (b - a)) / (3 * pieces);
}
