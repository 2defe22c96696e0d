import { photonFlags } from '@lantern/optics';
import {
  box,
  type Layer,
  layeredMedia,
  type Polarisation,
  photonsOf,
  smallDetector,
} from '@lantern/optics/validation';
import { nm } from '@lantern/units';
import type { CaseTools, ValidationCase } from '../case.ts';
import type { CurveChart } from '../chart.ts';
import { type Comparison, compareShare } from '../comparison.ts';

const degree = Math.PI / 180;
const usualPerAngle = 10_000;
const angles = Array.from({ length: 18 }, (_, i) => 5 * i);
const polarisations = ['s', 'p'] as const;
const fates = ['reflected', 'transmitted', 'absorbed'] as const;
type Fate = (typeof fates)[number];

/** Against reflection, a quarter wave; then Rb-Cs-Sb as at 400 nm (Motta and Schönert, NIM A 539 (2005) 217). */
const layers: readonly Layer[] = [
  { index: [1.92, 0], thickness: 52 },
  { index: [2.25, 1.18], thickness: 23.4 },
];
const [glass, vacuum, wavelength] = [1.487, 1, 400];

/** Two layers between glass and vacuum, and light from both sides. */
export function photocathodeCases(): ValidationCase[] {
  return (['glass', 'vacuum'] as const).map((from) => ({
    name: `photocathode-from-${from}`,
    title: `A photocathode with a layer against reflection, from the ${from}`,
    source: 'transfer matrices of amplitudes (S. J. Byrnes, arXiv:1603.02720)',
    photons: usualPerAngle * angles.length * polarisations.length,
    run: async (tools) => {
      const perAngle = tools.few(usualPerAngle);
      const comparisons: Comparison[] = [];
      const points: CurveChart['points'][number][] = [];
      for (const [curve, polarisation] of polarisations.entries()) {
        const counts = await shine(tools, from, perAngle, polarisation);
        for (const [i, angle] of angles.entries()) {
          const expected = expectedOf(from, angle, polarisation);
          for (const fate of fates) {
            const name = `${fate}, ${polarisation}, ${angle}°`;
            comparisons.push(compareShare(name, counts[fate][i] ?? 0, perAngle, expected[fate]));
          }
          const share = (counts.absorbed[i] ?? 0) / perAngle;
          const error = Math.sqrt((share * (1 - share)) / perAngle);
          points.push({ x: angle, y: share, error, curve });
        }
      }
      const fine = Array.from({ length: 351 }, (_, i) => i / 4);
      const curves = polarisations.map((polarisation) => ({
        name: polarisation,
        points: fine.map((x) => [x, expectedOf(from, x, polarisation).absorbed] as const),
      }));
      const words = { title: 'share absorbed', x: 'angle of incidence, °' };
      return { comparisons, charts: [{ kind: 'curve', ...words, curves, points }] };
    },
  }));
}

type Side = 'glass' | 'vacuum';

function expectedOf(from: Side, angle: number, polarisation: Polarisation): Record<Fate, number> {
  const [n1, n2] = from === 'glass' ? [glass, vacuum] : [vacuum, glass];
  const stack = from === 'glass' ? layers : layers.toReversed();
  const fate = layeredMedia(n1, stack, n2, angle * degree, wavelength, polarisation);
  return { ...fate, absorbed: 1 - fate.reflected - fate.transmitted };
}

/** Photons of each fate at each angle. */
async function shine(
  tools: CaseTools,
  from: Side,
  perAngle: number,
  polarisation: Polarisation,
): Promise<Record<Fate, number[]>> {
  const counts: Record<Fate, number[]> = { reflected: [], transmitted: [], absorbed: [] };
  const source = photonsOf(perAngle * angles.length, (photon) => {
    const angle = (angles[photon % angles.length] ?? 0) * degree;
    const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
    return {
      position: [0, 0, from === 'glass' ? -10 : 10],
      direction: [sin, 0, from === 'glass' ? cos : -cos],
      polarisation: polarisation === 's' ? [0, 1, 0] : [from === 'glass' ? cos : -cos, 0, -sin],
      wavelength,
    };
  });
  await tools.propagate(
    detector(),
    source,
    ({ flag, direction }, photon) => {
      const isBack = from === 'glass' ? direction[2] < 0 : direction[2] > 0;
      const isIn = flag === photonFlags.SURFACE_DETECT || flag === photonFlags.SURFACE_ABSORB;
      const fate = isIn ? 'absorbed' : isBack ? 'reflected' : 'transmitted';
      const at = photon % angles.length;
      counts[fate][at] = (counts[fate][at] ?? 0) + 1;
    },
    { maxBounces: 1 },
  );
  return counts;
}

/** Glass below the plane z = 0 and vacuum above it, with the film between. */
function detector() {
  const numbered = (name: string, value: (layer: Layer) => number): [string, number][] =>
    layers.map((layer, i) => [`THINFILM_${name}${i + 1}`, value(layer)]);
  return smallDetector({
    materials: { Glass: { RINDEX: glass }, Vacuum: { RINDEX: vacuum } },
    surfaces: {
      Film: {
        type: 'dielectric_dielectric',
        tables: Object.fromEntries([
          ...numbered('RINDEX', ({ index }) => index[0]),
          ...numbered('KINDEX', ({ index }) => index[1]),
          ['EFFICIENCY', 1],
        ]),
        constants: Object.fromEntries([
          ['THINFILM_LAYERS', layers.length],
          ...numbered('THICKNESS', ({ thickness }) => thickness * nm),
        ]),
      },
    },
    solids: [box('all', 40_000, 40_000, 2000), box('half', 40_000, 40_000, 1000)],
    world: {
      ...{ name: 'Window', solid: 'all', material: 'Glass' },
      inside: [
        {
          ...{ name: 'Tube', solid: 'half', material: 'Vacuum', at: [0, 0, 500] },
          skin: 'Film',
        },
      ],
    },
  });
}
