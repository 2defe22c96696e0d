// Elementary functions of f32. WGSL leaves the accuracy of its own open: these
// are by reduction and a polynomial of least largest relative error (Remez;
// W. J. Cody and W. Waite, Software Manual for the Elementary Functions,
// 1980), mostly good to 2 units of the last place. [ELEM1]

const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -0.00021219444170128554;
const LOG2_E: f32 = 1.4426950216293335;
const QUARTERS: f32 = 0.6366197466850281;
const HALF_PI_HIGH: f32 = 1.5707963705062866;
const HALF_PI_LOW: f32 = -4.371138828673793e-8;
const PI_HIGH: f32 = 3.1415927410125732;
const PI_LOW: f32 = -8.742277657347586e-8;

// The bits of sqrt(1/2), and of 1.
const HALF_ROOT_BITS: i32 = 0x3f3504f3;
const ONE_BITS: i32 = 0x3f800000;

// (log(1 + f) - f + f^2 / 2) / f^3 for 1 + f between the roots of 1/2 and 2.
fn logTail(f: f32) -> f32 {
  return ((((((-0.07634375989437103 * f + 0.12765415012836456) * f -
    0.13162003457546234) * f + 0.14201371371746063) * f -
    0.1662314534187317) * f + 0.20001235604286194) * f -
    0.2500082552433014) * f + 0.3333333134651184;
}

// The power of two by which a number is between the roots of 1/2 and 2.
fn logScale(x: f32) -> i32 {
  return (bitcast<i32>(x) - HALF_ROOT_BITS) >> 23u;
}

// The natural logarithm; of zero and below -FAR. [ELEM2]
fn rLog(x: f32) -> f32 {
  let scale = logScale(x);
  let f = bitcast<f32>(bitcast<i32>(x) - (scale << 23u)) - 1.0;
  let e = f32(scale);
  let square = f * f;
  let tail = f * square * logTail(f) + e * LN2_LOW;
  let log = e * LN2_HIGH + (f - (0.5 * square - tail));
  return select(-FAR, log, x > 0.0);
}

// Below -87.3 zero, above 88 as of 88. [ELEM3]
fn rExp(x: f32) -> f32 {
  let within = clamp(x, -87.3, 88.0);
  let n = floor(within * LOG2_E + 0.5);
  let r = exactly(within - n * LN2_HIGH) - n * LN2_LOW;
  let tail = (((0.0013814325211569667 * r + 0.008368851616978645) * r +
    0.041668400168418884) * r + 0.1666651964187622) * r +
    0.4999999403953552;
  let exp = 1.0 + (r + r * r * tail);
  let power = bitcast<f32>((i32(n) << 23u) + ONE_BITS);
  return select(0.0, exp * power, x >= -87.3);
}

// What is left of an angle by the nearest quarter of a turn, and the number
// of that quarter.
fn quarterTurn(x: f32) -> vec2<f32> {
  let n = floor(x * QUARTERS + 0.5);
  let turned = exactly(n * HALF_PI_HIGH);
  let error = productError(n, HALF_PI_HIGH, turned) + n * HALF_PI_LOW;
  return vec2<f32>(clamp(exactly(x - turned) - error, -0.8, 0.8), n);
}

fn sinPart(r: f32) -> f32 {
  let z = r * r;
  return r + r * z * ((-0.0001951463200384751 * z +
    0.008332155644893646) * z - 0.16666655242443085);
}

fn cosPart(r: f32) -> f32 {
  let z = r * r;
  return (1.0 - 0.5 * z) + z * z * ((0.00002443241282890085 * z -
    0.0013887309469282627) * z + 0.04166664555668831);
}

// For |x| up to 1e5; a number for any. [ELEM4]
fn rSin(x: f32) -> f32 {
  let angle = quarterTurn(x);
  let quarter = i32(angle.y);
  let part = select(
    sinPart(angle.x), cosPart(angle.x), (quarter & 1) == 1,
  );
  return select(part, -part, (quarter & 2) == 2);
}

