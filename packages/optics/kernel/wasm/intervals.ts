// Lists of the stretches of a ray inside a solid, on a stack. A list is sorted;
// its intervals do not overlap; both ends know the face they lie on. Booleans
// of lists are exact, and of closed intervals: two that touch stay two, and one
// of no length stays, because at the ray's origin only the photon knows whether
// it is in the gap or in the sliver. What is rounding and what is a thin layer
// is decided when the whole solid is known (solid.ts).

// A face: the leaf, the number of the leaf's face, and whether the solid's
// outward normal is the leaf's negated, because the leaf was subtracted.
export const FACE_BITS: i32 = 10;
export const FACE_MASK: i32 = 1023;
export const NEGATED: i32 = 1 << 31;
// A face of a mesh: the number of the triangle stands in place of the leaf.
export const MESH_FACE: i32 = 1 << 30;

// Room for 131072 leaves (compile-solid-tree.ts), each with two intervals at
// most, and as much again for the result of an operation: a boolean of lists
// never has more intervals than its operands together.
const ENTRY: usize = 24;
const T_IN: usize = 0;
const T_OUT: usize = 8;
const FACE_IN: usize = 16;
const FACE_OUT: usize = 20;
const entries: usize = memory.data(524288 * 24, 16);
const starts: usize = memory.data(131073 * 4, 16);

// Where the first list begins, where the list on top begins, where it ends.
let lists: usize = starts;
let begin: usize = entries;
let end: usize = entries;

// An empty stack.
@inline export function clearLists(): void {
  lists = starts;
  begin = entries;
  end = entries;
}

// Pushes an empty list; intervals are then added to it.
@inline export function pushList(): void {
  store<u32>(lists, <u32>begin);
  lists += 4;
  begin = end;
}

@inline export function addInterval(
  tIn: f64, faceIn: i32, tOut: f64, faceOut: i32,
): void {
  store<f64>(end, tIn, T_IN);
  store<f64>(end, tOut, T_OUT);
  store<i32>(end, faceIn, FACE_IN);
  store<i32>(end, faceOut, FACE_OUT);
  end += ENTRY;
}

@inline export function makeEmpty(): void {
  end = begin;
}

// Whether a mesh may add one more: each may give many stretches.
@inline export function hasRoom(): bool {
  return end - entries < 131072 * ENTRY;
}

@inline export function isTopEmpty(): bool {
  return begin == end;
}

// The list on top: number of intervals, and the i-th.
@inline export function intervalCount(): i32 {
  return <i32>(end - begin) / 24;
}

@inline export function intervalIn(i: i32): f64 {
  return load<f64>(begin + <usize>i * ENTRY, T_IN);
}

@inline export function intervalOut(i: i32): f64 {
  return load<f64>(begin + <usize>i * ENTRY, T_OUT);
}

@inline export function intervalFaceIn(i: i32): i32 {
  return load<i32>(begin + <usize>i * ENTRY, FACE_IN);
}

@inline export function intervalFaceOut(i: i32): i32 {
  return load<i32>(begin + <usize>i * ENTRY, FACE_OUT);
}

// Replaces the two lists on top by what was written after them, from `result`.
@inline function replaceTwo(first: usize, result: usize): void {
  const size = end - result;
  memory.copy(first, result, size);
  end = first + size;
  dropTop(first);
}

// Takes the list on top away: the one that begins at `first` is on top.
@inline function dropTop(first: usize): void {
  lists -= 4;
  begin = first;
}

// The two lists on top become their union.
export function uniteLists(): void {
  const first = <usize>load<u32>(lists - 4);
  const second = begin;
  const stop = end;
  if (first == second || second == stop) {
    dropTop(first);
    return;
  }
  let a = first;
  let b = second;
  let last: usize = 0;
  while (a < second || b < stop) {
    let next = a;
    if (a == second || (b < stop && load<f64>(b, T_IN) < load<f64>(a, T_IN))) {
      next = b;
      b += ENTRY;
    } else {
      a += ENTRY;
    }
    const tOut = load<f64>(next, T_OUT);
    if (last != 0 && load<f64>(next, T_IN) < load<f64>(last, T_OUT)) {
      if (tOut > load<f64>(last, T_OUT)) {
        store<f64>(last, tOut, T_OUT);
        store<i32>(last, load<i32>(next, FACE_OUT), FACE_OUT);
      }
    } else {
      last = end;
      addInterval(
        load<f64>(next, T_IN), load<i32>(next, FACE_IN),
        tOut, load<i32>(next, FACE_OUT),
      );
    }
  }
  replaceTwo(first, stop);
}

// The two lists on top become their intersection.
export function intersectLists(): void {
  const first = <usize>load<u32>(lists - 4);
  const second = begin;
  const stop = end;
  if (first == second || second == stop) {
    end = first;
    dropTop(first);
    return;
  }
  let a = first;
  let b = second;
  while (a < second && b < stop) {
    const later = load<f64>(b, T_IN) > load<f64>(a, T_IN) ? b : a;
    const sooner = load<f64>(b, T_OUT) < load<f64>(a, T_OUT) ? b : a;
    if (load<f64>(later, T_IN) <= load<f64>(sooner, T_OUT)) {
      addInterval(
        load<f64>(later, T_IN), load<i32>(later, FACE_IN),
        load<f64>(sooner, T_OUT), load<i32>(sooner, FACE_OUT),
      );
    }
    if (sooner == a) a += ENTRY;
    else b += ENTRY;
  }
  replaceTwo(first, stop);
}

