import type { Scene } from '@lantern/geometry';
import type { Engine, PhotonBatch, PropagationRequest } from '../engine.ts';
import { OpticsError } from '../errors.ts';
import { photonBytes, photonFlags, photonOffsets } from '../photon-layout.ts';
import { type StepTrace, stepTrace } from '../step-trace.ts';

/** One step of a photon's life, in the frame of the world: mm, ns, nm. */
export interface LifeStep extends StepTrace {
  readonly position: readonly [number, number, number];
  readonly time: number;
  readonly direction: readonly [number, number, number];
  readonly polarisation: readonly [number, number, number];
  readonly wavelength: number;
  /** The flag of what happened last (photonFlags); 0: nothing yet. */
  readonly flag: number;
  /** Sensor number + 1, 0: no sensor. */
  readonly identity: number;
}

/** What became of one photon, from its start to its end. */
export interface Life {
  /** Its number in the source; of a child, that of the photon that it descends from. */
  readonly photon: number;
  /** Of a child: which of the photon's descendants it is, from 1, in the order of their making. */
  readonly child?: number | undefined;
  /** The start, then each step. */
  readonly steps: readonly LifeStep[];
  /** Whether a limit of the user ended it. */
  readonly stoppedByLimit: boolean;
  /** Whether the photon lives on after these steps: there are more than 1000 and no `maxBounces` asked for them. */
  readonly goesOn: boolean;
  /** Lives of what wavelength shifts made of it beyond their first photons: all descendants; of a child none. */
  readonly children: readonly Life[];
}

/** Steps told when no limit is given: a trapped photon has no last one. */
const usualSteps = 1000;

/**
 * Propagates one photon of a source again and records its whole life and those of its children; of one that lives
 * longer than 1000 steps only these, unless `request.maxBounces` says how many.
 *
 * @param photon its number in the source
 * @throws OpticsError when the source has no such photon, or the engine's own
 */
export async function replayPhoton(
  engine: Engine,
  scene: Scene,
  request: PropagationRequest,
  photon: number,
): Promise<Life> {
  mustExist(photon, request.source.count);
  const maxBounces = request.maxBounces ?? usualSteps;
  const bounded = { ...request, maxBounces, first: photon, count: 1, threads: 1 };
  const { tally } = await propagateOne(engine, scene, { ...bounded, recordSteps: 0 });
  // No life has more steps than all of them together.
  const room = Math.min(maxBounces, Number(tally.steps)) + 1;
  const told = await propagateOne(engine, scene, { ...bounded, recordSteps: room });
  const lives = (rows: Recorded, count: number): Omit<Life, 'children'>[] =>
    Array.from({ length: count }, (_, i) => ({
      photon,
      ...endOf(request, readSteps(rows, i * room, room)),
    }));
  const [own] = lives(told, 1);
  if (!own) throw new Error('no life');
  const children = told.children ? lives(told.children, told.children.count) : [];
  return {
    ...own,
    children: children.map((life, i) => ({ ...life, child: i + 1, children: [] })),
  };
}

/** How a life that is recorded whole ends. */
function endOf(
  { maxBounces, maxTime }: PropagationRequest,
  steps: readonly LifeStep[],
): Pick<Life, 'steps' | 'stoppedByLimit' | 'goesOn'> {
  const stopped = !ends.has(steps.at(-1)?.flag ?? 0);
  const goesOn = stopped && maxBounces === undefined && !reached(steps, maxTime);
  return { steps, stoppedByLimit: stopped && !goesOn, goesOn };
}

/** The last flags of photons that no limit ended. */
const ends: ReadonlySet<number> = new Set([
  photonFlags.BULK_ABSORB,
  photonFlags.SURFACE_DETECT,
  photonFlags.SURFACE_ABSORB,
  photonFlags.MISS,
  photonFlags.NAN_ABORT,
]);

/** Whether the last step is at the limit of time; rows hold it as float32. */
function reached(steps: readonly LifeStep[], maxTime = Number.POSITIVE_INFINITY): boolean {
  return (steps.at(-1)?.time ?? 0) >= Math.fround(maxTime);
}

function mustExist(photon: number, count: number): void {
  if (Number.isInteger(photon) && photon >= 0 && photon < count) return;
  throw new OpticsError({
    what: 'no such photon to replay',
    given: String(photon),
    expected: count > 0 ? `a number from 0 to ${count - 1}` : 'a source that has photons',
    ...(count > 0 && photon >= count
      ? {
          hint: 'children of wavelength shifts are told with their photon, which parents.npy names',
        }
      : {}),
  });
}

async function propagateOne(
  engine: Engine,
  scene: Scene,
  request: PropagationRequest,
): Promise<PhotonBatch> {
  let found: PhotonBatch | undefined;
  await engine.propagate(scene, request, (batch) => {
    found = batch;
  });
  if (!found) throw new Error(`the engine ${engine.name} gave no batch`);
  return found;
}

/** Where steps are recorded. */
export type Recorded = Pick<PhotonBatch, 'records' | 'traces'>;

/** The steps of one photon: rows from `first` on, up to the zeros after its end. */
export function readSteps({ records, traces }: Recorded, first: number, room: number): LifeStep[] {
  if (!records || !traces) throw new Error('the engine gave no record');
  const steps: LifeStep[] = [];
  for (let i = first; i < first + room; i++) {
    const row = new DataView(records.buffer, records.byteOffset + i * photonBytes, photonBytes);
    if (row.getUint32(photonOffsets.flagMask, true) === 0) break;
    steps.push({ ...readRow(row), ...stepTrace(traces, i) });
  }
  return steps;
}

function readRow(row: DataView): Omit<LifeStep, keyof StepTrace> {
  const number = (at: number): number => row.getFloat32(at, true);
  const vector = (at: number): [number, number, number] => [
    number(at),
    number(at + 4),
    number(at + 8),
  ];
  return {
    position: vector(photonOffsets.x),
    time: number(photonOffsets.time),
    direction: vector(photonOffsets.dirX),
    polarisation: vector(photonOffsets.polX),
    wavelength: number(photonOffsets.wavelength),
    flag: row.getUint32(photonOffsets.flag, true) & 0xffff,
    identity: row.getUint32(photonOffsets.identity, true) & 0xff_ffff,
  };
}
