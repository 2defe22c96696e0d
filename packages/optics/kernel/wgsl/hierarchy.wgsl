// Made by tools/emit-wgsl.mjs of kernel/wasm/hierarchy.ts.

// The nearest daughter that a ray enters, through the four-wide hierarchy over
// the daughters' boxes. Boxes are 32-bit and widened by the packer beyond all
// rounding here; the solids themselves are met in 64 bits.

// Faces nearer than this along the ray are one face, mm. Rounding of a 64-bit
// position at 20 m, turned by a few frames, is 1e-11.
const TOUCH: vec2f = vec2f(1e-7, -1.1686097e-15);
var<private> daughter: i32 = -1;
var<private> daughterDistance: vec2f = vec2f(1e+30, 0.0);
var<private> daughterFace: i32 = 0;

// Depth 64 of a four-wide tree is far beyond any; an entry is (node, t).
const STACK_ENTRIES: i32 = 256;
const HIERARCHY_STACK_WORDS: u32 = 512u;
var<private> hierarchy_stack: array<u32, HIERARCHY_STACK_WORDS>;
const HIERARCHY_NEAR_WORDS: u32 = 4u;
var<private> hierarchy_near: array<u32, HIERARCHY_NEAR_WORDS>;
var<private> hierarchy_originX: vec2f = vec2f(0.0, 0.0);
var<private> hierarchy_originY: vec2f = vec2f(0.0, 0.0);
var<private> hierarchy_originZ: vec2f = vec2f(0.0, 0.0);
var<private> headingX: vec2f = vec2f(0.0, 0.0);
var<private> headingY: vec2f = vec2f(0.0, 0.0);
var<private> headingZ: vec2f = vec2f(0.0, 0.0);
var<private> first: i32 = 0;
var<private> excluded: i32 = -1;

// Sets `daughter`, `daughterDistance`, `daughterFace` to the daughter of the
// volume that the ray enters first within `limit`; -1 if there is none. The
// daughter `skip` (-1: none) is not looked at; one that the ray is in already
// counts if `held` does.
fn enterDaughter(volume: i32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f,
  dy: vec2f, dz: vec2f, limit: vec2f, skip: i32, held: bool) {
  daughter = -1;
  daughterDistance = limit;
  let count = volumeDaughterCount(volume);
  if (count == 0) {
    return;
  }
  hierarchy_originX = ox;
  hierarchy_originY = oy;
  hierarchy_originZ = oz;
  headingX = dx;
  headingY = dy;
  headingZ = dz;
  first = volumeFirstDaughter(volume);
  excluded = skip;
  countHeld(held);
  let root = volumeHierarchy(volume);
  if (root >= 0) {
    walkHierarchy(root);
  } else {
    for (var i: i32 = 0; i < count; i++) {
      tryDaughter(i);
    }
  }
}

// Whether the ray surely misses the ball around a daughter.
fn missesBall(placement: i32) -> bool {
  let x = wSub(placementBallX(placement), hierarchy_originX).x;
  let y = wSub(placementBallY(placement), hierarchy_originY).x;
  let z = wSub(placementBallZ(placement), hierarchy_originZ).x;
  let along = x * headingX.x + y * headingY.x + z * headingZ.x;
  let square = x * x + y * y + z * z;
  let rounding = 2e-6 * square;
  return square - along * along > placementBallSquare(placement).x + rounding;
}

fn tryDaughter(index: i32) {
  if (index == excluded) {
    return;
  }
  let placement = first + index;
  if (missesBall(placement)) {
    return;
  }
  let solid = volumeSolid(placementVolume(placement));
  let transform = placementTransform(placement);
  setSolidFrame(transform);
  var x = hierarchy_originX;
  var y = hierarchy_originY;
  var z = hierarchy_originZ;
  var dx = headingX;
  var dy = headingY;
  var dz = headingZ;
  if (transform >= 0) {
    pointToLocal(transform, x, y, z);
    x = fx;
    y = fy;
    z = fz;
    directionToLocal(transform, dx, dy, dz);
    dx = fx;
    dy = fy;
    dz = fz;
  }
  let t = solidEnter(solid, x, y, z, dx, dy, dz, daughterDistance);
  if (wLess(t, daughterDistance)) {
    daughter = index;
    daughterDistance = t;
    daughterFace = hitFace;
  }
}

