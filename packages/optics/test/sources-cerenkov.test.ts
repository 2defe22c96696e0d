import type { PropertyTable } from '@lantern/geometry';
import {
  cross,
  dot,
  length,
  normalize,
  subtract,
  type Vector3,
  wavelengthToEnergy,
} from '@lantern/units';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  cerenkovOffsets,
  genstepKinds,
  genstepOffsets,
  trackOffsets,
} from '../src/genstep-layout.ts';
import { GenstepWriter } from '../src/sources/genstep-writer.ts';
import { frankTammYield, greatestIndex } from '../src/sources/gun/frank-tamm.ts';
import { waterPairs, waterTable } from '../src/validation/water-index.ts';
import { expectDensity } from './distributions.ts';
import { describe } from './physics-kernel.ts';
import { type MadePhoton, SourcesKernel } from './sources-kernel.ts';

/** Frank and Tamm's integral by the midpoint rule, photons per mm. */
function numericYield({ energies, values }: PropertyTable, beta: number, parts = 20_000): number {
  let sum = 0;
  for (let i = 1; i < energies.length; i++) {
    const [e1 = 0, e2 = 0, n1 = 0, n2 = 0] = [
      energies[i - 1],
      energies[i],
      values[i - 1],
      values[i],
    ];
    for (let k = 0; k < parts; k++) {
      const n = n1 + ((k + 0.5) / parts) * (n2 - n1);
      sum += (Math.max(0, 1 - 1 / (n * beta) ** 2) * (e2 - e1)) / parts;
    }
  }
  return 36.981e6 * sum;
}

test('[CK1] water: the numbers of a fine integration of the same table (anchors/optics.md 8.4)', () => {
  const water = waterTable();
  expect(water.values[0]).toBeCloseTo(1.3235601610672, 9);
  expect(water.values.at(-1)).toBeCloseTo(1.4679465862259, 9);
  const known = [
    [0.69, 1.093],
    [0.71, 12.483],
    [0.73, 41.795],
    [0.752, 111.87],
    [0.756, 132.082],
    [0.8, 344.006],
    [0.9, 715.308],
    [0.999, 978.629],
  ] as const;
  for (const [beta, perCm] of known)
    expect(frankTammYield(water, beta) * 10).toBeCloseTo(perCm, perCm < 2 ? 3 : 2);
  expect(frankTammYield(water, 0.5)).toBe(0);
  expect(frankTammYield(water, 0.6813) * 10).toBeLessThan(1e-4);
});

test('[CK2] within 0.1 % of a fine integration from just above threshold to c, for any table', () => {
  const water = waterTable();
  const threshold = 1 / greatestIndex(water);
  for (const above of [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1]) {
    const beta = Math.min(1, threshold * (1 + above));
    const exact = numericYield(water, beta, above < 1e-4 ? 200_000 : 2000);
    expect(Math.abs(frankTammYield(water, beta) / exact - 1)).toBeLessThan(1e-3);
  }
  const index = fc.array(fc.double({ min: 1, max: 2.5, noNaN: true }), {
    minLength: 2,
    maxLength: 6,
  });
  fc.assert(
    fc.property(index, fc.double({ min: 0.4, max: 1, noNaN: true }), (values, beta) => {
      const table = {
        energies: Float64Array.from(values, (_, i) => (1 + i) * 1e-6),
        values: Float64Array.from(values),
      };
      const numeric = numericYield(table, beta);
      expect(Math.abs(frankTammYield(table, beta) - numeric)).toBeLessThan(1e-3 * numeric + 1e-3);
    }),
    { numRuns: 30 },
  );
});

test('[CK1] the yield goes as the square of the charge', () => {
  expect(frankTammYield(waterTable(), 0.9, 2)).toBeCloseTo(
    4 * frankTammYield(waterTable(), 0.9),
    6,
  );
});

