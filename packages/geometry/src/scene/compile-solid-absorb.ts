import { add, apply, determinant, dot, identityTransform, type Vector3 } from '@lantern/units';
import { type TriangleMesh, turnedOver } from '../mesh/triangle-mesh.ts';
import { absorbScale } from './compile-solid-scale.ts';
import { frustum, isIdentity, isOrthogonal, type LeafShape } from './compile-solid-shape.ts';

/**
 * The same leaf with as much of its frame in its parameters as they can take, so that the kernel has fewer rays to
 * transform: planes and meshes take any frame, a round cylinder or frustum one that keeps its axis on z, a sphere any rotation, and
 * a scale goes where it can.
 */
export function absorbFrame(leaf: LeafShape): LeafShape {
  if (isIdentity(leaf.frame)) return leaf;
  if (leaf.mesh) return absorbIntoMesh(leaf, leaf.mesh);
  const shape = absorbScale(leaf);
  if (isIdentity(shape.frame) || !isOrthogonal(shape.frame.rotation)) return shape;
  switch (shape.type) {
    case 'planes':
      return absorbIntoPlanes(shape);
    case 'cylinder':
    case 'frustum': {
      const [r1 = 0, r2 = 0] = shape.params;
      const isRound = shape.type === 'frustum' || r1 === r2;
      return isRound ? absorbAlongZ(shape, r1, r2) : shape;
    }
    case 'sphere':
      return {
        ...shape,
        frame: { ...identityTransform, translation: shape.frame.translation },
      };
    default:
      return shape;
  }
}

/** n·x <= c becomes (R n)·x <= c + (R n)·t. */
function absorbIntoPlanes(shape: LeafShape): LeafShape {
  const { rotation, translation } = shape.frame;
  const params: number[] = [];
  for (let i = 0; i < shape.params.length; i += 4) {
    const [x, y, z, c] = shape.params.slice(i, i + 4) as [number, number, number, number];
    const normal: Vector3 = apply(rotation, [x, y, z]);
    params.push(...normal, c + dot(normal, translation));
  }
  return { ...shape, params, frame: identityTransform };
}

/** Its vertices moved; turned over where the frame reflects. */
function absorbIntoMesh(leaf: LeafShape, { vertices, triangles }: TriangleMesh): LeafShape {
  const { rotation, translation } = leaf.frame;
  const moved = new Float64Array(vertices.length);
  for (let i = 0; i < vertices.length; i += 3) {
    const [x = 0, y = 0, z = 0] = vertices.subarray(i, i + 3);
    moved.set(add(apply(rotation, [x, y, z]), translation), i);
  }
  const mesh = { vertices: moved, triangles };
  const upright = determinant(rotation) > 0 ? mesh : turnedOver(mesh);
  return { ...leaf, mesh: upright, frame: identityTransform };
}

/** A cylinder or frustum moved along its axis, and perhaps turned upside down. */
function absorbAlongZ(shape: LeafShape, r1: number, r2: number): LeafShape {
  const [x, y, z] = shape.frame.translation;
  const up = shape.frame.rotation[8];
  if (x !== 0 || y !== 0 || Math.abs(up) !== 1) return shape;
  const [z1 = 0, z2 = 0] = shape.params.slice(2, 4).map((height) => up * height + z);
  const moved = up > 0 ? frustum(z1, z2, r1, r2) : frustum(z2, z1, r2, r1);
  return { ...moved, reach: shape.reach };
}
