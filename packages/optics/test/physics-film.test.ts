import { dot, RandomStream, type Vector3 } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { type Complex, type Layer, layeredMedia } from '../src/validation/layered-media.ts';
import { metalReflectance, reflectance } from '../src/validation/reflectance.ts';
import {
  type PhotonStart,
  PhysicsKernel,
  type SurfaceInWords,
  type TableInWords,
} from './physics-kernel.ts';

const normal: Vector3 = [0, 0, -1];
const wavelength = 400;
const kinds = ['s', 'p'] as const;
const azimuths = { s: Math.PI / 2, p: 0 } as const;

/** A thin film on a surface, in words; thicknesses in nm. */
function filmSurface(layers: readonly Layer[]): SurfaceInWords {
  const numbered = <T>(prefix: string, value: (layer: Layer) => T): [string, T][] =>
    layers.map((layer, i) => [`THINFILM_${prefix}${i + 1}`, value(layer)]);
  return {
    tables: Object.fromEntries([
      ...numbered('RINDEX', ({ index }) => atTheEnd(index[0])),
      ...numbered('KINDEX', ({ index }) => atTheEnd(index[1])),
    ]),
    constants: Object.fromEntries([
      ['THINFILM_LAYERS', layers.length] as const,
      ...numbered('THICKNESS', ({ thickness }) => thickness * 1e-6),
    ]),
  };
}

/** A table that light of 400 nm is beyond: there nothing is interpolated. */
function atTheEnd(value: number): TableInWords {
  return [
    [1, value],
    [2, value],
  ];
}

/** Indices survive 32-bit tables exactly, so that what is compared is the arithmetic. */
function exact(layers: readonly Layer[]): Layer[] {
  return layers.map(({ index: [n, k], thickness }) => ({
    index: [Math.fround(n), Math.fround(k)],
    thickness,
  }));
}

/** A photon that comes at the angle (rad) to the plane z = 0 from below; polarised at `azimuth` from p towards s. */
function coming(angle: number, azimuth: number): PhotonStart {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const [s, p] = [Math.sin(azimuth), Math.cos(azimuth)];
  return { direction: [sin, 0, cos], polarisation: [p * cos, s, -p * sin], wavelength };
}

interface Stack {
  readonly n1: number;
  readonly layers: readonly Layer[];
  readonly n2: Complex;
  readonly cathode?: number;
  readonly backwards?: boolean;
}

const kernels = new Map<readonly Layer[], PhysicsKernel>();

/** What the kernel says of a photon at layers, then of what is behind them. */
function meet(stack: Stack, angle: number, azimuth: number) {
  const { n1, layers, n2, cathode = -1, backwards = false } = stack;
  const known = kernels.get(layers);
  const surfaces = layers.length > 0 ? { surface: filmSurface(layers) } : {};
  const kernel = known ?? new PhysicsKernel({ surfaces });
  kernels.set(layers, kernel);
  kernel.start(coming(angle, azimuth));
  kernel.exports.face(...normal);
  kernel.exports.meetLayers(0, layers.length, cathode, backwards ? 1 : 0, n1, ...n2);
  return {
    kernel,
    reflected: kernel.global('filmReflects'),
    transmitted: kernel.global('filmTransmits'),
    caught: kernel.global('filmCatches'),
  };
}

/** Stacks of 1 to 5 layers, some absorbing, some thinner and some thicker than the wavelength. */
function randomStack(number: number): { n1: number; n2: number; layers: Layer[] } {
  const random = new RandomStream(11, number);
  const between = (low: number, high: number): number => low + (high - low) * random.uniform();
  const layers = Array.from({ length: 1 + Math.floor(5 * random.uniform()) }, () => ({
    index: [between(0.2, 3.5), random.uniform() < 0.5 ? 0 : between(0, 3)] as const,
    thickness: between(1, 600),
  }));
  return { n1: between(1, 2), n2: between(1, 2), layers: exact(layers) };
}

