import { photonFlags } from '@lantern/optics';
import {
  box,
  type Coating,
  coatedReflectance,
  metalReflectance,
  type Polarisation,
  photonsOf,
  reflectance,
  type SurfaceInWords,
  smallDetector,
} from '@lantern/optics/validation';
import { energyToWavelength, eV, nm, RandomStream, type Vector3 } from '@lantern/units';
import type { CaseGroup, CaseTools, ValidationCase } from '../case.ts';
import type { CurveChart } from '../chart.ts';
import { type Comparison, compareShare, compareWithin } from '../comparison.ts';
import { photocathodeCases } from './photocathode.ts';

/** Reflection and refraction at a polished plane, beside Fresnel's formulas. */
export function reflectionGroup(): CaseGroup {
  return {
    name: 'reflection',
    title: 'Reflection and refraction at a plane',
    about:
      'Photons of each polarisation meet a plane between two media, bare, coated by a thin film, of metal or with a photocathode, at angles from 0° to 85°; the share reflected, and where the others go.',
    cases: [
      reflection(1, 1.5),
      reflection(1.5, 1),
      reflection(1.33, 1.48),
      reflection(1.405, 1.01),
      coating('A film of 100 nm, as in coated.mac', {
        n1: 1.4,
        film: 1.7,
        n2: 1,
        thickness: 100,
        wavelength: energyToWavelength(5 * eV),
      }),
      coating('A gap of 60 nm of air between two glasses: frustrated total reflection', {
        n1: 1.5,
        film: 1,
        n2: 1.5,
        thickness: 60,
        wavelength: 400,
      }),
      metal(),
      ...photocathodeCases(),
    ],
  };
}

const degree = Math.PI / 180;
const angles = Array.from({ length: 18 }, (_, i) => 5 * i);
const polarisations = ['s', 'p', 'unpolarised'] as const;
const usualPerAngle = 10_000;

/** A plane that is shone upon, and what it should do. */
interface Plane {
  readonly n1: number;
  readonly n2: number;
  readonly wavelength: number;
  readonly surface?: SurfaceInWords;
  readonly angles: readonly number[];
  readonly reflectance: (angle: number, polarisation: Polarisation) => number;
}

function reflection(n1: number, n2: number): ValidationCase {
  const brewster = Math.atan(n2 / n1) / degree;
  return planeCase(`${n1}-to-${n2}`.replaceAll('.', '_'), `From index ${n1} to ${n2}`, {
    source: 'Fresnel’s formulas (Born and Wolf, 1.5.2), Snell’s law, Brewster’s angle',
    plane: {
      ...{ n1, n2, wavelength: 400, angles: [...angles, brewster] },
      reflectance: (angle, polarisation) => reflectance(n1, n2, angle, polarisation),
    },
  });
}

function coating(title: string, layer: Coating): ValidationCase {
  return planeCase(`film-${layer.thickness}`, title, {
    source: 'Airy’s sum over one layer (Born and Wolf, 1.6.4)',
    plane: {
      ...{ n1: layer.n1, n2: layer.n2, wavelength: layer.wavelength, angles },
      surface: {
        ...{ type: 'coated', tables: { COATEDRINDEX: layer.film } },
        constants: { COATEDTHICKNESS: layer.thickness * nm },
      },
      reflectance: (angle, polarisation) => coatedReflectance(layer, angle, polarisation),
    },
  });
}

/** Aluminium at 4 eV, as in complexRindex.mac. */
function metal(): ValidationCase {
  const [re, im] = [0.28, 3.71];
  return planeCase('aluminium', 'Aluminium: a complex index of 0.28 + 3.71 i', {
    source: 'Fresnel’s formulas with a complex index (Born and Wolf, 14.2)',
    plane: {
      ...{ n1: 1.01, n2: 1.01, wavelength: energyToWavelength(4 * eV), angles },
      surface: {
        ...{ type: 'dielectric_metal', tables: { REALRINDEX: re, IMAGINARYRINDEX: im } },
      },
      reflectance: (angle, polarisation) => metalReflectance(1.01, [re, im], angle, polarisation),
    },
  });
}

