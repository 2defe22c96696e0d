import { cross, dot, normalize, wavelengthToEnergy } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { expectDensity, expectProperPhotons, mean, perpendicularTo } from './distributions.ts';
import { type PhotonStart, PhysicsKernel } from './physics-kernel.ts';

const direction = normalize([0.3, -0.5, 0.81]);
const polarisation = perpendicularTo(direction, 0.7);
const start: PhotonStart = { direction, polarisation, wavelength: 350 };

describe('Rayleigh scattering', () => {
  const kernel = new PhysicsKernel();
  const samples = kernel.sample('rayleigh', 100_000, start);
  const third = cross(polarisation, direction);

  test('[BULK1] the angle to the old polarisation goes as sin², its azimuth is even', () => {
    expectProperPhotons(samples);
    const cosines = samples.map((s) => dot(s.direction, polarisation));
    expectDensity(cosines, (c) => 1 - c * c, [-1, 1]);
    const azimuths = samples.map((s) =>
      Math.atan2(dot(s.direction, third), dot(s.direction, direction)),
    );
    expectDensity(azimuths, () => 1, [-Math.PI, Math.PI]);
    // Both together: the azimuths of those near the polarisation, and of those far from it.
    const near = azimuths.filter((_, i) => Math.abs(cosines[i] ?? 0) > 0.6);
    expectDensity(near, () => 1, [-Math.PI, Math.PI]);
  });

  test('[BULK1] the scattering angle goes as 1 + cos²; moments 0, 2/5 and 4/5', () => {
    const cosines = samples.map((s) => dot(s.direction, direction));
    expectDensity(cosines, (c) => 1 + c * c, [-1, 1]);
    const error = 4 / Math.sqrt(samples.length);
    expect(Math.abs(mean(cosines, (c) => c))).toBeLessThan(error * Math.sqrt(0.4));
    expect(Math.abs(mean(cosines, (c) => c * c) - 0.4)).toBeLessThan(error * 0.3);
    const along = mean(samples, (s) => dot(s.polarisation, polarisation) ** 2);
    expect(Math.abs(along - 0.8)).toBeLessThan(error * 0.2);
  });

  test('[BULK1] the new polarisation lies in the plane of the old one and the new direction', () => {
    for (const s of samples.slice(0, 1000)) {
      const outOfPlane = dot(s.polarisation, cross(s.direction, polarisation));
      expect(Math.abs(outOfPlane)).toBeLessThan(1e-10);
    }
    const sines = samples.map((s) => Math.sqrt(1 - dot(s.polarisation, polarisation) ** 2));
    expectDensity(sines, (c) => 1 - c * c, [0, 1]);
  });

  test('[BULK2] four draws each', () => {
    kernel.stream(1, 1);
    expect(kernel.sample('rayleigh', 10, start).at(-1)?.status).toBe(40);
  });
});

const emission = [
  [2.4, 0],
  [2.6, 0.3],
  [2.9, 1],
  [3.3, 0.5],
  [3.5, 0],
] as const;
const shifter = {
  tables: { RINDEX: 1.5, WLSABSLENGTH: 10, WLSCOMPONENT: emission },
  constants: { WLSTIMECONSTANT: 2.5 },
};

/** Even between points, with the weight of the trapezium: Geant4's inversion of the integral. */
function emissionDensity(energy: number): number {
  for (let i = 1; i < emission.length; i++) {
    const [low, a] = emission[i - 1] ?? [0, 0];
    const [high, b] = emission[i] ?? [0, 0];
    if (energy >= low && energy < high) return (a + b) / 2;
  }
  return 0;
}

