// Lite hits of whole ones, as src/hits/lite-hit.ts makes them: count and
// identity, time, place on the sensor, flags. With wide.wgsl: in f32 alone, one
// place in a hundred would be the next of the 65,536.

struct Lite {
  hits: u32,
  sensors: u32,
  countShift: u32,
  // 1: cos theta from -1 to 1; 0: from 0.
  isSphere: u32,
  zero: u32,
}

@group(0) @binding(0) var<uniform> lite: Lite;
@group(0) @binding(1) var<storage, read> hits: array<u32>;
// Of each sensor 12 numbers, high and low parts: its rotation, row-major, and
// its origin.
@group(0) @binding(2) var<storage, read> frames: array<vec2<f32>>;
// Cosines and sines of where places of phi begin: of every 256th one, from
// half a place before -pi, then of steps of 0 to 255 places.
@group(0) @binding(3) var<storage, read> turns: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> liteHits: array<vec4<u32>>;
// How many are behind what cos theta can say.
@group(0) @binding(5) var<storage, read_write> status: array<atomic<u32>>;

const threads = 64u;
const rowWords = 16u;
const timeWord = 3u;
const identityWord = 13u;
const flagMaskWord = 15u;
const lastPlace = 65535.0;
const behindWord = 1u;

struct Local {
  x: vec2<f32>,
  y: vec2<f32>,
  z: vec2<f32>,
}

fn isFinite(word: u32) -> bool {
  return (word & 0x7f800000u) != 0x7f800000u;
}

fn isNegative(a: f32) -> bool {
  return (bitcast<u32>(a) >> 31u) != 0u;
}

// A product is -0 where a factor is 0 and their signs differ.
fn isMinusZero(a: f32, b: f32) -> bool {
  return (a == 0.0 || b == 0.0) && isNegative(a) != isNegative(b);
}

fn zero(isMinus: bool) -> vec2<f32> {
  return vec2<f32>(bitcast<f32>(select(0u, SIGN_BIT, isMinus)), 0.0);
}

fn partOf(frame: u32, i: u32) -> vec2<f32> {
  if (frame >= lite.sensors) {
    return vec2<f32>();
  }
  return frames[frame * 12u + i];
}

fn fromOrigin(position: f32, origin: vec2<f32>) -> vec2<f32> {
  let way = wAddR(-origin, position);
  if (way.x == 0.0) {
    return zero(isNegative(position) && !isNegative(origin.x));
  }
  return way;
}

// Along an axis of the sensor. A sum of -0 alone is -0: it tells -pi from pi.
fn along(axis: u32, frame: u32, way: Local) -> vec2<f32> {
  let a = partOf(frame, axis);
  let b = partOf(frame, axis + 3u);
  let c = partOf(frame, axis + 6u);
  let sum = wDot3(a, way.x, b, way.y, c, way.z);
  if (sum.x == 0.0) {
    let isMinus = isMinusZero(a.x, way.x.x) && isMinusZero(b.x, way.y.x);
    return zero(isMinus && isMinusZero(c.x, way.z.x));
  }
  return sum;
}

fn localOf(position: vec3<f32>, frame: u32) -> Local {
  var parts: array<vec2<f32>, 3>;
  for (var i = 0u; i < 3u; i++) {
    parts[i] = fromOrigin(position[i], partOf(frame, 9u + i));
  }
  let way = Local(parts[0], parts[1], parts[2]);
  for (var i = 0u; i < 3u; i++) {
    parts[i] = along(i, frame, way);
  }
  return Local(parts[0], parts[1], parts[2]);
}

// 1 beside a float64 has 53 bits.
fn aboveMinusOne(cosTheta: vec2<f32>) -> vec2<f32> {
  let sum = wAddR(cosTheta, 1.0);
  return vec2<f32>(sum.x, floor(sum.y * 0x1p53f + 0.5) * 0x1p-53f);
}

fn heightPlace(cosTheta: vec2<f32>) -> u32 {
  var height = cosTheta;
  if (lite.isSphere != 0u) {
    height = wScale(aboveMinusOne(cosTheta), 0.5);
  }
  let place = wToI32(wRound(wMulR(height, lastPlace)));
  return u32(clamp(place, 0, 65535));
}

// Whether phi is where a place begins, or further, by the sine of what is
// between: less than a half turn.
fn isFrom(place: u32, x: vec2<f32>, y: vec2<f32>) -> bool {
  let coarse = turns[place >> 8u];
  let fine = turns[256u + (place & 255u)];
  let cosine = wDot2(coarse.xy, fine.xy, -coarse.zw, fine.zw);
  let sine = wDot2(coarse.zw, fine.xy, coarse.xy, fine.zw);
  return wDot2(cosine, y, -sine, x).x >= 0.0;
}

// The place of phi = atan2(y, x) without the angle: the last of those that
// begin before it. 0 is where place 32,768 begins, and -1.7e-16, which is 1/2
// with 53 bits as part of a turn.
fn phiPlace(x: vec2<f32>, y: vec2<f32>) -> u32 {
  let isBelow = isNegative(y.x);
  if (y.x == 0.0) {
    return select(32768u, select(65535u, 0u, isBelow), isNegative(x.x));
  }
  let isUpper = !isBelow || -y.x <= 1.7e-16 * x.x;
  var place = select(0u, 32768u, isUpper);
  for (var half = 16384u; half > 0u; half /= 2u) {
    if (isFrom(place + half, x, y)) {
      place += half;
    }
  }
  return place;
}

fn placeOf(position: vec3<f32>, frame: u32) -> u32 {
  let local = localOf(position, frame);
  let squares = wDot3(
    local.x, local.x, local.y, local.y, local.z, local.z,
  );
  var cosTheta = wFromF32(1.0);
  if (squares.x > 0.0) {
    cosTheta = wDiv(local.z, wSqrt(squares));
  }
  if (lite.isSphere == 0u && cosTheta.x < 0.0) {
    atomicAdd(&status[behindWord], 1u);
  }
  return (heightPlace(cosTheta) << 16u) | phiPlace(local.x, local.y);
}

@compute @workgroup_size(threads)
fn makeLite(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  unknowable = lite.zero;
  for (var hit = id.x; hit < lite.hits; hit += groups.x * threads) {
    let row = hit * rowWords;
    let identity = hits[row + identityWord] & 0xffffffu;
    let words = vec3<u32>(hits[row], hits[row + 1u], hits[row + 2u]);
    // A place that is not a number, or infinite, is written as 0.
    var place = 0u;
    if (isFinite(words.x) && isFinite(words.y) && isFinite(words.z)) {
      place = placeOf(bitcast<vec3<f32>>(words), identity - 1u);
    }
    liteHits[hit] = vec4<u32>(
      (1u << lite.countShift) + identity,
      hits[row + timeWord],
      place,
      hits[row + flagMaskWord],
    );
  }
}
