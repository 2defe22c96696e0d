// Made by tools/emit-wgsl.mjs of kernel/wasm/primitives/planes.ts.

// A convex polyhedron, or one or more half-spaces; parameters: for each of the
// `count` planes its unit normal n and c, meaning n·x <= c inside.
// Faces: the number of the plane.

// Bytes of a plane.
const PLANE: u32 = 32u;

// The distance at which a ray that is inside leaves; sets hitFace.
fn planesExit(p: u32, count: i32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f,
  dy: vec2f, dz: vec2f) -> vec2f {
  var t = vec2f(1e+30, 0.0);
  var face: i32 = 0;
  {
    var i: i32 = 0;
    var q = p;
    loop {
      if (!(i < count)) {
        break;
      }
      let nx = param(q, 0);
      let ny = param(q, 1);
      let nz = param(q, 2);
      let rate = wDot3(nx, dx, ny, dy, nz, dz);
      if (wLess(PARALLEL, rate)) {
        let depth = wSub(param(q, 3), wDot3(nx, ox, ny, oy, nz, oz));
        if (wLess(depth, wMul(t, rate))) {
          t = wDiv(depth, rate);
          face = i;
        }
      }
      continuing {
        i++;
        q += PLANE;
      }
    }
  }
  setHitFace(face);
  return t;
}

// The stretch of a ray in the polyhedron.
fn planesSpan(p: u32, count: i32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f,
  dy: vec2f, dz: vec2f, tMin: vec2f, tMax: vec2f) -> bool {
  var near = vec2f(-1e+30, 0.0);
  var far = vec2f(1e+30, 0.0);
  var nearAt: i32 = 0;
  var farAt: i32 = 0;
  {
    var i: i32 = 0;
    var q = p;
    loop {
      if (!(i < count)) {
        break;
      }
      let nx = param(q, 0);
      let ny = param(q, 1);
      let nz = param(q, 2);
      let rate = wDot3(nx, dx, ny, dy, nz, dz);
      let depth = snapped(wSub(param(q, 3), wDot3(nx, ox, ny, oy, nz, oz)));
      if (wLess(PARALLEL, rate)) {
        if (wLess(depth, wMul(far, rate))) {
          far = wDiv(depth, rate);
          farAt = i;
        }
      } else if (wLess(rate, -PARALLEL)) {
        if (wLess(depth, wMul(near, rate))) {
          near = wDiv(depth, rate);
          nearAt = i;
        }
      } else if (!isBehind(depth, nx, ny, nz)) {
        return false;
      }
      if (wLess(far, near) || wLessEq(tMax, near) || wLessEq(far, tMin)) {
        return false;
      }
      continuing {
        i++;
        q += PLANE;
      }
    }
  }
  setNear(near, nearAt);
  setFar(far, farAt);
  return true;
}

fn planesNormal(p: u32, face: i32) {
  let q = p + u32(face) * PLANE;
  setNormal(param(q, 0), param(q, 1), param(q, 2));
}

fn planesInside(p: u32, count: i32, x: vec2f, y: vec2f, z: vec2f) -> bool {
  {
    var i: i32 = 0;
    var q = p;
    loop {
      if (!(i < count)) {
        break;
      }
      let along = wDot3(param(q, 0), x, param(q, 1), y, param(q, 2), z);
      if (wLess(param(q, 3), along)) {
        return false;
      }
      continuing {
        i++;
        q += PLANE;
      }
    }
  }
  return true;
}
