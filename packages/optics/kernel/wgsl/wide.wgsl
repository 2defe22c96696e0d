// Numbers of 48 bits: the unevaluated sum of two f32, x the high part and y
// the low one, |y| <= ulp(x) / 2. Dekker, Numer. Math. 18 (1971) 224; Joldes,
// Muller and Popescu, ACM TOMS 44 (2017) 15. With u = 2^-24. [WIDE1]
//
// WGSL lets a compiler fuse, reorder and approximate. This text is the form
// for a device that can do no better; src/gpu/arithmetic-form.ts makes others
// of it: `exactly` goes where a device does what is written, `hidden` also
// where it does so with numbers that it knows, `productError` becomes fma()
// where that rounds once. Entry points set `unknowable` to a zero that they
// read from a buffer. Helpers are few: compilers that copy every call take as
// long for one as for two operations.
//
// Operations on f32, with a fused fma and without:
//   wAdd wSub 11, wAddR 10, wMul 7 or 18, wMulR 6 or 17, wSquare 7 or 15,
//   wDiv 12 or 23, wDivR 11 or 22, wInverse 10 or 21, wSqrt 13 or 21,
//   wFloor 7, wRound 17, wToI32 14, wLess wLessEq 3, wMin wMax 4, wAbs 2,
//   wCopysign 3, wMulAdd 15 or 26, wDot2 19 or 41, wDot3 30 or 63.

const FAR: f32 = 1e30;
const WIDE_FAR: vec2<f32> = vec2<f32>(FAR, 0.0);
const SIGN_BIT: u32 = 0x80000000u;
// The upper 12 of the 24 bits of an f32.
const UPPER_BITS: u32 = 0xfffff000u;

var<private> unknowable: u32;

// The number itself, which no compiler can see through.
fn exactly(v: f32) -> f32 {
  return bitcast<f32>(bitcast<u32>(v) ^ unknowable);
}

// The same of what may be of numbers that the compiler knows, or of a number
// and its inverse.
fn hidden(v: f32) -> f32 {
  return bitcast<f32>(bitcast<u32>(v) ^ unknowable);
}

// What a product leaves when it is rounded, exactly unless that is below
// 1e-30: both numbers are cut in halves of 12 bits, whose products are exact
// and do not overflow.
fn productError(a: f32, b: f32, product: f32) -> f32 {
  let aUpper = bitcast<f32>(bitcast<u32>(a) & UPPER_BITS);
  let bUpper = bitcast<f32>(bitcast<u32>(b) & UPPER_BITS);
  let aLower = exactly(a - aUpper);
  let bLower = exactly(b - bUpper);
  let first = exactly(aUpper * bUpper - product);
  let second = exactly(first + aLower * bUpper);
  let third = exactly(second + aUpper * bLower);
  return third + aLower * bLower;
}

// As productError, of a square.
fn squareError(a: f32, square: f32) -> f32 {
  let upper = bitcast<f32>(bitcast<u32>(a) & UPPER_BITS);
  let lower = exactly(a - upper);
  let first = exactly(upper * upper - square);
  let second = exactly(first + (upper + upper) * lower);
  return second + lower * lower;
}

fn wFromF32(a: f32) -> vec2<f32> {
  return vec2<f32>(a, 0.0);
}

fn wFromI32(i: i32) -> vec2<f32> {
  let upper = f32(i & ~0xfff);
  let lower = f32(i & 0xfff);
  let high = exactly(upper + lower);
  return vec2<f32>(high, lower - exactly(high - upper));
}

fn wFromU32(i: u32) -> vec2<f32> {
  let upper = f32(i & UPPER_BITS);
  let lower = f32(i & ~UPPER_BITS);
  let high = exactly(upper + lower);
  return vec2<f32>(high, lower - exactly(high - upper));
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
  return select(a, b, b.x - a.x < a.y - b.y);
}

fn wMax(a: vec2<f32>, b: vec2<f32>) -> vec2<f32> {
  return select(a, b, a.x - b.x < b.y - a.y);
}

