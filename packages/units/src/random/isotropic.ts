import type { Vector3 } from '../vector3.ts';
import type { UniformSource } from './uniform-source.ts';

/** A unit vector, all directions alike likely: cos θ uniform in (−1, 1), φ in (0, 2π). Draws two uniform numbers. */
export function sampleIsotropic(random: UniformSource): Vector3 {
  const cosTheta = 2 * random.uniform() - 1;
  const sinTheta = Math.sqrt((1 - cosTheta) * (1 + cosTheta));
  const phi = 2 * Math.PI * random.uniform();
  return [sinTheta * Math.cos(phi), sinTheta * Math.sin(phi), cosTheta];
}
