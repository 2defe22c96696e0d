import {
  type FilmRun,
  filmRuns,
  firstBoundaries,
  type OpNoviceRun,
  type Polarisation,
  type RecordedStep,
  reflectance,
} from '@lantern/optics/validation';
import { RandomStream, type Vector3 } from '@lantern/units';
import type { CaseGroup, CaseTools, ValidationCase } from '../case.ts';
import type { CurveChart } from '../chart.ts';
import { type Comparison, compareSamples, compareShare } from '../comparison.ts';
import { Bins } from './bins.ts';
import { wlsRun } from './wls-run.ts';

/** Further runs of Geant4's example OpNovice2, one macro each. */
export function geant4RunsGroup(): CaseGroup {
  return {
    name: 'geant4-runs',
    title: 'Further runs of Geant4’s example OpNovice2',
    about:
      'The same photons in the same box as in the macros that come with Geant4, as many of them, beside the counts in the .out files: the first boundary that each photon meets. electron.mac and scint_by_particle.mac shoot charged particles whose secondaries Lantern does not follow, so they cannot be compared.',
    cases: [
      fresnelRun('p'),
      fresnelRun('s'),
      ...filmRuns.map((run) => filmRun(run)),
      roughRun(),
      wlsRun(),
    ],
  };
}

const inOut = 'Geant4 11.4, examples/extended/optical/OpNovice2';

/** fresnel.out: refraction, reflection, total reflection, absorbed before. */
const fresnelCounts: Readonly<Record<Polarisation, readonly number[]>> = {
  p: [248_420, 7200, 242_941, 1439],
  s: [232_117, 22_473, 244_046, 1364],
};

function fresnelRun(polarisation: Polarisation): ValidationCase {
  const usual = 500_000;
  const [inside, outside] = [1.405, 1.01];
  return {
    name: `fresnel-${polarisation}`,
    title: `fresnel.mac, polarised ${polarisation === 'p' ? 'in' : 'at right angles to'} the plane of incidence`,
    source: `${inOut}/fresnel.mac and fresnel.out: 0.1 mm before the face, index 1.405 to 1.01, the angle of incidence even from 0° to 90°`,
    photons: usual,
    run: async (tools) => {
      const photons = tools.few(usual);
      const reflected = new Bins(0, 90, 45);
      const met = new Bins(0, 90, 45);
      const angles = anyAngles(tools.seed, photons);
      const comparisons = await countFirst(
        tools,
        {
          box: { RINDEX: linear([2, 1.4], [8, 1.41]), ABSLENGTH: linear([2, 100], [8, 300]) },
          world: { RINDEX: outside, ABSLENGTH: linear([2, 1e6], [8, 3e6]) },
          surface: dielectric('polished', { REFLECTIVITY: 1 }),
          photons,
          energy: 5,
          from: 999.9,
          start: startAt(angles, polarisation),
        },
        ['refraction', 'reflection', 'total reflection'],
        fresnelCounts[polarisation],
        ({ status }, photon) => {
          const angle = ((angles[2 * photon] ?? 0) * 180) / Math.PI;
          met.add(angle);
          if (status !== 2) reflected.add(angle);
        },
      );
      const chart = shareChart('reflected', reflected, met, (angle) =>
        reflectance(inside, outside, angle, polarisation),
      );
      return { comparisons, charts: [chart] };
    },
  };
}

function roughRun(): ValidationCase {
  const usual = 100_000;
  return {
    name: 'sigma-alpha',
    title: 'OpNovice2.mac: unified, ground, sigma_alpha 1.1',
    source: `${inOut}/OpNovice2.mac and OpNovice2.out: at right angles from the middle, index 1.317 to 1.01, reflectivity 0.99, lobe 0.1, spike 0.01, backscatter 0.05`,
    photons: usual,
    run: async (tools) => ({
      comparisons: await countFirst(
        tools,
        {
          box: { RINDEX: linear([2, 1.3], [8, 1.4]), ABSLENGTH: linear([2, 1e6], [8, 3e6]) },
          world: { RINDEX: 1.01, ABSLENGTH: linear([2, 1e6], [8, 3e6]) },
          surface: {
            ...dielectric('ground', {
              REFLECTIVITY: 0.99,
              SPECULARLOBECONSTANT: 0.1,
              SPECULARSPIKECONSTANT: 0.01,
              BACKSCATTERCONSTANT: 0.05,
            }),
            value: 1.1,
          },
          photons: tools.few(usual),
          energy: 3,
          from: 0,
        },
        ['refraction', 'Lambertian', 'lobe', 'spike', 'backscatter', 'absorption'],
        [46_334, 48_828, 227, 632, 2937, 961],
      ),
    }),
  };
}