const kernel = new SourcesKernel(
  describe({ materials: { Water: { tables: { RINDEX: waterPairs() } } } }),
);
const track: Vector3 = [3, -4, 12];
const step = (beta: number, count: number, [before, after] = [1, 1]): Float32Array<ArrayBuffer> => {
  const writer = new GenstepWriter();
  const maxCos = 1 / (beta * greatestIndex(waterTable()));
  const o = cerenkovOffsets;
  writer.append(genstepKinds.CERENKOV, count, [
    [genstepOffsets.x, 100],
    [genstepOffsets.y, 200],
    [genstepOffsets.z, 300],
    [genstepOffsets.time, 7],
    [trackOffsets.deltaX, track[0]],
    [trackOffsets.deltaY, track[1]],
    [trackOffsets.deltaZ, track[2]],
    [trackOffsets.length, 13],
    [trackOffsets.charge, -1],
    [o.preVelocity, 300],
    [o.postVelocity, 200],
    [o.betaInverse, 1 / beta],
    [o.wavelengthLow, 182],
    [o.wavelengthHigh, 1129],
    [o.maxCos, maxCos],
    [o.maxSin2, 1 - maxCos ** 2],
    [o.meanBefore, before],
    [o.meanAfter, after],
  ]);
  return writer.finish();
};
const many = 60_000;
const axis = normalize(track);
const energyOf = ({ wavelength }: MadePhoton): number => wavelengthToEnergy(wavelength) * 1e6;

function indexAt(energy: number): number {
  const { energies, values } = waterTable();
  const at = energies.findIndex((e) => e * 1e6 >= energy);
  if (at <= 0) return values[at < 0 ? values.length - 1 : 0] ?? 1;
  const [e1 = 0, e2 = 1] = [energies[at - 1], energies[at]];
  const part = (energy / 1e6 - e1) / (e2 - e1);
  return (values[at - 1] ?? 1) + part * ((values[at] ?? 1) - (values[at - 1] ?? 1));
}

test('[CK3] energies follow sin² of the cone, at full speed and near threshold', () => {
  for (const beta of [0.999, 0.75, 0.7]) {
    const photons = kernel.photons(step(beta, many), many);
    const sin2 = (energy: number): number => Math.max(0, 1 - 1 / (beta * indexAt(energy)) ** 2);
    const low = beta > 0.9 ? 1.0982 : beta > 0.72 ? 1.6 : 5.4;
    expectDensity(photons.map(energyOf), sin2, [low, 6.8123], 40);
  }
});

test("[CK4] the cone: cos θ = 1/(nβ) at the photon's energy, evenly about the track", () => {
  const beta = 0.95;
  const photons = kernel.photons(step(beta, 20_000), 20_000);
  const u = normalize(cross(axis, [0, 0, 1]));
  const v = cross(axis, u);
  for (const photon of photons) {
    expect(Math.abs(dot(photon.to, axis) - 1 / (beta * indexAt(energyOf(photon))))).toBeLessThan(
      2e-5,
    );
  }
  expectDensity(
    photons.map(({ to }) => Math.atan2(dot(to, v), dot(to, u))),
    () => 1,
    [-Math.PI, Math.PI],
  );
});

test('[CK5] polarised in the plane of photon and track, at right angles to the photon', () => {
  for (const { to, polarisation: p } of kernel.photons(step(0.95, 1000), 1000)) {
    expect(Math.abs(dot(to, p))).toBeLessThan(1e-6);
    expect(Math.abs(length(p) - 1)).toBeLessThan(1e-6);
    expect(Math.abs(dot(p, normalize(cross(to, axis))))).toBeLessThan(1e-6);
  }
});

test('[CK6] positions: the density falls linearly from before to after; times by the velocity', () => {
  for (const [before, after] of [
    [1, 1],
    [3, 1],
    [1, 0],
    [0, 2],
  ] as const) {
    const photons = kernel.photons(step(0.95, many, [before, after]), many);
    const part = ({ at }: MadePhoton): number => length(subtract(at, [100, 200, 300])) / 13;
    expectDensity(photons.map(part), (x) => before + x * (after - before), [0, 1]);
    for (const photon of photons.slice(0, 100)) {
      const x = part(photon);
      expect(photon.time).toBeCloseTo(7 + (13 * x) / (300 - 50 * x), 4);
    }
  }
});

test('[CK7] rows carry the flag of Cerenkov light and their numbers', () => {
  const photons = kernel.photons(step(0.95, 10), 10, 5);
  expect(photons.map(({ index, flag, mask }) => [index, flag, mask])).toEqual(
    Array.from({ length: 10 }, (_, i) => [5 + i, 1, 1]),
  );
});
