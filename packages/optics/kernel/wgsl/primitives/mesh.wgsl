// Made by tools/emit-wgsl.mjs of kernel/wasm/primitives/mesh.ts.

// A closed mesh of triangles; parameters: centre and half lengths of its box,
// the tolerance of its solid; its hierarchy is in `meshNode`. Each ray enters it
// as often as it leaves (triangle.ts), so that what lies ahead of a point tells
// whether it is inside. Faces: the number of the triangle, with MESH_FACE.

// The nearest crossing ahead of the ray's origin, by lookAhead(): its distance,
// Infinity if there is none, its triangle, and whether the ray leaves there.
// Triangles that the origin is on, within the tolerance, are not ahead; of those,
// `onEntry` and `onExit` are ones that the ray enters and leaves through, or -1.
var<private> aheadT: vec2f = vec2f(0.0, 0.0);
var<private> aheadTriangle: i32 = -1;
var<private> aheadLeaves: bool = false;
var<private> onEntry: i32 = -1;
var<private> onExit: i32 = -1;

// Whether another crossing is within the tolerance of it: an edge is grazed, or
// two faces coincide.
var<private> isDouble: bool = false;

// Whether the ray's origin is on the triangle that it just crossed.
fn isOnTriangle(triangle: i32) -> bool {
  return wLessEq(wAbs(crossingDepth), tolerance) &&
    (wLessEq(wAbs(crossingT), tolerance) ||
    isNearTriangle(triangle, wScale(tolerance, 2.0)));
}

fn lookAhead(p: u32, root: i32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f,
  dy: vec2f, dz: vec2f, limit: vec2f) {
  aheadT = WIDE_FAR;
  aheadTriangle = -1;
  onEntry = -1;
  onExit = -1;
  isDouble = false;
  var other = WIDE_FAR;
  var sum = 0;
  var within = limit;
  loop {
    if (!startMeshWalk(p, root, ox, oy, oz, dx, dy, dz, within)) {
      return;
    }
    aimAtTriangles(ox, oy, oz, dx, dy, dz);
    loop {
      let near = wMin(limit, wAdd(aheadT, wScale(tolerance, 2.0)));
      let leaf = nextMeshLeaf(select(near, WIDE_FAR, isDouble));
      if (leaf < 0) {
        break;
      }
      let last = (leaf >> 3u) + (leaf & 7);
      for (var i = leaf >> 3u; i <= last; i++) {
        if (!crossTriangle(i)) {
          continue;
        }
        let isOn = isOnTriangle(i);
        if (isDouble) {
          let counts = !isOn && crossingT.x > 0.0;
          sum += select(0, select(-1, 1, crossingLeaves), counts);
        } else if (isOn) {
          if (crossingLeaves) {
            onExit = i;
          } else {
            onEntry = i;
          }
        } else if (crossingT.x > 0.0) {
          if (wLess(crossingT, aheadT)) {
            other = aheadT;
            aheadT = crossingT;
            aheadTriangle = i;
            aheadLeaves = crossingLeaves;
          } else {
            other = wMin(other, crossingT);
          }
        }
      }
    }
    if (isDouble) {
      aheadLeaves = sum >= 1;
      return;
    }
    // Which of the two comes first is rounding: all that lies ahead tells.
    isDouble = wLessEq(wSub(other, aheadT), tolerance);
    if (!isDouble) {
      return;
    }
    within = WIDE_FAR;
  }
}

// How often the ray leaves ahead, less how often it enters: 1 from inside.
fn leavesAhead(p: u32, root: i32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f,
  dy: vec2f, dz: vec2f) -> i32 {
  startMeshWalk(p, root, ox, oy, oz, dx, dy, dz, vec2f(1e+30, 0.0));
  var sum: i32 = 0;
  var leaf = nextMeshLeaf(vec2f(1e+30, 0.0));
  while (leaf >= 0) {
    let last = (leaf >> 3u) + (leaf & 7);
    for (var i = leaf >> 3u; i <= last; i++) {
      if (!crossTriangle(i) || isOnTriangle(i)) {
        continue;
      }
      if (crossingT.x > 0.0) {
        sum += select(-1, 1, crossingLeaves);
      }
    }
    leaf = nextMeshLeaf(vec2f(1e+30, 0.0));
  }
  return sum;
}

