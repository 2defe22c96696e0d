import { packScene } from '@lantern/geometry';
import { gunSource } from '@lantern/optics';
import {
  box,
  frankTammYield,
  greatestIndex,
  smallDetector,
  waterIndex,
  waterTable,
} from '@lantern/optics/validation';
import {
  energyToWavelength,
  eV,
  fineStructureConstant,
  hbarC,
  wavelengthToEnergy,
} from '@lantern/units';
import type { CaseGroup, ValidationCase } from '../case.ts';
import type { CurveChart } from '../chart.ts';
import { compareNumbers, compareShape, compareWithin } from '../comparison.ts';
import { Bins } from './bins.ts';
import { Moments } from './moments.ts';

/** The yield of Cerenkov light, and the light itself. */
export function cerenkovGroup(): CaseGroup {
  return {
    name: 'cerenkov',
    title: 'Cerenkov light',
    about:
      'Water of 101 points from 182 to 1129 nm (Daimon and Masumura 2007), straight lines between them. The yield is Frank and Tamm’s integral; it is compared with the same integral by the midpoint rule in many parts.',
    cases: [knownYields(), thresholdYields(), fastElectron()],
  };
}

/** β, photons per cm by a fine integration, and by Celeritas' table of the integral. */
const known = [
  [0.5, 0, 0],
  [0.6813, 8e-5, 0],
  [0.69, 1.093, 0.57854],
  [0.71, 12.483, 12.39231],
  [0.73, 41.795, 41.74969],
  [0.752, 111.87, 111.8333],
  [0.756, 132.082, 132.0457],
  [0.8, 344.006, 343.9741],
  [0.9, 715.308, 715.2821],
  [0.999, 978.629, 978.6086],
] as const;

function knownYields(): ValidationCase {
  return {
    name: 'yields',
    title: 'Photons per centimetre at ten velocities',
    source:
      'a fine integration (anchors/optics.md 8.4), to its last digit or 0.1 %; in the picture also the table of Celeritas, test/celeritas/optical/Cerenkov.test.cc',
    photons: 0,
    run: async () => {
      const water = waterTable();
      const comparisons = known.map(([beta, fine]) => {
        const limit = Math.max(1e-3 * fine, fine < 1e-3 ? 5e-6 : 5e-4);
        const perCm = 10 * frankTammYield(water, beta);
        return compareWithin(`β = ${beta}`, perCm, fine, limit, 'per cm');
      });
      const points = known.slice(2);
      const chart: CurveChart = {
        kind: 'curve',
        title: 'yield beside the fine integration, % off',
        x: 'β',
        curves: [
          { name: 'Lantern', points: [] },
          {
            name: 'table of Celeritas',
            points: points.map(([beta, fine, table]) => [beta, 100 * (table / fine - 1)]),
          },
        ],
        points: points.map(([beta, fine]) => ({
          x: beta,
          y: 100 * ((10 * frankTammYield(water, beta)) / fine - 1),
          error: 0,
          curve: 0,
        })),
      };
      return { comparisons, charts: [chart] };
    },
  };
}

function thresholdYields(): ValidationCase {
  return {
    name: 'threshold',
    title: 'The yield from just above threshold to the velocity of light',
    source:
      'the midpoint rule with 1000 parts in each piece of the table above threshold; limit 0.1 %',
    photons: 0,
    run: async () => {
      const water = waterTable();
      const threshold = 1 / greatestIndex(water);
      const above = Array.from({ length: 41 }, (_, i) => 10 ** (-7 + (i * 7) / 40));
      const betas = above
        .map((part) => threshold * (1 + part))
        .filter((beta) => beta < 1)
        .concat(1);
      const ratios = betas.map((beta) => {
        return frankTammYield(water, beta) / midpointYield(beta, 1000);
      });
      const worst = ratios.reduce((a, b) => (Math.abs(b - 1) > Math.abs(a - 1) ? b : a), 1);
      const yields: [number, number][] = Array.from({ length: 201 }, (_, i) => {
        const beta = threshold + ((1 - threshold) * i) / 200;
        return [beta, 10 * frankTammYield(water, beta)];
      });
      return {
        comparisons: [
          compareWithin(
            `ratio of the yields, the worst of ${betas.length} velocities`,
            worst,
            1,
            1e-3,
          ),
        ],
        charts: [
          {
            kind: 'curve',
            title: 'photons per cm',
            x: 'β',
            curves: [{ name: 'Lantern', points: yields }],
            points: known
              .slice(2)
              .map(([beta, fine]) => ({ x: beta, y: fine, error: 0, curve: 0 })),
          },
          {
            kind: 'curve',
            title: 'yield beside the midpoint rule, % off',
            x: 'log₁₀(β/threshold − 1)',
            curves: [
              {
                name: 'exact',
                points: [
                  [-7, 0],
                  [0, 0],
                ],
              },
            ],
            points: betas.map((beta, i) => ({
              x: Math.log10(beta / threshold - 1),
              y: 100 * ((ratios[i] ?? 1) - 1),
              error: 0,
              curve: 0,
            })),
          },
        ],
      };
    },
  };
}

/** Frank and Tamm’s integral over the linear pieces of the table, as far as they are above threshold; photons per mm. */
function midpointYield(beta: number, parts: number): number {
  const { energies, values } = waterTable();
  let sum = 0;
  for (let i = 1; i < energies.length; i++) {
    const [e1 = 0, e2 = 0] = [energies[i - 1], energies[i]];
    const [n1 = 1, n2 = 1] = [values[i - 1], values[i]];
    if (n2 * beta <= 1) continue;
    // The index of water rises with the energy: the lower end is where the piece crosses the threshold.
    const from = Math.max(0, (1 / beta - n1) / (n2 - n1));
    let piece = 0;
    for (let k = 0; k < parts; k++) {
      const n = n1 + (from + ((k + 0.5) / parts) * (1 - from)) * (n2 - n1);
      piece += 1 - 1 / (n * beta) ** 2;
    }
    sum += (piece * (1 - from) * (e2 - e1)) / parts;
  }
  return (fineStructureConstant / hbarC) * sum;
}

