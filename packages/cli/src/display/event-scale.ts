import type { SensorLight } from './sensor-light.ts';

/** The scales of a picture: times (ns) of the first and the last colour, charge of the largest dot. */
export interface EventScale {
  readonly from: number;
  readonly to: number;
  readonly largest: number;
}

/**
 * The scale of an event: from the first photon to the time by which the sensors with 96 % of the charge had seen theirs;
 * light that was scattered or reflected comes much later.
 */
export function eventScale(light: ReadonlyMap<number, SensorLight>): EventScale {
  const byTime = [...light.values()].sort((a, b) => a.time - b.time);
  const from = byTime[0]?.time ?? 0;
  const to = byTime[weightedRank(byTime, 0.96)]?.time ?? 0;
  const charges = byTime.map(({ charge }) => charge).sort((a, b) => a - b);
  return {
    from,
    to: Math.max(from + 1, to),
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

/** Radius of a dot: its area grows with the charge, and even one photon is seen. */
export function chargeRadius(charge: number, largest: number, dotRadius: number): number {
  const smallest = 0.16;
  return dotRadius * Math.sqrt(Math.max(smallest, Math.min(1, charge / largest)));
}