// Whether meshExit() or meshEnter() could not decide: all crossings have to.
var<private> isUndecided: bool = false;

// The distance at which a ray that is inside leaves; sets hitFace. What lies
// ahead decides: where the nearest crossing leads out, the ray is inside until
// there; else it is outside already.
fn meshExit(p: u32, root: i32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f,
  dy: vec2f, dz: vec2f) -> vec2f {
  isUndecided = false;
  lookAhead(p, root, ox, oy, oz, dx, dy, dz, vec2f(1e+30, 0.0));
  if (aheadTriangle >= 0 && aheadLeaves) {
    setHitFace(MESH_FACE | aheadTriangle);
    return aheadT;
  }
  if (onExit >= 0) {
    setHitFace(MESH_FACE | onExit);
    return vec2f(0.0, 0.0);
  }
  // Rounding put the origin outside by so much that the ray passes by an edge.
  isUndecided = true;
  return vec2f(0.0, 0.0);
}

// The distance at which a ray that is outside enters, Infinity if it does not
// before `limit`; sets hitFace. `held` as in solid.ts. Where an edge is grazed,
// or faces coincide, what lies ahead of there tells whether it really enters.
fn meshEnter(p: u32, root: i32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f,
  dy: vec2f, dz: vec2f, limit: vec2f, held: bool) -> vec2f {
  isUndecided = false;
  var way = vec2f(0.0, 0.0);
  for (var grazes: i32 = 0; grazes < 64; grazes++) {
    let rest = wSub(limit, way);
    let far = select(wMax(rest, wScale(tolerance, 4.0)), vec2f(1e+30, 0.0),
      held);
    lookAhead(p, root, wMulAdd(way, dx, ox), wMulAdd(way, dy, oy),
      wMulAdd(way, dz, oz), dx, dy, dz, far);
    if (isAlreadyIn(far, held)) {
      if (onEntry < 0 && !held) {
        break;
      }
      setHitFace(MESH_FACE | select(onEntry, aheadTriangle, onEntry < 0));
      return select(vec2f(1e+30, 0.0), way, wLess(way, limit));
    }
    if (aheadTriangle < 0 || wLessEq(rest, aheadT)) {
      return vec2f(1e+30, 0.0);
    }
    if (!isDouble) {
      setHitFace(MESH_FACE | aheadTriangle);
      return wAdd(way, aheadT);
    }
    way = wAdd(way, aheadT);
  }
  // Rounding put it inside before it entered.
  isUndecided = true;
  return vec2f(0.0, 0.0);
}

// Whether the ray is inside where lookAhead() looked from: the nearest crossing
// leads out, or a stretch that begins there goes on beyond the limit.
fn isAlreadyIn(limit: vec2f, held: bool) -> bool {
  if (aheadTriangle >= 0) {
    return aheadLeaves;
  }
  return onEntry >= 0 && onExit < 0 && !held && limit.x < 1e+29;
}

// All crossings ahead, sorted by distance; at most so many of the nearest.
const mesh_MOST: i32 = 64;
const CROSSINGS_WORDS: u32 = 256u;
var<private> crossings: array<u32, CROSSINGS_WORDS>;
var<private> crossingCount: i32 = 0;

// How often the ray leaves ahead, less how often it enters.
var<private> windings: i32 = 0;
fn insertCrossing(t: vec2f, triangle: i32, leaves: bool) {
  windings += select(-1, 1, leaves);
  if (crossingCount == mesh_MOST) {
    raiseFault(FAULT_NO_ROOM | (ROOM_CROSSINGS << 8u));
    return;
  }
  var at = u32(crossingCount) << 2u;
  crossingCount++;
  while (at > 0u && wLess(t, crossings_loadWide((at - 4u) << 2u))) {
    for (var k = 0u; k < 4u; k++) {
      crossings[at + k] = crossings[at - 4u + k];
    }
    at -= 4u;
  }
  crossings[at] = bitcast<u32>(t.x);
  crossings[at + 1u] = bitcast<u32>(t.y);
  crossings[at + 2u] = bitcast<u32>(triangle);
  crossings[at + 3u] = bitcast<u32>(select(-1, 1, leaves));
}

