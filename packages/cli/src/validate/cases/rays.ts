import { photonFlags } from '@lantern/optics';
import {
  box,
  byEnergy,
  photonsOf,
  recordedSteps,
  reflectance,
  smallDetector,
} from '@lantern/optics/validation';
import { energyToWavelength, eV, RandomStream, type Vector3 } from '@lantern/units';
import type { CaseGroup, ValidationCase } from '../case.ts';
import type { Curve, CurveChart } from '../chart.ts';
import { type Comparison, compareShape, compareShare, compareWithin } from '../comparison.ts';
import { Bins } from './bins.ts';

/** Light through whole solids, where geometry gives the answer. */
export function raysGroup(): CaseGroup {
  return {
    name: 'rays',
    title: 'A prism and a raindrop',
    about:
      'Light through whole solids, where geometry alone gives its direction, and Fresnel’s formulas how much of it takes which way.',
    cases: [prism(), raindrop()],
  };
}

const degree = Math.PI / 180;

/** Index by photon energy in eV: linear, as of a flint glass. */
const flint = [
  [1.5, 1.6],
  [4, 1.72],
] as const;

function flintIndex(energy: number): number {
  const [[e1, n1], [e2, n2]] = flint;
  return n1 + ((energy - e1) / (e2 - e1)) * (n2 - n1);
}

/** Of light that meets a prism of 60° at an angle: i + e − 60°. */
function deviation(index: number, incidence: number): number {
  const refracted = Math.asin(Math.sin(incidence) / index);
  return incidence + Math.asin(index * Math.sin(60 * degree - refracted)) - 60 * degree;
}

function prism(): ValidationCase {
  const energies = Array.from({ length: 10 }, (_, i) => 1.6 + 0.2 * i);
  const incidences = Array.from({ length: 10 }, (_, i) => (50 + 4 * i) * degree);
  const each = 40;
  return {
    name: 'prism',
    title: 'A prism of 60°, ten colours, ten angles',
    source: 'Snell’s law at both faces: the deviation is i + e − 60°',
    photons: each * energies.length * incidences.length,
    run: async (tools) => {
      const radius = 20;
      const detector = smallDetector({
        materials: {
          Air: { RINDEX: 1, ABSLENGTH: 1e12 },
          Flint: { RINDEX: byEnergy(flint), ABSLENGTH: 1e12 },
        },
        solids: [
          box('hall', 1000),
          {
            type: 'polyhedra',
            name: 'prism',
            startphi: 0,
            deltaphi: 2 * Math.PI,
            numsides: 3,
            planes: [
              { z: -50, rmin: 0, rmax: radius },
              { z: 50, rmin: 0, rmax: radius },
            ],
          },
        ],
        world: {
          name: 'World',
          solid: 'hall',
          material: 'Air',
          inside: [{ name: 'Prism', solid: 'prism', material: 'Flint' }],
        },
      });
      const choice = (photon: number): readonly [energy: number, incidence: number] => [
        energies[photon % 10] ?? 0,
        incidences[Math.floor(photon / 10) % 10] ?? 0,
      ];
      const source = photonsOf(each * 100, (photon) => {
        const [energy, incidence] = choice(photon);
        const direction: Vector3 = [Math.cos(incidence), Math.sin(incidence), 0];
        // Through the point of the face at x = −20 from where both refractions are on the same side of the prism.
        const position: Vector3 = [-radius - 30 * direction[0], 2 - 30 * direction[1], 0];
        const wavelength = energyToWavelength(energy * eV);
        return { position, direction, polarisation: [0, 0, 1], wavelength };
      });
      let [worst, through] = [0, 0];
      const seen = new Map<number, number>();
      const flags = (photon: readonly { readonly flag: number }[]): string =>
        photon
          .slice(1)
          .map(({ flag }) => (flag === photonFlags.BOUNDARY_TRANSMIT ? 'T' : flag))
          .join();
      await tools.propagate(
        detector,
        source,
        () => undefined,
        { recordSteps: 4, maxBounces: 1000 },
        (batch) => {
          for (let i = 0; i < batch.count; i++) {
            const steps = recordedSteps(batch, i);
            if (flags(steps) !== `T,T,${photonFlags.MISS}`) continue;
            const [energy, incidence] = choice(batch.first + i);
            const [x = 1, y = 0] = steps.at(-1)?.direction ?? [];
            const turned = incidence - Math.atan2(y, x);
            through++;
            worst = Math.max(worst, Math.abs(turned - deviation(flintIndex(energy), incidence)));
            seen.set((batch.first + i) % 100, turned);
          }
        },
      );
      return {
        comparisons: [
          compareWithin('combinations that came through twice refracted', seen.size, 100, 0),
          compareWithin(`worst deviation of ${through} photons`, worst / degree, 0, 1e-4, '°'),
        ],
        charts: [prismChart([0, 4, 9], energies, seen, choice)],
      };
    },
  };
}

