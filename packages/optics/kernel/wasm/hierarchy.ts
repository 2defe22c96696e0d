// The nearest daughter that a ray enters, through the four-wide hierarchy over
// the daughters' boxes. Boxes are 32-bit and widened by the packer beyond all
// rounding here; the solids themselves are met in 64 bits.

import { reciprocal, roundUp } from './box-numbers';
import { alsoToLocal, directionToLocal, fx, fy, fz, pointToLocal } from './frame';
import {
  HIERARCHY_CHILD0,
  HIERARCHY_MAX_X0,
  HIERARCHY_MAX_Y0,
  HIERARCHY_MAX_Z0,
  HIERARCHY_MIN_X0,
  HIERARCHY_MIN_Y0,
  HIERARCHY_MIN_Z0,
  HIERARCHY_SIZE,
  hierarchyBase,
  placementBallSquare,
  placementBallX,
  placementBallY,
  placementBallZ,
  placementTransform,
  placementVolume,
  volumeDaughterCount,
  volumeFirstDaughter,
  volumeHierarchy,
  volumeSolid,
} from './generated/scene';
import { setSolidFrame } from './primitives/span';
import { countHeld, hitFace, solidEnter, solidExit, solidInside } from './solid';
import { wellInside } from './well-inside';

// Faces nearer than this along the ray are one face, mm. Rounding of a 64-bit
// position at 20 m, turned by a few frames, is 1e-11.
export const TOUCH: f64 = 1e-7;

export let daughter: i32 = -1;
export let daughterDistance: f64 = Infinity;
export let daughterFace: i32 = 0;

// Depth 64 of a four-wide tree is far beyond any; an entry is (node, t).
const STACK_ENTRIES: i32 = 4 * 64;
const stack: usize = memory.data(STACK_ENTRIES * 8);
const near: usize = memory.data(16, 16);

let originX: f64 = 0;
let originY: f64 = 0;
let originZ: f64 = 0;
let headingX: f64 = 0;
let headingY: f64 = 0;
let headingZ: f64 = 0;
let first: i32 = 0;
let excluded: i32 = -1;

// Sets `daughter`, `daughterDistance`, `daughterFace` to the daughter of the
// volume that the ray enters first within `limit`; -1 if there is none. The
// daughter `skip` (-1: none) is not looked at; one that the ray is in already
// counts if `held` does.
export function enterDaughter(
  volume: i32,
  ox: f64,
  oy: f64,
  oz: f64,
  dx: f64,
  dy: f64,
  dz: f64,
  limit: f64,
  skip: i32,
  held: bool,
): void {
  daughter = -1;
  daughterDistance = limit;
  const count = volumeDaughterCount(volume);
  if (count == 0) return;
  originX = ox;
  originY = oy;
  originZ = oz;
  headingX = dx;
  headingY = dy;
  headingZ = dz;
  first = volumeFirstDaughter(volume);
  excluded = skip;
  countHeld(held);
  const root = volumeHierarchy(volume);
  if (root >= 0) walkHierarchy(root);
  else for (let i = 0; i < count; i++) tryDaughter(i);
}

// Whether the ray surely misses the ball around a daughter.
@inline function missesBall(placement: i32): bool {
  const x = placementBallX(placement) - originX;
  const y = placementBallY(placement) - originY;
  const z = placementBallZ(placement) - originZ;
  const along = x * headingX + y * headingY + z * headingZ;
  return x * x + y * y + z * z - along * along > placementBallSquare(placement);
}

function tryDaughter(index: i32): void {
  if (index == excluded) return;
  const placement = first + index;
  if (missesBall(placement)) return;
  const solid = volumeSolid(placementVolume(placement));
  const transform = placementTransform(placement);
  setSolidFrame(transform);
  let x = originX;
  let y = originY;
  let z = originZ;
  let dx = headingX;
  let dy = headingY;
  let dz = headingZ;
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
  const t = solidEnter(solid, x, y, z, dx, dy, dz, daughterDistance);
  if (t < daughterDistance) {
    daughter = index;
    daughterDistance = t;
    daughterFace = hitFace;
  }
}

