import type { Vector3 } from '@lantern/units';
import type { Draft, Piece } from './random-detector.ts';
import { cuts, type Fill, fillBox, full, shrunk, turn } from './random-filling.ts';

/** The pieces of z along the box, each with what `make` puts between two z. */
function stacked(
  draft: Draft,
  half: number,
  most: number,
  make: (dz: number) => string[],
): Piece[] {
  const zs = cuts(draft, half, draft.whole(1, most));
  return zs.slice(1).flatMap((high, i) => {
    const low = zs[i] ?? 0;
    draft.budget--;
    return make(high - low).map((volume): Piece => ({ volume, at: [0, 0, (high + low) / 2] }));
  });
}

function radii(draft: Draft, outer: number, most: number): number[] {
  const list = Array.from(
    { length: draft.whole(1, most) },
    () => draft.between(0.05, 0.98) * outer,
  );
  if (draft.chance(0.4) && list[0]) list.push(list[0] + 1e-3, list[0] + 1.1e-2);
  return [...new Set([0, ...list, outer])]
    .filter((r) => r <= outer)
    .sort((a, b) => a - b)
    .filter((x, i, all) => i === 0 || x - (all[i - 1] ?? 0) > 1e-4);
}

/** Tubes in tubes with common radii, in stacks, some cut into segments. */
export const tubes: Fill = (draft, half, depth) => {
  const outer = Math.min(half[0], half[1]);
  const flush = draft.chance(0.5);
  const pieces = stacked(draft, half[2], 3, (z) => {
    const rs = radii(draft, outer, 4);
    return rs.slice(1).flatMap((rmax, i) => {
      const rmin = rs[i] ?? 0;
      draft.budget--;
      const segments = draft.pick([1, 1, 2, 3, 4, 6]);
      const start = draft.pick([0, draft.between(0, 6)]);
      const inside =
        rmin === 0 && segments === 1 && !flush
          ? fillBox(draft, [rmax * 0.7, rmax * 0.7, z / 2], depth - 1)
          : [];
      return Array.from({ length: segments }, (_, k) =>
        draft.volume(
          draft.solid({
            type: 'tube',
            rmin,
            rmax,
            z,
            startphi: start + (k * turn) / segments,
            deltaphi: turn / segments,
          }),
          inside,
        ),
      );
    });
  });
  if (!flush) return pieces;
  const mother = draft.solid({ type: 'tube', rmin: 0, rmax: outer, z: 2 * half[2], ...full });
  return [{ volume: draft.volume(mother, pieces), at: [0, 0, 0] }];
};

/** Shells in shells, about a ball; some cut in theta and phi. */
export const shells: Fill = (draft, half, depth) => {
  const outer = Math.min(...half);
  const rs = radii(draft, outer, 4);
  const pieces: Piece[] = rs.slice(1).flatMap((rmax, i) => {
    const rmin = rs[i] ?? 0;
    draft.budget--;
    if (rmin === 0 && draft.chance(0.6)) {
      const inside = fillBox(draft, shrunk([rmax, rmax, rmax], 0.57), depth - 1);
      return [
        {
          volume: draft.volume(draft.solid({ type: 'orb', r: rmax }), inside),
          at: [0, 0, 0] as Vector3,
        },
      ];
    }
    const segments = draft.pick([1, 1, 2, 4]);
    const thetas = draft.pick([
      [0, Math.PI],
      [0, 1, Math.PI],
      [0, Math.PI / 2, Math.PI],
      [0, 0.5, 2.5, Math.PI],
    ]);
    return Array.from({ length: segments }, (_, k) =>
      thetas.slice(1).map(
        (high, t): Piece => ({
          volume: draft.volume(
            draft.solid({
              type: 'sphere',
              rmin,
              rmax,
              startphi: (k * turn) / segments,
              deltaphi: turn / segments,
              starttheta: thetas[t] ?? 0,
              deltatheta: high - (thetas[t] ?? 0),
            }),
            [],
          ),
          at: [0, 0, 0],
        }),
      ),
    ).flat();
  });
  if (draft.chance(0.5)) return pieces;
  return [{ volume: draft.volume(draft.solid({ type: 'orb', r: outer }), pieces), at: [0, 0, 0] }];
};

/** Cones in cones with common sides. */
export const cones: Fill = (draft, half) => {
  const outer = Math.min(half[0], half[1]);
  const low = radii(draft, outer, 3);
  const high = low.map((r) => r * 0.4);
  const tip = draft.chance(0.3);
  const pieces = low.slice(1).map((rmax1, i): Piece => {
    draft.budget--;
    return {
      volume: draft.volume(
        draft.solid({
          type: 'cone',
          rmin1: low[i] ?? 0,
          rmax1,
          rmin2: tip ? 0 : (high[i] ?? 0),
          rmax2: tip ? (i === low.length - 2 ? outer * 0.5 : 0) : (high[i + 1] ?? 0),
          z: 2 * half[2],
          ...full,
        }),
        [],
      ),
      at: [0, 0, 0],
    };
  });
  return tip ? pieces.slice(-1) : pieces;
};

/** Polycones in one another, in parts end to end, flush. */
export const profile: Fill = (draft, half) => {
  const r = Math.min(half[0], half[1]);
  const h = half[2];
  const plane = (z: number, rmin: number, rmax: number) => ({
    z: z * h,
    rmin: rmin * r,
    rmax: rmax * r,
  });
  const inner = [0.2, 0.3, 0.1, 0.4, 0.2];
  const zs = [-1, -0.4, 0, 0.6, 1];
  const type = draft.pick(['polycone', 'polyhedra'] as const);
  const sides = type === 'polyhedra' ? { numsides: draft.whole(4, 8) } : {};
  const outerOf = type === 'polyhedra' ? 0.7 : 1;
  const make = (planes: ReturnType<typeof plane>[]): Piece => {
    draft.budget--;
    return {
      volume: draft.volume(draft.solid({ type, ...sides, ...full, planes }), []),
      at: [0, 0, 0],
    };
  };
  const cut = draft.whole(1, 3);
  const core = (from: number, to: number) =>
    make(zs.slice(from, to + 1).map((z, i) => plane(z, 0, inner[from + i] ?? 0)));
  const coat = (from: number, to: number) =>
    make(
      zs
        .slice(from, to + 1)
        .map((z, i) => plane(z, inner[from + i] ?? 0, outerOf * (0.5 + 0.5 * Math.abs(z)))),
    );
  return [core(0, cut), core(cut, 4), coat(0, 4 - cut), coat(4 - cut, 4)];
};
