import { readFileSync } from 'node:fs';
import type { Detector } from '@lantern/geometry';
import { RandomStream } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { genstepOffsets, genstepWords, scintillationOffsets } from '../src/genstep-layout.ts';
import { collisionLoss } from '../src/sources/gun/collision-loss.ts';
import { effectiveCharge } from '../src/sources/gun/effective-charge.ts';
import { energyLoss } from '../src/sources/gun/energy-loss.ts';
import { type GunSource, gunSource } from '../src/sources/gun/gun-source.ts';
import { Hinges, scatteringAngle } from '../src/sources/gun/multiple-scattering.ts';
import { kinematics, type Particle, particles } from '../src/sources/gun/particle.ts';
import { radiativeLoss } from '../src/sources/gun/radiative-loss.ts';
import {
  type Constituent,
  createSubstance,
  type Substance,
  substanceOf,
} from '../src/sources/gun/substance.ts';
import { genstepDetector, genstepScene as scene } from './genstep-detector.ts';

const part = (Z: number, A: number, fraction: number): Constituent => ({ Z, A, fraction });
const water = createSubstance('water', [part(1, 1.008, 0.111894), part(8, 15.999, 0.888106)], {
  density: 1,
  isGas: false,
});
const argon = createSubstance('argon', [part(18, 39.948, 1)], { density: 1.66e-3, isGas: true });
const liquidArgon = createSubstance('liquid argon', [part(18, 39.948, 1)], {
  density: 1.396,
  isGas: false,
});
const relative = (value: number, known: number): number => Math.abs(value / known - 1);

/** NIST PSTAR, liquid water: MeV, total stopping power MeV cm2/g. */
const pstar: readonly (readonly [number, number])[] = [
  [0.01, 432.9],
  [0.02, 573.3],
  [0.05, 776.8],
  [0.1, 816.1],
  [0.2, 661.3],
  [0.5, 413.2],
  [1, 260.8],
  [2, 158.6],
  [3, 117.2],
  [5, 79.11],
  [10, 45.67],
  [20, 26.07],
  [50, 12.45],
  [100, 7.289],
  [300, 3.52],
  [1000, 2.211],
  [10_000, 2.126],
];

/** NIST ASTAR, liquid water: MeV, electronic stopping power MeV cm2/g. */
const astar: readonly (readonly [number, number])[] = [
  [0.01, 337],
  [0.02, 487.1],
  [0.05, 790.5],
  [0.1, 1131],
  [0.2, 1582],
  [0.35, 1978],
  [0.5, 2178],
  [0.7, 2262],
  [1, 2190],
  [1.5, 1896],
  [2, 1624],
  [3, 1255],
  [4, 1034],
  [5, 884.8],
  [6, 777.1],
  [8, 630.1],
  [10, 534],
];

/** ∫ dE/S: the range (g/cm2) in the continuous-slowing-down approximation, by the middle of small steps. */
function range(stopping: (energy: number) => number, upTo: number, from = 1e-3): number {
  let [sum, energy] = [from / stopping(from), from];
  while (energy < upTo) {
    const step = Math.min(0.01 * energy, upTo - energy);
    sum += step / stopping(energy + 0.5 * step);
    energy += step;
  }
  return sum;
}

const rangeOf = (particle: Particle, substance: Substance, energy: number): number =>
  range(
    (e) => collisionLoss(particle, substance, e) + radiativeLoss(particle, substance, e),
    energy,
  );

/** Linear in the logarithms between the points of a table. */
function interpolated(table: readonly (readonly [number, number])[], energy: number): number {
  const above = Math.min(
    Math.max(
      1,
      table.findIndex(([e]) => e >= energy),
    ),
    table.length - 1,
  );
  const [[a, y] = [1, 1], [b, z] = [2, 1]] = [table[above - 1], table[above]];
  return y * (z / y) ** (Math.log(energy / a) / Math.log(b / a));
}

test.each(pstar)('[GUN15] protons of %f MeV in water lose what PSTAR says', (energy, known) => {
  // Bethe's region: 1.5 %; measured stopping powers of the elements, bound in water: 3 %, around the maximum 10 %.
  const tolerance = energy >= 0.5 ? 0.015 : energy <= 0.05 ? 0.03 : 0.1;
  expect(relative(collisionLoss(particles.p, water, energy), known)).toBeLessThan(tolerance);
});

test('[GUN15] ranges of protons within 1.5 %: PSTAR, water and argon, g/cm2', () => {
  for (const [energy, known] of [
    [10, 0.123],
    [50, 2.227],
    [100, 7.718],
  ] as const)
    expect(relative(rangeOf(particles.p, water, energy), known)).toBeLessThan(0.015);
  for (const [energy, known] of [
    [27.5, 1.111],
    [50, 3.208],
    [100, 10.92],
    [200, 36.27],
    [500, 161.4],
  ] as const)
    expect(relative(rangeOf(particles.p, argon, energy), known)).toBeLessThan(0.015);
});

