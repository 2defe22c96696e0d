import { determinant, type RigidTransform } from '@lantern/units';
import { GeometryError } from '../errors.ts';
import type { BooleanSolid, Solid, SolidType } from '../model/solid.ts';
import type { Transform } from '../model/transform.ts';
import { paraShape, trapShape, trdShape } from './compile-solid-flat.ts';
import {
  coneShape,
  cutTubeShape,
  ellipsoidShape,
  eltubeShape,
  hypeShape,
  sphereShape,
  torusShape,
  tubeShape,
} from './compile-solid-round.ts';
import { polyconeShape, polyhedraShape } from './compile-solid-sections.ts';
import { box, combine, leafCount, place, type Shape, sphere } from './compile-solid-shape.ts';

/** Solids that the engines propagate in. */
const supported: readonly SolidType[] = [
  'box',
  'tube',
  'cutTube',
  'cone',
  'orb',
  'sphere',
  'ellipsoid',
  'torus',
  'trd',
  'trap',
  'para',
  'hype',
  'polycone',
  'polyhedra',
  'eltube',
  'union',
  'subtraction',
  'intersection',
];

/** The kernel has room for so many primitives in one solid (intervals.ts), and booleans may be nested so deep. */
const MOST_LEAVES = 16384;
const DEEPEST = 2000;

/**
 * [SOL1] A solid as a tree of primitives and booleans.
 *
 * @throws {GeometryError} for a solid that is not supported yet, does not exist, refers to itself, is too large, or
 * whose parameters make no solid
 */
export function solidShape(
  solids: ReadonlyMap<string, Solid>,
  name: string,
  depth: number = 0,
): Shape {
  const solid = solids.get(name);
  if (!solid) throw new GeometryError({ what: 'no such solid', given: `'${name}'` });
  if (depth > DEEPEST) {
    throw new GeometryError({
      what: `booleans around <${solid.type} name="${name}"> are nested too deep, or without end`,
      expected: `at most ${DEEPEST} levels`,
    });
  }
  switch (solid.type) {
    case 'box':
      return box(solid.x / 2, solid.y / 2, solid.z / 2);
    case 'orb':
      return sphere(solid.r);
    case 'tube':
      return tubeShape(solid);
    case 'cutTube':
      return cutTubeShape(solid);
    case 'cone':
      return coneShape(solid);
    case 'sphere':
      return sphereShape(solid);
    case 'ellipsoid':
      return ellipsoidShape(solid);
    case 'torus':
      return torusShape(solid);
    case 'trd':
      return trdShape(solid);
    case 'trap':
      return trapShape(solid);
    case 'para':
      return paraShape(solid);
    case 'hype':
      return hypeShape(solid);
    case 'polycone':
      return polyconeShape(solid);
    case 'polyhedra':
      return polyhedraShape(solid);
    case 'eltube':
      return eltubeShape(solid);
    case 'union':
    case 'intersection':
    case 'subtraction':
      return booleanShape(solids, solid, depth);
    default:
      throw new GeometryError({
        what: `cannot propagate in <${solid.type} name="${name}"> yet`,
        expected: `one of ${supported.join(', ')}`,
      });
  }
}

/** [SOL15] Two solids, each where its transform puts it. */
function booleanShape(
  solids: ReadonlyMap<string, Solid>,
  solid: BooleanSolid,
  depth: number,
): Shape {
  const placed = (name: string, transform: Transform | undefined): Shape => {
    const shape = solidShape(solids, name, depth + 1);
    return transform ? place(shape, rigid(solid, transform)) : shape;
  };
  const shape = combine(
    solid.type,
    placed(solid.first, solid.firstTransform),
    placed(solid.second, solid.transform),
  );
  if (leafCount(shape) <= MOST_LEAVES) return shape;
  throw new GeometryError({
    what: `<${solid.type} name="${solid.name}"> has too many parts`,
    expected: `at most ${MOST_LEAVES} primitives`,
  });
}

function rigid(solid: BooleanSolid, { rotation, translation, scale }: Transform): RigidTransform {
  if (scale.every((factor) => factor === 1) && determinant(rotation) > 0) {
    return { rotation, translation };
  }
  throw new GeometryError({
    what: `cannot propagate in <${solid.type} name="${solid.name}"> yet: a part of it is scaled or reflected`,
    given: `scale (${scale.join(', ')}), determinant ${determinant(rotation)}`,
    expected: 'rotations and translations only',
  });
}
