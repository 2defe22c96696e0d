// Made by tools/emit-wgsl.mjs of kernel/wasm/primitives/triangle.ts.

// A ray and a triangle, watertight: Woop, Benthin, Wald, "Watertight
// ray/triangle intersection", JCGT 2 (2013). The space is sheared so that the
// ray runs along one axis from its origin; three edge functions then say on
// which side of it each edge passes. Neighbours share the numbers of an edge,
// so that no ray goes between them. Here in 64 bits, and with an exact sign: an
// edge that the ray meets exactly is decided as if the ray were moved by
// (e, e²), e -> 0, which gives each ray through an edge or a vertex to one
// triangle of those around. A ray so enters a closed mesh as often as it leaves.

// Byte offsets of the axes: the ray is longest along the third.
var<private> axisX: u32 = 0u;
var<private> axisY: u32 = 8u;
var<private> axisZ: u32 = 16u;
var<private> shearX: vec2f = vec2f(0.0, 0.0);
var<private> shearY: vec2f = vec2f(0.0, 0.0);
var<private> shearZ: vec2f = vec2f(0.0, 0.0);
var<private> fromX: vec2f = vec2f(0.0, 0.0);
var<private> fromY: vec2f = vec2f(0.0, 0.0);
var<private> fromZ: vec2f = vec2f(0.0, 0.0);
var<private> triangle_originX: vec2f = vec2f(0.0, 0.0);
var<private> triangle_originY: vec2f = vec2f(0.0, 0.0);
var<private> triangle_originZ: vec2f = vec2f(0.0, 0.0);
var<private> directionX: vec2f = vec2f(0.0, 0.0);
var<private> directionY: vec2f = vec2f(0.0, 0.0);
var<private> directionZ: vec2f = vec2f(0.0, 0.0);

// The last crossing: its distance along the ray, whether the ray leaves what the
// triangle encloses, how deep the ray's origin is behind the triangle's plane.
var<private> crossingT: vec2f = vec2f(0.0, 0.0);
var<private> crossingLeaves: bool = false;
var<private> crossingDepth: vec2f = vec2f(0.0, 0.0);

// The ray that triangles are tested with.
fn aimAtTriangles(ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f, dy: vec2f,
  dz: vec2f) {
  triangle_originX = ox;
  triangle_originY = oy;
  triangle_originZ = oz;
  directionX = dx;
  directionY = dy;
  directionZ = dz;
  let ax = wAbs(dx);
  let ay = wAbs(dy);
  let az = wAbs(dz);
  if (wLess(ay, ax) && wLess(az, ax)) {
    turnAxes(8u, 16u, 0u, oy, oz, ox, dy, dz, dx);
  } else if (wLess(az, ay)) {
    turnAxes(16u, 0u, 8u, oz, ox, oy, dz, dx, dy);
  } else {
    turnAxes(0u, 8u, 16u, ox, oy, oz, dx, dy, dz);
  }
}

// Against the third axis, the others change places: triangles keep their sense.
fn turnAxes(x: u32, y: u32, z: u32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f,
  dy: vec2f, dz: vec2f) {
  let back = dz.x < 0.0;
  axisX = select(x, y, back);
  axisY = select(y, x, back);
  axisZ = z;
  fromX = select(ox, oy, back);
  fromY = select(oy, ox, back);
  fromZ = oz;
  shearZ = wInverse(dz);
  shearX = wMul(select(dx, dy, back), shearZ);
  shearY = wMul(select(dy, dx, back), shearZ);
}

// What rounding may make of a sum of six products, relative to their sizes.
const triangle_ROUNDING: vec2f = vec2f(4e-14, 7.019332e-22);