test('[GUN16] alphas in water: within 4 % of ASTAR from 1 MeV, 20 % around the maximum; ranges within 5 %', () => {
  for (const [energy, known] of astar) {
    const tolerance = energy >= 1 ? 0.04 : energy >= 0.2 ? 0.2 : 0.35;
    expect(relative(collisionLoss(particles.alpha, water, energy), known)).toBeLessThan(tolerance);
  }
  // 5.3 MeV of 210Po: 41 µm.
  for (const energy of [3, 5.3, 8]) {
    const known = range((e) => interpolated(astar, Math.max(e, 0.01)), energy);
    expect(relative(rangeOf(particles.alpha, water, energy), known)).toBeLessThan(0.05);
  }
  expect(10 * rangeOf(particles.alpha, water, 5.3)).toBeCloseTo(0.041, 2);
});

test('[GUN16] the effective charge of helium: 2 when fast, less when slow; that of protons is 1', () => {
  expect(effectiveCharge(2, 50, water)).toBe(2);
  expect(effectiveCharge(2, 1.25, water)).toBeCloseTo(2, 1);
  expect(effectiveCharge(2, 0.025, water)).toBeLessThan(1.5);
  expect(effectiveCharge(2, 0.001, water)).toBeLessThan(1.1);
  let before = 0;
  for (let energy = 1e-3; energy < 0.3; energy *= 1.2) {
    const charge = effectiveCharge(2, energy, water);
    expect(charge).toBeGreaterThanOrEqual(before);
    before = charge;
  }
  expect(effectiveCharge(1, 0.01, water)).toBe(1);
  expect(effectiveCharge(-1, 0.01, water)).toBe(-1);
});

test('[GUN15] at one velocity all of charge 1 lose alike, and ranges go with the mass', () => {
  for (const name of ['pi-', 'K+', 'd', 't', 'pbar'] as const) {
    const particle = particles[name];
    const ratio = particle.mass / particles.p.mass;
    for (const energy of [0.1, 1, 10, 100])
      expect(
        relative(
          collisionLoss(particle, water, energy * ratio),
          collisionLoss(particles.p, water, energy),
        ),
      ).toBeLessThan(0.005);
    expect(
      relative(rangeOf(particle, water, 100 * ratio), ratio * rangeOf(particles.p, water, 100)),
    ).toBeLessThan(0.005);
  }
  expect(collisionLoss(particles.He3, water, 300)).toBeCloseTo(
    4 * collisionLoss(particles.p, water, (300 * particles.p.mass) / particles.He3.mass),
    1,
  );
});

test('[GUN15] no jump where the formulae meet, in light and heavy substances', () => {
  const lead = createSubstance('lead', [part(82, 207.2, 1)], { density: 11.35, isGas: false });
  for (const substance of [water, argon, lead]) {
    const below = collisionLoss(particles.p, substance, 2 - 1e-9);
    expect(relative(collisionLoss(particles.p, substance, 2 + 1e-9), below)).toBeLessThan(1e-6);
  }
});

test("[GUN2] ranges of muons in liquid argon within 2 % of the PDG's", () => {
  // PDG, Atomic and Nuclear Properties: MeV/c, g/cm2.
  for (const [momentum, known] of [
    [114.3, 15.1],
    [391.7, 172.5],
    [1000, 555.2],
    [1803, 1030],
  ] as const) {
    const { mass } = particles['mu-'];
    const energy = Math.hypot(momentum, mass) - mass;
    expect(relative(rangeOf(particles['mu-'], liquidArgon, energy), known)).toBeLessThan(0.02);
  }
});

const module = new WebAssembly.Module(
  readFileSync(new URL('../dist/kernel.wasm', import.meta.url)),
);

/** The detector with other numbers and tables of its scintillator. */
function withScintillator(
  constants: Readonly<Record<string, number>>,
  tables: Readonly<Record<string, readonly (readonly [number, number])[]>> = {},
): Detector {
  const material = genstepDetector.materials.get('Scintillator');
  const spectrum = material?.properties.tables.get('SCINTILLATIONCOMPONENT1');
  if (!material || !spectrum) throw new Error('expected the scintillator');
  const properties = {
    ...material.properties,
    constants: new Map([...material.properties.constants, ...Object.entries(constants)]),
    tables: new Map([
      ...material.properties.tables,
      ...Object.entries(tables).map(
        ([name, points]) =>
          [
            name,
            {
              ...spectrum,
              energies: Float64Array.from(points.map(([e]) => e)),
              values: Float64Array.from(points.map(([, v]) => v)),
            },
          ] as const,
      ),
    ]),
  };
  const materials = new Map([
    ...genstepDetector.materials,
    ['Scintillator', { ...material, properties }] as const,
  ]);
  return { ...genstepDetector, materials };
}

