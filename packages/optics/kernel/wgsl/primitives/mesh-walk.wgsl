// Made by tools/emit-wgsl.mjs of kernel/wasm/primitives/mesh-walk.ts.

// The walk of a ray through the hierarchy of a mesh: which triangles may be
// crossed, the nearest boxes first. Boxes are 32-bit, about the centre of the
// mesh, and widened by the packer beyond all rounding here; so that this holds
// for a ray from far away, it starts where it enters the box around all.

// Depth 96 of a four-wide tree is far beyond any; an entry is (child, t).
const STACK: i32 = 384;
const MESH_WALK_STACK_WORDS: u32 = 768u;
var<private> mesh_walk_stack: array<u32, MESH_WALK_STACK_WORDS>;
const MESH_WALK_NEAR_WORDS: u32 = 4u;
var<private> mesh_walk_near: array<u32, MESH_WALK_NEAR_WORDS>;
var<private> mesh_walk_depth: i32 = 0;

// Where the walk starts along the ray, and what it has of the ray.
var<private> startT: vec2f = vec2f(0.0, 0.0);
var<private> mesh_walk_px: vec4f;
var<private> mesh_walk_py: vec4f;
var<private> mesh_walk_pz: vec4f;
var<private> vx: vec4f;
var<private> vy: vec4f;
var<private> vz: vec4f;
var<private> mesh_walk_nearX: u32 = 0u;
var<private> mesh_walk_nearY: u32 = 0u;
var<private> mesh_walk_nearZ: u32 = 0u;
var<private> farX: u32 = 0u;
var<private> farY: u32 = 0u;
var<private> farZ: u32 = 0u;

// The box of the mesh, by its parameters: where the ray is in it.
var<private> boxNear: vec2f = vec2f(0.0, 0.0);
var<private> boxFar: vec2f = vec2f(0.0, 0.0);
fn slab(middle: vec2f, half: vec2f, o: vec2f, inverse: vec2f) {
  let t0 = wMul(wSub(wSub(middle, half), o), inverse);
  let t1 = wMul(wSub(wAdd(middle, half), o), inverse);
  boxNear = wMax(boxNear, wMin(t0, t1));
  boxFar = wMin(boxFar, wMax(t0, t1));
}

// Begins a walk from the ray's origin on; false where it misses the mesh within
// `limit`.
fn startMeshWalk(p: u32, root: i32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f,
  dy: vec2f, dz: vec2f, limit: vec2f) -> bool {
  let ix = reciprocal(dx);
  let iy = reciprocal(dy);
  let iz = reciprocal(dz);
  boxNear = vec2f(0.0, 0.0);
  boxFar = limit;
  slab(param(p, 0), param(p, 3), ox, ix);
  slab(param(p, 1), param(p, 4), oy, iy);
  slab(param(p, 2), param(p, 5), oz, iz);
  if (wLess(boxFar, boxNear)) {
    return false;
  }
  startT = boxNear;
  mesh_walk_px = vec4f(wSub(wMulAdd(startT, dx, ox), param(p, 0)).x);
  mesh_walk_py = vec4f(wSub(wMulAdd(startT, dy, oy), param(p, 1)).x);
  mesh_walk_pz = vec4f(wSub(wMulAdd(startT, dz, oz), param(p, 2)).x);
  vx = vec4f(ix.x);
  vy = vec4f(iy.x);
  vz = vec4f(iz.x);
  mesh_walk_nearX = u32(
    select(MESH_NODE_MAX_X0, MESH_NODE_MIN_X0, ix.x >= 0.0));
  farX = u32(select(MESH_NODE_MIN_X0, MESH_NODE_MAX_X0, ix.x >= 0.0));
  mesh_walk_nearY = u32(
    select(MESH_NODE_MAX_Y0, MESH_NODE_MIN_Y0, iy.x >= 0.0));
  farY = u32(select(MESH_NODE_MIN_Y0, MESH_NODE_MAX_Y0, iy.x >= 0.0));
  mesh_walk_nearZ = u32(
    select(MESH_NODE_MAX_Z0, MESH_NODE_MIN_Z0, iz.x >= 0.0));
  farZ = u32(select(MESH_NODE_MIN_Z0, MESH_NODE_MAX_Z0, iz.x >= 0.0));
  mesh_walk_depth = 1;
  mesh_walk_stack_storeI32(0u, root);
  mesh_walk_stack_storeF32(0u + 4u, 0.0);
  return true;
}

