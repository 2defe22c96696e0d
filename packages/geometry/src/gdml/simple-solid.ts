import { normalize, type Vector3 } from '@lantern/units';
import type { Point2, Solid } from '../model/solid.ts';
import { normalPhi, normalTheta } from './angular-range.ts';
import type { Scope } from './scope.ts';
import { type SimpleSolidType, type SolidParameter, simpleSolids } from './solid-parameters.ts';
import { errorAt, type XmlElement } from './xml-element.ts';

const common = ['name', 'lunit', 'aunit'];
const attributeSets = new Map<SimpleSolidType, ReadonlySet<string>>(
  Object.entries(simpleSolids).map(([type, parameters]) => [
    type as SimpleSolidType,
    new Set([...common, ...parameters.map(({ name }) => name)]),
  ]),
);

/** Reads a solid that is given by numbers alone, and checks them. */
export function readSimpleSolid(
  xml: XmlElement,
  type: SimpleSolidType,
  name: string,
  scope: Scope,
): Solid {
  scope.expectAttributes(xml, attributeSets.get(type) ?? new Set());
  const units = {
    length: scope.unit(xml, 'lunit', 'length', 'mm'),
    angle: scope.unit(xml, 'aunit', 'angle', 'rad'),
    number: 1,
    integer: 1,
  };
  const given: Record<string, number> = {};
  for (const parameter of simpleSolids[type]) {
    given[parameter.name] = readParameter(xml, parameter, units[parameter.kind], scope);
  }
  const solid = normalSolid(type, name, given, xml);
  checkSolid(solid, xml);
  return solid;
}

function readParameter(
  xml: XmlElement,
  { name, kind, range, otherwise }: SolidParameter,
  unit: number,
  scope: Scope,
): number {
  const read =
    kind === 'integer' ? scope.integer(xml, name, otherwise) : scope.number(xml, name, otherwise);
  const value = read * unit + 0;
  if (!Number.isFinite(value)) throw errorAt(xml, `${name} is not finite`);
  if ((range === 'positive' && !(value > 0)) || (range === 'not negative' && !(value >= 0))) {
    const what = kind === 'length' ? 'length' : kind === 'angle' ? 'angle' : 'number';
    const words = { length: 'mm', angle: 'rad', number: '', integer: '' }[kind];
    throw errorAt(xml, `${name} is ${value} ${words}`.trimEnd(), {
      expected: range === 'positive' ? `a positive ${what}` : `a ${what} of zero or more`,
    });
  }
  return value;
}

/** The solid with its angles, cuts and normals in the form that the model has them in. */
function normalSolid(
  type: SimpleSolidType,
  name: string,
  given: Readonly<Record<string, number>>,
  xml: XmlElement,
): Solid {
  const value = (parameter: string): number => given[parameter] ?? 0;
  const phi = (): ReturnType<typeof normalPhi> =>
    normalPhi({ startphi: value('startphi'), deltaphi: value('deltaphi') });
  const numbers = { type, name, ...given };
  switch (type) {
    case 'tube':
    case 'cone':
    case 'torus':
      return { ...numbers, ...phi() } as unknown as Solid;
    case 'sphere': {
      const theta = { starttheta: value('starttheta'), deltatheta: value('deltatheta') };
      return { ...numbers, ...phi(), ...normalTheta(theta) } as unknown as Solid;
    }
    case 'cutTube': {
      const { rmin, rmax, z } = { rmin: value('rmin'), rmax: value('rmax'), z: value('z') };
      const lowNormal = unit([value('lowX'), value('lowY'), value('lowZ')], [0, 0, -1]);
      const highNormal = unit([value('highX'), value('highY'), value('highZ')], [0, 0, 1]);
      if (lowNormal[2] >= 0)
        throw errorAt(xml, 'the lower plane does not face down', { expected: 'lowZ below 0' });
      if (highNormal[2] <= 0)
        throw errorAt(xml, 'the upper plane does not face up', { expected: 'highZ above 0' });
      return { type, name, rmin, rmax, z, ...phi(), lowNormal, highNormal };
    }
    case 'ellipsoid':
      return {
        ...numbers,
        ...ellipsoidCuts(value('cz'), value('zcut1'), value('zcut2')),
      } as unknown as Solid;
    case 'elcone':
      return { ...numbers, zcut: Math.min(value('zcut'), value('zmax')) } as unknown as Solid;
    case 'arb8': {
      const corners = [1, 2, 3, 4, 5, 6, 7, 8];
      const vertices: Point2[] = corners.map((n) => ({ x: value(`v${n}x`), y: value(`v${n}y`) }));
      return { type, name, dz: value('dz'), vertices };
    }
    default:
      return numbers as unknown as Solid;
  }
}

/** Both cuts 0 means none, and a cut outside is at the end (G4Ellipsoid::CheckParameters). */
function ellipsoidCuts(cz: number, low: number, high: number): { zcut1: number; zcut2: number } {
  if (low === 0 && high === 0) return { zcut1: -cz, zcut2: cz };
  return { zcut1: Math.max(low, -cz), zcut2: Math.min(high, cz) };
}

/** The vector at length 1; a zero vector means the default (G4CutTubs). */
function unit(vector: Vector3, otherwise: Vector3): Vector3 {
  const size = Math.hypot(...vector);
  if (size === 0) return otherwise;
  return Math.abs(size - 1) < 1e-15 ? vector : normalize(vector);
}

/** What must hold between the parameters of a solid. */
function checkSolid(solid: Solid, xml: XmlElement): void {
  const less = (low: number, high: number, names: string): void => {
    if (low < high) return;
    const [first = '', second = ''] = names.split(' ');
    throw errorAt(xml, `${first} is ${low} mm`, { expected: `less than ${second}, ${high} mm` });
  };
  switch (solid.type) {
    case 'tube':
    case 'cutTube':
    case 'sphere':
    case 'hype':
      less(solid.rmin, solid.rmax, 'rmin rmax');
      if (solid.type === 'sphere' && (solid.starttheta < 0 || solid.starttheta >= Math.PI)) {
        throw errorAt(xml, 'starttheta', {
          given: `${solid.starttheta} rad`,
          expected: 'from 0 to below π',
        });
      }
      return;
    case 'torus':
      less(solid.rmin, solid.rmax, 'rmin rmax');
      less(solid.rmax, solid.rtor, 'rmax rtor');
      break;
    case 'cone': {
      const { rmin1, rmax1, rmin2, rmax2 } = solid;
      if (rmin1 > rmax1) less(rmin1, rmax1, 'rmin1 rmax1');
      if (rmin2 > rmax2) less(rmin2, rmax2, 'rmin2 rmax2');
      if (rmin1 === rmax1 && rmin2 === rmax2)
        throw errorAt(xml, 'the cone has no thickness at either end');
      return;
    }
    case 'ellipsoid':
      less(solid.zcut1, solid.zcut2, 'zcut1 zcut2');
      break;
    case 'trd':
      if (solid.x1 + solid.x2 > 0 && solid.y1 + solid.y2 > 0) return;
      throw errorAt(xml, 'the trd has no extent along x or y');
    case 'paraboloid':
      less(solid.rlo, solid.rhi, 'rlo rhi');
      break;
    case 'twistedtubs':
      less(solid.endinnerrad, solid.endouterrad, 'endinnerrad endouterrad');
      break;
    default:
      return;
  }
}
