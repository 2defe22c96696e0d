import { photonFlags } from '@lantern/optics';
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
import { type Comparison, compareNumbers, compareShape, compareShare } from '../comparison.ts';
import { Bins } from './bins.ts';
import { Moments } from './moments.ts';

/** What happens in a material, beside formulas. */
export function bulkGroup(): CaseGroup {
  return {
    name: 'bulk',
    title: 'Absorption, scattering and shifting in a material',
    about: 'One material that fills a large cube, one process at a time, beside its density.',
    cases: [attenuation(10), attenuation(730), attenuation(40_000), rayleigh(), shifting()],
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
  const photons = 100_000;
  return {
    name: `absorption-${mean}`,
    title: `Absorption with a length of ${mean} mm`,
    source: 'exponential lengths',
    photons,
    run: async (tools) => {
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
  const photons = 200_000;
  const mean = 500;
  return {
    name: 'rayleigh',
    title: 'Rayleigh scattering',
    source:
      'dσ/dΩ ∝ 1 − (d′·p)²: mean cosine 0, of its square 2/5, of (p·p′)² 4/5; cos θ by 3/8 (1 + cos² θ), the azimuth about the beam from the polarisation by (2 − 4/3 cos² φ)',
    photons,
    run: async (tools) => {
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

/** Intensity by energy: a triangle from 2.1 to 3.1 eV in many points, as the integral is linear between them. */
const triangle = Array.from({ length: 1001 }, (_, i): [number, number] => {
  const energy = 2.1 + i / 1000;
  return [energy, 0.5 - Math.abs(energy - 2.6)];
});

function belowInTriangle(energy: number): number {
  if (energy <= 2.6) return 2 * Math.max(0, energy - 2.1) ** 2;
  return 1 - 2 * Math.max(0, 3.1 - energy) ** 2;
}

function shifting(): ValidationCase {
  const photons = 100_000;
  const [lifetime, mean] = [3.7, 0.02];
  return {
    name: 'wls',
    title: 'Wavelength shifting',
    source:
      'WLSABSLENGTH 0.02 mm at 3.5 eV, none below 3.3 eV; WLSCOMPONENT a triangle from 2.1 to 3.1 eV; exponential delay of 3.7 ns; isotropic',
    photons,
    run: async (tools) => {
      const absorption = byEnergy([
        [2, 1e12],
        [3.3, 1e12],
        [3.45, mean],
        [3.6, mean],
      ]);
      const detector = cube(
        4,
        {
          RINDEX: 1.5,
          ABSLENGTH: 1e12,
          WLSABSLENGTH: absorption,
          WLSCOMPONENT: byEnergy(triangle),
        },
        { WLSTIMECONSTANT: lifetime },
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
