// Where the photon goes: from the volume it knows it is in, to the next
// boundary, and over it. Faces that touch (daughter and mother, two siblings)
// are crossed at once, into the volume that is really behind them.

import {
  alsoToLocal,
  alsoToParent,
  directionToLocal,
  directionToParent,
  fieldToLocal,
  fieldToParent,
  fx,
  fy,
  fz,
  gx,
  gy,
  gz,
  pointToLocal,
  pointToParent,
} from './frame';
import {
  borderSurface,
  borderTo,
  NODE_FLAG_DAUGHTERS_INSIDE,
  NODE_FLAG_HAS_BORDERS,
  NODE_FLAG_HAS_SKIN,
  NODE_FLAG_TOUCHES_NOTHING,
  nodeFirstChild,
  nodeFlags,
  nodeMaterial,
  nodeParent,
  nodePlacement,
  nodeTransform,
  nodeVolume,
  placementBorderCount,
  placementFirstBorder,
  placementVolume,
  volumeSkin,
  volumeSolid,
} from './generated/scene';
import {
  daughter,
  daughterDistance,
  daughterFace,
  enterDaughter,
  TOUCH,
} from './hierarchy';
import {
  dx,
  dy,
  dz,
  ex,
  ey,
  ez,
  node,
  px,
  py,
  pz,
  setDirection,
  setNode,
  setPolarisation,
  setPosition,
} from './photon';
import { setFrameNode, setSolidFrame } from './primitives/span';
import {
  hitFace,
  normalX,
  normalY,
  normalZ,
  solidExit,
  solidNormal,
} from './solid';

// The next boundary, of the last nextBoundary(): its distance, and the
// daughter entered (-1: the photon leaves its volume).
export let boundaryDistance: f64 = 0;
let boundaryDaughter: i32 = -1;
let boundaryFace: i32 = 0;

// The far side, of the last findFarSide(): the node (-1: outside the world),
// and the normal against the photon, in the photon's frame.
export let farNode: i32 = -1;
export let farNormalX: f64 = 0;
export let farNormalY: f64 = 0;
export let farNormalZ: f64 = 0;

// The way from the photon's node to the far one: so many levels up, then down
// through these nodes.
export const MAX_DEPTH: i32 = 256;
const down: usize = memory.data(MAX_DEPTH * 4);
let ups: i32 = 0;
let downs: i32 = 0;

// The ray in the frame of the candidate far node.
let qx: f64 = 0;
let qy: f64 = 0;
let qz: f64 = 0;
let ux: f64 = 0;
let uy: f64 = 0;
let uz: f64 = 0;

// Whether locate() put the photon where it is: of one on a face, and along it,
// nobody knows then that it is outside. [RAY11]
let isPlaced: bool = false;

@inline export function markPlaced(): void {
  isPlaced = true;
}

// The solid of the node is the next one in hand.
@inline function standIn(n: i32): void {
  setFrameNode(n);
  setSolidFrame(-1);
}

// Distance to the next boundary, or `limit` if that is nearer.
export function nextBoundary(limit: f64): f64 {
  const volume = nodeVolume(node);
  standIn(node);
  let nearest = solidExit(volumeSolid(volume), px, py, pz, dx, dy, dz);
  boundaryFace = hitFace;
  boundaryDaughter = -1;
  if (nearest > limit) nearest = limit;
  enterDaughter(volume, px, py, pz, dx, dy, dz, nearest, -1, isPlaced);
  isPlaced = false;
  if (daughter >= 0) {
    nearest = daughterDistance;
    boundaryDaughter = daughter;
    boundaryFace = daughterFace;
  }
  boundaryDistance = nearest;
  return nearest;
}

// Whether that boundary is the face of the photon's own volume.
@inline export function leaves(): bool {
  return boundaryDaughter < 0;
}

// For a photon on the boundary that nextBoundary() found: what lies behind.
export function findFarSide(): void {
  ups = 0;
  downs = 0;
  qx = px;
  qy = py;
  qz = pz;
  ux = dx;
  uy = dy;
  uz = dz;
  const out = boundaryDaughter < 0;
  if (!out) goDown(node, boundaryDaughter);
  solidNormal(boundaryFace, qx, qy, qz);
  normalFromDaughter(out ? -1 : nodeTransform(farNode));
  findVolume(out);
  if (farNormalX * dx + farNormalY * dy + farNormalZ * dz > 0) {
    farNormalX = -farNormalX;
    farNormalY = -farNormalY;
    farNormalZ = -farNormalZ;
  }
}

