import { dot, length, subtract, wavelengthToEnergy } from '@lantern/units';
import { expect, test } from 'vitest';
import {
  genstepKinds,
  genstepOffsets,
  scintillationOffsets,
  trackOffsets,
} from '../src/genstep-layout.ts';
import { GenstepWriter } from '../src/sources/genstep-writer.ts';
import { meanScintillation, scintillatorOf } from '../src/sources/gun/scintillator.ts';
import { expectDensity } from './distributions.ts';
import { describe } from './physics-kernel.ts';
import { type MadePhoton, SourcesKernel } from './sources-kernel.ts';

const flat = [
  [1.5, 1.5],
  [6, 1.6],
] as const;
const detector = describe({
  materials: {
    Air: { tables: { RINDEX: 1 } },
    LS: {
      tables: {
        RINDEX: flat,
        SCINTILLATIONCOMPONENT1: [
          [2, 0],
          [2.5, 1],
          [3.5, 1],
          [3.6, 0],
        ],
        SCINTILLATIONCOMPONENT2: [
          [3, 1],
          [4, 1],
        ],
        SCINTILLATIONCOMPONENT3: [
          [1.6, 1],
          [1.8, 1],
        ],
      },
      constants: { SCINTILLATIONYIELD: 10_000 },
    },
  },
});
const kernel = new SourcesKernel(detector);
const many = 60_000;

interface StepOptions {
  readonly component?: number;
  readonly rise?: number;
  readonly decay?: number;
  readonly charge?: number;
}

function shine(
  { component = 1, rise = 0, decay = 5, charge = -1 }: StepOptions,
  count = many,
): MadePhoton[] {
  const writer = new GenstepWriter();
  writer.append(genstepKinds.SCINTILLATION, count, [
    [genstepOffsets.material, 1, 'integer'],
    [genstepOffsets.x, 10],
    [genstepOffsets.time, 100],
    [trackOffsets.deltaZ, 20],
    [trackOffsets.length, 20],
    [trackOffsets.charge, charge],
    [scintillationOffsets.meanVelocity, 1e9],
    [scintillationOffsets.component, component, 'integer'],
    [scintillationOffsets.riseTime, rise],
    [scintillationOffsets.decayTime, decay],
  ]);
  return kernel.photons(writer.finish(), count);
}

test('[SC1] energies by the spectrum of the component: the inverse of its trapezoidal cumulative', () => {
  const energies = (component: number): number[] =>
    shine({ component }).map(({ wavelength }) => wavelengthToEnergy(wavelength) * 1e6);
  const density = (e: number): number => (e < 2.5 ? 0.5 : e < 3.5 ? 1 : 0.5);
  expectDensity(energies(1), density, [2, 3.6], 32);
  expectDensity(energies(2), () => 1, [3, 4]);
  expectDensity(energies(3), () => 1, [1.6, 1.8]);
});

test('[SC2] times: exponential decay; with a rise time e^(-t/d) (1 - e^(-t/r))', () => {
  const times = (options: StepOptions): number[] => shine(options).map(({ time }) => time - 100);
  expectDensity(
    times({}).filter((t) => t < 30),
    (t) => Math.exp(-t / 5),
    [0, 30],
  );
  const [rise, decay] = [1.5, 5];
  const density = (t: number): number => Math.exp(-t / decay) * (1 - Math.exp(-t / rise));
  expectDensity(
    times({ rise, decay }).filter((t) => t < 30),
    density,
    [0, 30],
  );
});

test('[SC3] every direction, any polarisation at right angles', () => {
  const photons = shine({});
  for (const i of [0, 1, 2]) {
    expectDensity(
      photons.map(({ to }) => to[i] ?? 0),
      () => 1,
      [-1, 1],
    );
    expectDensity(
      photons.map(({ polarisation }) => polarisation[i] ?? 0),
      () => 1,
      [-1, 1],
    );
  }
  expect(photons.every(({ to, polarisation }) => Math.abs(dot(to, polarisation)) < 1e-6)).toBe(
    true,
  );
});

test('[SC4] along the step, uniformly; of a neutral particle at its end', () => {
  const part = ({ at }: MadePhoton): number => length(subtract(at, [10, 0, 0])) / 20;
  expectDensity(shine({}).map(part), () => 1, [0, 1]);
  expect(shine({ charge: 0 }, 100).every((photon) => part(photon) === 1)).toBe(true);
  expect(shine({}, 10).every(({ flag, mask }) => flag === 2 && mask === 2)).toBe(true);
});

const material = (
  constants: Record<string, number>,
  tables: readonly string[],
): ReturnType<typeof scintillatorOf> =>
  scintillatorOf({
    tables: new Map(
      tables.map((name) => [
        name,
        { energies: Float64Array.of(1, 2), values: Float64Array.of(1, 1) },
      ]),
    ),
    constants: new Map(Object.entries(constants)),
  });

test('[SC5] yields and times by the names of Geant4 11 and of Geant4 10', () => {
  expect(
    material(
      {
        SCINTILLATIONYIELD: 10_000,
        SCINTILLATIONYIELD1: 3,
        SCINTILLATIONYIELD2: 1,
        SCINTILLATIONTIMECONSTANT1: 5,
        SCINTILLATIONTIMECONSTANT2: 50,
        SCINTILLATIONRISETIME2: 2,
        RESOLUTIONSCALE: 2,
      },
      ['SCINTILLATIONCOMPONENT1', 'SCINTILLATIONCOMPONENT2'],
    ),
  ).toEqual({
    yield: 10_000,
    resolution: 2,
    birks: 0,
    components: [
      { component: 1, share: 0.75, riseTime: 0, decayTime: 5 },
      { component: 2, share: 0.25, riseTime: 2, decayTime: 50 },
    ],
  });
  const old = material(
    { SCINTILLATIONYIELD: 100, YIELDRATIO: 0.8, FASTTIMECONSTANT: 5, SLOWTIMECONSTANT: 50 },
    ['FASTCOMPONENT', 'SLOWCOMPONENT'],
  );
  expect(old?.components.map(({ share, decayTime }) => [share.toFixed(6), decayTime])).toEqual([
    ['0.800000', 5],
    ['0.200000', 50],
  ]);
  expect(material({ SCINTILLATIONYIELD: 100 }, [])).toBeUndefined();
  expect(material({}, ['SCINTILLATIONCOMPONENT1'])).toBeUndefined();
});

test('[SC6] Birks: N = Y E / (1 + kB dE/dx)', () => {
  const scintillator = material({ SCINTILLATIONYIELD: 1000, BIRKSCONSTANT: 0.1 }, [
    'SCINTILLATIONCOMPONENT1',
  ]);
  if (!scintillator) throw new Error('expected a scintillator');
  expect(meanScintillation(scintillator, 2, 10)).toBeCloseTo(2000 / (1 + 0.1 * 0.2), 9);
  expect(meanScintillation(scintillator, 2, 1)).toBeCloseTo(2000 / 1.2, 9);
  expect(meanScintillation({ ...scintillator, birks: 0 }, 2, 1)).toBe(2000);
});
