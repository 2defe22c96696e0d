import { readRealSurface } from '@lantern/geometry/node';
import {
  type BoundaryRun,
  boundaryPhotons,
  firstBoundaries,
  fittedShareOfS,
} from '@lantern/optics/validation';
import type { CaseGroup, ValidationCase } from '../case.ts';
import { compareSamples } from '../comparison.ts';

const usual = 100_000;
const source = 'Geant4 11.4, examples/extended/optical/OpNovice2: boundary.mac and boundary.out';
const tables = { REFLECTIVITY: 0.8, TRANSMITTANCE: 0.1, EFFICIENCY: 0.1 };

interface LookUpRun {
  readonly surface: Pick<BoundaryRun['surface'], 'model' | 'type'> & { readonly finish: string };
  /** First interactions of Geant4, by the name of the status. */
  readonly counts: Readonly<Record<string, number>>;
}

const davis = { model: 'DAVIS', type: 'dielectric_LUTDAVIS' } as const;
const runs: readonly LookUpRun[] = [
  {
    surface: { ...davis, finish: 'RoughTeflon_LUT' },
    counts: { lobe: 9567, absorption: 388, detection: 38 },
  },
  {
    surface: { ...davis, finish: 'Detector_LUT' },
    counts: { lobe: 118, absorption: 8885, detection: 991 },
  },
  {
    surface: { model: 'LUT', type: 'dielectric_LUT', finish: 'polishedlumirrorair' },
    counts: { transmission: 103, 'look-up': 787, absorption: 104, detection: 5 },
  },
];

/**
 * Geant4's runs of look-up tables, class by class.
 *
 * @param folder of Geant4's RealSurface data
 */
export function lookUpGroup(folder: string | undefined): CaseGroup {
  return {
    name: 'look-up',
    title: 'Geant4’s look-up tables',
    about:
      'The face of the box of the boundary configurations, by tables of Davis and of LBNL: what happens to each photon first. Reflectivity 0.8 (of LBNL), transmittance and efficiency 0.1.',
    cases: folder === undefined ? [] : runs.map((run) => lookUpCase(run, folder)),
    ...(folder === undefined && {
      missing:
        'The tables are not part of Lantern. Name the folder of Geant4’s RealSurface data with --real-surface DIR or G4REALSURFACEDATA.',
    }),
  };
}

function lookUpCase({ surface, counts }: LookUpRun, folder: string): ValidationCase {
  const { type, finish } = surface;
  return {
    name: finish.toLowerCase().replaceAll('_', '-'),
    title: `${type}, ${finish}`,
    source,
    photons: usual,
    run: async (tools) => {
      const photons = tools.few(usual);
      const lookUps = await readRealSurface(folder, [finish]);
      const run = boundaryPhotons(
        { name: finish, surface: { ...surface, value: 0, tables }, counts: [] },
        photons,
        fittedShareOfS(),
      );
      const found = await firstBoundaries(
        tools.engine,
        { ...run, surfaceData: { lookUps } },
        tools,
      );
      tools.done(photons);
      const ours = [...found.counts.values()].reduce((sum, count) => sum + count, 0);
      const theirs = Object.values(counts).reduce((sum, count) => sum + count, 0);
      const comparisons = Object.entries(counts).map(([status, count]) =>
        compareSamples(status, found.counts.get(status) ?? 0, ours, count, theirs),
      );
      return { comparisons };
    },
  };
}
