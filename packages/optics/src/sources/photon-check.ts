import {
  cross,
  dot,
  length,
  perpendicular,
  RandomStream,
  scale,
  subtract,
  type Vector3,
} from '@lantern/units';
import { OpticsError } from '../errors.ts';
import { photonFlags, photonOffsets, photonWords } from '../photon-layout.ts';
import { passOrdinary } from './ordinary-photon.ts';
import { isWithin, rangeInWords, type WavelengthRange } from './wavelength-range.ts';

/** What a check of photons needs to know. */
export interface PhotonCheck {
  /** The file, for messages. */
  readonly where: string;
  /** Of the random polarisations. */
  readonly seed: bigint;
  /** Where the detector's tables speak; no limit without it. */
  readonly wavelengths?: WavelengthRange | undefined;
}

/** How many photons were put right. */
export interface PhotonRepairs {
  /** Without a polarisation, or along the direction: given a random one. */
  polarised: number;
  /** Polarisation not at right angles to the direction: turned there. */
  turned: number;
}

/** Philox stream of what makes a photon. */
const generation = 1;
/** A direction's length may be off by this and is put right. */
const lengthTolerance = 1e-3;
/** |p · d| of unit vectors above this is more than rounding. */
const angleTolerance = 1e-3;

/** Above 0, which no wavelength may be, up to the largest of a row. */
const everyWavelength: WavelengthRange = { low: Number.MIN_VALUE, high: 3.5e38 };

const word = (name: keyof typeof photonOffsets): number => photonOffsets[name] / 4;
const [dirX, polX, wavelengthWord] = [word('dirX'), word('polX'), word('wavelength')];
const [countWord, flagWord, maskWord] = [word('count'), word('flag'), word('flagMask')];
const sourceFlags = photonFlags.CERENKOV | photonFlags.SCINTILLATION | photonFlags.TORCH;
const floats = Object.entries(photonOffsets).filter(
  ([name, offset]) => offset < photonOffsets.flag && name !== 'count',
);

/**
 * Checks rows of input photons and puts right, in place, what can be: lengths of directions, polarisations; what earlier
 * lives left in the last quad but the origin is cleared.
 *
 * @param rows 16 words each
 * @param first number of the first of them
 * @throws OpticsError naming the first photon with a value that is no photon's, and the value
 */
export function checkPhotons(
  rows: Float32Array<ArrayBuffer>,
  first: number,
  check: PhotonCheck,
  repairs: PhotonRepairs,
): void {
  const words = new Uint32Array(rows.buffer, rows.byteOffset, rows.length);
  const { low, high } = check.wavelengths ?? everyWavelength;
  for (let at = 0; at < rows.length; at += photonWords) {
    if (!passOrdinary(rows, at, low, high, lengthTolerance, angleTolerance))
      checkPhoton(rows, at, first + at / photonWords, check, repairs);
    const origin = (words[at + maskWord] ?? 0) & sourceFlags;
    words[at + countWord] = 0;
    for (let i = at + flagWord; i < at + photonWords; i++) words[i] = 0;
    words[at + maskWord] = origin;
  }
}

/** Any photon, ordinary or not. */
function checkPhoton(
  rows: Float32Array,
  at: number,
  index: number,
  check: PhotonCheck,
  repairs: PhotonRepairs,
): void {
  requireFinite(rows, at, index, check);
  requireWavelength(rows[at + wavelengthWord] ?? 0, index, check);
  const direction = requireDirection(vectorAt(rows, at + dirX), index, check);
  rows.set(direction, at + dirX);
  rows.set(polarise(vectorAt(rows, at + polX), direction, index, check, repairs), at + polX);
}

function vectorAt(rows: Float32Array, at: number): Vector3 {
  return [rows[at] ?? 0, rows[at + 1] ?? 0, rows[at + 2] ?? 0];
}

function requireFinite(rows: Float32Array, at: number, index: number, check: PhotonCheck): void {
  for (const [name, offset] of floats) {
    const value = rows[at + offset / 4] ?? 0;
    if (Number.isFinite(value)) continue;
    throw photonError(
      check,
      index,
      `${name} is not a finite number`,
      `${value}`,
      'a finite number',
    );
  }
}

function requireWavelength(wavelength: number, index: number, check: PhotonCheck): void {
  const { wavelengths } = check;
  if (!(wavelength > 0)) {
    throw photonError(check, index, 'wavelength', `${wavelength} nm`, 'more than 0 nm');
  }
  if (wavelengths && !isWithin(wavelengths, wavelength)) {
    throw photonError(
      check,
      index,
      "wavelength outside all tables of the detector's materials and surfaces",
      `${Number(wavelength.toPrecision(6))} nm`,
      rangeInWords(wavelengths),
    );
  }
}

function requireDirection(direction: Vector3, index: number, check: PhotonCheck): Vector3 {
  const size = length(direction);
  if (Math.abs(size - 1) <= lengthTolerance) return scale(direction, 1 / size);
  const given = `(${direction.map((x) => Number(x.toPrecision(6))).join(', ')}) of length ${Number(size.toPrecision(6))}`;
  throw photonError(check, index, 'direction', given, 'a vector of length 1');
}

/** The polarisation at right angles to the direction: as given, or nearest to it, or a random one. */
function polarise(
  given: Vector3,
  direction: Vector3,
  index: number,
  check: PhotonCheck,
  repairs: PhotonRepairs,
): Vector3 {
  const size = length(given);
  const unit = size > 0 ? scale(given, 1 / size) : given;
  const along = dot(unit, direction);
  const across = subtract(unit, scale(direction, along));
  const left = length(across);
  if (!(left > angleTolerance)) {
    repairs.polarised++;
    return randomAcross(direction, new RandomStream(check.seed, index, generation));
  }
  if (Math.abs(along) > angleTolerance) repairs.turned++;
  return scale(across, 1 / left);
}

function randomAcross(direction: Vector3, random: RandomStream): Vector3 {
  const u = perpendicular(direction);
  const v = cross(direction, u);
  const phi = 2 * Math.PI * random.uniform();
  const [c, s] = [Math.cos(phi), Math.sin(phi)];
  return [u[0] * c + v[0] * s, u[1] * c + v[1] * s, u[2] * c + v[2] * s];
}

function photonError(
  { where }: PhotonCheck,
  index: number,
  what: string,
  given: string,
  expected: string,
): OpticsError {
  return new OpticsError({ what, where: `${where}: photon ${index}`, given, expected });
}

/** The repairs as warnings. */
export function repairsInWords(where: string, { polarised, turned }: PhotonRepairs): string[] {
  const warnings: string[] = [];
  if (polarised > 0)
    warnings.push(
      `${where}: ${counted(polarised)} without a polarisation, or with one along the direction: given a random one`,
    );
  if (turned > 0)
    warnings.push(
      `${where}: ${counted(turned)} with a polarisation not at right angles to the direction: turned to the nearest that is`,
    );
  return warnings;
}

function counted(photons: number): string {
  return `${photons} photon${photons === 1 ? '' : 's'}`;
}
