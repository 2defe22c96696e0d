// Photon rows: reading a photon, making the row of its end or of one of its
// steps, and storing it.

// The row made last: position and time, direction and count, polarisation and
// wavelength, flags and numbers, in the order of photon-layout.ts.
var<private> rowQuads: array<vec4<u32>, 4>;

// The photon of a row of `source`, in the frame of the world.
fn readPhoton(row: u32) {
  takeRow(
    loadSourceF32(row + u32(PHOTON_X)),
    loadSourceF32(row + u32(PHOTON_Y)),
    loadSourceF32(row + u32(PHOTON_Z)),
    loadSourceF32(row + u32(PHOTON_DIR_X)),
    loadSourceF32(row + u32(PHOTON_DIR_Y)),
    loadSourceF32(row + u32(PHOTON_DIR_Z)),
    loadSourceF32(row + u32(PHOTON_POL_X)),
    loadSourceF32(row + u32(PHOTON_POL_Y)),
    loadSourceF32(row + u32(PHOTON_POL_Z)),
  );
  setTime(loadSourceF32(row + u32(PHOTON_TIME)));
  setWavelength(loadSourceF32(row + u32(PHOTON_WAVELENGTH)));
  setFlagMask(loadSourceU32(row + u32(PHOTON_FLAG_MASK)));
}

// Position, direction and polarisation as 32-bit rows hold them.
fn takeRow(
  x: f32,
  y: f32,
  z: f32,
  ux: f32,
  uy: f32,
  uz: f32,
  vx: f32,
  vy: f32,
  vz: f32,
) {
  setPosition(wFromF32(x), wFromF32(y), wFromF32(z));
  readDirection(ux, uy, uz);
  readPolarisation(vx, vy, vz);
}

// 32-bit rows hold unit vectors to 1e-7; as pairs they are unit again.
fn readDirection(x: f32, y: f32, z: f32) {
  let wx = wFromF32(x);
  let wy = wFromF32(y);
  let wz = wFromF32(z);
  let square = wAdd(wAdd(wSquare(wx), wSquare(wy)), wSquare(wz));
  let length = wSqrt(square);
  setDirection(wDiv(wx, length), wDiv(wy, length), wDiv(wz, length));
}

fn readPolarisation(x: f32, y: f32, z: f32) {
  let along = x * dx.x + y * dy.x + z * dz.x;
  let ax = x - along * dx.x;
  let ay = y - along * dy.x;
  let az = z - along * dz.x;
  let s = 1.0 / sqrt(ax * ax + ay * ay + az * az);
  setPolarisation(ax * s, ay * s, az * s);
}

// Makes the row of the photon, in the frame of the world. `index` is its place
// in the batch.
fn writePhoton(index: u32, identity: u32, flagWord: u32) {
  var x = px;
  var y = py;
  var z = pz;
  var ax = dx;
  var ay = dy;
  var az = dz;
  var bx = ex;
  var by = ey;
  var bz = ez;
  for (var n = node; n > 0; n = nodeParent(n)) {
    let transform = nodeTransform(n);
    if (transform < 0) {
      continue;
    }
    pointToParent(transform, x, y, z);
    x = fx;
    y = fy;
    z = fz;
    alsoToParent(transform, ax, ay, az);
    ax = fx;
    ay = fy;
    az = fz;
    fieldToParent(transform, bx, by, bz);
    bx = gx;
    by = gy;
    bz = gz;
  }
  let counted = select(
    0u,
    (1u << 16u) | ((identity - 1u) & 0xffffu),
    identity != 0u,
  );
  let low = settings.batches[photonBatch].firstLow + index;
  let high = settings.batches[photonBatch].firstHigh +
    select(0u, 1u, low < index);
  rowQuads[0] = bitcast<vec4<u32>>(vec4<f32>(x.x, y.x, z.x, time));
  rowQuads[1] = vec4<u32>(
    bitcast<u32>(ax.x),
    bitcast<u32>(ay.x),
    bitcast<u32>(az.x),
    counted,
  );
  rowQuads[2] = bitcast<vec4<u32>>(vec4<f32>(bx, by, bz, wavelength));
  rowQuads[3] = vec4<u32>(
    flagWord,
    (identity & 0xffffffu) | (high << 24u),
    low,
    flagMask,
  );
}

// Stores the row among what is kept, or as a hit; `at` in words.
fn keepRow(at: u32) {
  for (var i = 0u; i < 16u; i++) {
    kept[at + i] = rowQuads[i >> 2u][i & 3u];
  }
}

fn storeHit(at: u32) {
  for (var i = 0u; i < 16u; i++) {
    hits[at + i] = rowQuads[i >> 2u][i & 3u];
  }
}

// The low words of a product of two numbers of 64 bits (x low, y high).
fn multiplyWords(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let a0 = a.x & 0xffffu;
  let a1 = a.x >> 16u;
  let b0 = b.x & 0xffffu;
  let b1 = b.x >> 16u;
  let low = a0 * b0;
  let middle = a1 * b0 + (low >> 16u);
  let other = a0 * b1 + (middle & 0xffffu);
  let carried = a1 * b1 + (middle >> 16u) + (other >> 16u);
  return vec2<u32>(a.x * b.x, carried + a.x * b.y + a.y * b.x);
}

const MIX: vec2<u32> = vec2<u32>(0x7f4a7c15u, 0x9e3779b9u);

fn mixWords(h: vec2<u32>, more: vec2<u32>) -> vec2<u32> {
  let product = multiplyWords(h ^ more, MIX);
  return vec2<u32>(product.x ^ product.y, product.y);
}

// A 64-bit mix of the row; the digest of a run is their sum, whatever the
// order.
fn hashRow() -> vec2<u32> {
  var h = vec2<u32>(0x65726e00u, 0x6c616e74u);
  for (var i = 0u; i < 4u; i++) {
    h = mixWords(h, rowQuads[i].xy);
    h = mixWords(h, rowQuads[i].zw);
  }
  return h;
}

// The same of a child, whose row says the number of the photon that it comes
// from, and not which of its children it is.
fn hashChild(hash: vec2<u32>, ordinal: u32) -> vec2<u32> {
  return mixWords(hash, vec2<u32>(ordinal + 1u, 0u));
}
