import type { Vector3 } from '@lantern/units';
import type { Draft, Piece } from './random-detector.ts';

/** Daughters for a box about the origin, by its half lengths: none overlap, and none stand out of it. */
export type Fill = (draft: Draft, half: Vector3, depth: number) => Piece[];

/** A full turn, rad. */
export const turn: number = 2 * Math.PI;
/** All of phi. */
export const full = { startphi: 0, deltaphi: turn };

/** The solid `type` around the origin of the box with those half lengths, and daughters inside, if it may have some. */
export function boxVolume(draft: Draft, half: Vector3, depth: number): string {
  const solid = draft.solid({ type: 'box', x: 2 * half[0], y: 2 * half[1], z: 2 * half[2] });
  return draft.volume(solid, fillBox(draft, half, depth - 1));
}

/** Daughters for a box, by one of the ways to fill it; sometimes none. */
export function fillBox(draft: Draft, half: Vector3, depth: number): Piece[] {
  if (depth <= 0 || draft.budget <= 0 || draft.chance(0.15)) return [];
  if (Math.min(...half) < 0.05) return draft.chance(0.5) ? layers(draft, half, depth) : [];
  return draft.pick(draft.fillers).fill(draft, half, depth);
}

/** Half lengths a bit less, so that nothing inside touches. */
export function shrunk(half: Vector3, by: number): Vector3 {
  return [half[0] * by, half[1] * by, half[2] * by];
}

/** Cuts of [-half, half] into that many parts, of random lengths; sometimes with very thin ones. */
export function cuts(draft: Draft, half: number, parts: number): number[] {
  const inner = Array.from({ length: parts - 1 }, () => draft.between(-half, half));
  if (draft.chance(0.3))
    for (let i = 1; i < inner.length; i += 2)
      inner[i] = Math.min(half * 0.999, (inner[i - 1] ?? 0) + draft.pick([1e-3, 1e-2]));
  return [-half, ...inner.sort((a, b) => a - b), half].filter(
    (x, i, all) => i === 0 || x - (all[i - 1] ?? 0) > 1e-4,
  );
}

/** Layers from face to face, most of them 1 or 10 micrometres thin. */
export const layers: Fill = (draft, half, depth) => {
  const axis = draft.whole(0, 2);
  const end = half[axis] ?? 0;
  const pieces: Piece[] = [];
  let low = draft.chance(0.5) ? -end : draft.between(-end, 0);
  const count = draft.whole(1, 12);
  for (let i = 0; i < count; i++) {
    const high = low + draft.pick([1e-3, 1e-3, 1e-2, end / 4]);
    if (high > end) break;
    const size = [...half] as [number, number, number];
    size[axis] = (high - low) / 2;
    const at: [number, number, number] = [0, 0, 0];
    at[axis] = (high + low) / 2;
    draft.budget--;
    pieces.push({ volume: boxVolume(draft, size, Math.min(depth, 2)), at });
    low = draft.chance(0.85) ? high : high + draft.pick([1e-3, end / 10]);
  }
  return pieces;
};
