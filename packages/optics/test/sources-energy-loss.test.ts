import type { Material } from '@lantern/geometry';
import { expect, test } from 'vitest';
import { collisionLoss } from '../src/sources/gun/collision-loss.ts';
import { densityEffect } from '../src/sources/gun/density-effect.ts';
import { meanExcitation } from '../src/sources/gun/mean-excitation.ts';
import { scatteringAngle } from '../src/sources/gun/multiple-scattering.ts';
import { kinematics, kineticEnergyAt, particles } from '../src/sources/gun/particle.ts';
import { radiativeLoss } from '../src/sources/gun/radiative-loss.ts';
import {
  type Constituent,
  createSubstance,
  type Substance,
  substanceOf,
} from '../src/sources/gun/substance.ts';
import { describe } from './physics-kernel.ts';

const { 'mu-': muon, 'e-': electron, 'e+': positron } = particles;
const part = (Z: number, A: number, fraction: number): Constituent => ({ Z, A, fraction });
const water = [part(1, 1.008, 0.111894), part(8, 15.999, 0.888106)];
const liquidWater = createSubstance('water', water, { density: 1, isGas: false });
const relative = (value: number, known: number): number => Math.abs(value / known - 1);

test('[GUN1] mean excitation energies by Bragg: water 75 eV as in ICRU 37; elements their own', () => {
  expect(liquidWater.meanExcitation * 1e6).toBeCloseTo(75.3, 1);
  expect(liquidWater.radiationLength).toBeGreaterThan(36.08 * 0.98);
  expect(liquidWater.radiationLength).toBeLessThan(36.08 * 1.02);
  expect(meanExcitation(29, 'pure')).toBe(322);
  expect(meanExcitation(92, 'pure')).toBe(890);
  expect(meanExcitation(29, 'condensed')).toBeCloseTo(1.13 * 322, 9);
  expect(
    createSubstance('w', water, { density: 1, isGas: false, meanExcitationEnergy: 78 })
      .meanExcitation,
  ).toBe(78e-6);
});

test('[GUN1] a material without elements or density is an error that names it', () => {
  const detector = describe({ materials: { Nothing: {} } });
  const nothing = detector.materials.get('Nothing');
  if (!nothing) throw new Error('expected a material');
  expect(() => substanceOf(detector, { ...nothing, components: [], density: 1 })).toThrow(
    /material 'Nothing'/,
  );
});

test('[GUN1] materials of materials, elements of isotopes', () => {
  const detector = describe({ materials: { Mix: {} } });
  const base = detector.materials.get('Mix');
  if (!base) throw new Error('expected a material');
  const hydrogen = {
    name: 'H',
    formula: 'H',
    Z: 0,
    molarMass: 0,
    isotopes: [{ isotope: 'H1', fraction: 1 }],
  };
  const oxygen = { name: 'O', formula: 'O', Z: 8, molarMass: 15.999, isotopes: [] };
  const pure = {
    ...base,
    name: 'Pure',
    components: [
      { ref: 'H', kind: 'element', massFraction: 0.111894 },
      { ref: 'O', kind: 'element', massFraction: 0.888106 },
    ],
  } as const;
  const mix = {
    ...base,
    density: 1,
    components: [{ ref: 'Pure', kind: 'material', massFraction: 1 }],
  } as const;
  const substance = substanceOf(
    {
      ...detector,
      isotopes: new Map([['H1', { name: 'H1', Z: 1, N: 1, molarMass: 1.008 }]]),
      elements: new Map([
        ['H', hydrogen],
        ['O', oxygen],
      ]),
      materials: new Map<string, Material>([
        ['Pure', pure],
        ['Mix', mix],
      ]),
    },
    mix,
  );
  expect(substance.zOverA).toBeCloseTo(liquidWater.zOverA, 6);
});

/** Least ionisation of muons, MeV cm2/g: PDG 2022, "Atomic and nuclear properties of materials". */
const leastLosses: readonly (readonly [string, readonly Constituent[], number, number])[] = [
  ['water', water, 1, 1.992],
  ['liquid argon', [part(18, 39.948, 1)], 1.396, 1.508],
  ['liquid xenon', [part(54, 131.29, 1)], 2.953, 1.255],
  ['graphite', [part(6, 12.011, 1)], 2.21, 1.742],
  ['aluminium', [part(13, 26.98, 1)], 2.699, 1.615],
  ['iron', [part(26, 55.845, 1)], 7.874, 1.451],
  ['copper', [part(29, 63.546, 1)], 8.96, 1.403],
  ['lead', [part(82, 207.2, 1)], 11.35, 1.122],
  ['polystyrene', [part(1, 1.008, 0.077418), part(6, 12.011, 0.922582)], 1.06, 1.936],
  [
    'acrylic',
    [part(1, 1.008, 0.080538), part(6, 12.011, 0.599848), part(8, 15.999, 0.319614)],
    1.19,
    1.929,
  ],
  ['quartz', [part(14, 28.0855, 0.467435), part(8, 15.999, 0.532565)], 2.2, 1.699],
  [
    'air',
    [part(7, 14.007, 0.755391), part(8, 15.999, 0.231781), part(18, 39.948, 0.012828)],
    1.205e-3,
    1.815,
  ],
];

test.each(leastLosses)(
  '[GUN2] least energy loss of muons in %s within 2 %% of the PDG',
  (name, parts, density, least) => {
    const substance = createSubstance(name, parts, { density, isGas: name === 'air' });
    let loss = Number.POSITIVE_INFINITY;
    for (let energy = 100; energy < 1000; energy *= 1.02)
      loss = Math.min(loss, collisionLoss(muon, substance, energy));
    expect(relative(loss, least)).toBeLessThan(0.02);
  },
);

