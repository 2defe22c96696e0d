// The nearest daughter that a ray enters, through the four-wide hierarchy over
// the daughters' boxes. Boxes are 32-bit and widened by the packer beyond all
// rounding here; the solids themselves are met in 64 bits.

// Faces nearer than this along the ray are one face, mm. Rounding of a 64-bit
// position at 20 m, turned by a few frames, is 1e-11.
const TOUCH: vec2f = vec2f(1e-7, -1.1686097e-15);
var<private> daughter: i32 = -1;
var<private> daughterDistance: vec2f = WIDE_FAR;
var<private> daughterFace: i32 = 0;

// Nodes that wait, with the distance of their boxes.
const HIERARCHY_STACK_WORDS: u32 = 512u;
var<private> waiting: array<vec2u, HIERARCHY_STACK_WORDS / 2u>;
var<private> depth: i32 = 0;
// The node in hand: its address, where the ray enters its four boxes, and which
// of its children that are leaves, and nodes, are still to be met.
var<private> inHand: u32 = 0u;
var<private> nearBoxes: vec4f;
var<private> leafMask: i32 = 0;
var<private> innerMask: i32 = 0;
// Of a volume without a hierarchy: its next daughter, and how many it has.
var<private> hasHierarchy: bool = false;
var<private> nextIndex: i32 = 0;
var<private> indices: i32 = 0;
var<private> inverse: vec3f;
var<private> originX: vec2f = vec2f(0.0, 0.0);
var<private> originY: vec2f = vec2f(0.0, 0.0);
var<private> originZ: vec2f = vec2f(0.0, 0.0);
var<private> headingX: vec2f = vec2f(0.0, 0.0);
var<private> headingY: vec2f = vec2f(0.0, 0.0);
var<private> headingZ: vec2f = vec2f(0.0, 0.0);
var<private> first: i32 = 0;
var<private> excluded: i32 = -1;

// When the ray's way out of the volume itself is asked for: not, first, so that
// no daughter behind it counts, or last, if no daughter is entered.
const NO_EXIT: i32 = 0;
const EXIT_FIRST: i32 = 1;
const EXIT_LAST: i32 = 2;
// In place of a daughter's number: the volume itself.
const ITSELF: i32 = -2;
var<private> exitDistance: vec2f;
var<private> exitFace: i32 = 0;

// Sets `daughter`, `daughterDistance`, `daughterFace` to the daughter of the
// volume that the ray enters first within `limit`; -1 if there is none. The
// daughter `skip` (-1: none) is not looked at; one that the ray is in already
// counts if `held` does. Sets `exitDistance` and `exitFace` if `exit` says so.
fn enterDaughter(volume: i32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f,
  dy: vec2f, dz: vec2f, limit: vec2f, skip: i32, held: bool, exit: i32) {
  daughter = -1;
  daughterDistance = limit;
  originX = ox;
  originY = oy;
  originZ = oz;
  headingX = dx;
  headingY = dy;
  headingZ = dz;
  first = volumeFirstDaughter(volume);
  excluded = skip;
  countHeld(held);
  inverse = vec3f(shortReciprocal(dx.x), shortReciprocal(dy.x),
    shortReciprocal(dz.x));
  beginWalk(volume, volumeDaughterCount(volume));
  var asked = exit;
  loop {
    var index = ITSELF;
    if (asked != EXIT_FIRST) {
      index = walkHierarchy();
      if (index < 0) {
        if (asked == NO_EXIT || daughter >= 0) {
          break;
        }
        index = ITSELF;
      }
    }
    tryDaughter(volume, index);
    if (index == ITSELF) {
      if (asked == EXIT_LAST) {
        break;
      }
      asked = NO_EXIT;
    }
  }
}

// The daughters of a volume are to be met, all or by its hierarchy.
fn beginWalk(volume: i32, count: i32) {
  let root = volumeHierarchy(volume);
  hasHierarchy = root >= 0;
  nextIndex = 0;
  indices = count;
  depth = 0;
  leafMask = 0;
  innerMask = 0;
  if (hasHierarchy) {
    waiting[0] = vec2u(u32(root), 0u);
    depth = 1;
  }
}

