import { binomialDeviation, compareFractions, dot, type Vector3 } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { boundaryStatusName } from '../src/step-trace.ts';
import { layeredMedia } from '../src/validation/layered-media.ts';
import { coatedReflectance, metalReflectance } from '../src/validation/reflectance.ts';
import { expectProperPhotons } from './distributions.ts';
import {
  type PhotonStart,
  PhysicsKernel,
  type PhysicsSample,
  type SurfaceInWords,
} from './physics-kernel.ts';

const materials = {
  Water: { tables: { RINDEX: 1.33 } },
  Glass: { tables: { RINDEX: 1.5 } },
  Vacuum: { tables: { RINDEX: 1 } },
  Steel: {},
} as const;
const [water, glass, vacuum, steel] = [0, 1, 2, 3];
const normal: Vector3 = [0, 0, -1];
const degrees = Math.PI / 180;
const aluminium = { REALRINDEX: 0.28, IMAGINARYRINDEX: 3.71 } as const;

/** A photon that comes at the angle (degrees) to the plane z = 0 from below; polarised at `azimuth` from p towards s. */
function coming(angle: number, azimuth = 0.6): PhotonStart {
  const [sin, cos] = [Math.sin(angle * degrees), Math.cos(angle * degrees)];
  const [s, p] = [Math.sin(azimuth), Math.cos(azimuth)];
  return { direction: [sin, 0, cos], polarisation: [p * cos, s, -p * sin], wavelength: 400 };
}

function kernelWith(surface: SurfaceInWords): PhysicsKernel {
  return new PhysicsKernel({ materials, surfaces: { surface } });
}

function meet(
  kernel: PhysicsKernel,
  count: number,
  start: PhotonStart,
  [from, to]: readonly [number, number],
): readonly PhysicsSample[] {
  return kernel.sample('boundary', count, start, { from, to, surface: 0, normal });
}

function countOf(samples: readonly PhysicsSample[], ...names: string[]): number {
  return samples.filter(({ status }) => names.includes(boundaryStatusName(status) ?? '')).length;
}

/** The polarised reflectance at the mean of two, by the powers of s and p. */
function mixed(azimuth: number, of: (kind: 's' | 'p') => number): number {
  return Math.sin(azimuth) ** 2 * of('s') + Math.cos(azimuth) ** 2 * of('p');
}

