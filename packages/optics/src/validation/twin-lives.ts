import type { ChildBatch, PhotonBatch } from '../engine.ts';
import { photonOffsets, photonWords } from '../photon-layout.ts';
import { type Twins, twice } from './twin-batches.ts';

/** Rows of lives: ends, and the first steps of each with their traces. */
export type LifeRows = Pick<PhotonBatch, 'photons' | 'records' | 'traces' | 'count'>;

/** Which life: a photon of the source by its number, or one of its children. */
export interface LifeName {
  readonly photon: number;
  /** From 1, in the order of their making; absent: the photon itself. */
  readonly child?: number | undefined;
}

/** The same life by both engines. */
export interface LifePair extends LifeName {
  readonly rows: Twins<LifeRows>;
  /** Its place in either's rows. */
  readonly at: Twins<number>;
}

/** A photon whose children are more of one engine than of the other. */
export interface ChildrenApart {
  readonly photon: number;
  readonly counts: Twins<number>;
}

/**
 * What of a row is history: the sensor hit, the flag with the surface met, the identity, all flags. The number of a child
 * counts all children made before, so that it is not the child's own.
 */
const historyWords = [photonOffsets.count, photonOffsets.flag, photonOffsets.flagMask].map(
  (offset) => offset / 4,
);
const identityWord = photonOffsets.identity / 4;
const indexWord = photonOffsets.index / 4;
const traceWords = 2;

/** Step of a difference that is behind those that were recorded. */
export const beyondRecords = -1;

/**
 * The first step at which the histories of a life differ; undefined when they do not. History is what is counted, not
 * measured: nodes, flags, surfaces, what boundaries did, sensors, and how many steps there are. [TWIN1]
 *
 * @returns the number of the step, 0 the start; `beyondRecords` when the records are the same and the ends are not
 */
export function firstDifference({ rows, at, child }: LifePair): number | undefined {
  const isChild = child !== undefined;
  const [one, other] = twice(rows, viewsOf);
  const steps = Math.min(one.room, other.room);
  for (let step = 0; step < steps; step++) {
    const [a, b] = [at[0] * one.room + step, at[1] * other.room + step];
    if (!sameRow(one.records, a, other.records, b, isChild)) return step;
    if (isOver(one.records, a)) break;
    for (let i = 0; i < traceWords; i++)
      if (one.traces[traceWords * a + i] !== other.traces[traceWords * b + i]) return step;
  }
  // A kernel that was stopped at a step has no end to compare.
  if (one.room !== other.room) return undefined;
  return sameRow(one.ends, at[0], other.ends, at[1], isChild) ? undefined : beyondRecords;
}

/** Words of rows as they are. */
interface RowViews {
  readonly ends: Uint32Array;
  readonly records: Uint32Array;
  readonly traces: Int32Array;
  /** Steps recorded of each. */
  readonly room: number;
}

const views = new WeakMap<LifeRows, RowViews>();

function viewsOf(rows: LifeRows): RowViews {
  const known = views.get(rows);
  if (known) return known;
  const { photons, records, traces } = rows;
  if (!photons || !records || !traces) throw new Error('no records of lives to compare');
  const made = {
    ends: new Uint32Array(photons.buffer, photons.byteOffset, photons.length),
    records: new Uint32Array(records.buffer, records.byteOffset, records.length),
    traces,
    room: roomOf(rows),
  };
  views.set(rows, made);
  return made;
}

/** How many steps were recorded of each life at most. */
export function roomOf({ records, count }: LifeRows): number {
  return records && count > 0 ? records.length / photonWords / count : 0;
}

function sameRow(a: Uint32Array, i: number, b: Uint32Array, k: number, isChild: boolean): boolean {
  const [one, other] = [i * photonWords, k * photonWords];
  for (const word of historyWords) if (a[one + word] !== b[other + word]) return false;
  const shift = isChild ? 8 : 0;
  if ((a[one + identityWord] ?? 0) << shift !== (b[other + identityWord] ?? 0) << shift)
    return false;
  return isChild || a[one + indexWord] === b[other + indexWord];
}

/** Rows behind the end of a life are zeros. */
function isOver(rows: Uint32Array, row: number): boolean {
  return rows[row * photonWords + photonOffsets.flagMask / 4] === 0;
}

/** All lives of two batches: of the photons of the source, then of the children that both engines made. */
export function* lifePairs(pair: Twins<PhotonBatch>): Generator<LifePair> {
  const [{ first, count, children: one }, { children: other }] = pair;
  for (let i = 0; i < count; i++) yield { photon: first + i, rows: pair, at: [i, i] };
  if (!one || !other) return;
  const twins = familiesOf(other);
  for (const [photon, family] of familiesOf(one)) {
    const twin = twins.get(photon);
    for (let i = 0; i < Math.min(family.count, twin?.count ?? 0); i++)
      yield {
        ...{ photon, child: i + 1, rows: [one, other] },
        at: [family.first + i, (twin?.first ?? 0) + i],
      };
  }
}

/** Photons that have more children by one engine than by the other. */
export function childrenApart(pair: Twins<PhotonBatch>): ChildrenApart[] {
  const [one, other] = twice(pair, ({ children }) => familiesOf(children));
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((photon) => {
    const counts = [one.get(photon)?.count ?? 0, other.get(photon)?.count ?? 0] as const;
    return counts[0] === counts[1] ? [] : [{ photon, counts }];
  });
}

interface Family {
  readonly first: number;
  readonly count: number;
}

/** Children by the photon that they descend from. */
function familiesOf(children: ChildBatch | undefined): ReadonlyMap<number, Family> {
  const families = new Map<number, Family>();
  children?.parents.forEach((parent, i) => {
    const photon = Number(parent);
    const { first = i, count = 0 } = families.get(photon) ?? {};
    families.set(photon, { first, count: count + 1 });
  });
  return families;
}
