// Made by tools/emit-wgsl.mjs of kernel/wasm/poisson.ts.

// Numbers of the Poisson distribution.

// Means above are drawn in parts: a sum of Poisson numbers is one. e^-16 is
// well within the steps of a draw's 2^-32.
const LARGEST_PART: f32 = 16.0;
const poisson_MOST: i32 = 200;

// A count of this mean. Draws: one for each 16 of the mean. [BULK8]
fn drawPoisson(mean: f32) -> i32 {
  var count: i32 = 0;
  var rest = mean;
  while (rest > LARGEST_PART) {
    count += countBelow(LARGEST_PART, draw());
    rest -= LARGEST_PART;
  }
  var t1_: i32;
  if (rest > 0.0) {
    t1_ = count + countBelow(rest, draw());
  } else {
    t1_ = count;
  }
  return t1_;
}

// The inverse of the cumulative distribution, by adding up its terms.
fn countBelow(mean: f32, u: f32) -> i32 {
  var term = rExp(-mean);
  var sum = term;
  var count: i32 = 0;
  while (u > sum && count < poisson_MOST) {
    count++;
    term *= mean / f32(count);
    sum += term;
  }
  return count;
}