describe('a stack of layers', () => {
  test('[FILM1] [FILM2] as by transfer matrices of amplitudes, for 300 stacks of up to five layers', () => {
    for (let number = 0; number < 300; number++) {
      const { n1, n2, layers } = randomStack(number);
      const angle = (number % 90) * (Math.PI / 180);
      for (const kind of kinds) {
        for (const [cathode] of layers.entries()) {
          const found = meet({ n1, n2: [n2, 0], layers, cathode }, angle, azimuths[kind]);
          const expected = layeredMedia(n1, layers, n2, angle, wavelength, kind);
          expect(Math.abs(found.reflected - expected.reflected)).toBeLessThan(1e-9);
          expect(Math.abs(found.transmitted - expected.transmitted)).toBeLessThan(1e-9);
          expect(Math.abs(found.caught - (expected.absorbed[cathode] ?? 0))).toBeLessThan(1e-9);
        }
      }
    }
  });

  test('[FILM2] nothing is lost: reflected, transmitted and absorbed sum to 1', () => {
    for (let number = 300; number < 600; number++) {
      const { n1, n2, layers } = randomStack(number);
      const angle = ((number % 89) + 0.5) * (Math.PI / 180);
      const parts = layers.map((_, cathode) =>
        meet({ n1, n2: [n2, 0], layers, cathode }, angle, number),
      );
      const [first] = parts;
      const absorbed = parts.reduce((sum, { caught }) => sum + caught, 0);
      const whole = (first?.reflected ?? 0) + (first?.transmitted ?? 0) + absorbed;
      expect(Math.abs(whole - 1)).toBeLessThan(1e-9);
    }
  });

  test('[FILM2] as much goes through one way as the other; without absorption as much is reflected', () => {
    for (let number = 0; number < 200; number++) {
      const { n1, n2, layers } = randomStack(number);
      const angle = (number % 60) * (Math.PI / 180);
      const sine = (n1 / n2) * Math.sin(angle);
      if (sine >= 1) continue;
      for (const azimuth of Object.values(azimuths)) {
        const there = meet({ n1, n2: [n2, 0], layers }, angle, azimuth);
        const back = { n1: n2, n2: [n1, 0], layers, backwards: true } as const;
        const again = meet(back, Math.asin(sine), azimuth);
        expect(Math.abs(there.transmitted - again.transmitted)).toBeLessThan(1e-9);
        if (layers.some(({ index }) => index[1] > 0)) continue;
        expect(Math.abs(there.reflected - again.reflected)).toBeLessThan(1e-9);
      }
    }
  });

  test('[FILM1] a quarter wave of index √(n₁n₂) reflects nothing, a half wave is not there', () => {
    const [n1, n2] = [1, 2.25];
    const of = (waves: number): Layer[] => [
      { index: [1.5, 0], thickness: (waves * wavelength) / 1.5 },
    ];
    expect(meet({ n1, n2: [n2, 0], layers: of(0.25) }, 0, 1).reflected).toBeLessThan(1e-15);
    const half = meet({ n1, n2: [n2, 0], layers: of(0.5) }, 0, 1).reflected;
    expect(half).toBeCloseTo(((n2 - n1) / (n2 + n1)) ** 2, 12);
    // A quarter wave of any index: ((n₁n₂ − n²)/(n₁n₂ + n²))².
    const other = [{ index: [2, 0], thickness: wavelength / 8 }] as const;
    const quarter = meet({ n1, n2: [n2, 0], layers: other }, 0, 1).reflected;
    expect(quarter).toBeCloseTo(((n1 * n2 - 4) / (n1 * n2 + 4)) ** 2, 12);
  });

  test('[FILM1] without layers it is Fresnel’s; a thick metal is a metal, however thick', () => {
    const metal: Complex = [Math.fround(0.28), Math.fround(3.71)];
    for (const angle of [0, 0.3, 0.8, 1.3, 1.55]) {
      for (const kind of kinds) {
        const azimuth = azimuths[kind];
        const bare = meet({ n1: 1.5, n2: [1.2, 0], layers: [] }, angle, azimuth);
        expect(bare.reflected).toBeCloseTo(reflectance(1.5, 1.2, angle, kind), 10);
        const expected = metalReflectance(1.2, metal, angle, kind);
        const bulk = meet({ n1: 1.2, n2: metal, layers: [] }, angle, azimuth);
        expect(bulk.reflected).toBeCloseTo(expected, 10);
        const layers = [{ index: metal, thickness: 1e6 }];
        const thick = meet({ n1: 1.2, n2: [1, 0], layers }, angle, azimuth);
        expect(thick.reflected).toBeCloseTo(expected, 10);
        expect(thick.transmitted).toBe(0);
      }
    }
  });

  test('[FILM2] beyond the critical angle nothing goes through, and less comes back where a layer absorbs', () => {
    const clear = exact([{ index: [1.8, 0], thickness: 70 }]);
    const dark = exact([{ index: [2.7, 1.5], thickness: 20 }]);
    const angle = Math.asin(1 / 1.5) + 0.05;
    for (const azimuth of [0, 0.7, Math.PI / 2]) {
      const total = meet({ n1: 1.5, n2: [1, 0], layers: clear }, angle, azimuth);
      expect(total.transmitted).toBe(0);
      expect(total.reflected).toBeCloseTo(1, 12);
      const part = meet({ n1: 1.5, n2: [1, 0], layers: dark, cathode: 0 }, angle, azimuth);
      expect(part.transmitted).toBe(0);
      expect(part.caught).toBeGreaterThan(0.2);
      expect(part.reflected + part.caught).toBeCloseTo(1, 12);
    }
  });
});

