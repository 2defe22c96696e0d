import type { Vector3 } from '@lantern/units';
import type {
  Cone,
  CutTube,
  Elcone,
  Ellipsoid,
  Eltube,
  GenericPolycone,
  GenericPolyhedra,
  Hype,
  Paraboloid,
  Polycone,
  Polyhedra,
  Sphere,
  Torus,
  Tube,
  TwistedTubs,
} from '../../model/solid.ts';
import { type Box3, boxAround } from '../box3.ts';
import { sectorRectangle } from './sector.ts';

/** A solid of revolution or a segment of one: rmin and rmax are its least and greatest distance from the axis, mm. */
function revolved(
  { rmin, rmax }: { readonly rmin: number; readonly rmax: number },
  { startphi, deltaphi }: { readonly startphi: number; readonly deltaphi: number },
  zLow: number,
  zHigh: number,
): Box3 {
  const { minX, maxX, minY, maxY } = sectorRectangle(rmin, rmax, startphi, deltaphi);
  return { min: [minX, minY, zLow], max: [maxX, maxY, zHigh] };
}

const fullTurn = { startphi: 0, deltaphi: 2 * Math.PI };

/** Half lengths x, y and a range of z. */
function centred(x: number, y: number, zLow: number, zHigh: number): Box3 {
  return { min: [-x, -y, zLow], max: [x, y, zHigh] };
}

/** A tube or a segment of one. */
export function tubeBounds(tube: Tube): Box3 {
  return revolved(tube, tube, -tube.z / 2, tube.z / 2);
}

/** The cut planes reach furthest on the rim: z = z0 - (nx x + ny y) / nz with x² + y² = rmax². */
export function cutTubeBounds(tube: CutTube): Box3 {
  const reach = ([nx, ny, nz]: readonly [number, number, number]): number =>
    (tube.rmax * Math.hypot(nx, ny)) / Math.abs(nz);
  const zLow = -tube.z / 2 - reach(tube.lowNormal);
  const zHigh = tube.z / 2 + reach(tube.highNormal);
  return revolved(tube, tube, zLow, zHigh);
}

/** By its wider end. */
export function coneBounds(cone: Cone): Box3 {
  const radii = {
    rmin: Math.min(cone.rmin1, cone.rmin2),
    rmax: Math.max(cone.rmax1, cone.rmax2),
  };
  return revolved(radii, cone, -cone.z / 2, cone.z / 2);
}

/** By the ends of its segments of phi and theta. */
export function sphereBounds(sphere: Sphere): Box3 {
  const { rmin, rmax, starttheta } = sphere;
  const endtheta = Math.min(starttheta + sphere.deltatheta, Math.PI);
  const sines = [Math.sin(starttheta), Math.sin(endtheta)];
  const crossesEquator = starttheta <= Math.PI / 2 && endtheta >= Math.PI / 2;
  const radii = {
    rmin: rmin * Math.min(...sines),
    rmax: rmax * (crossesEquator ? 1 : Math.max(...sines)),
  };
  const [cosStart, cosEnd] = [Math.cos(starttheta), Math.cos(endtheta)];
  const zHigh = (cosStart > 0 ? rmax : rmin) * cosStart;
  const zLow = (cosEnd < 0 ? rmax : rmin) * cosEnd;
  return revolved(radii, sphere, zLow, zHigh);
}

/** Both cuts 0 means no cut, as in Geant4. */
export function ellipsoidBounds({ ax, by, cz, zcut1, zcut2 }: Ellipsoid): Box3 {
  const uncut = zcut1 === 0 && zcut2 === 0;
  const zLow = uncut ? -cz : Math.max(zcut1, -cz);
  const zHigh = uncut ? cz : Math.min(zcut2, cz);
  const nearest = Math.max(zLow, Math.min(0, zHigh));
  const width = Math.sqrt(Math.max(0, 1 - (nearest / cz) ** 2));
  return centred(ax * width, by * width, zLow, zHigh);
}

/** By the outer rim of the ring. */
export function torusBounds(torus: Torus): Box3 {
  const { rtor, rmax } = torus;
  return revolved({ rmin: Math.max(0, rtor - rmax), rmax: rtor + rmax }, torus, -rmax, rmax);
}

/** Widest at its ends: r² = rmax² + (z/2)² tan²(outer stereo angle). */
export function hypeBounds({ rmax, outst, z }: Hype): Box3 {
  const r = Math.hypot(rmax, (z / 2) * Math.tan(outst));
  return centred(r, r, -z / 2, z / 2);
}

/** By the greatest and least of its radii and heights. */
export function polyconeBounds(polycone: Polycone | GenericPolycone): Box3 {
  return revolved(radii(polycone), polycone, ...heights(polycone));
}

/** All corners, which stand further out than the sides: at r / cos(half the angle of a side) where r is that of a side. */
export function polyhedraBounds(polyhedra: Polyhedra | GenericPolyhedra): Box3 {
  const { startphi, deltaphi, numsides } = polyhedra;
  const step = deltaphi / numsides;
  const stretch = polyhedra.type === 'polyhedra' ? 1 / Math.cos(step / 2) : 1;
  const { rmin, rmax } = radii(polyhedra);
  const [zLow, zHigh] = heights(polyhedra);
  const corners: Vector3[] = [];
  for (let i = 0; i <= numsides; i++) {
    const [c, s] = [
      stretch * Math.cos(startphi + i * step),
      stretch * Math.sin(startphi + i * step),
    ];
    corners.push([rmin * c, rmin * s, zLow], [rmax * c, rmax * s, zHigh]);
  }
  return boxAround(corners);
}

function radii(solid: Polycone | GenericPolycone | Polyhedra | GenericPolyhedra): {
  rmin: number;
  rmax: number;
} {
  const inner = 'planes' in solid ? solid.planes.map((p) => p.rmin) : solid.corners.map((p) => p.r);
  const outer = 'planes' in solid ? solid.planes.map((p) => p.rmax) : solid.corners.map((p) => p.r);
  return { rmin: Math.min(...inner), rmax: Math.max(...outer) };
}

function heights(
  solid: Polycone | GenericPolycone | Polyhedra | GenericPolyhedra,
): [zLow: number, zHigh: number] {
  const z = ('planes' in solid ? solid.planes : solid.corners).map((p) => p.z);
  return [Math.min(...z), Math.max(...z)];
}

/** By its semi-axes. */
export function eltubeBounds({ dx, dy, dz }: Eltube): Box3 {
  return centred(dx, dy, -dz, dz);
}

/** Widest at the lower cut: semi-axes dx, dy times (zmax + zcut). */
export function elconeBounds({ dx, dy, zmax, zcut }: Elcone): Box3 {
  const cut = Math.min(zcut, zmax);
  return centred(dx * (zmax + cut), dy * (zmax + cut), -cut, cut);
}

/** By its wider end. */
export function paraboloidBounds({ rlo, rhi, dz }: Paraboloid): Box3 {
  const r = Math.max(rlo, rhi);
  return centred(r, r, -dz, dz);
}

/** The cylinder around its ends, where it is widest. */
export function twistedTubsBounds({ endouterrad, zlen }: TwistedTubs): Box3 {
  return revolved({ rmin: 0, rmax: endouterrad }, fullTurn, -zlen / 2, zlen / 2);
}