function prismChart(
  colours: readonly number[],
  energies: readonly number[],
  seen: ReadonlyMap<number, number>,
  choice: (photon: number) => readonly [number, number],
): CurveChart {
  const curves = colours.map((colour): Curve => {
    const energy = energies[colour] ?? 0;
    const points = Array.from({ length: 81 }, (_, i): [number, number] => {
      const incidence = (48 + i / 2) * degree;
      return [incidence / degree, deviation(flintIndex(energy), incidence) / degree];
    });
    return { name: `${energyToWavelength(energy * eV).toFixed(0)} nm`, points };
  });
  const points = [...seen].flatMap(([photon, turned]) => {
    const curve = colours.indexOf(photon % 10);
    if (curve < 0) return [];
    return [{ x: choice(photon)[1] / degree, y: turned / degree, error: 0, curve }];
  });
  return { kind: 'curve', title: 'deviation, °', x: 'angle of incidence, °', curves, points };
}

const dropIndex = 1.333;
/** Internal reflections that are told apart. */
const mostBows = 5;

/** Deviation of a ray after k reflections inside a drop: 2(i − r) + k(π − 2r). */
function dropDeviation(impact: number, bows: number): number {
  const [incidence, refracted] = [Math.asin(impact), Math.asin(impact / dropIndex)];
  return 2 * (incidence - refracted) + bows * (Math.PI - 2 * refracted);
}

/** The angle from the beam, 0 to π. */
function folded(angle: number): number {
  return Math.acos(Math.cos(angle));
}

/** The chance of each way out for unpolarised light that meets the drop at an impact parameter of 0 to 1. */
function dropChances(impact: number): readonly [outside: number, ...byBows: number[]] {
  const inner = [0, ...new Array<number>(mostBows).fill(0)];
  let outside = 0;
  for (const polarisation of ['s', 'p'] as const) {
    const r = reflectance(1, dropIndex, Math.asin(impact), polarisation);
    outside += r / 2;
    for (let k = 0; k <= mostBows; k++) inner[k] = (inner[k] ?? 0) + ((1 - r) ** 2 * r ** k) / 2;
  }
  return [outside, ...inner];
}