function walkHierarchy(root: i32): void {
  const ix = <f32>reciprocal(headingX);
  const iy = <f32>reciprocal(headingY);
  const iz = <f32>reciprocal(headingZ);
  const px = f32x4.splat(<f32>originX);
  const py = f32x4.splat(<f32>originY);
  const pz = f32x4.splat(<f32>originZ);
  const vx = f32x4.splat(ix);
  const vy = f32x4.splat(iy);
  const vz = f32x4.splat(iz);
  const nearX = ix >= 0 ? HIERARCHY_MIN_X0 : HIERARCHY_MAX_X0;
  const farX = ix >= 0 ? HIERARCHY_MAX_X0 : HIERARCHY_MIN_X0;
  const nearY = iy >= 0 ? HIERARCHY_MIN_Y0 : HIERARCHY_MAX_Y0;
  const farY = iy >= 0 ? HIERARCHY_MAX_Y0 : HIERARCHY_MIN_Y0;
  const nearZ = iz >= 0 ? HIERARCHY_MIN_Z0 : HIERARCHY_MAX_Z0;
  const farZ = iz >= 0 ? HIERARCHY_MAX_Z0 : HIERARCHY_MIN_Z0;
  const zero = f32x4.splat(0);
  let depth = 0;
  let node = root;
  for (;;) {
    const at = hierarchyBase + <usize>(node * HIERARCHY_SIZE);
    const x0 = f32x4.mul(f32x4.sub(v128.load(at + <usize>nearX), px), vx);
    const x1 = f32x4.mul(f32x4.sub(v128.load(at + <usize>farX), px), vx);
    const y0 = f32x4.mul(f32x4.sub(v128.load(at + <usize>nearY), py), vy);
    const y1 = f32x4.mul(f32x4.sub(v128.load(at + <usize>farY), py), vy);
    const z0 = f32x4.mul(f32x4.sub(v128.load(at + <usize>nearZ), pz), vz);
    const z1 = f32x4.mul(f32x4.sub(v128.load(at + <usize>farZ), pz), vz);
      // No NaN comes in: reciprocals are finite, so the plain minimum will do.
    const enter = f32x4.pmax(f32x4.pmax(x0, y0), f32x4.pmax(z0, zero));
    const leave = f32x4.pmin(
      f32x4.pmin(x1, y1),
      f32x4.pmin(z1, f32x4.splat(roundUp(daughterDistance))),
    );
    let mask = i32x4.bitmask(f32x4.le(enter, leave));
    if (mask != 0) {
      v128.store(near, enter);
      mask = tryLeaves(at, mask);
      if (mask != 0) {
        const lane = <usize>ctz(mask) << 2;
        mask &= mask - 1;
        node = load<i32>(at + lane, HIERARCHY_CHILD0);
        // One only: the commonest, and no need of the stack.
        if (mask == 0) continue;
        depth = stackOthers(at, mask, node, load<f32>(near + lane), depth);
        node = nearest;
        continue;
      }
    }
    // The nearest of what waits, if it still can be nearer than the best.
    for (;;) {
      if (depth == 0) return;
      depth--;
      const entry = stack + (<usize>depth << 3);
      if (load<f32>(entry, 4) <= roundUp(daughterDistance)) {
        node = load<i32>(entry);
        break;
      }
    }
  }
}

// Meets the solids of the leaves among the children hit; the inner nodes hit.
@inline function tryLeaves(at: usize, hits: i32): i32 {
  let inner = hits;
  let mask = hits;
  do {
    const lane = <usize>ctz(mask) << 2;
    const child = load<i32>(at + lane, HIERARCHY_CHILD0);
    if (child < 0) {
      inner &= ~(mask & -mask);
      if (load<f32>(near + lane) <= roundUp(daughterDistance))
        tryDaughter(~child);
    }
    mask &= mask - 1;
  } while (mask != 0);
  return inner;
}

// Of the node in hand and the others hit: the nearest is in `nearest`, the
// others wait on the stack, the nearest of them on top; the new depth.
let nearest: i32 = 0;

