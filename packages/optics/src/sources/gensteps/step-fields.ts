import { length, speedOfLight, type Vector3 } from '@lantern/units';
import { OpticsError } from '../../errors.ts';
import {
  cerenkovOffsets,
  firstLightShape,
  genstepOffsets,
  lightDirections,
  lightOffsets,
  lightShapes,
  lightSpectra,
  lightTimes,
  scintillationOffsets,
  torchOffsets,
  torchShapes,
  trackOffsets,
} from '../../genstep-layout.ts';
import { isWithin, rangeInWords, type WavelengthRange } from '../wavelength-range.ts';
import type { StepRows } from './step-rows.ts';

/** 32-bit velocities of particles at c are rounded. */
const fastest = speedOfLight * (1 + 1e-5);
/** Mm, ns and the like beyond this are none, and would not fit into 32 bits when they are added. */
const greatest = 1e30;
/** Mm/ns: a millimetre in a millisecond. */
const slowest = 1e-6;
/** A square that begins nearer to the edge of its circle has hardly any points of it. */
const mostEccentric = 0.99;
/** Standard deviations of a Gaussian wavelength: so many are within the tables, so many above 0, as with `--light`. */
const [usual, always] = [3, 7];
/** A direction's length may be off by this. */
const lengthTolerance = 1e-3;

/** What the fields of a step are checked with. */
export interface FieldCheck {
  /** The file, for messages. */
  readonly where: string;
  /** Where the detector's tables speak; no limit without it. */
  readonly wavelengths?: WavelengthRange | undefined;
}

/** An error about the step that `rows` stands at. */
export function stepError(
  where: string,
  rows: StepRows,
  parts: { what: string; given: string; expected: string; hint?: string | undefined },
): OpticsError {
  return new OpticsError({ ...parts, where: `${where}: step ${rows.number}` });
}

/** Reads the fields of steps, and says which is none. */
export class StepFields {
  readonly #check: FieldCheck;

  constructor(check: FieldCheck) {
    this.#check = check;
  }

  /** Position and time, as every step has them. */
  common(rows: StepRows): void {
    this.#vector(rows, genstepOffsets.x, 'position');
    this.#number(rows, genstepOffsets.time, 'time', () => true, 'a time in ns');
  }

  /** A piece of a track that makes Cerenkov light: see `cerenkovOffsets`. */
  cerenkov(rows: StepRows): void {
    this.#track(rows, true);
    const o = cerenkovOffsets;
    this.#velocity(rows, o.preVelocity, 'velocity before');
    this.#velocity(rows, o.postVelocity, 'velocity after');
    const slowest = (x: number): boolean => x >= 1 - 1e-6;
    this.#number(rows, o.betaInverse, '1/beta', slowest, 'at least 1');
    this.#range(rows, o.wavelengthLow, o.wavelengthHigh);
    const isShare = (x: number): boolean => x > 0 && x <= 1 + 1e-6;
    this.#number(rows, o.maxSin2, 'maxSin2', isShare, 'more than 0, at most 1');
    const isMean = (x: number): boolean => x >= 0;
    this.#number(rows, o.meanBefore, 'mean number of photons before', isMean, 'at least 0');
    this.#number(rows, o.meanAfter, 'mean number of photons after', isMean, 'at least 0');
    if (rows.float(o.meanBefore) + rows.float(o.meanAfter) > 0) return;
    throw this.#wrong(rows, 'mean numbers of photons', '0 and 0', 'one above 0');
  }

  /** A piece of a track that scintillates: see `scintillationOffsets`. */
  scintillation(rows: StepRows): void {
    this.#track(rows, false);
    const o = scintillationOffsets;
    this.#number(rows, trackOffsets.charge, 'charge', () => true, 'a charge in e+');
    if (rows.float(trackOffsets.length) > 0) this.#velocity(rows, o.meanVelocity, 'mean velocity');
    const isTime = (x: number): boolean => x >= 0;
    this.#number(rows, o.decayTime, 'decay time', isTime, 'at least 0 ns');
    this.#number(rows, o.riseTime, 'rise time', isTime, 'at least 0 ns');
  }

