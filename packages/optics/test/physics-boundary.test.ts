import {
  binomialDeviation,
  cross,
  dot,
  normalize,
  RandomStream,
  type Vector3,
} from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { photonFlags } from '../src/photon-layout.ts';
import { expectProperPhotons, perpendicularTo } from './distributions.ts';
import {
  type OpticalDetector,
  outcomes,
  type PhotonStart,
  PhysicsKernel,
  type PhysicsSample,
  type SurfaceInWords,
} from './physics-kernel.ts';

const materials = {
  Water: { tables: { RINDEX: 1.33 } },
  Glass: { tables: { RINDEX: 1.5 } },
  Steel: {},
  OtherWater: { tables: { RINDEX: 1.33 } },
} as const;
const [water, glass, steel, otherWater] = [0, 1, 2, 3];
const normal: Vector3 = [0, 0, -1];
const direction = normalize([0.4, 0.3, 0.8]);
const start: PhotonStart = { direction, polarisation: perpendicularTo(direction, 1) };

function kernelWith(surface?: SurfaceInWords): PhysicsKernel {
  const detector: OpticalDetector = { materials, surfaces: surface ? { surface } : {} };
  return new PhysicsKernel(detector);
}

interface Fate {
  readonly samples: readonly PhysicsSample[];
  /** Outcomes in words, each once. */
  readonly outcomes: readonly string[];
  /** The flag of the last one. */
  readonly flag: number;
}

function fate(kernel: PhysicsKernel, from: number, to: number, surface: number, count = 200): Fate {
  const samples = kernel.sample('boundary', count, start, { from, to, surface, normal });
  const words = samples.map((sample) => outcomes[sample.outcome] ?? '');
  return { samples, outcomes: [...new Set(words)].sort(), flag: kernel.global('boundaryFlag') };
}

describe('without a surface', () => {
  const kernel = kernelWith();

  test('[SURF12] the same material is no boundary', () => {
    const { samples, outcomes: all, flag } = fate(kernel, water, water, -1);
    expect(all).toEqual(['pass']);
    expect(flag).toBe(0);
    expect(samples[0]?.direction).toEqual([...direction]);
  });

  test('[SURF12] no RINDEX on the far side, or on this one: absorbed', () => {
    for (const [from, to] of [
      [water, steel],
      [steel, water],
      [steel, steel],
    ] as const) {
      const { outcomes: all, flag } = fate(kernel, from, to, -1);
      expect(all).toEqual(['absorb']);
      expect(flag).toBe(photonFlags.SURFACE_ABSORB);
    }
  });

  test('[FR2] two names of one index: always transmitted, straight on', () => {
    const { samples, outcomes: all } = fate(kernel, water, otherWater, -1);
    expect(all).toEqual(['transmit']);
    expect(dot(samples[0]?.direction ?? [0, 0, 0], direction)).toBeCloseTo(1, 12);
    expect(dot(samples[0]?.polarisation ?? [0, 0, 0], start.polarisation)).toBeCloseTo(1, 12);
  });

  test('[FR2] [FR5] outcomes and flags of refraction, reflection, total reflection', () => {
    const { outcomes: all } = fate(kernel, water, glass, -1, 5000);
    expect(all).toEqual(['reflect', 'transmit']);
    const flat = normalize([1, 0, 0.2]);
    const total = kernel.sample(
      'boundary',
      50,
      { direction: flat, polarisation: perpendicularTo(flat, 2) },
      { from: glass, to: water, normal },
    );
    expect(total.every((sample) => sample.outcome === 2 && sample.status === 4)).toBe(true);
    expect(kernel.global('boundaryFlag')).toBe(photonFlags.BOUNDARY_REFLECT);
  });
});

