// A photon's life: the nearest of boundary, absorption, scattering and
// wavelength shifting happens, until one of them ends it.

import {
  ABSORB,
  boundary,
  boundaryFlag,
  boundaryStatus,
  DETECT,
  PASS,
  REFLECT,
} from './boundary';
import { bulkProcess, emitChild, interact } from './bulk';
import {
  beginFamily,
  CHILD_STREAM,
  childCount,
  childSet,
  childSlot,
  childrenLost,
  configureChildren,
  familyBegin,
  takeChild,
} from './children';
import {
  FLAG_BOUNDARY_REFLECT,
  FLAG_BOUNDARY_TRANSMIT,
  FLAG_BULK_ABSORB,
  FLAG_BULK_REEMIT,
  FLAG_BULK_SCATTER,
  FLAG_CERENKOV,
  FLAG_MISS,
  FLAG_NAN_ABORT,
  FLAG_SCINTILLATION,
  FLAG_SURFACE_ABSORB,
  FLAG_SURFACE_DETECT,
  FLAG_SURFACE_DREFLECT,
  FLAG_SURFACE_SREFLECT,
  FLAG_TORCH,
  nodeIdentity,
  nodeMaterial,
  PHOTON_SIZE,
  TALLY_CHILDREN,
  TALLY_DIGEST,
  TALLY_FIRST_OUTSIDE,
  TALLY_STARTED_DARK,
} from './generated/scene';
import { forgetWay, rememberWay, turnBackInCusp } from './cusp';
import { locate } from './locate';
import {
  crossToFarSide,
  farMaterial,
  farNode,
  farNormalX,
  farNormalY,
  farNormalZ,
  findFarSide,
  leaves,
  nextBoundary,
  surfaceBetween,
  surfaceOwner,
} from './navigate';
import { beginStream, draw } from './philox';
import {
  addFlag,
  dx,
  dy,
  dz,
  flagMask,
  node,
  px,
  py,
  pz,
  setPosition,
  setTime,
  time,
  wavelength,
} from './photon';
import { hashChild, hashRow, readPhoton, writePhoton } from './record';
import { add, countEnd, setTally, tally } from './tally';
import {
  absorptionLength,
  energyRow,
  groupVelocity,
  hasIndex,
  materialAt,
  moreRate,
  rayleighLength,
} from './tables';

// A photon that makes this many steps of no length is caught in a fault of the
// geometry (volumes that overlap); it ends as lost, and the run says so.
const MAX_ZERO_STEPS: i32 = 100000;
const NO_LENGTH: f64 = 1e-9;

let maxBounces: i32 = 0;
let maxTime: f64 = Infinity;
let recordSteps: i32 = 0;
let records: usize = 0;

// Limits (0 bounces: none), the number of step rows to keep of each photon,
// the addresses of the tally and of the step rows, and from where to where
// there is room for children.
export function configurePropagation(
  bounces: i32,
  latest: f64,
  steps: i32,
  tallyAt: usize,
  recordsAt: usize,
  childrenAt: usize,
  childrenEnd: usize,
): void {
  maxBounces = bounces;
  maxTime = latest;
  recordSteps = steps;
  setTally(tallyAt);
  records = recordsAt;
  configureChildren(childrenAt, childrenEnd, steps);
}

let identity: u32 = 0;
let flagWord: u32 = 0;
// Of the step just made, in the bits of the flag word: 31 when it ended at the
// photon's own volume's face, 30..16 the surface met + 1.
let boundaryWord: u32 = 0;
let surface: i32 = -1;
let steps: i32 = 0;
let rows: usize = 0;
let traces: usize = 0;
let photonIndex: u64 = 0;

const BOUNDARY_FLAGS: u32 =
  FLAG_BOUNDARY_REFLECT |
  FLAG_BOUNDARY_TRANSMIT |
  FLAG_SURFACE_DREFLECT |
  FLAG_SURFACE_SREFLECT |
  FLAG_SURFACE_ABSORB |
  FLAG_SURFACE_DETECT;

const BULK_FLAGS: u32 =
  FLAG_BULK_ABSORB | FLAG_BULK_REEMIT | FLAG_BULK_SCATTER;

// Keeps the step just made, while there is room.
function keepStep(): void {
  if (steps >= recordSteps) return;
  writePhoton(
    rows + <usize>(steps * PHOTON_SIZE),
    photonIndex,
    identity,
    flagWord | boundaryWord,
  );
  store<i32>(traces + <usize>(steps * 8), node);
  store<i32>(traces + <usize>(steps * 8), (surface + 1) | (status() << 24), 4);
}

// Of what happened last: 128 more in a material. [PROP13] [PROP14]
function status(): u32 {
  if (flagWord & BOUNDARY_FLAGS) return boundaryStatus;
  return flagWord & BULK_FLAGS ? 128 + bulkProcess : 0;
}

@inline function mark(flag: u32): void {
  addFlag(flag);
  flagWord = flag;
}

// Rows of `count` photons, numbered from `firstIndex`, are followed to their
// ends in place; the detected ones are copied to `hits`; how many. Their
// children are in the slots of children.ts.
export function propagate(
  photons: usize,
  count: i32,
  firstIndex: u64,
  hits: usize,
): i32 {
  let detected = 0;
  for (let i = 0; i < count; i++) {
    const row = photons + <usize>(i * PHOTON_SIZE);
    photonIndex = firstIndex + <u64>i;
    rows = records + <usize>(i * recordSteps * PHOTON_SIZE);
    traces =
      records +
      <usize>(count * recordSteps * PHOTON_SIZE) +
      <usize>(i * recordSteps * 8);
    readPhoton(row);
    beginStream(<u32>photonIndex, <u32>(photonIndex >> 32), 0);
    beginFamily();
    const end = follow();
    writePhoton(row, photonIndex, identity, flagWord | boundaryWord);
    countEnd(end, steps);
    add(TALLY_DIGEST, hashRow(row));
    if (end == FLAG_SURFACE_DETECT) {
      memory.copy(
        hits + <usize>(detected * PHOTON_SIZE),
        row,
        <usize>PHOTON_SIZE,
      );
      detected++;
    }
    if (childCount() > familyBegin()) followChildren();
    if (childrenLost != 0) break;
  }
  return detected;
}

