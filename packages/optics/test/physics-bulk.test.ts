import {
  binomialDeviation,
  compareToExpected,
  cross,
  dot,
  normalize,
  wavelengthToEnergy,
} from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { expectDensity, expectProperPhotons, mean, perpendicularTo } from './distributions.ts';
import { type PhotonStart, PhysicsKernel, type PhysicsSample } from './physics-kernel.ts';

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

describe('two wavelength shifters', () => {
  const second = [
    [1.8, 1],
    [2.2, 1],
  ] as const;
  const kernel = new PhysicsKernel({
    materials: {
      Both: {
        tables: { ...shifter.tables, WLSABSLENGTH2: 5, WLSCOMPONENT2: second },
        constants: { WLSTIMECONSTANT: 2.5, WLSTIMECONSTANT2: 7 },
      },
      Many: {
        tables: { ...shifter.tables, WLSABSLENGTH2: 5, WLSCOMPONENT2: second },
        constants: { WLSMEANNUMBERPHOTONS2: 0.7 },
      },
    },
  });

  test('[BULK6] each has its spectrum and its delay', () => {
    const of = (to: number): PhysicsSample[] =>
      kernel.sample('shift', 20_000, start, { from: 0, to });
    const [one, two] = [of(1), of(2)];
    const energies = (samples: readonly PhysicsSample[]): number[] =>
      samples.map((s) => wavelengthToEnergy(s.wavelength) * 1e6);
    expect(Math.min(...energies(one))).toBeGreaterThan(2.4);
    expectDensity(energies(two), () => 1, [1.8, 2.2]);
    for (const [samples, tau] of [
      [one, 2.5],
      [two, 7],
    ] as const) {
      const times = samples.map((s) => s.time).filter((t) => t < 5 * tau);
      expectDensity(times, (t) => Math.exp(-t / tau), [0, 5 * tau]);
    }
  });

  test('[BULK8] with a mean number, none is emitted with the chance of Poisson’s 0', () => {
    const samples = kernel.sample('shift', 50_000, start, { from: 1, to: 2 });
    const none = samples.filter((s) => s.outcome === 0).length;
    expect(Math.abs(binomialDeviation(none, samples.length, Math.exp(-0.7)))).toBeLessThan(4);
    // The other set has no mean number: one photon, and no number drawn for it.
    expect(
      kernel.sample('shift', 100, start, { from: 1, to: 1 }).every((s) => s.outcome === 1),
    ).toBe(true);
  });

  test('[BULK3] without a mean number five draws, with one six', () => {
    const draws = (from: number): number => {
      kernel.stream(1, 1);
      return kernel.sample('shift', 1, start, { from, to: 2 })[0]?.status ?? 0;
    };
    expect(draws(0)).toBe(5);
    kernel.stream(1, 1);
    const one = kernel
      .sample('shift', 20, start, { from: 1, to: 2 })
      .map((s, i, all) => s.status - (all[i - 1]?.status ?? 0) - (s.outcome === 1 ? 4 : 0));
    // WLSTIMECONSTANT2 is not given there: no delay is drawn.
    expect(new Set(one)).toEqual(new Set([1]));
  });
});

describe('numbers of photons', () => {
  const kernel = new PhysicsKernel();

  test.each([0.3, 1, 3, 11, 16, 40, 100])('[BULK8] Poisson of mean %f', (value) => {
    const count = 40_000;
    const numbers = kernel.sample('poisson', count, start, { value }).map((s) => s.outcome);
    const bins = Math.ceil(value + 8 * Math.sqrt(value) + 4);
    const observed = new Array<number>(bins).fill(0);
    for (const n of numbers) observed[n] = (observed[n] ?? 0) + 1;
    let term = Math.exp(-value);
    const expected = observed.map((_, n) => {
      if (n > 0) term *= value / n;
      return count * term;
    });
    expect(compareToExpected(observed, expected).probability).toBeGreaterThan(1e-4);
    expect(Math.abs(mean(numbers, (n) => n) - value)).toBeLessThan(4 * Math.sqrt(value / count));
  });

  test('[BULK8] a mean of 0 is none, without a draw; one draw for each 16', () => {
    kernel.stream(1, 1);
    const none = kernel.sample('poisson', 5, start, { value: 0 });
    expect(none.map((s) => [s.outcome, s.status])).toEqual(new Array(5).fill([0, 0]));
    expect(kernel.sample('poisson', 1, start, { value: 16 })[0]?.status).toBe(1);
    expect(kernel.sample('poisson', 1, start, { value: 40 })[0]?.status).toBe(4);
  });
});

