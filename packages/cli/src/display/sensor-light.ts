import { photonOffsets, photonWords } from '@lantern/optics';

/** What a sensor saw of an event. */
export interface SensorLight {
  /** Photons detected. */
  readonly charge: number;
  /** Time of the first of them, ns. */
  readonly time: number;
}

/** Identity of a sensor in a photon row: its bits 23..0; the others extend the photon's index. */
const identityBits = 0xff_ffff;

/**
 * Sums up hits by sensor.
 *
 * @param hits rows of `hits.npy`, 16 words each
 * @returns by the sensor's identity as in `sensors.json`; only sensors that were hit
 */
export function lightBySensor(hits: Float32Array): ReadonlyMap<number, SensorLight> {
  const words = new Uint32Array(hits.buffer, hits.byteOffset, hits.length);
  const light = new Map<number, SensorLight>();
  for (let row = 0; row < hits.length; row += photonWords) {
    const identity = (words[row + photonOffsets.identity / 4] ?? 0) & identityBits;
    const time = hits[row + photonOffsets.time / 4] ?? 0;
    const before = light.get(identity);
    light.set(identity, {
      charge: (before?.charge ?? 0) + 1,
      time: Math.min(before?.time ?? Number.POSITIVE_INFINITY, time),
    });
  }
  return light;
}
