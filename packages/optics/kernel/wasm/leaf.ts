// A leaf of a solid: one primitive, in its own frame.

import {
  LEAF_IS_BOX, LEAF_IS_CYLINDER, LEAF_IS_ELLIPSOID, LEAF_IS_ELLIPTIC_CONE,
  LEAF_IS_FRUSTUM, LEAF_IS_HALF_CONE, LEAF_IS_HYPERBOLOID, LEAF_IS_PARABOLOID,
  LEAF_IS_PLANES, LEAF_IS_RULED, LEAF_IS_SPHERE, LEAF_IS_TORUS,
  leafCount, leafStretch, leafTransform, leafType, paramsOf,
} from './generated/scene';
import {
  alsoToLocal, directionToParent, fx, fy, fz, pointToLocal,
} from './frame';
import { boxInside, boxNormal, boxSpan } from './primitives/box';
import {
  cylinderInside, cylinderNormal, cylinderSpan,
} from './primitives/cylinder';
import {
  ellipsoidInside, ellipsoidNormal, ellipsoidSpan,
} from './primitives/ellipsoid';
import {
  ellipticConeInside, ellipticConeNormal, ellipticConeSpan,
} from './primitives/elliptic-cone';
import {
  frustumInside, frustumNormal, frustumSpan,
} from './primitives/frustum';
import {
  halfConeInside, halfConeNormal, halfConeSpan,
} from './primitives/half-cone';
import {
  hyperboloidInside, hyperboloidNormal, hyperboloidSpans,
} from './primitives/hyperboloid';
import { meshInside } from './primitives/mesh';
import {
  paraboloidInside, paraboloidNormal, paraboloidSpan,
} from './primitives/paraboloid';
import { planesInside, planesNormal, planesSpan } from './primitives/planes';
import { ruledInside, ruledNormal, ruledSpans } from './primitives/ruled';
import {
  normalX, normalY, normalZ, scaleSpans, setLeafFrame, setNormal,
  setNormalAlong, setTolerance, tolerance,
} from './primitives/span';
import { sphereInside, sphereNormal, sphereSpan } from './primitives/sphere';
import { torusInside, torusNormal, torusSpans } from './primitives/torus';

// The stretches of a ray in a leaf (span.ts) that is no mesh: how many, 0 to 2.
// In a frame that scales, the direction is not of unit length: distances there
// are longer by its length.
export function leafSpans(
  leaf: i32, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
  tMin: f64, tMax: f64,
): i32 {
  const k = leafTransform(leaf);
  setLeafFrame(k);
  let stretched = false;
  let inverse: f64 = 1;
  const rounding = tolerance;
  if (k >= 0) {
    pointToLocal(k, ox, oy, oz);
    ox = fx;
    oy = fy;
    oz = fz;
    alsoToLocal(k, dx, dy, dz);
    dx = fx;
    dy = fy;
    dz = fz;
    const stretch = leafStretch(leaf);
    stretched = stretch > 0;
    if (stretched) {
      const length = sqrt(dx * dx + dy * dy + dz * dz);
      inverse = 1 / length;
      setTolerance(rounding * stretch);
      dx *= inverse;
      dy *= inverse;
      dz *= inverse;
      tMin *= length;
      tMax *= length;
    }
  }
  const count = ownSpans(leaf, ox, oy, oz, dx, dy, dz, tMin, tMax);
  if (stretched) {
    setTolerance(rounding);
    scaleSpans(inverse);
  }
  return count;
}

