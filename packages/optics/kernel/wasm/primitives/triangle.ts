// A ray and a triangle, watertight: Woop, Benthin, Wald, "Watertight
// ray/triangle intersection", JCGT 2 (2013). The space is sheared so that the
// ray runs along one axis from its origin; three edge functions then say on
// which side of it each edge passes. Neighbours share the numbers of an edge,
// so that no ray goes between them. Here in 64 bits, and with an exact sign: an
// edge that the ray meets exactly is decided as if the ray were moved by
// (e, e²), e -> 0, which gives each ray through an edge or a vertex to one
// triangle of those around. A ray so enters a closed mesh as often as it leaves.

import { meshVertexBase, triangleA, triangleB, triangleC } from
  '../generated/scene';

// Byte offsets of the axes: the ray is longest along the third.
let axisX: usize = 0;
let axisY: usize = 8;
let axisZ: usize = 16;
let shearX: f64 = 0;
let shearY: f64 = 0;
let shearZ: f64 = 0;
let fromX: f64 = 0;
let fromY: f64 = 0;
let fromZ: f64 = 0;
let originX: f64 = 0;
let originY: f64 = 0;
let originZ: f64 = 0;
let directionX: f64 = 0;
let directionY: f64 = 0;
let directionZ: f64 = 0;

// The last crossing: its distance along the ray, whether the ray leaves what the
// triangle encloses, how deep the ray's origin is behind the triangle's plane.
export let crossingT: f64 = 0;
export let crossingLeaves: bool = false;
export let crossingDepth: f64 = 0;

// The ray that triangles are tested with.
export function aimAtTriangles(
  ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
): void {
  originX = ox;
  originY = oy;
  originZ = oz;
  directionX = dx;
  directionY = dy;
  directionZ = dz;
  const ax = abs(dx);
  const ay = abs(dy);
  const az = abs(dz);
  if (ax > ay && ax > az) turnAxes(8, 16, 0, oy, oz, ox, dy, dz, dx);
  else if (ay > az) turnAxes(16, 0, 8, oz, ox, oy, dz, dx, dy);
  else turnAxes(0, 8, 16, ox, oy, oz, dx, dy, dz);
}

// Against the third axis, the others change places: triangles keep their sense.
function turnAxes(
  x: usize, y: usize, z: usize,
  ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
): void {
  const back = dz < 0;
  axisX = back ? y : x;
  axisY = back ? x : y;
  axisZ = z;
  fromX = back ? oy : ox;
  fromY = back ? ox : oy;
  fromZ = oz;
  shearZ = 1 / dz;
  shearX = (back ? dy : dx) * shearZ;
  shearY = (back ? dx : dy) * shearZ;
}

// What rounding may make of a sum of six products, relative to their sizes.
const ROUNDING: f64 = 4e-16;

// Whether the ray's line crosses a triangle; sets the crossing.
export function crossTriangle(triangle: i32): bool {
  const a = meshVertexBase + <usize>(24 * triangleA(triangle));
  const b = meshVertexBase + <usize>(24 * triangleB(triangle));
  const c = meshVertexBase + <usize>(24 * triangleC(triangle));
  const za = load<f64>(a + axisZ) - fromZ;
  const zb = load<f64>(b + axisZ) - fromZ;
  const zc = load<f64>(c + axisZ) - fromZ;
  const xa = load<f64>(a + axisX) - fromX - shearX * za;
  const ya = load<f64>(a + axisY) - fromY - shearY * za;
  const xb = load<f64>(b + axisX) - fromX - shearX * zb;
  const yb = load<f64>(b + axisY) - fromY - shearY * zb;
  const xc = load<f64>(c + axisX) - fromX - shearX * zc;
  const yc = load<f64>(c + axisY) - fromY - shearY * zc;
  const u0 = xc * yb;
  const u1 = yc * xb;
  const v0 = xa * yc;
  const v1 = ya * xc;
  const w0 = xb * ya;
  const w1 = yb * xa;
  let u = u0 - u1;
  let v = v0 - v1;
  let w = w0 - w1;
  const rounding = ROUNDING * (
    abs(u0) + abs(u1) + abs(v0) + abs(v1) + abs(w0) + abs(w1)
  );
  const low = min(u, min(v, w));
  const high = max(u, max(v, w));
  if (low < -rounding && high > rounding) return false;
  let leaves = low < 0;
  if (abs(u) <= rounding || abs(v) <= rounding || abs(w) <= rounding) {
    u = edgeFunction(xb, yb, xc, yc);
    v = edgeFunction(xc, yc, xa, ya);
    w = edgeFunction(xa, ya, xb, yb);
    leaves = edgeSide(u, xb, yb, xc, yc) < 0;
    if (leaves != edgeSide(v, xc, yc, xa, ya) < 0) return false;
    if (leaves != edgeSide(w, xa, ya, xb, yb) < 0) return false;
  }
  const sum = u + v + w;
  if (sum == 0) return false;
  const z = (u * za + v * zb + w * zc) / sum;
  const between = max(min(za, min(zb, zc)), min(z, max(za, max(zb, zc))));
  crossingT = between * shearZ;
  crossingLeaves = leaves;
  crossingDepth = depthBehind(a, b, c);
  return true;
}