function planeCase(
  name: string,
  title: string,
  { source, plane }: { readonly source: string; readonly plane: Plane },
): ValidationCase {
  return {
    ...{ name, title, source },
    photons: usualPerAngle * plane.angles.length * polarisations.length,
    run: async (tools) => {
      const perAngle = tools.few(usualPerAngle);
      const comparisons: Comparison[] = [];
      const points: CurveChart['points'][number][] = [];
      let [worstSine, worstMirror] = [0, 0];
      for (const [curve, polarisation] of polarisations.entries()) {
        const shares = await shine(tools, plane, perAngle, polarisation, (sine, mirror) => {
          worstSine = Math.max(worstSine, sine);
          worstMirror = Math.max(worstMirror, mirror);
        });
        for (const [i, angle] of plane.angles.entries()) {
          const share = (shares[i] ?? 0) / perAngle;
          const error = Math.sqrt((share * (1 - share)) / perAngle);
          points.push({ x: angle, y: share, error, curve });
          const words = angles.includes(angle)
            ? `${angle}°`
            : `Brewster’s angle ${angle.toFixed(2)}°`;
          const expected = formula(plane, angle, polarisation);
          comparisons.push(
            compareShare(`${polarisation}, ${words}`, shares[i] ?? 0, perAngle, expected),
          );
        }
      }
      comparisons.push(
        compareWithin('Snell’s law: worst error of the sine', worstSine, 0, 1e-6),
        compareWithin('law of reflection: worst error of the direction', worstMirror, 0, 1e-6),
      );
      const fine = Array.from({ length: 351 }, (_, i) => i / 4);
      const curves = polarisations.map((polarisation) => ({
        name: polarisation,
        points: fine.map((angle) => [angle, formula(plane, angle, polarisation)] as const),
      }));
      const chart: CurveChart = {
        ...{ kind: 'curve', title: 'share reflected', x: 'angle of incidence, °', curves, points },
      };
      return { comparisons, charts: [chart] };
    },
  };
}

type AnyPolarisation = (typeof polarisations)[number];

function formula(plane: Plane, angle: number, polarisation: AnyPolarisation): number {
  const at = (which: Polarisation): number => plane.reflectance(angle * degree, which);
  return polarisation === 'unpolarised' ? (at('s') + at('p')) / 2 : at(polarisation);
}

/** Photons reflected at each angle; tells the errors of directions. */
async function shine(
  tools: CaseTools,
  plane: Plane,
  perAngle: number,
  polarisation: AnyPolarisation,
  onErrors: (sine: number, mirror: number) => void,
): Promise<number[]> {
  const { n1, n2, surface, wavelength } = plane;
  const detector = smallDetector({
    materials: { Below: { RINDEX: n1, ABSLENGTH: 1e12 }, Above: { RINDEX: n2, ABSLENGTH: 1e12 } },
    surfaces: surface ? { Surface: surface } : {},
    solids: [box('all', 40_000, 40_000, 2000), box('half', 40_000, 40_000, 1000)],
    world: {
      name: 'World',
      solid: 'all',
      material: 'Below',
      inside: [
        {
          ...{ name: 'Upper', solid: 'half', material: 'Above', at: [0, 0, 500] },
          ...(surface && { skin: 'Surface' }),
        },
      ],
    },
  });
  // Each polarisation with random numbers of its own.
  const seed = tools.seed + BigInt(polarisations.indexOf(polarisation));
  const reflected = new Array<number>(plane.angles.length).fill(0);
  const sines = plane.angles.map((angle) => Math.sin(angle * degree));
  const source = photonsOf(perAngle * sines.length, (photon) => {
    const angle = (plane.angles[photon % sines.length] ?? 0) * degree;
    const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
    const turn = azimuth(polarisation, tools.seed, photon);
    const [a, b] = [Math.cos(turn), Math.sin(turn)];
    const field: Vector3 = [a * cos, b, -a * sin];
    return { position: [0, 0, -10], direction: [sin, 0, cos], polarisation: field, wavelength };
  });
  await tools.propagate(
    detector,
    source,
    ({ direction, flag }, photon) => {
      const i = photon % sines.length;
      const sine = sines[i] ?? 0;
      if (flag === photonFlags.SURFACE_ABSORB) return;
      if (direction[2] < 0) {
        reflected[i] = (reflected[i] ?? 0) + 1;
        onErrors(0, Math.hypot(direction[0] - sine, direction[2] + Math.sqrt(1 - sine ** 2)));
      } else {
        onErrors(Math.abs(direction[0] - (n1 / n2) * sine), 0);
      }
    },
    { seed },
  );
  return reflected;
}

/** Of the field from the plane of incidence: 0 for p. */
function azimuth(polarisation: AnyPolarisation, seed: bigint, photon: number): number {
  if (polarisation === 'p') return 0;
  if (polarisation === 's') return Math.PI / 2;
  return 2 * Math.PI * new RandomStream(seed, photon, 8).uniform();
}