describe('Mie scattering', () => {
  const materials = Object.fromEntries(
    (
      [
        [0.9, 0.5, 0.8],
        [0.6, 0, 1],
        [0, 0, 1],
        [0.3, 0.7, 0],
        [-0.4, 0.2, 0.5],
        [1, 1, 0.25],
        [0.999, 0, 1],
      ] as const
    ).map(([forward, backward, ratio], i) => [
      `M${i}`,
      {
        tables: { RINDEX: 1.33, MIEHG: 100 },
        constants: {
          MIEHG_FORWARD: forward,
          MIEHG_BACKWARD: backward,
          MIEHG_FORWARD_RATIO: ratio,
        },
      },
    ]),
  );
  const kernel = new PhysicsKernel({ materials });
  /** The density of Henyey and Greenstein. */
  const density = (g: number, c: number): number =>
    (1 - g * g) / 2 / (1 + g * g - 2 * g * c) ** 1.5;

  test.each([0, 1, 2, 3, 4])(
    '[BULK7] the scattering angle follows the two phase functions: %i',
    (from) => {
      const {
        MIEHG_FORWARD: f,
        MIEHG_BACKWARD: b,
        MIEHG_FORWARD_RATIO: ratio,
      } = materials[`M${from}`]?.constants ?? {
        MIEHG_FORWARD: 0,
        MIEHG_BACKWARD: 0,
        MIEHG_FORWARD_RATIO: 0,
      };
      const samples = kernel.sample('mie', 60_000, start, { from });
      expectProperPhotons(samples);
      const cosines = samples.map((s) => dot(s.direction, direction));
      expectDensity(
        cosines,
        (c) => ratio * density(f, c) + (1 - ratio) * density(b, -c),
        [-1, 1],
        80,
      );
      const expected = ratio * f - (1 - ratio) * b;
      const spread = Math.sqrt(mean(cosines, (c) => (c - expected) ** 2));
      expect(Math.abs(mean(cosines, (c) => c) - expected)).toBeLessThan(
        (4 * spread) / Math.sqrt(samples.length),
      );
      const azimuths = samples.map((s) =>
        Math.atan2(
          dot(s.direction, cross(direction, polarisation)),
          dot(s.direction, polarisation),
        ),
      );
      expectDensity(azimuths, () => 1, [-Math.PI, Math.PI]);
    },
  );

  test('[BULK7] mean cosines of 1 go straight on or straight back; 0.999 is sharp', () => {
    const cosines = kernel
      .sample('mie', 4000, start, { from: 5 })
      .map((s) => dot(s.direction, direction));
    expect(cosines.every((c) => Math.abs(Math.abs(c) - 1) < 1e-12)).toBe(true);
    const ahead = cosines.filter((c) => c > 0).length;
    expect(Math.abs(binomialDeviation(ahead, cosines.length, 0.25))).toBeLessThan(4);
    const sharp = kernel.sample('mie', 60_000, start, { from: 6 });
    expectProperPhotons(sharp);
    const near = sharp.filter((s) => dot(s.direction, direction) > 0.9999).length;
    // The integral of the density from c to 1.
    const g = 0.999;
    const beyond = ((1 + g) / (2 * g)) * (1 - (1 - g) / Math.sqrt(1 + g * g - 2 * g * 0.9999));
    expect(Math.abs(binomialDeviation(near, sharp.length, beyond))).toBeLessThan(4);
  });

  test('[BULK7] the new polarisation is the part of the old one across the new direction', () => {
    for (const s of kernel.sample('mie', 2000, start, { from: 1 })) {
      const along = dot(polarisation, s.direction);
      expect(dot(s.polarisation, polarisation)).toBeCloseTo(Math.sqrt(1 - along * along), 9);
    }
  });

  test('[BULK7] two draws, three where forward or backward is a choice', () => {
    const draws = (from: number): number => {
      kernel.stream(1, 1);
      return kernel.sample('mie', 10, start, { from }).at(-1)?.status ?? 0;
    };
    expect([0, 1, 3].map(draws)).toEqual([30, 20, 20]);
  });
});

describe('re-emission by the absorber', () => {
  const tables = { RINDEX: 1.5, ABSLENGTH: 10, REEMISSIONPROB: 0.3 };
  const kernel = new PhysicsKernel({
    materials: {
      Own: { tables: { ...tables, REEMISSIONCOMPONENT: emission, SCINTILLATIONCOMPONENT1: 1 } },
      Sure: { tables: { ...tables, REEMISSIONPROB: 1, FASTCOMPONENT: emission } },
      None: { tables },
      Black: { tables: { ...tables, REEMISSIONPROB: 0, REEMISSIONCOMPONENT: emission } },
    },
  });

  test('[BULK9] with the chance REEMISSIONPROB, at once, by REEMISSIONCOMPONENT, in any direction', () => {
    const samples = kernel.sample('reemit', 60_000, { ...start, wavelength: 300 }, { from: 0 });
    expectProperPhotons(samples);
    const emitted = samples.filter((s) => s.outcome === 1);
    expect(Math.abs(binomialDeviation(emitted.length, samples.length, 0.3))).toBeLessThan(4);
    expect(samples.every((s) => s.time === 0)).toBe(true);
    const energies = emitted.map((s) => wavelengthToEnergy(s.wavelength) * 1e6);
    const inRange = energies.filter((e) => e >= 2.6 && e < 2.9);
    expectDensity(inRange, () => 1, [2.6, 2.9], 20);
    const expected = (0.3 * 0.65) / (0.2 * 0.15 + 0.3 * 0.65 + 0.4 * 0.75 + 0.2 * 0.25);
    expect(Math.abs(binomialDeviation(inRange.length, energies.length, expected))).toBeLessThan(4);
    expectDensity(
      emitted.map((s) => s.direction[2]),
      () => 1,
      [-1, 1],
    );
  });

  test('[BULK9] by the spectrum of scintillation where there is no other; never bluer', () => {
    const samples = kernel.sample('reemit', 5000, { ...start, wavelength: 450 }, { from: 1 });
    expect(samples.every((s) => s.outcome === 1 && s.wavelength >= 450)).toBe(true);
    const red = kernel.sample('reemit', 100, { ...start, wavelength: 520 }, { from: 1 });
    expect(red.every((s) => s.outcome === 0 && s.wavelength === 520)).toBe(true);
  });

  test('[BULK9] never without a spectrum or a chance, and without a draw', () => {
    for (const from of [2, 3]) {
      kernel.stream(1, 1);
      const samples = kernel.sample('reemit', 100, start, { from });
      expect(samples.every((s) => s.outcome === 0 && s.status === 0)).toBe(true);
    }
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
