// The window of a time as the CPU has it: floor(t / W) of a float32 and a
// float64, the quotient rounded to 53 bits as IEEE 754 says, here by long
// division of integers. 64 bits are (low, high).

fn isAtLeast(a: vec2<u32>, b: vec2<u32>) -> bool {
  return a.y > b.y || (a.y == b.y && a.x >= b.x);
}

fn plus(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let low = a.x + b.x;
  return vec2<u32>(low, a.y + b.y + select(0u, 1u, low < a.x));
}

fn minus(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  return vec2<u32>(a.x - b.x, a.y - b.y - select(0u, 1u, a.x < b.x));
}

fn doubled(a: vec2<u32>) -> vec2<u32> {
  return vec2<u32>(a.x << 1u, (a.y << 1u) | (a.x >> 31u));
}

fn halved(a: vec2<u32>, times: u32) -> vec2<u32> {
  if (times == 0u) {
    return a;
  }
  if (times < 32u) {
    let low = (a.x >> times) | (a.y << (32u - times));
    return vec2<u32>(low, a.y >> times);
  }
  return vec2<u32>(a.y >> (times - 32u), 0u);
}

const one = vec2<u32>(1u, 0u);
const middle = vec2<u32>(0u, 0x80000000u);
// 2^52, the least mantissa.
const least = vec2<u32>(0u, 0x100000u);

// Ordered as the windows are: 2^63 is window 0.
fn keyOf(isNegative: bool, size: vec2<u32>) -> vec2<u32> {
  if (isNegative) {
    return minus(middle, size);
  }
  return plus(middle, size);
}

// What has no fraction any more, from 2^53 on: in the order of the float64s.
// Infinite from an exponent of 1024 on.
fn largeSize(mantissa: vec2<u32>, exponent: i32) -> vec2<u32> {
  if (exponent > 1023) {
    return vec2<u32>(0u, 0x200000u + 971u * 0x100000u);
  }
  let further = vec2<u32>(0u, 0x200000u + u32(exponent - 53) * 0x100000u);
  return plus(further, minus(mantissa, least));
}

// A number of each window that has their order; NaN is behind them all, each
// by itself. The width is width * 2^widthExponent, its mantissa of 53 bits.
fn windowKey(
  time: u32,
  hit: u32,
  width: vec2<u32>,
  widthExponent: i32,
) -> vec2<u32> {
  let isNegative = time >= 0x80000000u;
  var mantissa = time & 0x7fffffu;
  var exponent = i32((time >> 23u) & 0xffu);
  if (exponent == 255) {
    if (mantissa != 0u) {
      return vec2<u32>(hit, 0xffffffffu);
    }
    return keyOf(isNegative, largeSize(least, 1024));
  }
  if (exponent > 0) {
    mantissa |= 0x800000u;
    exponent -= 150;
  } else {
    if (mantissa == 0u) {
      return middle;
    }
    let shift = 23u - firstLeadingBit(mantissa);
    mantissa <<= shift;
    exponent = -149 - i32(shift);
  }
  // The quotient is left / width * 2^exponent, both of 53 bits.
  var left = vec2<u32>(mantissa << 29u, mantissa >> 3u);
  exponent -= 29 + widthExponent;
  if (!isAtLeast(left, width)) {
    left = doubled(left);
    exponent -= 1;
  }
  if (exponent < -1) {
    // Half of the least float64 is rounded to 0.
    let isNone = exponent < -1075 || (exponent == -1075 && all(left == width));
    return keyOf(true, select(vec2<u32>(), one, isNegative && !isNone));
  }
  var quotient = vec2<u32>();
  for (var bit = 0; bit < 53; bit++) {
    quotient = doubled(quotient);
    if (isAtLeast(left, width)) {
      left = minus(left, width);
      quotient.x |= 1u;
    }
    left = doubled(left);
  }
  let isOdd = (quotient.x & 1u) != 0u;
  if (isAtLeast(left, width) && (isOdd || any(left != width))) {
    quotient = plus(quotient, one);
    if (quotient.y == 0x200000u) {
      quotient = least;
      exponent += 1;
    }
  }
  if (exponent > 52) {
    return keyOf(isNegative, largeSize(quotient, exponent));
  }
  if (exponent < 0) {
    return keyOf(true, select(vec2<u32>(), one, isNegative));
  }
  var size = halved(quotient, u32(52 - exponent));
  var whole = size;
  for (var i = exponent; i < 52; i++) {
    whole = doubled(whole);
  }
  if (isNegative && any(whole != quotient)) {
    size = plus(size, one);
  }
  return keyOf(isNegative, size);
}
