// Walks of many rays through one solid, checked at every step against the
// solid's membership (solidInside): an independent way to say what is inside.

import { bindScene } from '../generated/scene';
import {
  hitFace, normalX, normalY, normalZ, solidEnter, solidExit, solidInside,
  solidNormal,
} from '../solid';
import {
  random, randomDirection, randomX, randomY, randomZ, seedRandom,
} from './random';

export {
  hitFace, normalX, normalY, normalZ, solidEnter, solidExit, solidInside,
  solidNormal,
};

export function solidsHeapStart(): usize {
  return __heap_base;
}

export function bindSolids(base: usize): void {
  bindScene(base);
}

// The box the rays start in, and a length below which points are on a surface.
let centerX: f64 = 0;
let centerY: f64 = 0;
let centerZ: f64 = 0;
let halfX: f64 = 1;
let halfY: f64 = 1;
let halfZ: f64 = 1;
let skin: f64 = 1e-6;
let size: f64 = 1;

export function setArena(
  minX: f64, minY: f64, minZ: f64, maxX: f64, maxY: f64, maxZ: f64,
): void {
  centerX = 0.5 * (minX + maxX);
  centerY = 0.5 * (minY + maxY);
  centerZ = 0.5 * (minZ + maxZ);
  halfX = 0.5 * (maxX - minX);
  halfY = 0.5 * (maxY - minY);
  halfZ = 0.5 * (maxZ - minZ);
  size = halfX + halfY + halfZ;
  skin = 1e-8 * size;
}

// The first violation of a walk, for the message: what, where, which way.
export let violationKind: i32 = 0;
export let violationX: f64 = 0;
export let violationY: f64 = 0;
export let violationZ: f64 = 0;
export let violationDx: f64 = 0;
export let violationDy: f64 = 0;
export let violationDz: f64 = 0;
export let violationT: f64 = 0;
export let violationFace: i32 = 0;
let violations: i32 = 0;

// Boundaries whose normal does not fit the membership around them: at an edge
// or an apex, hit to rounding, there may be no normal that does.
export let oddNormals: f64 = 0;

// How many boundaries were met, and the length of all stretches inside.
export let facesMet: f64 = 0;
export let insideLength: f64 = 0;

let ox: f64 = 0;
let oy: f64 = 0;
let oz: f64 = 0;
let dx: f64 = 0;
let dy: f64 = 0;
let dz: f64 = 0;

function violate(kind: i32, t: f64): void {
  violations++;
  if (violations > 1) return;
  violationKind = kind;
  violationX = ox;
  violationY = oy;
  violationZ = oz;
  violationDx = dx;
  violationDy = dy;
  violationDz = dz;
  violationT = t;
  violationFace = hitFace;
}

function begin(seed: u32): void {
  seedRandom(seed);
  violations = 0;
  violationKind = 0;
  facesMet = 0;
  oddNormals = 0;
  insideLength = 0;
}

// Whether a surface is near a point: rounding may put it on either side.
function isNearSurface(solid: i32, x: f64, y: f64, z: f64): bool {
  const inside = solidInside(solid, x, y, z);
  for (let i = 1; i < 27; i++) {
    const sx = skin * <f64>(i % 3 - 1);
    const sy = skin * <f64>((i / 3) % 3 - 1);
    const sz = skin * <f64>(i / 9 - 1);
    if (solidInside(solid, x + sx, y + sy, z + sz) != inside) return true;
  }
  return false;
}

// Violation 1 or 2: a stretch whose middle is on the wrong side. All of a
// shorter one is near a surface.
function checkStretch(solid: i32, t: f64, inside: bool): void {
  if (t < skin) return;
  for (let i = 1; i < 4; i++) {
    const s = 0.25 * t * <f64>i;
    const x = ox + s * dx;
    const y = oy + s * dy;
    const z = oz + s * dz;
    if (solidInside(solid, x, y, z) != inside) {
      if (!isNearSurface(solid, x, y, z)) violate(inside ? 1 : 2, s);
    }
  }
}

