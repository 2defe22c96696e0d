// Children of a batch (children.ts) in the order of the photons that they
// descend from and of their making, and the hits among them. The kernel has
// left them in slots, in any order: the photon's number in the batch, its own
// among the descendants, its row.

struct Children {
  count: u32,
  // Words: where the first slot is, and from one to the next.
  slotsAt: u32,
  slotWords: u32,
  // The digit after the last: which side of `sorted` they are on.
  digits: u32,
}

@group(0) @binding(0) var<uniform> children: Children;
@group(0) @binding(1) var<storage, read> kept: array<u32>;
@group(0) @binding(2) var<storage, read_write> keys: array<vec4<u32>>;
@group(0) @binding(3) var<storage, read_write> sorted: array<u32>;
// Bits that are 1 in a key, then those that are 0 in one.
@group(0) @binding(4) var<storage, read_write> seen: array<atomic<u32>, 8>;
@group(0) @binding(5) var<storage, read> sides: array<u32>;
// The photon of each child, in their order.
@group(0) @binding(6) var<storage, read_write> parents: array<u32>;
// 1 for a hit; summed, its place among the hits. One more than children.
@group(0) @binding(7) var<storage, read_write> hitsBefore: array<u32>;
@group(0) @binding(8) var<storage, read_write> hits: array<u32>;
@group(0) @binding(9) var<storage, read_write> places: array<u32>;
// The photon of each hit.
@group(0) @binding(10) var<storage, read_write> photons: array<u32>;

const threads = 64u;
const rowWords = 16u;
const headWords = 2u;
const flagWord = 12u;
const identityWord = 13u;
const indexWord = 14u;
const detected = 0x40u;

var<workgroup> seenHere: array<atomic<u32>, 4>;

fn slotOf(child: u32) -> u32 {
  return children.slotsAt + child * children.slotWords;
}

fn childAt(place: u32) -> u32 {
  return sorted[sides[children.digits] * children.count + place];
}

@compute @workgroup_size(threads)
fn makeChildKeys(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) thread: u32,
) {
  var ones = vec2<u32>();
  var zeros = vec2<u32>();
  for (var i = id.x; i < children.count; i += groups.x * threads) {
    let slot = slotOf(i);
    let key = vec2<u32>(kept[slot + 1u], kept[slot]);
    keys[i] = vec4<u32>(key, 0u, 0u);
    sorted[i] = i;
    ones |= key;
    zeros |= ~key;
  }
  for (var word = 0u; word < 2u; word++) {
    atomicOr(&seenHere[word], ones[word]);
    atomicOr(&seenHere[2u + word], zeros[word]);
  }
  workgroupBarrier();
  if (thread < 4u) {
    let bits = atomicLoad(&seenHere[thread]);
    atomicOr(&seen[(thread / 2u) * 4u + thread % 2u], bits);
  }
}

@compute @workgroup_size(threads)
fn markHits(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  for (var i = id.x; i < children.count; i += groups.x * threads) {
    let slot = slotOf(childAt(i));
    parents[i] = kept[slot];
    let flag = kept[slot + headWords + flagWord] & 0xffffu;
    hitsBefore[i] = select(0u, 1u, flag == detected);
  }
  if (id.x == 0u) {
    hitsBefore[children.count] = 0u;
  }
}

// A child's index is its place among the children of the batch, until it gets
// its number.
@compute @workgroup_size(threads)
fn takeHits(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  for (var i = id.x; i < children.count; i += groups.x * threads) {
    let hit = hitsBefore[i];
    if (hitsBefore[i + 1u] == hit) {
      continue;
    }
    let slot = slotOf(childAt(i));
    for (var word = 0u; word < rowWords; word++) {
      hits[hit * rowWords + word] = kept[slot + headWords + word];
    }
    hits[hit * rowWords + identityWord] &= 0xffffffu;
    hits[hit * rowWords + indexWord] = i;
    places[hit] = hit;
    photons[hit] = kept[slot];
  }
}
