import type { Detector } from '@lantern/geometry';
import { normalize, RandomStream, type Vector3 } from '@lantern/units';
import { expect, test } from 'vitest';
import { genstepWords } from '../src/genstep-layout.ts';
import { GenstepWriter } from '../src/sources/genstep-writer.ts';
import { collisionLoss } from '../src/sources/gun/collision-loss.ts';
import { entryInto, exposure } from '../src/sources/gun/cosmic-muons.ts';
import {
  cosmicIntensity,
  sampleCosmicEnergy,
  verticalIntensity,
} from '../src/sources/gun/cosmic-spectrum.ts';
import { frankTammYield, greatestIndex } from '../src/sources/gun/frank-tamm.ts';
import type { GeometryWalker } from '../src/sources/gun/geometry-walker.ts';
import { type GunSource, shoot } from '../src/sources/gun/gun-source.ts';
import { writeLight } from '../src/sources/gun/light-of-step.ts';
import { Media } from '../src/sources/gun/medium.ts';
import { parseGun } from '../src/sources/gun/parse-gun.ts';
import { kinematics, kineticEnergyAt, particles } from '../src/sources/gun/particle.ts';
import { substanceOf } from '../src/sources/gun/substance.ts';
import type { SourceBatch } from '../src/sources/photon-source.ts';
import { waterPairs, waterTable } from '../src/validation/water-index.ts';
import { expectDensity } from './distributions.ts';
import { describe } from './physics-kernel.ts';
import { photonsOf, SourcesKernel } from './sources-kernel.ts';

/** A world that is a box of half the size, all of one material, with a boundary between two volumes of it at z = 0. */
class BoxWalker implements GeometryWalker {
  #at: Vector3 = [0, 0, 0];
  #direction: Vector3 = [0, 0, 1];
  readonly #half: number;
  readonly #index: number;
  walks = 0;

  constructor(half: number, index = 0) {
    this.#half = half;
    this.#index = index;
  }

