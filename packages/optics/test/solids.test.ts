import { inside } from '@lantern/geometry';
import { add, RandomStream, sampleIsotropic, scale, type Vector3 } from '@lantern/units';
import { describe, expect, it } from 'vitest';
import {
  at,
  box,
  combined,
  isNearSurface,
  many,
  orb,
} from '../../geometry/test/solids/solid-case.ts';
import {
  comb,
  combFromRight,
  type SolidCase,
  solidCases,
} from '../../geometry/test/solids/solid-cases.ts';
import { SolidKernel } from './solid-kernel.ts';

/** A point in the box around the solid, or a little outside of it. */
function pointIn({ bounds: { min, max } }: SolidKernel, random: RandomStream): Vector3 {
  const at = (i: 0 | 1 | 2): number => min[i] + (1.1 * random.uniform() - 0.05) * (max[i] - min[i]);
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
  return { fill: mean, error: Math.sqrt(Math.max(0, squares / rays - mean * mean) / rays) };
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

/** The stretches of a random ray, in and out of the solid; of those too short to have a middle, none. */
function* stretches(
  kernel: SolidKernel,
  random: RandomStream,
): Generator<{ middle: Vector3; isIn: boolean }> {
  const direction = sampleIsotropic(random);
  const target = pointIn(kernel, random);
  const size = Math.cbrt(boxVolume(kernel)) + Math.max(...kernel.bounds.max);
  let point = along(target, direction, -10 * size);
  for (let isIn = false; ; isIn = !isIn) {
    const length = isIn ? kernel.exit(point, direction) : kernel.enter(point, direction);
    if (length === Number.POSITIVE_INFINITY) return;
    if (length > 1e-7 * size) yield { middle: along(point, direction, length / 2), isIn };
    point = along(point, direction, length);
  }
}

function along(point: Vector3, direction: Vector3, length: number): Vector3 {
  return add(point, scale(direction, length));
}

const cases: readonly SolidCase[] = [...solidCases, comb(50), combFromRight(50)];

describe.each(cases)('$title', (solid) => {
  const kernel = new SolidKernel(solid);
  const isInside = inside(solid.solids, solid.name);
  // Where the solid is made of triangles it is not the definition's, but near to it.
  const isNear = (point: Vector3): boolean =>
    solid.tolerance !== undefined && isNearSurface(isInside, point, solid.tolerance);

  it('[RAY4] membership is that of the definition', () => {
    const random = new RandomStream(7, 2);
    for (let i = 0; i < 5000; i++) {
      const point = pointIn(kernel, random);
      const wanted = isInside(...point);
      if (kernel.inside(point) !== wanted && !isNear(point))
        expect.fail(`${point.join(' ')}: ${!wanted}`);
    }
  });

  it('[RAY5] the middle of each stretch of a ray is inside or outside by the definition', () => {
    const random = new RandomStream(7, 3);
    let inside = 0;
    for (let i = 0; i < 1000; i++) {
      for (const { middle, isIn } of stretches(kernel, random)) {
        if (isInside(...middle) !== isIn && !isNear(middle))
          expect.fail(`${middle.join(' ')}: ${isIn}`);
        if (isIn) inside++;
      }
    }
    expect(inside).toBeGreaterThan(0);
  });

  const { volume } = solid;
  if (volume === undefined) return;
  it('[RAY8] the length of rays inside gives the volume', () => {
    const { fill: share, error } = fill(kernel, 20_000);
    const deviation = share - volume / boxVolume(kernel);
    const slack = solid.tolerance ? 1e-4 : 1e-9;
    expect(Math.abs(deviation)).toBeLessThan(4.5 * error + slack);
  });
});

it('[RAY12] of three parts, one that begins behind the first is met where another leads to it', () => {
  // Along x: a bar up to 10, a ball from 11 to 27 whose box begins at 9, a bar from 9 to 15.
  const kernel = new SolidKernel(
    many('', [
      box('first', 20, 2, 2),
      orb('ball', 10),
      combined('union', 'two', 'first', 'ball', at([19, 6, 0])),
      box('bridge', 6, 2, 2),
      combined('union', 's', 'two', 'bridge', at([12, 0, 0])),
    ]),
  );
  expect(kernel.exit([0, 0, 0], [1, 0, 0])).toBeCloseTo(27, 9);
});