/** A layer or a metal: one share of the photons that meet a face. */
function filmRun({ name, of, counted, count, total, expected }: FilmRun): ValidationCase {
  const usual = 500_000;
  const [macro = name, angle = ''] = name.split(', ');
  return {
    name: name.replaceAll(/\W+/g, '-').toLowerCase(),
    title: `${macro}, polarisation ${angle.replace(' degrees', '°')}`,
    source: `${inOut}/${macro} and its .out; the closed form of the same share`,
    photons: usual,
    run: async (tools) => {
      const photons = tools.few(usual);
      const found = await firstBoundaries(tools.engine, of(photons), tools);
      tools.done(photons);
      const all = [...found.counts.values()].reduce((sum, n) => sum + n, 0);
      const ours = counted.reduce((sum, status) => sum + (found.counts.get(status) ?? 0), 0);
      const what = counted.join(' and ');
      return {
        comparisons: [
          compareSamples(what, ours, all, count, total),
          compareShare(`${what}, formula`, ours, all, expected),
        ],
      };
    },
  };
}

/** Counts what befell photons first, beside Geant4's counts; with one more of these, photons absorbed before. */
async function countFirst(
  tools: CaseTools,
  run: OpNoviceRun,
  classes: readonly string[],
  expected: readonly number[],
  onFirst?: (step: RecordedStep, photon: number) => void,
): Promise<Comparison[]> {
  const found = await firstBoundaries(tools.engine, run, tools, onFirst);
  tools.done(run.photons);
  const withAbsorbed = expected.length > classes.length;
  const boundaries = [...found.counts.values()].reduce((sum, count) => sum + count, 0);
  const ours = boundaries + (withAbsorbed ? found.absorbedBefore : 0);
  const theirs = expected.reduce((sum, count) => sum + count, 0);
  const comparisons = classes.map((name, i) =>
    compareSamples(name, found.counts.get(name) ?? 0, ours, expected[i] ?? 0, theirs),
  );
  if (!withAbsorbed) return comparisons;
  const before = compareSamples(
    'absorbed on the way',
    found.absorbedBefore,
    ours,
    expected.at(-1) ?? 0,
    theirs,
  );
  return [...comparisons, before];
}

/** The share of photons by angle of incidence, beside a formula. */
function shareChart(
  name: string,
  some: Bins,
  all: Bins,
  formula: (angle: number) => number,
): CurveChart {
  const width = (all.hi - all.lo) / all.counts.length;
  const points = all.counts.flatMap((total, i) => {
    if (total === 0) return [];
    const share = (some.counts[i] ?? 0) / total;
    const error = Math.sqrt((share * (1 - share)) / total);
    return [{ x: all.lo + (i + 0.5) * width, y: share, error, curve: 0 }];
  });
  const curve = Array.from({ length: 361 }, (_, i): [number, number] => [
    i / 4,
    formula((i / 4 / 180) * Math.PI),
  ]);
  return {
    kind: 'curve',
    title: `share ${name}`,
    x: 'angle of incidence, °',
    curves: [{ name: 'formula', points: curve }],
    points,
  };
}

/** Random directions of OpNovice2's gun: the angle to x even from 0 to 90°, then the azimuth, for each photon. */
function anyAngles(seed: bigint, photons: number): Float64Array {
  const random = new RandomStream(seed, 0, 7);
  return Float64Array.from({ length: 2 * photons }, (_, i) =>
    i % 2 === 0 ? (Math.PI / 2) * random.uniform() : 2 * Math.PI * random.uniform(),
  );
}

function startAt(
  angles: Float64Array,
  polarisation: Polarisation,
): NonNullable<OpNoviceRun['start']> {
  return (photon) => {
    const [theta, phi] = [angles[2 * photon] ?? 0, angles[2 * photon + 1] ?? 0];
    const [sin, cos, y, z] = [Math.sin(theta), Math.cos(theta), Math.sin(phi), Math.cos(phi)];
    const direction: Vector3 = [cos, sin * y, sin * z];
    const across: Vector3 = [0, -z, y];
    const within: Vector3 = [-sin, cos * y, cos * z];
    return { direction, polarisation: polarisation === 's' ? across : within };
  };
}

function linear(
  ...pairs: readonly (readonly [energy: number, value: number])[]
): readonly (readonly [energy: number, value: number])[] {
  return pairs;
}

function dielectric(
  finish: string,
  tables: Readonly<Record<string, number>>,
): NonNullable<OpNoviceRun['surface']> {
  return { type: 'dielectric_dielectric', finish, tables };
}