// Triangles that the ray's origin is on, by standOnTriangles(): ones that it
// enters and leaves through, or -1, and a little way across all of them, to the
// side that the ray goes to: there rounding does not matter any more.
var<private> standEntry: i32 = -1;
var<private> standExit: i32 = -1;
var<private> stepX: vec2f = vec2f(0.0, 0.0);
var<private> stepY: vec2f = vec2f(0.0, 0.0);
var<private> stepZ: vec2f = vec2f(0.0, 0.0);
fn standOnTriangles(p: u32, root: i32, ox: vec2f, oy: vec2f, oz: vec2f,
  dx: vec2f, dy: vec2f, dz: vec2f) {
  standEntry = -1;
  standExit = -1;
  stepX = vec2f(0.0, 0.0);
  stepY = vec2f(0.0, 0.0);
  stepZ = vec2f(0.0, 0.0);
  let reach = wScale(tolerance, 2.0);
  if (!startMeshWalk(p, root, ox, oy, oz, dx, dy, dz, reach)) {
    return;
  }
  aimAtTriangles(ox, oy, oz, dx, dy, dz);
  var deepest = vec2f(0.0, 0.0);
  var leaf = nextMeshLeaf(reach);
  while (leaf >= 0) {
    let last = (leaf >> 3u) + (leaf & 7);
    for (var i = leaf >> 3u; i <= last; i++) {
      if (!isNearTriangle(i, reach)) {
        continue;
      }
      deepest = wMax(deepest, wAbs(nearDepth));
      let along = alongTriangleNormal();
      if (wLess(PARALLEL, along)) {
        standExit = i;
      } else if (wLess(along, -PARALLEL)) {
        standEntry = i;
      }
      // A ray along it is on the side that isBehind() says.
      var sign = select(vec2f(-1.0, 0.0), vec2f(1.0, 0.0), along.x > 0.0);
      if (wLessEq(wAbs(along), PARALLEL)) {
        sign = select(vec2f(1.0, 0.0), vec2f(-1.0, 0.0),
          isBehind(vec2f(0.0, 0.0), triangleNormalX, triangleNormalY,
          triangleNormalZ));
      }
      stepX = wMulAdd(sign, triangleNormalX, stepX);
      stepY = wMulAdd(sign, triangleNormalY, stepY);
      stepZ = wMulAdd(sign, triangleNormalZ, stepZ);
    }
    leaf = nextMeshLeaf(reach);
  }
  let square = wDot3(stepX, stepX, stepY, stepY, stepZ, stepZ);
  if (wLess(square, vec2f(1e-12, 3.9958026e-21))) {
    return;
  }
  let scale = wDiv(
    wMulAdd(vec2f(0.01, 2.2351741e-10), tolerance, wScale(deepest, 4.0)),
    wSqrt(square));
  stepX = wMul(stepX, scale);
  stepY = wMul(stepY, scale);
  stepZ = wMul(stepZ, scale);
}

// The distance of the last crossing from where the ray's origin was before the
// step: no step adds to the next one.
fn withoutStep(triangle: i32) -> vec2f {
  normalOfTriangle(triangle);
  let rate = alongTriangleNormal();
  if (wLess(wAbs(rate), vec2f(1e-9, 2.828193e-17))) {
    return crossingT;
  }
  let back = wDot3(stepX, triangleNormalX, stepY, triangleNormalY, stepZ,
    triangleNormalZ);
  return wMax(wAdd(crossingT, wDiv(back, rate)), vec2f(0.0, 0.0));
}

