import { LanternError } from '@lantern/units';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gunHelp, parseGun } from '../src/sources/gun/parse-gun.ts';
import { particles } from '../src/sources/gun/particle.ts';
import { lightSource } from '../src/sources/light/light-source.ts';
import { lightHelp, parseLight } from '../src/sources/light/parse-light.ts';
import { tokenize } from '../src/sources/words/tokens.ts';
import { describe } from './physics-kernel.ts';

const detector = describe({
  materials: {
    Water: {
      tables: {
        RINDEX: [
          [1.55, 1.33],
          [6.2, 1.4],
        ],
      },
    },
    LS: {
      tables: {
        RINDEX: [
          [1.55, 1.5],
          [6.2, 1.6],
        ],
        WLSCOMPONENT: [
          [2, 0],
          [3, 1],
          [3.2, 0],
        ],
      },
    },
  },
});

test('[SRC4] units may touch their numbers, commas only separate, quotes join', () => {
  const texts = (text: string): string[] => tokenize(text).map((token) => token.text);
  expect(texts('at 1,-2.5e-3;+3mm')).toEqual(['at', '1', '-2.5e-3', '+3', 'mm']);
  expect(texts('400-500nm')).toEqual(['400', 'to', '500', 'nm']);
  expect(texts("spectrum 'liquid 1-2' x")).toEqual(['spectrum', 'liquid 1-2', 'x']);
  expect(tokenize('1_000')[0]?.number).toBe(1000);
});

test('[SRC4] the examples of the help are understood', () => {
  const examples = (help: string): string[] =>
    [...help.matchAll(/^ {2}"(.*)"$/gm)].map(([, text]) => text ?? '');
  expect(examples(lightHelp)).toHaveLength(3);
  expect(examples(gunHelp)).toHaveLength(4);
  for (const text of examples(lightHelp)) expect(parseLight(text).photons).toBeGreaterThan(0);
  for (const text of examples(gunHelp)) expect(parseGun(text).events).toBeGreaterThan(0);
});

test('[SRC4] a light says what it is in any order, with units as the user likes', () => {
  expect(parseLight('1e5 photons, radius 3 cm sphere 420nm at 0 0 1 m')).toEqual({
    shape: { kind: 'sphere', at: [0, 0, 1000], radius: 30 },
    direction: { kind: 'lambertian', axis: [0, 0, 1], opening: 0 },
    spectrum: { kind: 'single', wavelength: 420 },
    time: { kind: 'instant', start: 0, width: 0 },
    photons: 1e5,
  });
  const beam = parseLight(
    'beam from 0 0 -2 m towards 0 0 1, radius 5 mm, opening 2 deg, 400 to 500 nm, 1e5',
  );
  expect(beam.shape).toEqual({ kind: 'disc', at: [0, 0, -2000], radius: 5 });
  expect(beam.direction).toEqual({ kind: 'cone', axis: [0, 0, 1], opening: (2 * Math.PI) / 180 });
  expect(beam.spectrum).toEqual({ kind: 'flat', low: 400, high: 500 });
  const aimed = parseLight(
    'point at 1 m 2 m 0 cm towards 1 m 2 m 3 m, 0.5 um, 10 photons, flat 5 to 10 ns',
  );
  expect(aimed.direction).toEqual({ kind: 'cone', axis: [0, 0, 1], opening: 0 });
  expect(aimed.spectrum).toMatchObject({ wavelength: 500 });
  expect(aimed.time).toEqual({ kind: 'flat', start: 5, width: 5 });
});

