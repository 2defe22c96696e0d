import type { SensorLight } from './sensor-light.ts';

/** The scales of a picture: times (ns) of the first and of the last colour; charge of the largest dot. */
export interface EventScale {
  /** Zero of the scale too: one stray photon does not move it. */
  readonly from: number;
  readonly to: number;
  readonly largest: number;
}

/** The charge that comes before the first and after the last colour: a few early photons, and those that were scattered. */
const [early, late] = [0.01, 0.05];

/** The scale of an event; colours span the times by which the sensors with 1 % and with 95 % of the charge were hit. */
export function eventScale(light: ReadonlyMap<number, SensorLight>): EventScale {
  const byTime = [...light.values()].sort((a, b) => a.time - b.time);
  const timeAt = (fraction: number): number => byTime[weightedRank(byTime, fraction)]?.time ?? 0;
  const from = timeAt(early);
  const charges = byTime.map(({ charge }) => charge).sort((a, b) => a - b);
  return {
    from,
    to: Math.max(from + 1, timeAt(1 - late)),
    largest: charges[Math.floor(charges.length * 0.995)] ?? 1,
  };
}

/** The first at which the charge so far is that fraction of all. */
function weightedRank(light: readonly SensorLight[], fraction: number): number {
  let left = fraction * light.reduce((total, { charge }) => total + charge, 0);
  return light.findIndex(({ charge }) => {
    left -= charge;
    return left <= 0;
  });
}

/** Radius of a dot: as the cube root of the charge, so that both one photon and hundreds are seen. */
export function chargeRadius(charge: number, largest: number, dotRadius: number): number {
  const smallest = 0.22;
  return dotRadius * Math.max(smallest, Math.cbrt(Math.min(1, charge / largest)));
}
