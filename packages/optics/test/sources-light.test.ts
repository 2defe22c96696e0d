import { dot, energyToWavelength, length, subtract, type Vector3 } from '@lantern/units';
import { expect, describe as group, test } from 'vitest';
import { spectrumKnots } from '../src/sources/light/emission-table.ts';
import { lightSource, lightSteps } from '../src/sources/light/light-source.ts';
import { parseLight } from '../src/sources/light/parse-light.ts';
import { expectDensity } from './distributions.ts';
import { describe } from './physics-kernel.ts';
import { type MadePhoton, photonsOf, SourcesKernel } from './sources-kernel.ts';

const emission = [
  [2, 0],
  [2.5, 1],
  [3, 0.5],
  [3.5, 0],
] as const;
const detector = describe({
  materials: {
    Water: {
      tables: {
        RINDEX: [
          [1.5, 1.33],
          [6.5, 1.4],
        ],
      },
    },
    LS: { tables: { WLSCOMPONENT: emission } },
  },
});
const kernel = new SourcesKernel(detector);
const many = 40_000;
const shine = (text: string, count = many): MadePhoton[] =>
  kernel.photons(lightSteps(parseLight(`${text}, ${count} photons`)), count);

group('[SRC5] shapes', () => {
  test('[SRC5] a disc is uniform: r² and the azimuth are flat, and it stands on its axis', () => {
    const photons = shine('disc at 10 20 30 mm radius 5 mm towards 1 2 2, 400 nm');
    const axis: Vector3 = [1 / 3, 2 / 3, 2 / 3];
    const offsets = photons.map(({ at }) => subtract(at, [10, 20, 30]));
    expect(Math.max(...offsets.map((v) => Math.abs(dot(v, axis))))).toBeLessThan(1e-5);
    expectDensity(
      offsets.map((v) => dot(v, v)),
      () => 1,
      [0, 25],
    );
    const side: Vector3 = [0, Math.SQRT1_2, -Math.SQRT1_2];
    const angle = (v: Vector3): number => Math.acos(dot(v, side) / length(v));
    expectDensity(offsets.map(angle), () => 1, [0, Math.PI]);
  });

  test('[SRC5] a line is uniform from end to end', () => {
    const photons = shine('line from 0 0 0 to 10 0 20 mm, 400 nm');
    expectDensity(
      photons.map(({ at }) => at[0]),
      () => 1,
      [0, 10],
    );
    expect(photons.every(({ at }) => Math.abs(at[2] - 2 * at[0]) < 1e-5)).toBe(true);
  });

  test('[SRC5] a ball fills its inside: r³ and the cosine are flat; a sphere is its surface', () => {
    const inside = shine('ball at 1 0 0 m radius 10 cm, 400 nm').map(({ at }) =>
      subtract(at, [1000, 0, 0]),
    );
    expectDensity(
      inside.map((v) => length(v) ** 3),
      () => 1,
      [0, 1e6],
    );
    expectDensity(
      inside.map((v) => v[2] / length(v)),
      () => 1,
      [-1, 1],
    );
    const surface = shine('sphere radius 10 cm, 400 nm').map(({ at }) => at);
    expect(surface.every((v) => Math.abs(length(v) - 100) < 1e-4)).toBe(true);
    for (const i of [0, 1, 2])
      expectDensity(
        surface.map((v) => v[i] ?? 0),
        () => 1,
        [-100, 100],
      );
  });

  test('[SRC5] a point and a beam without a radius start at one place', () => {
    for (const text of ['point at 1 2 3 mm', 'beam from 1 2 3 mm towards 0 1 0']) {
      expect(shine(`${text}, 400 nm`, 10).every(({ at }) => `${at}` === '1,2,3')).toBe(true);
    }
  });
});

