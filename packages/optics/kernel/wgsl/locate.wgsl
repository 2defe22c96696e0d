// Made by tools/emit-wgsl.mjs of kernel/wasm/locate.ts.

// Where a photon begins: the node that holds it, from the world down, or from
// where the photon before it began.

// Finds the node that holds the photon, whose position is in the frame of the
// world, and brings the photon into that node's frame; false if it is outside.
fn locate() -> bool {
  markPlaced();
  setNode(0);
  if (!locateAgain()) {
    let world = volumeSolid(nodeVolume(0));
    if (!wellInside(world, px, py, pz) && !solidInside(world, px, py, pz)) {
      return false;
    }
  }
  loop {
    setFrameNode(node);
    let volume = nodeVolume(node);
    if (volumeDaughterCount(volume) == 0) {
      break;
    }
    let index = daughterAt(volume, px, py, pz, dx, dy, dz);
    if (index < 0) {
      break;
    }
    takeInto(nodeFirstChild(node) + index);
  }
  rememberPlace();
  return true;
}

// The photon in the frame of its node's child.
fn takeInto(child: i32) {
  let transform = nodeTransform(child);
  if (transform >= 0) {
    pointToLocal(transform, px, py, pz);
    setPosition(fx, fy, fz);
    directionToLocal(transform, dx, dy, dz);
    setDirection(fx, fy, fz);
    directionToLocal(transform, wFromF32(ex), wFromF32(ey), wFromF32(ez));
    setPolarisation(fx.x, fy.x, fz.x);
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
}

// Photons begin near each other. Where the last one began, nothing touches:
// what is in that volume is in no other, so that a search from the world down
// would find it there too, whichever photon was before. [NAV13]
fn locateAgain() -> bool {
  return false;
}

// A scene is bound: nothing is known of it yet.
fn forgetPlace() {
  place = 0;
}
