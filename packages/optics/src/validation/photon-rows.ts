import { type Detector, type PackOptions, packScene } from '@lantern/geometry';
import type { Vector3 } from '@lantern/units';
import type { Engine, PhotonBatch, PropagationRequest } from '../engine.ts';
import { type photonFlags, photonOffsets, photonWords } from '../photon-layout.ts';
import type { PhotonSource } from '../sources/photon-source.ts';
import { type StepTrace, stepTrace } from '../step-trace.ts';
import type { Tally } from '../tally.ts';

/** A photon at its start or its end: mm, ns, nm. */
export interface PhotonState {
  readonly position: Vector3;
  readonly time: number;
  readonly direction: Vector3;
  readonly polarisation: Vector3;
  readonly wavelength: number;
}

/** The end of a photon, or one of its steps. */
export interface PhotonEnd extends PhotonState {
  /** What happened last, and all that happened (photonFlags). */
  readonly flag: number;
  readonly flagMask: number;
}

/** The name of a flag. */
export type PhotonFlag = keyof typeof photonFlags;

/** Photons that are all the same. */
export function samePhotons(count: number, photon: Partial<PhotonState>): PhotonSource {
  return photonsOf(count, () => photon);
}

/** Photons by their number; 400 nm along z, polarised along x, from the origin, where nothing else is said. */
export function photonsOf(
  count: number,
  photon: (index: number) => Partial<PhotonState>,
): PhotonSource {
  return {
    description: 'test',
    count,
    batch: (first, n) => {
      const photons = new Float32Array(n * photonWords);
      for (let i = 0; i < n; i++) {
        const given = photon(first + i);
        const { position = [0, 0, 0], time = 0, direction = [0, 0, 1] } = given;
        const { polarisation = [1, 0, 0], wavelength = 400 } = given;
        photons.set(
          [...position, time, ...direction, 0, ...polarisation, wavelength],
          i * photonWords,
        );
      }
      return { kind: 'photons', photons };
    },
  };
}

/** What of a propagation a test or a validation chooses; the rest has defaults. */
export type RowRequest = Partial<PropagationRequest>;

/**
 * Propagates photons through a detector, and tells their ends in the order of their numbers.
 *
 * @param request seed 1 and two threads unless told; `recordSteps` for `onBatch`
 * @param onEnd with the photon's number
 * @param onBatch for the records
 * @param options of the packing
 */
export async function propagateRows(
  engine: Engine,
  detector: Detector,
  source: PhotonSource,
  request: RowRequest,
  onEnd?: ((end: PhotonEnd, photon: number) => void) | undefined,
  onBatch?: (batch: PhotonBatch) => void,
  options: PackOptions = {},
): Promise<Tally> {
  return await engine.propagate(
    packScene(detector, options),
    { seed: 1n, source, threads: 2, keepPhotons: true, ...request },
    (batch) => {
      const rows = batch.photons ?? new Float32Array();
      const words = new Uint32Array(rows.buffer, rows.byteOffset, rows.length);
      for (let i = 0; onEnd && i < rows.length / photonWords; i++)
        onEnd(readEnd(rows, words, i * photonWords), batch.first + i);
      onBatch?.(batch);
    },
  );
}

/** A recorded step: the row and the trace. */
export type RecordedStep = PhotonEnd & StepTrace;

/**
 * The recorded steps of a photon: its start, then each step as far as there was room.
 *
 * @param photon in the batch, from 0
 */
export function recordedSteps(
  batch: Pick<PhotonBatch, 'records' | 'traces' | 'count'>,
  photon: number,
): RecordedStep[] {
  const steps: RecordedStep[] = [];
  for (let i = 0; ; i++) {
    const step = recordedStep(batch, photon, i);
    if (!step) return steps;
    steps.push(step);
  }
}

/**
 * One recorded step of a photon; undefined where there is none.
 *
 * @param photon in the batch, from 0
 * @param step 0: the start
 */
export function recordedStep(
  { records, traces, count }: Pick<PhotonBatch, 'records' | 'traces' | 'count'>,
  photon: number,
  step: number,
): RecordedStep | undefined {
  const room = (records?.length ?? 0) / photonWords / count;
  if (!records || !traces || step >= room) return undefined;
  const words = new Uint32Array(records.buffer, records.byteOffset, records.length);
  const row = photon * room + step;
  const end = readEnd(records, words, row * photonWords);
  return end.flagMask === 0 ? undefined : { ...end, ...stepTrace(traces, row) };
}

function readEnd(rows: Float32Array, words: Uint32Array, row: number): PhotonEnd {
  const float = (offset: number): number => rows[row + offset / 4] ?? Number.NaN;
  const vector = (offset: number): Vector3 => [float(offset), float(offset + 4), float(offset + 8)];
  return {
    position: vector(photonOffsets.x),
    time: float(photonOffsets.time),
    direction: vector(photonOffsets.dirX),
    polarisation: vector(photonOffsets.polX),
    wavelength: float(photonOffsets.wavelength),
    flag: (words[row + photonOffsets.flag / 4] ?? 0) & 0xffff,
    flagMask: words[row + photonOffsets.flagMask / 4] ?? 0,
  };
}
