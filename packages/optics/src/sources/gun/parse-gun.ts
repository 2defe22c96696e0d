import { length, normalize, subtract, type Vector3 } from '@lantern/units';
import { WordReader as Reader, type WordReader } from '../words/word-reader.ts';
import type { EnergyRange, GunDescription } from './gun-description.ts';
import {
  nearestParticle,
  type Particle,
  particleNamed,
  particles,
  reasonAgainst,
} from './particle.ts';

const example = 'mu- 4 GeV from 0 0 3.2 m towards 0 0 -1';

/** What a gun in words may say; for `--help`. */
export const gunHelp = `A gun in words, in any order, commas as you like:
  particle    mu- | mu+ | e- | e+ | pi- | pi+ | K- | K+ | p | pbar | d | t | He3 | alpha   or   cosmic muons
  energy      4 GeV | 1 to 10 GeV   (kinetic; of cosmic muons: the total energy, 1 to 1000 GeV unless told)
  place       from X Y Z m (or at X Y Z m; the world's origin without it); at 5 ns
  direction   towards X Y Z (a vector; with a unit of length: a point to aim at) | isotropic
  number      10 events (1 without it)
Cosmic muons have a zenith angle by cos², the sea-level spectrum of Guan et al. (arXiv:1509.06176), 1.28 mu+ for each
mu-, and start where they enter the box around all that the world holds, +z up; only those that cross it count.
Particles lose their mean energy and scatter; there are no secondaries, no decay and no nuclear reactions: full events
come as generation steps from Geant4 (--gensteps).
  "mu- 4 GeV from 0 0 3.2 m towards 0 0 -1"
  "20 cosmic muons"
  "e- 5 MeV at 0 0 0 m, isotropic, 10 events"
  "alpha 5.3 MeV at 1 0 0 m, isotropic, 100 events"`;

/** MeV: beyond, the gun's energy losses are not tabulated. */
const mostEnergy = 1e8;
const cosmicEnergies: EnergyRange = { low: 1e3, high: 1e6 };

interface GunDraft {
  particle?: Particle;
  cosmic?: true;
  energy?: EnergyRange;
  at?: Vector3;
  towards?: { readonly vector: Vector3; readonly isPoint: boolean };
  isotropic?: true;
  time?: number;
  events?: number;
}

const keywords: Readonly<Record<string, (words: WordReader, draft: GunDraft) => void>> = {
  cosmic: (words, draft) => {
    once(words, draft, 'cosmic', true);
    words.accept('muons', 'muon');
  },
  from: (words, draft) => once(words, draft, 'at', words.place('the place')),
  at: placeOrTime,
  towards,
  toward: towards,
  isotropic: (words, draft) => once(words, draft, 'isotropic', true),
};

/**
 * Understands a particle gun in words.
 *
 * @throws WordsError naming the word that was not understood, or what is missing
 * @example
 * ```ts
 * parseGun('20 cosmic muons').events; // => 20
 * ```
 */
export function parseGun(text: string): GunDescription {
  const words: WordReader = new Reader(text, '--gun', example);
  const draft: GunDraft = {};
  while (words.peek()) readClause(words, draft);
  return draft.cosmic ? cosmicGun(words, draft) : particleGun(words, draft);
}

function readClause(words: WordReader, draft: GunDraft): void {
  const token = words.peek();
  const word = token?.text ?? '';
  if (token?.number !== undefined) {
    numberClause(words, draft);
    return;
  }
  const particle = particleNamed(word);
  if (particle) {
    words.take('a particle');
    once(words, draft, 'particle', particle);
    return;
  }
  const keyword = word.toLowerCase();
  const clause = Object.hasOwn(keywords, keyword) ? keywords[keyword] : undefined;
  if (clause) {
    words.take('a word');
    clause(words, draft);
    return;
  }
  const available = Object.keys(particles).join(', ');
  const reason = reasonAgainst(word);
  if (reason)
    throw words.error(
      'a particle that the gun does not shoot',
      token,
      `one of ${available}`,
      reason,
    );
  const near = nearestParticle(word);
  if (near && !draft.particle)
    throw words.error('not understood', token, `one of ${available}`, `did you mean '${near}'?`);
  throw words.notUnderstood([...Object.keys(particles), ...Object.keys(keywords), 'events']);
}