describe('metals of complex index', () => {
  test.each([0, 20, 50, 75, 88])('[METAL1] polished, at %d degrees', (angle) => {
    const count = 20_000;
    for (const finish of ['polished', 'polishedfrontpainted']) {
      const kernel = kernelWith({
        type: 'dielectric_metal',
        finish,
        model: 'glisur',
        tables: aluminium,
      });
      const samples = meet(kernel, count, coming(angle), [water, steel]);
      const expected = mixed(0.6, (kind) =>
        metalReflectance(1.33, [0.28, 3.71], angle * degrees, kind),
      );
      const found = countOf(samples, 'spike');
      expect(found + countOf(samples, 'absorption')).toBe(count);
      expect(Math.abs(binomialDeviation(found, count, expected))).toBeLessThan(4);
      expectProperPhotons(samples);
    }
  });

  test('[METAL1] the index is that of the photon’s energy, and of the medium that it comes from', () => {
    const kernel = kernelWith({
      type: 'dielectric_metal',
      tables: {
        REALRINDEX: [
          [2, 1.38],
          [4, 0.28],
        ],
        IMAGINARYRINDEX: [
          [2, 7.31],
          [4, 3.71],
        ],
      },
    });
    const count = 40_000;
    for (const [medium, n1] of [
      [water, 1.33],
      [glass, 1.5],
    ] as const) {
      const start = { ...coming(40), wavelength: 1239.84198 / 3 };
      const found = countOf(meet(kernel, count, start, [medium, steel]), 'spike');
      const expected = mixed(0.6, (kind) => metalReflectance(n1, [0.83, 5.51], 40 * degrees, kind));
      expect(Math.abs(binomialDeviation(found, count, expected))).toBeLessThan(4);
    }
  });

  test('[METAL1] what is absorbed is detected with EFFICIENCY, and may pass with TRANSMITTANCE', () => {
    const count = 40_000;
    const tables = { ...aluminium, EFFICIENCY: 0.25, TRANSMITTANCE: 0.02 };
    const samples = meet(kernelWith({ type: 'dielectric_metal', tables }), count, coming(10, 0), [
      water,
      vacuum,
    ]);
    const lost = 1 - metalReflectance(1.33, [0.28, 3.71], 10 * degrees, 'p') - 0.02;
    const shares = { transmission: 0.02, detection: 0.25 * lost, absorption: 0.75 * lost };
    for (const [name, share] of Object.entries(shares))
      expect(Math.abs(binomialDeviation(countOf(samples, name), count, share))).toBeLessThan(4);
  });

  test('[METAL1] ground: a facet decides, and the lobe is about that facet', () => {
    const [count, sigma] = [40_000, 0.25];
    const start = coming(60);
    const facets = new PhysicsKernel().sample('facet', count, start, {
      surface: 1,
      value: sigma,
      normal,
    });
    const expected =
      facets.reduce((sum, { direction: facet }) => sum + reflectedBy(start, facet), 0) / count;
    const lambert = kernelWith({
      ...{ type: 'dielectric_metal', finish: 'ground', value: sigma },
      tables: aluminium,
    });
    const found = countOf(meet(lambert, count, start, [water, steel]), 'Lambertian');
    expect(Math.abs(compareFractions(found, count, expected * count, count))).toBeLessThan(4);
    // The mean angle after a lobe is that of the facets that reflected, not of others.
    const lobe = kernelWith({
      ...{ type: 'dielectric_metal', finish: 'ground', value: 0.05 },
      tables: { ...aluminium, SPECULARLOBECONSTANT: 1 },
    });
    const samples = meet(lobe, 5000, coming(30), [water, steel]);
    expectProperPhotons(samples);
    const mean = samples
      .filter(({ status }) => boundaryStatusName(status) === 'lobe')
      .reduce((sum, { direction }, _, all) => sum + direction[0] / all.length, 0);
    expect(mean).toBeCloseTo(0.5, 1);
  });

  /** Power that a facet of aluminium in water reflects. */
  function reflectedBy({ direction, polarisation }: PhotonStart, facet: Vector3): number {
    const cos = -dot(direction, facet);
    const sin = Math.sqrt(1 - cos * cos);
    const p = dot(polarisation, facet) / sin;
    const angle = Math.acos(cos);
    const [rs, rp] = (['s', 'p'] as const).map((kind) =>
      metalReflectance(1.33, [0.28, 3.71], angle, kind),
    );
    return (1 - p * p) * (rs ?? 0) + p * p * (rp ?? 0);
  }

  test('[METAL2] REFLECTIVITY, where given, decides the first bounce and the index those after it', () => {
    const [count, sigma] = [40_000, 0.5];
    const start = coming(70);
    const facets = new PhysicsKernel().sample('facet', count, start, {
      surface: 1,
      value: sigma,
      normal,
    });
    const inwards = facets.filter(({ direction: f }) => {
      const along = 2 * dot(start.direction, f);
      return start.direction[2] - along * f[2] > 0;
    }).length;
    expect(inwards).toBeGreaterThan(count / 50);
    // An index like that of water reflects nothing: all that meets a second facet is absorbed. A perfect metal: none.
    for (const [index, lost] of [
      [{ REALRINDEX: 1.33, IMAGINARYRINDEX: 0 }, inwards],
      [{ REALRINDEX: 0, IMAGINARYRINDEX: 1e6 }, 0],
    ] as const) {
      const kernel = kernelWith({
        ...{ type: 'dielectric_metal', finish: 'ground', value: sigma },
        tables: { REFLECTIVITY: 1, SPECULARLOBECONSTANT: 1, ...index },
      });
      const samples = meet(kernel, count, start, [water, steel]);
      const found = countOf(samples, 'absorption');
      expect(found + countOf(samples, 'lobe')).toBe(count);
      expect(Math.abs(compareFractions(found, count, lost, count))).toBeLessThan(4);
    }
  });

  test('[METAL1] on a dielectric_dielectric surface without REFLECTIVITY the index says how much stays', () => {
    const count = 40_000;
    const bare = kernelWith({ type: 'dielectric_dielectric', tables: aluminium });
    const samples = meet(bare, count, coming(0), [water, glass]);
    const kept = metalReflectance(1.33, [0.28, 3.71], 0, 's');
    const found = count - countOf(samples, 'absorption');
    expect(Math.abs(binomialDeviation(found, count, kept))).toBeLessThan(4);
    const given = kernelWith({
      type: 'dielectric_dielectric',
      tables: { ...aluminium, REFLECTIVITY: 1 },
    });
    expect(countOf(meet(given, 1000, coming(0), [water, glass]), 'absorption')).toBe(0);
  });
});