function raindrop(): ValidationCase {
  const usual = 200_000;
  const names = [
    'reflected outside: BR',
    'straight through: BT BT',
    ...Array.from({ length: mostBows }, (_, k) => `BT ${'BR '.repeat(k + 1)}BT`),
  ];
  return {
    name: 'raindrop',
    title: 'A raindrop in a parallel beam',
    source:
      'Fresnel’s formulas integrated over the drop, Descartes’ angles: index 1.333, unpolarised light even over the cross section. (The counts of anchors/optics.md 8.1 for Opticks’ raindrop, 49905/46617/2474/…, come from a beam whose place and direction are not told: they cannot be made again.)',
    photons: usual,
    run: async (tools) => {
      const photons = tools.few(usual);
      const radius = 50;
      const detector = smallDetector({
        materials: {
          Air: { RINDEX: 1, ABSLENGTH: 1e12 },
          // Of the name Water it would scatter by Rayleigh.
          Drop: { RINDEX: dropIndex, ABSLENGTH: 1e12 },
        },
        solids: [box('hall', 1000), { type: 'orb', name: 'drop', r: radius }],
        world: {
          name: 'World',
          solid: 'hall',
          material: 'Air',
          inside: [{ name: 'Drop', solid: 'drop', material: 'Drop' }],
        },
      });
      const impacts = new Float64Array(photons);
      const source = photonsOf(photons, (photon) => {
        const random = new RandomStream(tools.seed, photon, 9);
        const impact = Math.sqrt(random.uniform());
        impacts[photon] = impact;
        const [around, field] = [random.uniform(), random.uniform()].map((u) => 2 * Math.PI * u);
        const [a, b] = [
          radius * impact * Math.cos(around ?? 0),
          radius * impact * Math.sin(around ?? 0),
        ];
        return {
          position: [a, b, -100],
          polarisation: [Math.cos(field ?? 0), Math.sin(field ?? 0), 0],
        };
      });
      const counts = new Array<number>(names.length).fill(0);
      const bows = [new Bins(137, 180, 43), new Bins(80, 130, 50)] as const;
      let [worst, first, second] = [0, 180, 0];
      await tools.propagate(
        detector,
        source,
        () => undefined,
        { recordSteps: 12, maxBounces: 1000 },
        (batch) => {
          for (let i = 0; i < batch.count; i++) {
            const flags = recordedSteps(batch, i).slice(1);
            const entered = flags[0]?.flag === photonFlags.BOUNDARY_TRANSMIT;
            const inside = flags.findIndex(
              ({ flag }, k) => k > 0 && flag === photonFlags.BOUNDARY_TRANSMIT,
            );
            const bow = entered ? inside - 1 : -1;
            if (entered && (inside < 0 || bow > mostBows)) continue;
            counts[bow + 1] = (counts[bow + 1] ?? 0) + 1;
            if (bow < 0) continue;
            const [x = 0, y = 0, z = 1] = flags[inside]?.direction ?? [];
            const angle = Math.atan2(Math.hypot(x, y), z);
            const exact = folded(dropDeviation(impacts[batch.first + i] ?? 0, bow));
            worst = Math.max(worst, Math.abs(angle - exact));
            bows[bow - 1]?.add(angle / degree);
            if (bow === 1) first = Math.min(first, angle / degree);
            if (bow === 2) second = Math.max(second, angle / degree);
          }
        },
      );
      const chances = integrate();
      const shares = names.map((name, i) =>
        compareShare(name, counts[i] ?? 0, photons, chances[i] ?? 0),
      );
      const shapes = bows.map((bins, i) => {
        const expected = bowShape(bins, i + 1, photons);
        return {
          comparison: compareShape(`bow ${i + 1}: angle from the beam, °`, bins.counts, expected),
          chart: {
            kind: 'histogram' as const,
            title: `bow ${i + 1}: angle from the beam, °`,
            lo: bins.lo,
            hi: bins.hi,
            counts: bins.counts,
            expected,
            exact: true,
          },
        };
      });
      const exact: Comparison[] = [
        compareWithin('first rainbow, least angle', first, rainbow(1), 0.01, '°'),
        compareWithin('second rainbow, greatest angle', second, rainbow(2), 0.05, '°'),
        compareWithin('worst error of a direction', worst / degree, 0, 1e-2, '°'),
      ];
      return {
        comparisons: [...shares, ...shapes.map(({ comparison }) => comparison), ...exact],
        charts: shapes.map(({ chart }) => chart),
      };
    },
  };
}

/** Descartes: the deviation is stationary where cos² i = (n² − 1)/(k² + 2k). In degrees from the beam. */
function rainbow(bows: number): number {
  const cosine = Math.sqrt((dropIndex ** 2 - 1) / (bows ** 2 + 2 * bows));
  return folded(dropDeviation(Math.sqrt(1 - cosine ** 2), bows)) / degree;
}

const parts = 200_000;

/** The chances averaged over the cross section. */
function integrate(): number[] {
  const sums = new Array<number>(mostBows + 2).fill(0);
  for (let i = 0; i < parts; i++) {
    const chances = dropChances(Math.sqrt((i + 0.5) / parts));
    for (const [k, chance] of chances.entries()) sums[k] = (sums[k] ?? 0) + chance / parts;
  }
  return sums;
}

function bowShape({ lo, hi, counts }: Bins, bows: number, photons: number): number[] {
  const bins = new Array<number>(counts.length).fill(0);
  for (let i = 0; i < parts; i++) {
    const impact = Math.sqrt((i + 0.5) / parts);
    const angle = folded(dropDeviation(impact, bows)) / degree;
    const bin = Math.floor(((angle - lo) / (hi - lo)) * bins.length);
    const inside = Math.max(0, Math.min(bins.length - 1, bin));
    bins[inside] = (bins[inside] ?? 0) + ((dropChances(impact)[bows + 1] ?? 0) * photons) / parts;
  }
  return bins;
}