// The children of the photon just followed, theirs among them, to their ends.
// Each has random numbers of its own, by its number among them.
function followChildren(): void {
  const first = familyBegin();
  for (let i = first; i < childCount() && childrenLost == 0; i++) {
    const row = childSlot(i);
    rows = row + PHOTON_SIZE;
    traces = rows + <usize>(recordSteps * PHOTON_SIZE);
    takeChild(i);
    const stream = CHILD_STREAM + <u32>(i - first);
    beginStream(<u32>photonIndex, <u32>(photonIndex >> 32), stream);
    beginLife(FLAG_BULK_REEMIT);
    emitChild(nodeMaterial(node), childSet);
    const end = live();
    writePhoton(row, photonIndex, identity, flagWord | boundaryWord);
    countEnd(end, steps);
    add(TALLY_CHILDREN, 1);
    add(TALLY_DIGEST, hashChild(row, i - first));
  }
}

// The life of the photon in photon.ts; the flag of its end, 0 if a limit of
// the user ended it.
function follow(): u32 {
  beginLife(flagMask & 7);
  if (flagWord == 0) mark(FLAG_TORCH);
  if (!locate()) {
    mark(FLAG_MISS);
    // The rounding of a row to 32 bits can put light made at the very edge of
    // the world outside; a photon of a file or lamp there is a mistake.
    const made = flagMask & (FLAG_CERENKOV | FLAG_SCINTILLATION);
    if (made == 0 && load<u64>(tally, TALLY_FIRST_OUTSIDE) == 0)
      store<u64>(tally, photonIndex + 1, TALLY_FIRST_OUTSIDE);
    return FLAG_MISS;
  }
  return live();
}

@inline function beginLife(flag: u32): void {
  steps = 0;
  identity = 0;
  surface = -1;
  boundaryWord = 0;
  flagWord = flag;
}

// How far the photon comes until the user's limit of time.
function wayLeft(): f64 {
  return max(0.0, maxTime - time) * groupVelocity;
}

// From where the photon is, in the frame of its node.
function live(): u32 {
  if (recordSteps > 0) keepStep();
  energyRow(wavelength);
  let material = nodeMaterial(node);
  materialAt(material);
  if (!hasIndex(material)) add(TALLY_STARTED_DARK, 1);
  let depth = -Math.log(draw());
  let zeros = 0;
  forgetWay();
  while (true) {
    const rate = 1.0 / absorptionLength + 1.0 / rayleighLength + moreRate;
    const reach = depth / rate;
    const left = maxTime < Infinity ? wayLeft() : Infinity;
    const way = nextBoundary(reach < left ? reach : left);
    steps++;
    surface = -1;
    boundaryWord = 0;
    setPosition(px + way * dx, py + way * dy, pz + way * dz);
    setTime(time + way / groupVelocity);
    if (way >= left) {
      flagWord = 0;
      keepStep();
      return 0;
    }
    if (way >= reach) {
      const which = draw() * rate;
      depth = -Math.log(draw());
      const flag = interact(material, which);
      mark(flag);
      if (flag == FLAG_BULK_ABSORB) {
        keepStep();
        return flag;
      }
      if (flag == FLAG_BULK_REEMIT) materialAt(material);
      zeros = 0;
    } else {
      depth -= way * rate;
      if (way > NO_LENGTH) {
        zeros = 0;
        rememberWay();
      } else {
        zeros++;
      }
      const end = meetBoundary(material);
      if (end != CONTINUE) {
        keepStep();
        return end;
      }
      if (zeros > 0) turnBackInCusp();
      material = nodeMaterial(node);
      materialAt(material);
    }
    const lost = zeros > MAX_ZERO_STEPS || !(time >= -Infinity);
    if (lost) mark(FLAG_NAN_ABORT);
    if (recordSteps > 0) keepStep();
    if (lost) return FLAG_NAN_ABORT;
    if (steps == maxBounces) return 0;
  }
}

const CONTINUE: u32 = 0xffffffff;

// The photon stands at a boundary: what the boundary does with it.
function meetBoundary(material: i32): u32 {
  findFarSide();
  surface = surfaceBetween();
  boundaryWord = ((<u32>(surface + 1) & 0x7fff) << 16) | (leaves() ? 1 << 31 : 0);
  if (farNode < 0) {
    mark(FLAG_MISS);
    return FLAG_MISS;
  }
  const outcome = boundary(
    material,
    farMaterial(),
    surface,
    farNormalX,
    farNormalY,
    farNormalZ,
  );
  if (outcome == ABSORB) {
    mark(FLAG_SURFACE_ABSORB);
    return FLAG_SURFACE_ABSORB;
  }
  if (outcome == DETECT) {
    identity = <u32>nodeIdentity(surfaceOwner);
    // A film on a border is one thing from both sides.
    if (identity == 0)
      identity = <u32>nodeIdentity(surfaceOwner == node ? farNode : node);
    mark(FLAG_SURFACE_DETECT);
    return FLAG_SURFACE_DETECT;
  }
  if (outcome != PASS) mark(boundaryFlag);
  if (outcome != REFLECT) crossToFarSide();
  return CONTINUE;
}
