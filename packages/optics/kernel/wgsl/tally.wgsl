// What became of the photons: counters in the order of tallyFields. Those of
// a workgroup are together, for each batch that a launch takes photons of, and
// go to the host's at the end of a launch.

const TALLY_FIELDS: u32 = u32(TALLY_SIZE) / 8u;
const TALLY_WORDS: u32 = 2u * TALLY_FIELDS;

var<workgroup> tally: array<atomic<u32>, TALLY_WORDS * MOST_FRESH>;

// Whether the photon began in a material without an index.
var<private> startedDark: bool = false;

// Adds a number of 64 bits; a counter has two words, low and high. Photons of
// batches that have been taken before are few: theirs are counted at once.
fn add(counter: i32, low: u32, high: u32) {
  let at = u32(counter) / 4u;
  let own = settings.batches[photonBatch].tally;
  if (own != NOBODY) {
    let place = own * TALLY_WORDS + at;
    let before = atomicAdd(&tally[place], low);
    let carried = high + select(0u, 1u, before + low < before);
    if (carried != 0u) {
      atomicAdd(&tally[place + 1u], carried);
    }
  } else {
    addToHosts(batchCounter(COUNTER_TALLY) + at, low, high);
  }
}

fn addToHosts(place: u32, low: u32, high: u32) {
  let before = atomicAdd(&counters[place], low);
  let carried = high + select(0u, 1u, before + low < before);
  if (carried != 0u) {
    atomicAdd(&counters[place + 1u], carried);
  }
}

fn one(counter: i32) -> u32 {
  return 1u << (u32(counter) / 8u);
}

// A photon that came to its end, after so many steps. All is added in one
// place.
fn countEnd(end: u32, steps: i32) {
  var ones = one(TALLY_PHOTONS);
  if (end == FLAG_BULK_ABSORB) {
    ones |= one(TALLY_ABSORBED);
  } else if (end == FLAG_SURFACE_DETECT) {
    ones |= one(TALLY_DETECTED);
  } else if (end == FLAG_SURFACE_ABSORB) {
    ones |= one(TALLY_SURFACE_ABSORBED);
  } else if (end == FLAG_MISS) {
    ones |= one(TALLY_LEFT_WORLD);
  } else {
    ones |= one(TALLY_TRUNCATED);
  }
  ones |= select(0u, one(TALLY_LOST), end == FLAG_NAN_ABORT);
  ones |= select(0u, one(TALLY_STARTED_DARK), startedDark);
  if ((flagMask & HISTORIES) != 0u) {
    ones |= countHistories(flagMask);
  }
  var hash = hashRow();
  if (child != NOBODY) {
    ones |= one(TALLY_CHILDREN);
    hash = hashChild(hash, childOrdinal);
  }
  ones |= one(TALLY_STEPS) | one(TALLY_DRAWS) | one(TALLY_DIGEST);
  while (ones != 0u) {
    let counter = i32(8u * firstTrailingBit(ones));
    ones &= ones - 1u;
    var number = vec2<u32>(1u, 0u);
    if (counter == TALLY_STEPS) {
      number.x = u32(steps);
    } else if (counter == TALLY_DRAWS) {
      number.x = draws;
    } else if (counter == TALLY_DIGEST) {
      number = hash;
    }
    add(counter, number.x, number.y);
  }
}

// What photons may have gone through on their way to their end.
const HISTORIES: u32 = FLAG_BULK_SCATTER | FLAG_BOUNDARY_TRANSMIT |
  FLAG_BOUNDARY_REFLECT | FLAG_SURFACE_DREFLECT | FLAG_SURFACE_SREFLECT |
  FLAG_BULK_REEMIT;

fn countHistories(mask: u32) -> u32 {
  return select(0u, one(TALLY_SCATTERED), (mask & FLAG_BULK_SCATTER) != 0u) |
    select(0u, one(TALLY_REFRACTED), (mask & FLAG_BOUNDARY_TRANSMIT) != 0u) |
    select(0u, one(TALLY_REFLECTED), (mask & FLAG_BOUNDARY_REFLECT) != 0u) |
    select(0u, one(TALLY_DIFFUSE), (mask & FLAG_SURFACE_DREFLECT) != 0u) |
    select(0u, one(TALLY_SPECULAR), (mask & FLAG_SURFACE_SREFLECT) != 0u) |
    select(0u, one(TALLY_SHIFTED), (mask & FLAG_BULK_REEMIT) != 0u);
}

// What one thread of a workgroup brings to the host's tally: counters that no
// other thread of it does.
fn deliverTally(lane: u32) {
  let fields = settings.freshBatches * TALLY_FIELDS;
  for (var field = lane; field < fields; field += WORKGROUP) {
    let low = atomicLoad(&tally[2u * field]);
    let high = atomicLoad(&tally[2u * field + 1u]);
    if (low == 0u && high == 0u) {
      continue;
    }
    let own = field / TALLY_FIELDS;
    photonBatch = settings.fresh[own >> 2u][own & 3u];
    let at = 2u * (field % TALLY_FIELDS);
    addToHosts(batchCounter(COUNTER_TALLY) + at, low, high);
  }
}