fn rCos(x: f32) -> f32 {
  let angle = quarterTurn(x);
  let quarter = i32(angle.y);
  let part = select(
    cosPart(angle.x), sinPart(angle.x), (quarter & 1) == 1,
  );
  return select(part, -part, ((quarter + 1) & 2) == 2);
}

// For |x| up to 1: by the arc sine of x, or of the root of (1 - |x|) / 2.
// [ELEM5]
fn rAcos(x: f32) -> f32 {
  let isSmall = abs(x) <= 0.5;
  let z = select(0.5 * (1.0 - min(abs(x), 1.0)), x * x, isSmall);
  let s = select(sqrt(z), x, isSmall);
  let tail = s * z * ((((0.04216628894209862 * z +
    0.024179531261324883) * z + 0.04547037184238434) * z +
    0.07495297491550446) * z + 0.16666752099990845);
  let near = 2.0 * (s + tail);
  let far = select(near, PI_HIGH - (near - PI_LOW), x < 0.0);
  return select(far, HALF_PI_HIGH - (s + (tail - HALF_PI_LOW)), isSmall);
}

// By two of Halley's steps from a third of the exponent. [ELEM6]
fn rCbrt(x: f32) -> f32 {
  let size = abs(x);
  var y = bitcast<f32>(bitcast<u32>(size) / 3u + 709954000u);
  for (var step = 0; step < 2; step++) {
    let cube = y * y * y;
    y -= y * ((cube - size) / (2.0 * cube + size));
  }
  return select(0.0, select(y, -y, x < 0.0), size > 0.0);
}

// base to the exponent, base >= 0: the logarithm as a sum of two f32. [ELEM7]
fn rPow(base: f32, exponent: f32) -> f32 {
  let scale = logScale(base);
  let f = bitcast<f32>(bitcast<i32>(base) - (scale << 23u)) - 1.0;
  let e = f32(scale);
  let square = exactly(f * f);
  let error = squareError(f, square);
  let whole = e * LN2_HIGH;
  let sum = exactly(whole + f);
  let most = exactly(sum - 0.5 * square);
  let lost = (f - exactly(sum - whole)) +
    (exactly(sum - most) - 0.5 * square);
  let tail = lost - 0.5 * error + (f * square * logTail(f) + e * LN2_LOW);
  let high = exactly(most + tail);
  let low = tail - exactly(high - most);
  let product = exactly(exponent * high);
  let rest = productError(exponent, high, product) + exponent * low;
  let power = rExp(product);
  let result = select(power + power * rest, 0.0, power == 0.0);
  return select(
    select(1.0, 0.0, exponent > 0.0), result, base > 0.0,
  );
}

// The angle of the point (x, y), in (-pi, pi]; of the origin 0. [ELEM8]
fn rAtan2(y: f32, x: f32) -> f32 {
  let most = max(abs(x), abs(y));
  let least = min(abs(x), abs(y));
  let isWide = least > 0.41421357 * most;
  let above = select(least, least - most, isWide);
  let below = select(most, least + most, isWide);
  let t = above / select(1.0, below, below > 0.0);
  let z = t * t;
  let tail = t * z * ((((-0.060736142098903656 * z +
    0.10592079907655716) * z - 0.14243310689926147) * z +
    0.199984610080719) * z - 0.33333316445350647);
  let steep = abs(y) > abs(x);
  // The angle is a whole number of eighths of a turn, more or less t.
  let eighths = select(0.0, 1.0, isWide);
  let first = select(eighths, 2.0 - eighths, steep);
  let flips = steep != (x < 0.0);
  let count = select(first, 4.0 - first, x < 0.0);
  let side = select(t, -t, flips);
  let rest = select(tail, -tail, flips) + count * (0.25 * PI_LOW);
  let angle = count * (0.25 * PI_HIGH) + (side + rest);
  return select(angle, -angle, y < 0.0);
}
