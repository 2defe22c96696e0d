// Made by tools/emit-wgsl.mjs of kernel/wasm/navigate.ts.

// Where the photon goes: from the volume it knows it is in, to the next
// boundary, and over it. Faces that touch (daughter and mother, two siblings)
// are crossed at once, into the volume that is really behind them.

// The next boundary, of the last nextBoundary(): its distance, and the
// daughter entered (-1: the photon leaves its volume).
var<private> boundaryDistance: vec2f = vec2f(0.0, 0.0);
var<private> boundaryDaughter: i32 = -1;
var<private> boundaryFace: i32 = 0;

// The far side, of the last findFarSide(): the node (-1: outside the world),
// and the normal against the photon, in the photon's frame.
var<private> farNode: i32 = -1;
var<private> farNormalX: vec2f = vec2f(0.0, 0.0);
var<private> farNormalY: vec2f = vec2f(0.0, 0.0);
var<private> farNormalZ: vec2f = vec2f(0.0, 0.0);

// The way from the photon's node to the far one: so many levels up, then down
// through these nodes.
const MAX_DEPTH: i32 = 64;
const DOWN_WORDS: u32 = 64u;
var<private> down: array<u32, DOWN_WORDS>;
var<private> ups: i32 = 0;
var<private> downs: i32 = 0;

// The ray in the frame of the candidate far node.
var<private> qx: vec2f = vec2f(0.0, 0.0);
var<private> qy: vec2f = vec2f(0.0, 0.0);
var<private> qz: vec2f = vec2f(0.0, 0.0);
var<private> navigate_ux: vec2f = vec2f(0.0, 0.0);
var<private> navigate_uy: vec2f = vec2f(0.0, 0.0);
var<private> navigate_uz: vec2f = vec2f(0.0, 0.0);

// Whether locate() put the photon where it is: of one on a face, and along it,
// nobody knows then that it is outside. [RAY11]
var<private> isPlaced: bool = false;
fn markPlaced() {
  isPlaced = true;
}

// The solid of the node is the next one in hand.
fn standIn(n: i32) {
  setFrameNode(n);
  setSolidFrame(-1);
}

// Distance to the next boundary, or `limit` if that is nearer.
fn nextBoundary(limit: vec2f) -> vec2f {
  var place = node;
  var x = px;
  var y = py;
  var z = pz;
  var ax = dx;
  var ay = dy;
  var az = dz;
  var until = limit;
  var skip = -1;
  var held = isPlaced;
  var exit = EXIT_FIRST;
  if (seeking) {
    place = farNode;
    x = qx;
    y = qy;
    z = qz;
    ax = navigate_ux;
    ay = navigate_uy;
    az = navigate_uz;
    until = TOUCH;
    skip = seekSelf;
    held = true;
    exit = select(NO_EXIT, EXIT_LAST, seekOut);
  }
  standIn(place);
  enterDaughter(nodeVolume(place), x, y, z, ax, ay, az, until, skip, held,
    exit);
  if (!seeking) {
    isPlaced = false;
    boundaryDaughter = daughter;
    boundaryFace = select(exitFace, daughterFace, daughter >= 0);
    boundaryDistance = daughterDistance;
  }
  return boundaryDistance;
}

// Whether that boundary is the face of the photon's own volume.
fn leaves() -> bool {
  return boundaryDaughter < 0;
}

// For a photon on the boundary that nextBoundary() found: what lies behind.
fn findFarSide() {
  ups = 0;
  downs = 0;
  qx = px;
  qy = py;
  qz = pz;
  navigate_ux = dx;
  navigate_uy = dy;
  navigate_uz = dz;
  seekOut = boundaryDaughter < 0;
  seekLeaves = seekOut;
  seekLeft = node;
  var transform = -1;
  if (!seekOut) {
    goDown(node, boundaryDaughter);
    transform = nodeTransform(farNode);
  }
  solidNormal(boundaryFace, qx, qy, qz);
  normalFromDaughter(transform);
  if (wDot3(farNormalX, dx, farNormalY, dy, farNormalZ, dz).x > 0.0) {
    farNormalX = -farNormalX;
    farNormalY = -farNormalY;
    farNormalZ = -farNormalZ;
  }
  seeking = mustSeek();
}

fn normalFromDaughter(transform: i32) {
  if (transform < 0) {
    farNormalX = normalX;
    farNormalY = normalY;
    farNormalZ = normalZ;
  } else {
    directionToParent(transform, normalX, normalY, normalZ);
    farNormalX = fx;
    farNormalY = fy;
    farNormalZ = fz;
  }
}