@inline function normalFromDaughter(transform: i32): void {
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
function goDown(from: i32, index: i32): void {
  farNode = nodeFirstChild(from) + index;
  store<i32>(down + <usize>(downs << 2), farNode);
  if (downs < MAX_DEPTH - 1) downs++;
  const transform = nodeTransform(farNode);
  if (transform < 0) return;
  pointToLocal(transform, qx, qy, qz);
  qx = fx;
  qy = fy;
  qz = fz;
  alsoToLocal(transform, ux, uy, uz);
  ux = fx;
  uy = fy;
  uz = fz;
}

// Out of the node, where the photon leaves it, and of each mother that ends right
// here too; then into the sibling that begins here, if one does, and further in
// while a daughter begins here. A volume that is entered from a sibling may
// overlap it: then the photon is not at a face of it, but perhaps in one of its
// daughters. [NAV14]
function findVolume(leaving: bool): void {
  let out = leaving;
  let left = node;
  let self = -1;
  while (true) {
    if (out) {
      farNode = nodeParent(left);
      if (farNode < 0) return;
      climb(nodeTransform(left));
      if (nodeFlags(left) & NODE_FLAG_TOUCHES_NOTHING) return;
      self = left - nodeFirstChild(farNode);
    } else {
      // In from outside, the photon is at a face of the volume.
      const inside = nodeFlags(farNode) & NODE_FLAG_DAUGHTERS_INSIDE;
      if (!leaving && inside != 0) return;
      self = -1;
    }
    const volume = nodeVolume(farNode);
    setFrameNode(farNode);
    enterDaughter(volume, qx, qy, qz, ux, uy, uz, TOUCH, self, true);
    if (daughter >= 0) {
      goDown(farNode, daughter);
      out = false;
      continue;
    }
    if (!out) return;
    standIn(farNode);
    if (solidExit(volumeSolid(volume), qx, qy, qz, ux, uy, uz) > TOUCH) return;
    left = farNode;
  }
}

// The ray in the frame of the mother.
function climb(transform: i32): void {
  ups++;
  if (transform < 0) return;
  pointToParent(transform, qx, qy, qz);
  qx = fx;
  qy = fy;
  qz = fz;
  alsoToParent(transform, ux, uy, uz);
  ux = fx;
  uy = fy;
  uz = fz;
}

// Puts the photon on the far side, with the direction and polarisation that
// the boundary gave it.
export function crossToFarSide(): void {
  let n = node;
  let ax = dx;
  let ay = dy;
  let az = dz;
  let bx = ex;
  let by = ey;
  let bz = ez;
  for (let i = 0; i < ups; i++) {
    const transform = nodeTransform(n);
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
  for (let i = 0; i < downs; i++) {
    n = load<i32>(down + <usize>(i << 2));
    const transform = nodeTransform(n);
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
export let surfaceOwner: i32 = -1;

export function surfaceBetween(): i32 {
  surfaceOwner = -1;
  if (farNode < 0) return -1;
  const flags = nodeFlags(node);
  const eitherFlags = flags | nodeFlags(farNode);
  if (
    (flags & NODE_FLAG_HAS_BORDERS) == 0 &&
    (eitherFlags & NODE_FLAG_HAS_SKIN) == 0
  )
    return -1;
  return surfaceOfBoth(nodePlacement(node), nodePlacement(farNode));
}

function surfaceOfBoth(here: i32, there: i32): i32 {
  const count = placementBorderCount(here);
  const first = placementFirstBorder(here);
  for (let i = first; i < first + count; i++) {
    if (borderTo(i) == there) {
      surfaceOwner = farNode;
      return borderSurface(i);
    }
  }
  const hereSkin = volumeSkin(placementVolume(here));
  const thereSkin = volumeSkin(placementVolume(there));
  const entered = nodeParent(farNode) == node;
  if (thereSkin >= 0 && (entered || hereSkin < 0)) {
    surfaceOwner = farNode;
    return thereSkin;
  }
  if (hereSkin >= 0) surfaceOwner = node;
  return hereSkin;
}

@inline export function farMaterial(): i32 {
  return farNode < 0 ? -1 : nodeMaterial(farNode);
}
