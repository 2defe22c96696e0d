// The children of photons: what one wavelength shift emits beyond its first
// photon. They are kept in memory behind everything else, one slot after the
// other in the order of their making, and followed right after the photon that
// they come from. A slot holds what the child begins with, then its end, as a
// photon row, its step rows and their traces.

import {
  FLAG_BULK_REEMIT,
  PHOTON_SIZE,
} from './generated/scene';
import {
  flagMask,
  node,
  px,
  py,
  pz,
  setFlagMask,
  setNode,
  setPosition,
  setTime,
  setWavelength,
} from './photon';

// Philox streams of children: this and their number among the descendants of
// the photon; far from those of sources. [RNG1]
export const CHILD_STREAM: u32 = 0x80000000;
// More descendants of one photon than any shifter has: light that multiplies
// without end.
const MOST_DESCENDANTS: i32 = 1000000;
const PAGE: usize = 65536;

// What a child begins with, in the place of its row.
const START_X: usize = 0;
const START_Y: usize = 8;
const START_Z: usize = 16;
const START_TIME: usize = 24;
const START_WAVELENGTH: usize = 32;
const START_NODE: usize = 40;
const START_MASK: usize = 44;
const START_SET: usize = 48;

let base: usize = 0;
let limit: usize = 0;
let stride: usize = 0;
// Those of the batch, and how many there were before the photon at hand.
let count: i32 = 0;
let before: i32 = 0;

// Why there was no place for a child: 0 there was, 1 too many of one photon, 2
// too many in all.
export let childrenLost: i32 = 0;
// Of the child last taken: which set of properties of the shifter made it.
export let childSet: i32 = 1;

// Slots from `at` up to the address `end`.
export function configureChildren(at: usize, end: usize, steps: i32): void {
  base = at;
  limit = end;
  stride = <usize>(PHOTON_SIZE + steps * (PHOTON_SIZE + 8));
  count = 0;
  before = 0;
  childrenLost = 0;
}

// How many children the batch has.
export function childCount(): i32 {
  return count;
}

@inline export function childSlot(i: i32): usize {
  return base + <usize>i * stride;
}

// The children that come are those of another photon.
@inline export function beginFamily(): void {
  before = count;
}

@inline export function familyBegin(): i32 {
  return before;
}

// Children of the photon where it is: of light of this wavelength, absorbed at
// this time.
export function addChildren(
  more: i32,
  set: i32,
  absorbed: f64,
  at: f64,
): void {
  for (let i = 0; i < more && makeRoom(); i++) {
    const slot = childSlot(count);
    store<f64>(slot, px, START_X);
    store<f64>(slot, py, START_Y);
    store<f64>(slot, pz, START_Z);
    store<f64>(slot, at, START_TIME);
    store<f64>(slot, absorbed, START_WAVELENGTH);
    store<i32>(slot, node, START_NODE);
    store<u32>(slot, flagMask | FLAG_BULK_REEMIT, START_MASK);
    store<i32>(slot, set, START_SET);
    count++;
  }
}

// A slot more.
function makeRoom(): bool {
  if (count - before >= MOST_DESCENDANTS) childrenLost = 1;
  const end = childSlot(count + 1);
  if (end > limit) childrenLost = 2;
  if (childrenLost != 0) return false;
  const have = <usize>memory.size() * PAGE;
  if (end <= have) return true;
  // By more than asked for, as each time costs.
  const wanted = min(end + (end - base) / 2 + 16 * PAGE, limit);
  const pages = <i32>((wanted - have + PAGE - 1) / PAGE);
  if (memory.grow(pages) < 0) childrenLost = 2;
  return childrenLost == 0;
}

// Makes the child of a slot the photon, but for what its emission draws, and
// its step rows empty.
export function takeChild(i: i32): void {
  const slot = childSlot(i);
  setPosition(
    load<f64>(slot, START_X),
    load<f64>(slot, START_Y),
    load<f64>(slot, START_Z),
  );
  setTime(load<f64>(slot, START_TIME));
  setWavelength(load<f64>(slot, START_WAVELENGTH));
  setNode(load<i32>(slot, START_NODE));
  setFlagMask(load<u32>(slot, START_MASK));
  childSet = load<i32>(slot, START_SET);
  memory.fill(slot, 0, stride);
}
