// Made by tools/emit-wgsl.mjs of kernel/wasm/leaf.ts.

// A leaf of a solid: one primitive, in its own frame.

// The stretches of a ray in a leaf (span.ts) that is no mesh: how many, 0 to 2.
// In a frame that scales, the direction is not of unit length: distances there
// are longer by its length.
fn leafSpans(leaf: i32, ox_: vec2f, oy_: vec2f, oz_: vec2f, dx_: vec2f,
  dy_: vec2f, dz_: vec2f, tMin_: vec2f, tMax_: vec2f) -> i32 {
  var ox = ox_;
  var oy = oy_;
  var oz = oz_;
  var dx = dx_;
  var dy = dy_;
  var dz = dz_;
  var tMin = tMin_;
  var tMax = tMax_;
  let k = leafTransform(leaf);
  setLeafFrame(k);
  var stretched = false;
  var inverse = vec2f(1.0, 0.0);
  let rounding = tolerance;
  if (k >= 0) {
    pointToLocal(k, ox, oy, oz);
    ox = fx;
    oy = fy;
    oz = fz;
    alsoToLocal(k, dx, dy, dz);
    dx = fx;
    dy = fy;
    dz = fz;
    let stretch = leafStretch(leaf);
    stretched = stretch.x > 0.0;
    if (stretched) {
      let length = wSqrt(wDot3(dx, dx, dy, dy, dz, dz));
      inverse = wInverse(length);
      setTolerance(wMul(rounding, stretch));
      dx = wMul(dx, inverse);
      dy = wMul(dy, inverse);
      dz = wMul(dz, inverse);
      tMin = wMul(tMin, length);
      tMax = wMul(tMax, length);
    }
  }
  let count = ownSpans(leaf, ox, oy, oz, dx, dy, dz, tMin, tMax);
  if (stretched) {
    setTolerance(rounding);
    scaleSpans(inverse);
  }
  return count;
}

// The stretches of a ray in the frame of the leaf.
fn ownSpans(leaf: i32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f, dy: vec2f,
  dz: vec2f, tMin: vec2f, tMax: vec2f) -> i32 {
  let p = paramsOf(leaf);
  switch (leafType(leaf)) {
    case LEAF_IS_BOX {
      return i32(boxSpan(p, ox, oy, oz, dx, dy, dz, tMin, tMax));
    }
    case LEAF_IS_SPHERE {
      return i32(sphereSpan(p, ox, oy, oz, dx, dy, dz, tMin, tMax));
    }
    case LEAF_IS_CYLINDER {
      return i32(cylinderSpan(p, ox, oy, oz, dx, dy, dz, tMin, tMax));
    }
    case LEAF_IS_FRUSTUM {
      return i32(frustumSpan(p, ox, oy, oz, dx, dy, dz, tMin, tMax));
    }
    case LEAF_IS_ELLIPSOID {
      return i32(ellipsoidSpan(p, ox, oy, oz, dx, dy, dz, tMin, tMax));
    }
    case LEAF_IS_PLANES {
      return i32(
        planesSpan(p, leafCount(leaf), ox, oy, oz, dx, dy, dz, tMin, tMax));
    }
    case LEAF_IS_HALF_CONE {
      return i32(halfConeSpan(p, ox, oy, oz, dx, dy, dz, tMin, tMax));
    }
    case LEAF_IS_TORUS {
      return torusSpans(p, ox, oy, oz, dx, dy, dz, tMin, tMax);
    }
    case LEAF_IS_HYPERBOLOID {
      return hyperboloidSpans(p, ox, oy, oz, dx, dy, dz, tMin, tMax);
    }
    case LEAF_IS_ELLIPTIC_CONE {
      return i32(ellipticConeSpan(p, ox, oy, oz, dx, dy, dz, tMin, tMax));
    }
    case LEAF_IS_PARABOLOID {
      return i32(paraboloidSpan(p, ox, oy, oz, dx, dy, dz, tMin, tMax));
    }
    default {
      return ruledSpans(p, ox, oy, oz, dx, dy, dz);
    }
  }
}

