// A closed mesh of triangles; parameters: centre and half lengths of its box,
// the tolerance of its solid; its hierarchy is in `meshNode`. Each ray enters it
// as often as it leaves (triangle.ts), so that what lies ahead of a point tells
// whether it is inside. Faces: the number of the triangle, with MESH_FACE.

import { param } from '../generated/scene';
import { addInterval, hasRoom, MESH_FACE, pushList } from '../intervals';
import { nextMeshLeaf, startMeshWalk } from './mesh-walk';
import {
  isBehind, PARALLEL, setHitFace, setLeafFrame, setNormal, tolerance,
} from './span';
import {
  aimAtTriangles, alongTriangleNormal, crossingDepth, crossingLeaves, crossingT,
  crossTriangle, isNearTriangle, nearDepth, normalOfTriangle, triangleNormalX,
  triangleNormalY, triangleNormalZ,
} from './triangle';

// The nearest crossing ahead of the ray's origin, by lookAhead(): its distance,
// Infinity if there is none, its triangle, and whether the ray leaves there.
// Triangles that the origin is on, within the tolerance, are not ahead; of those,
// `onEntry` and `onExit` are ones that the ray enters and leaves through, or -1.
let aheadT: f64 = 0;
let aheadTriangle: i32 = -1;
let aheadLeaves: bool = false;
let onEntry: i32 = -1;
let onExit: i32 = -1;
// Whether another crossing is within the tolerance of it: an edge is grazed, or
// two faces coincide.
let isDouble: bool = false;

// Whether the ray's origin is on the triangle that it just crossed.
@inline function isOnTriangle(triangle: i32): bool {
  return abs(crossingDepth) <= tolerance
    && (abs(crossingT) <= tolerance || isNearTriangle(triangle, 2 * tolerance));
}

function lookAhead(
  p: usize, root: i32, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
  limit: f64,
): void {
  aheadT = Infinity;
  aheadTriangle = -1;
  onEntry = -1;
  onExit = -1;
  isDouble = false;
  if (!startMeshWalk(p, root, ox, oy, oz, dx, dy, dz, limit)) return;
  aimAtTriangles(ox, oy, oz, dx, dy, dz);
  let other = Infinity;
  for (;;) {
    const leaf = nextMeshLeaf(min(limit, aheadT + 2 * tolerance));
    if (leaf < 0) break;
    const last = (leaf >> 3) + (leaf & 7);
    for (let i = leaf >> 3; i <= last; i++) {
      if (!crossTriangle(i)) continue;
      if (isOnTriangle(i)) {
        if (crossingLeaves) onExit = i;
        else onEntry = i;
      } else if (crossingT > 0) {
        if (crossingT < aheadT) {
          other = aheadT;
          aheadT = crossingT;
          aheadTriangle = i;
          aheadLeaves = crossingLeaves;
        } else {
          other = min(other, crossingT);
        }
      }
    }
  }
  // Which of the two comes first is rounding: all that lies ahead tells.
  isDouble = other - aheadT <= tolerance;
  if (isDouble) aheadLeaves = leavesAhead(p, root, ox, oy, oz, dx, dy, dz) >= 1;
}

// How often the ray leaves ahead, less how often it enters: 1 from inside.
function leavesAhead(
  p: usize, root: i32, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
): i32 {
  startMeshWalk(p, root, ox, oy, oz, dx, dy, dz, Infinity);
  let sum = 0;
  let leaf = nextMeshLeaf(Infinity);
  while (leaf >= 0) {
    const last = (leaf >> 3) + (leaf & 7);
    for (let i = leaf >> 3; i <= last; i++) {
      if (!crossTriangle(i) || isOnTriangle(i)) continue;
      if (crossingT > 0) sum += crossingLeaves ? 1 : -1;
    }
    leaf = nextMeshLeaf(Infinity);
  }
  return sum;
}

// Whether meshExit() or meshEnter() could not decide: all crossings have to.
export let isUndecided: bool = false;

// The distance at which a ray that is inside leaves; sets hitFace. What lies
// ahead decides: where the nearest crossing leads out, the ray is inside until
// there; else it is outside already.
export function meshExit(
  p: usize, root: i32, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
): f64 {
  isUndecided = false;
  lookAhead(p, root, ox, oy, oz, dx, dy, dz, Infinity);
  if (aheadTriangle >= 0 && aheadLeaves) {
    setHitFace(MESH_FACE | aheadTriangle);
    return aheadT;
  }
  if (onExit >= 0) {
    setHitFace(MESH_FACE | onExit);
    return 0;
  }
  // Rounding put the origin outside by so much that the ray passes by an edge.
  isUndecided = true;
  return 0;
}

