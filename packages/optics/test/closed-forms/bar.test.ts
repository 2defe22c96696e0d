import type { Detector } from '@lantern/geometry';
import { length, normalize, perpendicular, RandomStream, type Vector3 } from '@lantern/units';
import { expect, test } from 'vitest';
import { photonFlags } from '../../src/photon-layout.ts';
import { photonsOf } from '../../src/validation/photon-rows.ts';
import { box, type SurfaceInWords, smallDetector } from '../../src/validation/small-detector.ts';
import { countMet, endedBy, propagateRows } from './propagate-rows.ts';

const half = [17 / 2, 35 / 2, 4900 / 2] as const;
const index = 1.47;

/** A bar of a DIRC: quartz in a vacuum. */
function bar(finish?: SurfaceInWords): Detector {
  return smallDetector({
    materials: {
      Vacuum: { RINDEX: 1, ABSLENGTH: 1e30 },
      Quartz: { RINDEX: index, ABSLENGTH: 1e30 },
    },
    ...(finish ? { surfaces: { Finish: finish } } : {}),
    solids: [box('cube', 10_000), box('bar', 17, 35, 4900)],
    world: {
      name: 'World',
      solid: 'cube',
      material: 'Vacuum',
      inside: [
        { name: 'Bar', solid: 'bar', material: 'Quartz', ...(finish ? { skin: 'Finish' } : {}) },
      ],
    },
  });
}

/** Directions that all six faces reflect totally: each component is below the cosine of the critical angle. */
function trapped(random: RandomStream): Vector3 {
  const limit = Math.sqrt(1 - 1 / index ** 2);
  for (;;) {
    const d = normalize([random.uniform(), random.uniform(), random.uniform()]);
    if (Math.max(...d) < limit - 1e-3) return d;
  }
}

function inBar(random: RandomStream): Vector3 {
  return half.map((h) => 0.99 * h * (2 * random.uniform() - 1)) as unknown as Vector3;
}

test('[CF24] 100,000 total reflections in the bar of a DIRC: no leak, and the angles to the faces stay', async () => {
  const bounces = 100_000;
  const random = new RandomStream(24, 1);
  const starts = Array.from({ length: 40 }, (_, i) => {
    // Some nearly along a face, or along the bar but for what its ends reflect.
    const direction = i < 4 ? normalize([0.72, 0.69, 10 ** (-2 * i)] as const) : trapped(random);
    return { position: inBar(random), direction, polarisation: perpendicular(direction) };
  });
  const { ends, tally } = await propagateRows(
    bar(),
    photonsOf(starts.length, (i) => starts[i] ?? {}),
    { maxBounces: bounces },
  );
  expect(tally.truncated).toBe(BigInt(starts.length));
  expect(tally.steps).toBe(BigInt(starts.length * bounces));
  expect(countMet(ends, 'BOUNDARY_TRANSMIT')).toBe(0);
  ends.forEach((end, i) => {
    expect(end.flag).toBe(photonFlags.BOUNDARY_REFLECT);
    expect(Math.abs(length(end.direction) - 1)).toBeLessThan(1e-6);
    end.position.forEach((x, axis) => {
      expect(Math.abs(x)).toBeLessThanOrEqual((half[axis] ?? 0) * (1 + 1e-6));
    });
    end.direction.forEach((cosine, axis) => {
      const angle = (c: number): number => Math.acos(Math.min(1, Math.abs(c)));
      const before = starts[i]?.direction[axis] ?? 0;
      expect(Math.abs(angle(cosine) - angle(before))).toBeLessThan(1e-6);
    });
  });
});

test('[CF24] a ground bar lets light go at once or late, and none is lost on the way', async () => {
  const count = 400;
  const random = new RandomStream(24, 2);
  for (const value of [0.001, 0.01, 0.1]) {
    const finish = {
      type: 'dielectric_dielectric',
      finish: 'ground',
      value,
      tables: { SPECULARLOBECONSTANT: 1 },
    } as const;
    const { ends, tally } = await propagateRows(
      bar(finish),
      photonsOf(count, () => {
        const direction = trapped(random);
        return { position: inBar(random), direction, polarisation: perpendicular(direction) };
      }),
      { maxBounces: 100_000, threads: 1 },
    );
    expect(tally.lost).toBe(0n);
    const out = endedBy(ends, 'MISS').length;
    expect(BigInt(out) + tally.truncated).toBe(BigInt(count));
    // Each reflection turns the light by about the facets' angle: in thousands of them it meets a face steeply.
    expect(out).toBe(count);
    // Most have been reflected before, many times.
    const mirrored = (['SURFACE_SREFLECT', 'SURFACE_DREFLECT', 'BOUNDARY_REFLECT'] as const).map(
      (flag) => countMet(ends, flag),
    );
    expect(Math.max(...mirrored)).toBeGreaterThan(count / 2);
    for (const { direction } of ends) expect(Math.abs(length(direction) - 1)).toBeLessThan(1e-6);
  }
});