// All crossings ahead of a point.
fn collectCrossings(p: u32, root: i32, ox: vec2f, oy: vec2f, oz: vec2f,
  dx: vec2f, dy: vec2f, dz: vec2f) {
  crossingCount = 0;
  windings = 0;
  if (!startMeshWalk(p, root, ox, oy, oz, dx, dy, dz, vec2f(1e+30, 0.0))) {
    return;
  }
  aimAtTriangles(ox, oy, oz, dx, dy, dz);
  var leaf = nextMeshLeaf(vec2f(1e+30, 0.0));
  while (leaf >= 0) {
    let last = (leaf >> 3u) + (leaf & 7);
    for (var i = leaf >> 3u; i <= last; i++) {
      if (!crossTriangle(i)) {
        continue;
      }
      if (crossingT.x > 0.0) {
        insertCrossing(withoutStep(i), i, crossingLeaves);
      }
    }
    leaf = nextMeshLeaf(vec2f(1e+30, 0.0));
  }
}

// Pushes the list of the stretches of a ray in the mesh. One that holds the
// ray's origin begins at -Infinity, as nothing behind is looked at, but one that
// begins on a triangle begins at 0, and what ends there is a stretch too.
fn pushMesh(p: u32, root: i32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f,
  dy: vec2f, dz: vec2f) {
  pushList();
  setLeafFrame(-1);
  standOnTriangles(p, root, ox, oy, oz, dx, dy, dz);
  collectCrossings(p, root, wAdd(ox, stepX), wAdd(oy, stepY), wAdd(oz, stepZ),
    dx, dy, dz);
  var inside = windings;
  var tIn = vec2f(-1e+30, 0.0);
  var faceIn: i32 = -1;
  if (inside >= 1 && standEntry >= 0) {
    tIn = vec2f(0.0, 0.0);
    faceIn = MESH_FACE | standEntry;
  } else if (inside < 1 && standExit >= 0) {
    let face = MESH_FACE | standExit;
    addInterval(vec2f(-1e+30, 0.0), face, vec2f(0.0, 0.0), face);
  }
  for (var i: i32 = 0; i < crossingCount; i++) {
    let entry = u32(i << 4u);
    let t = crossings_loadWide(entry);
    let face = MESH_FACE | crossings_loadI32(entry + 8u);
    let before = inside;
    inside -= crossings_loadI32(entry + 12u);
    if (before < 1 && inside >= 1) {
      tIn = t;
      faceIn = face;
    } else if (before >= 1 && inside < 1 && hasRoom()) {
      addInterval(tIn, select(faceIn, face, faceIn < 0), t, face);
    }
  }
}

// Whether a point is in the mesh, or on it: what a ray from it, any way, crosses.
fn meshInside(p: u32, root: i32, x: vec2f, y: vec2f, z: vec2f) -> bool {
  let reach = param(p, 6);
  let dx = vec2f(0.5363, -3.528595e-9);
  let dy = vec2f(0.7259, 5.6266787e-9);
  let dz = vec2f(0.4311, -1.0871887e-8);
  if (!startMeshWalk(p, root, x, y, z, dx, dy, dz, vec2f(1e+30, 0.0))) {
    return false;
  }
  aimAtTriangles(x, y, z, dx, dy, dz);
  var sum: i32 = 0;
  var leaf = nextMeshLeaf(vec2f(1e+30, 0.0));
  while (leaf >= 0) {
    let last = (leaf >> 3u) + (leaf & 7);
    for (var i = leaf >> 3u; i <= last; i++) {
      if (!crossTriangle(i)) {
        continue;
      }
      if (wLessEq(wAbs(crossingDepth), reach)) {
        return true;
      }
      if (crossingT.x > 0.0) {
        sum += select(-1, 1, crossingLeaves);
      }
    }
    leaf = nextMeshLeaf(vec2f(1e+30, 0.0));
  }
  return sum >= 1;
}

fn meshNormal(triangle: i32) {
  normalOfTriangle(triangle);
  setNormal(triangleNormalX, triangleNormalY, triangleNormalZ);
}

fn crossings_loadI32(at: u32) -> i32 {
  return bitcast<i32>(crossings[at >> 2u]);
}

fn crossings_loadWide(at: u32) -> vec2f {
  let i = at >> 2u;
  return vec2f(bitcast<f32>(crossings[i]), bitcast<f32>(crossings[i + 1u]));
}