// The distance at which a ray that is outside enters, Infinity if it does not
// before `limit`; sets hitFace. `held` as in solid.ts. Where an edge is grazed,
// or faces coincide, what lies ahead of there tells whether it really enters.
export function meshEnter(
  p: usize, root: i32,
  ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
  limit: f64, held: bool,
): f64 {
  isUndecided = false;
  let way: f64 = 0;
  for (let grazes = 0; grazes < 64; grazes++) {
    const rest = limit - way;
    const far = held ? Infinity : max(rest, 4 * tolerance);
    lookAhead(
      p, root, ox + way * dx, oy + way * dy, oz + way * dz, dx, dy, dz, far,
    );
    if (isAlreadyIn(far, held)) {
      if (onEntry < 0 && !held) break;
      setHitFace(MESH_FACE | (onEntry < 0 ? aheadTriangle : onEntry));
      return way < limit ? way : Infinity;
    }
    if (aheadTriangle < 0 || aheadT >= rest) return Infinity;
    if (!isDouble) {
      setHitFace(MESH_FACE | aheadTriangle);
      return way + aheadT;
    }
    way += aheadT;
  }
  // Rounding put it inside before it entered.
  isUndecided = true;
  return 0;
}

// Whether the ray is inside where lookAhead() looked from: the nearest crossing
// leads out, or a stretch that begins there goes on beyond the limit.
@inline function isAlreadyIn(limit: f64, held: bool): bool {
  if (aheadTriangle >= 0) return aheadLeaves;
  return onEntry >= 0 && onExit < 0 && !held && limit < Infinity;
}

// All crossings ahead, sorted by distance; at most so many of the nearest.
const MOST: i32 = 2048;
const crossings: usize = memory.data(MOST * 16, 16);
let crossingCount: i32 = 0;
// How often the ray leaves ahead, less how often it enters.
let windings: i32 = 0;

function insertCrossing(t: f64, triangle: i32, leaves: bool): void {
  windings += leaves ? 1 : -1;
  if (crossingCount == MOST) {
    if (load<f64>(crossings + <usize>((MOST - 1) << 4)) <= t) return;
    crossingCount--;
  }
  let i = crossingCount++;
  while (i > 0) {
    const below = crossings + <usize>((i - 1) << 4);
    if (load<f64>(below) <= t) break;
    store<f64>(below, load<f64>(below), 16);
    store<u64>(below, load<u64>(below, 8), 24);
    i--;
  }
  const entry = crossings + <usize>(i << 4);
  store<f64>(entry, t);
  store<i32>(entry, triangle, 8);
  store<i32>(entry, leaves ? 1 : -1, 12);
}

// Triangles that the ray's origin is on, by standOnTriangles(): ones that it
// enters and leaves through, or -1, and a little way across all of them, to the
// side that the ray goes to: there rounding does not matter any more.
let standEntry: i32 = -1;
let standExit: i32 = -1;
let stepX: f64 = 0;
let stepY: f64 = 0;
let stepZ: f64 = 0;

function standOnTriangles(
  p: usize, root: i32, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
): void {
  standEntry = -1;
  standExit = -1;
  stepX = 0;
  stepY = 0;
  stepZ = 0;
  const reach = 2 * tolerance;
  if (!startMeshWalk(p, root, ox, oy, oz, dx, dy, dz, reach)) return;
  aimAtTriangles(ox, oy, oz, dx, dy, dz);
  let deepest: f64 = 0;
  let leaf = nextMeshLeaf(reach);
  while (leaf >= 0) {
    const last = (leaf >> 3) + (leaf & 7);
    for (let i = leaf >> 3; i <= last; i++) {
      if (!isNearTriangle(i, reach)) continue;
      deepest = max(deepest, abs(nearDepth));
      const along = alongTriangleNormal();
      if (along > PARALLEL) standExit = i;
      else if (along < -PARALLEL) standEntry = i;
      // A ray along it is on the side that isBehind() says.
      let sign: f64 = along > 0 ? 1 : -1;
      if (abs(along) <= PARALLEL) {
        sign = isBehind(0, triangleNormalX, triangleNormalY, triangleNormalZ)
          ? -1 : 1;
      }
      stepX += sign * triangleNormalX;
      stepY += sign * triangleNormalY;
      stepZ += sign * triangleNormalZ;
    }
    leaf = nextMeshLeaf(reach);
  }
  const square = stepX * stepX + stepY * stepY + stepZ * stepZ;
  if (square < 1e-12) return;
  const scale = (4 * deepest + 0.01 * tolerance) / sqrt(square);
  stepX *= scale;
  stepY *= scale;
  stepZ *= scale;
}

