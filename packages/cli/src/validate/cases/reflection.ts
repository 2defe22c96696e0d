import { photonFlags } from '@lantern/optics';
import {
  box,
  type Polarisation,
  photonsOf,
  reflectance,
  smallDetector,
} from '@lantern/optics/validation';
import { RandomStream, type Vector3 } from '@lantern/units';
import type { CaseGroup, CaseTools, ValidationCase } from '../case.ts';
import type { CurveChart } from '../chart.ts';
import { type Comparison, compareShare, compareWithin } from '../comparison.ts';

/** Reflection and refraction at a polished plane, beside Fresnel's formulas. */
export function reflectionGroup(): CaseGroup {
  return {
    name: 'reflection',
    title: 'Reflection and refraction at a plane',
    about:
      'Photons of each polarisation meet a plane between two media at angles from 0° to 85°; the share reflected, and where the others go.',
    cases: [
      reflection(1, 1.5),
      reflection(1.5, 1),
      reflection(1.33, 1.48),
      reflection(1.405, 1.01),
    ],
  };
}

const degree = Math.PI / 180;
const polarisations = ['s', 'p', 'unpolarised'] as const;
const perAngle = 10_000;

function reflection(n1: number, n2: number): ValidationCase {
  const brewster = Math.atan(n2 / n1) / degree;
  const angles = [...Array.from({ length: 18 }, (_, i) => 5 * i), brewster];
  return {
    name: `${n1}-to-${n2}`.replaceAll('.', '_'),
    title: `From index ${n1} to ${n2}`,
    source: 'Fresnel’s formulas (Born and Wolf, 1.5.2), Snell’s law, Brewster’s angle',
    photons: perAngle * angles.length * polarisations.length,
    run: async (tools) => {
      const comparisons: Comparison[] = [];
      const points: CurveChart['points'][number][] = [];
      let [worstSine, worstMirror] = [0, 0];
      for (const [curve, polarisation] of polarisations.entries()) {
        const shares = await shine(tools, [n1, n2], angles, polarisation, (sine, mirror) => {
          worstSine = Math.max(worstSine, sine);
          worstMirror = Math.max(worstMirror, mirror);
        });
        for (const [i, angle] of angles.entries()) {
          const share = (shares[i] ?? 0) / perAngle;
          const error = Math.sqrt((share * (1 - share)) / perAngle);
          points.push({ x: angle, y: share, error, curve });
          const name =
            angle === brewster
              ? `${polarisation}, Brewster’s angle ${angle.toFixed(2)}°`
              : `${polarisation}, ${angle}°`;
          const expected = formula(n1, n2, angle, polarisation);
          comparisons.push(compareShare(name, shares[i] ?? 0, perAngle, expected));
        }
      }
      comparisons.push(
        compareWithin('Snell’s law: worst error of the sine', worstSine, 0, 1e-6),
        compareWithin('law of reflection: worst error of the direction', worstMirror, 0, 1e-6),
      );
      const fine = Array.from({ length: 351 }, (_, i) => i / 4);
      return {
        comparisons,
        charts: [
          {
            kind: 'curve',
            title: 'share reflected',
            x: 'angle of incidence, °',
            curves: polarisations.map((polarisation) => ({
              name: polarisation,
              points: fine.map((angle) => [angle, formula(n1, n2, angle, polarisation)] as const),
            })),
            points,
          },
        ],
      };
    },
  };
}

type AnyPolarisation = (typeof polarisations)[number];

function formula(n1: number, n2: number, angle: number, polarisation: AnyPolarisation): number {
  const at = (which: Polarisation): number => reflectance(n1, n2, angle * degree, which);
  return polarisation === 'unpolarised' ? (at('s') + at('p')) / 2 : at(polarisation);
}

/** Photons reflected at each angle; tells the errors of directions. */
async function shine(
  tools: CaseTools,
  [n1, n2]: readonly [number, number],
  angles: readonly number[],
  polarisation: AnyPolarisation,
  onErrors: (sine: number, mirror: number) => void,
): Promise<number[]> {
  const detector = smallDetector({
    materials: { Below: { RINDEX: n1, ABSLENGTH: 1e12 }, Above: { RINDEX: n2, ABSLENGTH: 1e12 } },
    solids: [box('all', 40_000, 40_000, 2000), box('half', 40_000, 40_000, 1000)],
    world: {
      name: 'World',
      solid: 'all',
      material: 'Below',
      inside: [{ name: 'Upper', solid: 'half', material: 'Above', at: [0, 0, 500] }],
    },
  });
  const reflected = new Array<number>(angles.length).fill(0);
  const sines = angles.map((angle) => Math.sin(angle * degree));
  const source = photonsOf(perAngle * angles.length, (photon) => {
    const angle = (angles[photon % angles.length] ?? 0) * degree;
    const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
    const turn = azimuth(polarisation, tools.seed, photon);
    const [a, b] = [Math.cos(turn), Math.sin(turn)];
    const field: Vector3 = [a * cos, b, -a * sin];
    return { position: [0, 0, -10], direction: [sin, 0, cos], polarisation: field };
  });
  await tools.propagate(detector, source, ({ direction, flagMask }, photon) => {
    const i = photon % angles.length;
    const sine = sines[i] ?? 0;
    if ((flagMask & photonFlags.BOUNDARY_REFLECT) !== 0) {
      reflected[i] = (reflected[i] ?? 0) + 1;
      onErrors(0, Math.hypot(direction[0] - sine, direction[2] + Math.sqrt(1 - sine ** 2)));
    } else {
      onErrors(Math.abs(direction[0] - (n1 / n2) * sine), 0);
    }
  });
  return reflected;
}

/** Of the field from the plane of incidence: 0 for p. */
function azimuth(polarisation: AnyPolarisation, seed: bigint, photon: number): number {
  if (polarisation === 'p') return 0;
  if (polarisation === 's') return Math.PI / 2;
  return 2 * Math.PI * new RandomStream(seed, photon, 8).uniform();
}