function stackOthers(
  at: usize,
  hits: i32,
  inHand: i32,
  inHandAt: f32,
  depth: i32,
): i32 {
  const bottom = stack + (<usize>depth << 3);
  let top = bottom;
  let mask = hits;
  nearest = inHand;
  let nearestAt = inHandAt;
  do {
    const lane = <usize>ctz(mask) << 2;
    mask &= mask - 1;
    let child = load<i32>(at + lane, HIERARCHY_CHILD0);
    let t = load<f32>(near + lane);
    if (t < nearestAt) {
      const other = nearest;
      const otherAt = nearestAt;
      nearest = child;
      nearestAt = t;
      child = other;
      t = otherAt;
    }
    let entry = top;
    while (entry > bottom && load<f32>(entry - 8, 4) < t) {
      store<u64>(entry, load<u64>(entry - 8));
      entry -= 8;
    }
    store<i32>(entry, child);
    store<f32>(entry, t, 4);
    top += 8;
  } while (mask != 0);
  return <i32>((top - stack) >> 3);
}

// The daughter that holds a point and a way to go from it, -1 if none does: on
// a face, the volume is the one that the direction goes into.
export function daughterAt(
  volume: i32,
  x: f64,
  y: f64,
  z: f64,
  dx: f64,
  dy: f64,
  dz: f64,
): i32 {
  const count = volumeDaughterCount(volume);
  headingX = dx;
  headingY = dy;
  headingZ = dz;
  first = volumeFirstDaughter(volume);
  const root = volumeHierarchy(volume);
  if (root >= 0) return findInHierarchy(root, x, y, z);
  for (let i = 0; i < count; i++) if (holds(i, x, y, z)) return i;
  return -1;
}

function holds(index: i32, x: f64, y: f64, z: f64): bool {
  const placement = first + index;
  const solid = volumeSolid(placementVolume(placement));
  const transform = placementTransform(placement);
  setSolidFrame(transform);
  let px = x;
  let py = y;
  let pz = z;
  if (transform >= 0) {
    pointToLocal(transform, x, y, z);
    px = fx;
    py = fy;
    pz = fz;
  }
  if (wellInside(solid, px, py, pz)) return true;
  if (!solidInside(solid, px, py, pz)) return false;
  let dx = headingX;
  let dy = headingY;
  let dz = headingZ;
  if (transform >= 0) {
    directionToLocal(transform, dx, dy, dz);
    dx = fx;
    dy = fy;
    dz = fz;
  }
  return solidExit(solid, px, py, pz, dx, dy, dz) > TOUCH;
}

function findInHierarchy(root: i32, x: f64, y: f64, z: f64): i32 {
  const px = f32x4.splat(<f32>x);
  const py = f32x4.splat(<f32>y);
  const pz = f32x4.splat(<f32>z);
  let depth = 1;
  store<i32>(stack, root);
  while (depth > 0) {
    depth--;
    const node = load<i32>(stack + <usize>(depth * 8));
    const at = hierarchyBase + <usize>(node * HIERARCHY_SIZE);
    const above = v128.and(
      v128.and(
        f32x4.le(v128.load(at, HIERARCHY_MIN_X0), px),
        f32x4.le(v128.load(at, HIERARCHY_MIN_Y0), py),
      ),
      f32x4.le(v128.load(at, HIERARCHY_MIN_Z0), pz),
    );
    const below = v128.and(
      v128.and(
        f32x4.ge(v128.load(at, HIERARCHY_MAX_X0), px),
        f32x4.ge(v128.load(at, HIERARCHY_MAX_Y0), py),
      ),
      f32x4.ge(v128.load(at, HIERARCHY_MAX_Z0), pz),
    );
    let mask = i32x4.bitmask(v128.and(above, below));
    while (mask != 0) {
      const lane = ctz(mask);
      mask &= mask - 1;
      const child = load<i32>(at + <usize>(lane << 2), HIERARCHY_CHILD0);
      if (child < 0) {
        if (holds(~child, x, y, z)) return ~child;
      } else {
        store<i32>(stack + <usize>(depth * 8), child);
        depth++;
      }
    }
  }
  return -1;
}
