// Random numbers by counter: Philox4x32-10 of Salmon, Moraes, Dror and Shaw,
// SC11. The key is the seed, the counter (block, item low, item high, stream):
// the same numbers as RandomStream of @lantern/units. [RNG1] [RNG2]

const MULTIPLIER_0: u64 = 0xd2511f53;
const MULTIPLIER_1: u64 = 0xcd9e8d57;
const WEYL_0: u32 = 0x9e3779b9;
const WEYL_1: u32 = 0xbb67ae85;
const ROUNDS: i32 = 10;

// The four words of the block that is being used up.
const words: usize = memory.data(16, 16);

let seed0: u32 = 0;
let seed1: u32 = 0;
let item0: u32 = 0;
let item1: u32 = 0;
let purpose: u32 = 0;

// How many numbers of the stream have been drawn.
export let draws: u32 = 0;

// The seed of all streams.
export function seedStream(seedLo: u32, seedHi: u32): void {
  seed0 = seedLo;
  seed1 = seedHi;
}

// The first number of a stream of an item is next (stream 0: the photon's
// life, 1: its making).
export function beginStream(indexLo: u32, indexHi: u32, stream: u32): void {
  item0 = indexLo;
  item1 = indexHi;
  purpose = stream;
  draws = 0;
}

function fillBlock(block: u32): void {
  let c0 = block;
  let c1 = item0;
  let c2 = item1;
  let c3 = purpose;
  let k0 = seed0;
  let k1 = seed1;
  // Two rounds at a time: nothing has to be moved about.
  for (let round = 0; round < ROUNDS; round += 2) {
    const p0 = MULTIPLIER_0 * <u64>c0;
    const p1 = MULTIPLIER_1 * <u64>c2;
    const q0 = MULTIPLIER_0 * <u64>(<u32>(p1 >> 32) ^ c1 ^ k0);
    const q1 = MULTIPLIER_1 * <u64>(<u32>(p0 >> 32) ^ c3 ^ k1);
    c0 = <u32>(q1 >> 32) ^ <u32>p1 ^ (k0 + WEYL_0);
    c1 = <u32>q1;
    c2 = <u32>(q0 >> 32) ^ <u32>p0 ^ (k1 + WEYL_1);
    c3 = <u32>q0;
    k0 += 2 * WEYL_0;
    k1 += 2 * WEYL_1;
  }
  store<u32>(words, c0);
  store<u32>(words, c1, 4);
  store<u32>(words, c2, 8);
  store<u32>(words, c3, 12);
}

// The next word of the stream.
@inline export function drawWord(): u32 {
  const lane = draws & 3;
  if (lane == 0) fillBlock(draws >> 2);
  draws++;
  return load<u32>(words + (<usize>lane << 2));
}

// The next number in (0, 1), never 0 nor 1.
export function draw(): f64 {
  return (<f64>drawWord() + 0.5) * 2.3283064365386963e-10;
}
