// The walk of a ray through the hierarchy of a mesh: which triangles may be
// crossed, the nearest boxes first. Boxes are 32-bit, about the centre of the
// mesh, and widened by the packer beyond all rounding here; so that this holds
// for a ray from far away, it starts where it enters the box around all.

import { reciprocal, roundUp } from '../box-numbers';
import {
  MESH_NODE_CHILD0, MESH_NODE_MAX_X0, MESH_NODE_MAX_Y0, MESH_NODE_MAX_Z0,
  MESH_NODE_MIN_X0, MESH_NODE_MIN_Y0, MESH_NODE_MIN_Z0, MESH_NODE_SIZE,
  meshNodeBase, param,
} from '../generated/scene';

// Depth 96 of a four-wide tree is far beyond any; an entry is (child, t).
const STACK: i32 = 4 * 96;
const stack: usize = memory.data(STACK * 8, 16);
const near: usize = memory.data(16, 16);
let depth: i32 = 0;

// Where the walk starts along the ray, and what it has of the ray.
let startT: f64 = 0;
let px: v128 = f32x4.splat(0);
let py: v128 = f32x4.splat(0);
let pz: v128 = f32x4.splat(0);
let vx: v128 = f32x4.splat(0);
let vy: v128 = f32x4.splat(0);
let vz: v128 = f32x4.splat(0);
let nearX: usize = 0;
let nearY: usize = 0;
let nearZ: usize = 0;
let farX: usize = 0;
let farY: usize = 0;
let farZ: usize = 0;

// The box of the mesh, by its parameters: where the ray is in it.
let boxNear: f64 = 0;
let boxFar: f64 = 0;

@inline function slab(middle: f64, half: f64, o: f64, inverse: f64): void {
  const t0 = (middle - half - o) * inverse;
  const t1 = (middle + half - o) * inverse;
  boxNear = max(boxNear, min(t0, t1));
  boxFar = min(boxFar, max(t0, t1));
}

// Begins a walk from the ray's origin on; false where it misses the mesh within
// `limit`.
export function startMeshWalk(
  p: usize, root: i32, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
  limit: f64,
): bool {
  const ix = reciprocal(dx);
  const iy = reciprocal(dy);
  const iz = reciprocal(dz);
  boxNear = 0;
  boxFar = limit;
  slab(param(p, 0), param(p, 3), ox, ix);
  slab(param(p, 1), param(p, 4), oy, iy);
  slab(param(p, 2), param(p, 5), oz, iz);
  if (boxNear > boxFar) return false;
  startT = boxNear;
  px = f32x4.splat(<f32>(ox + startT * dx - param(p, 0)));
  py = f32x4.splat(<f32>(oy + startT * dy - param(p, 1)));
  pz = f32x4.splat(<f32>(oz + startT * dz - param(p, 2)));
  vx = f32x4.splat(<f32>ix);
  vy = f32x4.splat(<f32>iy);
  vz = f32x4.splat(<f32>iz);
  nearX = ix >= 0 ? MESH_NODE_MIN_X0 : MESH_NODE_MAX_X0;
  farX = ix >= 0 ? MESH_NODE_MAX_X0 : MESH_NODE_MIN_X0;
  nearY = iy >= 0 ? MESH_NODE_MIN_Y0 : MESH_NODE_MAX_Y0;
  farY = iy >= 0 ? MESH_NODE_MAX_Y0 : MESH_NODE_MIN_Y0;
  nearZ = iz >= 0 ? MESH_NODE_MIN_Z0 : MESH_NODE_MAX_Z0;
  farZ = iz >= 0 ? MESH_NODE_MAX_Z0 : MESH_NODE_MIN_Z0;
  depth = 1;
  store<i32>(stack, root);
  store<f32>(stack, 0, 4);
  return true;
}

// The next leaf whose box the ray meets before `limit`, as the layout codes it
// (8 first triangle + number - 1); -1 at the end.
export function nextMeshLeaf(limit: f64): i32 {
  const stop = roundUp(limit - startT);
  while (depth > 0) {
    depth--;
    const entry = stack + <usize>(depth << 3);
    if (load<f32>(entry, 4) > stop) continue;
    const child = load<i32>(entry);
    if (child < 0) return ~child;
    const at = meshNodeBase + <usize>(child * MESH_NODE_SIZE);
    const x0 = f32x4.mul(f32x4.sub(v128.load(at + nearX), px), vx);
    const x1 = f32x4.mul(f32x4.sub(v128.load(at + farX), px), vx);
    const y0 = f32x4.mul(f32x4.sub(v128.load(at + nearY), py), vy);
    const y1 = f32x4.mul(f32x4.sub(v128.load(at + farY), py), vy);
    const z0 = f32x4.mul(f32x4.sub(v128.load(at + nearZ), pz), vz);
    const z1 = f32x4.mul(f32x4.sub(v128.load(at + farZ), pz), vz);
    const enter = f32x4.max(
      f32x4.max(x0, y0), f32x4.max(z0, f32x4.splat(0)),
    );
    const leave = f32x4.min(f32x4.min(x1, y1), f32x4.min(z1, f32x4.splat(stop)));
    const mask = i32x4.bitmask(f32x4.le(enter, leave));
    if (mask != 0) pushChildren(at, mask, enter);
  }
  return -1;
}

// Puts the children hit on the stack, the nearest on top.
@inline function pushChildren(at: usize, hits: i32, enter: v128): void {
  v128.store(near, enter);
  const bottom = depth;
  let mask = hits;
  while (mask != 0) {
    const lane = <usize>ctz(mask) << 2;
    mask &= mask - 1;
    const t = load<f32>(near + lane);
    let i = depth;
    while (i > bottom) {
      const below = stack + <usize>((i - 1) << 3);
      if (load<f32>(below, 4) >= t) break;
      store<u64>(below, load<u64>(below), 8);
      i--;
    }
    const entry = stack + <usize>(i << 3);
    store<i32>(entry, load<i32>(at + lane, MESH_NODE_CHILD0));
    store<f32>(entry, t, 4);
    depth++;
  }
}