function shoot(
  words: string,
  detector: Detector,
  scintillationByParticle = false,
): Promise<GunSource> {
  return gunSource(words, { detector, scene, module, seed: 3n, scintillationByParticle });
}

describe('particles that stop in a scintillator', () => {
  const kB = 0.1;
  const quenched = withScintillator({ BIRKSCONSTANT: kB, RESOLUTIONSCALE: 1 });
  const material = quenched.materials.get('Scintillator');
  if (!material) throw new Error('expected the scintillator');
  const substance = substanceOf(quenched, material);

  test.each([
    ['alpha', 5.3, 100],
    ['alpha', 1, 200],
    ['p', 1, 100],
    ['p', 30, 10],
    ['d', 20, 10],
    ['He3', 20, 10],
    ['pi-', 10, 20],
    ['K+', 20, 20],
    ['pbar', 20, 10],
    ['e-', 2, 20],
  ] as const)(
    '[GUN18] %s of %f MeV: path and quenched light are the integrals of the energy loss',
    async (name, energy, events) => {
      const particle = particles[name];
      const source = await shoot(
        `${events} ${name} ${energy} MeV at 200 0 0 mm isotropic`,
        quenched,
      );
      let [light, path] = [0, 0];
      const pieces = 20_000;
      for (let i = 0; i < pieces; i++) {
        const step = energy / pieces;
        const { collision, total } = energyLoss(particle, substance, (i + 0.5) * step);
        light += (1000 * step * (collision / total)) / (1 + kB * collision);
        path += step / total;
      }
      const scintillation = await photonsOfKind(source, 16);
      // RESOLUTIONSCALE 1: Poisson's width. Steps of 5 % of the energy: half a per cent.
      expect(relative(scintillation / events, light)).toBeLessThan(
        0.005 + 4 / Math.sqrt(light * events),
      );
      for (const event of source.events) {
        expect(event.end).toBe('stopped');
        expect(relative(event.path, path)).toBeLessThan(0.01);
      }
    },
  );

  test('[GUN18] without quenching all of the energy makes light', async () => {
    const source = await shoot('20 alpha 5 MeV at 200 0 0 mm isotropic', genstepDetector);
    expect(relative(source.count, 20 * 5 * 1000)).toBeLessThan(4 / Math.sqrt(1e5));
  });
});

async function photonsOfKind(source: GunSource, kind: number, component?: number): Promise<number> {
  let sum = 0;
  for await (const rows of source.gensteps?.() ?? []) {
    const words = new Uint32Array(rows.buffer, rows.byteOffset, rows.length);
    for (let at = 0; at < words.length; at += genstepWords) {
      if (words[at + genstepOffsets.kind / 4] !== kind) continue;
      const number = words[at + scintillationOffsets.component / 4];
      if (component !== undefined && number !== component) continue;
      sum += words[at + genstepOffsets.photons / 4] ?? 0;
    }
  }
  return sum;
}