// The next leaf whose box the ray meets before `limit`, as the layout codes it
// (8 first triangle + number - 1); -1 at the end.
fn nextMeshLeaf(limit: vec2f) -> i32 {
  let stop = roundUp(wSub(limit, startT).x);
  while (mesh_walk_depth > 0) {
    mesh_walk_depth--;
    let entry = u32(mesh_walk_depth << 3u);
    if (mesh_walk_stack_loadF32(entry + 4u) > stop) {
      continue;
    }
    let child = mesh_walk_stack_loadI32(entry);
    if (child < 0) {
      return ~child;
    }
    let at = sections.meshNodeBase + u32(child * MESH_NODE_SIZE);
    let x0 = (loadVec4(at + mesh_walk_nearX) - mesh_walk_px) * vx;
    let x1 = (loadVec4(at + farX) - mesh_walk_px) * vx;
    let y0 = (loadVec4(at + mesh_walk_nearY) - mesh_walk_py) * vy;
    let y1 = (loadVec4(at + farY) - mesh_walk_py) * vy;
    let z0 = (loadVec4(at + mesh_walk_nearZ) - mesh_walk_pz) * vz;
    let z1 = (loadVec4(at + farZ) - mesh_walk_pz) * vz;
    let enter = max(max(x0, y0), max(z0, vec4f(0.0)));
    let leave = min(min(x1, y1), min(z1, vec4f(stop)));
    let mask = laneBits(enter <= leave);
    if (mask != 0) {
      pushChildren(at, mask, enter);
    }
  }
  return -1;
}

// Puts the children hit on the stack, the nearest on top.
fn pushChildren(at: u32, hits: i32, enter: vec4f) {
  mesh_walk_near_storeVec4(0u, enter);
  let bottom = mesh_walk_depth;
  var mask = hits;
  while (mask != 0) {
    let lane = u32(countTrailingZeros(mask)) << 2u;
    mask &= mask - 1;
    let t = mesh_walk_near_loadF32(lane);
    var i = mesh_walk_depth;
    while (i > bottom) {
      let below = u32((i - 1) << 3u);
      if (mesh_walk_stack_loadF32(below + 4u) >= t) {
        break;
      }
      mesh_walk_stack_copyPair(below + 8u, below);
      i--;
    }
    let entry = u32(i << 3u);
    mesh_walk_stack_storeI32(entry, loadI32(at + lane + u32(MESH_NODE_CHILD0)));
    mesh_walk_stack_storeF32(entry + 4u, t);
    mesh_walk_depth++;
  }
}

fn mesh_walk_near_loadF32(at: u32) -> f32 {
  return bitcast<f32>(mesh_walk_near[at >> 2u]);
}

fn mesh_walk_near_storeVec4(at: u32, value: vec4f) {
  let i = at >> 2u;
  mesh_walk_near[i + 0u] = bitcast<u32>(value.x);
  mesh_walk_near[i + 1u] = bitcast<u32>(value.y);
  mesh_walk_near[i + 2u] = bitcast<u32>(value.z);
  mesh_walk_near[i + 3u] = bitcast<u32>(value.w);
}

fn mesh_walk_stack_copyPair(to: u32, at: u32) {
  let low = mesh_walk_stack[at >> 2u];
  let high = mesh_walk_stack[(at >> 2u) + 1u];
  mesh_walk_stack[to >> 2u] = low;
  mesh_walk_stack[(to >> 2u) + 1u] = high;
}

fn mesh_walk_stack_loadF32(at: u32) -> f32 {
  return bitcast<f32>(mesh_walk_stack[at >> 2u]);
}

fn mesh_walk_stack_loadI32(at: u32) -> i32 {
  return bitcast<i32>(mesh_walk_stack[at >> 2u]);
}

fn mesh_walk_stack_storeF32(at: u32, value: f32) {
  mesh_walk_stack[at >> 2u] = bitcast<u32>(value);
}

fn mesh_walk_stack_storeI32(at: u32, value: i32) {
  mesh_walk_stack[at >> 2u] = bitcast<u32>(value);
}
