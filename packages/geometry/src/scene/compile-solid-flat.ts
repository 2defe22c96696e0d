import { cross, dot, scale, subtract, type Vector3 } from '@lantern/units';
import { GeometryError } from '../errors.ts';
import type { Para, Trap, Trd } from '../model/solid.ts';
import { type Plane, planes, planeThrough, type Shape } from './compile-solid-shape.ts';

/** Corners of a face may be this far off its plane, mm: Geant4's 1000 kCarTolerance. */
const PLANARITY = 1e-6;

function endPlanes(half: number): readonly Plane[] {
  return [
    { normal: [0, 0, -1], c: half },
    { normal: [0, 0, 1], c: half },
  ];
}

/** [SOL10] Four sides, each through the middle of its two edges' lengths. */
export function trdShape({ x1, x2, y1, y2, z }: Trd): Shape {
  const sides: Plane[] = [];
  for (const sign of [-1, 1]) {
    sides.push(planeThrough([sign * 2 * z, 0, x1 - x2], [sign * (x1 / 4 + x2 / 4), 0, 0]));
    sides.push(planeThrough([0, sign * 2 * z, y1 - y2], [0, sign * (y1 / 4 + y2 / 4), 0]));
  }
  const reach = Math.hypot(Math.max(x1, x2), Math.max(y1, y2), z) / 2;
  return planes([...endPlanes(z / 2), ...sides], reach);
}

/** [SOL11] Six planes; a side whose four corners are not in one plane is an error, as in Geant4. */
export function trapShape(trap: Trap): Shape {
  const corners = [...trapEnd(trap, -1), ...trapEnd(trap, 1)];
  // Corner indices of the sides -y, +y, -x, +x (G4Trap::MakePlanes).
  const faces = [
    [0, 4, 5, 1],
    [2, 3, 7, 6],
    [0, 2, 6, 4],
    [1, 5, 7, 3],
  ] as const;
  const names = ['-y', '+y', '-x', '+x'];
  const sides = faces.map((face, i) => {
    const points = face.map((corner) => corners[corner] ?? ([0, 0, 0] as const));
    return sideThrough(points, `side ${names[i]} of <trap name="${trap.name}">`);
  });
  const reach = Math.max(...corners.map((corner) => Math.hypot(...corner)));
  return planes([...endPlanes(trap.z / 2), ...sides], reach);
}

/** The four corners at one end: (low y: -x, +x), (high y: -x, +x). */
function trapEnd(trap: Trap, end: -1 | 1): readonly Vector3[] {
  const [y, xLow, xHigh, alpha] =
    end < 0
      ? [trap.y1 / 2, trap.x1 / 2, trap.x2 / 2, trap.alpha1]
      : [trap.y2 / 2, trap.x3 / 2, trap.x4 / 2, trap.alpha2];
  const z = (end * trap.z) / 2;
  const x0 = z * Math.tan(trap.theta) * Math.cos(trap.phi);
  const y0 = z * Math.tan(trap.theta) * Math.sin(trap.phi);
  const shear = y * Math.tan(alpha);
  return [
    [x0 - shear - xLow, y0 - y, z],
    [x0 - shear + xLow, y0 - y, z],
    [x0 + shear - xHigh, y0 + y, z],
    [x0 + shear + xHigh, y0 + y, z],
  ];
}

function sideThrough(points: readonly Vector3[], where: string): Plane {
  const [p1, p2, p3, p4] = points as [Vector3, Vector3, Vector3, Vector3];
  const centre = scale([0, 1, 2].map((i) => p1[i]! + p2[i]! + p3[i]! + p4[i]!) as never, 0.25);
  const plane = planeThrough(cross(subtract(p4, p2), subtract(p3, p1)), centre);
  const off = Math.max(...points.map((point) => Math.abs(dot(plane.normal, point) - plane.c)));
  if (off <= PLANARITY) return plane;
  throw new GeometryError({
    what: `${where} is not planar`,
    given: `a corner ${Number(off.toPrecision(4))} mm off the plane`,
    expected: `at most ${PLANARITY} mm`,
  });
}

/** [SOL12] A trap with equal ends. */
export function paraShape({ name, x, y, z, alpha, theta, phi }: Para): Shape {
  const end = { x1: x, x2: x, x3: x, x4: x, y1: y, y2: y, alpha1: alpha, alpha2: alpha };
  return trapShape({ type: 'trap', name, z, theta, phi, ...end });
}
