// Sorts by keys of four words, the first the least: four bits at a time, where
// the keys differ in them. Each workgroup has a tile of 1024, and each thread 16
// of them, so that equal ones keep their order.

struct Digit {
  word: u32,
  shift: u32,
  number: u32,
}

@group(0) @binding(0) var<uniform> count: u32;
@group(0) @binding(1) var<uniform> digit: Digit;
@group(0) @binding(2) var<storage, read> keys: array<u32>;
// Two of them: each digit takes from one and puts into the other.
@group(0) @binding(3) var<storage, read_write> sorted: array<u32>;
// How many of each digit there are in each tile, digit by digit; then where the
// first of them goes.
@group(0) @binding(4) var<storage, read_write> tileCounts: array<u32>;
// Which of the two has them before each digit.
@group(0) @binding(5) var<storage, read> sides: array<u32>;

const threads = 64u;
const each = 16u;
const tileSize = 1024u;
const digits = 16u;

// Two digits in a word, 16 bits each; by pairs of digits, then by thread.
var<workgroup> counts: array<u32, 512>;
const pairs = digits / 2u;

fn digitOf(item: u32) -> u32 {
  return (keys[item * 4u + digit.word] >> digit.shift) & 15u;
}

fn shiftOf(d: u32) -> u32 {
  return (d & 1u) * 16u;
}

fn countOwn(tile: u32, thread: u32) {
  for (var pair = 0u; pair < pairs; pair++) {
    counts[pair * threads + thread] = 0u;
  }
  let begin = sides[digit.number] * count;
  let start = tile * tileSize + thread * each;
  let end = min(count, start + each);
  for (var i = start; i < end; i++) {
    let d = digitOf(sorted[begin + i]);
    counts[(d >> 1u) * threads + thread] += 1u << shiftOf(d);
  }
}

// Puts the sums of the threads before in the place of the counts.
fn sumThreads(pair: u32) -> u32 {
  var sum = 0u;
  for (var other = 0u; other < threads; other++) {
    let own = counts[pair * threads + other];
    counts[pair * threads + other] = sum;
    sum += own;
  }
  return sum;
}

@compute @workgroup_size(threads)
fn countDigits(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) thread: u32,
) {
  countOwn(group.x, thread);
  workgroupBarrier();
  if (thread < pairs) {
    let sum = sumThreads(thread);
    tileCounts[2u * thread * groups.x + group.x] = sum & 0xffffu;
    tileCounts[(2u * thread + 1u) * groups.x + group.x] = sum >> 16u;
  }
}

@compute @workgroup_size(threads)
fn moveByDigit(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) thread: u32,
) {
  countOwn(group.x, thread);
  workgroupBarrier();
  if (thread < pairs) {
    _ = sumThreads(thread);
  }
  workgroupBarrier();
  let side = sides[digit.number];
  let start = group.x * tileSize + thread * each;
  let end = min(count, start + each);
  for (var i = start; i < end; i++) {
    let item = sorted[side * count + i];
    let d = digitOf(item);
    let at = (d >> 1u) * threads + thread;
    let place = (counts[at] >> shiftOf(d)) & 0xffffu;
    counts[at] += 1u << shiftOf(d);
    sorted[(1u - side) * count + tileCounts[d * groups.x + group.x] + place] =
      item;
  }
}
