import { binomialDeviation, dot, normalize, type Vector3 } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { photonFlags } from '../src/photon-layout.ts';
import { expectProperPhotons, perpendicularTo } from './distributions.ts';
import { dichroicTable } from './look-up-tables.ts';
import { PhysicsKernel, type PhysicsSample, type SurfaceInWords } from './physics-kernel.ts';

const degree = Math.PI / 180;
const normal: Vector3 = [0, 0, -1];
const materials = {
  Glass: { tables: { RINDEX: 1.5 } },
  Air: { tables: { RINDEX: 1 } },
  Steel: {},
} as const;
const [glass, air, steel] = [0, 1, 2];
const [lambertian, lobe, spike, back, dichroic] = [5, 6, 7, 8, 39];

/** 0 to 90 per cent along the wavelength, more with the angle: a plane, then a step beyond 500 nm. */
const edge = dichroicTable([400, 450, 500, 501, 700], [0, 30, 60, 90], (nm, angle) =>
  nm <= 500 ? 20 + 0.3 * (nm - 400) + 0.2 * angle : 5 + 0.1 * angle,
);
const filter: SurfaceInWords = {
  model: 'dichroic',
  type: 'dielectric_dichroic',
  finish: 'polished',
  dichroic: edge,
};

function meet(
  surface: SurfaceInWords,
  incidence: number,
  wavelength: number,
  count: number,
  to = air,
): { samples: readonly PhysicsSample[]; flag: number; old: Vector3 } {
  const kernel = new PhysicsKernel({ materials, surfaces: { surface } });
  const [s, c] = [Math.sin(incidence * degree), Math.cos(incidence * degree)];
  const old = normalize([0.6 * s, 0.8 * s, c]);
  const start = { direction: old, polarisation: perpendicularTo(old, 1), wavelength };
  const options = { from: glass, to, surface: 0, normal };
  const samples = kernel.sample('boundary', count, start, options);
  expectProperPhotons(samples);
  return { samples, flag: kernel.global('boundaryFlag'), old };
}

function passed(samples: readonly PhysicsSample[]): number {
  return samples.filter(({ status }) => status === dichroic).length;
}

