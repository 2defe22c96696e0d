// Numbers of 48 bits: the unevaluated sum of two f32, x the high part and y
// the low one, |y| <= ulp(x) / 2. Dekker, Numer. Math. 18 (1971) 224; Joldes,
// Muller and Popescu, ACM TOMS 44 (2017) 15. With u = 2^-24. [WIDE1]
//
// WGSL lets a compiler fuse, reorder and approximate. The text that this one
// is assembled into says what the device was found to do:
//   const FUSED: bool    fma() rounds once
//   const GUARDED: bool  sums must be hidden from the compiler
// and entry points set `unknowable` to a zero that they read from a buffer.

const FAR: f32 = 1e30;
const SIGN_BIT: u32 = 0x80000000u;
// The upper 12 of the 24 bits of an f32.
const UPPER_BITS: u32 = 0xfffff000u;

var<private> unknowable: u32;

// The number itself, which no compiler can see through.
fn exactly(v: f32) -> f32 {
  return bitcast<f32>(bitcast<u32>(v) ^ unknowable);
}

// The sum and its error, exactly, where |a| >= |b| or a = 0: 3 operations.
fn quickTwoSum(a: f32, b: f32) -> vec2<f32> {
  if (GUARDED) {
    let sum = exactly(a + b);
    return vec2<f32>(sum, b - exactly(sum - a));
  }
  let sum = a + b;
  return vec2<f32>(sum, b - (sum - a));
}

// The sum and its error, exactly: 6 operations (Knuth).
fn twoSum(a: f32, b: f32) -> vec2<f32> {
  if (GUARDED) {
    let sum = exactly(a + b);
    let bNear = exactly(sum - a);
    let aNear = exactly(sum - bNear);
    return vec2<f32>(sum, exactly(a - aNear) + exactly(b - bNear));
  }
  let sum = a + b;
  let bNear = sum - a;
  return vec2<f32>(sum, (a - (sum - bNear)) + (b - bNear));
}

// The product and its error, exactly unless it is below 1e-30: 2 operations
// with a fused fma. Else both numbers are cut in halves of 12 bits, whose
// products are exact: 13 operations, and nothing that overflows.
fn twoProduct(a: f32, b: f32) -> vec2<f32> {
  if (FUSED) {
    if (GUARDED) {
      let product = exactly(a * b);
      return vec2<f32>(product, fma(a, b, -product));
    }
    let product = a * b;
    return vec2<f32>(product, fma(a, b, -product));
  }
  let aUpper = bitcast<f32>(bitcast<u32>(a) & UPPER_BITS);
  let bUpper = bitcast<f32>(bitcast<u32>(b) & UPPER_BITS);
  if (GUARDED) {
    let product = exactly(a * b);
    let aLower = exactly(a - aUpper);
    let bLower = exactly(b - bUpper);
    let first = exactly(aUpper * bUpper - product);
    let second = exactly(first + aLower * bUpper);
    let third = exactly(second + aUpper * bLower);
    return vec2<f32>(product, third + aLower * bLower);
  }
  let product = a * b;
  let aLower = a - aUpper;
  let bLower = b - bUpper;
  let error = ((aUpper * bUpper - product) + aLower * bUpper) +
    aUpper * bLower;
  return vec2<f32>(product, error + aLower * bLower);
}

// The square and its error: 2 or 10 operations.
fn twoSquare(a: f32) -> vec2<f32> {
  return twoProduct(a, a);
}

// a - b to the last bit where they are near, with b hidden by its maker.
fn difference(a: f32, b: f32) -> f32 {
  if (GUARDED) {
    return exactly(a - b);
  }
  return a - b;
}

fn wFromF32(a: f32) -> vec2<f32> {
  return vec2<f32>(a, 0.0);
}

fn wFromI32(i: i32) -> vec2<f32> {
  return quickTwoSum(f32(i & ~0xfff), f32(i & 0xfff));
}

fn wFromU32(i: u32) -> vec2<f32> {
  return quickTwoSum(f32(i & UPPER_BITS), f32(i & ~UPPER_BITS));
}

// Towards zero, |a| < 2^30.
fn wToI32(a: vec2<f32>) -> i32 {
  let size = wFloor(wAbs(a));
  let whole = i32(size.x) + i32(size.y);
  return select(whole, -whole, a.x < 0.0);
}