describe('coats', () => {
  test('[SURF1] REFLECTIVITY, TRANSMITTANCE and EFFICIENCY share the photons', () => {
    const kernel = kernelWith({
      type: 'dielectric_metal',
      tables: { REFLECTIVITY: 0.5, TRANSMITTANCE: 0.2, EFFICIENCY: 0.25 },
    });
    const count = 40_000;
    const { samples } = fate(kernel, water, glass, 0, count);
    const shares = { reflect: 0.5, transmit: 0.2, detect: 0.3 * 0.25, absorb: 0.3 * 0.75 };
    for (const [name, share] of Object.entries(shares)) {
      const found = samples.filter((sample) => outcomes[sample.outcome] === name).length;
      expect(Math.abs(binomialDeviation(found, count, share))).toBeLessThan(4);
    }
    const through = samples.find((sample) => outcomes[sample.outcome] === 'transmit');
    expect(through?.direction).toEqual([...direction]);
  });

  test('[SURF1] without properties: reflectivity 1', () => {
    const { outcomes: all } = fate(kernelWith({ type: 'dielectric_metal' }), water, steel, 0);
    expect(all).toEqual(['reflect']);
  });

  test('[SURF1] a cathode of reflectivity 0 and efficiency 1 detects everything, with its flag', () => {
    const kernel = kernelWith({
      type: 'dielectric_metal',
      tables: { REFLECTIVITY: 0, EFFICIENCY: 1 },
    });
    const { outcomes: all, flag } = fate(kernel, water, steel, 0);
    expect(all).toEqual(['detect']);
    expect(flag).toBe(photonFlags.SURFACE_DETECT);
  });

  test('[SURF12] passed by a coat into a material without RINDEX: absorbed', () => {
    const kernel = kernelWith({
      type: 'dielectric_metal',
      tables: { REFLECTIVITY: 0, TRANSMITTANCE: 1 },
    });
    expect(fate(kernel, water, steel, 0).outcomes).toEqual(['absorb']);
    expect(fate(kernel, water, glass, 0).outcomes).toEqual(['transmit']);
  });
});

describe('surfaces between equal materials, and to none', () => {
  test.each(['polished', 'ground'])('[SURF12] %s: as without the surface', (finish) => {
    const kernel = kernelWith({ finish, value: 0.1, tables: { REFLECTIVITY: 0 } });
    expect(fate(kernel, water, water, 0).outcomes).toEqual(['pass']);
    expect(fate(kernel, water, steel, 0).outcomes).toEqual(['absorb']);
  });

  test('[SURF12] front-painted: the paint comes first', () => {
    const kernel = kernelWith({ finish: 'polishedfrontpainted' });
    expect(fate(kernel, water, water, 0).outcomes).toEqual(['reflect']);
    expect(fate(kernel, water, steel, 0).outcomes).toEqual(['reflect']);
  });

  test('[SURF10] back-painted without RINDEX of the gap absorbs', () => {
    const kernel = kernelWith({ finish: 'groundbackpainted', tables: { REFLECTIVITY: 1 } });
    expect(fate(kernel, water, glass, 0).outcomes).toEqual(['absorb']);
    const metal = kernelWith({ type: 'dielectric_metal', finish: 'polishedbackpainted' });
    expect(fate(metal, water, steel, 0).outcomes).toEqual(['absorb']);
  });
});

test('[SURF2] mirror, and back-scattering: directions and fields', () => {
  const mirrored = fate(kernelWith({ type: 'dielectric_metal' }), water, steel, 0).samples[0];
  expect(mirrored?.direction[2]).toBeCloseTo(-direction[2], 14);
  const field: Vector3 = [-start.polarisation[0], -start.polarisation[1], start.polarisation[2]];
  expect(dot(mirrored?.polarisation ?? normal, field)).toBeCloseTo(1, 14);
  const back = kernelWith({
    type: 'dielectric_metal',
    finish: 'ground',
    value: 0.3,
    tables: { BACKSCATTERCONSTANT: 1 },
  });
  const sample = fate(back, water, steel, 0).samples[0];
  expect(dot(sample?.direction ?? normal, direction)).toBeCloseTo(-1, 14);
  expect(dot(sample?.polarisation ?? normal, start.polarisation)).toBeCloseTo(-1, 14);
});