describe('dichroic filters', () => {
  test('[DICH1] go by their own table, else by that given for all', () => {
    const given = dichroicTable([400, 500], [0, 90], () => 0);
    const surfaces = { own: filter, other: { ...filter, dichroic: undefined } };
    const kernel = new PhysicsKernel({ materials, surfaces } as never, { dichroic: given });
    const start = { direction: [0, 0, 1], polarisation: [1, 0, 0], wavelength: 500 } as const;
    const passes = (surface: number): number =>
      passed(kernel.sample('boundary', 1000, start, { from: 0, to: 1, surface, normal }));
    expect(Math.abs(binomialDeviation(passes(0), 1000, 0.5))).toBeLessThan(4);
    expect(passes(1)).toBe(0);
    const [lacking] = [{ ...filter, dichroic: undefined }];
    expect(() => new PhysicsKernel({ materials, surfaces: { lacking } } as never)).toThrow(
      /surface 'lacking': a dichroic filter without a table/,
    );
  });

  test('[DICH2] pass the part of the table, bilinear in nm and in degrees rounded, the end values outside', () => {
    const total = 100_000;
    for (const [incidence, wavelength, percent] of [
      [0, 400, 20],
      [30, 450, 41],
      [45.4, 437.5, 20 + 0.3 * 37.5 + 0.2 * 45],
      [44.6, 437.5, 20 + 0.3 * 37.5 + 0.2 * 45],
      [12.5, 480, 20 + 0.3 * 80 + 0.2 * 13],
      [89.9, 350, 38],
      [0.3, 900, 5],
      [60, 600, 11],
      [20, 500.5, 0.5 * (50 + 4) + 0.5 * (5 + 2)],
    ] as const) {
      const { samples } = meet(filter, incidence, wavelength, total);
      const deviation = binomialDeviation(passed(samples), total, percent / 100);
      expect({ incidence, wavelength, off: Math.abs(deviation) > 4 }).toMatchObject({ off: false });
    }
  });

  test('[DICH2] values below 0 and above 100 are those, with a warning; so is a table of fractions', () => {
    const table = dichroicTable([400, 500], [0, 90], (nm) => (nm < 450 ? -3 : 104));
    const surfaces = { surface: { ...filter, dichroic: table } };
    expect(passed(meet(surfaces.surface, 20, 400, 500).samples)).toBe(0);
    expect(passed(meet(surfaces.surface, 20, 500, 500).samples)).toBe(500);
    expect(new PhysicsKernel({ materials, surfaces }).warnings).toEqual([
      "surface 'surface': 4 of the 4 values of the dichroic filter are below 0 or above 100 per cent: taken as 0 and 100, as Geant4 does.",
    ]);
    const small = dichroicTable([400, 500], [0, 90], () => 0.9);
    expect(
      new PhysicsKernel({ materials, surfaces: { surface: { ...filter, dichroic: small } } })
        .warnings,
    ).toEqual([
      "surface 'surface': The dichroic filter lets through 0.9 per cent at most: are its values fractions? They must be per cent.",
    ]);
  });

  test('[DICH3] what passes goes straight on with its field, BOUNDARY_TRANSMIT; into no RINDEX it is absorbed', () => {
    const clear = { ...filter, dichroic: dichroicTable([400, 500], [0, 90], () => 100) };
    const { samples, flag, old } = meet(clear, 50, 450, 10);
    expect(flag).toBe(photonFlags.BOUNDARY_TRANSMIT);
    for (const { direction, polarisation, outcome, status } of samples) {
      expect([outcome, status]).toEqual([1, dichroic]);
      expect(direction).toEqual([...old]);
      expect(polarisation).toEqual([...perpendicularTo(old, 1)]);
    }
    expect(meet(clear, 50, 450, 1, steel).samples[0]?.outcome).toBe(3);
    expect(meet(clear, 50, 450, 1, glass).samples[0]?.outcome).toBe(1);
  });

  test('[DICH3] the rest is reflected by finish and model, nothing is absorbed', () => {
    const opaque = dichroicTable([400, 500], [0, 90], () => 0);
    const tables = {
      REFLECTIVITY: 0.1,
      EFFICIENCY: 1,
      TRANSMITTANCE: 0.5,
      SPECULARLOBECONSTANT: 0.2,
      SPECULARSPIKECONSTANT: 0.1,
      BACKSCATTERCONSTANT: 0.3,
    };
    const total = 20_000;
    for (const [model, finish, value, shares] of [
      ['dichroic', 'polished', 0, { [spike]: 1 }],
      ['dichroic', 'ground', 0, { [lambertian]: 1 }],
      ['unified', 'polished', 0.2, { [spike]: 1 }],
      ['unified', 'ground', 0.2, { [spike]: 0.1, [lobe]: 0.2, [back]: 0.3, [lambertian]: 0.4 }],
      ['glisur', 'polished', 0.2, { [spike]: 1 }],
      ['glisur', 'ground', 0.2, { [lobe]: 1 }],
      ['glisur', 'groundfrontpainted', 0.2, { [spike]: 1 }],
    ] as const) {
      const surface = { ...filter, model, finish, value, tables, dichroic: opaque };
      const { samples, old } = meet(surface, 60, 450, total);
      for (const [status, share] of Object.entries(shares)) {
        const count = samples.filter((sample) => sample.status === Number(status)).length;
        const off = share === 1 ? total - count : Math.abs(binomialDeviation(count, total, share));
        expect({ model, finish, status, off: off < 4 }).toMatchObject({ off: true });
      }
      const wrong = samples.filter(
        ({ direction, status, outcome }) =>
          outcome !== 2 ||
          dot(direction, normal) <= 0 ||
          (status === spike && Math.abs(direction[2] + old[2]) > 1e-12) ||
          (status === back && Math.abs(dot(direction, old) + 1) > 1e-12),
      );
      expect(wrong).toEqual([]);
    }
  });
});