function fastElectron(): ValidationCase {
  return {
    name: 'electron-10-gev',
    title: 'Electrons of 10 GeV through a centimetre of water',
    source:
      'Frank and Tamm’s formula; the sample of 64 such electrons in Celeritas, Cerenkov.test.cc: 983.734 photons each, mean cosine of the angle 0.730559, mean energy 4.04977 eV',
    photons: 300_000,
    run: async (tools) => {
      // A thousand photons each.
      const events = Math.ceil(tools.few(300_000) / 1000);
      const wavelengths = Array.from(waterTable().energies, energyToWavelength);
      const detector = smallDetector({
        materials: {
          // Of the name Water it would scatter by Rayleigh.
          Medium: {
            RINDEX: wavelengths.map((nm) => [nm, waterIndex(nm)] as const),
            ABSLENGTH: 1e12,
          },
        },
        solids: [box('centimetre', 10)],
        world: { name: 'World', solid: 'centimetre', material: 'Medium' },
      });
      const source = await gunSource(
        `e- 10 GeV from 0 0 4.999999 mm towards 0 0 -1, ${events} events`,
        { detector, scene: packScene(detector), module: tools.kernel, seed: tools.seed },
      );
      const [cosines, energies] = [new Moments(), new Moments()];
      const [low, high] = [waterTable().energies[0] ?? 0, waterTable().energies.at(-1) ?? 0];
      const spectrum = new Bins(low / eV, high / eV, 40);
      await tools.propagate(detector, source, ({ direction, wavelength }) => {
        cosines.add(-direction[2]);
        energies.add(wavelengthToEnergy(wavelength) / eV);
        spectrum.add(wavelengthToEnergy(wavelength) / eV);
      });
      const path = source.events.reduce((sum, event) => sum + event.path, 0);
      const perCm = (10 * source.count) / path;
      const error = perCm / Math.sqrt(source.count);
      const exact = fastMeans();
      const expected = spectrumParts(spectrum.counts.length).map((part) => part * spectrum.total);
      // As many samples: their errors are ours by the root of the numbers of photons.
      const theirs = (ours: number): number =>
        Math.hypot(1, Math.sqrt(source.count / sampled)) * ours;
      const [cosine, energy] = [cosines.error, energies.error];
      return {
        comparisons: [
          compareNumbers('photons per cm', perCm, exact.perCm, error),
          compareNumbers('photons per cm, Celeritas', perCm, 983.734, theirs(error)),
          compareNumbers('mean cosine of the angle', cosines.mean, exact.cosine, cosine),
          compareNumbers('mean cosine, Celeritas', cosines.mean, 0.730559, theirs(cosine)),
          compareNumbers('mean energy', energies.mean, exact.energy, energy, 'eV'),
          compareNumbers('mean energy, Celeritas', energies.mean, 4.04977, theirs(energy), 'eV'),
          compareShape('photon energy, eV', spectrum.counts, expected),
        ],
        charts: [
          {
            kind: 'histogram',
            title: 'photon energy, eV',
            lo: spectrum.lo,
            hi: spectrum.hi,
            counts: spectrum.counts,
            expected,
            exact: true,
          },
        ],
      };
    },
  };
}

/** Photons of Celeritas' sample. */
const sampled = 62_959;

/** Means over the spectrum of a particle at c. */
function fastMeans(): {
  readonly perCm: number;
  readonly cosine: number;
  readonly energy: number;
} {
  const { energies } = waterTable();
  const [low, high] = [energies[0] ?? 0, energies.at(-1) ?? 0];
  const parts = 100_000;
  let [sum, cosine, energy] = [0, 0, 0];
  for (let k = 0; k < parts; k++) {
    const e = low + ((k + 0.5) / parts) * (high - low);
    const n = indexAt(e);
    const weight = 1 - 1 / n ** 2;
    sum += weight;
    cosine += weight / n;
    energy += weight * e;
  }
  const perCm = ((10 * fineStructureConstant) / hbarC) * (sum / parts) * (high - low);
  return { perCm, cosine: cosine / sum, energy: energy / sum / eV };
}

/** Shares of the spectrum of a particle at c in bins of equal width in energy. */
function spectrumParts(bins: number): number[] {
  const water = waterTable();
  const [low, high] = [water.energies[0] ?? 0, water.energies.at(-1) ?? 0];
  const parts = 100;
  const shares = Array.from({ length: bins }, (_, bin) => {
    let sum = 0;
    for (let k = 0; k < parts; k++) {
      const energy = low + ((bin + (k + 0.5) / parts) / bins) * (high - low);
      sum += 1 - 1 / indexAt(energy) ** 2;
    }
    return sum;
  });
  const total = shares.reduce((a, b) => a + b, 0);
  return shares.map((share) => share / total);
}

const water = waterTable();

function indexAt(energy: number): number {
  const { energies, values } = water;
  let [low, high] = [0, energies.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((energies[middle] ?? 0) <= energy) low = middle;
    else high = middle;
  }
  const [e1 = 0, e2 = 1] = [energies[low], energies[high]];
  const [n1 = 1, n2 = 1] = [values[low], values[high]];
  return n1 + ((energy - e1) / (e2 - e1)) * (n2 - n1);
}
