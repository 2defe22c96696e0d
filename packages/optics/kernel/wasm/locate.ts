// Where a photon begins: the node that holds it, from the world down, or from
// where the photon before it began.

import {
  alsoToLocal,
  fieldToLocal,
  fx,
  fy,
  fz,
  gx,
  gy,
  gz,
  pointToLocal,
} from './frame';
import {
  NODE_FLAG_APART,
  nodeFirstChild,
  nodeFlags,
  nodeParent,
  nodeTransform,
  nodeVolume,
  volumeDaughterCount,
  volumeSolid,
} from './generated/scene';
import { daughterAt } from './hierarchy';
import { MAX_DEPTH, markPlaced } from './navigate';
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
import { setFrameNode } from './primitives/span';
import { solidInside } from './solid';
import { wellInside } from './well-inside';

// Finds the node that holds the photon, whose position is in the frame of the
// world, and brings the photon into that node's frame; false if it is outside.
export function locate(): bool {
  markPlaced();
  setNode(0);
  if (!locateAgain()) {
    const world = volumeSolid(nodeVolume(0));
    if (!wellInside(world, px, py, pz) && !solidInside(world, px, py, pz))
      return false;
  }
  while (true) {
    setFrameNode(node);
    const volume = nodeVolume(node);
    if (volumeDaughterCount(volume) == 0) break;
    const index = daughterAt(volume, px, py, pz, dx, dy, dz);
    if (index < 0) break;
    takeInto(nodeFirstChild(node) + index);
  }
  rememberPlace();
  return true;
}

// The photon in the frame of its node's child.
@inline function takeInto(child: i32): void {
  const transform = nodeTransform(child);
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
let place: i32 = 0;
let placeDepth: i32 = 0;
const wayDown: usize = memory.data(MAX_DEPTH * 4);

function rememberPlace(): void {
  if (node == place || (nodeFlags(node) & NODE_FLAG_APART) == 0) return;
  place = node;
  placeDepth = 0;
  for (let n = node; n > 0; n = nodeParent(n)) placeDepth++;
  if (placeDepth > MAX_DEPTH) {
    place = 0;
    return;
  }
  let at = placeDepth;
  for (let n = node; n > 0; n = nodeParent(n)) {
    at--;
    store<i32>(wayDown + (<usize>at << 2), n);
  }
}

// Photons begin near each other. Where the last one began, nothing touches:
// what is in that volume is in no other, so that a search from the world down
// would find it there too, whichever photon was before. [NAV13]
@inline function locateAgain(): bool {
  if (place == 0) return false;
  let x = px;
  let y = py;
  let z = pz;
  for (let i = 0; i < placeDepth; i++) {
    const n = load<i32>(wayDown + (<usize>i << 2));
    const transform = nodeTransform(n);
    if (transform < 0) continue;
    pointToLocal(transform, x, y, z);
    x = fx;
    y = fy;
    z = fz;
  }
  if (!wellInside(volumeSolid(nodeVolume(place)), x, y, z)) return false;
  for (let i = 0; i < placeDepth; i++)
    takeInto(load<i32>(wayDown + (<usize>i << 2)));
  return true;
}

// A scene is bound: nothing is known of it yet.
export function forgetPlace(): void {
  place = 0;
}