// The stretches of a ray in the frame of the leaf.
function ownSpans(
  leaf: i32, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
  tMin: f64, tMax: f64,
): i32 {
  const p = paramsOf(leaf);
  switch (leafType(leaf)) {
    case LEAF_IS_BOX:
      return i32(boxSpan(p, ox, oy, oz, dx, dy, dz, tMin, tMax));
    case LEAF_IS_SPHERE:
      return i32(sphereSpan(p, ox, oy, oz, dx, dy, dz, tMin, tMax));
    case LEAF_IS_CYLINDER:
      return i32(cylinderSpan(p, ox, oy, oz, dx, dy, dz, tMin, tMax));
    case LEAF_IS_FRUSTUM:
      return i32(frustumSpan(p, ox, oy, oz, dx, dy, dz, tMin, tMax));
    case LEAF_IS_ELLIPSOID:
      return i32(ellipsoidSpan(p, ox, oy, oz, dx, dy, dz, tMin, tMax));
    case LEAF_IS_PLANES:
      return i32(planesSpan(
        p, leafCount(leaf), ox, oy, oz, dx, dy, dz, tMin, tMax,
      ));
    case LEAF_IS_HALF_CONE:
      return i32(halfConeSpan(p, ox, oy, oz, dx, dy, dz, tMin, tMax));
    case LEAF_IS_TORUS:
      return torusSpans(p, ox, oy, oz, dx, dy, dz, tMin, tMax);
    case LEAF_IS_HYPERBOLOID:
      return hyperboloidSpans(p, ox, oy, oz, dx, dy, dz, tMin, tMax);
    case LEAF_IS_ELLIPTIC_CONE:
      return i32(ellipticConeSpan(p, ox, oy, oz, dx, dy, dz, tMin, tMax));
    case LEAF_IS_PARABOLOID:
      return i32(paraboloidSpan(p, ox, oy, oz, dx, dy, dz, tMin, tMax));
    default:
      return ruledSpans(p, ox, oy, oz, dx, dy, dz);
  }
}

// The outward unit normal of a face of a leaf at a point on it, in the frame
// of the solid.
export function leafNormal(
  leaf: i32, face: i32, x: f64, y: f64, z: f64,
): void {
  const k = leafTransform(leaf);
  if (k >= 0) {
    pointToLocal(k, x, y, z);
    x = fx;
    y = fy;
    z = fz;
  }
  const p = paramsOf(leaf);
  switch (leafType(leaf)) {
    case LEAF_IS_BOX: boxNormal(face); break;
    case LEAF_IS_SPHERE: sphereNormal(x, y, z); break;
    case LEAF_IS_CYLINDER: cylinderNormal(p, face, x, y); break;
    case LEAF_IS_FRUSTUM: frustumNormal(p, face, x, y, z); break;
    case LEAF_IS_ELLIPSOID: ellipsoidNormal(p, face, x, y, z); break;
    case LEAF_IS_PLANES: planesNormal(p, face); break;
    case LEAF_IS_HALF_CONE: halfConeNormal(p, x, y, z); break;
    case LEAF_IS_TORUS: torusNormal(p, x, y, z); break;
    case LEAF_IS_HYPERBOLOID: hyperboloidNormal(p, face, x, y, z); break;
    case LEAF_IS_ELLIPTIC_CONE: ellipticConeNormal(p, face, x, y, z); break;
    case LEAF_IS_PARABOLOID: paraboloidNormal(p, face, x, y); break;
    default: ruledNormal(p, x, y, z);
  }
  if (k >= 0) {
    directionToParent(k, normalX, normalY, normalZ);
    setNormal(fx, fy, fz);
    if (leafStretch(leaf) > 0) setNormalAlong(normalX, normalY, normalZ);
  }
}

// Whether a point is in a leaf, its surface included.
export function leafInside(leaf: i32, x: f64, y: f64, z: f64): bool {
  const k = leafTransform(leaf);
  if (k >= 0) {
    pointToLocal(k, x, y, z);
    x = fx;
    y = fy;
    z = fz;
  }
  const p = paramsOf(leaf);
  switch (leafType(leaf)) {
    case LEAF_IS_BOX: return boxInside(p, x, y, z);
    case LEAF_IS_SPHERE: return sphereInside(p, x, y, z);
    case LEAF_IS_CYLINDER: return cylinderInside(p, x, y, z);
    case LEAF_IS_FRUSTUM: return frustumInside(p, x, y, z);
    case LEAF_IS_ELLIPSOID: return ellipsoidInside(p, x, y, z);
    case LEAF_IS_PLANES: return planesInside(p, leafCount(leaf), x, y, z);
    case LEAF_IS_HALF_CONE: return halfConeInside(p, x, y, z);
    case LEAF_IS_TORUS: return torusInside(p, x, y, z);
    case LEAF_IS_HYPERBOLOID: return hyperboloidInside(p, x, y, z);
    case LEAF_IS_ELLIPTIC_CONE: return ellipticConeInside(p, x, y, z);
    case LEAF_IS_PARABOLOID: return paraboloidInside(p, x, y, z);
    case LEAF_IS_RULED: return ruledInside(p, x, y, z);
    default: return meshInside(p, leafCount(leaf), x, y, z);
  }
}