// The distance of the last crossing from where the ray's origin was before the
// step: no step adds to the next one.
@inline function withoutStep(triangle: i32): f64 {
  normalOfTriangle(triangle);
  const rate = alongTriangleNormal();
  if (abs(rate) < 1e-9) return crossingT;
  const back = stepX * triangleNormalX + stepY * triangleNormalY
    + stepZ * triangleNormalZ;
  return max(crossingT + back / rate, 0);
}

// All crossings ahead of a point.
function collectCrossings(
  p: usize, root: i32, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
): void {
  crossingCount = 0;
  windings = 0;
  if (!startMeshWalk(p, root, ox, oy, oz, dx, dy, dz, Infinity)) return;
  aimAtTriangles(ox, oy, oz, dx, dy, dz);
  let leaf = nextMeshLeaf(Infinity);
  while (leaf >= 0) {
    const last = (leaf >> 3) + (leaf & 7);
    for (let i = leaf >> 3; i <= last; i++) {
      if (!crossTriangle(i)) continue;
      if (crossingT > 0) insertCrossing(withoutStep(i), i, crossingLeaves);
    }
    leaf = nextMeshLeaf(Infinity);
  }
}

// Pushes the list of the stretches of a ray in the mesh. One that holds the
// ray's origin begins at -Infinity, as nothing behind is looked at, but one that
// begins on a triangle begins at 0, and what ends there is a stretch too.
export function pushMesh(
  p: usize, root: i32, ox: f64, oy: f64, oz: f64, dx: f64, dy: f64, dz: f64,
): void {
  pushList();
  setLeafFrame(-1);
  standOnTriangles(p, root, ox, oy, oz, dx, dy, dz);
  collectCrossings(
    p, root, ox + stepX, oy + stepY, oz + stepZ, dx, dy, dz,
  );
  let inside = windings;
  let tIn = -Infinity;
  let faceIn = -1;
  if (inside >= 1 && standEntry >= 0) {
    tIn = 0;
    faceIn = MESH_FACE | standEntry;
  } else if (inside < 1 && standExit >= 0) {
    const face = MESH_FACE | standExit;
    addInterval(-Infinity, face, 0, face);
  }
  for (let i = 0; i < crossingCount; i++) {
    const entry = crossings + <usize>(i << 4);
    const t = load<f64>(entry);
    const face = MESH_FACE | load<i32>(entry, 8);
    const before = inside;
    inside -= load<i32>(entry, 12);
    if (before < 1 && inside >= 1) {
      tIn = t;
      faceIn = face;
    } else if (before >= 1 && inside < 1 && hasRoom()) {
      addInterval(tIn, faceIn < 0 ? face : faceIn, t, face);
    }
  }
}

// Whether a point is in the mesh, or on it: what a ray from it, any way, crosses.
export function meshInside(p: usize, root: i32, x: f64, y: f64, z: f64): bool {
  const reach = param(p, 6);
  const dx: f64 = 0.5363;
  const dy: f64 = 0.7259;
  const dz: f64 = 0.4311;
  if (!startMeshWalk(p, root, x, y, z, dx, dy, dz, Infinity)) return false;
  aimAtTriangles(x, y, z, dx, dy, dz);
  let sum = 0;
  let leaf = nextMeshLeaf(Infinity);
  while (leaf >= 0) {
    const last = (leaf >> 3) + (leaf & 7);
    for (let i = leaf >> 3; i <= last; i++) {
      if (!crossTriangle(i)) continue;
      if (abs(crossingDepth) <= reach) return true;
      if (crossingT > 0) sum += crossingLeaves ? 1 : -1;
    }
    leaf = nextMeshLeaf(Infinity);
  }
  return sum >= 1;
}

export function meshNormal(triangle: i32): void {
  normalOfTriangle(triangle);
  setNormal(triangleNormalX, triangleNormalY, triangleNormalZ);
}
