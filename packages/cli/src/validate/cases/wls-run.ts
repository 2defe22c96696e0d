import {
  type ExpectedShifts,
  expectedWlsRun,
  perPhoton,
  perValue,
  runWls,
  type ShiftTally,
  wlsReferences,
} from '@lantern/optics/validation';
import type { ValidationCase } from '../case.ts';
import { type Comparison, compareNumbers } from '../comparison.ts';

type Found = readonly [mean: number, error: number];

/** wls.mac: shifts of shifts, each number beside the same cascade in expectation values and beside Geant4's. */
export function wlsRun(): ValidationCase {
  const usual = 10_000;
  return {
    name: 'wls',
    title: 'wls.mac: two wavelength shifters',
    source:
      'Geant4 11.4 and 11.3.2, examples/extended/optical/OpNovice2/wls.mac and wls.out: 10,000 photons of 7 eV, the first shifter makes one on average after 1 ns, the second three after an exponential time of 2 ns. The same cascade in expectation values is exact; the numbers of Geant4 are of as many photons as ours and have the same errors, and half of the last digit where it prints two',
    photons: usual,
    run: async (tools) => {
      const photons = tools.few(usual);
      const tallies = await runWls(tools.engine, { ...tools, photons });
      tools.done(photons);
      const exact = expectedWlsRun();
      const shifts = ([0, 1] as const).flatMap((set) => {
        const expected = exact.shifts[set];
        return expected ? compareShifts(tallies, set, expected) : [];
      });
      const [absorbed, error] = perPhoton(tallies, (tally) => tally.absorptions);
      const byAbsorber = compareNumbers(
        'absorbed by ABSLENGTH',
        absorbed,
        exact.absorptions,
        error,
      );
      return { comparisons: [...shifts, byAbsorber] };
    },
  };
}

type Reference = (typeof wlsReferences)[number];

/** One thing that was counted, beside the closed form and what each version of Geant4 printed, if it did. */
interface Quantity {
  readonly name: string;
  readonly unit: string;
  readonly found: Found;
  readonly exact: number;
  readonly geant4?: (reference: Reference) => number;
  /** What the last digit that is printed is worth. */
  readonly digit: number;
}

function compareShifts(
  tallies: readonly ShiftTally[],
  set: 0 | 1,
  exact: ExpectedShifts,
): Comparison[] {
  return quantities(tallies, set, exact).flatMap(
    ({ name, unit, found, digit, geant4, ...rest }) => {
      const title = `${set === 0 ? 'first' : 'second'}: ${name}`;
      const [value, error] = found;
      const rounding = digit / Math.sqrt(12);
      return [
        compareNumbers(title, value, rest.exact, error, unit),
        ...(geant4 ? wlsReferences : []).map((reference) =>
          compareNumbers(
            `${title}, Geant4 ${reference.version}`,
            value,
            geant4?.(reference) ?? Number.NaN,
            Math.hypot(Math.SQRT2 * error, rounding),
            unit,
          ),
        ),
      ];
    },
  );
}

function quantities(
  tallies: readonly ShiftTally[],
  set: 0 | 1,
  exact: ExpectedShifts,
): readonly Quantity[] {
  return [
    {
      ...{ name: 'absorbed', unit: '', digit: 0.1, exact: exact.absorbed },
      found: perPhoton(tallies, (tally) => tally.absorbed[set]),
      geant4: ({ absorbed }) => absorbed[set],
    },
    {
      ...{ name: 'made', unit: '', digit: set === 0 ? 0.1 : 1, exact: exact.made },
      found: perPhoton(tallies, (tally) => tally.made[set]),
      geant4: ({ made }) => made[set],
    },
    {
      ...{ name: 'mean energy absorbed', unit: 'eV', digit: 0, exact: exact.absorbedEnergy },
      found: perValue(tallies, (tally) => tally.absorbedEnergies[set]),
      ...(set === 0 && { geant4: ({ energies }: Reference) => energies[0] }),
    },
    {
      ...{ name: 'mean energy made', unit: 'eV', digit: 0, exact: exact.madeEnergy },
      found: perValue(tallies, (tally) => tally.madeEnergies[set]),
      geant4: ({ energies }) => energies[set === 0 ? 1 : 2],
    },
    {
      ...{ name: 'mean time made', unit: 'ns', digit: 0, exact: exact.madeTime },
      found: perValue(tallies, (tally) => tally.madeTimes[set]),
      ...(set === 1 && { geant4: ({ time }: Reference) => time }),
    },
    {
      ...{ name: 'spread of times made', unit: 'ns', digit: 0, exact: exact.madeTimeDeviation },
      found: spreadOfTimes(tallies, set, exact.madeTime),
      ...(set === 1 && { geant4: ({ timeDeviation }: Reference) => timeDeviation }),
    },
  ];
}

/** The standard deviation of times from their expected mean, and its error. */
function spreadOfTimes(tallies: readonly ShiftTally[], set: 0 | 1, mean: number): Found {
  const [square, error] = perValue(tallies, (tally) =>
    tally.madeTimes[set].map((time) => (time - mean) ** 2),
  );
  const spread = Math.sqrt(square);
  return [spread, error / (2 * spread)];
}
