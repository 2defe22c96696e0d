// Photons on their way from one launch to the next: all that a thread knows of
// its photon, one word after the other, each with those of the other threads.

// Where a launch finds them and where it leaves them: the two halves of
// `slots`, by turns.
fn slotWord(half: u32, k: u32, i: u32) -> u32 {
  return (half * SLOT_WORDS + k) * settings.threads + i;
}

var<private> slotAt: u32 = 0u;

// The next word of the slot at hand.
fn takeWord() -> u32 {
  let word = slots[slotAt];
  slotAt += settings.threads;
  return word;
}

fn takeReal() -> f32 {
  return bitcast<f32>(takeWord());
}

fn takeWide() -> vec2<f32> {
  let high = takeReal();
  return vec2<f32>(high, takeReal());
}

fn leaveWord(word: u32) {
  slots[slotAt] = word;
  slotAt += settings.threads;
}

fn leaveReal(x: f32) {
  leaveWord(bitcast<u32>(x));
}

fn leaveWide(x: vec2<f32>) {
  leaveReal(x.x);
  leaveReal(x.y);
}

// The photon of slot `i` goes on.
fn wake(i: u32) {
  slotAt = slotWord(settings.half, 0u, i);
  photonIndex = takeWord();
  familyNext = takeWord();
  familyLast = takeWord();
  familyCount = takeWord();
  child = takeWord();
  childOrdinal = takeWord();
  let began = takeWord();
  stage = began & 0xffu;
  photonBatch = began >> 8u;
  let stream = select(0u, CHILD_STREAM + childOrdinal, child != NOBODY);
  beginPhotonStream(photonIndex, stream);
  resumeStream(takeWord());
  px = takeWide();
  py = takeWide();
  pz = takeWide();
  dx = takeWide();
  dy = takeWide();
  dz = takeWide();
  ex = takeReal();
  ey = takeReal();
  ez = takeReal();
  time = takeReal();
  wavelength = takeReal();
  node = i32(takeWord());
  flagMask = takeWord();
  opticalDepth = takeReal();
  stepsMade = i32(takeWord());
  zeros = i32(takeWord());
  flagWord = takeWord();
  let happened = takeWord();
  bulkProcess = happened & 0xffu;
  boundaryStatus = i32((happened >> 8u) & 0xffu);
  isPlaced = ((happened >> 16u) & 1u) != 0u;
  startedDark = ((happened >> 17u) & 1u) != 0u;
  wayX = takeWide();
  wayY = takeWide();
  wayZ = takeWide();
  wayNode = i32(takeWord());
  still = i32(takeWord());
  stillNode = i32(takeWord());
  turns = i32(takeWord());
}

// Leaves it in slot `i` for the next launch.
fn sleep(i: u32) {
  slotAt = slotWord(1u - settings.half, 0u, i);
  leaveWord(photonIndex);
  leaveWord(familyNext);
  leaveWord(familyLast);
  leaveWord(familyCount);
  leaveWord(child);
  leaveWord(childOrdinal);
  leaveWord(stage | (photonBatch << 8u));
  leaveWord(draws);
  leaveWide(px);
  leaveWide(py);
  leaveWide(pz);
  leaveWide(dx);
  leaveWide(dy);
  leaveWide(dz);
  leaveReal(ex);
  leaveReal(ey);
  leaveReal(ez);
  leaveReal(time);
  leaveReal(wavelength);
  leaveWord(u32(node));
  leaveWord(flagMask);
  leaveReal(opticalDepth);
  leaveWord(u32(stepsMade));
  leaveWord(u32(zeros));
  leaveWord(flagWord);
  leaveWord(
    bulkProcess | (u32(boundaryStatus) << 8u) |
    select(0u, 1u << 16u, isPlaced) | select(0u, 1u << 17u, startedDark),
  );
  leaveWide(wayX);
  leaveWide(wayY);
  leaveWide(wayZ);
  leaveWord(u32(wayNode));
  leaveWord(u32(still));
  leaveWord(u32(stillNode));
  leaveWord(u32(turns));
}
