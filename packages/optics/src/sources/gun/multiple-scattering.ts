import type { UniformSource } from '@lantern/units';
import type { Kinematics } from './particle.ts';

/** MeV; and how the angle grows with the logarithm of the path. Source: PDG 2022, eq. 34.16 (Highland, Lynch, Dahl). */
const highland = 13.6;
const logarithmic = 0.038;

/**
 * The standard deviation (rad) of the angle, projected on a plane, by which a stretch of a track scatters:
 * θ² = (13.6 MeV z/βcp)² [t₂ (1 + 0.038 ln(t₂z²/β²))² − t₁ (1 + 0.038 ln(t₁z²/β²))²], t the path so far in radiation
 * lengths. The stretches of a track then add up to Highland's angle of the whole, however they are cut. [GUN7]
 *
 * @param before path of the track before the stretch, in radiation lengths, at least 0
 * @param after path after it
 * @param charge z, in e+
 * @see PDG 2022, eq. 34.16; Kanematsu, Nucl. Instr. Meth. B 266 (2008) 5056
 */
export function scatteringAngle(
  { beta, momentum }: Kinematics,
  before: number,
  after: number,
  charge = 1,
): number {
  const scale = (charge / beta) ** 2;
  const growth = Math.max(0, pathTerm(after, scale) - pathTerm(before, scale));
  return (highland / (beta * momentum)) * Math.abs(charge) * Math.sqrt(growth);
}

function pathTerm(t: number, scale: number): number {
  return t > 0 ? t * Math.max(0, 1 + logarithmic * Math.log(t * scale)) ** 2 : 0;
}

/**
 * Where a track is bent. A stretch's whole angle is given at one point of it, even in (0, 1): the displacement across is
 * then s(1 − u)θ, with the variance s²θ²/3 and the correlation √3/2 with the angle, as many small angles have (PDG 2022,
 * eqs. 34.20 to 34.22). Paths in radiation lengths. [GUN17]
 */
export class Hinges {
  #begin = 0;
  #end = 0;
  #next = 0;

  /** Path of the track at the next bend. */
  get next(): number {
    return this.#next;
  }

  /** The stretch that it stands for: where it begins and ends. */
  get stretch(): readonly [before: number, after: number] {
    return [this.#begin, this.#end];
  }

  /** Goes on to the next stretch, of that length. */
  plan(length: number, random: UniformSource): void {
    this.#begin = this.#end;
    this.#end += length;
    this.#next = this.#begin + random.uniform() * length;
  }
}
