import type { SolidType } from '../model/solid.ts';

/** The type of a solid that is given by numbers alone. */
export type SimpleSolidType = Extract<
  SolidType,
  | 'box'
  | 'tube'
  | 'cutTube'
  | 'cone'
  | 'orb'
  | 'sphere'
  | 'ellipsoid'
  | 'torus'
  | 'trd'
  | 'trap'
  | 'para'
  | 'hype'
  | 'eltube'
  | 'elcone'
  | 'paraboloid'
  | 'arb8'
  | 'twistedbox'
  | 'twistedtrd'
  | 'twistedtrap'
  | 'twistedtubs'
>;

/** How an attribute of a solid becomes a parameter of the model. */
export interface SolidParameter {
  readonly name: string;
  /** Lengths are multiplied by `lunit`, angles by `aunit`. */
  readonly kind: 'length' | 'angle' | 'number' | 'integer';
  readonly range: 'any' | 'not negative' | 'positive';
  /** The value where the file gives none; undefined where it must. */
  readonly otherwise: number | undefined;
}

const length = (...names: string[]): SolidParameter[] =>
  parameters(names, 'length', 'positive', undefined);
const radius = (...names: string[]): SolidParameter[] =>
  parameters(names, 'length', 'not negative', undefined);
const inner = (...names: string[]): SolidParameter[] =>
  parameters(names, 'length', 'not negative', 0);
const offset = (...names: string[]): SolidParameter[] => parameters(names, 'length', 'any', 0);
const angle = (...names: string[]): SolidParameter[] => parameters(names, 'angle', 'any', 0);
const sweep = (...names: string[]): SolidParameter[] =>
  parameters(names, 'angle', 'positive', undefined);

/**
 * The solids that are given by numbers alone: what G4GDMLReadSolids reads of each, in the order of the model. Full
 * lengths are the model's too; eltube, elcone, ellipsoid, paraboloid and arb8 give half lengths, as Geant4's
 * constructors do.
 */
export const simpleSolids: Readonly<Record<SimpleSolidType, readonly SolidParameter[]>> = {
  box: length('x', 'y', 'z'),
  tube: [...inner('rmin'), ...length('rmax', 'z'), ...angle('startphi'), ...sweep('deltaphi')],
  cutTube: [
    ...inner('rmin'),
    ...length('rmax', 'z'),
    ...angle('startphi'),
    ...sweep('deltaphi'),
    ...parameters(['lowX', 'lowY', 'lowZ', 'highX', 'highY', 'highZ'], 'number', 'any', 0),
  ],
  cone: [
    ...inner('rmin1'),
    ...radius('rmax1'),
    ...inner('rmin2'),
    ...radius('rmax2'),
    ...length('z'),
    ...angle('startphi'),
    ...sweep('deltaphi'),
  ],
  orb: length('r'),
  sphere: [
    ...inner('rmin'),
    ...length('rmax'),
    ...angle('startphi'),
    ...sweep('deltaphi'),
    ...angle('starttheta'),
    ...sweep('deltatheta'),
  ],
  ellipsoid: [...length('ax', 'by', 'cz'), ...offset('zcut1', 'zcut2')],
  torus: [...inner('rmin'), ...length('rmax', 'rtor'), ...angle('startphi'), ...sweep('deltaphi')],
  trd: [...radius('x1', 'x2', 'y1', 'y2'), ...length('z')],
  trap: [
    ...length('z'),
    ...angle('theta', 'phi'),
    ...length('y1', 'x1', 'x2'),
    ...angle('alpha1'),
    ...length('y2', 'x3', 'x4'),
    ...angle('alpha2'),
  ],
  para: [...length('x', 'y', 'z'), ...angle('alpha', 'theta', 'phi')],
  hype: [...inner('rmin'), ...length('rmax'), ...angle('inst', 'outst'), ...length('z')],
  eltube: length('dx', 'dy', 'dz'),
  elcone: [...parameters(['dx', 'dy'], 'number', 'positive', undefined), ...length('zmax', 'zcut')],
  paraboloid: [...inner('rlo'), ...length('rhi', 'dz')],
  arb8: [
    ...length('dz'),
    ...offset(...[1, 2, 3, 4, 5, 6, 7, 8].flatMap((corner) => [`v${corner}x`, `v${corner}y`])),
  ],
  twistedbox: [...angle('PhiTwist'), ...length('x', 'y', 'z')],
  twistedtrd: [...angle('PhiTwist'), ...length('x1', 'x2', 'y1', 'y2', 'z')],
  twistedtrap: [
    ...angle('PhiTwist'),
    ...length('z'),
    ...angle('Theta', 'Phi'),
    ...length('y1', 'x1', 'x2', 'y2', 'x3', 'x4'),
    ...angle('Alph'),
  ],
  twistedtubs: [
    ...angle('twistedangle'),
    ...inner('endinnerrad'),
    ...length('endouterrad', 'zlen'),
    ...sweep('phi'),
  ],
};

/** Whether a solid of that type is given by numbers alone. */
export function isSimpleSolid(type: string): type is SimpleSolidType {
  return Object.hasOwn(simpleSolids, type);
}

function parameters(
  names: readonly string[],
  kind: SolidParameter['kind'],
  range: SolidParameter['range'],
  otherwise: number | undefined,
): SolidParameter[] {
  return names.map((name) => ({ name, kind, range, otherwise }));
}
