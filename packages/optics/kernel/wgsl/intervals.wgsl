// Made by tools/emit-wgsl.mjs of kernel/wasm/intervals.ts.

// Lists of the stretches of a ray inside a solid, on a stack. A list is sorted;
// its intervals do not overlap; both ends know the face they lie on. Booleans
// of lists are exact, and of closed intervals: two that touch stay two, and one
// of no length stays, because at the ray's origin only the photon knows whether
// it is in the gap or in the sliver. What is rounding and what is a thin layer
// is decided when the whole solid is known (solid.ts).
// A face: the leaf, the number of the leaf's face, and whether the solid's
// outward normal is the leaf's negated, because the leaf was subtracted.
const FACE_BITS: i32 = 10;
const FACE_MASK: i32 = 1023;
const NEGATED: i32 = -2147483648;

// A face of a mesh: the number of the triangle stands in place of the leaf.
const MESH_FACE: i32 = 1073741824;

// Room for 131072 leaves (compile-solid-tree.ts), each with two intervals at
// most, and as much again for the result of an operation: a boolean of lists
// never has more intervals than its operands together.
const ENTRY: u32 = 24u;
const T_IN: u32 = 0u;
const T_OUT: u32 = 8u;
const FACE_IN: u32 = 16u;
const FACE_OUT: u32 = 20u;
const ENTRIES_WORDS: u32 = 192u;
var<private> entries: array<u32, ENTRIES_WORDS>;
const STARTS_WORDS: u32 = 16u;
var<private> starts: array<u32, STARTS_WORDS>;

// Where the first list begins, where the list on top begins, where it ends.
var<private> lists: u32 = 0u;
var<private> begin: u32 = 0u;
var<private> end: u32 = 0u;

// An empty stack.
fn clearLists() {
  lists = 0u;
  begin = 0u;
  end = 0u;
}

// Pushes an empty list; intervals are then added to it.
fn pushList() {
  starts_storeU32(lists, begin);
  lists += 4u;
  begin = end;
}

fn addInterval(tIn: vec2f, faceIn: i32, tOut: vec2f, faceOut: i32) {
  if (!hasRoom()) {
    return;
  }
  entries_storeWide(end, tIn);
  entries_storeWide(end + T_OUT, tOut);
  entries_storeI32(end + FACE_IN, faceIn);
  entries_storeI32(end + FACE_OUT, faceOut);
  end += ENTRY;
}

fn makeEmpty() {
  end = begin;
}

// Whether a mesh may add one more: each may give many stretches.
fn hasRoom() -> bool {
  let isRoom = end + ENTRY <= 4u * ENTRIES_WORDS;
  if (!isRoom) {
    raiseFault(FAULT_NO_ROOM | (ROOM_INTERVALS << 8u));
  }
  return isRoom;
}

fn isTopEmpty() -> bool {
  return begin == end;
}

// The list on top: number of intervals, and the i-th.
fn intervalCount() -> i32 {
  return i32(end - begin) / 24;
}

fn intervalIn(i: i32) -> vec2f {
  return entries_loadWide(begin + u32(i) * ENTRY);
}

fn intervalOut(i: i32) -> vec2f {
  return entries_loadWide(begin + u32(i) * ENTRY + T_OUT);
}

fn intervalFaceIn(i: i32) -> i32 {
  return entries_loadI32(begin + u32(i) * ENTRY + FACE_IN);
}

fn intervalFaceOut(i: i32) -> i32 {
  return entries_loadI32(begin + u32(i) * ENTRY + FACE_OUT);
}

// Replaces the two lists on top by what was written after them, from `result`.
fn replaceTwo(first: u32, result: u32) {
  let size = end - result;
  entries_copyWords(first, result, size);
  end = first + size;
  dropTop(first);
}

// Takes the list on top away: the one that begins at `first` is on top.
fn dropTop(first: u32) {
  lists -= 4u;
  begin = first;
}