// Never infinite, to 1 ulp.
fn shortReciprocal(d: f32) -> f32 {
  let a = select(d, rCopysign(1e-30, d), abs(d) < 1e-30);
  let r = 1.0 / a;
  return r + r * (1.0 - a * r);
}

// Whether the ray surely misses the ball around a daughter.
fn missesBall(placement: i32) -> bool {
  let x = wSub(placementBallX(placement), originX).x;
  let y = wSub(placementBallY(placement), originY).x;
  let z = wSub(placementBallZ(placement), originZ).x;
  let along = x * headingX.x + y * headingY.x + z * headingZ.x;
  let square = x * x + y * y + z * z;
  let rounding = 2e-6 * square;
  return square - along * along > placementBallSquare(placement).x + rounding;
}

fn tryDaughter(volume: i32, index: i32) {
  if (index == excluded) {
    return;
  }
  let itself = index == ITSELF;
  var solid: i32;
  var transform = -1;
  if (itself) {
    solid = volumeSolid(volume);
  } else {
    let placement = first + index;
    if (missesBall(placement)) {
      return;
    }
    solid = volumeSolid(placementVolume(placement));
    transform = placementTransform(placement);
  }
  setSolidFrame(transform);
  var x = originX;
  var y = originY;
  var z = originZ;
  var dx = headingX;
  var dy = headingY;
  var dz = headingZ;
  if (transform >= 0) {
    pointToLocal(transform, x, y, z);
    x = fx;
    y = fy;
    z = fz;
    alsoToLocal(transform, dx, dy, dz);
    dx = fx;
    dy = fy;
    dz = fz;
  }
  let t = solidCrossing(solid, x, y, z, dx, dy, dz, daughterDistance, itself);
  if (itself) {
    exitDistance = t;
    exitFace = hitFace;
    daughterDistance = wMin(t, daughterDistance);
  } else if (wLess(t, daughterDistance)) {
    daughter = index;
    daughterDistance = t;
    daughterFace = hitFace;
  }
}

// The next daughter whose box the ray meets no farther away than what it has
// met, -1 if there is none: leaves of the node in hand, then the nearest of its
// children, then what waits.
fn walkHierarchy() -> i32 {
  if (!hasHierarchy) {
    nextIndex++;
    return select(-1, nextIndex - 1, nextIndex <= indices);
  }
  let limit = roundUp(daughterDistance.x);
  loop {
    while (leafMask != 0) {
      let lane = countTrailingZeros(leafMask);
      leafMask &= leafMask - 1;
      if (nearBoxes[lane] <= limit) {
        return ~loadI32(inHand + u32(HIERARCHY_CHILD0) + (u32(lane) << 2u));
      }
    }
    stackInner();
    var node_ = -1;
    while (depth > 0 && node_ < 0) {
      depth--;
      let entry = waiting[depth];
      if (bitcast<f32>(entry.y) <= limit) {
        node_ = i32(entry.x);
      }
    }
    if (node_ < 0) {
      return -1;
    }
    meetBoxes(node_, limit);
  }
}

// Which boxes of a node the ray meets within a limit.
fn meetBoxes(node_: i32, limit: f32) {
  inHand = sections.hierarchyBase + u32(node_ * HIERARCHY_SIZE);
  let x0 = (loadVec4(inHand + u32(HIERARCHY_MIN_X0)) -
    originX.x) * inverse.x;
  let x1 = (loadVec4(inHand + u32(HIERARCHY_MAX_X0)) -
    originX.x) * inverse.x;
  let y0 = (loadVec4(inHand + u32(HIERARCHY_MIN_Y0)) -
    originY.x) * inverse.y;
  let y1 = (loadVec4(inHand + u32(HIERARCHY_MAX_Y0)) -
    originY.x) * inverse.y;
  let z0 = (loadVec4(inHand + u32(HIERARCHY_MIN_Z0)) -
    originZ.x) * inverse.z;
  let z1 = (loadVec4(inHand + u32(HIERARCHY_MAX_Z0)) -
    originZ.x) * inverse.z;
  // An empty lane, whose box is inside out, must not be turned round: the side
  // that is nearer is told by the direction alone.
  let right = inverse.x >= 0.0;
  let up = inverse.y >= 0.0;
  let ahead = inverse.z >= 0.0;
  nearBoxes = max(max(select(x1, x0, right), select(y1, y0, up)),
    max(select(z1, z0, ahead), vec4f(0.0)));
  let leave = min(min(select(x0, x1, right), select(y0, y1, up)),
    min(select(z0, z1, ahead), vec4f(limit)));
  splitHits(laneBits(nearBoxes <= leave));
}

