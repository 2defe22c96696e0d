// Functions that stand in place of those that tools/emit-wgsl.mjs would make of
// the kernel's text, in the modules that they belong to.

// No thread knows where the last photon began: each is looked for from the
// world down.
fn locateAgain() -> bool {
  return false;
}

fn rememberPlace() {
}

// Of products without rounding there is no more in 2 x 24 bits than the
// products themselves: both edges of a pair of triangles see the same.
fn productError(a: vec2f, b: vec2f, product: vec2f) -> vec2f {
  return vec2f(0.0, 0.0);
}

fn hasRoom() -> bool {
  return end + ENTRY <= 4u * ENTRIES_WORDS;
}

fn compoundExit(solid: i32, kind: i32, ox: vec2f, oy: vec2f, oz: vec2f,
  dx: vec2f, dy: vec2f, dz: vec2f) -> vec2f {
  setTolerance(solidTolerance(solid));
  let leaf = solidLeaf(solid);
  var t = UNDECIDED;
  if (kind == LEAF_IS_MESH) {
    t = exitOfMesh(leaf, ox, oy, oz, dx, dy, dz);
  } else if (kind <= SOLID_IS_UNION_OF_FEW) {
    let isUnion = kind == SOLID_IS_UNION_OF_FEW;
    let count = select(2, solidOpCount(solid), isUnion);
    meetFewLeaves(leaf, count, ox, oy, oz, dx, dy, dz, vec2f(1e30, 0.0));
    if (isUnion) {
      t = unionExit(leaf, count);
    } else if (kind == SOLID_IS_ONE_LESS_ONE) {
      t = differenceExit(leaf);
    } else {
      t = commonExit(leaf);
    }
  }
  if (t.x != UNDECIDED.x) {
    return t;
  }
  return programExit(solid, ox, oy, oz, dx, dy, dz);
}

fn compoundEnter(solid: i32, kind: i32, ox: vec2f, oy: vec2f, oz: vec2f,
  dx: vec2f, dy: vec2f, dz: vec2f, limit: vec2f) -> vec2f {
  let leaf = solidLeaf(solid);
  var t = UNDECIDED;
  if (kind == LEAF_IS_MESH) {
    t = enterMesh(leaf, ox, oy, oz, dx, dy, dz, limit);
  } else if (kind <= SOLID_IS_UNION_OF_FEW) {
    let isUnion = kind == SOLID_IS_UNION_OF_FEW;
    let count = select(2, solidOpCount(solid), isUnion);
    meetFewLeaves(leaf, count, ox, oy, oz, dx, dy, dz, limit);
    if (isUnion) {
      t = unionEnter(leaf, count);
    } else if (kind == SOLID_IS_ONE_LESS_ONE) {
      t = differenceEnter(leaf, limit);
    } else {
      t = commonEnter(leaf);
    }
  }
  if (t.x != UNDECIDED.x) {
    return t;
  }
  return programEnter(solid, ox, oy, oz, dx, dy, dz, limit);
}
