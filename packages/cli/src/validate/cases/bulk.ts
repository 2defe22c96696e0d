import { photonFlags, photonOffsets, photonWords } from '@lantern/optics';
import {
  box,
  byEnergy,
  type Optics,
  photonsOf,
  samePhotons,
  smallDetector,
} from '@lantern/optics/validation';
import { dot, energyToWavelength, eV, hcInEvNm, length } from '@lantern/units';
import type { CaseGroup, ValidationCase } from '../case.ts';
import type { HistogramChart } from '../chart.ts';
import {
  type Comparison,
  compareNumbers,
  compareShape,
  compareShare,
  compareWithin,
} from '../comparison.ts';
import { Bins } from './bins.ts';
import { Moments } from './moments.ts';
import { reemission } from './reemission.ts';

/** What happens in a material, beside formulas. */
export function bulkGroup(): CaseGroup {
  return {
    name: 'bulk',
    title: 'Absorption, scattering and shifting in a material',
    about: 'One material that fills a large cube, one process at a time, beside its density.',
    cases: [
      attenuation(10),
      attenuation(730),
      attenuation(40_000),
      rayleigh(),
      mie(),
      shifting(''),
      shifting('2'),
      shiftNumbers(),
      reemission(),
    ],
  };
}

function cube(size: number, optics: Optics, constants: Readonly<Record<string, number>> = {}) {
  return smallDetector({
    materials: { Medium: optics },
    constants: { Medium: constants },
    solids: [box('cube', size)],
    world: { name: 'World', solid: 'cube', material: 'Medium' },
  });
}

/** A histogram beside a density: the comparison and its picture. */
function density(
  name: string,
  bins: Bins,
  cumulative: (x: number) => number,
  isLogarithmic = false,
): { readonly comparison: Comparison; readonly chart: HistogramChart } {
  const expected = bins.expected(cumulative);
  const { lo, hi, counts } = bins;
  return {
    comparison: compareShape(name, counts, expected),
    chart: { kind: 'histogram', title: name, lo, hi, counts, expected, exact: true, isLogarithmic },
  };
}

const exponential =
  (mean: number) =>
  (x: number): number =>
    1 - Math.exp(-x / mean);

function attenuation(mean: number): ValidationCase {
  const usual = 100_000;
  return {
    name: `absorption-${mean}`,
    title: `Absorption with a length of ${mean} mm`,
    source: 'exponential lengths',
    photons: usual,
    run: async (tools) => {
      const photons = tools.few(usual);
      const lengths = new Bins(0, 6 * mean, 40);
      const moments = new Moments();
      await tools.propagate(
        cube(200 * mean, { RINDEX: 1.33, ABSLENGTH: mean }),
        samePhotons(photons, {}),
        ({ position }) => {
          lengths.add(length(position));
          moments.add(length(position));
        },
      );
      const shape = density('length, mm', lengths, exponential(mean), true);
      return {
        comparisons: [
          compareNumbers('mean length', moments.mean, mean, mean / Math.sqrt(photons), 'mm'),
          shape.comparison,
        ],
        charts: [shape.chart],
      };
    },
  };
}

function rayleigh(): ValidationCase {
  const usual = 200_000;
  const mean = 500;
  return {
    name: 'rayleigh',
    title: 'Rayleigh scattering',
    source:
      'dσ/dΩ ∝ 1 − (d′·p)²: mean cosine 0, of its square 2/5, of (p·p′)² 4/5; cos θ by 3/8 (1 + cos² θ), the azimuth about the beam from the polarisation by (2 − 4/3 cos² φ)',
    photons: usual,
    run: async (tools) => {
      const photons = tools.few(usual);
      const moments = [new Moments(), new Moments(), new Moments()] as const;
      const cosines = new Bins(-1, 1, 40);
      const azimuths = new Bins(-Math.PI, Math.PI, 36);
      const lengths = new Bins(0, 6 * mean, 40);
      let scattered = 0;
      await tools.propagate(
        cube(200_000, { RINDEX: 1.33, ABSLENGTH: 1e12, RAYLEIGH: mean }),
        photonsOf(photons, () => ({ polarisation: [1, 0, 0] })),
        ({ position, direction: [x, y, z], polarisation, flagMask }) => {
          if ((flagMask & photonFlags.BULK_SCATTER) === 0) return;
          scattered++;
          lengths.add(position[2]);
          cosines.add(z);
          azimuths.add(Math.atan2(y, x));
          moments[0].add(z);
          moments[1].add(z ** 2);
          moments[2].add(dot(polarisation, [1, 0, 0]) ** 2);
        },
        { maxBounces: 1 },
      );
      const shapes = [
        density('cos θ', cosines, (c) => 0.5 + (3 * c + c ** 3) / 8),
        density('azimuth, rad', azimuths, (phi) => {
          // ∫ (2 − 4/3 cos² φ) dφ over a turn is 8π/3.
          const integral = (x: number): number => (4 / 3) * x - Math.sin(2 * x) / 3;
          return (integral(phi) - integral(-Math.PI)) / ((8 / 3) * Math.PI);
        }),
        density('length, mm', lengths, exponential(mean), true),
      ];
      return {
        comparisons: [
          compareShare('scattered', scattered, photons, 1 - Math.exp(-100_000 / mean)),
          compareNumbers('mean cosine', moments[0].mean, 0, moments[0].error),
          compareNumbers('mean of cos² θ', moments[1].mean, 2 / 5, moments[1].error),
          compareNumbers('mean of (p·p′)²', moments[2].mean, 4 / 5, moments[2].error),
          ...shapes.map(({ comparison }) => comparison),
        ],
        charts: shapes.map(({ chart }) => chart),
      };
    },
  };
}