describe('the type coated', () => {
  const coating: SurfaceInWords = {
    type: 'coated',
    tables: { COATEDRINDEX: 1.4 },
    constants: { COATEDTHICKNESS: 80e-6 },
  };

  test.each([0, 25, 50, 68, 74, 80])(
    '[COAT1] glass, 80 nm of index 1.4, glass: at %d degrees',
    (angle) => {
      const count = 20_000;
      const samples = meet(kernelWith(coating), count, coming(angle), [glass, glass]);
      const film = { n1: 1.5, film: 1.4, n2: 1.5, thickness: 80, wavelength: 400 };
      const expected = mixed(0.6, (kind) => coatedReflectance(film, angle * degrees, kind));
      const isTotal = 1.5 * Math.sin(angle * degrees) > 1.4;
      const [back, on] = isTotal
        ? ['total reflection', 'frustrated transmission']
        : ['coated reflection', 'coated refraction'];
      const found = countOf(samples, back);
      expect(found + countOf(samples, on)).toBe(count);
      expect(Math.abs(binomialDeviation(found, count, expected))).toBeLessThan(4);
      expectProperPhotons(samples);
    },
  );

  test('[COAT2] beyond the critical angle of the layer, light tunnels unless it may not', () => {
    const start = coming(75);
    expect(
      countOf(meet(kernelWith(coating), 4000, start, [glass, glass]), 'frustrated transmission'),
    ).toBeGreaterThan(1000);
    const constants = { ...coating.constants, COATEDFRUSTRATEDTRANSMISSION: 0 };
    const shut = meet(kernelWith({ ...coating, constants }), 4000, start, [glass, glass]);
    expect(countOf(shut, 'total reflection')).toBe(4000);
    expectProperPhotons(shut);
  });

  test('[COAT2] beyond the critical angle of what is behind all is reflected, whatever the layer', () => {
    const dense = { ...coating, tables: { COATEDRINDEX: 2 } };
    const samples = meet(kernelWith(dense), 2000, coming(50), [glass, vacuum]);
    expect(countOf(samples, 'coated reflection')).toBe(2000);
    expectProperPhotons(samples);
  });

  test('[COAT3] with EFFICIENCY what goes through is absorbed; REFLECTIVITY has no say', () => {
    const count = 20_000;
    const tables = { COATEDRINDEX: 1.4, EFFICIENCY: 0.3, REFLECTIVITY: 0.5 };
    const samples = meet(kernelWith({ ...coating, tables }), count, coming(20), [glass, vacuum]);
    const film = { n1: 1.5, film: 1.4, n2: 1, thickness: 80, wavelength: 400 };
    const through = 1 - mixed(0.6, (kind) => coatedReflectance(film, 20 * degrees, kind));
    const shares = { detection: 0.3 * through, absorption: 0.7 * through };
    for (const [name, share] of Object.entries(shares))
      expect(Math.abs(binomialDeviation(countOf(samples, name), count, share))).toBeLessThan(4);
    const dark = meet(kernelWith(coating), 10, coming(20), [glass, steel]);
    expect(dark.every(({ outcome }) => outcome === 3)).toBe(true);
  });

  test('[COAT1] without thickness and of facets: as a ground surface of lobes alone', () => {
    const count = 40_000;
    const ground = { finish: 'ground', value: 0.3 } as const;
    const bare = kernelWith({ ...ground, tables: { SPECULARLOBECONSTANT: 1 } });
    const none = { ...coating, ...ground, constants: { COATEDTHICKNESS: 0 } };
    for (const angle of [10, 60]) {
      const [expected, found] = [bare, kernelWith(none)].map((kernel) =>
        meet(kernel, count, coming(angle), [water, glass]),
      );
      const share = (samples: readonly PhysicsSample[] = []): number =>
        samples.filter(({ direction }) => direction[2] > 0).length;
      expect(Math.abs(compareFractions(share(found), count, share(expected), count))).toBeLessThan(
        4,
      );
      expectProperPhotons(found ?? []);
    }
  });
});

