import { dot } from '@lantern/units';
import type { Cone, CutTube, Orb, Sphere, Torus, Tube } from '../../model/solid.ts';
import type { Membership } from './membership.ts';
import { phiSegment } from './phi-segment.ts';

/** rmin <= r <= rmax, |z| <= Z/2. */
export function tubeMembership(tube: Tube): Membership {
  const { rmin, rmax } = tube;
  const inSegment = phiSegment(tube.startphi, tube.deltaphi);
  return (x, y, z) => {
    const r = Math.hypot(x, y);
    return r >= rmin && r <= rmax && Math.abs(z) <= tube.z / 2 && inSegment(x, y);
  };
}

/** A tube between two planes through (0, 0, ∓Z/2), behind the outward normal of each. */
export function cutTubeMembership(tube: CutTube): Membership {
  const { rmin, rmax, lowNormal, highNormal } = tube;
  const inSegment = phiSegment(tube.startphi, tube.deltaphi);
  return (x, y, z) => {
    const r = Math.hypot(x, y);
    if (!(r >= rmin && r <= rmax && inSegment(x, y))) return false;
    return (
      dot(lowNormal, [x, y, z + tube.z / 2]) <= 0 && dot(highNormal, [x, y, z - tube.z / 2]) <= 0
    );
  };
}

/** A tube whose radii change linearly with z. */
export function coneMembership(cone: Cone): Membership {
  const inSegment = phiSegment(cone.startphi, cone.deltaphi);
  return (x, y, z) => {
    const up = z / cone.z + 0.5;
    if (!(up >= 0 && up <= 1 && inSegment(x, y))) return false;
    const r = Math.hypot(x, y);
    const rmin = cone.rmin1 + up * (cone.rmin2 - cone.rmin1);
    const rmax = cone.rmax1 + up * (cone.rmax2 - cone.rmax1);
    return r >= rmin && r <= rmax;
  };
}

/** x² + y² + z² <= r². */
export function orbMembership({ r }: Orb): Membership {
  return (x, y, z) => Math.hypot(x, y, z) <= r;
}

/** A shell between two radii, a segment in phi and in theta, the angle from +z. */
export function sphereMembership(sphere: Sphere): Membership {
  const { rmin, rmax, starttheta, deltatheta } = sphere;
  const inSegment = phiSegment(sphere.startphi, sphere.deltaphi);
  return (x, y, z) => {
    const r = Math.hypot(x, y, z);
    if (!(r >= rmin && r <= rmax && inSegment(x, y))) return false;
    const theta = Math.atan2(Math.hypot(x, y), z);
    return (
      theta >= starttheta &&
      (theta <= starttheta + deltatheta || starttheta + deltatheta >= Math.PI)
    );
  };
}

/** The distance from the circle of radius rtor around z lies between rmin and rmax. */
export function torusMembership(torus: Torus): Membership {
  const { rmin, rmax, rtor } = torus;
  const inSegment = phiSegment(torus.startphi, torus.deltaphi);
  return (x, y, z) => {
    const distance = Math.hypot(Math.hypot(x, y) - rtor, z);
    return distance >= rmin && distance <= rmax && inSegment(x, y);
  };
}