  /** A light of Opticks (`torchOffsets`) or Lantern (`lightOffsets`). */
  torch(rows: StepRows): void {
    const shape = rows.word(torchOffsets.shape);
    if (shape >= 1 && shape <= torchShapes.length) {
      this.#opticksTorch(rows, torchShapes[shape - 1] ?? 'point');
    } else if (lightShapes[shape - firstLightShape] !== undefined) this.#light(rows);
    else {
      const own = `${firstLightShape} to ${firstLightShape + lightShapes.length - 1}`;
      throw this.#wrong(
        rows,
        'shape of a torch',
        `${shape}`,
        `1 to ${torchShapes.length}, or ${own}`,
      );
    }
  }

  #opticksTorch(rows: StepRows, shape: (typeof torchShapes)[number]): void {
    const o = torchOffsets;
    this.#wavelength(rows, o.wavelength);
    const isAny = (): boolean => true;
    for (const name of ['zenithLow', 'zenithHigh', 'azimuthLow', 'azimuthHigh'] as const)
      this.#number(rows, o[name], name, isAny, 'a finite number');
    this.#number(rows, o.radius, 'radius', isAny, 'a length in mm');
    this.#number(rows, o.phase, 'distance', isAny, 'a finite number');
    if (shape === 'disc' || shape === 'line' || shape === 'point')
      this.#direction(rows, o.directionX);
    if (shape === 'sphere' || shape === 'sphereMarsaglia') this.#requireFractions(rows);
    if (shape === 'sphereMarsaglia') this.#requireCircle(rows);
  }

  /** Of a sphere's torch both ranges are within 0 and 1. */
  #requireFractions(rows: StepRows): void {
    const { zenithLow: first, zenithHigh: last } = torchOffsets;
    for (const offset of [first, last]) {
      const x = rows.float(offset);
      if (!(x >= 0 && x <= 1)) throw this.#wrong(rows, 'zenith', `${x}`, '0 to 1');
    }
  }

  /** Points of a square that (nearly) none of the circle are in would be sought for ever. */
  #requireCircle(rows: StepRows): void {
    const { zenithLow, zenithHigh, azimuthLow, azimuthHigh } = torchOffsets;
    const [first, last] = [rows.float(azimuthLow), rows.float(azimuthHigh)];
    if (![first, last].every((x) => x >= 0 && x <= 1))
      throw this.#wrong(rows, 'azimuth', `${first} to ${last}`, '0 to 1');
    const nearest = (low: number, high: number): number => {
      const [a, b] = [2 * rows.float(low) - 1, 2 * rows.float(high) - 1];
      return a * b <= 0 ? 0 : Math.min(Math.abs(a), Math.abs(b));
    };
    const distance = Math.hypot(nearest(zenithLow, zenithHigh), nearest(azimuthLow, azimuthHigh));
    if (distance < mostEccentric) return;
    throw this.#wrong(rows, 'zenith and azimuth', 'a corner without points', 'the range 0 to 1');
  }

  #light(rows: StepRows): void {
    const o = lightOffsets;
    const mode = rows.word(o.mode);
    const spectrum = lightSpectra[(mode >> 4) & 15];
    const isKnown = lightDirections[mode & 15] && spectrum && lightTimes[(mode >> 8) & 15];
    if (!isKnown || mode >= 4096) {
      throw this.#wrong(rows, 'mode of a light', `${mode}`, 'direction + 16 spectrum + 256 time');
    }
    if (spectrum === 'table') {
      throw this.#wrong(
        rows,
        'a light with a spectrum',
        'no table of it',
        'one wavelength or a range',
      );
    }
    this.#direction(rows, o.axisX);
    for (const offset of [o.polX, o.lineX]) this.#vector(rows, offset, 'vector');
    const isSize = (x: number): boolean => x >= 0;
    for (const name of ['timeWidth', 'radius', 'opening', 'wavelengthWidth'] as const)
      this.#number(rows, o[name], name, isSize, 'at least 0');
    const [first, width] = [rows.float(o.wavelength), rows.float(o.wavelengthWidth)];
    const reach = usual * width;
    if (spectrum === 'gaussian' && always * width >= first)
      throw this.#wrong(
        rows,
        'standard deviation of the wavelength',
        `${width} nm`,
        'less than a seventh of the mean',
      );
    if (spectrum === 'flat') this.#requireWavelengths(rows, first, width);
    else if (spectrum === 'gaussian') this.#requireWavelengths(rows, first - reach, first + reach);
    else this.#requireWavelengths(rows, first);
  }

  #track(rows: StepRows, mustMove: boolean): void {
    const size = length(this.#vector(rows, trackOffsets.deltaX, 'displacement'));
    const isLength = (x: number): boolean => x >= 0;
    this.#number(rows, trackOffsets.length, 'step length', isLength, 'at least 0 mm');
    if (size > 0 || !mustMove) return;
    throw this.#wrong(rows, 'displacement', '(0, 0, 0)', 'a direction of the particle');
  }

  #velocity(rows: StepRows, offset: number, what: string): void {
    const isLast = offset === cerenkovOffsets.postVelocity;
    const isVelocity = (x: number): boolean => x >= (isLast ? 0 : slowest) && x <= fastest;
    const expected = `${isLast ? 'at least 0' : 'above 0'}, up to 299.792458 mm/ns`;
    this.#number(rows, offset, what, isVelocity, expected);
  }

  #range(rows: StepRows, low: number, high: number): void {
    this.#wavelength(rows, low);
    this.#wavelength(rows, high);
    const [from, to] = [rows.float(low), rows.float(high)];
    if (from <= to) return;
    throw this.#wrong(rows, 'wavelengths', `${from} to ${to} nm`, 'the shorter one first');
  }

  #wavelength(rows: StepRows, offset: number): void {
    this.#requireWavelengths(rows, rows.float(offset));
  }

  #requireWavelengths(rows: StepRows, ...values: readonly number[]): void {
    const { wavelengths } = this.#check;
    for (const value of values) {
      const given = `${Number(value.toPrecision(6))} nm`;
      if (!(value > 0 && Number.isFinite(value)))
        throw this.#wrong(rows, 'wavelength', given, 'more than 0 nm');
      if (!wavelengths || isWithin(wavelengths, value)) continue;
      throw this.#wrong(
        rows,
        "wavelength outside all tables of the detector's materials and surfaces",
        given,
        rangeInWords(wavelengths),
      );
    }
  }

  #direction(rows: StepRows, offset: number): void {
    const direction = this.#vector(rows, offset, 'direction');
    if (Math.abs(length(direction) - 1) <= lengthTolerance) return;
    throw this.#wrong(rows, 'direction', `(${direction.join(', ')})`, 'a vector of length 1');
  }

  #vector(rows: StepRows, offset: number, what: string): Vector3 {
    const vector = rows.vector(offset);
    if (vector.every((x) => Math.abs(x) <= greatest)) return vector;
    throw this.#wrong(rows, what, `(${vector.join(', ')})`, 'finite numbers');
  }

  #number(
    rows: StepRows,
    offset: number,
    what: string,
    isRight: (value: number) => boolean,
    expected: string,
  ): void {
    const value = rows.float(offset);
    if (Math.abs(value) <= greatest && isRight(value)) return;
    throw this.#wrong(rows, what, `${value}`, expected);
  }

  #wrong(rows: StepRows, what: string, given: string, expected: string): OpticsError {
    return stepError(this.#check.where, rows, { what, given, expected });
  }
}
