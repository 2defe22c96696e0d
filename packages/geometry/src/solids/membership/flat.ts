import type { Vector3 } from '@lantern/units';
import type { Arb8, Box, Para, Point2, Tet, Trap, Trd, Xtru } from '../../model/solid.ts';
import type { Membership } from './membership.ts';
import { blend, polygonHolds } from './polygon.ts';
import { trapCorners } from './trap-corners.ts';

/** |x| <= X/2, |y| <= Y/2, |z| <= Z/2. */
export function boxMembership(box: Box): Membership {
  return (x, y, z) =>
    Math.abs(x) <= box.x / 2 && Math.abs(y) <= box.y / 2 && Math.abs(z) <= box.z / 2;
}

/** A rectangle whose sides change linearly with z. */
export function trdMembership(trd: Trd): Membership {
  return (x, y, z) => {
    const up = z / trd.z + 0.5;
    const halfX = (trd.x1 + up * (trd.x2 - trd.x1)) / 2;
    const halfY = (trd.y1 + up * (trd.y2 - trd.y1)) / 2;
    return up >= 0 && up <= 1 && Math.abs(x) <= halfX && Math.abs(y) <= halfY;
  };
}

/** At each z a quadrangle whose corners lie on the straight edges between the corners of the two ends. */
function quadrangles(low: readonly Point2[], high: readonly Point2[], halfZ: number): Membership {
  return (x, y, z) =>
    Math.abs(z) <= halfZ && polygonHolds(blend(low, high, (z / halfZ + 1) / 2), x, y);
}

/** By its eight corners. */
export function trapMembership(trap: Trap): Membership {
  const { low, high } = trapCorners(trap);
  return quadrangles(low, high, trap.z / 2);
}

/** By its eight corners: four at -dz, the same four moved at +dz. */
export function arb8Membership({ vertices, dz }: Arb8): Membership {
  return quadrangles(vertices.slice(0, 4), vertices.slice(4, 8), dz);
}

/** A box whose layers are shifted: x by y tan α, and both by z tan θ along φ. */
export function paraMembership(para: Para): Membership {
  const { alpha, theta, phi } = para;
  const lean = Math.tan(theta);
  return (x, y, z) => {
    const v = y - z * lean * Math.sin(phi);
    const u = x - z * lean * Math.cos(phi) - v * Math.tan(alpha);
    return Math.abs(u) <= para.x / 2 && Math.abs(v) <= para.y / 2 && Math.abs(z) <= para.z / 2;
  };
}

/** The four barycentric coordinates, as ratios of volumes of tetrahedra, are all >= 0. */
export function tetMembership({ vertices: [a, b, c, d] }: Tet): Membership {
  const whole = sixVolumes(a, b, c, d);
  return (x, y, z) => {
    const p: Vector3 = [x, y, z];
    return (
      sixVolumes(p, b, c, d) / whole >= 0 &&
      sixVolumes(a, p, c, d) / whole >= 0 &&
      sixVolumes(a, b, p, d) / whole >= 0 &&
      sixVolumes(a, b, c, p) / whole >= 0
    );
  };
}

function sixVolumes(a: Vector3, b: Vector3, c: Vector3, d: Vector3): number {
  const [bx, by, bz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const [cx, cy, cz] = [c[0] - a[0], c[1] - a[1], c[2] - a[2]];
  const [dx, dy, dz] = [d[0] - a[0], d[1] - a[1], d[2] - a[2]];
  return bx * (cy * dz - cz * dy) - by * (cx * dz - cz * dx) + bz * (cx * dy - cy * dx);
}

/** Between two sections the outline's scale and offset change linearly with z. */
export function xtruMembership({ outline, sections }: Xtru): Membership {
  return (x, y, z) =>
    sections.some((low, i) => {
      const high = sections[i + 1];
      if (high === undefined || z < low.z || z > high.z || high.z === low.z) return false;
      const up = (z - low.z) / (high.z - low.z);
      const scale = low.scale + up * (high.scale - low.scale);
      const xOffset = low.xOffset + up * (high.xOffset - low.xOffset);
      const yOffset = low.yOffset + up * (high.yOffset - low.yOffset);
      return polygonHolds(outline, (x - xOffset) / scale, (y - yOffset) / scale);
    });
}