fn walkHierarchy(root: i32) {
  let ix = reciprocal(headingX).x;
  let iy = reciprocal(headingY).x;
  let iz = reciprocal(headingZ).x;
  let px = vec4f(hierarchy_originX.x);
  let py = vec4f(hierarchy_originY.x);
  let pz = vec4f(hierarchy_originZ.x);
  let vx = vec4f(ix);
  let vy = vec4f(iy);
  let vz = vec4f(iz);
  let nearX = select(HIERARCHY_MAX_X0, HIERARCHY_MIN_X0, ix >= 0.0);
  let farX = select(HIERARCHY_MIN_X0, HIERARCHY_MAX_X0, ix >= 0.0);
  let nearY = select(HIERARCHY_MAX_Y0, HIERARCHY_MIN_Y0, iy >= 0.0);
  let farY = select(HIERARCHY_MIN_Y0, HIERARCHY_MAX_Y0, iy >= 0.0);
  let nearZ = select(HIERARCHY_MAX_Z0, HIERARCHY_MIN_Z0, iz >= 0.0);
  let farZ = select(HIERARCHY_MIN_Z0, HIERARCHY_MAX_Z0, iz >= 0.0);
  let zero = vec4f(0.0);
  var depth: i32 = 0;
  var node = root;
  loop {
    let at = sections.hierarchyBase + u32(node * HIERARCHY_SIZE);
    let x0 = (loadVec4(at + u32(nearX)) - px) * vx;
    let x1 = (loadVec4(at + u32(farX)) - px) * vx;
    let y0 = (loadVec4(at + u32(nearY)) - py) * vy;
    let y1 = (loadVec4(at + u32(farY)) - py) * vy;
    let z0 = (loadVec4(at + u32(nearZ)) - pz) * vz;
    let z1 = (loadVec4(at + u32(farZ)) - pz) * vz;
    // No NaN comes in: reciprocals are finite, so the plain minimum will do.
    let enter = max(max(x0, y0), max(z0, zero));
    let leave = min(min(x1, y1), min(z1, vec4f(roundUp(daughterDistance.x))));
    var mask = laneBits(enter <= leave);
    if (mask != 0) {
      hierarchy_near_storeVec4(0u, enter);
      mask = tryLeaves(at, mask);
      if (mask != 0) {
        let lane = u32(countTrailingZeros(mask)) << 2u;
        mask &= mask - 1;
        node = loadI32(at + lane + u32(HIERARCHY_CHILD0));
        // One only: the commonest, and no need of the stack.
        if (mask == 0) {
          continue;
        }
        depth = stackOthers(at, mask, node, hierarchy_near_loadF32(lane),
          depth);
        node = nearest;
        continue;
      }
    }
    // The nearest of what waits, if it still can be nearer than the best.
    loop {
      if (depth == 0) {
        return;
      }
      depth--;
      let entry = u32(depth) << 3u;
      if (hierarchy_stack_loadF32(entry + 4u) <= roundUp(daughterDistance.x)) {
        node = hierarchy_stack_loadI32(entry);
        break;
      }
    }
  }
}

// Meets the solids of the leaves among the children hit; the inner nodes hit.
fn tryLeaves(at: u32, hits: i32) -> i32 {
  var inner = hits;
  var mask = hits;
  loop {
    let lane = u32(countTrailingZeros(mask)) << 2u;
    let child = loadI32(at + lane + u32(HIERARCHY_CHILD0));
    if (child < 0) {
      inner &= ~(mask & (-mask));
      if (hierarchy_near_loadF32(lane) <= roundUp(daughterDistance.x)) {
        tryDaughter(~child);
      }
    }
    mask &= mask - 1;
    if (!(mask != 0)) {
      break;
    }
  }
  return inner;
}

// Of the node in hand and the others hit: the nearest is in `nearest`, the
// others wait on the stack, the nearest of them on top; the new depth.
var<private> nearest: i32 = 0;
fn stackOthers(at: u32, hits: i32, inHand: i32, inHandAt: f32, depth: i32) ->
  i32 {
  let bottom = u32(depth) << 3u;
  var top = bottom;
  var mask = hits;
  nearest = inHand;
  var nearestAt = inHandAt;
  loop {
    let lane = u32(countTrailingZeros(mask)) << 2u;
    mask &= mask - 1;
    var child = loadI32(at + lane + u32(HIERARCHY_CHILD0));
    var t = hierarchy_near_loadF32(lane);
    if (t < nearestAt) {
      let other = nearest;
      let otherAt = nearestAt;
      nearest = child;
      nearestAt = t;
      child = other;
      t = otherAt;
    }
    var entry = top;
    while (entry > bottom && hierarchy_stack_loadF32(entry - 8u + 4u) < t) {
      hierarchy_stack_copyPair(entry, entry - 8u);
      entry -= 8u;
    }
    hierarchy_stack_storeI32(entry, child);
    hierarchy_stack_storeF32(entry + 4u, t);
    top += 8u;
    if (!(mask != 0)) {
      break;
    }
  }
  return i32(top >> 3u);
}

