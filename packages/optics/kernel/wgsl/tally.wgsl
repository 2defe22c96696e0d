// What became of the photons: counters in the order of tallyFields. Those of
// a workgroup are together, and go to the host's at the end of a launch.

const TALLY_WORDS: u32 = u32(TALLY_SIZE) / 4u;

var<workgroup> tally: array<atomic<u32>, TALLY_WORDS>;

// Counts up to 2^32 - 1 at a time; a counter has two words, low and high.
fn add(counter: i32, n: u32) {
  addWords(counter, n, 0u);
}

// Adds a number of 64 bits.
fn addWords(counter: i32, low: u32, high: u32) {
  let at = u32(counter) / 4u;
  let before = atomicAdd(&tally[at], low);
  let carried = high + select(0u, 1u, before + low < before);
  if (carried != 0u) {
    atomicAdd(&tally[at + 1u], carried);
  }
}

// A photon that came to its end, after so many steps.
fn countEnd(end: u32, steps: i32) {
  add(TALLY_PHOTONS, 1u);
  add(TALLY_STEPS, u32(steps));
  add(TALLY_DRAWS, draws);
  if (end == FLAG_BULK_ABSORB) {
    add(TALLY_ABSORBED, 1u);
  } else if (end == FLAG_SURFACE_DETECT) {
    add(TALLY_DETECTED, 1u);
  } else if (end == FLAG_SURFACE_ABSORB) {
    add(TALLY_SURFACE_ABSORBED, 1u);
  } else if (end == FLAG_MISS) {
    add(TALLY_LEFT_WORLD, 1u);
  } else {
    add(TALLY_TRUNCATED, 1u);
  }
  if (end == FLAG_NAN_ABORT) {
    add(TALLY_LOST, 1u);
  }
  if ((flagMask & HISTORIES) != 0u) {
    countHistories(flagMask);
  }
}

// What photons may have gone through on their way to their end.
const HISTORIES: u32 = FLAG_BULK_SCATTER | FLAG_BOUNDARY_TRANSMIT |
  FLAG_BOUNDARY_REFLECT | FLAG_SURFACE_DREFLECT | FLAG_SURFACE_SREFLECT |
  FLAG_BULK_REEMIT;

fn countHistories(mask: u32) {
  if ((mask & FLAG_BULK_SCATTER) != 0u) {
    add(TALLY_SCATTERED, 1u);
  }
  if ((mask & FLAG_BOUNDARY_TRANSMIT) != 0u) {
    add(TALLY_REFRACTED, 1u);
  }
  if ((mask & FLAG_BOUNDARY_REFLECT) != 0u) {
    add(TALLY_REFLECTED, 1u);
  }
  if ((mask & FLAG_SURFACE_DREFLECT) != 0u) {
    add(TALLY_DIFFUSE, 1u);
  }
  if ((mask & FLAG_SURFACE_SREFLECT) != 0u) {
    add(TALLY_SPECULAR, 1u);
  }
  if ((mask & FLAG_BULK_REEMIT) != 0u) {
    add(TALLY_SHIFTED, 1u);
  }
}

// What one thread of a workgroup brings to the host's tally: counters that no
// other thread of it does.
fn deliverTally(lane: u32) {
  for (var at = 2u * lane; at < TALLY_WORDS; at += 2u * WORKGROUP) {
    let low = atomicLoad(&tally[at]);
    let high = atomicLoad(&tally[at + 1u]);
    if (low == 0u && high == 0u) {
      continue;
    }
    let place = COUNTER_TALLY + at;
    let before = atomicAdd(&counters[place], low);
    let carried = high + select(0u, 1u, before + low < before);
    if (carried != 0u) {
      atomicAdd(&counters[place + 1u], carried);
    }
  }
}
