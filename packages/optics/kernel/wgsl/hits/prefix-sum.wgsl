// Sums of all numbers before each, in place: the places of things that are
// counted. Blocks of 1024 by themselves, then the sums of the blocks.

@group(0) @binding(0) var<uniform> count: u32;
@group(0) @binding(1) var<storage, read_write> numbers: array<u32>;
// One more than there are blocks; the last one is the sum of all.
@group(0) @binding(2) var<storage, read_write> blockSums: array<u32>;

const threads = 256u;
const each = 4u;
const blockSize = 1024u;

var<workgroup> sums: array<u32, threads>;

// The sum of what the threads below this one have.
fn sumBelow(thread: u32, own: u32) -> u32 {
  sums[thread] = own;
  for (var step = 1u; step < threads; step *= 2u) {
    workgroupBarrier();
    var below = 0u;
    if (thread >= step) {
      below = sums[thread - step];
    }
    workgroupBarrier();
    sums[thread] += below;
  }
  workgroupBarrier();
  return sums[thread] - own;
}

@compute @workgroup_size(threads)
fn sumBlocks(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) thread: u32,
) {
  let blocks = (count + blockSize - 1u) / blockSize;
  for (var block = group.x; block < blocks; block += groups.x) {
    let start = block * blockSize + thread * each;
    let end = min(count, start + each);
    var own = 0u;
    for (var i = start; i < end; i++) {
      own += numbers[i];
    }
    var sum = sumBelow(thread, own);
    for (var i = start; i < end; i++) {
      let number = numbers[i];
      numbers[i] = sum;
      sum += number;
    }
    if (thread == threads - 1u) {
      blockSums[block] = sum;
    }
    workgroupBarrier();
  }
}

// One workgroup. Also for few numbers that need no blocks: `blockSums` alone.
@compute @workgroup_size(threads)
fn sumSums(@builtin(local_invocation_index) thread: u32) {
  let blocks = (count + blockSize - 1u) / blockSize;
  var before = 0u;
  for (var begin = 0u; begin < blocks; begin += blockSize) {
    let start = begin + thread * each;
    let end = min(blocks, start + each);
    var own = 0u;
    for (var i = start; i < end; i++) {
      own += blockSums[i];
    }
    var sum = before + sumBelow(thread, own);
    before += sums[threads - 1u];
    for (var i = start; i < end; i++) {
      let number = blockSums[i];
      blockSums[i] = sum;
      sum += number;
    }
    workgroupBarrier();
  }
  if (thread == 0u) {
    blockSums[blocks] = before;
  }
}

@compute @workgroup_size(threads)
fn addSums(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  for (var i = id.x; i < count; i += groups.x * threads) {
    numbers[i] += blockSums[i / blockSize];
  }
}
