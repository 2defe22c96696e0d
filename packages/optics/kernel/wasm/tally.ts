// What became of the photons: counters in memory, in the order of tallyFields.

import {
  FLAG_BOUNDARY_REFLECT,
  FLAG_BOUNDARY_TRANSMIT,
  FLAG_BULK_ABSORB,
  FLAG_BULK_REEMIT,
  FLAG_BULK_SCATTER,
  FLAG_MISS,
  FLAG_NAN_ABORT,
  FLAG_SURFACE_ABSORB,
  FLAG_SURFACE_DETECT,
  FLAG_SURFACE_DREFLECT,
  FLAG_SURFACE_SREFLECT,
  TALLY_ABSORBED,
  TALLY_DETECTED,
  TALLY_DIFFUSE,
  TALLY_DRAWS,
  TALLY_LEFT_WORLD,
  TALLY_LOST,
  TALLY_PHOTONS,
  TALLY_REFLECTED,
  TALLY_REFRACTED,
  TALLY_SCATTERED,
  TALLY_SHIFTED,
  TALLY_SPECULAR,
  TALLY_STEPS,
  TALLY_SURFACE_ABSORBED,
  TALLY_TRUNCATED,
} from './generated/scene';
import { draws } from './philox';
import { flagMask } from './photon';

export let tally: usize = 0;

@inline export function setTally(at: usize): void {
  tally = at;
}

@inline export function add(counter: i32, n: u64): void {
  const at = tally + <usize>counter;
  store<u64>(at, load<u64>(at) + n);
}

// A photon that came to its end, after so many steps.
export function countEnd(end: u32, steps: i32): void {
  add(TALLY_PHOTONS, 1);
  add(TALLY_STEPS, <u64>steps);
  add(TALLY_DRAWS, <u64>draws);
  if (end == FLAG_BULK_ABSORB) add(TALLY_ABSORBED, 1);
  else if (end == FLAG_SURFACE_DETECT) add(TALLY_DETECTED, 1);
  else if (end == FLAG_SURFACE_ABSORB) add(TALLY_SURFACE_ABSORBED, 1);
  else if (end == FLAG_MISS) add(TALLY_LEFT_WORLD, 1);
  else add(TALLY_TRUNCATED, 1);
  if (end == FLAG_NAN_ABORT) add(TALLY_LOST, 1);
  if (flagMask & HISTORIES) countHistories(flagMask);
}

// What photons may have gone through on their way to their end.
const HISTORIES: u32 =
  FLAG_BULK_SCATTER |
  FLAG_BOUNDARY_TRANSMIT |
  FLAG_BOUNDARY_REFLECT |
  FLAG_SURFACE_DREFLECT |
  FLAG_SURFACE_SREFLECT |
  FLAG_BULK_REEMIT;

function countHistories(mask: u32): void {
  if (mask & FLAG_BULK_SCATTER) add(TALLY_SCATTERED, 1);
  if (mask & FLAG_BOUNDARY_TRANSMIT) add(TALLY_REFRACTED, 1);
  if (mask & FLAG_BOUNDARY_REFLECT) add(TALLY_REFLECTED, 1);
  if (mask & FLAG_SURFACE_DREFLECT) add(TALLY_DIFFUSE, 1);
  if (mask & FLAG_SURFACE_SREFLECT) add(TALLY_SPECULAR, 1);
  if (mask & FLAG_BULK_REEMIT) add(TALLY_SHIFTED, 1);
}
