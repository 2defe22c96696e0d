import type { Scene } from '@lantern/geometry';
import type { Vector3 } from '@lantern/units';
import { photonFlags } from '../photon-layout.ts';
import { type LifeStep, readSteps } from '../replay/life.ts';
import { tellStep } from '../replay/tell-life.ts';
import { type Twins, twice } from './twin-batches.ts';
import { beyondRecords, type LifeName, type LifePair, roomOf } from './twin-lives.ts';

/** What two engines decided otherwise, in the words of a report. */
export const partingKinds = {
  start: 'where it starts',
  face: 'which face it meets',
  reach: 'whether it comes to the face',
  process: 'which process happens',
  outcome: 'what the face does with it',
  children: 'how many photons a shift makes',
  later: 'something behind the steps that were recorded',
} as const;

/** A decision by which two histories part. */
export type PartingKind = keyof typeof partingKinds;

/** Where two lives part. */
export interface Parting extends LifeName {
  /** Number of the first step that differs, 0 the start; of those behind the records, how many were recorded. */
  readonly step: number;
  readonly kind: PartingKind;
  /** Between the two at the end of that step, mm. */
  readonly distance: number;
  /** By either engine: where the step begins, and its end where there is one. */
  readonly steps: Twins<readonly LifeStep[]>;
  /** Where nothing differs but how many children it has: how many. */
  readonly childCounts?: Twins<number> | undefined;
}

/** Looks at both sides of the first step that differs. */
export function partingAt(pair: LifePair, step: number): Parting {
  const lives = [0, 1].map((side) => {
    const room = roomOf(pair.rows[side as 0 | 1]);
    return readSteps(pair.rows[side as 0 | 1], pair.at[side as 0 | 1] * room, room);
  }) as unknown as Twins<LifeStep[]>;
  const { photon, child } = pair;
  const at = step === beyondRecords ? lives[0].length : step;
  const steps = twice(lives, (life) => life.slice(Math.max(0, at - 1), at + 1));
  const [one, other] = twice(steps, (both) => both[at === 0 ? 0 : 1]);
  return {
    ...{ photon, child, step: at, steps },
    kind: kindOf(at, steps[0][0], one, other),
    distance: one && other ? apart(one.position, other.position) : Number.NaN,
  };
}

function kindOf(
  step: number,
  before: LifeStep | undefined,
  one: LifeStep | undefined,
  other: LifeStep | undefined,
): PartingKind {
  if (step === 0) return 'start';
  if (!before || !one || !other) return 'later';
  const [a, b] = [isInMaterial(before, one), isInMaterial(before, other)];
  if (a !== b) return 'reach';
  if (a) return 'process';
  const isElsewhere = apart(one.position, other.position) > sameFace;
  return one.surface !== other.surface || isElsewhere ? 'face' : 'outcome';
}

/** Points of two faces are further apart than this, of one face nearer, mm. */
const sameFace = 1e-2;

const bulkFlags = photonFlags.BULK_ABSORB | photonFlags.BULK_REEMIT | photonFlags.BULK_SCATTER;

/** Whether the step ended in the material. A row keeps its flag where a photon goes straight through a face. */
function isInMaterial(before: LifeStep, step: LifeStep): boolean {
  if ((step.flag & bulkFlags) === 0 || step.node !== before.node) return false;
  if (step.flag === photonFlags.BULK_ABSORB) return true;
  const isTurned = step.direction.some((x, i) => x !== before.direction[i]);
  return isTurned || step.wavelength !== before.wavelength;
}

/** A parting in words: who, what was decided otherwise, and the step by either engine. */
export function tellParting(parting: Parting, scene: Scene, names: Twins<string>): string[] {
  const { photon, child, step, kind, distance, steps } = parting;
  const who = child === undefined ? `photon ${photon}` : `child ${child} of photon ${photon}`;
  const far = Number.isFinite(distance) ? `, ${distance.toPrecision(2)} mm apart` : '';
  return [
    `${who}, step ${step}: ${partingKinds[kind]}${far}`,
    ...steps.flatMap(([before, end], side) =>
      before && end ? [`${names[side as 0 | 1]}: ${tellStep(step, before, end, scene)}`] : [],
    ),
  ];
}

/** Distance of two points, mm. */
export function apart(a: Vector3, b: Vector3): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]);
}