describe('thin films', () => {
  const layers = [
    { index: [2, 0], thickness: 40 },
    { index: [2.4, 1.2], thickness: 22 },
  ] as const;
  const film: SurfaceInWords = {
    tables: { THINFILM_RINDEX1: 2, THINFILM_RINDEX2: 2.4, THINFILM_KINDEX2: 1.2, EFFICIENCY: 0.6 },
    constants: { THINFILM_LAYERS: 2, THINFILM_THICKNESS1: 40e-6, THINFILM_THICKNESS2: 22e-6 },
  };

  test.each([0, 20, 40, 43, 60, 85])('[FILM4] a cathode in glass, at %d degrees', (angle) => {
    const count = 40_000;
    const samples = meet(kernelWith(film), count, coming(angle), [glass, vacuum]);
    const of = (part: 'reflected' | 'transmitted'): number =>
      mixed(0.6, (kind) => layeredMedia(1.5, layers, 1, angle * degrees, 400, kind)[part]);
    const absorbed = 1 - of('reflected') - of('transmitted');
    const shares = [
      [of('reflected'), ['reflection', 'total reflection']],
      [of('transmitted'), ['refraction']],
      [0.6 * absorbed, ['detection']],
      [0.4 * absorbed, ['absorption']],
    ] as const;
    for (const [share, names] of shares) {
      const found = countOf(samples, ...names);
      if (share === 0) expect(found).toBe(0);
      else expect(Math.abs(binomialDeviation(found, count, share))).toBeLessThan(4);
    }
    expectProperPhotons(samples);
  });

  test('[FILM4] between volumes of one material nothing happens; without RINDEX behind light stops', () => {
    const outcomes = (pair: readonly [number, number]): number[] => [
      ...new Set(meet(kernelWith(film), 50, coming(30), pair).map(({ outcome }) => outcome)),
    ];
    expect(outcomes([glass, glass])).toEqual([0]);
    expect(outcomes([glass, steel])).toEqual([3]);
  });

  test('[FILM5] with THINFILM_QE so much is detected at normal incidence, and more where more is absorbed', () => {
    const count = 60_000;
    const { EFFICIENCY: _, ...indices } = film.tables ?? {};
    const kernel = kernelWith({ ...film, tables: { ...indices, THINFILM_QE: 0.25 } });
    const detected = (angle: number): number =>
      countOf(meet(kernel, count, coming(angle), [glass, vacuum]), 'detection');
    expect(Math.abs(binomialDeviation(detected(0), count, 0.25))).toBeLessThan(4);
    const caught = (angle: number): number =>
      mixed(
        0.6,
        (kind) => layeredMedia(1.5, layers, 1, angle * degrees, 400, kind).absorbed[1] ?? 0,
      );
    const expected = (0.25 * caught(60)) / caught(0);
    expect(Math.abs(binomialDeviation(detected(60), count, expected))).toBeLessThan(4);
  });

  test('[FILM5] only what the photocathode absorbs is detected, not what another layer does', () => {
    const count = 40_000;
    const tables = { ...film.tables, THINFILM_KINDEX1: 0.8, EFFICIENCY: 1 };
    const dark = [{ index: [2, 0.8], thickness: 40 }, layers[1]] as const;
    for (const cathode of [1, 2] as const) {
      const constants = { ...film.constants, THINFILM_CATHODE: cathode };
      const samples = meet(kernelWith({ ...film, tables, constants }), count, coming(25), [
        glass,
        vacuum,
      ]);
      const { absorbed } = layeredMedia(1.5, dark, 1, 25 * degrees, 400, 'p');
      const other = layeredMedia(1.5, dark, 1, 25 * degrees, 400, 's').absorbed;
      const expected = mixed(0.6, (kind) => (kind === 's' ? other : absorbed)[cathode - 1] ?? 0);
      const found = countOf(samples, 'detection');
      expect(Math.abs(binomialDeviation(found, count, expected))).toBeLessThan(4);
    }
  });
});
