import { compareToExpected, cross, dot, normalize, type Vector3 } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { expectDensity, expectProperPhotons, perpendicularTo } from './distributions.ts';
import { PhysicsKernel } from './physics-kernel.ts';

const kernel = new PhysicsKernel();
const normal = normalize([0.2, 0.6, -0.5]);
const unified = 1;
const glisur = 0;

/** A photon that comes at an angle to the normal. */
function coming(angle: number): { direction: Vector3; polarisation: Vector3 } {
  const side = perpendicularTo(normal, 0.3);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const direction: Vector3 = [
    s * side[0] - c * normal[0],
    s * side[1] - c * normal[1],
    s * side[2] - c * normal[2],
  ];
  return { direction, polarisation: perpendicularTo(direction, 1) };
}

function facets(model: number, value: number, angle: number, count: number): Vector3[] {
  kernel.stream(17, Math.round(1000 * value + 10 * angle));
  return kernel
    .sample('facet', count, coming(angle), { surface: model, value, normal })
    .map((sample) => sample.direction);
}

const tilt = (facet: Vector3): number => Math.acos(Math.min(1, dot(facet, normal)));

/** Against the part of the plane of tilt and azimuth that the photon can meet from the front. */
function expectFromFront(
  found: readonly Vector3[],
  density: (tilt: number) => number,
  highest: number,
  angle: number,
): void {
  const [tilts, azimuths, parts] = [12, 12, 12];
  const side = perpendicularTo(normal, 0.3);
  const up = cross(normal, side);
  const observed = new Array<number>(tilts * azimuths).fill(0);
  for (const facet of found) {
    const azimuth = (Math.atan2(dot(facet, up), dot(facet, side)) / Math.PI + 1) / 2;
    const i = Math.min(tilts - 1, Math.floor((tilt(facet) / highest) * tilts));
    const j = Math.min(azimuths - 1, Math.floor(azimuth * azimuths));
    observed[i * azimuths + j] = (observed[i * azimuths + j] ?? 0) + 1;
  }
  const weights = observed.map((_, bin) => {
    let sum = 0;
    for (let k = 0; k < parts * parts; k++) {
      const a = ((Math.floor(bin / azimuths) + ((k % parts) + 0.5) / parts) / tilts) * highest;
      const phi = (((bin % azimuths) + (Math.floor(k / parts) + 0.5) / parts) / azimuths) * 2 - 1;
      const met =
        Math.cos(angle) * Math.cos(a) - Math.sin(angle) * Math.sin(a) * Math.cos(phi * Math.PI);
      if (met > 0) sum += density(a);
    }
    return sum;
  });
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const expected = weights.map((weight) => (found.length * weight) / whole);
  expect(compareToExpected(observed, expected).probability).toBeGreaterThan(1e-4);
}

describe('facets of the unified model', () => {
  test.each([0.01, 0.2, 0.7, 1.3, 12])(
    '[SURF4] sigma_alpha %d: tilts by gauss times sine',
    (sigma) => {
      const found = facets(unified, sigma, 0, 60_000);
      const density = (a: number): number => Math.exp((-a * a) / (2 * sigma * sigma)) * Math.sin(a);
      const highest = Math.min(Math.PI / 2, 4.5 * sigma);
      expectDensity(
        found.map(tilt).filter((a) => a < highest),
        density,
        [0, highest],
      );
      expect(found.every((facet) => Math.abs(dot(facet, facet) - 1) < 1e-12)).toBe(true);
    },
  );

  test('[SURF4] of those, only what the photon meets from the front', () => {
    const [sigma, angle] = [0.5, 1.35];
    const density = (a: number): number => Math.exp((-a * a) / (2 * sigma * sigma)) * Math.sin(a);
    const found = facets(unified, sigma, angle, 60_000);
    const { direction } = coming(angle);
    expect(found.every((facet) => dot(facet, direction) < 0)).toBe(true);
    expectFromFront(found, density, Math.PI / 2, angle);
  });
});

describe('facets of the glisur model', () => {
  /** The normal plus the points of a ball of radius R: what a cone of tilt a cuts out of it. */
  function density(radius: number): (a: number) => number {
    return (a) => {
      const reach = radius * radius - Math.sin(a) ** 2;
      if (reach <= 0) return 0;
      const [far, near] = [Math.cos(a) + Math.sqrt(reach), Math.cos(a) - Math.sqrt(reach)];
      return Math.sin(a) * (far ** 3 - near ** 3);
    };
  }

  test.each([0.2, 0.6, 0.95])('[SURF5] polish %d: the normal smeared by a ball', (polish) => {
    const radius = 1 - polish;
    const found = facets(glisur, polish, 0, 60_000);
    expectDensity(found.map(tilt), density(radius), [0, Math.asin(radius)]);
  });

  test('[SURF5] of those, only what the photon meets from the front', () => {
    const found = facets(glisur, 0.2, 1.4, 60_000);
    expectFromFront(found, density(0.8), Math.asin(0.8), 1.4);
  });
});

test('[SURF4] [SURF5] sigma_alpha 0 and polish 1 are the plane, without a draw', () => {
  for (const [model, value] of [
    [unified, 0],
    [glisur, 1],
  ] as const) {
    for (const facet of facets(model, value, 1, 20)) expect(facet).toEqual([...normal]);
  }
});

test("[SURF3] Lambert's law: the cosine goes as itself, the azimuth is even", () => {
  const samples = kernel.sample('lambert', 80_000, coming(0.8), { normal });
  expectProperPhotons(samples);
  const cosines = samples.map((sample) => dot(sample.direction, normal));
  expectDensity(cosines, (c) => c, [0, 1]);
  const side = perpendicularTo(normal, 0);
  const up = cross(normal, side);
  const azimuths = samples.map((sample) =>
    Math.atan2(dot(sample.direction, up), dot(sample.direction, side)),
  );
  expectDensity(azimuths, () => 1, [-Math.PI, Math.PI]);
});
