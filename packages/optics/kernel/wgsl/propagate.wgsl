// A photon's life: the nearest of boundary, absorption, scattering and
// wavelength shifting happens, until one of them ends it. A thread makes one
// step in each turn of one loop, whichever photon it is at: whatever is large
// is called from one place.

// A photon that makes this many steps of no length is caught in a fault of the
// geometry (volumes that overlap); it ends as lost, and the run says so.
const MAX_ZERO_STEPS: i32 = 100000;
const NO_LENGTH: f32 = 1e-9;

// What a thread is at: nothing, or a photon's life.
const RESTING: u32 = 0u;
const LIVING: u32 = 1u;
var<private> stage: u32 = RESTING;

// The open batch that the photon is of, and its place there.
var<private> photonBatch: u32 = 0u;
var<private> photonIndex: u32 = 0u;
var<private> identity: u32 = 0u;
var<private> flagWord: u32 = 0u;
// Of the step just made, in the bits of the flag word: 31 when it ended at the
// photon's own volume's face, 30..16 the surface met + 1.
var<private> boundaryWord: u32 = 0u;
var<private> surfaceMet: i32 = -1;
var<private> stepsMade: i32 = 0;
// What is left of the optical depth, and how many steps without length there
// were one after the other.
var<private> opticalDepth: f32 = 0.0;
var<private> zeros: i32 = 0;
// Whether the place of the wavelength among the rows of tables is known.
var<private> rowKnown: bool = false;

const BOUNDARY_FLAGS: u32 = FLAG_BOUNDARY_REFLECT | FLAG_BOUNDARY_TRANSMIT |
  FLAG_SURFACE_DREFLECT | FLAG_SURFACE_SREFLECT | FLAG_SURFACE_ABSORB |
  FLAG_SURFACE_DETECT;

const BULK_FLAGS: u32 = FLAG_BULK_ABSORB | FLAG_BULK_REEMIT |
  FLAG_BULK_SCATTER;

// Keeps the step just made, whose row has been made, while there is room.
fn keepStep() {
  if (stepsMade >= settings.recordSteps) {
    return;
  }
  let room = u32(settings.recordSteps);
  let places = settings.batches[photonBatch];
  var rows = places.recordsAt + photonIndex * room * 16u;
  var traces = places.tracesAt + photonIndex * room * 2u;
  if (child != NOBODY) {
    rows = childSlot(child) + CHILD_ROW + 16u;
    traces = rows + room * 16u;
  }
  let made = u32(stepsMade);
  keepRow(rows + made * 16u);
  kept[traces + made * 2u] = u32(node);
  kept[traces + made * 2u + 1u] = u32(surfaceMet + 1) | (status() << 24u);
}

// Of what happened last: 128 more in a material. [PROP13] [PROP14]
fn status() -> u32 {
  if ((flagWord & BOUNDARY_FLAGS) != 0u) {
    return u32(boundaryStatus);
  }
  return select(0u, 128u + bulkProcess, (flagWord & BULK_FLAGS) != 0u);
}

fn mark(flag: u32) {
  addFlag(flag);
  flagWord = flag;
}

// Follows photons of the stream, one after the other, for so many turns as a
// launch has; whoever is not at the end then goes on in the next launch.
fn propagate() {
  // What is sought is found before the photon sleeps.
  for (var turn = 0u; turn < settings.turns || seeking; turn++) {
    if (turn % LOOKS_UP == LOOKS_UP - 1u && !seeking && isDry()) {
      break;
    }
    var end = CONTINUE;
    var began = false;
    if (stage == RESTING) {
      // Together with others, so that not all wait for each one's making.
      if (turn % settings.refill != 0u) {
        continue;
      }
      if (!takeNext()) {
        break;
      }
      end = follow();
      began = true;
    }
    // A record has the start of a life, in a turn of its own.
    let records = settings.recordSteps > 0;
    if (end == CONTINUE && !(began && records)) {
      end = live();
      if (seeking && end == CONTINUE) {
        continue;
      }
      began = false;
    }
    if (end != CONTINUE || records) {
      writePhoton(photonIndex, identity, flagWord | boundaryWord);
    }
    // A photon from outside the world has no steps.
    if (records && !(began && end != CONTINUE)) {
      keepStep();
    }
    if (end != CONTINUE) {
      endLife(end);
    }
    if (fault != 0u) {
      giveUp();
      break;
    }
  }
}

