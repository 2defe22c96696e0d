import type { Kinematics } from './particle.ts';

/** MeV; and how the angle grows with the logarithm of the path. Source: PDG 2022, eq. 34.16 (Highland, Lynch, Dahl). */
const highland = 13.6;
const logarithmic = 0.038;

/**
 * The standard deviation (rad) of the angle, projected on a plane, by which a step of a track scatters:
 * θ² = (13.6 MeV/βcp)² [t₂ (1 + 0.038 ln t₂)² − t₁ (1 + 0.038 ln t₁)²], t the path so far in radiation lengths. The steps
 * of a track then add up to Highland's angle of the whole, however they are cut. [GUN7]
 *
 * @param before path of the track before the step, in radiation lengths, at least 0
 * @param after path after it
 * @see Kanematsu, Nucl. Instr. Meth. B 266 (2008) 5056
 */
export function scatteringAngle(
  { beta, momentum }: Kinematics,
  before: number,
  after: number,
): number {
  const growth = Math.max(0, pathTerm(after) - pathTerm(before));
  return (highland / (beta * momentum)) * Math.sqrt(growth);
}

function pathTerm(t: number): number {
  return t > 0 ? t * Math.max(0, 1 + logarithmic * Math.log(t)) ** 2 : 0;
}
