import type { Elcone, Ellipsoid, Eltube, Hype, Paraboloid } from '../../model/solid.ts';
import type { Membership } from './membership.ts';

/** x²/a² + y²/b² + z²/c² <= 1 between the cuts; both cuts 0 means none (G4Ellipsoid::CheckParameters). */
export function ellipsoidMembership(ellipsoid: Ellipsoid): Membership {
  const { ax, by, cz, zcut1, zcut2 } = ellipsoid;
  const uncut = zcut1 === 0 && zcut2 === 0;
  return (x, y, z) =>
    (x / ax) ** 2 + (y / by) ** 2 + (z / cz) ** 2 <= 1 && (uncut || (z >= zcut1 && z <= zcut2));
}

/** x²/a² + y²/b² <= 1, |z| <= dz. */
export function eltubeMembership({ dx, dy, dz }: Eltube): Membership {
  return (x, y, z) => (x / dx) ** 2 + (y / dy) ** 2 <= 1 && Math.abs(z) <= dz;
}

/** x²/a² + y²/b² <= (zmax - z)², |z| <= zcut; a and b are the semi-axes per mm below the apex (G4EllipticalCone). */
export function elconeMembership({ dx, dy, zmax, zcut }: Elcone): Membership {
  const halfZ = Math.min(zcut, zmax);
  return (x, y, z) => Math.abs(z) <= halfZ && Math.hypot(x / dx, y / dy) <= zmax - z;
}

/** x² + y² <= r²(z), which is linear in z between rlo² at -dz and rhi² at +dz. */
export function paraboloidMembership({ rlo, rhi, dz }: Paraboloid): Membership {
  return (x, y, z) => {
    const up = (z / dz + 1) / 2;
    return up >= 0 && up <= 1 && x * x + y * y <= rlo * rlo + up * (rhi * rhi - rlo * rlo);
  };
}

/** Between two hyperboloids r² = r0² + z² tan²(stereo angle); the inner one is there when its r0 or angle is not 0. */
export function hypeMembership(hype: Hype): Membership {
  const { rmin, rmax, inst, outst } = hype;
  return (x, y, z) => {
    const r2 = x * x + y * y;
    const inner = rmin * rmin + (z * Math.tan(inst)) ** 2;
    const outer = rmax * rmax + (z * Math.tan(outst)) ** 2;
    return Math.abs(z) <= hype.z / 2 && r2 >= inner && r2 <= outer;
  };
}