// Something went wrong that must not: the host hears of it, and nobody of this
// photon.
fn giveUp() {
  atomicMax(&counters[batchCounter(COUNTER_FAULT)], fault);
  atomicMin(&counters[batchCounter(COUNTER_FAULTY)], photonIndex);
  stage = RESTING;
  familyNext = NOBODY;
}

// A thread looks in every so-manyth turn whether the stream has run dry.
const LOOKS_UP: u32 = 8u;

// Whether the host has more photons, and all that it gave are taken: then the
// launch ends, so that no thread is long without one.
fn isDry() -> bool {
  return settings.endsDry != 0u &&
    i32(atomicLoad(&counters[COUNTER_NEXT]) - settings.streamEnd) >= 0;
}

// The next child of the photon just followed, or the next photon of the stream
// that nobody has taken; false where there is none.
fn takeNext() -> bool {
  if (familyNext != NOBODY) {
    takeChild();
    return true;
  }
  if (!takePhoton(atomicAdd(&counters[COUNTER_NEXT], 1u))) {
    // It is the first of what the host gives next.
    atomicSub(&counters[COUNTER_NEXT], 1u);
    return false;
  }
  beginFamily();
  let batch = settings.batches[photonBatch];
  if (batch.sourceKind == SOURCE_IS_GENSTEPS) {
    generate(photonIndex);
  } else {
    readPhoton(batch.sourceAt + photonIndex * u32(PHOTON_SIZE));
  }
  return true;
}

// Of which batch the photon at a place of the stream is. Places are numbers
// modulo 2^32.
fn takePhoton(place: u32) -> bool {
  for (var i = 0u; i < settings.freshBatches; i++) {
    let slot = settings.fresh[i >> 2u][i & 3u];
    let index = place - settings.batches[slot].startsAt;
    if (index < settings.batches[slot].count) {
      photonBatch = slot;
      photonIndex = index;
      return true;
    }
  }
  return false;
}

// Where the batch of the photon at hand counts something.
fn batchCounter(counter: u32) -> u32 {
  return COUNTERS_OF_BATCHES + photonBatch * COUNTERS_OF_BATCH + counter;
}

// Random numbers of a photon of the batch.
fn beginPhotonStream(index: u32, stream: u32) {
  let low = settings.batches[photonBatch].firstLow + index;
  let high = settings.batches[photonBatch].firstHigh;
  beginStream(low, high + select(0u, 1u, low < index), stream);
}

// A child begins to live. Each has random numbers of its own, by its number
// among them.
fn followChildren() {
  beginPhotonStream(photonIndex, CHILD_STREAM + childOrdinal);
  beginLife(FLAG_BULK_REEMIT);
  emitChild(nodeMaterial(node), childSet);
}

// The photon in photon.wgsl begins to live; the flag of its end if that is at
// once.
fn follow() -> u32 {
  if (child != NOBODY) {
    followChildren();
  } else {
    beginPhotonStream(photonIndex, 0u);
    beginLife(flagMask & 7u);
    if (flagWord == 0u) {
      mark(FLAG_TORCH);
    }
    if (!locate()) {
      mark(FLAG_MISS);
      // The rounding of a row to 32 bits can put light made at the very edge
      // of the world outside; a photon of a file or lamp there is a mistake.
      if ((flagMask & (FLAG_CERENKOV | FLAG_SCINTILLATION)) == 0u) {
        atomicMin(&counters[batchCounter(COUNTER_OUTSIDE)], photonIndex);
      }
      return FLAG_MISS;
    }
  }
  stage = LIVING;
  rowKnown = false;
  startedDark = !hasIndex(nodeMaterial(node));
  opticalDepth = -rLog(draw());
  zeros = 0;
  forgetWay();
  return CONTINUE;
}

fn beginLife(flag: u32) {
  stepsMade = 0;
  startedDark = false;
  identity = 0u;
  surfaceMet = -1;
  boundaryWord = 0u;
  flagWord = flag;
}

// How far the photon comes until the user's limit of time.
fn wayLeft() -> f32 {
  return max(0.0, settings.maxTime - time) * groupVelocity;
}

// Beyond this a length or a time is without limit.
const NO_LIMIT: f32 = 1e29;

// Below this a length is none, mm: nothing is divided by 0.
const SHORTEST: f32 = 1e-30;