group('[SRC6] directions', () => {
  test('[SRC6] isotropic: each component is flat', () => {
    const photons = shine('point, 400 nm');
    for (const i of [0, 1, 2])
      expectDensity(
        photons.map(({ to }) => to[i] ?? 0),
        () => 1,
        [-1, 1],
      );
  });

  test('[SRC6] a cone is uniform in solid angle', () => {
    for (const degrees of [0.01, 2, 90, 180]) {
      const photons = shine(`beam towards -1 2 0.5 opening ${degrees} deg, 400 nm`);
      const axis = [-1, 2, 0.5].map((x) => x / Math.hypot(1, 2, 0.5)) as unknown as Vector3;
      // 1 - cos by the chord: exact for small angles.
      const opening = photons.map(({ to }) => 0.5 * length(subtract(to, axis)) ** 2);
      const most = 2 * Math.sin((degrees * Math.PI) / 360) ** 2;
      if (degrees > 1) expectDensity(opening, () => 1, [0, most]);
      expect(Math.max(...opening)).toBeLessThan(most * 1.01 + 1e-12);
    }
  });

  test('[SRC6] a beam without an opening is parallel', () => {
    expect(
      shine('beam towards 0 3 4 radius 1 cm, 400 nm', 100).every(
        ({ to }) => Math.abs(to[1] - 0.6) < 1e-7,
      ),
    ).toBe(true);
  });

  test('[SRC6] a sphere shines by the cosine law about its normal, in- and outwards if told', () => {
    const cosine = ({ at, to }: MadePhoton): number => dot(at, to) / length(at);
    expectDensity(shine('sphere radius 1 m, 400 nm').map(cosine), (c) => c, [0, 1]);
    expect(
      shine('sphere radius 1 m outwards, 400 nm', 100).every((p) => cosine(p) > 1 - 1e-6),
    ).toBe(true);
    expect(shine('ball radius 1 m inwards, 400 nm', 100).every((p) => cosine(p) < -1 + 1e-6)).toBe(
      true,
    );
    const disc = shine('disc radius 1 mm towards 0 0 -1 lambertian, 400 nm');
    expectDensity(
      disc.map(({ to }) => -to[2]),
      (c) => c,
      [0, 1],
    );
  });
});

group('[SRC7] wavelengths', () => {
  test('[SRC7] one; a range, flat; a Gaussian', () => {
    const wavelengths = (text: string): number[] =>
      shine(`point, ${text}`).map((p) => p.wavelength);
    expect(wavelengths('420 nm').every((nm) => nm === 420)).toBe(true);
    expectDensity(wavelengths('400-500nm'), () => 1, [400, 500]);
    expectDensity(
      wavelengths('450 nm sigma 10 nm'),
      (x) => Math.exp(-0.5 * ((x - 450) / 10) ** 2),
      [410, 490],
    );
    expect(wavelengths('3 eV')[0]).toBeCloseTo(energyToWavelength(3e-6), 3);
  });

  test('[SRC7] the spectrum of a material: flat between its knots in energy, as G4PhysicsVector', () => {
    const source = lightSource(`point, spectrum LS, ${many} photons`, detector);
    const withSpectrum = new SourcesKernel(detector, { spectrum: source.lightSpectrum });
    const batch = source.batch(0, many);
    if (batch instanceof Promise) throw new Error('expected a batch');
    const energies = photonsOf(withSpectrum.rows(batch, 0, many)).map(
      (p) => 1e6 * energyOf(p.wavelength),
    );
    const density = (e: number): number => (e < 2.5 ? 0.5 : e < 3 ? 0.75 : 0.25);
    expectDensity(energies, density, [2, 3.5], 30);
  });

  test('[SRC7] an emission that is negative or nothing is an error', () => {
    const table = (values: number[]): Parameters<typeof spectrumKnots>[0] => ({
      energies: Float64Array.of(1, 2, 3),
      values: Float64Array.from(values),
    });
    expect(() => spectrumKnots(table([1, -1, 1]), 'here')).toThrow('here: a negative emission');
    expect(() => spectrumKnots(table([0, 0, 0]), 'here')).toThrow('here: an emission of nothing');
  });
});

