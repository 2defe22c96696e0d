// The children of photons: what one wavelength shift emits beyond its first
// photon. All threads take slots for theirs from the batch's pool in `kept`; those of
// one photon are a chain in the order of their making, which the same thread
// follows right after it. A slot holds what the child begins with, then its
// end, as a photon row, its step rows and their traces; before them which
// photon of the batch it comes from and its number among the descendants.

// Philox streams of children: this and their number among the descendants of
// the photon; far from those of sources. [RNG1]
const CHILD_STREAM: u32 = 0x80000000u;
// More descendants of one photon than any shifter has: light that multiplies
// without end.
const MOST_DESCENDANTS: u32 = 1000000u;

// Words of a slot before its row.
const CHILD_PHOTON: u32 = 0u;
const CHILD_ORDINAL: u32 = 1u;
const CHILD_ROW: u32 = 2u;
// What a child begins with, in the place of its row, and the next of its
// family.
const START_POSITION: u32 = CHILD_ROW;
const START_TIME: u32 = CHILD_ROW + 6u;
const START_WAVELENGTH: u32 = CHILD_ROW + 7u;
const START_NODE: u32 = CHILD_ROW + 8u;
const START_MASK: u32 = CHILD_ROW + 9u;
const START_SET: u32 = CHILD_ROW + 10u;
const START_NEXT: u32 = CHILD_ROW + 11u;

// Of the family at hand: the child to be followed next and the one made last,
// by their slots, and how many there have been.
var<private> familyNext: u32 = NOBODY;
var<private> familyLast: u32 = NOBODY;
var<private> familyCount: u32 = 0u;
// The slot and number of the child that is followed, NOBODY if it is none.
var<private> child: u32 = NOBODY;
var<private> childOrdinal: u32 = 0u;
// Of the child last taken: which set of properties of the shifter made it.
var<private> childSet: i32 = 1;

fn childSlot(i: u32) -> u32 {
  let words = CHILD_ROW + 16u + u32(settings.recordSteps) * 18u;
  return settings.batches[photonBatch].childrenAt + i * words;
}

// The children that come are those of another photon.
fn beginFamily() {
  familyNext = NOBODY;
  familyLast = NOBODY;
  familyCount = 0u;
  child = NOBODY;
}

// Children of the photon where it is: of light of this wavelength, absorbed at
// this time.
fn addChildren(more: i32, set_: i32, absorbed: f32, at: f32) {
  for (var i = 0; i < more; i++) {
    let made = makeRoom();
    if (made == NOBODY) {
      return;
    }
    let slot = childSlot(made);
    kept[slot + CHILD_PHOTON] = photonIndex;
    kept[slot + CHILD_ORDINAL] = familyCount;
    keepWide(slot + START_POSITION, px);
    keepWide(slot + START_POSITION + 2u, py);
    keepWide(slot + START_POSITION + 4u, pz);
    kept[slot + START_TIME] = bitcast<u32>(at);
    kept[slot + START_WAVELENGTH] = bitcast<u32>(absorbed);
    kept[slot + START_NODE] = u32(node);
    kept[slot + START_MASK] = flagMask | FLAG_BULK_REEMIT;
    kept[slot + START_SET] = u32(set_);
    kept[slot + START_NEXT] = NOBODY;
    if (familyNext == NOBODY) {
      familyNext = made;
    } else {
      kept[childSlot(familyLast) + START_NEXT] = made;
    }
    familyLast = made;
    familyCount++;
  }
}

// A slot more; NOBODY where there is none, or are too many of one photon.
fn makeRoom() -> u32 {
  if (familyCount >= MOST_DESCENDANTS) {
    atomicMin(&counters[batchCounter(COUNTER_ENDLESS)], photonIndex);
    return NOBODY;
  }
  // The counter stays near the number of slots, however many want one.
  let children = batchCounter(COUNTER_CHILDREN);
  if (atomicLoad(&counters[children]) < settings.childSlots) {
    let made = atomicAdd(&counters[children], 1u);
    if (made < settings.childSlots) {
      return made;
    }
  }
  atomicMin(&counters[batchCounter(COUNTER_CROWDED)], photonIndex);
  return NOBODY;
}

// Makes the next child of the family the photon, but for what its emission
// draws.
fn takeChild() {
  childOrdinal = select(childOrdinal + 1u, 0u, child == NOBODY);
  child = familyNext;
  let slot = childSlot(child);
  setPosition(
    keptWide(slot + START_POSITION),
    keptWide(slot + START_POSITION + 2u),
    keptWide(slot + START_POSITION + 4u),
  );
  setTime(bitcast<f32>(kept[slot + START_TIME]));
  setWavelength(bitcast<f32>(kept[slot + START_WAVELENGTH]));
  setNode(i32(kept[slot + START_NODE]));
  setFlagMask(kept[slot + START_MASK]);
  childSet = i32(kept[slot + START_SET]);
  familyNext = kept[slot + START_NEXT];
}

fn keepWide(at: u32, value: vec2<f32>) {
  kept[at] = bitcast<u32>(value.x);
  kept[at + 1u] = bitcast<u32>(value.y);
}

fn keptWide(at: u32) -> vec2<f32> {
  return vec2<f32>(bitcast<f32>(kept[at]), bitcast<f32>(kept[at + 1u]));
}
