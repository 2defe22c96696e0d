import type { Scene } from '@lantern/geometry';
import type { Engine, PhotonBatch, PropagationRequest } from '../engine.ts';
import { photonOffsets, photonWords, type TallyField, tallyFields } from '../photon-layout.ts';
import type { Tally } from '../tally.ts';
import { type Percentiles, percentilesOf } from './percentiles.ts';
import { propagateTwins, type TwinRequest, type Twins } from './twin-batches.ts';
import { compareEnds, EndSample, type EndShape } from './twin-ends.ts';
import { childrenApart, firstDifference, type LifePair, lifePairs } from './twin-lives.ts';
import { apart, type Parting, partingAt } from './twin-parting.ts';
import { type Rounding, RoundingTest } from './twin-rounding.ts';

/** A parting, and whether rounding is why. */
export interface ExplainedParting extends Parting {
  /** Undefined: nothing that counts as rounding makes the CPU part there. */
  readonly rounding: Rounding | undefined;
}

/** How photons of two engines compare, one by one. */
export interface TwinComparison {
  /** Of the source. */
  readonly photons: number;
  /** Photons of the source of which something differs: their own history or that of a child. */
  readonly differing: number;
  /** The first 25 of them, in order. */
  readonly partings: readonly ExplainedParting[];
  /** Between the ends of lives with equal histories: mm, ns, nm. */
  readonly distances: Percentiles;
  readonly times: Percentiles;
  readonly wavelengths: Percentiles;
  /** Counters of batches without a difference, which must be the same in both: numbers drawn, steps, outcomes. */
  readonly counters: CountersCompared;
  /** Ends beside those of other random numbers, where they were asked for. */
  readonly shapes: readonly EndShape[];
}

/** Counters of the photons of whole batches in which all histories are the same. */
export interface CountersCompared {
  readonly photons: number;
  readonly draws: bigint;
  /** Names of those that differ in some batch. */
  readonly differing: readonly TallyField[];
}

/** Differences that are looked at closely; more say nothing new. */
const mostPartings = 25;

/** What a comparison needs besides two engines. */
export interface TwinOptions {
  /** The compiled kernel of the CPU engine, which says what rounding can do. */
  readonly kernel: WebAssembly.Module;
  /** Seed of the same photons again by the first engine, whose ends are compared with the second's. */
  readonly otherSeed?: bigint | undefined;
}

/** Compares pairs of batches as they come. */
export class TwinTally {
  readonly #rounding: RoundingTest;
  readonly #partings: ExplainedParting[] = [];
  readonly #distances = new Distances();
  readonly #counters = new Counters();
  #photons = 0;
  #differing = 0;

  /** @param kernel the compiled kernel of the CPU engine */
  constructor(kernel: WebAssembly.Module, scene: Scene, request: PropagationRequest) {
    this.#rounding = new RoundingTest(kernel, scene, request);
  }

  /** @param pair the CPU engine's first; with records and ends */
  add(pair: Twins<PhotonBatch>): void {
    const found = partingsOf(pair, this.#distances);
    for (const { life, parting } of found.slice(0, mostPartings - this.#partings.length))
      this.#partings.push({ ...parting, rounding: this.#rounding.explain(pair, life, parting) });
    this.#photons += pair[0].count;
    this.#differing += found.length;
    if (found.length === 0) this.#counters.add([pair[0].tally, pair[1].tally]);
  }

  /** Of all pairs so far. */
  comparison(shapes: readonly EndShape[] = []): TwinComparison {
    return {
      ...{ photons: this.#photons, differing: this.#differing, partings: this.#partings },
      ...this.#distances.percentiles(),
      ...{ counters: this.#counters.compared(), shapes },
    };
  }
}

/**
 * Propagates photons with two engines and compares them one by one. [TWIN1] [TWIN3]
 *
 * @param engines the CPU engine first
 * @param request says how many steps are recorded: lives that are longer are compared by their ends
 */
export async function compareTwins(
  engines: Twins<Engine>,
  scene: Scene,
  request: TwinRequest & { readonly recordSteps: number },
  { kernel, otherSeed }: TwinOptions,
): Promise<TwinComparison> {
  const tally = new TwinTally(kernel, scene, request);
  const ends = new EndSample();
  await propagateTwins(engines, scene, { ...request, keepPhotons: true }, (pair) => {
    tally.add(pair);
    ends.add(pair[1]);
  });
  return tally.comparison(await shapesOf(engines[0], scene, request, ends, otherSeed));
}

interface Found {
  readonly life: LifePair;
  readonly parting: Parting;
}

/** The first parting of each photon of two batches that has one. */
function partingsOf(pair: Twins<PhotonBatch>, apartBy: Distances): Found[] {
  const found = new Map<number, Found>();
  for (const life of lifePairs(pair)) {
    const step = firstDifference(life);
    if (step === undefined) apartBy.add(life);
    else if (!found.has(life.photon))
      found.set(life.photon, { life, parting: partingAt(life, step) });
  }
  for (const { photon, counts } of childrenApart(pair)) {
    if (found.has(photon)) continue;
    const at = photon - pair[0].first;
    const life: LifePair = { photon, rows: pair, at: [at, at] };
    const parting: Parting = {
      ...{ photon, step: 0, kind: 'children', distance: Number.NaN, steps: [[], []] },
      childCounts: counts,
    };
    found.set(photon, { life, parting });
  }
  return [...found.values()].sort((a, b) => a.life.photon - b.life.photon);
}

/** How far the ends of equal histories are from each other. */
class Distances {
  readonly #distances: number[] = [];
  readonly #times: number[] = [];
  readonly #wavelengths: number[] = [];

  add({ rows, at }: LifePair): void {
    const number = (side: 0 | 1, offset: number): number =>
      rows[side].photons?.[at[side] * photonWords + offset / 4] ?? Number.NaN;
    const position = (side: 0 | 1): [number, number, number] => [
      number(side, photonOffsets.x),
      number(side, photonOffsets.y),
      number(side, photonOffsets.z),
    ];
    const off = (offset: number): number => Math.abs(number(1, offset) - number(0, offset));
    this.#distances.push(apart(position(0), position(1)));
    this.#times.push(off(photonOffsets.time));
    this.#wavelengths.push(off(photonOffsets.wavelength));
  }

  percentiles(): Pick<TwinComparison, 'distances' | 'times' | 'wavelengths'> {
    return {
      distances: percentilesOf(this.#distances),
      times: percentilesOf(this.#times),
      wavelengths: percentilesOf(this.#wavelengths),
    };
  }
}

/** Counters that whole batches have in common; the digest is of the rows' last digits. */
class Counters {
  #photons = 0;
  #draws = 0n;
  readonly #differing = new Set<TallyField>();

  add([one, other]: Twins<Tally>): void {
    this.#photons += Number(one.photons - one.children);
    this.#draws += one.draws;
    for (const field of tallyFields)
      if (field !== 'digest' && one[field] !== other[field]) this.#differing.add(field);
  }

  compared(): CountersCompared {
    return { photons: this.#photons, draws: this.#draws, differing: [...this.#differing] };
  }
}

async function shapesOf(
  engine: Engine,
  scene: Scene,
  request: TwinRequest,
  ends: EndSample,
  seed: bigint | undefined,
): Promise<EndShape[]> {
  if (seed === undefined) return [];
  const others = new EndSample();
  const plain = { ...request, seed, recordSteps: 0, keepPhotons: true };
  await engine.propagate(scene, plain, (batch) => others.add(batch));
  return compareEnds(others, ends);
}
