// Hits in the order of their photons without sorting: a photon has one hit at
// most, so a bit for each photon of the batch, and the number of bits before it
// is the place of its hit.

struct Batch {
  hits: u32,
  // Low word of the number of the first photon, and how many there are.
  first: u32,
  photons: u32,
}

@group(0) @binding(0) var<uniform> batch: Batch;
@group(0) @binding(1) var<storage, read> hits: array<u32>;
@group(0) @binding(2) var<storage, read_write> bits: array<atomic<u32>>;
@group(0) @binding(3) var<storage, read_write> before: array<u32>;
// The hit at each place.
@group(0) @binding(4) var<storage, read_write> places: array<u32>;
@group(0) @binding(5) var<storage, read_write> faults: atomic<u32>;
// The number in the batch of each hit's photon.
@group(0) @binding(6) var<storage, read_write> photons: array<u32>;

const threads = 256u;
const rowWords = 16u;
const indexWord = 14u;

// Its number in the batch.
fn photonOf(hit: u32) -> u32 {
  return hits[hit * rowWords + indexWord] - batch.first;
}

// A hit of no photon of the batch, or a second one of a photon, is a fault.
@compute @workgroup_size(threads)
fn mark(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  for (var hit = id.x; hit < batch.hits; hit += groups.x * threads) {
    let photon = photonOf(hit);
    let bit = 1u << (photon & 31u);
    var known = bit;
    if (photon < batch.photons) {
      known = atomicOr(&bits[photon >> 5u], bit) & bit;
    }
    if (known != 0u) {
      atomicAdd(&faults, 1u);
    }
  }
}

@compute @workgroup_size(threads)
fn countBits(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let words = (batch.photons + 31u) / 32u;
  for (var word = id.x; word < words; word += groups.x * threads) {
    before[word] = countOneBits(atomicLoad(&bits[word]));
  }
}

@compute @workgroup_size(threads)
fn place(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  for (var hit = id.x; hit < batch.hits; hit += groups.x * threads) {
    let photon = photonOf(hit);
    photons[hit] = photon;
    if (photon < batch.photons) {
      let word = atomicLoad(&bits[photon >> 5u]);
      let below = word & ((1u << (photon & 31u)) - 1u);
      places[before[photon >> 5u] + countOneBits(below)] = hit;
    }
  }
}
