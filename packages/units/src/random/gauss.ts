import type { UniformSource } from './uniform-source.ts';

/**
 * A number from the normal distribution. Always draws two uniform numbers, so that later draws keep their place.
 *
 * Source: Box and Muller, Ann. Math. Statist. 29 (1958) 610.
 */
export function sampleGauss(random: UniformSource, mean = 0, standardDeviation = 1): number {
  const radius = Math.sqrt(-2 * Math.log(random.uniform()));
  return mean + standardDeviation * radius * Math.cos(2 * Math.PI * random.uniform());
}
