import { photonOffsets } from '../photon-layout.ts';

const word = (name: keyof typeof photonOffsets): number => photonOffsets[name] / 4;
const [time, dir, pol, wavelength] = [word('time'), word('dirX'), word('polX'), word('wavelength')];

/**
 * Makes direction and polarisation of a photon unit and at right angles, in place, if nothing about it is out of the
 * ordinary: numbers finite, a direction that is nearly a unit vector, a polarisation nearly at right angles to it. Nearly
 * every photon of a file is so, and for those this is ten times as fast as to look at each value with its message at hand.
 *
 * @param row its first word
 * @param low,high of wavelengths, nm
 * @param lengthTolerance,angleTolerance of the direction's length and of p · d
 * @returns whether it was; otherwise it is as it was
 */
export function passOrdinary(
  rows: Float32Array,
  row: number,
  low: number,
  high: number,
  lengthTolerance: number,
  angleTolerance: number,
): boolean {
  const at = (i: number): number => rows[row + i] ?? 0;
  // A sum is finite when all its terms are, but for such as are out of the ordinary anyway.
  if (!Number.isFinite(at(0) + at(1) + at(2) + at(time))) return false;
  if (!(at(wavelength) >= low && at(wavelength) <= high)) return false;
  const [dx, dy, dz] = [at(dir), at(dir + 1), at(dir + 2)];
  const length = Math.sqrt(dx * dx + dy * dy + dz * dz);
  if (!(Math.abs(length - 1) <= lengthTolerance)) return false;
  const [ux, uy, uz] = [dx / length, dy / length, dz / length];
  const [px, py, pz] = [at(pol), at(pol + 1), at(pol + 2)];
  const size = Math.sqrt(px * px + py * py + pz * pz);
  if (!(size > 1e-10 && size < 1e10)) return false;
  const along = (px * ux + py * uy + pz * uz) / size;
  if (!(Math.abs(along) <= angleTolerance)) return false;
  const [ax, ay, az] = [px / size - along * ux, py / size - along * uy, pz / size - along * uz];
  const across = Math.sqrt(ax * ax + ay * ay + az * az);
  rows[row + dir] = ux;
  rows[row + dir + 1] = uy;
  rows[row + dir + 2] = uz;
  rows[row + pol] = ax / across;
  rows[row + pol + 1] = ay / across;
  rows[row + pol + 2] = az / across;
  return true;
}