/** An energy or a range of energies, or how many events. */
function numberClause(words: WordReader, draft: GunDraft): void {
  const token = words.peek();
  const next = words.peek(1)?.text ?? '';
  const isCount = particleNamed(next) || reasonAgainst(next) || next.toLowerCase() === 'cosmic';
  if (isCount || ['events', 'event'].includes(next.toLowerCase())) {
    const count = words.number('a number of events');
    words.accept('events', 'event');
    once(words, draft, 'events', words.requireCount(count, 'events', token));
    return;
  }
  const first = words.quantity('an energy or a number of events');
  if (first.category === undefined && !words.accept('to', '-', '–')) {
    once(words, draft, 'events', words.requireCount(first.value, 'events', token));
    return;
  }
  const isRange = first.category === undefined || words.accept('to', '-', '–');
  const last = isRange ? words.quantity('the end of the range of energies') : first;
  const high = words.inCategory(last, 'energy', 'an energy with its unit');
  const shared = high / (last.token.number || 1);
  const low = words.inCategory(first, 'energy', 'an energy with its unit', shared);
  if (!(low > 0 && high >= low && high <= mostEnergy))
    throw words.error('energy', token, 'more than 0, up to 100 TeV, the lower one first');
  once(words, draft, 'energy', { low, high });
}

function placeOrTime(words: WordReader, draft: GunDraft): void {
  if (words.isSingleNumber())
    once(words, draft, 'time', words.measure('a place or a time', 'time'));
  else once(words, draft, 'at', words.place('the place'));
}

function towards(words: WordReader, draft: GunDraft): void {
  const { vector, hasUnit } = words.triple('the direction');
  once(words, draft, 'towards', { vector, isPoint: hasUnit });
}

function once<K extends keyof GunDraft>(
  words: WordReader,
  draft: GunDraft,
  key: K,
  value: NonNullable<GunDraft[K]>,
): void {
  const names = { at: 'the place', towards: 'the direction', time: 'the time' };
  const name = Object.hasOwn(names, key) ? names[key as keyof typeof names] : `'${key}'`;
  if (draft[key] !== undefined)
    throw words.error(`${name} is said twice`, words.peek(-1), 'it once');
  draft[key] = value;
}

function cosmicGun(words: WordReader, draft: GunDraft): GunDescription {
  const { energy = cosmicEnergies, time = 0, events = 1 } = draft;
  if (draft.particle && draft.particle.kind !== 'muon')
    throw words.error('cosmic particles that are no muons', undefined, 'cosmic muons');
  if (draft.at || draft.towards || draft.isotropic)
    throw words.error('cosmic muons with a place or direction', undefined, 'neither');
  if (energy.low < 200)
    throw words.error('the least energy of cosmic muons', undefined, 'at least 0.2 GeV');
  return { kind: 'cosmic', energy, time, events };
}

function particleGun(words: WordReader, draft: GunDraft): GunDescription {
  const { particle, energy, at = [0, 0, 0], time = 0, events = 1 } = draft;
  if (!particle)
    throw words.error('no particle', undefined, `one of ${Object.keys(particles).join(', ')}`);
  if (!energy) throw words.error('no energy', undefined, 'one, as in 4 GeV');
  const direction = directionOf(words, draft, at);
  return { kind: 'particles', particle, energy, at, direction, time, events };
}

function directionOf(words: WordReader, draft: GunDraft, at: Vector3): Vector3 | 'isotropic' {
  const { towards: aim, isotropic } = draft;
  if (isotropic && aim)
    throw words.error('isotropic with a direction', undefined, 'one of the two');
  if (isotropic) return 'isotropic';
  if (!aim) throw words.error('no direction', undefined, "'towards X Y Z' or 'isotropic'");
  const vector = aim.isPoint ? subtract(aim.vector, at) : aim.vector;
  const size = length(vector);
  if (!(size > 0 && Number.isFinite(size)))
    throw words.error('a direction of length 0', undefined, 'a vector that is not zero');
  return normalize(vector);
}
