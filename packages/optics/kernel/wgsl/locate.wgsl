// Made by tools/emit-wgsl.mjs of kernel/wasm/locate.ts.

// Where a photon begins: the node that holds it, from the world down, or from
// where the photon before it began.

// Finds the node that holds the photon, whose position is in the frame of the
// world, and brings the photon into that node's frame; false if it is outside.
fn locate() -> bool {
  markPlaced();
  setNode(0);
  var index = ITSELF;
  loop {
    let volume = nodeVolume(node);
    if (holds(volume, index, px, py, pz)) {
      var here = volume;
      if (index != ITSELF) {
        takeInto(nodeFirstChild(node) + index);
        here = nodeVolume(node);
      }
      headingX = dx;
      headingY = dy;
      headingZ = dz;
      first = volumeFirstDaughter(here);
      beginWalk(here, volumeDaughterCount(here));
    } else if (index == ITSELF) {
      return false;
    }
    index = findInHierarchy(px.x, py.x, pz.x);
    if (index < 0) {
      return true;
    }
  }
}

// The photon in the frame of its node's child.
fn takeInto(child: i32) {
  let transform = nodeTransform(child);
  if (transform >= 0) {
    pointToLocal(transform, px, py, pz);
    setPosition(fx, fy, fz);
    alsoToLocal(transform, dx, dy, dz);
    setDirection(fx, fy, fz);
    fieldToLocal(transform, ex, ey, ez);
    setPolarisation(gx, gy, gz);
  }
  setNode(child);
}

// The node in which the last photon was found that was in nothing that touches
// another thing, and the nodes on the way down to it.
var<private> place: i32 = 0;
var<private> placeDepth: i32 = 0;
const WAYDOWN_WORDS: u32 = 64u;
var<private> wayDown: array<u32, WAYDOWN_WORDS>;
fn rememberPlace() {
  if (node == place || (nodeFlags(node) & NODE_FLAG_APART) == 0) {
    return;
  }
  place = node;
  placeDepth = 0;
  for (var n = node; n > 0; n = nodeParent(n)) {
    placeDepth++;
  }
  if (placeDepth > MAX_DEPTH) {
    place = 0;
    return;
  }
  var at = placeDepth;
  for (var n = node; n > 0; n = nodeParent(n)) {
    at--;
    wayDown_storeI32(u32(at) << 2u, n);
  }
}

// Photons begin near each other. Where the last one began, nothing touches:
// what is in that volume is in no other, so that a search from the world down
// would find it there too, whichever photon was before. [NAV13]
fn locateAgain() -> bool {
  if (place == 0) {
    return false;
  }
  var x = px;
  var y = py;
  var z = pz;
  for (var i: i32 = 0; i < placeDepth; i++) {
    let n = wayDown_loadI32(u32(i) << 2u);
    let transform = nodeTransform(n);
    if (transform < 0) {
      continue;
    }
    pointToLocal(transform, x, y, z);
    x = fx;
    y = fy;
    z = fz;
  }
  if (!wellInside(volumeSolid(nodeVolume(place)), x, y, z)) {
    return false;
  }
  for (var i: i32 = 0; i < placeDepth; i++) {
    takeInto(wayDown_loadI32(u32(i) << 2u));
  }
  return true;
}

// A scene is bound: nothing is known of it yet.
fn forgetPlace() {
  place = 0;
}

fn wayDown_loadI32(at: u32) -> i32 {
  return bitcast<i32>(wayDown[at >> 2u]);
}

fn wayDown_storeI32(at: u32, value: i32) {
  wayDown[at >> 2u] = bitcast<u32>(value);
}