// xc yb - yc xb, the products without rounding (Dekker 1971): the sign is exact.
function edgeFunction(xb: f64, yb: f64, xc: f64, yc: f64): f64 {
  const p = xc * yb;
  const q = yc * xb;
  return (p - q) + (productError(xc, yb, p) - productError(yc, xb, q));
}

// a b - fl(a b), by halves of the digits.
@inline function productError(a: f64, b: f64, product: f64): f64 {
  const ta = a * 134217729;
  const a1 = ta - (ta - a);
  const a0 = a - a1;
  const tb = b * 134217729;
  const b1 = tb - (tb - b);
  const b0 = b - b1;
  return ((a1 * b1 - product) + a1 * b0 + a0 * b1) + a0 * b0;
}

// The sign of an edge function, never 0 for an edge that has a length: that of
// its first derivative that is not, the ray moved by (e, e²).
@inline function edgeSide(
  value: f64, xb: f64, yb: f64, xc: f64, yc: f64,
): f64 {
  if (value != 0) return value;
  return yc != yb ? yc - yb : xb - xc;
}

let crossX: f64 = 0;
let crossY: f64 = 0;
let crossZ: f64 = 0;

// (b - a) × (c - a) of three vertices by their addresses.
@inline function crossEdges(a: usize, b: usize, c: usize): void {
  const ax = load<f64>(a);
  const ay = load<f64>(a, 8);
  const az = load<f64>(a, 16);
  const ux = load<f64>(b) - ax;
  const uy = load<f64>(b, 8) - ay;
  const uz = load<f64>(b, 16) - az;
  const vx = load<f64>(c) - ax;
  const vy = load<f64>(c, 8) - ay;
  const vz = load<f64>(c, 16) - az;
  crossX = uy * vz - uz * vy;
  crossY = uz * vx - ux * vz;
  crossZ = ux * vy - uy * vx;
}

// How deep the ray's origin is behind the plane of a triangle.
@inline function depthBehind(a: usize, b: usize, c: usize): f64 {
  crossEdges(a, b, c);
  const along = crossX * (load<f64>(a) - originX)
    + crossY * (load<f64>(a, 8) - originY)
    + crossZ * (load<f64>(a, 16) - originZ);
  return along / sqrt(crossX * crossX + crossY * crossY + crossZ * crossZ);
}

// The outward unit normal of the last triangle asked for.
export let triangleNormalX: f64 = 0;
export let triangleNormalY: f64 = 0;
export let triangleNormalZ: f64 = 0;

export function normalOfTriangle(triangle: i32): void {
  crossEdges(
    meshVertexBase + <usize>(24 * triangleA(triangle)),
    meshVertexBase + <usize>(24 * triangleB(triangle)),
    meshVertexBase + <usize>(24 * triangleC(triangle)),
  );
  const scale = 1 / sqrt(crossX * crossX + crossY * crossY + crossZ * crossZ);
  triangleNormalX = crossX * scale;
  triangleNormalY = crossY * scale;
  triangleNormalZ = crossZ * scale;
}

// Whether the ray's origin is within `reach` of a triangle; sets the normal, and
// how deep the origin is behind the plane.
export let nearDepth: f64 = 0;

export function isNearTriangle(triangle: i32, reach: f64): bool {
  const a = meshVertexBase + <usize>(24 * triangleA(triangle));
  const b = meshVertexBase + <usize>(24 * triangleB(triangle));
  const c = meshVertexBase + <usize>(24 * triangleC(triangle));
  nearDepth = depthBehind(a, b, c);
  if (!(abs(nearDepth) <= reach)) return false;
  normalOfTriangle(triangle);
  return isBeside(a, b, reach) && isBeside(b, c, reach)
    && isBeside(c, a, reach);
}

// Whether the origin is inside of an edge in the triangle's plane, or so near.
@inline function isBeside(a: usize, b: usize, reach: f64): bool {
  const ux = load<f64>(b) - load<f64>(a);
  const uy = load<f64>(b, 8) - load<f64>(a, 8);
  const uz = load<f64>(b, 16) - load<f64>(a, 16);
  const mx = triangleNormalY * uz - triangleNormalZ * uy;
  const my = triangleNormalZ * ux - triangleNormalX * uz;
  const mz = triangleNormalX * uy - triangleNormalY * ux;
  const along = mx * (originX - load<f64>(a))
    + my * (originY - load<f64>(a, 8)) + mz * (originZ - load<f64>(a, 16));
  return along >= -reach * sqrt(ux * ux + uy * uy + uz * uz);
}

// How much the ray goes along the normal of the last triangle asked for.
@inline export function alongTriangleNormal(): f64 {
  return directionX * triangleNormalX + directionY * triangleNormalY
    + directionZ * triangleNormalZ;
}
