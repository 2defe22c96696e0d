import type { Vector3 } from '@lantern/units';
import { bulbs, holes } from './random-boolean-fillers.ts';
import type { Draft, Piece } from './random-detector.ts';
import { boxVolume, cuts, type Fill, layers } from './random-filling.ts';
import { faceted, fitted, wedges } from './random-fitted-fillers.ts';
import { cones, profile, shells, tubes } from './random-round-fillers.ts';
import { anyVolume } from './random-solids.ts';

function parts(draft: Draft): [number, number, number] {
  const most = Math.cbrt(Math.max(1, Math.min(draft.budget, draft.pick(draft.most))));
  // Thousands: as many along each axis.
  const least = most > 10 ? Math.round(most) : 1;
  return [0, 1, 2].map(() => draft.whole(least, Math.max(1, Math.round(1.4 * most)))) as [
    number,
    number,
    number,
  ];
}

/** Boxes that fill the box, face to face, flush with it; here and there one is left out. */
const partition: Fill = (draft, half, depth) => {
  const [nx, ny, nz] = parts(draft);
  const [xs, ys, zs] = [
    cuts(draft, half[0], nx),
    cuts(draft, half[1], ny),
    cuts(draft, half[2], nz),
  ];
  const leave = draft.pick([0, 0, 0.2]);
  const pieces: Piece[] = [];
  for (let i = 1; i < xs.length; i++)
    for (let j = 1; j < ys.length; j++)
      for (let k = 1; k < zs.length; k++) {
        if (draft.chance(leave)) continue;
        const ends = [
          [xs[i - 1], xs[i]],
          [ys[j - 1], ys[j]],
          [zs[k - 1], zs[k]],
        ] as [number, number][];
        const size = ends.map(([low, high]) => (high - low) / 2) as unknown as Vector3;
        const at = ends.map(([low, high]) => (high + low) / 2) as unknown as Vector3;
        draft.budget--;
        pieces.push({ volume: boxVolume(draft, size, depth), at });
      }
  return pieces;
};

/** Equal boxes, all copies of one volume, face to face. */
const lattice: Fill = (draft, half, depth) => {
  const counts = parts(draft);
  const size = half.map((h, axis) => h / (counts[axis] ?? 1)) as unknown as Vector3;
  const volume = boxVolume(draft, size, Math.min(depth, 2));
  const pieces: Piece[] = [];
  for (let i = 0; i < counts[0]; i++)
    for (let j = 0; j < counts[1]; j++)
      for (let k = 0; k < counts[2]; k++) {
        draft.budget--;
        pieces.push({
          volume,
          at: [i, j, k].map(
            (n, axis) => (2 * n + 1) * (size[axis] ?? 0) - (half[axis] ?? 0),
          ) as unknown as Vector3,
        });
      }
  return pieces;
};

const mirrors: readonly Vector3[] = [
  [-1, 1, 1],
  [1, -1, 1],
  [-1, -1, -1],
];

/** Solids of all kinds, each turned at will in a cell of its own: nothing touches. */
const apart: Fill = (draft, half, depth) => {
  const counts = parts(draft);
  const cell = half.map((h, axis) => h / (counts[axis] ?? 1)) as unknown as Vector3;
  const reach = Math.min(...cell) * 0.57;
  const pieces: Piece[] = [];
  for (let i = 0; i < counts[0]; i++)
    for (let j = 0; j < counts[1]; j++)
      for (let k = 0; k < counts[2]; k++) {
        if (draft.chance(0.1)) continue;
        draft.budget--;
        const size: Vector3 = [0, 0, 0].map(
          () => reach * draft.between(0.2, 1),
        ) as unknown as Vector3;
        pieces.push({
          volume: anyVolume(draft, size, depth),
          at: [i, j, k].map(
            (n, axis) => (2 * n + 1) * (cell[axis] ?? 0) - (half[axis] ?? 0),
          ) as unknown as Vector3,
          turn: draft.rotation(),
          ...(draft.chance(0.1) ? { mirror: draft.pick(mirrors) } : {}),
        });
      }
  return pieces;
};

/** Another filling, turned as a whole. */
const turned: Fill = (draft, half, depth) => {
  const h = Math.min(...half) * 0.57;
  const chosen = draft.pick([
    partition,
    lattice,
    tubes,
    shells,
    layers,
    cones,
    fitted,
    wedges,
    profile,
    faceted,
  ]);
  return draft.moved(chosen(draft, [h, h, h], depth), draft.rotation());
};

/** One box in the corner, on an edge or on a face of the mother: flush with one to three of its faces. */
const corner: Fill = (draft, half, depth) => {
  const size = half.map(
    (h) => h * draft.pick([1, 0.5, 0.75, draft.between(0.3, 0.95)]),
  ) as unknown as Vector3;
  const at = size.map((s, axis) => {
    const room = (half[axis] ?? 0) - s;
    return draft.pick([room, -room, 0, room]);
  }) as unknown as Vector3;
  draft.budget--;
  return [{ volume: boxVolume(draft, size, depth), at }];
};

/** The ways to fill a box. */
export const fillers: readonly { readonly name: string; readonly fill: Fill }[] = [
  { name: 'partition', fill: partition },
  { name: 'lattice', fill: lattice },
  { name: 'apart', fill: apart },
  { name: 'turned', fill: turned },
  { name: 'layers', fill: layers },
  { name: 'corner', fill: corner },
  { name: 'tubes', fill: tubes },
  { name: 'shells', fill: shells },
  { name: 'cones', fill: cones },
  { name: 'profile', fill: profile },
  { name: 'fitted', fill: fitted },
  { name: 'wedges', fill: wedges },
  { name: 'faceted', fill: faceted },
  { name: 'holes', fill: holes },
  { name: 'bulbs', fill: bulbs },
];
