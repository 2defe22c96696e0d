import { length, normalize, subtract, type Vector3 } from '@lantern/units';
import type { WordReader } from '../words/word-reader.ts';
import type { LightDirection, LightSpectrum, LightTime } from './light-description.ts';
import { peak, range, wavelengthOf } from './light-wavelengths.ts';

/** What a sentence has said so far. */
export interface LightDraft {
  shape?: 'point' | 'disc' | 'line' | 'sphere' | 'ball' | 'beam';
  at?: Vector3;
  to?: Vector3;
  radius?: number;
  /** A direction, or a point to aim at. */
  towards?: { readonly vector: Vector3; readonly isPoint: boolean };
  opening?: number;
  way?: LightDirection['kind'];
  spectrum?: LightSpectrum;
  photons?: number;
  polarisation?: Vector3 | 'random';
  time?: LightTime['kind'];
  start?: number;
  width?: number;
}

type Clause = (words: WordReader, draft: LightDraft) => void;

const shapes = ['point', 'disc', 'line', 'sphere', 'ball', 'beam'] as const;
const ways = ['isotropic', 'outwards', 'inwards', 'lambertian'] as const;

const shapeClauses = Object.fromEntries(
  shapes.map((shape): [string, Clause] => [
    shape,
    (words, draft) => once(words, draft, 'shape', shape),
  ]),
);
const wayClauses = Object.fromEntries(
  ways.map((way): [string, Clause] => [way, (words, draft) => once(words, draft, 'way', way)]),
);

/** What each word begins; the word itself is taken already. */
export const lightClauses: Readonly<Record<string, Clause>> = {
  ...shapeClauses,
  ...wayClauses,
  at: placeOrTime,
  from: (words, draft) => once(words, draft, 'at', words.place('the start')),
  to: (words, draft) => once(words, draft, 'to', words.place('the end')),
  towards,
  toward: towards,
  radius: (words, draft) =>
    once(words, draft, 'radius', words.positive(words.measure('the radius', 'length'))),
  opening: (words, draft) => once(words, draft, 'opening', openingAngle(words)),
  spectrum,
  polarised,
  polarized: polarised,
  unpolarised: (words, draft) => once(words, draft, 'polarisation', 'random'),
  unpolarized: (words, draft) => once(words, draft, 'polarisation', 'random'),
  pulse: (words, draft) =>
    profile(words, draft, 'gaussian', words.measure('the standard deviation', 'time')),
  decay: (words, draft) => profile(words, draft, 'exponential', words.measure('the mean', 'time')),
  flat,
};

/** A clause that begins with a number: a wavelength, a range of them, or how many photons. */
export function numberClause(words: WordReader, draft: LightDraft): void {
  const first = words.quantity('a wavelength or a number of photons');
  if (words.accept('to', '-', '–')) {
    const second = words.quantity('the end of the range of wavelengths');
    once(words, draft, 'spectrum', range(words, first, second));
  } else if (first.category === undefined) {
    words.accept('photons', 'photon');
    once(words, draft, 'photons', words.requireCount(first.value, 'photons', first.token));
  } else {
    const wavelength = wavelengthOf(words, first);
    once(words, draft, 'spectrum', peak(words, wavelength));
  }
}

function once<K extends keyof LightDraft>(
  words: WordReader,
  draft: LightDraft,
  key: K,
  value: NonNullable<LightDraft[K]>,
): void {
  if (draft[key] !== undefined)
    throw words.error(`${said[key]} is said twice`, words.peek(-1), 'it once');
  draft[key] = value;
}

const said: Readonly<Record<keyof LightDraft, string>> = {
  shape: 'the shape',
  at: 'the place',
  to: 'the end',
  radius: 'the radius',
  towards: 'the direction',
  opening: 'the opening angle',
  way: 'the direction',
  spectrum: 'the wavelength',
  photons: 'the number of photons',
  polarisation: 'the polarisation',
  time: 'the time profile',
  start: 'the time',
  width: 'the time profile',
};

/** `at 0 0 1 m`, or `at 5 ns`. */
function placeOrTime(words: WordReader, draft: LightDraft): void {
  if (words.isSingleNumber())
    once(words, draft, 'start', words.measure('a place or a time', 'time'));
  else once(words, draft, 'at', words.place('the place'));
}

function towards(words: WordReader, draft: LightDraft): void {
  const { vector, hasUnit } = words.triple('the direction');
  if (!hasUnit && !(length(vector) > 0)) {
    throw words.error('a direction of length 0', words.peek(-1), 'a vector that is not zero');
  }
  once(words, draft, 'towards', { vector, isPoint: hasUnit });
}

function openingAngle(words: WordReader): number {
  const angle = words.measure('the half angle of the cone', 'angle');
  if (angle >= 0 && angle <= Math.PI * (1 + 1e-9)) return Math.min(angle, Math.PI);
  throw words.error('opening angle', words.peek(-1), 'a half angle from 0 to 180 deg');
}

function spectrum(words: WordReader, draft: LightDraft): void {
  const material = words.take('the name of a material').text;
  const next = words.peek()?.text ?? '';
  const property = /^[A-Z]+COMPONENT\d?$/.test(next) ? words.take('a property').text : undefined;
  once(words, draft, 'spectrum', { kind: 'material', material, property });
}

function polarised(words: WordReader, draft: LightDraft): void {
  const { vector } = words.triple('the polarisation');
  if (!(length(vector) > 0))
    throw words.error('a polarisation of length 0', words.peek(-1), 'a vector that is not zero');
  once(words, draft, 'polarisation', normalize(vector));
}

function profile(
  words: WordReader,
  draft: LightDraft,
  kind: LightTime['kind'],
  width: number,
): void {
  once(words, draft, 'time', kind);
  draft.width = words.positive(width);
}

/** `flat 0 to 10 ns`: a window of time. */
function flat(words: WordReader, draft: LightDraft): void {
  const expected = 'a window of time';
  const first = words.quantity(expected);
  if (!words.accept('to', '-', '–')) throw words.error('not understood', words.peek(), "'to'");
  const end = words.quantity(expected);
  const last = words.inCategory(end, 'time', expected);
  const shared = end.category ? last / (end.token.number || 1) : 1;
  const begin = words.inCategory(first, 'time', expected, end.token.number === 0 ? 1 : shared);
  profile(words, draft, 'flat', last - begin);
  once(words, draft, 'start', begin);
}

/** The direction of the source, from what was said. */
export function axisOf({ towards: aim, at, to, shape }: LightDraft): Vector3 | undefined {
  if (aim) return direction(aim.isPoint ? subtract(aim.vector, at ?? [0, 0, 0]) : aim.vector);
  if (to && shape !== 'line') return direction(subtract(to, at ?? [0, 0, 0]));
  return undefined;
}

function direction(vector: Vector3): Vector3 | undefined {
  return length(vector) > 0 ? normalize(vector) : undefined;
}
