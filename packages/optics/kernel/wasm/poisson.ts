// Numbers of the Poisson distribution.

import { draw } from './philox';

// Means above are drawn in parts: a sum of Poisson numbers is one. e^-16 is
// well within the steps of a draw's 2^-32.
const LARGEST_PART: f64 = 16;
const MOST: i32 = 200;

// A count of this mean. Draws: one for each 16 of the mean. [BULK8]
export function drawPoisson(mean: f64): i32 {
  let count = 0;
  let rest = mean;
  while (rest > LARGEST_PART) {
    count += countBelow(LARGEST_PART, draw());
    rest -= LARGEST_PART;
  }
  return rest > 0.0 ? count + countBelow(rest, draw()) : count;
}

// The inverse of the cumulative distribution, by adding up its terms.
function countBelow(mean: f64, u: f64): i32 {
  let term = Math.exp(-mean);
  let sum = term;
  let count = 0;
  while (u > sum && count < MOST) {
    count++;
    term *= mean / <f64>count;
    sum += term;
  }
  return count;
}
