import type {
  Cone,
  CutTube,
  Elcone,
  Ellipsoid,
  Eltube,
  Hype,
  Paraboloid,
  Sphere,
  Torus,
  Tube,
} from '../model/solid.ts';
import {
  cylinder,
  ellipsoid,
  ellipticCone,
  frustum,
  halfCone,
  hyperboloid,
  intersection,
  paraboloid,
  planes,
  planeThrough,
  type Shape,
  sphere,
  subtraction,
  torus,
} from './compile-solid-shape.ts';
import { cutPhi } from './compile-solid-wedge.ts';

/** [SOL2] A cylinder; the bore goes beyond both ends, so that its ends never coincide with the tube's. */
export function tubeShape({ rmin, rmax, z, startphi, deltaphi }: Tube): Shape {
  const bore = rmin > 0 ? cylinder(-z, z, rmin) : undefined;
  return cutPhi(subtraction(cylinder(-z / 2, z / 2, rmax), bore), startphi, deltaphi);
}

/** [SOL3] A longer cylinder between the two planes. */
export function cutTubeShape(tube: CutTube): Shape {
  const { rmin, rmax, z, lowNormal, highNormal } = tube;
  const steepest = Math.max(
    ...[lowNormal, highNormal].map((n) => Math.hypot(n[0], n[1]) / Math.abs(n[2])),
  );
  const half = z / 2 + rmax * steepest + 0.1 * (rmax + z);
  const ends = planes(
    [planeThrough(lowNormal, [0, 0, -z / 2]), planeThrough(highNormal, [0, 0, z / 2])],
    0,
  );
  const bore = rmin > 0 ? cylinder(-2 * half, 2 * half, rmin) : undefined;
  const body = subtraction(intersection(cylinder(-half, half, rmax), ends), bore);
  return cutPhi(body, tube.startphi, tube.deltaphi);
}

/** [SOL4] A frustum less the inner one; both end at the same planes, to the bit. */
export function coneShape(cone: Cone): Shape {
  const half = cone.z / 2;
  const outer = frustum(-half, half, cone.rmax1, cone.rmax2);
  const hollow = cone.rmin1 > 0 || cone.rmin2 > 0;
  const inner = hollow ? frustum(-half, half, cone.rmin1, cone.rmin2) : undefined;
  return cutPhi(subtraction(outer, inner), cone.startphi, cone.deltaphi);
}

/** [SOL5] A ball less the inner one, cut in phi and, by cones about the axis, in theta. */
export function sphereShape(solid: Sphere): Shape {
  const { rmin, rmax, startphi, deltaphi, starttheta, deltatheta } = solid;
  const shell = subtraction(sphere(rmax), rmin > 0 ? sphere(rmin) : undefined);
  const wedge = cutPhi(shell, startphi, deltaphi);
  return aboveTheta(belowTheta(wedge, starttheta + deltatheta), starttheta);
}

/** Angles this near to 0, 90 and 180 degrees are these: half of Geant4's kAngTolerance. */
const ANGLE = 0.5e-9;
const upper = planes([{ normal: [0, 0, -1], c: 0 }], 0);
const lower = planes([{ normal: [0, 0, 1], c: 0 }], 0);

/** What has a theta of at least the one given. */
function aboveTheta(shape: Shape, theta: number): Shape {
  const right = Math.PI / 2;
  if (theta <= ANGLE) return shape;
  if (Math.abs(theta - right) < ANGLE) return intersection(shape, lower);
  if (theta < right) return subtraction(shape, halfCone(theta, true));
  return intersection(shape, halfCone(Math.PI - theta, false));
}

/** What has a theta of at most the one given. */
function belowTheta(shape: Shape, theta: number): Shape {
  const right = Math.PI / 2;
  if (theta >= Math.PI - ANGLE) return shape;
  if (Math.abs(theta - right) < ANGLE) return intersection(shape, upper);
  if (theta < right) return intersection(shape, halfCone(theta, true));
  return subtraction(shape, halfCone(Math.PI - theta, false));
}

/** [SOL6] Cuts of 0 and 0 mean none, as in Geant4; cuts beyond the ellipsoid do nothing. */
export function ellipsoidShape({ ax, by, cz, zcut1, zcut2 }: Ellipsoid): Shape {
  const isUncut = zcut1 === 0 && zcut2 === 0;
  const isCutLow = !isUncut && zcut1 > -cz;
  const isCutHigh = !isUncut && zcut2 < cz;
  if (ax === by && by === cz && !isCutLow && !isCutHigh) return sphere(ax);
  return ellipsoid([ax, by, cz], isCutLow ? zcut1 : -2 * cz, isCutHigh ? zcut2 : 2 * cz);
}

/** [SOL7] A torus less the inner one. */
export function torusShape({ rmin, rmax, rtor, startphi, deltaphi }: Torus): Shape {
  const inner = rmin > 0 ? torus(rtor, rmin) : undefined;
  return cutPhi(subtraction(torus(rtor, rmax), inner), startphi, deltaphi);
}

/** [SOL8] A hyperboloid less the inner one, whose throat may have no width (a double cone). */
export function hypeShape({ rmin, rmax, inst, outst, z }: Hype): Shape {
  const hollow = rmin > 0 || inst !== 0;
  const inner = hollow ? hyperboloid(rmin, Math.tan(inst), -z / 2, z / 2) : undefined;
  return subtraction(hyperboloid(rmax, Math.tan(outst), -z / 2, z / 2), inner);
}

/** [SOL9] An elliptic cylinder; dz is its half length. */
export function eltubeShape({ dx, dy, dz }: Eltube): Shape {
  return cylinder(-dz, dz, dx, dy);
}

/** [SOL30] Up to its apex at zmax, between planes at ∓zcut; dx and dy are the semi-axes per mm below the apex. */
export function elconeShape({ dx, dy, zmax, zcut }: Elcone): Shape {
  const cut = Math.min(zcut, zmax);
  return ellipticCone(dx, dy, zmax, -cut, cut);
}

/** [SOL31] r² goes linearly from rlo² at -dz to rhi² at +dz. */
export function paraboloidShape({ rlo, rhi, dz }: Paraboloid): Shape {
  const slope = (rhi * rhi - rlo * rlo) / (2 * dz);
  return paraboloid(slope, (rhi * rhi + rlo * rlo) / 2, -dz, dz);
}