// The two lists on top become their union.
fn uniteLists() {
  let first = starts_loadU32(lists - 4u);
  let second = begin;
  let stop = end;
  if (first == second || second == stop) {
    dropTop(first);
    return;
  }
  var a = first;
  var b = second;
  var last = 0u;
  while (a < second || b < stop) {
    var next = a;
    if (a == second ||
      (b < stop && wLess(entries_loadWide(b), entries_loadWide(a)))) {
      next = b;
      b += ENTRY;
    } else {
      a += ENTRY;
    }
    let tOut = entries_loadWide(next + T_OUT);
    if (last != 0u &&
      wLess(entries_loadWide(next), entries_loadWide(last + T_OUT))) {
      if (wLess(entries_loadWide(last + T_OUT), tOut)) {
        entries_storeWide(last + T_OUT, tOut);
        entries_storeI32(last + FACE_OUT, entries_loadI32(next + FACE_OUT));
      }
    } else {
      last = end;
      addInterval(entries_loadWide(next), entries_loadI32(next + FACE_IN), tOut,
        entries_loadI32(next + FACE_OUT));
    }
  }
  replaceTwo(first, stop);
}

// The two lists on top become their intersection.
fn intersectLists() {
  let first = starts_loadU32(lists - 4u);
  let second = begin;
  let stop = end;
  if (first == second || second == stop) {
    end = first;
    dropTop(first);
    return;
  }
  var a = first;
  var b = second;
  while (a < second && b < stop) {
    let later = select(a, b, wLess(entries_loadWide(a), entries_loadWide(b)));
    let sooner = select(a, b,
      wLess(entries_loadWide(b + T_OUT), entries_loadWide(a + T_OUT)));
    if (wLessEq(entries_loadWide(later), entries_loadWide(sooner + T_OUT))) {
      addInterval(entries_loadWide(later), entries_loadI32(later + FACE_IN),
        entries_loadWide(sooner + T_OUT), entries_loadI32(sooner + FACE_OUT));
    }
    if (sooner == a) {
      a += ENTRY;
    } else {
      b += ENTRY;
    }
  }
  replaceTwo(first, stop);
}

// The list on top is taken from the one below it.
fn subtractLists() {
  let first = starts_loadU32(lists - 4u);
  let second = begin;
  let stop = end;
  if (first == second || second == stop) {
    end = second;
    dropTop(first);
    return;
  }
  var b = second;
  for (var a = first; a < second; a += ENTRY) {
    let tOut = entries_loadWide(a + T_OUT);
    var tIn = entries_loadWide(a);
    var faceIn = entries_loadI32(a + FACE_IN);
    while (b < stop && wLess(entries_loadWide(b + T_OUT), tIn)) {
      b += ENTRY;
    }
    var c = b;
    while (c < stop && wLessEq(entries_loadWide(c), tOut)) {
      if (wLessEq(tIn, entries_loadWide(c))) {
        addInterval(tIn, faceIn, entries_loadWide(c),
          entries_loadI32(c + FACE_IN) ^ NEGATED);
      }
      tIn = entries_loadWide(c + T_OUT);
      faceIn = entries_loadI32(c + FACE_OUT) ^ NEGATED;
      c += ENTRY;
    }
    if (wLessEq(tIn, tOut)) {
      addInterval(tIn, faceIn, tOut, entries_loadI32(a + FACE_OUT));
    }
  }
  replaceTwo(first, stop);
}

// The list on top becomes its union with one interval.
fn uniteInterval(tIn: vec2f, faceIn: i32, tOut: vec2f, faceOut: i32) {
  if (!hasRoom()) {
    return;
  }
  var at = end;
  while (at > begin && wLess(tIn, entries_loadWide(at - ENTRY))) {
    at -= ENTRY;
  }
  var last = at - ENTRY;
  if (at > begin && wLess(tIn, entries_loadWide(last + T_OUT))) {
    if (wLessEq(tOut, entries_loadWide(last + T_OUT))) {
      return;
    }
  } else {
    if (at < end) {
      entries_copyWords(at + ENTRY, at, end - at);
    }
    end += ENTRY;
    last = at;
    at += ENTRY;
    entries_storeWide(last, tIn);
    entries_storeI32(last + FACE_IN, faceIn);
  }
  entries_storeWide(last + T_OUT, tOut);
  entries_storeI32(last + FACE_OUT, faceOut);
  if (at < end && wLess(entries_loadWide(at), tOut)) {
    swallow(last, at);
  }
}

