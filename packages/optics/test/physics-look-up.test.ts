import type { LookUpTable } from '@lantern/geometry';
import {
  binomialDeviation,
  compareToExpected,
  cross,
  dot,
  energyToWavelength,
  normalize,
  type Vector3,
} from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { photonFlags } from '../src/photon-layout.ts';
import { expectProperPhotons, perpendicularTo } from './distributions.ts';
import { davisTable, lbnlPhis, lbnlTable, lbnlThetas, type Pair } from './look-up-tables.ts';
import { PhysicsKernel, type PhysicsSample, type SurfaceInWords } from './physics-kernel.ts';

const degree = Math.PI / 180;
const normal: Vector3 = [0, 0, -1];
const materials = { Glass: { tables: { RINDEX: 1.5 } }, Air: { tables: { RINDEX: 1 } } } as const;
const wavelength = energyToWavelength(3e-6);
const status = { transmission: 1, lobe: 6, absorption: 9, detection: 10 } as const;

interface Run {
  readonly kernel: PhysicsKernel;
  readonly samples: readonly PhysicsSample[];
  /** Photons by status. */
  readonly counts: ReadonlyMap<number, number>;
}

function meet(
  surface: SurfaceInWords,
  table: LookUpTable,
  incidence: number,
  count: number,
  azimuth = 0.7,
): Run {
  const finish = surface.finish ?? '';
  const lookUps = new Map([[finish, table]]);
  const kernel = new PhysicsKernel({ materials, surfaces: { surface } }, { lookUps });
  const [s, c] = [Math.sin(incidence * degree), Math.cos(incidence * degree)];
  const direction = normalize([s * Math.cos(azimuth), s * Math.sin(azimuth), c]);
  const start = { direction, polarisation: perpendicularTo(direction, 1), wavelength };
  const options = { from: 0, to: 1, surface: 0, normal };
  const samples = kernel.sample('boundary', count, start, options);
  const counts = new Map<number, number>();
  for (const sample of samples) counts.set(sample.status, (counts.get(sample.status) ?? 0) + 1);
  expectProperPhotons(samples);
  return { kernel, samples, counts };
}

/** The photon's direction along the surface, and the axis across it, as for `meet`. */
function axes(azimuth = 0.7): { along: Vector3; across: Vector3 } {
  const along: Vector3 = [Math.cos(azimuth), Math.sin(azimuth), 0];
  return { along, across: cross(normal, along) };
}