// Violation 3: a normal not of unit length. Odd ones: of the wrong sign, or not
// from inside to outside.
function checkNormal(solid: i32, leaving: bool): void {
  const nx = normalX;
  const ny = normalY;
  const nz = normalZ;
  if (abs(nx * nx + ny * ny + nz * nz - 1) > 1e-12) violate(3, 0);
  const along = nx * dx + ny * dy + nz * dz;
  if (leaving ? along < -1e-5 : along > 1e-5) {
    oddNormals++;
    return;
  }
  // At an edge the way across the face may miss the solid: also from beside.
  let beside: f64 = 0;
  for (let step = 1e-7 * size; step > 1e-11 * size; step *= 0.5) {
    randomDirection();
    const away = randomX * nx + randomY * ny + randomZ * nz;
    const x = ox + beside * step * (randomX - away * nx);
    const y = oy + beside * step * (randomY - away * ny);
    const z = oz + beside * step * (randomZ - away * nz);
    const out = solidInside(solid, x + step * nx, y + step * ny, z + step * nz);
    const inn = solidInside(solid, x - step * nx, y - step * ny, z - step * nz);
    if (inn && !out) return;
    if (beside == 0) step *= 2;
    beside = 3;
  }
  oddNormals++;
}

function advance(t: f64): void {
  ox += t * dx;
  oy += t * dy;
  oz += t * dz;
}

function aim(x: f64, y: f64, z: f64): void {
  const scale = 1 / sqrt(x * x + y * y + z * z);
  dx = x * scale;
  dy = y * scale;
  dz = z * scale;
}

// A start in the arena, or some way out of it, and a direction: isotropic,
// along an axis or nearly so, or at a corner or the centre of the arena.
function launch(): void {
  const wide = random() < 0.5 ? 1 : random() < 0.5 ? 1.5 : 20;
  ox = centerX + wide * halfX * (2 * random() - 1);
  oy = centerY + wide * halfY * (2 * random() - 1);
  oz = centerZ + wide * halfZ * (2 * random() - 1);
  randomDirection();
  const how = random();
  if (how < 0.6) {
    aim(randomX, randomY, randomZ);
  } else if (how < 0.8) {
    const tilt = random() < 0.4 ? 0 : pow(10, -15 * random());
    const axis = <i32>(3 * random());
    const sign = random() < 0.5 ? -1.0 : 1.0;
    aim(
      axis == 0 ? sign : tilt * randomX,
      axis == 1 ? sign : tilt * randomY,
      axis == 2 ? sign : tilt * randomZ,
    );
  } else if (how < 0.9) {
    aim(centerX - ox, centerY - oy, centerZ - oz);
  } else {
    aim(corner(halfX) + centerX - ox, corner(halfY) + centerY - oy,
      corner(halfZ) + centerZ - oz);
  }
}

function pow(base: f64, exponent: f64): f64 {
  return Math.pow(base, exponent);
}

function corner(half: f64): f64 {
  return half * <f64>(<i32>(3 * random()) - 1);
}

// Follows rays straight through the solid, entering and leaving in turn.
// Returns the number of violations.
export function followRays(solid: i32, seed: u32, rays: i32): i32 {
  begin(seed);
  for (let ray = 0; ray < rays; ray++) {
    launch();
    let inside = solidInside(solid, ox, oy, oz);
    let steps = 0;
    for (; steps < 100000; steps++) {
      const t = next(solid, inside);
      if (t == Infinity) break;
      inside = !inside;
    }
    // Violation 4: it goes in and out without end.
    if (steps == 100000) violate(4, 0);
  }
  return violations;
}

// One stretch, checked: its length. The ray is then at its end.
function next(solid: i32, inside: bool): f64 {
  if (inside) {
    const t = solidExit(solid, ox, oy, oz, dx, dy, dz);
    // Violation 5: it never leaves, or backwards.
    if (!(t >= 0 && t < Infinity)) {
      violate(5, t);
      return Infinity;
    }
    checkStretch(solid, t, true);
    insideLength += t;
    arrive(solid, t, true);
    return t;
  }
  const t = solidEnter(solid, ox, oy, oz, dx, dy, dz, Infinity);
  if (t == Infinity) {
    checkStretch(solid, 3 * size, false);
    checkStretch(solid, 0.5 * size, false);
    return t;
  }
  // Violation 6: it enters backwards.
  if (!(t >= 0)) violate(6, t);
  checkStretch(solid, t, false);
  arrive(solid, t, false);
  return t;
}

function arrive(solid: i32, t: f64, leaving: bool): void {
  advance(t);
  facesMet++;
  solidNormal(hitFace, ox, oy, oz);
  checkNormal(solid, leaving);
}

