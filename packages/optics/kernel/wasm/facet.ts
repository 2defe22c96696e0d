// The normals of the micro-facets of a ground surface, as GetFacetNormal of
// G4OpBoundaryProcess.

import { rotateToAxis, turnedX, turnedY, turnedZ } from './emission';
import { draw } from './philox';
import { dx, dy, dz } from './photon';
import { turn, turnCos, turnSin } from './turn';

export const UNIFIED: i32 = 1;

// The result of drawFacet(): a unit normal against the photon.
export let facetX: f64 = 0;
export let facetY: f64 = 0;
export let facetZ: f64 = 1;

@inline function setFacet(x: f64, y: f64, z: f64): void {
  facetX = x;
  facetY = y;
  facetZ = z;
}

// A facet of a surface of mean normal n (against the photon) that the photon
// meets from its front. `value`: sigma_alpha (unified) or polish (glisur).
export function drawFacet(
  model: i32,
  value: f64,
  nx: f64,
  ny: f64,
  nz: f64,
): void {
  setFacet(nx, ny, nz);
  if (model == UNIFIED ? value == 0.0 : value >= 1.0) return;
  do {
    if (model == UNIFIED) tiltFacet(value, nx, ny, nz);
    else smearFacet(1.0 - value, nx, ny, nz);
  } while (dx * facetX + dy * facetY + dz * facetZ >= 0.0);
}

// An angle with the density exp(-a^2 / (2 sigma^2)) sin a on [0, pi/2): from
// exp(-a^2 / (2 sigma^2)) a by inversion, kept with chance sin a / a. Sets
// turnCos and turnSin. Draws: 2 for each trial. [SURF4]
export function drawFacetAngle(sigma: f64): void {
  const edge = (0.5 * Math.PI) / sigma;
  const below = 1.0 - Math.exp(-0.5 * edge * edge);
  let angle: f64 = 0;
  do {
    angle = sigma * Math.sqrt(-2.0 * Math.log(1.0 - below * draw()));
    turn(angle * (0.5 / Math.PI));
  } while (draw() * angle > turnSin);
}

// Unified: tilted by that angle, at any azimuth. [SURF4]
function tiltFacet(sigma: f64, nx: f64, ny: f64, nz: f64): void {
  drawFacetAngle(sigma);
  const c = turnCos;
  const s = turnSin;
  turn(draw());
  rotateToAxis(s * turnCos, s * turnSin, c, nx, ny, nz);
  setFacet(turnedX, turnedY, turnedZ);
}

// Glisur: the normal plus a point of the ball of radius 1 - polish, all
// points alike likely. Draws: 3. [SURF5]
function smearFacet(radius: f64, nx: f64, ny: f64, nz: f64): void {
  const r = radius * Math.cbrt(draw());
  const c = 2.0 * draw() - 1.0;
  const s = r * Math.sqrt((1.0 - c) * (1.0 + c));
  turn(draw());
  const x = nx + s * turnCos;
  const y = ny + s * turnSin;
  const z = nz + r * c;
  const n = 1.0 / Math.sqrt(x * x + y * y + z * z);
  setFacet(n * x, n * y, n * z);
}
