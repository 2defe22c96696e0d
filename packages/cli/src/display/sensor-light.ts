import type { HitLayout } from '@lantern/optics';

/** Hits of a simulation: whole or lite, merged or not. */
export interface HitTable {
  readonly layout: HitLayout;
  /** Rows of the layout. */
  readonly rows: Uint32Array;
}

/** What a sensor saw of an event. */
export interface SensorLight {
  /** Photons detected. */
  readonly charge: number;
  /** Time of the first of them, ns. */
  readonly time: number;
}

/**
 * Sums up hits by sensor.
 *
 * @returns by the sensor's identity as in `sensors.json`; only sensors that were hit
 */
export function lightBySensor({ layout, rows }: HitTable): ReadonlyMap<number, SensorLight> {
  const values = new Float32Array(rows.buffer, rows.byteOffset, rows.length);
  const light = new Map<number, SensorLight>();
  for (let row = 0; row < rows.length; row += layout.words) {
    const identity = (rows[row + layout.identity] ?? 0) & layout.identityMask;
    const time = values[row + layout.time] ?? 0;
    const before = light.get(identity);
    light.set(identity, {
      charge: (before?.charge ?? 0) + ((rows[row + layout.count] ?? 0) >>> layout.countShift),
      time: Math.min(before?.time ?? Number.POSITIVE_INFINITY, time),
    });
  }
  return light;
}

/** Photons of all hits. */
export function photonsOf({ layout, rows }: HitTable): number {
  let photons = 0;
  for (let row = 0; row < rows.length; row += layout.words)
    photons += (rows[row + layout.count] ?? 0) >>> layout.countShift;
  return photons;
}
