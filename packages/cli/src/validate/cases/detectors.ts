import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Agreement, HistogramAgreement } from '../agreement.ts';
import type { CaseGroup, ValidationCase } from '../case.ts';
import type { HistogramChart } from '../chart.ts';
import { compareSamples, compareWithin, shapeOf } from '../comparison.ts';
import { type OutcomeName, type QuantityName, referenceNames } from '../reference.ts';
import { runReference } from '../run-reference.ts';

const outcomeWords: Readonly<Record<OutcomeName, string>> = {
  absorbed: 'absorbed in bulk',
  detected: 'detected',
  surfaceAbsorbed: 'absorbed at a surface',
  leftWorld: 'left the world',
};

const quantityWords: Readonly<Record<QuantityName, string>> = {
  t_ns: 'time, ns',
  wavelength_nm: 'wavelength, nm',
  x_mm: 'x, mm',
  y_mm: 'y, mm',
  z_mm: 'z, mm',
};

const historyWords: Readonly<Record<string, string>> = {
  ...outcomeWords,
  scattered: 'scattered (Rayleigh)',
  refracted: 'refracted',
  reflected: 'reflected (Fresnel, total)',
  diffuse: 'reflected diffusely',
  specular: 'reflected by a surface',
  shifted: 'changed wavelength',
};

/**
 * The three reference detectors beside Geant4.
 *
 * @param folder of the references
 * @param isAsked whether the user named the folder, so that its absence is an error
 */
export function detectorsGroup(folder: string, isAsked: boolean): CaseGroup {
  const there = isAsked || existsSync(folder);
  return {
    name: 'detectors',
    title: 'Three detectors beside Geant4',
    about:
      'The same photons in the same detectors, propagated by both: what became of them, and where, when and with which wavelength they ended. Times are told as Geant4 tells them with default settings, which is late at boundaries (VAL3); as Lantern writes them they are shown at the end of each detector.',
    cases: there ? referenceNames.map((name) => referenceCase(folder, name)) : [],
    ...(!there && {
      missing: `The references are not part of Lantern: no ${folder}. Name their folder with --reference DIR.`,
    }),
  };
}

function referenceCase(folder: string, name: string): ValidationCase {
  return {
    name,
    title: name,
    source: `Geant4, ${join(folder, name, 'expected.json')}`,
    photons: 200_000,
    run: async (tools) => {
      const { agreement, ownTimes, source, photonsPerSecond } = await runReference(
        tools,
        folder,
        name,
      );
      const { photons, expectedPhotons, fractions, histograms } = agreement;
      return {
        comparisons: [
          ...fractions.map(({ name: what, count, expected }) =>
            compareSamples(historyWords[what] ?? what, count, photons, expected, expectedPhotons),
          ),
          compareWithin('photons that ended otherwise', others(agreement), 0, 0),
          ...histograms.map((histogram) => shapeOf(words(histogram), histogram)),
        ],
        charts: histograms.map((histogram) => chart(histogram)),
        note: `${source}, ${expectedPhotons.toLocaleString('en-US')} photons; Lantern ${photons.toLocaleString('en-US')}, and as many again on one thread for the speed, ${(photonsPerSecond / 1e6).toFixed(2)} million photons/s.`,
        photonsPerSecond,
        asides: [
          {
            title: 'Times by Lantern’s own clock',
            text: 'With Geant4’s default settings the first straight piece after a refraction has the velocity of the medium that the photon has left, and the first after a mirror that of the medium it did not enter. Lantern’s times use the medium that the photon is in. Above they were turned into Geant4’s by that rule; here they are as Lantern writes them. They are not part of the verdict.',
            charts: ownTimes.map((histogram) => chart(histogram)),
          },
        ],
      };
    },
  };
}

function others({ photons, fractions }: Agreement): number {
  const ended = fractions
    .filter(({ kind }) => kind === 'outcome')
    .reduce((sum, { count }) => sum + count, 0);
  return photons - ended;
}

function words({ outcome, quantity }: HistogramAgreement): string {
  return `${outcomeWords[outcome]}: ${quantityWords[quantity]}`;
}

function chart(histogram: HistogramAgreement): HistogramChart {
  const { lo, hi, counts, expected } = histogram;
  const isLogarithmic = histogram.quantity === 't_ns';
  return {
    kind: 'histogram',
    title: words(histogram),
    lo,
    hi,
    counts,
    expected,
    exact: false,
    isLogarithmic,
  };
}