describe('wavelength shifting', () => {
  const kernel = new PhysicsKernel({
    materials: {
      Shifter: shifter,
      Prompt: { tables: shifter.tables },
      Sink: { tables: { RINDEX: 1.5, WLSABSLENGTH: 10 } },
    },
  });

  test.each([250, 400, 450])('[BULK3] spectrum of what %i nm can excite', (wavelength) => {
    const absorbed = wavelengthToEnergy(wavelength) * 1e6;
    const samples = kernel.sample('shift', 60_000, { ...start, wavelength }, { from: 0 });
    expectProperPhotons(samples);
    expect(samples.every((s) => s.outcome === 1 && s.wavelength >= wavelength)).toBe(true);
    const energies = samples.map((s) => wavelengthToEnergy(s.wavelength) * 1e6);
    const below = (e: number): number => (e <= absorbed ? emissionDensity(e) : 0);
    // Bins that end at the points and at the absorbed energy, so that no step lies inside one.
    for (const [low, high] of [
      [2.4, 2.6],
      [2.6, Math.min(2.9, absorbed)],
    ] as const) {
      expectDensity(
        energies.filter((e) => e >= low && e < high),
        below,
        [low, high],
        20,
      );
    }
    const edges = [2.4, 2.6, 2.9, 3.3, 3.5].map((e) => Math.min(e, absorbed));
    const weights = edges.slice(1).map((edge, i) => {
      const from = edges[i] ?? 0;
      return (edge - from) * emissionDensity((edge + from) / 2);
    });
    const whole = weights.reduce((sum, w) => sum + w, 0);
    weights.forEach((weight, i) => {
      const count = energies.filter((e) => e >= (edges[i] ?? 0) && e < (edges[i + 1] ?? 0)).length;
      const share = weight / whole;
      const sigma = Math.sqrt((share * (1 - share)) / energies.length);
      expect(Math.abs(count / energies.length - share)).toBeLessThanOrEqual(4 * sigma + 1e-5);
    });
  });

  test('[BULK3] no photon where the whole emission is bluer, or there is none', () => {
    const red = kernel.sample('shift', 100, { ...start, wavelength: 520 }, { from: 0 });
    expect(red.every((s) => s.outcome === 0 && s.wavelength === 520)).toBe(true);
    expect(red.every((s) => s.time === 0)).toBe(true);
    const dark = kernel.sample('shift', 10, start, { from: 2 });
    expect(dark.every((s) => s.outcome === 0)).toBe(true);
  });

  test('[BULK3] directions isotropic, polarisation even about them', () => {
    const samples = kernel.sample('shift', 60_000, start, { from: 0 });
    for (const axis of [0, 1, 2] as const) {
      expectDensity(
        samples.map((s) => s.direction[axis]),
        () => 1,
        [-1, 1],
      );
    }
    const azimuths = samples.map((s) => Math.atan2(s.direction[1], s.direction[0]));
    expectDensity(azimuths, () => 1, [-Math.PI, Math.PI]);
    const about = samples.map((s) => {
      const a = perpendicularTo(s.direction, 0);
      return Math.atan2(dot(s.polarisation, cross(s.direction, a)), dot(s.polarisation, a));
    });
    expectDensity(about, () => 1, [-Math.PI, Math.PI]);
  });

  test('[BULK4] the delay is exponential with WLSTIMECONSTANT, none without it', () => {
    const delays = kernel.sample('delay', 60_000, start, { from: 0 }).map((s) => s.time);
    expectDensity(
      delays.filter((t) => t < 15),
      (t) => Math.exp(-t / 2.5),
      [0, 15],
    );
    expect(Math.abs(mean(delays, (t) => t) - 2.5)).toBeLessThan((4 * 2.5) / Math.sqrt(60_000));
    expect(kernel.sample('delay', 5, start, { from: 1 }).every((s) => s.time === 0)).toBe(true);
  });
});

test('[BULK5] the isotropic sampler of the kernel', () => {
  const kernel = new PhysicsKernel();
  const samples = kernel.sample('isotropic', 50_000, start);
  expectProperPhotons(samples);
  for (const axis of [0, 1, 2] as const) {
    expectDensity(
      samples.map((s) => s.direction[axis]),
      () => 1,
      [-1, 1],
    );
  }
});
