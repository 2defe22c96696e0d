import { compose, identity3, identityTransform, type RigidTransform } from '@lantern/units';
import { GeometryError } from '../errors.ts';
import type {
  BooleanSolid,
  MultiUnion,
  ReflectedSolid,
  ScaledSolid,
  Solid,
} from '../model/solid.ts';
import { solidNamed } from '../solids/solid-named.ts';
import { paraShape, trapShape, trdShape } from './compile-solid-flat.ts';
import {
  genericPolyhedraShape,
  tessellatedShape,
  tetShape,
  twistedShape,
  xtruShape,
} from './compile-solid-mesh.ts';
import { genericPolyconeShape } from './compile-solid-outline.ts';
import {
  coneShape,
  cutTubeShape,
  elconeShape,
  ellipsoidShape,
  eltubeShape,
  hypeShape,
  paraboloidShape,
  sphereShape,
  torusShape,
  tubeShape,
} from './compile-solid-round.ts';
import { arb8Shape, twistedTubsShape } from './compile-solid-ruled.ts';
import { polyconeShape, polyhedraShape } from './compile-solid-sections.ts';
import {
  box,
  combine,
  leafCount,
  place,
  type Shape,
  sphere,
  union,
} from './compile-solid-shape.ts';
import { linearTransform } from './linear-transform.ts';

/** The kernel has room for so many primitives in one solid (intervals.ts), and second operands may be nested so deep. */
const MOST_LEAVES = 131_072;
const DEEPEST = 2000;

/**
 * [SOL1] A solid as a tree of primitives and booleans.
 *
 * @throws {GeometryError} for a solid that does not exist, refers to itself, is too large, or whose parameters make no
 * solid
 */
export function solidShape(solids: ReadonlyMap<string, Solid>, name: string): Shape {
  return placedShape({ solids, open: new Set(), depth: 0 }, name, identityTransform);
}

/** What the making of a shape knows: the solids, and the names of those that are being made. */
interface Making {
  readonly solids: ReadonlyMap<string, Solid>;
  readonly open: Set<string>;
  readonly depth: number;
}

/**
 * [SOL15] The shape of a solid where a transform puts it. The first operands of booleans, which are nested deep in real
 * detectors, are followed without recursion.
 */
function placedShape(making: Making, name: string, frame: RigidTransform): Shape {
  const wholes: { solid: Solid; frame: RigidTransform }[] = [];
  let solid = find(making, name);
  let at = frame;
  while (isBoolean(solid) || isMoved(solid)) {
    making.open.add(solid.name);
    wholes.push({ solid, frame: at });
    if (wholes.length > MOST_LEAVES) throw tooMany(solid);
    at = compose(at, ownTransform(solid));
    solid = find(making, isBoolean(solid) ? solid.first : solid.solid);
  }
  let shape =
    solid.type === 'multiUnion'
      ? multiUnionShape(making, solid, at)
      : place(primitiveShape(solid), at);
  for (const whole of wholes.toReversed()) {
    if (isBoolean(whole.solid)) {
      const { type, second, transform } = whole.solid;
      const other = compose(whole.frame, linearTransform(transform));
      shape = combine(type, shape, placedShape(deeper(making, whole.solid), second, other));
      if (leafCount(shape) > MOST_LEAVES) throw tooMany(whole.solid);
    }
    making.open.delete(whole.solid.name);
  }
  return shape;
}

/** [SOL19] The union of the solids, each where its transform puts it. */
function multiUnionShape(making: Making, solid: MultiUnion, frame: RigidTransform): Shape {
  making.open.add(solid.name);
  let leaves = 0;
  const shapes = solid.nodes.map((node) => {
    const at = compose(frame, linearTransform(node.transform));
    const shape = placedShape(deeper(making, solid), node.solid, at);
    leaves += leafCount(shape);
    if (leaves > MOST_LEAVES) throw tooMany(solid);
    return shape;
  });
  making.open.delete(solid.name);
  if (shapes.length > 0) return union(shapes);
  throw new GeometryError({ what: `<multiUnion name="${solid.name}"> has no parts` });
}

/** [SOL19] Where the first operand of a boolean stands, or what a scaled or reflected solid is made of. */
function ownTransform(solid: BooleanSolid | ScaledSolid | ReflectedSolid): RigidTransform {
  if (solid.type === 'reflectedSolid') return linearTransform(solid.transform);
  if (solid.type === 'scaledSolid') {
    const { scale } = solid;
    return linearTransform({ rotation: identity3, translation: [0, 0, 0], scale });
  }
  return solid.firstTransform ? linearTransform(solid.firstTransform) : identityTransform;
}

function deeper(making: Making, solid: Solid): Making {
  if (making.depth < DEEPEST) return { ...making, depth: making.depth + 1 };
  throw tooDeep(solid);
}

function isMoved(solid: Solid): solid is ScaledSolid | ReflectedSolid {
  return solid.type === 'scaledSolid' || solid.type === 'reflectedSolid';
}

function find({ solids, open }: Making, name: string): Solid {
  const solid = solidNamed(solids, name);
  if (!open.has(name)) return solid;
  throw new GeometryError({
    what: 'a solid contains itself',
    where: `<${solid.type} name="${name}">`,
  });
}

function isBoolean(solid: Solid): solid is BooleanSolid {
  return solid.type === 'union' || solid.type === 'subtraction' || solid.type === 'intersection';
}

function tooMany({ type, name }: Solid): GeometryError {
  return new GeometryError({
    what: `<${type} name="${name}"> has too many parts`,
    expected: `at most ${MOST_LEAVES} primitives`,
    hint: 'place the parts as volumes of their own',
  });
}

function tooDeep({ type, name }: Solid): GeometryError {
  return new GeometryError({
    what: `second operands of booleans around <${type} name="${name}"> are nested too deep`,
    expected: `at most ${DEEPEST} levels`,
    hint: 'nest the first operands instead',
  });
}

function primitiveShape(solid: Solid): Shape {
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
    case 'elcone':
      return elconeShape(solid);
    case 'paraboloid':
      return paraboloidShape(solid);
    case 'arb8':
      return arb8Shape(solid);
    case 'tet':
      return tetShape(solid);
    case 'genericPolycone':
      return genericPolyconeShape(solid);
    case 'genericPolyhedra':
      return genericPolyhedraShape(solid);
    case 'xtru':
      return xtruShape(solid);
    case 'tessellated':
      return tessellatedShape(solid);
    case 'twistedbox':
    case 'twistedtrd':
    case 'twistedtrap':
      return twistedShape(solid);
    case 'twistedtubs':
      return twistedTubsShape(solid);
    default:
      throw new GeometryError({
        what: `no such type of solid: <${solid.type} name="${solid.name}">`,
      });
  }
}
