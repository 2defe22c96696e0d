import { photonFlags } from '@lantern/optics';
import {
  box,
  byEnergy,
  recordedSteps,
  samePhotons,
  smallDetector,
} from '@lantern/optics/validation';
import { energyToWavelength, eV, hcInEvNm } from '@lantern/units';
import type { ValidationCase } from '../case.ts';
import type { HistogramChart } from '../chart.ts';
import { compareNumbers, compareShape, compareWithin } from '../comparison.ts';
import { Bins } from './bins.ts';
import { Moments } from './moments.ts';

/** Re-emission after absorption, as Opticks does it: again and again, until it absorbs. */
export function reemission(): ValidationCase {
  const usual = 100_000;
  const [chance, mean] = [0.6, 10];
  const [lowest, highest, start] = [2, 3, 3.5];
  return {
    name: 'reemission',
    title: 'Re-emission of what is absorbed',
    source: `REEMISSIONPROB ${chance}: the number of re-emissions of a photon is geometric; REEMISSIONCOMPONENT even from ${lowest} to ${highest} eV, of which the first takes all, the next what is redder than the one before`,
    photons: usual,
    run: async (tools) => {
      const photons = tools.few(usual);
      const detector = smallDetector({
        materials: {
          Medium: {
            ...{ RINDEX: 1.4, ABSLENGTH: mean, REEMISSIONPROB: chance },
            REEMISSIONCOMPONENT: byEnergy([
              [lowest, 1],
              [highest, 1],
            ]),
          },
        },
        solids: [box('cube', 1e5)],
        world: { name: 'World', solid: 'cube', material: 'Medium' },
      });
      const numbers = new Bins(-0.5, 14.5, 15);
      const [moments, second] = [new Moments(), new Moments()];
      const energies = new Bins(lowest, highest, 40);
      let bluer = 0;
      await tools.propagate(
        detector,
        samePhotons(photons, { wavelength: energyToWavelength(start * eV) }),
        () => {},
        { recordSteps: 64 },
        (batch) => {
          for (let i = 0; i < batch.count; i++) {
            const emitted = recordedSteps(batch, i)
              .filter(({ flag }) => flag === photonFlags.BULK_REEMIT)
              .map(({ wavelength }) => wavelength);
            numbers.add(emitted.length);
            moments.add(emitted.length);
            const [one, two] = emitted;
            if (one !== undefined) energies.add(hcInEvNm / one);
            if (two !== undefined) second.add(hcInEvNm / two);
            bluer += emitted.filter((nm, k) => nm < (emitted[k - 1] ?? 0)).length;
          }
        },
      );
      const shapes = [
        shape('re-emissions of a photon', numbers, (n) => 1 - chance ** Math.max(0, n + 0.5)),
        shape('energy of the first, eV', energies, (e) => (e - lowest) / (highest - lowest)),
      ];
      return {
        comparisons: [
          compareNumbers('mean number', moments.mean, chance / (1 - chance), moments.error),
          // Even up to an energy that is even itself: half of the way twice.
          compareNumbers(
            'mean energy of the second',
            second.mean,
            lowest + (highest - lowest) / 4,
            second.error,
            'eV',
          ),
          compareWithin('re-emitted bluer than the one before', bluer, 0, 0),
          ...shapes.map(({ comparison }) => comparison),
        ],
        charts: shapes.map(({ chart }) => chart),
      };
    },
  };
}

function shape(title: string, bins: Bins, cumulative: (x: number) => number) {
  const expected = bins.expected(cumulative);
  const { lo, hi, counts } = bins;
  const chart: HistogramChart = { kind: 'histogram', title, lo, hi, counts, expected, exact: true };
  return { comparison: compareShape(title, counts, expected), chart };
}
