import { photonOffsets, photonWords } from '../photon-layout.ts';
import type { HitLayout } from './hit-layout.ts';

/**
 * A lite hit is 16 bytes, four uint32: count and identity; time (float32, ns); the place on the sensor; the flags of its
 * life. The place is the direction from the origin of the sensor's own frame to the hit: cos θ in the upper 16 bits, and
 * (φ + π)/2π in the lower, each of 0 to 65535.
 */
export interface LiteHitLayout extends HitLayout {
  readonly name: 'opticks' | 'wide';
  /** cos θ of 0; that of 65535 is 1. */
  readonly leastCosTheta: number;
}

const words = { words: 4, count: 0, time: 1, identity: 0, flagMask: 3, order: [2] } as const;

/**
 * The layouts of lite hits. `opticks` is that of Opticks (sysrap/sphotonlite.h): 16 bits each for count and identity, and
 * cos θ from 0, for sensors of which only the front half (+z) sees light. `wide` has 24 bits for the identity, 8 for the
 * count, and the whole sphere.
 */
export const liteHits: Readonly<Record<LiteHitLayout['name'], LiteHitLayout>> = {
  opticks: { name: 'opticks', ...words, countShift: 16, identityMask: 0xffff, leastCosTheta: 0 },
  wide: { name: 'wide', ...words, countShift: 24, identityMask: 0xff_ffff, leastCosTheta: -1 },
};

/** Opticks' layout while its 16 bits suffice for the identities, unless the wide one is asked for. */
export function liteHitsFor(sensors: number, wanted?: 'wide'): LiteHitLayout {
  const fits = sensors <= liteHits.opticks.identityMask;
  return fits && wanted === undefined ? liteHits.opticks : liteHits.wide;
}

/** Lite hits, and how many of them were behind the half that the layout can say: those are at cos θ = 0. */
export interface LiteRows {
  readonly rows: Uint32Array<ArrayBuffer>;
  readonly behind: number;
}

const largest16 = 0xffff;

/**
 * Makes lite hits of whole ones.
 *
 * @param hits rows of 16 words
 * @param frames 12 numbers for each sensor: the rotation R (row-major) and the origin t of its frame in the world,
 * p_world = R p_sensor + t, mm
 */
export function liteRows(
  hits: Uint32Array,
  frames: Float64Array,
  { countShift, leastCosTheta }: LiteHitLayout,
): LiteRows {
  const values = new Float32Array(hits.buffer, hits.byteOffset, hits.length);
  const rows = new Uint32Array((hits.length / photonWords) * words.words);
  let behind = 0;
  for (let from = 0, to = 0; from < hits.length; from += photonWords, to += words.words) {
    const identity = (hits[from + photonOffsets.identity / 4] ?? 0) & 0xff_ffff;
    const frame = 12 * (identity - 1);
    const at = (i: number): number => frames[frame + i] ?? 0;
    const x = (values[from] ?? 0) - at(9);
    const y = (values[from + 1] ?? 0) - at(10);
    const z = (values[from + 2] ?? 0) - at(11);
    const localX = at(0) * x + at(3) * y + at(6) * z;
    const localY = at(1) * x + at(4) * y + at(7) * z;
    const localZ = at(2) * x + at(5) * y + at(8) * z;
    const length = Math.hypot(localX, localY, localZ);
    const cosTheta = length > 0 ? localZ / length : 1;
    const turn = Math.atan2(localY, localX) / (2 * Math.PI) + 0.5;
    if (cosTheta < leastCosTheta) behind++;
    const height = (Math.max(cosTheta, leastCosTheta) - leastCosTheta) / (1 - leastCosTheta);
    rows[to] = 2 ** countShift + identity;
    rows[to + 1] = hits[from + photonOffsets.time / 4] ?? 0;
    rows[to + 2] = Math.round(height * largest16) * 2 ** 16 + Math.round(turn * largest16);
    rows[to + 3] = hits[from + photonOffsets.flagMask / 4] ?? 0;
  }
  return { rows, behind };
}