// Whether the ray's line crosses a triangle; sets the crossing.
fn crossTriangle(triangle: i32) -> bool {
  let a = sections.meshVertexBase + u32(24 * triangleA(triangle));
  let b = sections.meshVertexBase + u32(24 * triangleB(triangle));
  let c = sections.meshVertexBase + u32(24 * triangleC(triangle));
  let za = wSub(loadWide(a + axisZ), fromZ);
  let zb = wSub(loadWide(b + axisZ), fromZ);
  let zc = wSub(loadWide(c + axisZ), fromZ);
  let xa = wMulAdd(-shearX, za, wSub(loadWide(a + axisX), fromX));
  let ya = wMulAdd(-shearY, za, wSub(loadWide(a + axisY), fromY));
  let xb = wMulAdd(-shearX, zb, wSub(loadWide(b + axisX), fromX));
  let yb = wMulAdd(-shearY, zb, wSub(loadWide(b + axisY), fromY));
  let xc = wMulAdd(-shearX, zc, wSub(loadWide(c + axisX), fromX));
  let yc = wMulAdd(-shearY, zc, wSub(loadWide(c + axisY), fromY));
  let u0 = wMul(xc, yb);
  let u1 = wMul(yc, xb);
  let v0 = wMul(xa, yc);
  let v1 = wMul(ya, xc);
  let w0 = wMul(xb, ya);
  let w1 = wMul(yb, xa);
  var u = wSub(u0, u1);
  var v = wSub(v0, v1);
  var w = wSub(w0, w1);
  let rounding = wMul(triangle_ROUNDING,
    wAdd(wAdd(wAdd(wAdd(wAdd(wAbs(u0), wAbs(u1)), wAbs(v0)), wAbs(v1)),
    wAbs(w0)), wAbs(w1)));
  let low = wMin(u, wMin(v, w));
  let high = wMax(u, wMax(v, w));
  if (wLess(low, -rounding) && wLess(rounding, high)) {
    return false;
  }
  var leaves = low.x < 0.0;
  if (wLessEq(wAbs(u), rounding) || wLessEq(wAbs(v), rounding) ||
    wLessEq(wAbs(w), rounding)) {
    u = edgeFunction(xb, yb, xc, yc);
    v = edgeFunction(xc, yc, xa, ya);
    w = edgeFunction(xa, ya, xb, yb);
    leaves = edgeSide(u, xb, yb, xc, yc).x < 0.0;
    if (leaves != (edgeSide(v, xc, yc, xa, ya).x < 0.0)) {
      return false;
    }
    if (leaves != (edgeSide(w, xa, ya, xb, yb).x < 0.0)) {
      return false;
    }
  }
  let sum = wAdd(wAdd(u, v), w);
  if (sum.x == 0.0) {
    return false;
  }
  let z = wDiv(wDot3(u, za, v, zb, w, zc), sum);
  let between = wMax(wMin(za, wMin(zb, zc)), wMin(z, wMax(za, wMax(zb, zc))));
  crossingT = wMul(between, shearZ);
  crossingLeaves = leaves;
  crossingDepth = depthBehind(a, b, c);
  return true;
}

// xc yb - yc xb, the products without rounding (Dekker 1971): the sign is exact.
fn edgeFunction(xb: vec2f, yb: vec2f, xc: vec2f, yc: vec2f) -> vec2f {
  let p = wMul(xc, yb);
  let q = wMul(yc, xb);
  return wAdd(wSub(p, q),
    wSub(triangle_productError(xc, yb, p), triangle_productError(yc, xb, q)));
}

// a b - fl(a b), by halves of the digits.
fn triangle_productError(a: vec2f, b: vec2f, product: vec2f) -> vec2f {
  let ta = wMul(a, vec2f(134217730.0, 1.0));
  let a1 = wSub(ta, wSub(ta, a));
  let a0 = wSub(a, a1);
  let tb = wMul(b, vec2f(134217730.0, 1.0));
  let b1 = wSub(tb, wSub(tb, b));
  let b0 = wSub(b, b1);
  return wMulAdd(a0, b0, wSub(wDot3(a1, b1, a1, b0, a0, b1), product));
}

// The sign of an edge function, never 0 for an edge that has a length: that of
// its first derivative that is not, the ray moved by (e, e²).
fn edgeSide(value: vec2f, xb: vec2f, yb: vec2f, xc: vec2f, yc: vec2f) -> vec2f {
  if (value.x != 0.0) {
    return value;
  }
  return select(wSub(xb, xc), wSub(yc, yb), !wEq(yc, yb));
}

var<private> crossX: vec2f = vec2f(0.0, 0.0);
var<private> crossY: vec2f = vec2f(0.0, 0.0);
var<private> crossZ: vec2f = vec2f(0.0, 0.0);