// By a power of two.
fn wScale(a: vec2<f32>, power: f32) -> vec2<f32> {
  return a * power;
}

// The sum of the high parts and its error (Knuth), the low parts added to
// that error: wrong by less than 3 u^2 (|a| + |b|). [WIDE2]
fn wAdd(a: vec2<f32>, b: vec2<f32>) -> vec2<f32> {
  let sum = hidden(a.x + b.x);
  let bNear = exactly(sum - a.x);
  let aNear = exactly(sum - bNear);
  let error = exactly(a.x - aNear) + exactly(b.x - bNear);
  let low = error + (a.y + b.y);
  let high = exactly(sum + low);
  return vec2<f32>(high, low - exactly(high - sum));
}

fn wSub(a: vec2<f32>, b: vec2<f32>) -> vec2<f32> {
  let sum = hidden(a.x - b.x);
  let bNear = exactly(sum - a.x);
  let aNear = exactly(sum - bNear);
  let error = exactly(a.x - aNear) - exactly(b.x + bNear);
  let low = error + (a.y - b.y);
  let high = exactly(sum + low);
  return vec2<f32>(high, low - exactly(high - sum));
}

fn wAddR(a: vec2<f32>, b: f32) -> vec2<f32> {
  let sum = hidden(a.x + b);
  let bNear = exactly(sum - a.x);
  let aNear = exactly(sum - bNear);
  let error = exactly(a.x - aNear) + exactly(b - bNear);
  let low = error + a.y;
  let high = exactly(sum + low);
  return vec2<f32>(high, low - exactly(high - sum));
}

// The product of the high parts and its error; of the others what counts.
// [WIDE3]
fn wMul(a: vec2<f32>, b: vec2<f32>) -> vec2<f32> {
  let product = exactly(a.x * b.x);
  let error = productError(a.x, b.x, product);
  let low = fma(a.x, b.y, fma(a.y, b.x, error));
  let high = exactly(product + low);
  return vec2<f32>(high, low - exactly(high - product));
}

fn wMulR(a: vec2<f32>, b: f32) -> vec2<f32> {
  let product = exactly(a.x * b);
  let low = fma(a.y, b, productError(a.x, b, product));
  let high = exactly(product + low);
  return vec2<f32>(high, low - exactly(high - product));
}

fn wSquare(a: vec2<f32>) -> vec2<f32> {
  let product = exactly(a.x * a.x);
  let low = fma(a.x + a.x, a.y, squareError(a.x, product));
  let high = exactly(product + low);
  return vec2<f32>(high, low - exactly(high - product));
}

// What the f32 quotient leaves is divided again. [WIDE4]
fn wDiv(a: vec2<f32>, b: vec2<f32>) -> vec2<f32> {
  let inverse = 1.0 / b.x;
  let first = hidden(a.x * inverse);
  let back = exactly(first * b.x);
  let error = fma(first, b.y, productError(first, b.x, back));
  let second = (exactly(a.x - back) + (a.y - error)) * inverse;
  let high = exactly(first + second);
  return vec2<f32>(high, second - exactly(high - first));
}

fn wInverse(b: vec2<f32>) -> vec2<f32> {
  let first = hidden(1.0 / b.x);
  let back = exactly(first * b.x);
  let error = fma(first, b.y, productError(first, b.x, back));
  let second = (exactly(1.0 - back) - error) * first;
  let high = exactly(first + second);
  return vec2<f32>(high, second - exactly(high - first));
}

fn wDivR(a: vec2<f32>, b: f32) -> vec2<f32> {
  let inverse = 1.0 / b;
  let first = hidden(a.x * inverse);
  let back = exactly(first * b);
  let error = productError(first, b, back);
  let second = (exactly(a.x - back) + (a.y - error)) * inverse;
  let high = exactly(first + second);
  return vec2<f32>(high, second - exactly(high - first));
}

