/**
 * What the host tells the GPU of a launch, described once: `struct Settings` of the WGSL kernel is made from it
 * (tools/layout-wgsl.mjs), and `packSettings` writes it. 32-bit words, in this order; offsets are in words.
 */

/** Name, type (`u32`, `i32` or `f32`) and meaning of each setting. */
export const settingsFields = [
  ['seedLow', 'u32', 'the key of all random numbers'],
  ['seedHigh', 'u32', ''],
  ['firstLow', 'u32', 'number of the first photon of the batch'],
  ['firstHigh', 'u32', ''],
  ['count', 'u32', 'photons of the batch'],
  ['sourceKind', 'u32', 'what `source` holds: sourceKinds'],
  ['stepCount', 'u32', 'number of generation steps'],
  ['skip', 'u32', 'photons of the first generation step that came before the batch'],
  [
    'firstsAt',
    'u32',
    'in `source`: of each generation step, how many photons the ones before it have',
  ],
  ['spectrumAt', 'u32', "in the scene's image, bytes: knots of the spectrum of lights"],
  ['spectrumKnots', 'i32', 'how many'],
  ['maxBounces', 'i32', 'steps after which a photon is stopped, 0: no limit'],
  ['maxTime', 'f32', 'ns after which it is stopped; FAR: no limit'],
  ['recordSteps', 'i32', 'step rows to keep of each photon'],
  ['keepPhotons', 'u32', '1: the ends of all photons are kept'],
  ['photonsAt', 'u32', 'in `kept`: ends of the photons, a row each'],
  ['recordsAt', 'u32', 'in `kept`: step rows'],
  ['tracesAt', 'u32', 'in `kept`: traces of the steps, two words each'],
  ['childrenAt', 'u32', 'in `kept`: slots of the children'],
  ['childSlots', 'u32', 'how many there is room for'],
  ['hitCapacity', 'u32', 'rows that `hits` has room for'],
  ['turns', 'u32', 'steps of a thread in one launch'],
  ['refill', 'u32', 'threads without a photon take one in every so many turns'],
  ['half', 'u32', 'half of `slots` that has the photons that are on their way, 0 or 1'],
  ['threads', 'u32', 'threads of the launch'],
  ['zero', 'u32', '0, which no compiler knows'],
] as const;

/** What the buffer `source` holds: photon rows, or generation steps. */
export const sourceKinds = { photons: 0, gensteps: 1 } as const;

/** A value for each setting. */
export type Settings = Readonly<Record<(typeof settingsFields)[number][0], number>>;

/** Bytes of the settings, a multiple of 16 as uniform buffers want it. */
export const settingsBytes: number = 16 * Math.ceil(settingsFields.length / 4);

/** The settings as `struct Settings` has them, little-endian. */
export function packSettings(settings: Settings): ArrayBuffer {
  const buffer = new ArrayBuffer(settingsBytes);
  const view = new DataView(buffer);
  settingsFields.forEach(([name, type], i) => {
    if (type === 'f32') view.setFloat32(4 * i, settings[name], true);
    else if (type === 'i32') view.setInt32(4 * i, settings[name], true);
    else view.setUint32(4 * i, settings[name], true);
  });
  return buffer;
}
