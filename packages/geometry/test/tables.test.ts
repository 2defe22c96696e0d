import { speedOfLight } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import type { Material } from '../src/model/material.ts';
import type { PropertyTable } from '../src/model/property-table.ts';
import { energyGrid, mostRows, resamplingWarning } from '../src/scene/energy-grid.ts';
import { groupVelocity } from '../src/scene/group-velocity.ts';
import { computedRayleighLength } from '../src/scene/rayleigh-length.ts';
import { resample, resamplingError, valueAt } from '../src/scene/resample.ts';
import { createSections } from '../src/scene/section-writer.ts';
import { integral, packSpectrum } from '../src/scene/spectrum.ts';

/** A table of (energy in eV, value). */
function table(...points: readonly (readonly [number, number])[]): PropertyTable {
  return {
    energies: Float64Array.from(points, ([energy]) => energy * 1e-6),
    values: Float64Array.from(points, ([, value]) => value),
  };
}

const eV = 1e-6;
const steep = table([1.5, 1e7], [2.9, 1e7], [3.1, 3e4], [3.26, 400], [3.44, 10], [6, 2]);
const index = table([1.55, 1.3298], [2.5, 1.34], [3.3, 1.352], [4.4, 1.377], [6.2, 1.44]);

describe('the energy grid', () => {
  test('[TAB1] values: linear between points, the end values outside', () => {
    expect(valueAt(steep, 3 * eV)).toBeCloseTo((1e7 + 3e4) / 2, 3);
    expect(valueAt(steep, 1 * eV)).toBe(1e7);
    expect(valueAt(steep, 9 * eV)).toBe(2);
    expect(valueAt(table([3, 7]), 2 * eV)).toBe(7);
  });

  test('[TAB2] a row for each energy of each table: nothing is lost', () => {
    const grid = energyGrid([steep, index]);
    expect(grid.energies.length).toBe(11);
    for (const one of [steep, index]) {
      const rows = { energies: grid.energies, values: resample(one, grid.energies) };
      for (let energy = 1; energy < 7; energy += 0.0137) {
        const expected = valueAt(one, energy * eV);
        expect(Math.abs(valueAt(rows, energy * eV) - expected)).toBeLessThan(
          1e-12 * Math.abs(expected),
        );
      }
      expect(resamplingError(one, grid.energies)).toBe(0);
    }
  });

  test('[TAB2] the cells bracket the row of every energy', () => {
    const { energies, cells, energyMin, inverseStep } = energyGrid([
      steep,
      index,
      table([2, 1], [2.0001, 3]),
    ]);
    const count = cells.length - 1;
    for (let i = 0; i < 5000; i++) {
      const energy = (1.4 + i * 1e-3) * eV;
      const at = Math.max(0, Math.min(count, (energy - energyMin) * inverseStep));
      const cell = Math.min(Math.floor(at), count - 1);
      const [low, high] = [cells[cell] ?? 0, (cells[cell + 1] ?? 0) + 1];
      const row = energies.filter((e) => e <= energy).length - 1;
      expect(low <= Math.max(0, row)).toBe(true);
      expect(row < high).toBe(true);
    }
  });

  test('[TAB2] no table, or one point, still makes a grid; energies that agree but for rounding share a row', () => {
    expect(energyGrid([]).energies.length).toBe(2);
    expect(energyGrid([table([3, 7])]).energies.length).toBe(2);
    expect(energyGrid([table([3, 7], [4, 8]), table([3 * (1 + 1e-12), 1])]).energies.length).toBe(
      2,
    );
  });

  test('[TAB3] more energies than rows: even steps, and a warning where a table is off by more than 1e-4', () => {
    const most = 16_384;
    const points = Array.from({ length: most + 1 }, (_, i) => [1 + i / 5000, 1 + i] as const);
    const smooth = table(...points);
    const whole = energyGrid([smooth, steep]);
    expect(whole.energies.length).toBeGreaterThan(most);
    expect(resamplingError(steep, whole.energies)).toBe(0);
    expect(resamplingWarning('x', steep, whole)).toBeUndefined();
    const grid = energyGrid([smooth, steep], most);
    expect(grid.energies.length).toBe(most);
    expect(resamplingWarning('surface x: EFFICIENCY', smooth, grid)).toBeUndefined();
    expect(resamplingWarning("material 'LS': WLSABSLENGTH", steep, grid)).toMatch(
      /material 'LS': WLSABSLENGTH: .* more than 16384 .* off by up to [\d.]+ %/,
    );
  });

  test('[TAB3] rows as memory permits: fewer where many materials and surfaces share them', () => {
    expect([1, 4, 64, 100_000].map(mostRows)).toEqual([2 ** 20, 2 ** 20, 2 ** 16, 2 ** 14]);
  });
});

