// Random numbers by counter: Philox4x32-10 of Salmon, Moraes, Dror and Shaw,
// SC11. The key is the seed, the counter (block, item low, item high, stream):
// the same numbers as RandomStream of @lantern/units. [RNG1] [RNG2] [RNG4]

const MULTIPLIER_0: u32 = 0xd2511f53u;
const MULTIPLIER_1: u32 = 0xcd9e8d57u;
const WEYL_0: u32 = 0x9e3779b9u;
const WEYL_1: u32 = 0xbb67ae85u;
const ROUNDS: i32 = 10;

// The f32 below 1.
const ALMOST_ONE: f32 = 0.99999994;

// The four words of the block that is being used up.
var<private> words: vec4<u32>;

var<private> seed0: u32 = 0u;
var<private> seed1: u32 = 0u;
var<private> item0: u32 = 0u;
var<private> item1: u32 = 0u;
var<private> purpose: u32 = 0u;

// How many numbers of the stream have been drawn.
var<private> draws: u32 = 0u;

// The seed of all streams.
fn seedStream(seedLo: u32, seedHi: u32) {
  seed0 = seedLo;
  seed1 = seedHi;
}

// The first number of a stream of an item is next (stream 0: the photon's
// life, 1: its making).
fn beginStream(indexLo: u32, indexHi: u32, stream: u32) {
  item0 = indexLo;
  item1 = indexHi;
  purpose = stream;
  draws = 0u;
}

// The stream that was begun goes on behind the numbers drawn before.
fn resumeStream(drawn: u32) {
  draws = drawn;
  if ((drawn & 3u) != 0u) {
    fillBlock(drawn >> 2u);
  }
}

// The upper 32 of the 64 bits of a product, from its four parts of 16 bits.
fn upperProduct(a: u32, b: u32) -> u32 {
  let a0 = a & 0xffffu;
  let a1 = a >> 16u;
  let b0 = b & 0xffffu;
  let b1 = b >> 16u;
  let middle = a1 * b0 + ((a0 * b0) >> 16u);
  let other = a0 * b1 + (middle & 0xffffu);
  return a1 * b1 + (middle >> 16u) + (other >> 16u);
}

fn fillBlock(block: u32) {
  var c = vec4<u32>(block, item0, item1, purpose);
  var k0 = seed0;
  var k1 = seed1;
  for (var round = 0; round < ROUNDS; round++) {
    let upper0 = upperProduct(MULTIPLIER_0, c.x);
    let upper1 = upperProduct(MULTIPLIER_1, c.z);
    c = vec4<u32>(
      upper1 ^ c.y ^ k0, MULTIPLIER_1 * c.z,
      upper0 ^ c.w ^ k1, MULTIPLIER_0 * c.x,
    );
    k0 += WEYL_0;
    k1 += WEYL_1;
  }
  words = c;
}

// The next word of the stream.
fn drawWord() -> u32 {
  let lane = draws & 3u;
  if (lane == 0u) {
    fillBlock(draws >> 2u);
  }
  draws++;
  // A vector that is indexed lies in memory.
  let pair = select(words.xy, words.zw, lane >= 2u);
  return select(pair.x, pair.y, (lane & 1u) != 0u);
}

// The next number in (0, 1), never 0 nor 1: the f32 next to that of f64.
fn draw() -> f32 {
  let word = drawWord();
  let upper = f32(word >> 8u) * 5.9604644775390625e-8;
  let lower = (f32(word & 0xffu) + 0.5) * 2.3283064365386963e-10;
  return min(upper + lower, ALMOST_ONE);
}