/** What is wrong, and what the message must say. */
const badLights: readonly (readonly [string, RegExp])[] = [
  ['', /no wavelength/],
  ['point at 0 0 0 mm, 420 nm', /no number of photons/],
  ['point, 1e5 photons', /no wavelength.*420 nm/],
  ['poimt at 0 0 0 mm, 420 nm, 10', /word 1: not understood: given 'poimt'.*did you mean 'point'/],
  ['point at 0 0 mm, 420 nm, 10', /three numbers/],
  ['point at 0 0 0 furlong, 420 nm, 10', /'furlong'/],
  ['point at 0 0 0 ns, 420 nm, 10', /unit of time here.*unit of length/],
  ['point, 420 mn, 10', /not understood|'mn'/],
  ['point, 420 mm, 10', /not a wavelength.*radius/],
  ['point, -420 nm, 10', /wavelength/],
  ['point, 0 nm, 10', /more than 0 nm/],
  ['point, 5 ns, 420 nm, 10', /a time here.*at 5 ns/],
  ['point, 420 nm, 1.5 photons', /whole number/],
  ['point, 420 nm, -5 photons', /whole number/],
  ['point, 420 nm, 1e300 photons', /whole number/],
  ['point, 420 nm, 1e400 photons', /too large/],
  ['point, 420 nm, 10, 20', /number of photons is said twice/],
  ['point, point, 420 nm, 10', /shape is said twice/],
  ['420 nm, 10', /no shape/],
  ['sphere, 420 nm, 10', /sphere without a radius/],
  ['sphere radius 0 mm, 420 nm, 10', /more than 0/],
  ['sphere radius 5, 420 nm, 10', /not a unit|unit is missing|unit of length/],
  ['point radius 5 mm, 420 nm, 10', /point with a radius/],
  ['line from 0 0 0 mm, 420 nm, 10', /line without two ends/],
  ['beam towards 0 0 0, 420 nm, 10', /direction of length 0/],
  ['beam at 1 0 0 m towards 1 0 0 m, 420 nm, 10', /direction of length 0/],
  ['beam opening 2, 420 nm, 10', /unit of angle/],
  ['beam opening 200 deg, 420 nm, 10', /0 to 180 deg/],
  ['point isotropic towards 0 0 1, 420 nm, 10', /one of the two/],
  ['point outwards, 420 nm, 10', /outwards without a sphere/],
  ['point, 450 nm sigma 100 nm, 10', /seventh/],
  ['point, 420 nm, 10, decay -1 ns', /more than 0/],
  ['point, 420 nm, 10, flat 0 10 ns', /'to'/],
  ['point, 420 nm, 10, polarised 0 0 0', /polarisation of length 0/],
  ['point, spectrum Watter, 10', /no such material.*did you mean 'Water'/],
  ['point, spectrum Water, 10', /emits no light/],
  ['point, spectrum LS SLOWCOMPONENT, 10', /SLOWCOMPONENT/],
  ['point, 100 nm, 10', /outside all tables.*199\.97 to 799\.9 nm/],
  ['point, 700 to 900 nm, 10', /outside all tables/],
];

test.each(badLights)('[SRC4] --light "%s" says what is wrong', (text, message) => {
  expect(() => lightSource(text, detector)).toThrow(message);
  expect(() => lightSource(text, detector)).toThrow(LanternError);
});

const badGuns: readonly (readonly [string, RegExp])[] = [
  ['', /no particle/],
  ['mu- 4 GeV', /no direction.*|towards/],
  ['mu- towards 0 0 1', /no energy/],
  ['gamma 1 MeV towards 0 0 1', /word 1: a particle that the gun does not shoot.*mu-, .*alpha/],
  ['pion 1 GeV towards 0 0 1', /word 1: .*pi- or pi\+\?/],
  ['muu- 4 GeV towards 0 0 1', /did you mean 'mu-'|one of mu-/],
  ['mu- 4 m towards 0 0 1', /unit of length here.*energy/],
  ['mu- 4 mu+ towards 0 0 1', /said twice/],
  ['mu- 0 GeV towards 0 0 1', /more than 0/],
  ['mu- 10 to 1 GeV towards 0 0 1', /lower one first/],
  ['mu- 1000 TeV towards 0 0 1', /100 TeV/],
  ['mu- 4 GeV towards 0 0 0', /direction of length 0/],
  ['mu- 4 GeV isotropic towards 0 0 1', /one of the two/],
  ['2.5 cosmic muons', /whole number/],
  ['cosmic e-', /cosmic particles that are no muons/],
  ['cosmic muons at 0 0 0 m', /place or direction/],
  ['cosmic muons 1 MeV', /0\.2 GeV/],
  ['mu- 4 GeV towards 0 0 1 sideways', /not understood: given 'sideways'/],
];