// (b - a) × (c - a) of three vertices by their addresses.
fn crossEdges(a: u32, b: u32, c: u32) {
  let ax = loadWide(a);
  let ay = loadWide(a + 8u);
  let az = loadWide(a + 16u);
  let ux = wSub(loadWide(b), ax);
  let uy = wSub(loadWide(b + 8u), ay);
  let uz = wSub(loadWide(b + 16u), az);
  let vx = wSub(loadWide(c), ax);
  let vy = wSub(loadWide(c + 8u), ay);
  let vz = wSub(loadWide(c + 16u), az);
  crossX = wDot2(uy, vz, -uz, vy);
  crossY = wDot2(uz, vx, -ux, vz);
  crossZ = wDot2(ux, vy, -uy, vx);
}

// How deep the ray's origin is behind the plane of a triangle.
fn depthBehind(a: u32, b: u32, c: u32) -> vec2f {
  crossEdges(a, b, c);
  let along = wDot3(crossX, wSub(loadWide(a), triangle_originX), crossY,
    wSub(loadWide(a + 8u), triangle_originY), crossZ,
    wSub(loadWide(a + 16u), triangle_originZ));
  return wDiv(along,
    wSqrt(wDot3(crossX, crossX, crossY, crossY, crossZ, crossZ)));
}

// The outward unit normal of the last triangle asked for.
var<private> triangleNormalX: vec2f = vec2f(0.0, 0.0);
var<private> triangleNormalY: vec2f = vec2f(0.0, 0.0);
var<private> triangleNormalZ: vec2f = vec2f(0.0, 0.0);
fn normalOfTriangle(triangle: i32) {
  crossEdges(sections.meshVertexBase + u32(24 * triangleA(triangle)),
    sections.meshVertexBase + u32(24 * triangleB(triangle)),
    sections.meshVertexBase + u32(24 * triangleC(triangle)));
  let scale = wInverse(
    wSqrt(wDot3(crossX, crossX, crossY, crossY, crossZ, crossZ)));
  triangleNormalX = wMul(crossX, scale);
  triangleNormalY = wMul(crossY, scale);
  triangleNormalZ = wMul(crossZ, scale);
}

// Whether the ray's origin is within `reach` of a triangle; sets the normal, and
// how deep the origin is behind the plane.
var<private> nearDepth: vec2f = vec2f(0.0, 0.0);
fn isNearTriangle(triangle: i32, reach: vec2f) -> bool {
  let a = sections.meshVertexBase + u32(24 * triangleA(triangle));
  let b = sections.meshVertexBase + u32(24 * triangleB(triangle));
  let c = sections.meshVertexBase + u32(24 * triangleC(triangle));
  nearDepth = depthBehind(a, b, c);
  if (!wLessEq(wAbs(nearDepth), reach)) {
    return false;
  }
  normalOfTriangle(triangle);
  return isBeside(a, b, reach) && isBeside(b, c, reach) &&
    isBeside(c, a, reach);
}

// Whether the origin is inside of an edge in the triangle's plane, or so near.
fn isBeside(a: u32, b: u32, reach: vec2f) -> bool {
  let ux = wSub(loadWide(b), loadWide(a));
  let uy = wSub(loadWide(b + 8u), loadWide(a + 8u));
  let uz = wSub(loadWide(b + 16u), loadWide(a + 16u));
  let mx = wDot2(triangleNormalY, uz, -triangleNormalZ, uy);
  let my = wDot2(triangleNormalZ, ux, -triangleNormalX, uz);
  let mz = wDot2(triangleNormalX, uy, -triangleNormalY, ux);
  let along = wDot3(mx, wSub(triangle_originX, loadWide(a)), my,
    wSub(triangle_originY, loadWide(a + 8u)), mz,
    wSub(triangle_originZ, loadWide(a + 16u)));
  return wLessEq(wMul(-reach, wSqrt(wDot3(ux, ux, uy, uy, uz, uz))), along);
}

// How much the ray goes along the normal of the last triangle asked for.
fn alongTriangleNormal() -> vec2f {
  return wDot3(directionX, triangleNormalX, directionY, triangleNormalY,
    directionZ, triangleNormalZ);
}