  start(at: Vector3, direction: Vector3): boolean {
    this.walks++;
    [this.#at, this.#direction] = [at, direction];
    return at.every((x) => Math.abs(x) <= this.#half);
  }

  material(): number {
    return this.#index;
  }

  distance(): number {
    const [z, dz] = [this.#at[2], this.#direction[2]];
    const toPlane = dz * z < 0 ? -z / dz : Number.POSITIVE_INFINITY;
    return Math.min(toPlane, this.#toWall());
  }

  advance(length: number): void {
    const [p, d] = [this.#at, this.#direction];
    this.#at = [p[0] + length * d[0], p[1] + length * d[1], p[2] + length * d[2]];
  }

  cross(): boolean {
    if (this.#toWall() < 1e-9) return false;
    if (Math.abs(this.#at[2]) < 1e-9) this.#at = [this.#at[0], this.#at[1], 0];
    return true;
  }

  turn(direction: Vector3): void {
    this.#direction = direction;
  }

  #toWall(): number {
    return Math.min(
      ...this.#direction.map((d, i) => {
        const wall = Math.sign(d) * this.#half - (this.#at[i] ?? 0);
        return d === 0 ? Number.POSITIVE_INFINITY : wall / d;
      }),
    );
  }
}

function withElements(detector: Detector): Detector {
  const components = [
    { ref: 'H', kind: 'element', massFraction: 0.111894 },
    { ref: 'O', kind: 'element', massFraction: 0.888106 },
  ] as const;
  const element = (name: string, Z: number, molarMass: number) =>
    [name, { name, formula: name, Z, molarMass, isotopes: [] }] as const;
  return {
    ...detector,
    elements: new Map([element('H', 1, 1.008), element('O', 8, 15.999)]),
    materials: new Map(
      [...detector.materials].map(([name, material]) => [
        name,
        { ...material, components, density: 1, state: 'liquid' },
      ]),
    ),
  };
}

const detector = withElements(
  describe({
    materials: {
      Water: { tables: { RINDEX: waterPairs() } },
      Scintillator: {
        tables: {
          RINDEX: [
            [1.5, 1],
            [6, 1],
          ],
          SCINTILLATIONCOMPONENT1: [
            [2, 0],
            [2.5, 1],
            [3.5, 0],
          ],
          SCINTILLATIONCOMPONENT2: [
            [2, 0],
            [2.5, 1],
            [3.5, 0],
          ],
        },
        constants: {
          SCINTILLATIONYIELD: 1000,
          SCINTILLATIONYIELD1: 0.75,
          SCINTILLATIONYIELD2: 0.25,
          SCINTILLATIONTIMECONSTANT1: 5,
          SCINTILLATIONTIMECONSTANT2: 50,
        },
      },
      Dark: {},
    },
  }),
);
const scene = { materials: [...detector.materials.keys()] };
const box = { min: [-2000, -2000, -2000], max: [2000, 2000, 2000] } as const;

async function gun(
  words: string,
  { half = 10_000, material = 0, seed = 1n, walker = new BoxWalker(half, material) } = {},
): Promise<GunSource> {
  const description = parseGun(words);
  const media = new Media(detector, scene);
  const cosmic = description.kind === 'cosmic' ? { box } : {};
  return shoot(description, { description: `gun ${words}`, walker, media, seed, ...cosmic });
}

function batchOf(
  source: GunSource,
  first: number,
  count: number,
): Extract<SourceBatch, { kind: 'gensteps' }> {
  const batch = source.batch(first, count);
  if (batch instanceof Promise || batch.kind !== 'gensteps') throw new Error('expected gensteps');
  return batch;
}

test('[GUN8] a muon that crosses a tank: energy, time and light as the formulae say', async () => {
  const source = await gun('mu- 4 GeV from 0 0 500 mm towards 0 0 -1', { half: 500 });
  const [event] = source.events;
  const water = substanceOf(detector, [...detector.materials.values()][0] ?? never());
  expect(event?.end).toBe('left the world');
  expect(event?.path).toBeCloseTo(1000, 0);
  expect(event?.deposited).toBeCloseTo(100 * collisionLoss(particles['mu-'], water, 3890), 0);
  const mean = 1000 * frankTammYield(waterTable(), kinematics(particles['mu-'], 3890).beta);
  expect(Math.abs(source.count - mean)).toBeLessThan(5 * Math.sqrt(mean));
});

test('[GUN8] a muon that stops: path is the range, nothing is lost, light ends at the threshold', async () => {
  const source = await gun('5 mu- 400 MeV towards 0 0 1');
  for (const event of source.events) {
    expect(event.end).toBe('stopped');
    expect(Math.abs(event.path / 10 / 177 - 1)).toBeLessThan(0.02);
    expect(event.deposited).toBeGreaterThan(400 * 0.995);
    expect(event.deposited).toBeLessThanOrEqual(400 + 1e-9);
  }
  // The mean number of photons: the yield over the loss, from the threshold up.
  const water = substanceOf(detector, [...detector.materials.values()][0] ?? never());
  const threshold = kineticEnergyAt(particles['mu-'], 1 / greatestIndex(waterTable()));
  let mean = 0;
  for (let energy = threshold; energy < 400; energy += 0.1) {
    const { beta } = kinematics(particles['mu-'], energy + 0.05);
    mean +=
      0.1 *
      (frankTammYield(waterTable(), beta) /
        (0.1 * collisionLoss(particles['mu-'], water, energy + 0.05)));
  }
  const average = source.count / 5;
  expect(Math.abs(average / mean - 1)).toBeLessThan(0.005 + 4 / Math.sqrt(source.count));
});

test('[GUN8] steps cut by boundaries make the same light on average', async () => {
  const across = await gun('20 mu- 1 GeV from 0 -500 100 mm towards 0 1 0', { half: 500 });
  const through = await gun('20 mu- 1 GeV from 0 0 -500 mm towards 0 0 1', { half: 500 });
  expect(Math.abs(across.count - through.count)).toBeLessThan(6 * Math.sqrt(2 * across.count));
});

test('[GUN8] electrons: mean light of 5 MeV, scattered, with their tracks in time', async () => {
  const source = await gun('200 e- 5 MeV isotropic at 3 ns', { half: 1000 });
  const paths = source.events.map(({ path }) => path);
  expect(Math.min(...paths)).toBeGreaterThan(24);
  expect(Math.max(...paths)).toBeLessThan(27);
  expect(source.events.every(({ end, time }) => end === 'stopped' && time === 3)).toBe(true);
  expectDensity(
    source.events.map(({ direction }) => direction[2]),
    () => 1,
    [-1, 1],
    10,
  );
});

test('[GUN8] Cerenkov light of slow electrons: near the threshold within 0.1 % of the integral', () => {
  const water = substanceOf(detector, [...detector.materials.values()][0] ?? never());
  const [medium, writer] = [new Media(detector, scene).get(0), new GenstepWriter()];
  // A thousandfold charge: many photons, so that the mean is seen.
  const particle = { ...particles['e-'], charge: -1000 };
  for (const [energy, after] of [
    [0.27, 0.2565],
    [0.3, 0.285],
    [1, 0.95],
  ] as const) {
    const [betaBefore, betaAfter] = [energy, after].map((t) => kinematics(particle, t).beta);
    const loss = 0.1 * collisionLoss(particles['e-'], water, 0.5 * (energy + after));
    const length = (energy - after) / loss;
    let exact = 0;
    for (let i = 0; i < 10_000; i++) {
      const t = after + ((i + 0.5) / 10_000) * (energy - after);
      exact += (frankTammYield(waterTable(), kinematics(particle, t).beta, 1000) * length) / 10_000;
    }
    const before = writer.photons;
    const at: Vector3 = [0, 0, 0];
    writeLight(
      {
        ...{ particle, medium, event: 0, at, direction: [0, 0, 1], time: 0, length },
        ...{ betaBefore: betaBefore ?? 0, betaAfter: betaAfter ?? 0 },
        ...{ kineticEnergy: energy, deposited: 0 },
      },
      writer,
      new RandomStream(1, 0),
    );
    const made = writer.photons - before;
    expect(Math.abs(made / exact - 1)).toBeLessThan(1e-3 + 4 / Math.sqrt(exact));
    expect(exact).toBeGreaterThan(50_000);
  }
});

test('[GUN9] scintillation: yield times deposit, shared by the components', async () => {
  const source = await gun('10 mu- 200 MeV towards 1 0 0', { material: 1 });
  const deposited = source.events.reduce((sum, event) => sum + event.deposited, 0);
  expect(Math.abs(source.count - 1000 * deposited)).toBeLessThan(5 * Math.sqrt(1000 * deposited));
  const { steps } = batchOf(source, 0, source.count);
  const words = new Uint32Array(steps.buffer);
  const counts = [0, 0];
  for (let i = 0; i < steps.length; i += genstepWords) {
    const component = words[i + 16] ?? 0;
    counts[component - 1] = (counts[component - 1] ?? 0) + (words[i + 3] ?? 0);
    expect([steps[i + 17], steps[i + 20]]).toEqual([0, component === 1 ? 5 : 50]);
  }
  expect((counts[0] ?? 0) / source.count).toBeCloseTo(0.75, 2);
});

test('[GUN11] batches: photon i is the same whatever the batches, also when events are tracked again', async () => {
  const source = await gun('6 mu- 100 to 300 MeV isotropic', { half: 400 });
  const kernel = new SourcesKernel(detector);
  const rows = (first: number, count: number): Float32Array<ArrayBuffer> =>
    kernel.rows(batchOf(source, first, count), first, count);
  const whole = rows(0, source.count);
  const second = source.events[1]?.firstPhoton ?? 0;
  for (const [first, count] of [
    [0, 10],
    [second - 5, 10],
    [second, 1],
    [1, source.count - 2],
  ] as const) {
    expect(rows(first, count)).toEqual(whole.slice(16 * first, 16 * (first + count)));
  }
  const photons = photonsOf(whole);
  expect(photons).toHaveLength(source.count);
  expect(
    photons.every(
      ({ mask, wavelength }) => mask === 1 && wavelength >= 182 && wavelength <= 1129.1,
    ),
  ).toBe(true);
  const again = await gun('6 mu- 100 to 300 MeV isotropic', { half: 400 });
  expect(again.events).toEqual(source.events);
  expect((await gun('6 mu- 100 to 300 MeV isotropic', { half: 400, seed: 2n })).count).not.toBe(
    source.count,
  );
});

test('[GUN11] the steps say which event they are of, and the events which photons are theirs', async () => {
  const source = await gun('3 mu- 200 MeV towards 0 0 1', { half: 300 });
  const sums = [0, 0, 0];
  const { steps } = batchOf(source, 0, source.count);
  const words = new Uint32Array(steps.buffer);
  for (let i = 0; i < steps.length; i += genstepWords) {
    const event = words[i + 1] ?? 0;
    sums[event] = (sums[event] ?? 0) + (words[i + 3] ?? 0);
  }
  expect(source.events.map(({ photons }) => photons)).toEqual(sums);
  expect(source.events.map(({ firstPhoton }) => firstPhoton)).toEqual([
    0,
    sums[0],
    (sums[0] ?? 0) + (sums[1] ?? 0),
  ]);
});

test('[GUN12] a gun outside the world is an error; events without light are a warning', async () => {
  await expect(gun('mu- 1 GeV at 0 0 20 m towards 0 0 1')).rejects.toThrow(
    /outside the world.*\(0, 0, 20000\) mm/,
  );
  const dark = await gun('2 mu- 1 GeV towards 0 0 1', { material: 2 });
  expect(dark.count).toBe(0);
  expect(dark.warnings?.()).toEqual([
    expect.stringMatching(/^2 of 2 events of the gun made no light/),
  ]);
});

test('[GUN12] tracking stops when it is told to', async () => {
  const media = new Media(detector, scene);
  const shooting = { description: '', walker: new BoxWalker(1000), media, seed: 1n };
  const signal = AbortSignal.abort();
  await expect(
    shoot(parseGun('mu- 1 GeV towards 0 0 1'), { ...shooting, signal }),
  ).rejects.toThrow();
});

test('[GUN13] cosmic muons: zenith by cos² through a sphere, entering the box from above or aside', async () => {
  const source = await gun('3000 cosmic muons', { half: 2001, material: 2 });
  const { events } = source;
  for (const { at, direction, particle, kineticEnergy } of events) {
    expect(direction[2]).toBeLessThan(0);
    expect(Math.max(...at.map(Math.abs))).toBeCloseTo(2000, 6);
    expect(Math.abs(particle.charge)).toBe(1);
    expect(kineticEnergy + 105.66).toBeGreaterThan(999);
  }
  // The box lets through in proportion to its projected area: for a cube, 4 m² (|x| + |y| + |z|).
  const weights = events.map(
    ({ direction: [x, y, z] }) => 1 / (Math.abs(x) + Math.abs(y) + Math.abs(z)),
  );
  const total = weights.reduce((sum, w) => sum + w, 0);
  for (const limit of [0.3, 0.5, 0.7, 0.9]) {
    const below = events.reduce(
      (sum, { direction }, i) => sum + (-direction[2] < limit ? (weights[i] ?? 0) : 0),
      0,
    );
    expect(below / total).toBeCloseTo(limit ** 3, 1);
  }
  const positive = events.filter(({ particle }) => particle.charge > 0).length / events.length;
  expect(positive).toBeCloseTo(1.28 / 2.28, 1);
});

test('[GUN13] their energies follow the spectrum, at any zenith angle', () => {
  for (const cosine of [1, 0.3]) {
    const random = new RandomStream(1, 0);
    const energies = Array.from({ length: 20_000 }, () =>
      sampleCosmicEnergy(random, cosine, { low: 1000, high: 20_000 }),
    );
    expectDensity(energies, (energy) => cosmicIntensity(energy / 1000, cosine), [1000, 20_000]);
  }
});

test('[GUN13] rates: 70 vertical muons per m² s sr above 1 GeV, as the PDG says', () => {
  const intensity = verticalIntensity({ low: 1000, high: 1e6 }) * 1e4;
  expect(intensity).toBeGreaterThan(60);
  expect(intensity).toBeLessThan(85);
  const seconds = exposure(1000, box, { low: 1000, high: 1e6 });
  expect(seconds).toBeCloseTo(1000 / (intensity * ((2 * Math.PI) / 3) * Math.PI * 12), 6);
});

test('[GUN13] lines and boxes', () => {
  expect(entryInto(box, [0, 0, 5000], [0, 0, -1])).toBe(3000);
  expect(entryInto(box, [3000, 0, 5000], [0, 0, -1])).toBeUndefined();
  expect(entryInto(box, [5000, 0, 5000], normalize([-1, 0, -1]))).toBeCloseTo(3000 * Math.SQRT2, 6);
});

function never(): never {
  throw new Error('unreachable');
}