// Lets photons wander: at each boundary one goes on, is reflected like on a
// mirror, or into any direction on its side; `grazing` bends the last towards
// the surface. Returns the number of violations in `steps` steps.
export function wander(
  solid: i32, seed: u32, steps: i32, grazing: f64,
): i32 {
  begin(seed);
  launch();
  let inside = solidInside(solid, ox, oy, oz);
  let still = 0;
  for (let step = 0; step < steps; step++) {
    const t = next(solid, inside);
    if (t == Infinity) {
      launch();
      inside = solidInside(solid, ox, oy, oz);
      continue;
    }
    // Violation 7: it does not come away from where it is.
    still = t > 0 ? 0 : still + 1;
    if (still > 20) {
      violate(7, 0);
      still = 0;
    }
    solidNormal(hitFace, ox, oy, oz);
    const what = random();
    if (what < 0.3) inside = !inside;
    else turn(what > 0.6, inside ? 1 : -1, grazing);
  }
  return violations;
}

// Mirror or diffuse reflection; `side` is 1 inside, where the outward normal is
// along the photon.
function turn(mirror: bool, side: f64, grazing: f64): void {
  const nx = side * normalX;
  const ny = side * normalY;
  const nz = side * normalZ;
  const along = dx * nx + dy * ny + dz * nz;
  if (mirror) {
    if (along > 0) {
      aim(dx - 2 * along * nx, dy - 2 * along * ny, dz - 2 * along * nz);
    }
    return;
  }
  randomDirection();
  let depth = randomX * nx + randomY * ny + randomZ * nz;
  const wanted = -abs(depth) * pow(10, -grazing * random());
  depth -= wanted;
  aim(randomX - depth * nx, randomY - depth * ny, randomZ - depth * nz);
}

// Reflects one photon like on a mirror inside the solid, `bounces` times, from a
// point on its surface where its direction has the given cosine to the normal.
// Returns the number of violations: outside, or at rest.
export function reflectInside(
  solid: i32, seed: u32, bounces: i32, cosine: f64,
): i32 {
  begin(seed);
  do {
    launch();
  } while (!solidInside(solid, ox, oy, oz));
  advance(solidExit(solid, ox, oy, oz, dx, dy, dz));
  solidNormal(hitFace, ox, oy, oz);
  randomDirection();
  const depth = randomX * normalX + randomY * normalY + randomZ * normalZ;
  const tx = randomX - depth * normalX;
  const ty = randomY - depth * normalY;
  const tz = randomZ - depth * normalZ;
  const scale = 1 / sqrt(tx * tx + ty * ty + tz * tz);
  aim(
    tx * scale - cosine * normalX,
    ty * scale - cosine * normalY,
    tz * scale - cosine * normalZ,
  );
  let still = 0;
  for (let i = 0; i < bounces; i++) {
    const t = solidExit(solid, ox, oy, oz, dx, dy, dz);
    if (!(t < Infinity)) {
      violate(5, t);
      return violations;
    }
    still = t > 0 ? 0 : still + 1;
    if (still > 20) violate(7, 0);
    insideLength += t;
    advance(t);
    if (!solidInside(solid, ox, oy, oz) && !isNearSurface(solid, ox, oy, oz)) {
      violate(1, t);
    }
    solidNormal(hitFace, ox, oy, oz);
    turn(true, 1, 0);
  }
  return violations;
}

// Only leaves and enters, each `repeats` times; how long it takes is measured
// outside, and the launch of rays is in it once for all repeats.
export function timeSolid(
  solid: i32, seed: u32, rays: i32, repeats: i32,
): f64 {
  begin(seed);
  let sum: f64 = 0;
  for (let ray = 0; ray < rays; ray++) {
    launch();
    let inside = solidInside(solid, ox, oy, oz);
    for (;;) {
      let t: f64 = 0;
      for (let i = 0; i < repeats; i++) {
        t = inside
          ? solidExit(solid, ox, oy, oz, dx, dy, dz)
          : solidEnter(solid, ox, oy, oz, dx, dy, dz, Infinity);
        facesMet++;
      }
      if (t == Infinity) break;
      sum += t;
      advance(t);
      inside = !inside;
    }
  }
  return sum;
}