describe('the field', () => {
  test('[FILM3] has the powers of s and p, and its sign where they swing together', () => {
    for (let number = 0; number < 100; number++) {
      const { n1, n2, layers } = randomStack(number);
      const [angle, azimuth] = [0.05 + (number % 50) * 0.017, number];
      const start = coming(angle, azimuth);
      const { kernel } = meet({ n1, n2: [n2, 0], layers }, angle, azimuth);
      kernel.exports.reflectByLayers();
      const after = kernel.photon();
      const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
      expect(after.direction[2]).toBeCloseTo(-cos, 12);
      expect(after.direction[0]).toBeCloseTo(sin, 12);
      expectField(
        after,
        start,
        (kind) => layeredMedia(n1, layers, n2, angle, wavelength, kind).reflection,
      );
      if (n1 * sin >= n2) continue;
      const again = meet({ n1, n2: [n2, 0], layers }, angle, azimuth).kernel;
      again.exports.refractByLayers(n1, n2);
      expect(again.photon().direction[0]).toBeCloseTo((n1 / n2) * sin, 12);
      expectField(
        again.photon(),
        start,
        (kind) => layeredMedia(n1, layers, n2, angle, wavelength, kind).transmission,
      );
    }
  });

  test('[FILM3] without layers it is that of [FR3]', () => {
    for (const [n1, n2] of [
      [1, 1.5],
      [1.5, 1],
    ] as const) {
      for (const angle of [0.1, 0.4, 0.7]) {
        const { kernel } = meet({ n1, n2: [n2, 0], layers: [] }, angle, 0.6);
        kernel.exports.reflectByLayers();
        const found = kernel.photon();
        kernel.start(coming(angle, 0.6));
        if (kernel.exports.approach(n1, n2, ...normal) === 0) continue;
        kernel.exports.reflect();
        const expected = kernel.photon();
        for (const part of ['direction', 'polarisation'] as const)
          expect(dot(found[part], expected[part])).toBeCloseTo(1, 12);
      }
    }
  });

  /** Whether the polarisation is that of the amplitudes of s (along y) and p (along d × s). */
  function expectField(
    after: { readonly direction: Vector3; readonly polarisation: Vector3 },
    start: PhotonStart,
    amplitude: (kind: 's' | 'p') => Complex,
  ): void {
    const { direction: d, polarisation: e } = after;
    // s = d × n is along y; p along d × s, of the light that came and of that which goes.
    const along = (field: Vector3, [x, , z]: Vector3): readonly [number, number] => [
      field[1],
      field[2] * x - field[0] * z,
    ];
    const [s0, p0] = along(start.polarisation, start.direction);
    const [s1, p1] = along(e, d);
    const [rs, rp] = [amplitude('s'), amplitude('p')];
    const [s, p] = [Math.hypot(...rs) * Math.abs(s0), Math.hypot(...rp) * Math.abs(p0)];
    const size = Math.hypot(s, p);
    expect(dot(d, e)).toBeCloseTo(0, 12);
    expect(Math.abs(s1)).toBeCloseTo(s / size, 8);
    expect(Math.abs(p1)).toBeCloseTo(p / size, 8);
    const together = Math.sign(rs[0] * rp[0] + rs[1] * rp[1]) * Math.sign(s0 * p0);
    if (Math.abs(s1 * p1) > 1e-9) expect(Math.sign(s1 * p1)).toBe(together);
  }
});