// One step from where the photon is, in the frame of its node; the flag of its
// end, 0 if a limit of the user ended it, CONTINUE if it goes on.
fn live() -> u32 {
  if (!rowKnown) {
    energyRow(wFromF32(wavelength));
    rowKnown = true;
  }
  let material = nodeMaterial(node);
  materialAt(material);
  // Light may be absorbed at once: no length is 0 here.
  let absorptions = 1.0 / max(SHORTEST, absorptionLength);
  let rate = absorptions + 1.0 / rayleighLength + moreRate;
  let reach = opticalDepth / rate;
  var left = FAR;
  if (settings.maxTime < NO_LIMIT) {
    left = wayLeft();
  }
  let limit = wFromF32(min(FAR, min(reach, left)));
  let sought = seeking;
  let way = nextBoundary(limit);
  var atBoundary = true;
  if (sought) {
    findVolume(seekLeaves);
  } else {
    stepsMade++;
    surfaceMet = -1;
    boundaryWord = 0u;
    setPosition(
      wAdd(px, wMul(way, dx)),
      wAdd(py, wMul(way, dy)),
      wAdd(pz, wMul(way, dz)),
    );
    setTime(time + way.x / groupVelocity);
    atBoundary = wLess(way, limit);
    if (atBoundary) {
      leaveBulk(way.x, rate);
    } else if (left <= reach) {
      flagWord = 0u;
      return 0u;
    } else {
      let flag = meetBulk(material, rate);
      if (flag == FLAG_BULK_ABSORB) {
        return flag;
      }
    }
  }
  if (seeking) {
    return CONTINUE;
  }
  if (atBoundary) {
    let end = meetBoundary(material);
    if (end != CONTINUE) {
      return end;
    }
    if (zeros > 0) {
      turnBackInCusp();
    }
  }
  if (zeros > MAX_ZERO_STEPS || !isNumber(time)) {
    mark(FLAG_NAN_ABORT);
    return FLAG_NAN_ABORT;
  }
  return select(CONTINUE, 0u, stepsMade == settings.maxBounces);
}

// After this way the photon stands at a boundary, whose far side is sought.
fn leaveBulk(way: f32, rate: f32) {
  opticalDepth -= way * rate;
  if (way > NO_LENGTH) {
    zeros = 0;
    rememberWay();
  } else {
    zeros++;
  }
  findFarSide();
}

// A process of the material: what it does with the photon.
fn meetBulk(material: i32, rate: f32) -> u32 {
  let which = draw() * rate;
  opticalDepth = -rLog(draw());
  let flag = interact(material, which);
  mark(flag);
  zeros = 0;
  return flag;
}

// By its bits, as a compiler may take for granted that there are no others.
fn isNumber(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u;
}

const CONTINUE: u32 = 0xffffffffu;

// The photon stands at a boundary: what the boundary does with it.
fn meetBoundary(material: i32) -> u32 {
  surfaceMet = surfaceBetween();
  boundaryWord = ((u32(surfaceMet + 1) & 0x7fffu) << 16u) |
    select(0u, 1u << 31u, leaves());
  if (farNode < 0) {
    mark(FLAG_MISS);
    return FLAG_MISS;
  }
  let outcome = boundary(
    material,
    farMaterial(),
    surfaceMet,
    farNormalX.x,
    farNormalY.x,
    farNormalZ.x,
  );
  if (outcome == ABSORB) {
    mark(FLAG_SURFACE_ABSORB);
    return FLAG_SURFACE_ABSORB;
  }
  if (outcome == DETECT) {
    identity = u32(nodeIdentity(surfaceOwner));
    // A film on a border is one thing from both sides.
    if (identity == 0u) {
      let other = select(node, farNode, surfaceOwner == node);
      identity = u32(nodeIdentity(other));
    }
    mark(FLAG_SURFACE_DETECT);
    return FLAG_SURFACE_DETECT;
  }
  if (outcome != PASS) {
    mark(boundaryFlag);
  }
  if (outcome != REFLECT) {
    crossToFarSide();
  }
  return CONTINUE;
}

// The photon's row, which has been made, is its end.
fn endLife(end: u32) {
  stage = RESTING;
  countEnd(end, stepsMade);
  if (child != NOBODY) {
    keepRow(childSlot(child) + CHILD_ROW);
    return;
  }
  let batch = settings.batches[photonBatch];
  if (settings.keepPhotons != 0u) {
    keepRow(batch.photonsAt + photonIndex * 16u);
  }
  if (end == FLAG_SURFACE_DETECT) {
    let at = atomicAdd(&counters[batchCounter(COUNTER_HITS)], 1u);
    if (at < batch.hitCapacity) {
      storeHit(batch.hitsAt + at * 16u);
    }
  }
}
