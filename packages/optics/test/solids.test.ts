import { inside } from '@lantern/geometry';
import { RandomStream, type Vector3 } from '@lantern/units';
import { describe, expect, it } from 'vitest';
import { comb, combFromRight, type SolidCase, solidCases } from './solid-cases.ts';
import { SolidKernel } from './solid-kernel.ts';

/** A point in the box around the solid, or a little outside of it. */
function pointIn({ bounds: { min, max } }: SolidKernel, random: RandomStream): Vector3 {
  const at = (i: 0 | 1 | 2): number =>
    min[i] + (1.1 * random.uniform() - 0.05) * (max[i] - min[i]);
  return [at(0), at(1), at(2)];
}

const boxVolume = ({ bounds: { min, max } }: SolidKernel): number =>
  (max[0] - min[0]) * (max[1] - min[1]) * (max[2] - min[2]);

/** The share of the box of the bounds that the solid fills, by the mean length of rays along z through it. */
function fill(kernel: SolidKernel, rays: number): { fill: number; error: number } {
  const { min, max } = kernel.bounds;
  const height = max[2] - min[2];
  const random = new RandomStream(7, 1);
  let [sum, squares] = [0, 0];
  for (let i = 0; i < rays; i++) {
    const x = min[0] + random.uniform() * (max[0] - min[0]);
    const y = min[1] + random.uniform() * (max[1] - min[1]);
    const length = insideAlongZ(kernel, [x, y, min[2] - 1], height + 2) / height;
    sum += length;
    squares += length * length;
  }
  const mean = sum / rays;
  return { fill: mean, error: Math.sqrt((squares / rays - mean * mean) / rays) };
}

function insideAlongZ(kernel: SolidKernel, from: Vector3, reach: number): number {
  let z = 0;
  let length = 0;
  while (z < reach) {
    const entry = kernel.enter([from[0], from[1], from[2] + z], [0, 0, 1]);
    if (entry === Number.POSITIVE_INFINITY) break;
    z += entry;
    const exit = kernel.exit([from[0], from[1], from[2] + z], [0, 0, 1]);
    length += exit;
    z += exit;
  }
  return length;
}

const cases: readonly SolidCase[] = [...solidCases, comb(50), combFromRight(50)];

describe.each(cases)('$title', (solid) => {
  const kernel = new SolidKernel(solid);
  const isInside = inside(solid.solids, solid.name);

  it('[SOL1] the primitives make the solid that its definition says', () => {
    const random = new RandomStream(7, 2);
    let inPoints = 0;
    for (let i = 0; i < 5000; i++) {
      const point = pointIn(kernel, random);
      const wanted = isInside(...point);
      if (kernel.inside(point) !== wanted) expect.fail(`${point.join(' ')}: ${!wanted}`);
      if (wanted) inPoints++;
    }
    expect(inPoints).toBeGreaterThan(0);
  });

  const { volume } = solid;
  it.skipIf(volume === undefined)('[RAY8] the length of rays inside gives the volume', () => {
    const { fill: share, error } = fill(kernel, 20_000);
    const deviation = share - (volume ?? 0) / boxVolume(kernel);
    expect(Math.abs(deviation)).toBeLessThan(4.5 * error + 1e-9);
  });
});