test('[SURF7] a lobe mirrors about a facet', () => {
  const kernel = kernelWith({
    type: 'dielectric_metal',
    finish: 'ground',
    value: 0.2,
    tables: { SPECULARLOBECONSTANT: 1 },
  });
  const { samples } = fate(kernel, water, steel, 0, 1000);
  const first = samples[0]?.direction ?? normal;
  expect(samples.every((sample) => sample.status === 6 && sample.direction[2] < 0)).toBe(true);
  expect(Math.abs(dot(cross(first, direction), normal))).toBeGreaterThan(1e-6);
});

test('[SURF11] each kind of reflection sets its flag', () => {
  const flags = (finish: string, property: string): number => {
    const tables = property === '' ? {} : { [property]: 1 };
    const kernel = kernelWith({ type: 'dielectric_metal', finish, value: 0.1, tables });
    return fate(kernel, water, steel, 0, 1).flag;
  };
  expect(flags('polished', '')).toBe(photonFlags.SURFACE_SREFLECT);
  expect(flags('ground', 'SPECULARSPIKECONSTANT')).toBe(photonFlags.SURFACE_SREFLECT);
  expect(flags('ground', 'SPECULARLOBECONSTANT')).toBe(photonFlags.SURFACE_SREFLECT);
  expect(flags('ground', 'BACKSCATTERCONSTANT')).toBe(photonFlags.SURFACE_SREFLECT);
  expect(flags('ground', '')).toBe(photonFlags.SURFACE_DREFLECT);
});

const finishes = [
  'polished',
  'ground',
  'polishedfrontpainted',
  'groundfrontpainted',
  'polishedbackpainted',
  'groundbackpainted',
];
const kinds = finishes.flatMap((finish) =>
  (['glisur', 'unified'] as const).flatMap((model) =>
    (['dielectric_dielectric', 'dielectric_metal'] as const).map(
      (type) => [model, type, finish] as const,
    ),
  ),
);

test.each(kinds)(
  '[SURF13] %s %s %s: any photon leaves it whole, on the side that is told',
  (model, type, finish) => {
    const random = new RandomStream(
      4,
      kinds.findIndex((kind) => kind[2] === finish),
    );
    const uniform = (): number => 2 * random.uniform() - 1;
    const surface: SurfaceInWords = {
      ...{ model, type, finish, value: 0.4 },
      constants: { SURFACEROUGHNESS: 5e-5 },
      tables: {
        REFLECTIVITY: 0.9,
        TRANSMITTANCE: 0.05,
        EFFICIENCY: 0.5,
        SPECULARLOBECONSTANT: 0.3,
        SPECULARSPIKECONSTANT: 0.2,
        BACKSCATTERCONSTANT: 0.2,
        RINDEX: 1.2,
      },
    };
    const kernel = kernelWith(surface);
    for (let i = 0; i < 300; i++) {
      const facing = normalize([uniform(), uniform(), uniform()]);
      // Every third one grazes or comes straight on.
      const pull = i % 3 === 0 ? (i % 2 === 0 ? 1e-5 : 1e5) : Math.abs(uniform());
      const side = perpendicularTo(facing, 3 * uniform());
      const coming = normalize([
        side[0] - pull * facing[0],
        side[1] - pull * facing[1],
        side[2] - pull * facing[2],
      ]);
      const photon = { direction: coming, polarisation: perpendicularTo(coming, 3 * uniform()) };
      const [from, to] = i % 2 === 0 ? [water, glass] : [glass, water];
      const samples = kernel.sample('boundary', 10, photon, {
        from,
        to,
        surface: 0,
        normal: facing,
      });
      expectProperPhotons(samples);
      for (const sample of samples) {
        const along = dot(sample.direction, facing);
        if (sample.outcome === 1) expect(along).toBeLessThan(0);
        if (sample.outcome === 2) expect(along).toBeGreaterThan(0);
        expect(sample.outcome).toBeGreaterThan(0);
      }
    }
  },
);