// The list on top is taken from the one below it.
export function subtractLists(): void {
  const first = <usize>load<u32>(lists - 4);
  const second = begin;
  const stop = end;
  if (first == second || second == stop) {
    end = second;
    dropTop(first);
    return;
  }
  let b = second;
  for (let a = first; a < second; a += ENTRY) {
    const tOut = load<f64>(a, T_OUT);
    let tIn = load<f64>(a, T_IN);
    let faceIn = load<i32>(a, FACE_IN);
    while (b < stop && load<f64>(b, T_OUT) < tIn) b += ENTRY;
    let c = b;
    while (c < stop && load<f64>(c, T_IN) <= tOut) {
      if (load<f64>(c, T_IN) >= tIn) {
        addInterval(
          tIn, faceIn, load<f64>(c, T_IN), load<i32>(c, FACE_IN) ^ NEGATED,
        );
      }
      tIn = load<f64>(c, T_OUT);
      faceIn = load<i32>(c, FACE_OUT) ^ NEGATED;
      c += ENTRY;
    }
    if (tIn <= tOut) addInterval(tIn, faceIn, tOut, load<i32>(a, FACE_OUT));
  }
  replaceTwo(first, stop);
}

// The list on top becomes its union with one interval.
export function uniteInterval(
  tIn: f64, faceIn: i32, tOut: f64, faceOut: i32,
): void {
  let at = end;
  while (at > begin && load<f64>(at - ENTRY, T_IN) > tIn) at -= ENTRY;
  let last = at - ENTRY;
  if (at > begin && tIn < load<f64>(last, T_OUT)) {
    if (tOut <= load<f64>(last, T_OUT)) return;
  } else {
    if (at < end) memory.copy(at + ENTRY, at, end - at);
    end += ENTRY;
    last = at;
    at += ENTRY;
    store<f64>(last, tIn, T_IN);
    store<i32>(last, faceIn, FACE_IN);
  }
  store<f64>(last, tOut, T_OUT);
  store<i32>(last, faceOut, FACE_OUT);
  if (at < end && load<f64>(at, T_IN) < tOut) swallow(last, at);
}

// Takes into the interval `last` those that begin within it, from `first` on.
function swallow(last: usize, first: usize): void {
  let next = first;
  while (next < end && load<f64>(next, T_IN) < load<f64>(last, T_OUT)) {
    if (load<f64>(next, T_OUT) > load<f64>(last, T_OUT)) {
      store<f64>(last, load<f64>(next, T_OUT), T_OUT);
      store<i32>(last, load<i32>(next, FACE_OUT), FACE_OUT);
    }
    next += ENTRY;
  }
  memory.copy(first, next, end - next);
  end -= next - first;
}

// The list on top becomes its intersection with one interval.
export function intersectInterval(
  tIn: f64, faceIn: i32, tOut: f64, faceOut: i32,
): void {
  let result = begin;
  const stop = end;
  end = begin;
  for (let a = begin; a < stop; a += ENTRY) {
    const aIn = load<f64>(a, T_IN);
    const aOut = load<f64>(a, T_OUT);
    if (tIn > aOut) continue;
    if (aIn > tOut) return;
    const aFace = load<i32>(a, FACE_OUT);
    store<f64>(result, tIn > aIn ? tIn : aIn, T_IN);
    store<i32>(result, tIn > aIn ? faceIn : load<i32>(a, FACE_IN), FACE_IN);
    store<f64>(result, tOut < aOut ? tOut : aOut, T_OUT);
    store<i32>(result, tOut < aOut ? faceOut : aFace, FACE_OUT);
    result += ENTRY;
    end = result;
    if (tOut < aOut) return;
  }
}

// One interval is taken from the list on top.
export function subtractInterval(
  tIn: f64, faceIn: i32, tOut: f64, faceOut: i32,
): void {
  if (end - begin != ENTRY) {
    pushList();
    addInterval(tIn, faceIn, tOut, faceOut);
    subtractLists();
    return;
  }
  const aIn = load<f64>(begin, T_IN);
  const aOut = load<f64>(begin, T_OUT);
  if (tOut < aIn || tIn > aOut) return;
  const aFace = load<i32>(begin, FACE_OUT);
  if (tIn >= aIn) {
    store<f64>(begin, tIn, T_OUT);
    store<i32>(begin, faceIn ^ NEGATED, FACE_OUT);
    if (tOut <= aOut) addInterval(tOut, faceOut ^ NEGATED, aOut, aFace);
  } else if (tOut <= aOut) {
    store<f64>(begin, tOut, T_IN);
    store<i32>(begin, faceOut ^ NEGATED, FACE_IN);
  } else {
    end = begin;
  }
}

// Where the list on top begins and ends; it is not empty.
@inline export function topBegin(): f64 {
  return load<f64>(begin, T_IN);
}

@inline export function topEnd(): f64 {
  return load<f64>(end - ENTRY, T_OUT);
}
