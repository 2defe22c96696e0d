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

// By digit, then by thread.
var<workgroup> counts: array<u32, 1024>;

fn digitOf(item: u32) -> u32 {
  return (keys[item * 4u + digit.word] >> digit.shift) & 15u;
}

fn countOwn(tile: u32, thread: u32) {
  for (var d = 0u; d < digits; d++) {
    counts[d * threads + thread] = 0u;
  }
  let begin = sides[digit.number] * count;
  let start = tile * tileSize + thread * each;
  let end = min(count, start + each);
  for (var i = start; i < end; i++) {
    counts[digitOf(sorted[begin + i]) * threads + thread] += 1u;
  }
}

@compute @workgroup_size(threads)
fn countDigits(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) thread: u32,
) {
  countOwn(group.x, thread);
  workgroupBarrier();
  if (thread < digits) {
    var sum = 0u;
    for (var other = 0u; other < threads; other++) {
      sum += counts[thread * threads + other];
    }
    tileCounts[thread * groups.x + group.x] = sum;
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
  if (thread < digits) {
    var place = tileCounts[thread * groups.x + group.x];
    for (var other = 0u; other < threads; other++) {
      let own = counts[thread * threads + other];
      counts[thread * threads + other] = place;
      place += own;
    }
  }
  workgroupBarrier();
  let side = sides[digit.number];
  let start = group.x * tileSize + thread * each;
  let end = min(count, start + each);
  for (var i = start; i < end; i++) {
    let item = sorted[side * count + i];
    let at = digitOf(item) * threads + thread;
    sorted[(1u - side) * count + counts[at]] = item;
    counts[at] += 1u;
  }
}
