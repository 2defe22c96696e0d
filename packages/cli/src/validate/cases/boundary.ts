import { boundaryStatuses } from '@lantern/optics';
import {
  type BoundaryRun,
  boundaryPhotons,
  boundaryRuns,
  firstBoundaries,
  fittedShareOfS,
} from '@lantern/optics/validation';
import type { CaseGroup, ValidationCase } from '../case.ts';
import { compareNumbers, compareSamples } from '../comparison.ts';
import { Moments } from './moments.ts';

const usual = 10_000;
const source = 'Geant4 11.4, examples/extended/optical/OpNovice2: boundary.mac and boundary.out';

/** Directions along x that boundary.out tells for the first run: mean, and root mean square about it. */
const groundDirections = {
  refraction: [0.808486, 0.0573439],
  Lambertian: [-0.667769, 0.234274],
} as const;

/** The 18 boundary configurations of GLISUR and UNIFIED, class by class. */
export function boundaryGroup(): CaseGroup {
  const angle = (Math.atan(Math.sqrt(fittedShareOfS() / (1 - fittedShareOfS()))) * 180) / Math.PI;
  return {
    name: 'boundary',
    title: 'Geant4’s 18 boundary configurations',
    about: `Ten thousand photons of 3 eV meet the same face of a box at 26°, as in Geant4’s example OpNovice2, and what happens to each first is counted: index 1.317 inside, 1.01 outside, 1.417 in the gap; reflectivity 0.8, transmittance, efficiency, lobe, spike and backscatter 0.1 each. Geant4’s macro draws one polarisation for the whole job and does not tell it; it is fitted to the two bare polished runs together, ${angle.toFixed(1)}° from the plane of incidence, and common to all.`,
    cases: boundaryRuns.map((run, i) => boundaryCase(run, i)),
  };
}

function boundaryCase(run: BoundaryRun, number: number): ValidationCase {
  return {
    name: `run-${number + 1}`,
    title: run.name.replace(' SURFACEROUGHNESS', ', SURFACEROUGHNESS 0.01'),
    source,
    photons: usual,
    run: async (tools) => {
      const photons = tools.few(usual);
      const directions = new Map([...Object.keys(groundDirections)].map((k) => [k, new Moments()]));
      const found = await firstBoundaries(
        tools.engine,
        boundaryPhotons(run, photons, fittedShareOfS()),
        tools,
        ({ status, direction }) => {
          directions.get(boundaryStatuses[status - 1] ?? '')?.add(direction[0]);
        },
      );
      tools.done(photons);
      const ours = [...found.counts.values()].reduce((sum, count) => sum + count, 0);
      const theirs = run.counts.reduce((sum, count) => sum + count, 0);
      const comparisons = boundaryStatuses.flatMap((status, i) => {
        const [count, expected] = [found.counts.get(status) ?? 0, run.counts[i] ?? 0];
        if (count === 0 && expected === 0) return [];
        return [compareSamples(status, count, ours, expected, theirs)];
      });
      if (number > 0) return { comparisons };
      const means = Object.entries(groundDirections).map(([status, [mean, spread]], i) => {
        const moments = directions.get(status) ?? new Moments();
        const error = Math.hypot(
          moments.error,
          spread / Math.sqrt(run.counts[i === 0 ? 1 : 4] ?? 1),
        );
        return compareNumbers(`${status}: mean direction along x`, moments.mean, mean, error);
      });
      return { comparisons: [...comparisons, ...means] };
    },
  };
}
