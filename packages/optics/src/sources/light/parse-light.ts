import { length, subtract, type Vector3 } from '@lantern/units';
import { WordReader } from '../words/word-reader.ts';
import { axisOf, type LightDraft, lightClauses, numberClause } from './light-clauses.ts';
import type { LightDescription, LightDirection, LightShape } from './light-description.ts';

const example = 'point at 0 0 0 mm, 420 nm, 1e6 photons';

/** What a light in words may say; for `--help`. */
export const lightHelp = `A light in words, in any order, commas as you like:
  shape       point | disc | line | sphere (its surface) | ball (its inside) | beam
  place       at X Y Z m   (a line: from X Y Z m to X Y Z m; a beam: from X Y Z m)
  size        radius 5 mm  (disc, sphere, ball; a beam without one is a ray)
  direction   towards X Y Z (a vector; with a unit of length: a point to aim at) | isotropic | lambertian
              | outwards | inwards (sphere, ball); opening 2 deg: the half angle of a cone about the direction
  wavelength  420 nm | 3 eV | 400 to 500 nm (flat) | 450 nm sigma 10 nm (Gaussian) | spectrum LS (what the material
              LS emits; or spectrum LS WLSCOMPONENT)
  number      1e6 photons
  time        at 5 ns; pulse 3 ns (Gaussian) | flat 0 to 10 ns | decay 3 ns
  polarised   polarised 0 1 0 (random without it)
Without a direction a point, line or ball shines everywhere, a sphere outwards by the cosine law, a disc or beam
along +z.
  "point at 0 0 0 mm, 420 nm, 1e6 photons"
  "beam from 0 0 -2 m towards 0 0 1, radius 5 mm, opening 2 deg, 400 to 500 nm, 1e5 photons"
  "sphere at 0 0 1 m radius 10 cm, 450 nm sigma 10 nm, pulse 3 ns, 1e6 photons"`;

/**
 * Understands a light source in words.
 *
 * @throws WordsError naming the word that was not understood, or what is missing
 * @example
 * ```ts
 * parseLight('point at 0 0 1 m, 420 nm, 1e6 photons').photons; // => 1000000
 * ```
 */
export function parseLight(text: string): LightDescription {
  const words = new WordReader(text, '--light', example);
  const draft: LightDraft = {};
  while (words.peek()) readClause(words, draft);
  if (!draft.spectrum) throw words.error('no wavelength', undefined, 'one, as in 420 nm');
  if (!draft.photons)
    throw words.error('no number of photons', undefined, 'one, as in 1e6 photons');
  const shape = shapeOf(words, draft);
  const { polarisation } = draft;
  return {
    shape,
    direction: directionOf(words, draft, shape),
    spectrum: draft.spectrum,
    time: { kind: draft.time ?? 'instant', start: draft.start ?? 0, width: draft.width ?? 0 },
    photons: draft.photons,
    ...(polarisation && polarisation !== 'random' && { polarisation }),
  };
}

function readClause(words: WordReader, draft: LightDraft): void {
  const token = words.peek();
  if (token?.number !== undefined) {
    numberClause(words, draft);
    return;
  }
  const known = Object.keys(lightClauses);
  const keyword = token?.text.toLowerCase() ?? '';
  const clause = Object.hasOwn(lightClauses, keyword) ? lightClauses[keyword] : undefined;
  if (!clause) throw words.notUnderstood(known);
  words.take('a word');
  clause(words, draft);
}

function shapeOf(words: WordReader, draft: LightDraft): LightShape {
  const { at = [0, 0, 0], to, radius } = draft;
  const kind = draft.shape ?? (draft.way === 'isotropic' ? 'point' : undefined);
  switch (kind) {
    case 'point':
      refuse(words, radius, 'a point with a radius', 'a sphere, ball or disc');
      return { kind, at };
    case 'line':
      if (!to || !draft.at || !(length(subtract(to, draft.at)) > 0))
        throw words.error('a line without two ends', undefined, 'line from X Y Z m to X Y Z m');
      refuse(words, radius, 'a line with a radius', 'none');
      return { kind, from: draft.at, to };
    case 'beam':
      return radius === undefined ? { kind: 'point', at } : { kind: 'disc', at, radius };
    case 'disc':
    case 'sphere':
    case 'ball':
      if (radius === undefined)
        throw words.error(`a ${kind} without a radius`, undefined, 'radius 10 cm');
      return { kind, at, radius };
    case undefined:
      throw words.error(
        'no shape',
        undefined,
        'one of point, disc, line, sphere, ball, beam, isotropic',
      );
  }
}

function refuse(words: WordReader, value: unknown, what: string, expected: string): void {
  if (value !== undefined) throw words.error(what, undefined, expected);
}

const upwards: Vector3 = [0, 0, 1];

function directionOf(words: WordReader, draft: LightDraft, shape: LightShape): LightDirection {
  const { way, opening = 0, towards } = draft;
  const axis = axisOf(draft);
  if ((towards || (draft.to && shape.kind !== 'line')) && !axis)
    throw words.error('a direction of length 0', undefined, 'a point other than the source');
  const isBeam = draft.shape === 'beam' || draft.shape === 'disc';
  if (way) {
    if (draft.opening !== undefined)
      throw words.error(`${way} with an opening angle`, undefined, 'one of the two');
    if (axis && way !== 'lambertian' && !isBeam)
      throw words.error(`${way} with a direction`, undefined, 'one of the two');
    if ((way === 'outwards' || way === 'inwards') && !('radius' in shape && shape.kind !== 'disc'))
      throw words.error(`${way} without a sphere`, undefined, 'a sphere or a ball');
    return { kind: way, axis: axis ?? upwards, opening: 0 };
  }
  if (axis || isBeam || draft.opening !== undefined)
    return { kind: 'cone', axis: axis ?? upwards, opening };
  const kind = shape.kind === 'sphere' ? 'lambertian' : 'isotropic';
  return { kind, axis: upwards, opening: 0 };
}