// Takes into the interval `last` those that begin within it, from `first` on.
fn swallow(last: u32, first: u32) {
  var next = first;
  while (next < end &&
    wLess(entries_loadWide(next), entries_loadWide(last + T_OUT))) {
    if (wLess(entries_loadWide(last + T_OUT), entries_loadWide(next + T_OUT))) {
      entries_storeWide(last + T_OUT, entries_loadWide(next + T_OUT));
      entries_storeI32(last + FACE_OUT, entries_loadI32(next + FACE_OUT));
    }
    next += ENTRY;
  }
  entries_copyWords(first, next, end - next);
  end -= next - first;
}

// The list on top becomes its intersection with one interval.
fn intersectInterval(tIn: vec2f, faceIn: i32, tOut: vec2f, faceOut: i32) {
  var result = begin;
  let stop = end;
  end = begin;
  for (var a = begin; a < stop; a += ENTRY) {
    let aIn = entries_loadWide(a);
    let aOut = entries_loadWide(a + T_OUT);
    if (wLess(aOut, tIn)) {
      continue;
    }
    if (wLess(tOut, aIn)) {
      return;
    }
    let aFace = entries_loadI32(a + FACE_OUT);
    entries_storeWide(result, select(aIn, tIn, wLess(aIn, tIn)));
    entries_storeI32(result + FACE_IN,
      select(entries_loadI32(a + FACE_IN), faceIn, wLess(aIn, tIn)));
    entries_storeWide(result + T_OUT, select(aOut, tOut, wLess(tOut, aOut)));
    entries_storeI32(result + FACE_OUT,
      select(aFace, faceOut, wLess(tOut, aOut)));
    result += ENTRY;
    end = result;
    if (wLess(tOut, aOut)) {
      return;
    }
  }
}

// One interval is taken from the list on top.
fn subtractInterval(tIn: vec2f, faceIn: i32, tOut: vec2f, faceOut: i32) {
  if (end - begin != ENTRY) {
    pushList();
    addInterval(tIn, faceIn, tOut, faceOut);
    subtractLists();
    return;
  }
  let aIn = entries_loadWide(begin);
  let aOut = entries_loadWide(begin + T_OUT);
  if (wLess(tOut, aIn) || wLess(aOut, tIn)) {
    return;
  }
  let aFace = entries_loadI32(begin + FACE_OUT);
  if (wLessEq(aIn, tIn)) {
    entries_storeWide(begin + T_OUT, tIn);
    entries_storeI32(begin + FACE_OUT, faceIn ^ NEGATED);
    if (wLessEq(tOut, aOut)) {
      addInterval(tOut, faceOut ^ NEGATED, aOut, aFace);
    }
  } else if (wLessEq(tOut, aOut)) {
    entries_storeWide(begin, tOut);
    entries_storeI32(begin + FACE_IN, faceOut ^ NEGATED);
  } else {
    end = begin;
  }
}

// Where the list on top begins and ends; it is not empty.
fn topBegin() -> vec2f {
  return entries_loadWide(begin);
}

fn topEnd() -> vec2f {
  return entries_loadWide(end - ENTRY + T_OUT);
}

// As many bytes as `size`, a multiple of 4; the two places may overlap.
fn entries_copyWords(to: u32, at: u32, size: u32) {
  let words = size >> 2u;
  let up = to > at;
  for (var i = 0u; i < words; i++) {
    let k = select(i, words - 1u - i, up);
    entries[(to >> 2u) + k] = entries[(at >> 2u) + k];
  }
}

fn entries_loadI32(at: u32) -> i32 {
  return bitcast<i32>(entries[at >> 2u]);
}

fn entries_loadWide(at: u32) -> vec2f {
  let i = at >> 2u;
  return vec2f(bitcast<f32>(entries[i]), bitcast<f32>(entries[i + 1u]));
}

fn entries_storeI32(at: u32, value: i32) {
  entries[at >> 2u] = bitcast<u32>(value);
}

fn entries_storeWide(at: u32, value: vec2f) {
  let i = at >> 2u;
  entries[i] = bitcast<u32>(value.x);
  entries[i + 1u] = bitcast<u32>(value.y);
}

fn starts_loadU32(at: u32) -> u32 {
  return starts[at >> 2u];
}

fn starts_storeU32(at: u32, value: u32) {
  starts[at >> 2u] = value;
}