// Heron's step from the f32 root; 0 for zero and for negative numbers.
fn wSqrt(a: vec2<f32>) -> vec2<f32> {
  let inverse = select(0.0, inverseSqrt(a.x), a.x > 0.0);
  let first = exactly(a.x * inverse);
  let back = exactly(first * first);
  let left = exactly(a.x - back) + (a.y - squareError(first, back));
  let second = left * (0.5 * inverse);
  let high = exactly(first + second);
  return vec2<f32>(high, second - exactly(high - first));
}

// A whole high part leaves it to the low one.
fn wFloor(a: vec2<f32>) -> vec2<f32> {
  let whole = floor(a.x);
  let low = select(0.0, floor(a.y), whole == a.x);
  let high = exactly(whole + low);
  return vec2<f32>(high, low - exactly(high - whole));
}

// To the nearest whole number, halves up.
fn wRound(a: vec2<f32>) -> vec2<f32> {
  return wFloor(wAddR(a, 0.5));
}

// a b + c, and sums of two and of three products: one sum of their high
// parts with its errors, put in order once; wrong by less than 2^-45 of the
// sum of the sizes. [WIDE8]
fn wMulAdd(a: vec2<f32>, b: vec2<f32>, c: vec2<f32>) -> vec2<f32> {
  let product = exactly(a.x * b.x);
  let error = productError(a.x, b.x, product);
  let sum = hidden(product + c.x);
  let cNear = exactly(sum - product);
  let pNear = exactly(sum - cNear);
  let left = exactly(product - pNear) + exactly(c.x - cNear);
  let low = fma(a.x, b.y, fma(a.y, b.x, error)) + (left + c.y);
  let high = exactly(sum + low);
  return vec2<f32>(high, low - exactly(high - sum));
}

fn wDot2(
  a0: vec2<f32>, b0: vec2<f32>, a1: vec2<f32>, b1: vec2<f32>,
) -> vec2<f32> {
  let p0 = exactly(a0.x * b0.x);
  let p1 = exactly(a1.x * b1.x);
  let sum = hidden(p0 + p1);
  let near1 = exactly(sum - p0);
  let near0 = exactly(sum - near1);
  let left = exactly(p0 - near0) + exactly(p1 - near1);
  let e0 = fma(a0.x, b0.y, fma(a0.y, b0.x, productError(a0.x, b0.x, p0)));
  let e1 = fma(a1.x, b1.y, fma(a1.y, b1.x, productError(a1.x, b1.x, p1)));
  let low = left + (e0 + e1);
  let high = exactly(sum + low);
  return vec2<f32>(high, low - exactly(high - sum));
}

fn wDot3(
  a0: vec2<f32>, b0: vec2<f32>, a1: vec2<f32>, b1: vec2<f32>,
  a2: vec2<f32>, b2: vec2<f32>,
) -> vec2<f32> {
  let p0 = exactly(a0.x * b0.x);
  let p1 = exactly(a1.x * b1.x);
  let p2 = exactly(a2.x * b2.x);
  let pair = hidden(p0 + p1);
  let near1 = exactly(pair - p0);
  let near0 = exactly(pair - near1);
  let sum = hidden(pair + p2);
  let near2 = exactly(sum - pair);
  let nearPair = exactly(sum - near2);
  let left = (exactly(p0 - near0) + exactly(p1 - near1)) +
    (exactly(pair - nearPair) + exactly(p2 - near2));
  let e0 = fma(a0.x, b0.y, fma(a0.y, b0.x, productError(a0.x, b0.x, p0)));
  let e1 = fma(a1.x, b1.y, fma(a1.y, b1.x, productError(a1.x, b1.x, p1)));
  let e2 = fma(a2.x, b2.y, fma(a2.y, b2.x, productError(a2.x, b2.x, p2)));
  let low = left + ((e0 + e1) + e2);
  let high = exactly(sum + low);
  return vec2<f32>(high, low - exactly(high - sum));
}