// The outward unit normal of a face of a leaf at a point on it, in the frame
// of the solid.
fn leafNormal(leaf: i32, face: i32, x_: vec2f, y_: vec2f, z_: vec2f) {
  var x = x_;
  var y = y_;
  var z = z_;
  let k = leafTransform(leaf);
  if (k >= 0) {
    pointToLocal(k, x, y, z);
    x = fx;
    y = fy;
    z = fz;
  }
  let p = paramsOf(leaf);
  switch (leafType(leaf)) {
    case LEAF_IS_BOX {
      boxNormal(face);
    }
    case LEAF_IS_SPHERE {
      sphereNormal(x, y, z);
    }
    case LEAF_IS_CYLINDER {
      cylinderNormal(p, face, x, y);
    }
    case LEAF_IS_FRUSTUM {
      frustumNormal(p, face, x, y, z);
    }
    case LEAF_IS_ELLIPSOID {
      ellipsoidNormal(p, face, x, y, z);
    }
    case LEAF_IS_PLANES {
      planesNormal(p, face);
    }
    case LEAF_IS_HALF_CONE {
      halfConeNormal(p, x, y, z);
    }
    case LEAF_IS_TORUS {
      torusNormal(p, x, y, z);
    }
    case LEAF_IS_HYPERBOLOID {
      hyperboloidNormal(p, face, x, y, z);
    }
    case LEAF_IS_ELLIPTIC_CONE {
      ellipticConeNormal(p, face, x, y, z);
    }
    case LEAF_IS_PARABOLOID {
      paraboloidNormal(p, face, x, y);
    }
    default {
      ruledNormal(p, x, y, z);
    }
  }
  if (k >= 0) {
    directionToParent(k, normalX, normalY, normalZ);
    setNormal(fx, fy, fz);
    if (leafStretch(leaf).x > 0.0) {
      setNormalAlong(normalX, normalY, normalZ, vec2f(1.0, 0.0));
    }
  }
}

// Whether a point is in a leaf, its surface included.
fn leafInside(leaf: i32, x_: vec2f, y_: vec2f, z_: vec2f) -> bool {
  var x = x_;
  var y = y_;
  var z = z_;
  let k = leafTransform(leaf);
  if (k >= 0) {
    pointToLocal(k, x, y, z);
    x = fx;
    y = fy;
    z = fz;
  }
  let p = paramsOf(leaf);
  switch (leafType(leaf)) {
    case LEAF_IS_BOX {
      return boxInside(p, x, y, z);
    }
    case LEAF_IS_SPHERE {
      return sphereInside(p, x, y, z);
    }
    case LEAF_IS_CYLINDER {
      return cylinderInside(p, x, y, z);
    }
    case LEAF_IS_FRUSTUM {
      return frustumInside(p, x, y, z);
    }
    case LEAF_IS_ELLIPSOID {
      return ellipsoidInside(p, x, y, z);
    }
    case LEAF_IS_PLANES {
      return planesInside(p, leafCount(leaf), x, y, z);
    }
    case LEAF_IS_HALF_CONE {
      return halfConeInside(p, x, y, z);
    }
    case LEAF_IS_TORUS {
      return torusInside(p, x, y, z);
    }
    case LEAF_IS_HYPERBOLOID {
      return hyperboloidInside(p, x, y, z);
    }
    case LEAF_IS_ELLIPTIC_CONE {
      return ellipticConeInside(p, x, y, z);
    }
    case LEAF_IS_PARABOLOID {
      return paraboloidInside(p, x, y, z);
    }
    case LEAF_IS_RULED {
      return ruledInside(p, x, y, z);
    }
    default {
      return meshInside(p, leafCount(leaf), x, y, z);
    }
  }
}
