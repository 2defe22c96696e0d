import type { UniformSource } from './uniform-source.ts';

/**
 * A number from the exponential distribution of the given mean, p(x) = e^(−x/mean)/mean: a free path, a decay time.
 * Draws one uniform number: x = −mean · ln u.
 *
 * @param mean positive, in the unit wanted
 */
export function sampleExponential(random: UniformSource, mean: number): number {
  return -mean * Math.log(random.uniform());
}