group('[SRC8] times', () => {
  test('[SRC8] all at once, a Gaussian, a window, a decay', () => {
    const times = (text: string): number[] => shine(`point, 400 nm, ${text}`).map((p) => p.time);
    expect(times('at 5 ns').every((t) => t === 5)).toBe(true);
    expectDensity(
      times('at 5 ns, pulse 3 ns'),
      (t) => Math.exp(-0.5 * ((t - 5) / 3) ** 2),
      [-7, 17],
    );
    expectDensity(times('flat 2 to 10 ns'), () => 1, [2, 10]);
    expectDensity(times('at 1 us decay 3 ns'), (t) => Math.exp(-t / 3), [1000, 1000], 1);
    expectDensity(
      times('decay 3 ns').filter((t) => t < 20),
      (t) => Math.exp(-t / 3),
      [0, 20],
    );
  });
});

group('[SRC9] polarisation', () => {
  test('[SRC9] random without one: at right angles, evenly about the direction', () => {
    const photons = shine('beam towards 0 0 1, 400 nm');
    expect(photons.every(({ to, polarisation }) => Math.abs(dot(to, polarisation)) < 1e-6)).toBe(
      true,
    );
    expectDensity(
      photons.map((p) => Math.atan2(p.polarisation[1], p.polarisation[0])),
      () => 1,
      [-Math.PI, Math.PI],
    );
  });

  test('[SRC9] as near to the one given as the direction lets it be', () => {
    for (const { to, polarisation: p } of shine('point, 400 nm, polarised 0 1 0', 1000)) {
      expect(Math.abs(dot(to, p))).toBeLessThan(1e-6);
      expect(Math.abs(length(p) - 1)).toBeLessThan(1e-6);
      expect(p[1]).toBeCloseTo(Math.sqrt(1 - to[1] ** 2), 5);
    }
    const along = shine('beam towards 0 1 0, 400 nm, polarised 0 1 0', 100);
    expect(along.every(({ polarisation }) => Math.abs(polarisation[1]) < 1e-6)).toBe(true);
    expect(new Set(along.map(({ polarisation }) => polarisation[0])).size).toBe(100);
  });
});

test('[SRC10] photon i is the same whatever the batches, and its row says so', () => {
  const source = lightSource('ball radius 1 m, 400 to 500 nm, pulse 2 ns, 1000 photons', detector);
  const rows = (first: number, count: number): Float32Array<ArrayBuffer> => {
    const batch = source.batch(first, count);
    if (batch instanceof Promise) throw new Error('expected a batch');
    return kernel.rows(batch, first, count);
  };
  const whole = rows(0, 1000);
  for (const [first, count] of [
    [0, 1],
    [17, 100],
    [999, 1],
  ] as const) {
    expect(rows(first, count)).toEqual(whole.slice(16 * first, 16 * (first + count)));
  }
  const photons = photonsOf(whole);
  expect(photons.map(({ index }) => index)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  expect(photons.every(({ flag, mask }) => flag === 4 && mask === 4)).toBe(true);
});

test('[SRC11] more photons than a 32-bit number counts are several steps', () => {
  const source = lightSource('point, 400 nm, 1e10 photons', detector);
  expect(source.count).toBe(1e10);
  const batch = source.batch(9_999_999_000, 1000);
  if (batch instanceof Promise || batch.kind !== 'gensteps') throw new Error('expected gensteps');
  expect(batch.steps.length).toBe(24);
  const photons = kernel.rows(batch, 9_999_999_000, 1000);
  expect(photonsOf(photons).at(-1)?.index).toBe(9_999_999_999 % 2 ** 32);
});

function energyOf(wavelength: number): number {
  return energyToWavelength(wavelength);
}