test.each(badGuns)('[GUN10] --gun "%s" says what is wrong', (text, message) => {
  expect(() => parseGun(text)).toThrow(message);
  expect(() => parseGun(text)).toThrow(LanternError);
});

test('[GUN10] a gun says what it is', () => {
  expect(parseGun('mu- 4 GeV from 0 0 3.2 m towards 0 0 -1')).toMatchObject({
    kind: 'particles',
    particle: { name: 'mu-', code: 13 },
    energy: { low: 4000, high: 4000 },
    at: [0, 0, 3200],
    direction: [0, 0, -1],
    time: 0,
    events: 1,
  });
  expect(parseGun('20 cosmic muons')).toMatchObject({ kind: 'cosmic', events: 20 });
  expect(parseGun('e- 5 MeV at 0 0 0 m, isotropic, 10 events')).toMatchObject({
    direction: 'isotropic',
    events: 10,
  });
  expect(parseGun('10 e+ 1 to 10 MeV isotropic at 5 ns')).toMatchObject({
    particle: { name: 'e+' },
    energy: { low: 1, high: 10 },
    events: 10,
    time: 5,
  });
});

test('[GUN10] every particle of the help is one, and has other names', () => {
  const names = gunHelp.match(/particle +(.*) {3}or/)?.[1]?.split(' | ') ?? [];
  expect(names).toEqual(Object.keys(particles));
  for (const name of [...names, 'proton', 'antiproton', 'alphas', 'deuterons', 'He4', 'triton'])
    expect(parseGun(`3 ${name} 10 MeV isotropic`)).toMatchObject({ kind: 'particles', events: 3 });
});

test('[SRC12] a place needs a unit, unless it is the origin', () => {
  expect(() => parseLight('point at 1 2 3, 420 nm, 10 photons')).toThrow(
    /word 5: a unit is missing: given '3', expected the place with a unit of length \(nm, um, mm/,
  );
  expect(() => parseGun('mu- 4 GeV from 0 0 3 towards 0 0 -1')).toThrow(/a unit is missing/);
  expect(parseLight('point at 0 0 0, 420 nm, 10 photons').shape).toMatchObject({ at: [0, 0, 0] });
});

test('[SRC12] a unit that is none is named', () => {
  expect(() => parseLight('point at 0 0 0, 420 furlong, 10 photons')).toThrow(
    /not understood: given 'furlong', expected a known unit \(nm, um, .*\) or one of/,
  );
  expect(() => parseLight('point at 0 0 0, 420 parsec, 10 photons')).toThrow(/given '420 parsec'/);
});

const vocabulary =
  `point sphere disc line beam ball at from to towards radius opening isotropic lambertian spectrum LS
  sigma photons pulse flat decay polarised nm mm m ns deg eV GeV mu- e+ cosmic muons events pi- constructor 0 1 -1 420
  1e5 1e-300 0.5 10 , " - __proto__ toString`.split(/\s+/);

test('[SRC4] [GUN10] any words at all: understood, or an error of the user', () => {
  const sentence = fc.oneof(
    fc.array(fc.constantFrom(...vocabulary), { maxLength: 16 }).map((words) => words.join(' ')),
    fc.string({ maxLength: 40, unit: 'binary' }),
  );
  fc.assert(
    fc.property(sentence, (text) => {
      for (const read of [() => lightSource(text, detector), () => parseGun(text)]) {
        try {
          read();
        } catch (error) {
          if (!(error instanceof LanternError)) throw error;
        }
      }
    }),
    { numRuns: 2000 },
  );
});