// Of the node in hand: leaves and nodes among the children.
fn splitHits(hits: i32) {
  let children = bitcast<vec4i>(loadVec4(inHand + u32(HIERARCHY_CHILD0)));
  leafMask = hits & laneBits(children < vec4i(0));
  innerMask = hits & ~leafMask;
}

// The nodes among the children of the node in hand wait, the nearest on top.
fn stackInner() {
  let bottom = depth;
  while (innerMask != 0) {
    let lane = countTrailingZeros(innerMask);
    innerMask &= innerMask - 1;
    let t = nearBoxes[lane];
    let child = loadI32(inHand + u32(HIERARCHY_CHILD0) + (u32(lane) << 2u));
    var at = depth;
    while (at > bottom && bitcast<f32>(waiting[at - 1].y) < t) {
      waiting[at] = waiting[at - 1];
      at--;
    }
    waiting[at] = vec2u(u32(child), bitcast<u32>(t));
    depth++;
  }
}

// Whether a daughter, or the volume itself, holds a point and a way to go from
// it: on a face, the volume is the one that the direction goes into. There the
// point a little farther on tells.
fn holds(volume: i32, index: i32, x: vec2f, y: vec2f, z: vec2f) -> bool {
  var solid = volumeSolid(volume);
  var transform = -1;
  if (index != ITSELF) {
    let placement = first + index;
    solid = volumeSolid(placementVolume(placement));
    transform = placementTransform(placement);
  }
  var px = x;
  var py = y;
  var pz = z;
  var dx = headingX;
  var dy = headingY;
  var dz = headingZ;
  if (transform >= 0) {
    pointToLocal(transform, x, y, z);
    px = fx;
    py = fy;
    pz = fz;
    alsoToLocal(transform, dx, dy, dz);
    dx = fx;
    dy = fy;
    dz = fz;
  }
  if (wellInside(solid, px, py, pz)) {
    return true;
  }
  let points = select(2, 1, index == ITSELF);
  for (var k = 0; k < points; k++) {
    if (!solidInside(solid, px, py, pz)) {
      return false;
    }
    px = wAdd(px, wMul(TOUCH, dx));
    py = wAdd(py, wMul(TOUCH, dy));
    pz = wAdd(pz, wMul(TOUCH, dz));
  }
  return true;
}

// The next daughter whose box holds the point, -1 if there is none.
fn findInHierarchy(x: f32, y: f32, z: f32) -> i32 {
  if (!hasHierarchy) {
    nextIndex++;
    return select(-1, nextIndex - 1, nextIndex <= indices);
  }
  loop {
    if (leafMask != 0) {
      let lane = countTrailingZeros(leafMask);
      leafMask &= leafMask - 1;
      return ~loadI32(inHand + u32(HIERARCHY_CHILD0) + (u32(lane) << 2u));
    }
    nearBoxes = vec4f(0.0);
    stackInner();
    if (depth == 0) {
      return -1;
    }
    depth--;
    inHand = sections.hierarchyBase + waiting[depth].x * u32(HIERARCHY_SIZE);
    let above = (loadVec4(inHand + u32(HIERARCHY_MIN_X0)) <= vec4f(x)) &
      (loadVec4(inHand + u32(HIERARCHY_MIN_Y0)) <= vec4f(y)) &
      (loadVec4(inHand + u32(HIERARCHY_MIN_Z0)) <= vec4f(z));
    let below = (loadVec4(inHand + u32(HIERARCHY_MAX_X0)) >= vec4f(x)) &
      (loadVec4(inHand + u32(HIERARCHY_MAX_Y0)) >= vec4f(y)) &
      (loadVec4(inHand + u32(HIERARCHY_MAX_Z0)) >= vec4f(z));
    splitHits(laneBits(above & below));
  }
}