// The daughter that holds a point and a way to go from it, -1 if none does: on
// a face, the volume is the one that the direction goes into.
fn daughterAt(volume: i32, x: vec2f, y: vec2f, z: vec2f, dx: vec2f, dy: vec2f,
  dz: vec2f) -> i32 {
  let count = volumeDaughterCount(volume);
  headingX = dx;
  headingY = dy;
  headingZ = dz;
  first = volumeFirstDaughter(volume);
  let root = volumeHierarchy(volume);
  if (root >= 0) {
    return findInHierarchy(root, x, y, z);
  }
  for (var i: i32 = 0; i < count; i++) {
    if (holds(i, x, y, z)) {
      return i;
    }
  }
  return -1;
}

fn holds(index: i32, x: vec2f, y: vec2f, z: vec2f) -> bool {
  let placement = first + index;
  let solid = volumeSolid(placementVolume(placement));
  let transform = placementTransform(placement);
  setSolidFrame(transform);
  var px = x;
  var py = y;
  var pz = z;
  if (transform >= 0) {
    pointToLocal(transform, x, y, z);
    px = fx;
    py = fy;
    pz = fz;
  }
  if (wellInside(solid, px, py, pz)) {
    return true;
  }
  if (!solidInside(solid, px, py, pz)) {
    return false;
  }
  var dx = headingX;
  var dy = headingY;
  var dz = headingZ;
  if (transform >= 0) {
    directionToLocal(transform, dx, dy, dz);
    dx = fx;
    dy = fy;
    dz = fz;
  }
  return wLess(TOUCH, solidExit(solid, px, py, pz, dx, dy, dz));
}

fn findInHierarchy(root: i32, x: vec2f, y: vec2f, z: vec2f) -> i32 {
  let px = vec4f(x.x);
  let py = vec4f(y.x);
  let pz = vec4f(z.x);
  var depth: i32 = 1;
  hierarchy_stack_storeI32(0u, root);
  while (depth > 0) {
    depth--;
    let node = hierarchy_stack_loadI32(u32(depth * 8));
    let at = sections.hierarchyBase + u32(node * HIERARCHY_SIZE);
    let above = ((loadVec4(at) <= px) &
      (loadVec4(at + u32(HIERARCHY_MIN_Y0)) <= py)) &
      (loadVec4(at + u32(HIERARCHY_MIN_Z0)) <= pz);
    let below = ((loadVec4(at + u32(HIERARCHY_MAX_X0)) >= px) &
      (loadVec4(at + u32(HIERARCHY_MAX_Y0)) >= py)) &
      (loadVec4(at + u32(HIERARCHY_MAX_Z0)) >= pz);
    var mask = laneBits(above & below);
    while (mask != 0) {
      let lane = countTrailingZeros(mask);
      mask &= mask - 1;
      let child = loadI32(at + u32(lane << 2u) + u32(HIERARCHY_CHILD0));
      if (child < 0) {
        if (holds(~child, x, y, z)) {
          return ~child;
        }
      } else {
        hierarchy_stack_storeI32(u32(depth * 8), child);
        depth++;
      }
    }
  }
  return -1;
}

fn hierarchy_near_loadF32(at: u32) -> f32 {
  return bitcast<f32>(hierarchy_near[at >> 2u]);
}

fn hierarchy_near_storeVec4(at: u32, value: vec4f) {
  let i = at >> 2u;
  hierarchy_near[i + 0u] = bitcast<u32>(value.x);
  hierarchy_near[i + 1u] = bitcast<u32>(value.y);
  hierarchy_near[i + 2u] = bitcast<u32>(value.z);
  hierarchy_near[i + 3u] = bitcast<u32>(value.w);
}

fn hierarchy_stack_copyPair(to: u32, at: u32) {
  let low = hierarchy_stack[at >> 2u];
  let high = hierarchy_stack[(at >> 2u) + 1u];
  hierarchy_stack[to >> 2u] = low;
  hierarchy_stack[(to >> 2u) + 1u] = high;
}

fn hierarchy_stack_loadF32(at: u32) -> f32 {
  return bitcast<f32>(hierarchy_stack[at >> 2u]);
}

fn hierarchy_stack_loadI32(at: u32) -> i32 {
  return bitcast<i32>(hierarchy_stack[at >> 2u]);
}

fn hierarchy_stack_storeF32(at: u32, value: f32) {
  hierarchy_stack[at >> 2u] = bitcast<u32>(value);
}

fn hierarchy_stack_storeI32(at: u32, value: i32) {
  hierarchy_stack[at >> 2u] = bitcast<u32>(value);
}