describe('the group velocity', () => {
  const velocity = groupVelocity(index);

  test('[TAB4] at the first energy, half way between neighbours but the last two, and at the last', () => {
    const energies = [1.55, (1.55 + 2.5) / 2, (2.5 + 3.3) / 2, (3.3 + 4.4) / 2, 6.2];
    expect([...velocity.energies].map((energy) => energy / eV)).toEqual(
      energies.map((energy) => expect.closeTo(energy, 9)),
    );
  });

  test('[TAB4] c / (n + dn/d ln E)', () => {
    const slope = (1.34 - 1.3298) / Math.log(2.5 / 1.55);
    expect(velocity.values[0]).toBeCloseTo(speedOfLight / (1.3298 + slope), 10);
    expect(velocity.values[1]).toBeCloseTo(speedOfLight / ((1.3298 + 1.34) / 2 + slope), 10);
    const last = (1.44 - 1.377) / Math.log(6.2 / 4.4);
    expect(velocity.values[4]).toBeCloseTo(speedOfLight / (1.44 + last), 10);
  });

  test('[TAB4] never faster than c/n: anomalous dispersion counts as none', () => {
    const anomalous = groupVelocity(table([2, 1.5], [3, 1.4], [3.01, 0.5]));
    expect(anomalous.values[0]).toBeCloseTo(speedOfLight / 1.5, 10);
    expect(anomalous.values[2]).toBeCloseTo(speedOfLight / 0.5, 10);
    expect(groupVelocity(table([2, 1.5])).values[0]).toBeCloseTo(speedOfLight / 1.5, 10);
  });

  test('[TAB4] near the derivative of a smooth index', () => {
    const n = (energy: number): number => 1.3 + 0.004 * energy ** 2;
    const points = Array.from(
      { length: 101 },
      (_, i) => [1.5 + i * 0.04, n(1.5 + i * 0.04)] as const,
    );
    const smooth = groupVelocity(table(...points));
    const expected = speedOfLight / (n(3) + 3 * 0.008 * 3);
    expect(Math.abs(valueAt(smooth, 3 * eV) / expected - 1)).toBeLessThan(1e-4);
  });
});

describe('the computed Rayleigh length', () => {
  const liquid = (name: string, constants: Readonly<Record<string, number>>): Material => ({
    name,
    formula: '',
    state: 'liquid',
    density: 1,
    temperature: 300,
    pressure: 1e5,
    components: [],
    properties: {
      tables: new Map([['RINDEX', index]]),
      constants: new Map(Object.entries(constants)),
    },
  });

  test('[TAB5] water at 400 nm scatters over about 100 m, falling as the fourth power', () => {
    const length = computedRayleighLength(liquid('Water', {}));
    if (!length) throw new Error('no length');
    expect(valueAt(length, 3.1 * eV)).toBeGreaterThan(80e3);
    expect(valueAt(length, 3.1 * eV)).toBeLessThan(200e3);
    const [n1, n2] = [1.3298, 1.44];
    const contrast = (n: number): number => ((n * n - 1) * (n * n + 2)) / 3;
    const ratio = (6.2 / 1.55) ** 4 * (contrast(n2) / contrast(n1)) ** 2;
    expect((length.values[0] ?? 0) / (length.values[4] ?? 1)).toBeCloseTo(ratio, 6);
  });

  test('[TAB5] 202.4 m in water of n = 1.33 at 3 eV; half with RS_SCALE_FACTOR 2', () => {
    const RINDEX = table([3, 1.33]);
    const of = (constants: Readonly<Record<string, number>>): number | undefined =>
      computedRayleighLength({
        ...liquid('Water', constants),
        properties: {
          tables: new Map([['RINDEX', RINDEX]]),
          constants: new Map(Object.entries(constants)),
        },
      })?.values[0];
    // 7.658e-23 m3/MeV, 283.15 K, k = 8.617333e-11 MeV/K; (2 pi / 413.281 nm)^4; (0.7689 * 3.7689 / 3)^2.
    const strength = (7.658e-23 * 283.15 * 8.617333e-11) / (6 * Math.PI);
    const metres = 1 / (strength * ((2 * Math.PI) / 413.281e-9) ** 4 * 0.965969 ** 2);
    expect(metres).toBeCloseTo(202.4, 1);
    expect((of({}) ?? 0) / 1000 / metres).toBeCloseTo(1, 5);
    expect((of({ RS_SCALE_FACTOR: 2 }) ?? 0) / 1000 / metres).toBeCloseTo(0.5, 5);
  });

  test('[TAB5] water as Geant4 writes it, with a pointer; not names that only begin so', () => {
    const water = computedRayleighLength(liquid('Water', {}));
    expect(computedRayleighLength(liquid('Water0x7f12345678', {}))).toEqual(water);
    expect(computedRayleighLength(liquid('WaterGd', {}))).toBeUndefined();
  });

  test('[TAB5] other materials by ISOTHERMAL_COMPRESSIBILITY, temperature and scale; else none', () => {
    expect(computedRayleighLength(liquid('LAr', {}))).toBeUndefined();
    const compressibility = 7.658e-23 * 1e9;
    const one = computedRayleighLength(
      liquid('LAr', { ISOTHERMAL_COMPRESSIBILITY: compressibility }),
    );
    const two = computedRayleighLength(
      liquid('LAr', { ISOTHERMAL_COMPRESSIBILITY: compressibility, RS_SCALE_FACTOR: 2 }),
    );
    const water = computedRayleighLength(liquid('Water', {}));
    expect((one?.values[0] ?? 0) * 300).toBeCloseTo((water?.values[0] ?? 0) * 283.15, 1);
    expect(one?.values[0]).toBeCloseTo(2 * (two?.values[0] ?? 0), 3);
  });
});

test('[TAB6] a spectrum is its cumulative trapezoidal integral, 0 to 1', () => {
  const sections = createSections();
  const spectrum = table([2, 0], [2.5, 1], [3, 1], [4, 0]);
  expect(integral(spectrum)).toBeCloseTo(1.25e-6, 15);
  expect(packSpectrum(spectrum, sections)).toEqual({ first: 0, count: 4 });
  const view = sections.spectrum.bytes.view;
  const knots = [0, 1, 2, 3].map((i) => [
    view.getFloat64(16 * i, true) / eV,
    view.getFloat64(16 * i + 8, true),
  ]);
  const expected = [
    [2, 0],
    [2.5, 0.2],
    [3, 0.6],
    [4, 1],
  ];
  expect(knots).toEqual(expected.map((knot) => knot.map((x) => expect.closeTo(x, 9))));
});