test("[GUN2] [GUN5] muons in standard rock: the PDG's a(E) within 1 %, b(E) within 2 %", () => {
  const rock = createSubstance('rock', [part(11, 22, 1)], {
    density: 2.65,
    isGas: false,
    meanExcitationEnergy: 136.4,
  });
  // PDG 2022, "Cosmic Rays", table 30.2: GeV, MeV cm2/g, 1e-6 cm2/g.
  for (const [energy, a, b] of [
    [10, 2.17, 1.9],
    [100, 2.44, 3.04],
    [1000, 2.68, 3.92],
    [10_000, 2.93, 4.35],
  ] as const) {
    expect(relative(collisionLoss(muon, rock, energy * 1000), a)).toBeLessThan(0.01);
    expect(relative(radiativeLoss(muon, rock, energy * 1000), b * energy * 1e-3)).toBeLessThan(
      0.02,
    );
  }
});

test("[GUN5] muons in ice: the PDG's b(E) within 8 % up to 1 TeV", () => {
  for (const [energy, b] of [
    [10, 1.66],
    [100, 2.51],
    [1000, 3.17],
  ] as const) {
    expect(
      relative(radiativeLoss(muon, liquidWater, energy * 1000), b * energy * 1e-3),
    ).toBeLessThan(0.08);
  }
});

/** The continuous-slowing-down range, g/cm2. */
function range(substance: Substance, upTo: number): number {
  let [sum, energy] = [0.003, 0.5];
  while (energy < upTo) {
    const step = Math.min(0.005 * energy, upTo - energy);
    const middle = energy + 0.5 * step;
    sum += step / (collisionLoss(muon, substance, middle) + radiativeLoss(muon, substance, middle));
    energy += step;
  }
  return sum;
}

test("[GUN2] ranges of muons in water within 2 % of the PDG's", () => {
  const asPdg = createSubstance('water', water, {
    density: 1,
    isGas: false,
    meanExcitationEnergy: 79.7,
  });
  for (const [energy, known] of [
    [200, 78.94],
    [400, 179.6],
    [1000, 473.2],
    [2000, 935.3],
  ] as const) {
    expect(relative(range(asPdg, energy), known)).toBeLessThan(0.02);
  }
  expect(
    relative(collisionLoss(muon, asPdg, 2000) + radiativeLoss(muon, asPdg, 2000), 2.218),
  ).toBeLessThan(0.02);
});

/** NIST ESTAR, liquid water: MeV; MeV cm2/g by collision and by radiation. */
const estar = [
  [0.01, 22.56, 0.003898],
  [0.1, 4.115, 0.005793],
  [1, 1.849, 0.0128],
  [10, 1.968, 0.1816],
  [100, 2.202, 2.399],
  [1000, 2.401, 26.28],
] as const;

test('[GUN3] collision loss of electrons in water within 2 % of ESTAR; positrons lose a little less', () => {
  for (const [energy, known] of estar) {
    expect(relative(collisionLoss(electron, liquidWater, energy), known)).toBeLessThan(0.02);
    const ratio =
      collisionLoss(positron, liquidWater, energy) / collisionLoss(electron, liquidWater, energy);
    expect(ratio).toBeGreaterThan(0.95);
    expect(ratio).toBeLessThan(1.12);
  }
});

test('[GUN4] electrons in water: radiative loss within 5 % of ESTAR from 10 MeV on, the whole within 3 % always', () => {
  for (const [energy, collision, radiation] of estar) {
    const own = radiativeLoss(electron, liquidWater, energy);
    if (energy >= 10) expect(relative(own, radiation)).toBeLessThan(0.05);
    expect(
      relative(collisionLoss(electron, liquidWater, energy) + own, collision + radiation),
    ).toBeLessThan(0.03);
  }
});

test('[GUN6] the density effect: none at low speed, 2 ln(βγ ħω/I) - 1 at the highest, growing in between', () => {
  expect(densityEffect(liquidWater, 1)).toBe(0);
  const limit = 2 * Math.log((1e4 * liquidWater.plasmaEnergy) / liquidWater.meanExcitation) - 1;
  expect(densityEffect(liquidWater, 1e4)).toBeCloseTo(limit, 9);
  let before = 0;
  for (let x = 0; x < 4; x += 0.01) {
    const delta = densityEffect(liquidWater, 10 ** x);
    expect(delta).toBeGreaterThanOrEqual(before);
    before = delta;
  }
});

test("[GUN7] multiple scattering: Highland's angle of the whole, however it is cut", () => {
  const state = kinematics(muon, 4000);
  const whole = scatteringAngle(state, 0, 2);
  const highland =
    (13.6 / (state.beta * state.momentum)) *
    Math.sqrt(2) *
    (1 + 0.038 * Math.log(2 / state.beta ** 2));
  expect(whole).toBeCloseTo(highland, 12);
  for (const parts of [3, 1000]) {
    let square = 0;
    for (let i = 0; i < parts; i++)
      square += scatteringAngle(state, (2 * i) / parts, (2 * (i + 1)) / parts) ** 2;
    expect(Math.sqrt(square)).toBeCloseTo(whole, 12);
  }
});

test('[GUN2] kinematics: 4 GeV muons, and back from the velocity', () => {
  const { beta, gamma, momentum } = kinematics(muon, 4000);
  expect(gamma).toBeCloseTo(1 + 4000 / 105.6583755, 9);
  expect(momentum).toBeCloseTo(Math.sqrt(4105.6583755 ** 2 - 105.6583755 ** 2), 6);
  expect(kineticEnergyAt(muon, beta)).toBeCloseTo(4000, 5);
});