// Into a daughter of a node.
fn goDown(from_: i32, index: i32) {
  farNode = nodeFirstChild(from_) + index;
  down_storeI32(u32(downs << 2u), farNode);
  if (downs < MAX_DEPTH - 1) {
    downs++;
  }
  let transform = nodeTransform(farNode);
  if (transform < 0) {
    return;
  }
  pointToLocal(transform, qx, qy, qz);
  qx = fx;
  qy = fy;
  qz = fz;
  alsoToLocal(transform, navigate_ux, navigate_uy, navigate_uz);
  navigate_ux = fx;
  navigate_uy = fy;
  navigate_uz = fz;
}

// Out of the node, where the photon leaves it, and of each mother that ends right
// here too; then into the sibling that begins here, if one does, and further in
// while a daughter begins here. A volume that is entered from a sibling may
// overlap it: then the photon is not at a face of it, but perhaps in one of its
// daughters. [NAV14]
fn findVolume(leaving: bool) {
  if (daughter >= 0) {
    goDown(farNode, daughter);
    seekOut = false;
  } else if (!seekOut || wLess(TOUCH, exitDistance)) {
    seeking = false;
    return;
  } else {
    seekLeft = farNode;
  }
  seeking = mustSeek();
}

// The ray in the frame of the mother.
fn climb(transform: i32) {
  ups++;
  if (transform < 0) {
    return;
  }
  pointToParent(transform, qx, qy, qz);
  qx = fx;
  qy = fy;
  qz = fz;
  alsoToParent(transform, navigate_ux, navigate_uy, navigate_uz);
  navigate_ux = fx;
  navigate_uy = fy;
  navigate_uz = fz;
}

// Puts the photon on the far side, with the direction and polarisation that
// the boundary gave it.
fn crossToFarSide() {
  var n = node;
  var ax = dx;
  var ay = dy;
  var az = dz;
  var bx = ex;
  var by = ey;
  var bz = ez;
  for (var i: i32 = 0; i < ups; i++) {
    let transform = nodeTransform(n);
    if (transform >= 0) {
      directionToParent(transform, ax, ay, az);
      ax = fx;
      ay = fy;
      az = fz;
      fieldToParent(transform, bx, by, bz);
      bx = gx;
      by = gy;
      bz = gz;
    }
    n = nodeParent(n);
  }
  for (var i: i32 = 0; i < downs; i++) {
    n = down_loadI32(u32(i << 2u));
    let transform = nodeTransform(n);
    if (transform >= 0) {
      directionToLocal(transform, ax, ay, az);
      ax = fx;
      ay = fy;
      az = fz;
      fieldToLocal(transform, bx, by, bz);
      bx = gx;
      by = gy;
      bz = gz;
    }
  }
  setNode(farNode);
  setPosition(qx, qy, qz);
  setDirection(ax, ay, az);
  setPolarisation(bx, by, bz);
}

// The surface between the photon's node and the far one, and the node that it
// belongs to. Geant4's rule: the border surface of the two, then, entering a
// daughter, the skin of the daughter before that of the mother; else the skin
// of the volume left before that of the one entered.
var<private> surfaceOwner: i32 = -1;
fn surfaceBetween() -> i32 {
  surfaceOwner = -1;
  if (farNode < 0) {
    return -1;
  }
  let flags = nodeFlags(node);
  let eitherFlags = flags | nodeFlags(farNode);
  if ((flags & NODE_FLAG_HAS_BORDERS) == 0 &&
    (eitherFlags & NODE_FLAG_HAS_SKIN) == 0) {
    return -1;
  }
  return surfaceOfBoth(nodePlacement(node), nodePlacement(farNode));
}

fn surfaceOfBoth(here: i32, there: i32) -> i32 {
  let count = placementBorderCount(here);
  let first = placementFirstBorder(here);
  for (var i = first; i < first + count; i++) {
    if (borderTo(i) == there) {
      surfaceOwner = farNode;
      return borderSurface(i);
    }
  }
  let hereSkin = volumeSkin(placementVolume(here));
  let thereSkin = volumeSkin(placementVolume(there));
  let entered = nodeParent(farNode) == node;
  if (thereSkin >= 0 && (entered || hereSkin < 0)) {
    surfaceOwner = farNode;
    return thereSkin;
  }
  if (hereSkin >= 0) {
    surfaceOwner = node;
  }
  return hereSkin;
}

fn farMaterial() -> i32 {
  return select(nodeMaterial(farNode), -1, farNode < 0);
}

fn down_loadI32(at: u32) -> i32 {
  return bitcast<i32>(down[at >> 2u]);
}

fn down_storeI32(at: u32, value: i32) {
  down[at >> 2u] = bitcast<u32>(value);
}