test('[LUT1] the type of a surface says which table it goes by, whatever its model', () => {
  const lbnl = lbnlTable((_, theta, phi) => (theta === -30 && phi === 0 ? 1 : 0));
  const davis = davisTable(
    () => 1,
    () => [0, 0.3],
  );
  for (const model of ['glisur', 'unified', 'LUT', 'DAVIS', 'dichroic'] as const) {
    const ground = { model, type: 'dielectric_LUT', finish: 'groundtyvekair', value: 7 } as const;
    expect([...meet(ground, lbnl, 20, 3).counts]).toEqual([[36, 3]]);
    const teflon = { model, type: 'dielectric_LUTDAVIS', finish: 'PolishedESR_LUT' } as const;
    expect([...meet(teflon, davis, 20, 3).counts]).toEqual([[status.lobe, 3]]);
  }
  const surface = { type: 'dielectric_LUT', finish: 'etchedteflonair' } as const;
  expect(() => new PhysicsKernel({ materials, surfaces: { surface } })).toThrow(
    /expected EtchedTeflon\.z \(--real-surface DIR/,
  );
});

describe('tables of LBNL', () => {
  const lumirror: SurfaceInWords = {
    model: 'LUT',
    type: 'dielectric_LUT',
    finish: 'polishedlumirrorair',
    value: 0,
  };

  /** Theta and phi of a direction, degrees: the inverse of Geant4's two turns. */
  function angles({ direction }: PhysicsSample): [theta: number, phi: number] {
    const { along, across } = axes();
    const phi = Math.asin(Math.max(-1, Math.min(1, dot(direction, across)))) / degree;
    const theta = Math.atan2(-dot(direction, along), dot(direction, normal)) / degree;
    return [theta, phi];
  }

  function histogram(samples: readonly PhysicsSample[]): Float64Array {
    const counts = new Float64Array(45 * 37);
    let worst = 0;
    for (const sample of samples) {
      const [theta, phi] = angles(sample);
      const [j, k] = [(theta + 90) / 4, (phi + 90) / 5];
      worst = Math.max(worst, Math.abs(j - Math.round(j)), Math.abs(k - Math.round(k)));
      const cell = Math.round(j) * 37 + Math.round(k);
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
    expect(worst).toBeLessThan(1e-6);
    return counts;
  }

  test('[LUT3] [LUT4] a table that knows one direction: a mirror, back, out of the plane; each degree its own row', () => {
    for (const [theta, phi, expected] of [
      [-30, 0, (a: Vector3) => [0.5 * a[0], 0.5 * a[1], -Math.cos(30 * degree)]],
      [30, 0, (a: Vector3) => [-0.5 * a[0], -0.5 * a[1], -Math.cos(30 * degree)]],
      [-2, 0, (a: Vector3) => [0.0348995 * a[0], 0.0348995 * a[1], -0.999391]],
    ] as const) {
      const one = lbnlTable((_, j, k) => (j === theta && k === phi ? 0.3 : 0));
      const { samples, counts, kernel } = meet(lumirror, one, 30, 20);
      expect([...counts]).toEqual([[15, 20]]);
      expect(kernel.global('boundaryFlag')).toBe(photonFlags.SURFACE_SREFLECT);
      const { along } = axes();
      for (const { direction, outcome } of samples) {
        expect(outcome).toBe(2);
        expected(along).forEach((x, i) => {
          expect(direction[i]).toBeCloseTo(x, 6);
        });
      }
    }
    const side = lbnlTable((_, j, k) => (j === -30 && k === 45 ? 1 : 0));
    const [sample] = meet(lumirror, side, 30, 1).samples;
    const { across } = axes();
    expect(dot(sample?.direction ?? [0, 0, 0], across)).toBeCloseTo(Math.SQRT1_2, 9);
    // Rounded to the nearest degree, 29.4 to 29 and 29.6 to 30.
    const rows = lbnlTable((i, j, k) => (k === 0 && j === (i < 30 ? -10 : -50) ? 1 : 0));
    for (const [incidence, theta] of [
      [29.4, -10],
      [29.6, -50],
      [0.2, -10],
      [89.9, -50],
    ] as const) {
      const [first] = meet(lumirror, rows, incidence, 1).samples;
      expect(first && angles(first)[0]).toBeCloseTo(theta, 9);
    }
  });

  /** Rodrigues: a vector turned about a unit axis, rad. */
  function turned(v: Vector3, axis: Vector3, angle: number): Vector3 {
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const side = cross(axis, v);
    const along = dot(axis, v) * (1 - c);
    return [0, 1, 2].map(
      (i) => c * (v[i] ?? 0) + s * (side[i] ?? 0) + along * (axis[i] ?? 0),
    ) as unknown as Vector3;
  }

  test('[LUT4] the direction is the way back, turned by incidence less theta in the plane, then by -phi out of it', () => {
    for (const [incidence, theta, phi] of [
      [10, -62, 35],
      [45, 14, -80],
      [73.4, 82, 5],
      [73.4, -86, 85],
      [5, 2, -45],
    ] as const) {
      const one = lbnlTable((_, j, k) => (j === theta && k === phi ? 1 : 0));
      const [sample] = meet(lumirror, one, incidence, 1).samples;
      const [s, c] = [Math.sin(incidence * degree), Math.cos(incidence * degree)];
      const back: Vector3 = [-s * Math.cos(0.7), -s * Math.sin(0.7), -c];
      const first = normalize(cross(back, normal));
      const inPlane = turned(back, first, (incidence - theta) * degree);
      const expected = turned(inPlane, normalize(cross(first, inPlane)), -phi * degree);
      expected.forEach((x, i) => {
        expect(sample?.direction[i]).toBeCloseTo(x, 12);
      });
    }
  });

  test('[LUT3] any table: directions as by Geant4’s trial and error, never the last theta and phi, values cut to 0 and 1', () => {
    // Lambert in these angles, with a ridge, what is below 0, and what is above 1.
    const chance = (theta: number, phi: number): number => {
      const lambert = 0.2 * Math.cos(theta * degree) * Math.cos(phi * degree) ** 2;
      if (theta === -22) return lambert + 0.3;
      if (theta === 22) return -1;
      return theta === 6 && phi === 0 ? 5 : lambert;
    };
    const table = lbnlTable((_, theta, phi) => chance(theta, phi));
    const total = 200_000;
    const { samples, counts } = meet(lumirror, table, 42, total);
    expect([...counts]).toEqual([[15, total]]);
    const weights = lbnlThetas.flatMap((theta, j) =>
      lbnlPhis.map((phi, k) =>
        j === 0 || j === 44 || k === 0 || k === 36
          ? 0
          : Math.min(1, Math.max(0, chance(theta, phi))),
      ),
    );
    const sum = weights.reduce((a, b) => a + b, 0);
    const test = compareToExpected(
      histogram(samples),
      weights.map((weight) => (total * weight) / sum),
    );
    expect(test.degreesOfFreedom).toBeGreaterThan(1000);
    expect(test.probability).toBeGreaterThan(1e-4);
    // The same by trial and error in JavaScript would do the same; its mean direction, from the weights:
    const up = samples.reduce((a, { direction }) => a + dot(direction, normal), 0) / total;
    const expected = weights.reduce((a, weight, cell) => {
      const theta = lbnlThetas[Math.floor(cell / 37)] ?? 0;
      const phi = lbnlPhis[cell % 37] ?? 0;
      return a + (weight / sum) * Math.cos(theta * degree) * Math.cos(phi * degree);
    }, 0);
    expect(up).toBeCloseTo(expected, 2);
  });

  test('[LUT3] REFLECTIVITY, TRANSMITTANCE and EFFICIENCY come first, and again after a direction along the surface', () => {
    const tables = { REFLECTIVITY: 0.8, TRANSMITTANCE: 0.1, EFFICIENCY: 0.1 };
    const total = 100_000;
    // Half of the tries lead along the surface (theta -90): R becomes R/2, and what is left is met again.
    const grazing = lbnlTable((_, theta, phi) =>
      phi === 0 && (theta === -90 || theta === 2) ? 1 : 0,
    );
    const straight = lbnlTable((_, theta, phi) => (phi === 0 && theta === 2 ? 1 : 0));
    for (const [table, kept] of [
      [straight, 0.8],
      [grazing, 0.4],
    ] as const) {
      const { counts } = meet({ ...lumirror, tables }, table, 20, total);
      const all = 0.2 + kept;
      const expected = [
        [15, kept / all],
        [status.transmission, 0.1 / all],
        [status.absorption, 0.09 / all],
        [status.detection, 0.01 / all],
      ] as const;
      for (const [what, share] of expected) {
        const deviation = binomialDeviation(counts.get(what) ?? 0, total, share);
        expect(Math.abs(deviation)).toBeLessThan(4);
      }
    }
  });

  test('[LUT3] without REFLECTIVITY a complex index says it, as in Geant4', () => {
    const tables = { REALRINDEX: 0.28, IMAGINARYRINDEX: 3.71 };
    const table = lbnlTable((_, theta, phi) => (theta === 2 && phi === 0 ? 1 : 0));
    const total = 100_000;
    const { counts } = meet({ ...lumirror, tables }, table, 0, total);
    const reflected = ((1.5 - 0.28) ** 2 + 3.71 ** 2) / ((1.5 + 0.28) ** 2 + 3.71 ** 2);
    expect(Math.abs(binomialDeviation(counts.get(15) ?? 0, total, reflected))).toBeLessThan(4);
  });

  test('[LUT4] the field is that of the facet half way; at normal incidence any plane does', () => {
    const table = lbnlTable((_, theta, phi) => (theta === -30 && phi === 0 ? 1 : 0));
    const { samples } = meet(lumirror, table, 0, 100);
    for (const { direction } of samples)
      expect(direction[2]).toBeCloseTo(-Math.cos(30 * degree), 9);
    const [oblique] = meet(lumirror, table, 50, 1).samples;
    const [s, c] = [Math.sin(50 * degree), Math.cos(50 * degree)];
    const old = normalize([s * Math.cos(0.7), s * Math.sin(0.7), c]);
    const e = perpendicularTo(old, 1);
    const to = oblique?.direction ?? [0, 0, 0];
    const facet = normalize([to[0] - old[0], to[1] - old[1], to[2] - old[2]]);
    const twice = 2 * dot(e, facet);
    facet.forEach((f, i) => {
      expect(oblique?.polarisation[i]).toBeCloseTo(twice * f - (e[i] ?? 0), 9);
    });
  });

  test('[LUT2] every finish has its status, one table serves many surfaces, degrees without light are told', () => {
    const table = lbnlTable((i, theta, phi) => (i < 80 && theta === -2 && phi === 0 ? 1 : 0));
    const ground = { ...lumirror, finish: 'groundvm2000glue' };
    expect([...meet(ground, table, 10, 5).counts]).toEqual([[38, 5]]);
    const { kernel, samples } = meet(lumirror, table, 85, 5);
    expect(samples[0]?.direction[2]).toBeCloseTo(-Math.cos(2 * degree), 9);
    expect(kernel.warnings).toEqual([
      "surface 'surface': Made.z has no light reflected at 11 degrees between 80 and 90 of incidence: the nearest degree with some is taken.",
    ]);
    // Light that only ever leads along the surface would meet it for ever.
    const along = lbnlTable((i, theta, phi) => (phi === 0 && theta === (i > 5 ? -90 : 6) ? 1 : 0));
    const [escaped] = meet(lumirror, along, 30, 5).samples;
    expect(escaped?.direction[2]).toBeCloseTo(-Math.cos(6 * degree), 9);
    const nothing = lbnlTable(() => 0);
    expect(() => meet(lumirror, nothing, 10, 1)).toThrow(
      "surface 'surface': a look-up table that sends no light anywhere: given Made.z, expected some value above 0",
    );
  });
});

describe('tables of Davis', () => {
  const teflon: SurfaceInWords = {
    model: 'DAVIS',
    type: 'dielectric_LUTDAVIS',
    finish: 'RoughTeflon_LUT',
    value: 0,
  };
  const sixth: Pair = [0, Math.PI / 6];

  test('[LUT5] reflected with the reflectivity of the degree below, else absorbed or detected with EFFICIENCY', () => {
    const table = davisTable(
      (i) => (i === 26 ? 0.957 : 0.2),
      () => sixth,
    );
    const total = 100_000;
    // REFLECTIVITY and TRANSMITTANCE are not looked at.
    const tables = { REFLECTIVITY: 0.5, TRANSMITTANCE: 0.3, EFFICIENCY: 0.1 };
    for (const [incidence, chance] of [
      [26.05, 0.957],
      [26.95, 0.957],
      [25.9, 0.2],
      [0.5, 0.2],
      [89.99, 0.2],
    ] as const) {
      const { counts } = meet({ ...teflon, tables }, table, incidence, total);
      for (const [what, share] of [
        [status.lobe, chance],
        [status.absorption, (1 - chance) * 0.9],
        [status.detection, (1 - chance) * 0.1],
      ] as const) {
        const deviation = binomialDeviation(counts.get(what) ?? 0, total, share);
        expect(Math.abs(deviation)).toBeLessThan(4);
      }
      expect(counts.get(status.transmission)).toBeUndefined();
    }
  });

  test('[LUT6] directions are pairs of azimuth from where the photon goes, and elevation from the normal', () => {
    const { along, across } = axes();
    for (const [azimuth, elevation] of [
      [0, 0.5],
      [Math.PI / 2, 1],
      [-2.5, 1.4],
      [4, 0.1],
    ] as const) {
      const table = davisTable(
        () => 1,
        (i) => (i === 30 ? [azimuth, elevation] : sixth),
      );
      const { samples, kernel } = meet(teflon, table, 30.5, 3);
      expect(kernel.global('boundaryFlag')).toBe(photonFlags.SURFACE_SREFLECT);
      for (const { direction, status: what, outcome } of samples) {
        expect([what, outcome]).toEqual([status.lobe, 2]);
        expect(dot(direction, normal)).toBeCloseTo(Math.cos(elevation), 6);
        const sine = Math.sin(elevation);
        expect(dot(direction, along)).toBeCloseTo(sine * Math.cos(azimuth), 6);
        expect(dot(direction, across)).toBeCloseTo(sine * Math.sin(azimuth), 6);
      }
    }
  });

  test('[LUT6] pairs are drawn alike, but for those of zeros; a Lambertian table gives Lambert’s law', () => {
    // 20,000 pairs of Lambert's law by the golden angle, every fourth pair empty.
    const lambert = (_: number, pair: number): Pair => {
      const u = (Math.floor(pair / 4) * 3 + (pair % 4) + 0.5) / 15_000;
      return pair % 4 === 3 ? [0, 0] : [2.399963 * pair, Math.asin(Math.sqrt(u))];
    };
    const table = davisTable(() => 1, lambert);
    const total = 200_000;
    const { samples } = meet(teflon, table, 57.2, total);
    const { along, across } = axes();
    const cosines = new Float64Array(50);
    const azimuths = new Float64Array(50);
    for (const { direction } of samples) {
      const square = Math.min(49, Math.floor(50 * dot(direction, normal) ** 2));
      cosines[square] = (cosines[square] ?? 0) + 1;
      const phi = Math.atan2(dot(direction, across), dot(direction, along));
      const bin = Math.min(49, Math.floor((50 * (phi + Math.PI)) / (2 * Math.PI)));
      azimuths[bin] = (azimuths[bin] ?? 0) + 1;
    }
    // Of 15,000 pairs each bin holds 300; the draws fluctuate about those.
    const even = new Float64Array(50).fill(total / 50);
    expect(compareToExpected(cosines, even).probability).toBeGreaterThan(1e-4);
    expect(compareToExpected(azimuths, even).probability).toBeGreaterThan(1e-4);
  });

  test('[LUT5] below 1 degree light goes straight back or straight on', () => {
    const table = davisTable(
      () => 0.6,
      () => sixth,
      () => sixth,
    );
    const total = 10_000;
    const { samples, counts } = meet(teflon, table, 0.5, total);
    expect(Math.abs(binomialDeviation(counts.get(status.lobe) ?? 0, total, 0.6))).toBeLessThan(4);
    const [s, c] = [Math.sin(0.5 * degree), Math.cos(0.5 * degree)];
    const old: Vector3 = [s * Math.cos(0.7), s * Math.sin(0.7), c];
    for (const { direction, status: what } of samples) {
      const sign = what === status.lobe ? -1 : 1;
      expect(dot(direction, old)).toBeCloseTo(sign, 12);
    }
  });

  test('[LUT5] [LUT6] without EFFICIENCY what is not reflected passes, by the second half of the table', () => {
    const down: Pair = [1, Math.PI - 0.3];
    const table = davisTable(
      () => 0.25,
      () => sixth,
      (i) => (i === 40 ? down : [0, Math.PI]),
    );
    const total = 20_000;
    const { samples, counts, kernel } = meet(teflon, table, 40.5, total);
    const passed = counts.get(status.transmission) ?? 0;
    expect(passed + (counts.get(status.lobe) ?? 0)).toBe(total);
    expect(Math.abs(binomialDeviation(passed, total, 0.75))).toBeLessThan(4);
    const { along, across } = axes();
    const through = samples.filter(({ status: what }) => what === status.transmission);
    for (const { direction, outcome } of through) {
      expect(outcome).toBe(1);
      expect(dot(direction, normal)).toBeCloseTo(Math.cos(down[1]), 6);
      expect(dot(direction, along)).toBeCloseTo(Math.sin(down[1]) * Math.cos(1), 6);
      expect(dot(direction, across)).toBeCloseTo(Math.sin(down[1]) * Math.sin(1), 6);
    }
    expect([photonFlags.BOUNDARY_TRANSMIT, photonFlags.SURFACE_SREFLECT]).toContain(
      kernel.global('boundaryFlag'),
    );
    expect(kernel.warnings).toEqual([]);
  });

  test('[LUT6] degrees without directions are told: as by a mirror, or straight on', () => {
    const table = davisTable(
      () => 0.5,
      (i) => (i === 40 ? [0, 0] : sixth),
    );
    const { samples, kernel } = meet(teflon, table, 40.5, 100);
    expect(kernel.warnings).toEqual([
      "surface 'surface': Made_LUT.z has no direction of reflected light at 40 degrees: as by a mirror there.",
      "surface 'surface': Made_LUT.z has no direction of transmitted light at 89 of 89 degrees: straight on there. With an EFFICIENCY above 0 such light is absorbed or detected.",
    ]);
    const c = Math.cos(40.5 * degree);
    for (const { direction, status: what } of samples) {
      expect(direction[2]).toBeCloseTo(what === status.lobe ? -c : c, 9);
    }
    const sensor = { ...teflon, tables: { EFFICIENCY: 0.3 } };
    expect(meet(sensor, table, 10.5, 10).kernel.warnings).toHaveLength(1);
  });

  test('[LUT6] the reflected field is the old one, made perpendicular', () => {
    const table = davisTable(
      () => 1,
      () => [2, 0.8],
    );
    const [sample] = meet(teflon, table, 33.3, 1).samples;
    const [s, c] = [Math.sin(33.3 * degree), Math.cos(33.3 * degree)];
    const e = perpendicularTo(normalize([s * Math.cos(0.7), s * Math.sin(0.7), c]), 1);
    const to = sample?.direction ?? [0, 0, 0];
    const along = dot(e, to);
    const expected = normalize([e[0] - along * to[0], e[1] - along * to[1], e[2] - along * to[2]]);
    expect(dot(sample?.polarisation ?? [0, 0, 0], expected)).toBeCloseTo(1, 9);
  });
});