/** Henyey and Greenstein's chance of a cosine below c. */
function belowHenyey(g: number, c: number): number {
  if (g === 0) return (1 + c) / 2;
  return ((1 - g * g) / (2 * g)) * (1 / Math.sqrt(1 + g * g - 2 * g * c) - 1 / (1 + g));
}

function mie(): ValidationCase {
  const usual = 200_000;
  const [mean, forward, backward, ratio] = [500, 0.8, 0.4, 0.7];
  return {
    name: 'mie',
    title: 'Mie scattering',
    source: `Henyey and Greenstein (Astrophys. J. 93 (1941) 70): forward with g = ${forward} and the chance ${ratio}, else backward with ${backward}; even in azimuth; the polarisation stays at right angles to the direction`,
    photons: usual,
    run: async (tools) => {
      const photons = tools.few(usual);
      const cosines = new Bins(-1, 1, 60);
      const azimuths = new Bins(-Math.PI, Math.PI, 36);
      const lengths = new Bins(0, 6 * mean, 40);
      const moments = new Moments();
      let worst = 0;
      await tools.propagate(
        cube(
          200_000,
          { RINDEX: 1.33, ABSLENGTH: 1e12, MIEHG: mean },
          { MIEHG_FORWARD: forward, MIEHG_BACKWARD: backward, MIEHG_FORWARD_RATIO: ratio },
        ),
        samePhotons(photons, {}),
        ({ position, direction, polarisation, flagMask }) => {
          if ((flagMask & photonFlags.BULK_SCATTER) === 0) return;
          lengths.add(position[2]);
          cosines.add(direction[2]);
          moments.add(direction[2]);
          azimuths.add(Math.atan2(direction[1], direction[0]));
          worst = Math.max(worst, Math.abs(dot(direction, polarisation)));
        },
        { maxBounces: 1 },
      );
      const shapes = [
        density(
          'cos θ',
          cosines,
          (c) => ratio * belowHenyey(forward, c) + (1 - ratio) * (1 - belowHenyey(backward, -c)),
          true,
        ),
        density('azimuth, rad', azimuths, (phi) => 0.5 + phi / (2 * Math.PI)),
        density('length, mm', lengths, exponential(mean), true),
      ];
      const average = ratio * forward - (1 - ratio) * backward;
      return {
        comparisons: [
          compareNumbers('mean cosine', moments.mean, average, moments.error),
          // Polarisation is of 32-bit floats on a GPU: some twenty roundings of 6e-8.
          compareWithin('direction · polarisation, the worst', worst, 0, 2e-6),
          ...shapes.map(({ comparison }) => comparison),
        ],
        charts: shapes.map(({ chart }) => chart),
      };
    },
  };
}

/** Intensity by energy: a triangle from 2.1 to 3.1 eV in many points, as the integral is linear between them. */
const triangle = Array.from({ length: 1001 }, (_, i): [number, number] => {
  const energy = 2.1 + i / 1000;
  return [energy, 0.5 - Math.abs(energy - 2.6)];
});

function belowInTriangle(energy: number): number {
  if (energy <= 2.6) return 2 * Math.max(0, energy - 2.1) ** 2;
  return 1 - 2 * Math.max(0, 3.1 - energy) ** 2;
}

/** Lengths of a shifter that does not absorb what it emits. */
function absorbedAbove(length: number): [wavelength: number, value: number][] {
  return byEnergy([
    [2, 1e12],
    [3.3, 1e12],
    [3.45, length],
    [3.6, length],
  ]);
}

