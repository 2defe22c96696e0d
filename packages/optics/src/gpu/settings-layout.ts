import { mostFresh, mostOpen } from './launch-layout.ts';

/**
 * What the host tells the GPU of a launch, described once: `struct Settings` and `struct Batch` of the WGSL kernel are made
 * from it (tools/layout-wgsl.mjs), and `packSettings` writes it. 32-bit words, in this order; offsets are in words unless
 * something else is said.
 */

/** Name, type (`u32`, `i32` or `f32`) and meaning of each setting. */
export const settingsFields = [
  ['seedLow', 'u32', 'the key of all random numbers'],
  ['seedHigh', 'u32', ''],
  ['spectrumAt', 'u32', "in the scene's image, bytes: knots of the spectrum of lights"],
  ['spectrumKnots', 'i32', 'how many'],
  ['maxBounces', 'i32', 'steps after which a photon is stopped, 0: no limit'],
  ['maxTime', 'f32', 'ns after which it is stopped; FAR: no limit'],
  ['recordSteps', 'i32', 'step rows to keep of each photon'],
  ['keepPhotons', 'u32', '1: the ends of all photons are kept'],
  ['childSlots', 'u32', 'how many there is room for in each batch'],
  ['turns', 'u32', 'steps of a thread in one launch'],
  ['refill', 'u32', 'threads without a photon take one in every so many turns'],
  ['half', 'u32', 'half of `slots` that has the photons that are on their way, 0 or 1'],
  ['threads', 'u32', 'threads of the launch'],
  ['streamEnd', 'u32', 'place in the stream behind the photons of all open batches'],
  ['endsDry', 'u32', '1: the launch ends when these are taken'],
  ['freshBatches', 'u32', 'how many open batches have photons that nobody has taken: `fresh`'],
  ['zero', 'u32', '0, which no compiler knows'],
] as const;

/** The same of each open batch; a multiple of 16 bytes. */
export const batchFields = [
  ['startsAt', 'u32', 'place of its first photon in the stream'],
  ['count', 'u32', 'its photons'],
  ['firstLow', 'u32', 'number of the first one'],
  ['firstHigh', 'u32', ''],
  ['sourceKind', 'u32', 'what it has in `source`: sourceKinds'],
  ['sourceAt', 'u32', 'in `source`, bytes: its rows or generation steps'],
  ['stepCount', 'u32', 'number of generation steps'],
  ['skip', 'u32', 'photons of the first generation step that came before the batch'],
  [
    'firstsAt',
    'u32',
    'in `source`: of each generation step, how many photons the ones before it have',
  ],
  ['photonsAt', 'u32', 'in `kept`: ends of the photons, a row each'],
  ['recordsAt', 'u32', 'in `kept`: step rows'],
  ['tracesAt', 'u32', 'in `kept`: traces of the steps, two words each'],
  ['childrenAt', 'u32', 'in `kept`: slots of the children'],
  ['hitsAt', 'u32', 'in `hits`: its rows'],
  ['hitCapacity', 'u32', 'how many there is room for'],
  ['tally', 'u32', "which of a workgroup's tallies is its; NOBODY: it is counted at once"],
] as const;

/** What the buffer `source` holds: photon rows, or generation steps. */
export const sourceKinds = { photons: 0, gensteps: 1 } as const;

type Fields = readonly (readonly [name: string, type: 'u32' | 'i32' | 'f32', doc: string])[];
type Values<F extends Fields> = Readonly<Record<F[number][0], number>>;

/** A value for each setting. */
export type Settings = Values<typeof settingsFields>;
/** And of an open batch. */
export type BatchPlaces = Values<typeof batchFields>;

const headBytes = 16 * Math.ceil(settingsFields.length / 4);
const freshBytes = 4 * mostFresh;
const batchBytes = 4 * batchFields.length;

/** Bytes of the settings, a multiple of 16 as uniform buffers want it. */
export const settingsBytes: number = headBytes + freshBytes + mostOpen * batchBytes;

/**
 * The settings as `struct Settings` has them, little-endian, up to the last batch.
 *
 * @param fresh places among the batches of those that have photons to be taken, in the order of the stream
 * @param batches by their places; undefined where none is open
 */
export function packSettings(
  settings: Settings,
  fresh: readonly number[],
  batches: readonly (BatchPlaces | undefined)[],
): ArrayBuffer {
  const buffer = new ArrayBuffer(headBytes + freshBytes + batches.length * batchBytes);
  const view = new DataView(buffer);
  pack(view, 0, settingsFields, settings);
  new Uint32Array(buffer, headBytes, mostFresh).set(fresh);
  batches.forEach((batch, i) => {
    if (batch) pack(view, headBytes + freshBytes + i * batchBytes, batchFields, batch);
  });
  return buffer;
}

function pack<F extends Fields>(view: DataView, at: number, fields: F, values: Values<F>): void {
  fields.forEach(([name, type]: F[number], i) => {
    const value = values[name as F[number][0]];
    if (type === 'f32') view.setFloat32(at + 4 * i, value, true);
    else if (type === 'i32') view.setInt32(at + 4 * i, value, true);
    else view.setUint32(at + 4 * i, value, true);
  });
}
