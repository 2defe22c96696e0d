// Merges hits of the same key: the row of the earliest, the sum of the counts,
// all flags. They are sorted by key, so that each merged hit has a number.

struct Layout {
  hits: u32,
  words: u32,
  time: u32,
  count: u32,
  countShift: u32,
  flagMask: u32,
  // A bit for each word by which hits of the same time have their order.
  order: u32,
  // The digit after the last: which side of `sorted` they are on.
  digits: u32,
}

// The rows that are written.
struct Part {
  first: u32,
  rows: u32,
}

struct Merged {
  // The place of its earliest hit + 1; 0: none yet.
  earliest: atomic<u32>,
  // Sum of the counts, 64 bits.
  low: atomic<u32>,
  high: atomic<u32>,
  flags: atomic<u32>,
}

@group(0) @binding(0) var<uniform> row: Layout;
@group(0) @binding(1) var<uniform> part: Part;
@group(0) @binding(2) var<storage, read> rows: array<u32>;
@group(0) @binding(3) var<storage, read> places: array<u32>;
@group(0) @binding(4) var<storage, read> keys: array<vec4<u32>>;
@group(0) @binding(5) var<storage, read> sides: array<u32>;
@group(0) @binding(6) var<storage, read> sorted: array<u32>;
// 1 where a key begins; summed, the number of the merged hit. One more than hits.
@group(0) @binding(7) var<storage, read_write> begins: array<u32>;
@group(0) @binding(8) var<storage, read_write> merged: array<Merged>;
// Rows of each merged hit; summed, its first row.
@group(0) @binding(9) var<storage, read_write> rowsOf: array<u32>;
// Rows up to the end of each event, of those that have any.
@group(0) @binding(10) var<storage, read_write> ends: array<atomic<u32>>;
@group(0) @binding(11) var<storage, read_write> written: array<u32>;

const threads = 64u;

fn placeAt(i: u32) -> u32 {
  return sorted[sides[row.digits] * row.hits + i];
}

@compute @workgroup_size(threads)
fn markKeys(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  for (var i = id.x; i < row.hits; i += groups.x * threads) {
    var isNew = i == 0u;
    if (!isNew) {
      isNew = any(keys[placeAt(i)] != keys[placeAt(i - 1u)]);
    }
    begins[i] = select(0u, 1u, isNew);
  }
  if (id.x == 0u) {
    begins[row.hits] = 0u;
  }
}

// Times in their order; -0 is 0. NaN has a key by itself and meets no other.
fn orderedTime(time: u32) -> u32 {
  if (time >= 0x80000000u) {
    return 0u - time;
  }
  return time + 0x80000000u;
}
fn isBefore(a: u32, b: u32) -> bool {
  let rowA = places[a] * row.words;
  let rowB = places[b] * row.words;
  let timeA = orderedTime(rows[rowA + row.time]);
  let timeB = orderedTime(rows[rowB + row.time]);
  if (timeA != timeB) {
    return timeA < timeB;
  }
  for (var word = 0u; word < row.words; word++) {
    if (((row.order >> word) & 1u) != 0u) {
      let wordA = rows[rowA + word];
      let wordB = rows[rowB + word];
      if (wordA != wordB) {
        return wordA < wordB;
      }
    }
  }
  return a < b;
}

// Each exchange puts an earlier one there, whoever makes it, so that it ends.
fn putEarliest(number: u32, place: u32) {
  var known = atomicLoad(&merged[number].earliest);
  while (known == 0u || isBefore(place, known - 1u)) {
    let put = atomicCompareExchangeWeak(
      &merged[number].earliest,
      known,
      place + 1u,
    );
    if (put.exchanged) {
      break;
    }
    known = put.old_value;
  }
}

@compute @workgroup_size(threads)
fn join(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  for (var i = id.x; i < row.hits; i += groups.x * threads) {
    let number = begins[i + 1u] - 1u;
    let place = placeAt(i);
    let at = places[place] * row.words;
    let count = rows[at + row.count] >> row.countShift;
    let before = atomicAdd(&merged[number].low, count);
    if (before + count < before) {
      atomicAdd(&merged[number].high, 1u);
    }
    atomicOr(&merged[number].flags, rows[at + row.flagMask]);
    putEarliest(number, place);
  }
}

fn largestCount() -> u32 {
  return 0xffffffffu >> row.countShift;
}

// Rows for a sum, of at most 48 bits: divided 16 bits at a time.
fn rowsFor(low: u32, high: u32) -> u32 {
  let largest = largestCount();
  let upper = ((high % largest) << 16u) | (low >> 16u);
  let lower = ((upper % largest) << 16u) | (low & 0xffffu);
  let all = ((upper / largest) << 16u) + lower / largest;
  return max(1u, all + select(0u, 1u, lower % largest != 0u));
}

@compute @workgroup_size(threads)
fn countRows(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let all = begins[row.hits];
  for (var i = id.x; i <= row.hits; i += groups.x * threads) {
    var count = 0u;
    if (i < all) {
      let low = atomicLoad(&merged[i].low);
      count = rowsFor(low, atomicLoad(&merged[i].high));
    }
    rowsOf[i] = count;
  }
}

// When the rows are summed.
@compute @workgroup_size(threads)
fn endEvents(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let all = begins[row.hits];
  for (var i = id.x; i < all; i += groups.x * threads) {
    let place = atomicLoad(&merged[i].earliest) - 1u;
    atomicMax(&ends[keys[place].w], rowsOf[i + 1u]);
  }
}

fn writeRow(source: u32, to: u32, count: u32, flags: u32) {
  for (var word = 0u; word < row.words; word++) {
    written[to + word] = rows[source + word];
  }
  let below = (1u << row.countShift) - 1u;
  let rest = rows[source + row.count] & below;
  written[to + row.count] = (count << row.countShift) | rest;
  written[to + row.flagMask] = flags;
}

@compute @workgroup_size(threads)
fn writeRows(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let all = begins[row.hits];
  let largest = largestCount();
  for (var i = id.x; i < all; i += groups.x * threads) {
    let first = max(rowsOf[i], part.first);
    let last = rowsOf[i + 1u] - 1u;
    let end = min(last + 1u, part.first + part.rows);
    let place = atomicLoad(&merged[i].earliest) - 1u;
    let source = places[place] * row.words;
    let flags = atomicLoad(&merged[i].flags);
    // Modulo 2^32: what is left for the last row is less.
    let rest = atomicLoad(&merged[i].low) - (last - rowsOf[i]) * largest;
    for (var at = first; at < end; at++) {
      let count = select(largest, rest, at == last);
      writeRow(source, (at - part.first) * row.words, count, flags);
    }
  }
}