/** @param set of the properties: the first or the second shifter */
function shifting(set: '' | '2'): ValidationCase {
  const usual = 100_000;
  const [lifetime, mean] = [3.7, 0.02];
  return {
    name: `wls${set}`,
    title: `Wavelength shifting${set === '' ? '' : ', the second set of properties'}`,
    source:
      'WLSABSLENGTH 0.02 mm at 3.5 eV, none below 3.3 eV; WLSCOMPONENT a triangle from 2.1 to 3.1 eV; exponential delay of 3.7 ns; isotropic',
    photons: usual,
    run: async (tools) => {
      const photons = tools.few(usual);
      const absorption = absorbedAbove(mean);
      const detector = cube(
        4,
        {
          ...{ RINDEX: 1.5, ABSLENGTH: 1e12 },
          [`WLSABSLENGTH${set}`]: absorption,
          [`WLSCOMPONENT${set}`]: byEnergy(triangle),
        },
        { [`WLSTIMECONSTANT${set}`]: lifetime },
      );
      const [energies, delays] = [new Bins(2.1, 3.1, 40), new Bins(0, 5 * lifetime, 40)];
      const [cosines, lengths] = [new Bins(-1, 1, 20), new Bins(0, 6 * mean, 40)];
      let shifted = 0;
      await tools.propagate(
        detector,
        samePhotons(photons, { wavelength: energyToWavelength(3.5 * eV) }),
        ({ position, direction, wavelength, time, flagMask }) => {
          if ((flagMask & photonFlags.BULK_REEMIT) === 0) return;
          shifted++;
          lengths.add(length(position));
          energies.add(hcInEvNm / wavelength);
          // The flight takes 1e-4 ns: a thousandth of a bin.
          delays.add(time);
          cosines.add(direction[2]);
        },
        { maxBounces: 1 },
      );
      const shapes = [
        density('emitted energy, eV', energies, belowInTriangle),
        density('delay, ns', delays, exponential(lifetime), true),
        density('length, mm', lengths, exponential(mean), true),
        density('cos θ', cosines, (c) => (1 + c) / 2),
      ];
      return {
        comparisons: [
          compareShare('shifted', shifted, photons, 1 - Math.exp(-2 / mean)),
          ...shapes.map(({ comparison }) => comparison),
        ],
        charts: shapes.map(({ chart }) => chart),
      };
    },
  };
}

function shiftNumbers(): ValidationCase {
  const usual = 50_000;
  const mean = 2.5;
  return {
    name: 'wls-number',
    title: 'Wavelength shifting into several photons',
    source: `WLSMEANNUMBERPHOTONS ${mean}: Poisson; a shift into none is an absorption`,
    photons: usual,
    run: async (tools) => {
      const photons = tools.few(usual);
      const numbers = new Array<number>(photons).fill(0);
      const wavelength = energyToWavelength(3.5 * eV);
      let [none, bluer] = [0, 0];
      await tools.propagate(
        cube(
          4,
          {
            RINDEX: 1.5,
            ABSLENGTH: 1e12,
            WLSABSLENGTH: absorbedAbove(0.01),
            WLSCOMPONENT: byEnergy(triangle),
          },
          { WLSMEANNUMBERPHOTONS: mean },
        ),
        samePhotons(photons, { wavelength }),
        ({ flag }, photon) => {
          if (flag === photonFlags.BULK_REEMIT) numbers[photon] = (numbers[photon] ?? 0) + 1;
          else none++;
        },
        { maxBounces: 1 },
        ({ children }) => {
          for (const parent of children?.parents ?? []) {
            numbers[Number(parent)] = (numbers[Number(parent)] ?? 0) + 1;
          }
          for (let row = 0; row < (children?.count ?? 0); row++) {
            const nm = children?.photons?.[row * photonWords + photonOffsets.wavelength / 4] ?? 0;
            if (nm < Math.fround(wavelength)) bluer++;
          }
        },
      );
      const moments = new Moments();
      const bins = new Bins(-0.5, 11.5, 12);
      for (const number of numbers) {
        moments.add(number);
        bins.add(number);
      }
      const poisson = (x: number): number => {
        let [sum, term] = [0, Math.exp(-mean)];
        for (let n = 0; n < x; n++) {
          sum += term;
          term *= mean / (n + 1);
        }
        return sum;
      };
      const shape = density('photons of a shift', bins, poisson);
      return {
        comparisons: [
          compareNumbers('mean number', moments.mean, mean, moments.error),
          compareShare('absorbed', none, photons, Math.exp(-mean)),
          compareWithin('children bluer than the light absorbed', bluer, 0, 0),
          shape.comparison,
        ],
        charts: [shape.chart],
      };
    },
  };
}
