// What tells hits that are merged from those that are not: event, sensor and
// window, as four words by which they are sorted. With window.wgsl.

struct Merging {
  hits: u32,
  // First photons of the events after the first one.
  starts: u32,
  // Words of a row, and where in it time and identity are.
  words: u32,
  time: u32,
  identity: u32,
  identityMask: u32,
  widthExponent: i32,
  widthLow: u32,
  widthHigh: u32,
}

@group(0) @binding(0) var<uniform> merging: Merging;
// The number in the batch of the photon that each hit comes from.
@group(0) @binding(1) var<storage, read> photons: array<u32>;
// Rows of the form that is merged; the hits themselves, or lite ones of them.
@group(0) @binding(2) var<storage, read> rows: array<u32>;
@group(0) @binding(3) var<storage, read> places: array<u32>;
// Numbers in the batch of the first photons of events.
@group(0) @binding(4) var<storage, read> starts: array<u32>;
@group(0) @binding(5) var<storage, read_write> keys: array<vec4<u32>>;
@group(0) @binding(6) var<storage, read_write> sorted: array<u32>;
// Bits that are 1 in a key, then those that are 0 in one.
@group(0) @binding(7) var<storage, read_write> seen: array<atomic<u32>, 8>;

const threads = 64u;

var<workgroup> seenHere: array<atomic<u32>, 8>;

// How many events begin at a photon or before it, but for the first event.
fn eventOf(photon: u32) -> u32 {
  var low = 0u;
  var high = merging.starts;
  while (low < high) {
    let half = (low + high) / 2u;
    if (starts[half] <= photon) {
      low = half + 1u;
    } else {
      high = half;
    }
  }
  return low;
}

fn keyAt(place: u32) -> vec4<u32> {
  let hit = places[place];
  let row = hit * merging.words;
  let window = windowKey(
    rows[row + merging.time],
    place,
    vec2<u32>(merging.widthLow, merging.widthHigh),
    merging.widthExponent,
  );
  let sensor = rows[row + merging.identity] & merging.identityMask;
  return vec4<u32>(window, sensor, eventOf(photons[hit]));
}

@compute @workgroup_size(threads)
fn makeKeys(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) thread: u32,
) {
  var ones = vec4<u32>();
  var zeros = vec4<u32>();
  for (var place = id.x; place < merging.hits; place += groups.x * threads) {
    let key = keyAt(place);
    keys[place] = key;
    sorted[place] = place;
    ones |= key;
    zeros |= ~key;
  }
  for (var word = 0u; word < 4u; word++) {
    atomicOr(&seenHere[word], ones[word]);
    atomicOr(&seenHere[4u + word], zeros[word]);
  }
  workgroupBarrier();
  if (thread < 8u) {
    atomicOr(&seen[thread], atomicLoad(&seenHere[thread]));
  }
}
