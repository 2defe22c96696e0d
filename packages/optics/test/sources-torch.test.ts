import { dot, length } from '@lantern/units';
import { expect, test } from 'vitest';
import { expectDensity } from './distributions.ts';
import { genstepDetector } from './genstep-detector.ts';
import { changed, type StepWords, stepRows, torchStep } from './genstep-rows.ts';
import { type MadePhoton, SourcesKernel } from './sources-kernel.ts';

const kernel = new SourcesKernel(genstepDetector);
const count = 20_000;
const [disc, line, point, circle, rectangle, marsaglia, sphere] = [1, 2, 3, 4, 5, 6, 7] as const;

function made(shape: number, floats: StepWords['floats'] = {}, photons = count): MadePhoton[] {
  const step = changed(torchStep(shape, photons), { floats });
  return kernel.photons(stepRows([step]), photons);
}

/** Of a photon, from the middle of the torch. */
const offset = ({ at }: MadePhoton): [number, number, number] => [at[0] - 1, at[1] - 2, at[2] + 90];
const turnOf = (x: number, y: number): number => (Math.atan2(y, x) / (2 * Math.PI) + 1) % 1;

test('[SRC13] a disc: radius and azimuth uniform in their ranges, along the direction', () => {
  const photons = made(disc, { 64: 0.2, 68: 0.9, 72: 0.25, 76: 0.5 });
  expectDensity(
    photons.map((p) => Math.hypot(offset(p)[0], offset(p)[1])),
    () => 1,
    [10, 45],
    20,
  );
  expectDensity(
    photons.map((p) => turnOf(offset(p)[0], offset(p)[1])),
    () => 1,
    [0.25, 0.5],
    20,
  );
  for (const photon of photons.slice(0, 100)) {
    const [x, y, z] = offset(photon);
    expect(z).toBe(0);
    expect(photon.to).toEqual([0, 0, 1]);
    expect([photon.time, photon.wavelength, photon.mask]).toEqual([3, 420, 4]);
    // Opticks: (sin, -cos, 0) of the azimuth.
    const r = Math.hypot(x, y);
    expect(photon.polarisation[0]).toBeCloseTo(y / r, 4);
    expect(photon.polarisation[1]).toBeCloseTo(-x / r, 4);
  }
});

test('[SRC13] a disc is turned with its direction, by two rotations', () => {
  const photons = made(disc, { 32: 0.6, 36: 0, 40: 0.8 }, 1000);
  for (const photon of photons) {
    expect(dot(offset(photon), [0.6, 0, 0.8])).toBeCloseTo(0, 4);
    expect(dot(photon.polarisation, [0.6, 0, 0.8])).toBeCloseTo(0, 6);
    expect(dot(photon.polarisation, offset(photon))).toBeCloseTo(0, 4);
  }
  for (const photon of made(disc, { 40: -1 }, 100)) expect(photon.to).toEqual([0, 0, -1]);
});

test('[SRC13] a line: from -radius to radius along x by number; a point', () => {
  made(line, {}, 10).forEach((photon, i) => {
    expect(offset(photon)[0]).toBeCloseTo(50 * (i / 5 - 1), 5);
    expect([offset(photon)[1], offset(photon)[2]]).toEqual([0, 0]);
    expect(photon.polarisation).toEqual([0, -1, 0]);
  });
  for (const photon of made(point, { 32: 0, 36: 0.6, 40: 0.8 }, 10)) {
    expect(photon.at).toEqual([1, 2, -90]);
    expect(photon.to[1]).toBeCloseTo(0.6, 6);
    expect(photon.polarisation[0]).toBeCloseTo(1, 6);
  }
});

test('[SRC13] a line numbers its photons anew in each step, whatever the batch', () => {
  const steps = stepRows([torchStep(line, 4), torchStep(line, 4)]);
  const photons = kernel.photons(steps, 8);
  expect(photons.map((photon) => offset(photon)[0])).toEqual([-50, -25, 0, 25, -50, -25, 0, 25]);
  const [third] = kernel.photons(steps, 1, 0);
  expect(third?.at).toEqual(photons[0]?.at);
});

test('[SRC13] a circle in the plane of x and z: outwards, or inwards with a negative radius', () => {
  for (const way of [1, -1]) {
    made(circle, { 80: way * 50, 72: 0, 76: 0.5 }, 100).forEach((photon, i) => {
      const [x, y, z] = offset(photon);
      expect(turnOf(x, z)).toBeCloseTo(i / 200, 4);
      expect(Math.hypot(x, z)).toBeCloseTo(50, 4);
      expect(y).toBe(0);
      expect(dot(photon.to, [x, y, z])).toBeCloseTo(way * 50, 3);
      expect(Math.abs(dot(photon.polarisation, photon.to))).toBeLessThan(1e-6);
    });
  }
});

test('[SRC13] a rectangle: a quarter of the photons inwards from each side, by number', () => {
  const photons = made(rectangle, { 64: -30, 68: 40, 72: -10, 76: 20 }, 8);
  expect(photons.map((photon) => offset(photon))).toEqual([
    [-10, 0, -30],
    [-10, 0, 5],
    [20, 0, -30],
    [20, 0, 5],
    [-10, 0, -30],
    [5, 0, -30],
    [-10, 0, 40],
    [5, 0, 40],
  ]);
  const [right, left, up, down] = [
    [1, 0, 0],
    [-1, 0, 0],
    [0, 0, 1],
    [0, 0, -1],
  ];
  expect(photons.map(({ to }) => to)).toEqual([right, right, left, left, up, up, down, down]);
  // Those left over, and fewer than four.
  expect(made(rectangle, { 64: -1, 68: 1, 72: -1, 76: 1 }, 7)[6]?.to).toEqual(down);
  expect(made(rectangle, {}, 3).map(({ to }) => to)).toEqual([right, left, up]);
});

test.each([
  ['by Marsaglia', marsaglia],
  ['by angles', sphere],
])('[SRC13] a sphere %s: uniform over it, radial, outwards or inwards', (_, shape) => {
  for (const way of [1, -1]) {
    const photons = made(shape, { 80: way * 50, 84: 0.25 });
    for (const axis of [0, 1, 2] as const) {
      expectDensity(
        photons.map((photon) => offset(photon)[axis] / 50),
        () => 1,
        [-1, 1],
        20,
      );
    }
    for (const photon of photons.slice(0, 200)) {
      expect(length(offset(photon))).toBeCloseTo(50, 3);
      expect(dot(offset(photon), photon.to)).toBeCloseTo(way * 50, 3);
      expect(dot(photon.polarisation, photon.to)).toBeCloseTo(0, 5);
      // A quarter of a turn from the meridian: along the parallel.
      expect(photon.polarisation[2]).toBeCloseTo(0, 5);
    }
  }
});

test('[SRC13] part of a sphere by angles', () => {
  const photons = made(sphere, { 64: 0, 68: 0.25, 72: 0.5, 76: 0.75 });
  expectDensity(
    photons.map((photon) => offset(photon)[2] / 50),
    () => 1,
    [0.5, 1],
    20,
  );
  expectDensity(
    photons.map((photon) => turnOf(offset(photon)[0], offset(photon)[1])),
    () => 1,
    [0.5, 0.75],
    20,
  );
});
