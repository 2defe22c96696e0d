import type { Scene } from '@lantern/geometry';
import type { Engine, PhotonBatch, PropagationRequest } from '../engine.ts';
import { OpticsError } from '../errors.ts';
import { photonBytes, photonOffsets } from '../photon-layout.ts';
import { type StepTrace, stepTrace } from '../step-trace.ts';
import type { Tally } from '../tally.ts';

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
  readonly photon: number;
  /** The start, then each step. */
  readonly steps: readonly LifeStep[];
  /** Whether a limit of the user ended it. */
  readonly stoppedByLimit: boolean;
  /** Whether the photon lives on after these steps: there are more than 1000 and no `maxBounces` asked for them. */
  readonly goesOn: boolean;
}

/** Steps told when no limit is given: a trapped photon has no last one. */
const usualSteps = 1000;
/** First guess of a life's rows; photons that live longer are propagated again with room for all. */
const firstRoom = usualSteps + 1;

/**
 * Propagates one photon of a source again and records its whole life; of one that lives longer than 1000 steps only
 * these, unless `request.maxBounces` says how many.
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
  const bounded = { ...request, maxBounces: request.maxBounces ?? usualSteps };
  const first = await record(engine, scene, bounded, photon, firstRoom);
  const needed = Number(first.tally.steps) + 1;
  const whole = needed <= firstRoom ? first : await record(engine, scene, bounded, photon, needed);
  const steps = readSteps(whole, needed);
  const stopped = endedByLimit(whole.tally);
  const goesOn = stopped && request.maxBounces === undefined && !reached(steps, request.maxTime);
  return { photon, steps, stoppedByLimit: stopped && !goesOn, goesOn };
}

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
  });
}

async function record(
  engine: Engine,
  scene: Scene,
  request: PropagationRequest,
  photon: number,
  recordSteps: number,
): Promise<PhotonBatch> {
  let found: PhotonBatch | undefined;
  const one = { ...request, first: photon, count: 1, threads: 1, recordSteps };
  await engine.propagate(scene, one, (batch) => {
    found = batch;
  });
  if (!found) throw new Error(`the engine ${engine.name} gave no batch`);
  return found;
}

function endedByLimit({ truncated, lost }: Tally): boolean {
  return truncated > lost;
}

function readSteps({ records, traces }: PhotonBatch, count: number): LifeStep[] {
  if (!records || !traces) throw new Error('the engine gave no record');
  return Array.from({ length: count }, (_, i) => {
    const row = new DataView(records.buffer, records.byteOffset + i * photonBytes, photonBytes);
    return { ...readRow(row), ...stepTrace(traces, i) };
  });
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