fn wNeg(a: vec2<f32>) -> vec2<f32> {
  return -a;
}

fn wAbs(a: vec2<f32>) -> vec2<f32> {
  return select(a, -a, a.x < 0.0);
}

fn wCopysign(size: vec2<f32>, sign: vec2<f32>) -> vec2<f32> {
  let flip = (bitcast<u32>(size.x) ^ bitcast<u32>(sign.x)) & SIGN_BIT;
  return bitcast<vec2<f32>>(bitcast<vec2<u32>>(size) ^ vec2<u32>(flip));
}

// The differences are exact or far from each other, so that their order is
// that of the numbers (equal where they are less than 1e-36 apart).
fn wLess(a: vec2<f32>, b: vec2<f32>) -> bool {
  return a.x - b.x < b.y - a.y;
}

fn wLessEq(a: vec2<f32>, b: vec2<f32>) -> bool {
  return a.x - b.x <= b.y - a.y;
}

fn wEq(a: vec2<f32>, b: vec2<f32>) -> bool {
  return all(a == b);
}

fn wMin(a: vec2<f32>, b: vec2<f32>) -> vec2<f32> {
  return select(a, b, wLess(b, a));
}

fn wMax(a: vec2<f32>, b: vec2<f32>) -> vec2<f32> {
  return select(a, b, wLess(a, b));
}

// By a power of two.
fn wScale(a: vec2<f32>, power: f32) -> vec2<f32> {
  return a * power;
}

// Error below 3 u^2 (|a| + |b|): 11 operations.
fn wAdd(a: vec2<f32>, b: vec2<f32>) -> vec2<f32> {
  let sum = twoSum(a.x, b.x);
  return quickTwoSum(sum.x, sum.y + (a.y + b.y));
}

fn wSub(a: vec2<f32>, b: vec2<f32>) -> vec2<f32> {
  return wAdd(a, -b);
}

fn wAddR(a: vec2<f32>, b: f32) -> vec2<f32> {
  let sum = twoSum(a.x, b);
  return quickTwoSum(sum.x, sum.y + a.y);
}

fn wMul(a: vec2<f32>, b: vec2<f32>) -> vec2<f32> {
  let product = twoProduct(a.x, b.x);
  let low = fma(a.x, b.y, fma(a.y, b.x, product.y));
  return quickTwoSum(product.x, low);
}

fn wMulR(a: vec2<f32>, b: f32) -> vec2<f32> {
  let product = twoProduct(a.x, b);
  return quickTwoSum(product.x, fma(a.y, b, product.y));
}

fn wSquare(a: vec2<f32>) -> vec2<f32> {
  let product = twoSquare(a.x);
  return quickTwoSum(product.x, fma(2.0 * a.x, a.y, product.y));
}

// Division of f32 is good to 2.5 ulp: what it leaves is divided again.
fn wDiv(a: vec2<f32>, b: vec2<f32>) -> vec2<f32> {
  let first = a.x / b.x;
  let back = twoProduct(first, b.x);
  let left = difference(a.x, back.x) + (a.y - fma(first, b.y, back.y));
  return quickTwoSum(first, left / b.x);
}

fn wDivR(a: vec2<f32>, b: f32) -> vec2<f32> {
  let first = a.x / b;
  let back = twoProduct(first, b);
  let left = difference(a.x, back.x) + (a.y - back.y);
  return quickTwoSum(first, left / b);
}

// Of zero, zero. Heron's step from the f32 root; 0 for negative numbers.
fn wSqrt(a: vec2<f32>) -> vec2<f32> {
  let inverse = select(0.0, inverseSqrt(a.x), a.x > 0.0);
  let root = a.x * inverse;
  let back = twoSquare(root);
  let left = difference(a.x, back.x) + (a.y - back.y);
  return quickTwoSum(root, left * (0.5 * inverse));
}

// A whole high part leaves it to the low one.
fn wFloor(a: vec2<f32>) -> vec2<f32> {
  let high = floor(a.x);
  return quickTwoSum(high, select(0.0, floor(a.y), high == a.x));
}

// To the nearest whole number, halves up.
fn wRound(a: vec2<f32>) -> vec2<f32> {
  return wFloor(wAddR(a, 0.5));
}