describe('scintillation by kind of particle', () => {
  const tables = {
    ALPHASCINTILLATIONYIELD: [
      [0, 0],
      [5, 500],
      [10, 1500],
    ],
    ELECTRONSCINTILLATIONYIELD: [
      [0, 0],
      [10, 10_000],
    ],
  } as const;
  const detector = withScintillator(
    { ALPHASCINTILLATIONYIELD1: 1, ALPHASCINTILLATIONYIELD2: 3, BIRKSCONSTANT: 0.1 },
    tables,
  );

  test('[SC7] the light of a track is the difference of the table at its ends, whatever the steps', async () => {
    const source = await shoot('100 alpha 5.3 MeV at 200 0 0 mm isotropic', detector, true);
    const mean = 100 * (500 + 0.3 * 200);
    expect(Math.abs(source.count - mean)).toBeLessThan(4 * Math.sqrt(mean));
    expect(relative(await photonsOfKind(source, 16, 2), 0.75 * source.count)).toBeLessThan(0.02);
    expect(source.warnings?.()).toEqual([]);
  });

  test('[SC7] of what has no table of its own, muons and pions say, the electron counts; beyond its end in proportion', async () => {
    const source = await shoot('20 pi+ 12 MeV at 200 0 0 mm isotropic', detector, true);
    // Above 10 MeV by the last point's 1000 photons per MeV, which is the table's slope too.
    expect(relative(await photonsOfKind(source, 16), 20 * 12_000)).toBeLessThan(0.01);
    expect(await photonsOfKind(source, 16, 2)).toBe(0);
    expect(source.warnings?.()).toEqual([
      expect.stringMatching(/'Scintillator': ELECTRONSCINTILLATIONYIELD ends at 10 MeV/),
    ]);
  });

  test('[SC7] a particle without a table is an error that names it', async () => {
    await expect(shoot('p 5 MeV at 200 0 0 mm isotropic', detector, true)).rejects.toThrow(
      /'Scintillator'.*how much light p makes.*PROTONSCINTILLATIONYIELD/s,
    );
  });

  test('[SC7] a table that cannot be is an error', async () => {
    const falling = [
      [0, 0],
      [5, 500],
      [10, 400],
    ] as const;
    const wrong = withScintillator({}, { ...tables, ALPHASCINTILLATIONYIELD: falling });
    await expect(shoot('alpha 5 MeV at 200 0 0 mm isotropic', wrong, true)).rejects.toThrow(
      /ALPHASCINTILLATIONYIELD.*0, 500, 400 at 0, 5, 10 MeV/,
    );
  });

  test("[SC7] not asked for, as in Geant4: SCINTILLATIONYIELD and Birks' law, with a warning", async () => {
    const source = await shoot('5 alpha 5.3 MeV at 200 0 0 mm isotropic', detector);
    expect(await photonsOfKind(source, 16, 1)).toBeGreaterThan(0);
    expect(source.warnings?.()).toEqual([
      expect.stringMatching(/'Scintillator': yields by kind of particle are used with --scint/),
    ]);
  });
});

describe('multiple scattering', () => {
  test('[GUN17] angle and displacement across have the variances and the correlation of many small angles', () => {
    const [length, tracks] = [100, 20_000];
    for (const stretch of [10, 37]) {
      const random = new RandomStream(1, stretch);
      let [yy, tt, yt] = [0, 0, 0];
      for (let i = 0; i < tracks; i++) {
        const hinges = new Hinges();
        let [y, theta] = [0, 0];
        for (;;) {
          hinges.plan(Math.min(stretch, length - hinges.stretch[1]), random);
          const [from, to] = hinges.stretch;
          const angle = Math.sqrt(to - from) * gauss(random);
          y += angle * (length - hinges.next);
          theta += angle;
          if (to >= length) break;
        }
        yy += y * y;
        tt += theta * theta;
        yt += y * theta;
      }
      // Per unit of length the angle's variance is 1.
      const error = 5 * Math.sqrt(2 / tracks);
      expect(relative(tt / tracks, length)).toBeLessThan(error);
      expect(relative(yy / tracks, length ** 3 / 3)).toBeLessThan(error);
      expect(relative(yt / Math.sqrt(yy * tt), Math.sqrt(3) / 2)).toBeLessThan(0.01);
    }
  });

  test('[GUN17] muons through 390 mm of water are displaced by Lθ/√3', async () => {
    const events = 400;
    const source = await shoot(
      `${events} mu- 2 GeV from -399 0 0 mm towards 1 0 0`,
      genstepDetector,
    );
    const ends = new Map<number, number>();
    for await (const rows of source.gensteps?.() ?? []) {
      const words = new Uint32Array(rows.buffer, rows.byteOffset, rows.length);
      for (let at = 0; at < rows.length; at += genstepWords) {
        const x = rows[at + genstepOffsets.x / 4] ?? 0;
        if (x < -9 && x > -25)
          ends.set(words[at + genstepOffsets.event / 4] ?? 0, rows[at + genstepOffsets.y / 4] ?? 0);
      }
    }
    expect(ends.size).toBe(events);
    const rms = Math.sqrt([...ends.values()].reduce((sum, y) => sum + y * y, 0) / events);
    const path = 385;
    const state = kinematics(particles['mu-'], 1960);
    const angle = scatteringAngle(state, 0, (0.1 * path) / water.radiationLength);
    expect(relative(rms, (path * angle) / Math.sqrt(3))).toBeLessThan(0.12);
  });

  test('[GUN7] the charge counts as in the formula of the PDG', () => {
    const state = kinematics(particles.alpha, 1000);
    const t = 0.01;
    const { beta, momentum } = state;
    expect(scatteringAngle(state, 0, t, 2)).toBeCloseTo(
      ((2 * 13.6) / (beta * momentum)) * Math.sqrt(t) * (1 + 0.038 * Math.log((4 * t) / beta ** 2)),
      12,
    );
  });
});

function gauss(random: RandomStream): number {
  return Math.sqrt(-2 * Math.log(random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
}
