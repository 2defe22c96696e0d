import type { Matrix3, Vector3 } from '@lantern/units';
import type { Draft, Piece } from './random-detector.ts';

/** Daughters for a box about the origin, by its half lengths: none overlap, and none stand out of it. */
type Fill = (draft: Draft, half: Vector3, depth: number) => Piece[];

const turn = 2 * Math.PI;
const full = { startphi: 0, deltaphi: turn };

/** The solid `type` around the origin of the box with those half lengths, and daughters inside, if it may have some. */
function boxVolume(draft: Draft, half: Vector3, depth: number): string {
  const solid = draft.solid({ type: 'box', x: 2 * half[0], y: 2 * half[1], z: 2 * half[2] });
  return draft.volume(solid, fillBox(draft, half, depth - 1));
}

function fillBox(draft: Draft, half: Vector3, depth: number): Piece[] {
  if (depth <= 0 || draft.budget <= 0 || draft.chance(0.15)) return [];
  if (Math.min(...half) < 0.05) return draft.chance(0.5) ? layers(draft, half, depth) : [];
  return draft.pick(fillers).fill(draft, half, depth);
}

/** Half lengths a bit less, so that nothing inside touches. */
function shrunk(half: Vector3, by: number): Vector3 {
  return [half[0] * by, half[1] * by, half[2] * by];
}

/** One of many kinds of solids, with daughters in a box inside it where one is known. */
function anyVolume(draft: Draft, half: Vector3, depth: number): string {
  const [hx, hy, hz] = half;
  const r = Math.min(hx, hy);
  const ball = Math.min(r, hz);
  const inner = (box: Vector3): Piece[] => fillBox(draft, shrunk(box, 0.98), depth - 1);
  const make = draft.pick<() => string>([
    () => boxVolume(draft, half, depth),
    () => boxVolume(draft, half, depth),
    () =>
      draft.volume(draft.solid({ type: 'orb', r: ball }), inner(shrunk([ball, ball, ball], 0.57))),
    () =>
      draft.volume(
        draft.solid({ type: 'tube', rmin: 0, rmax: r, z: 2 * hz, ...full }),
        inner([0.7 * r, 0.7 * r, hz]),
      ),
    () =>
      draft.volume(
        draft.solid({
          type: 'tube',
          rmin: draft.between(0.1, 0.9) * r,
          rmax: r,
          z: 2 * hz,
          startphi: draft.between(0, 6),
          deltaphi: draft.between(0.1, turn),
        }),
        [],
      ),
    () =>
      draft.volume(
        draft.solid({
          type: 'cone',
          rmin1: 0,
          rmax1: r,
          rmin2: 0,
          rmax2: 0.5 * r,
          z: 2 * hz,
          ...full,
        }),
        inner([0.35 * r, 0.35 * r, hz]),
      ),
    () =>
      draft.volume(
        draft.solid({
          type: 'sphere',
          rmin: draft.between(0.1, 0.99) * ball,
          rmax: ball,
          startphi: draft.between(0, 6),
          deltaphi: draft.between(0.2, turn),
          starttheta: 0.3,
          deltatheta: draft.between(0.2, 2.8),
        }),
        [],
      ),
    () =>
      draft.volume(
        draft.solid({ type: 'ellipsoid', ax: hx, by: hy, cz: hz, zcut1: -0.5 * hz, zcut2: hz }),
        inner([0.4 * hx, 0.4 * hy, 0.49 * hz]),
      ),
    () =>
      draft.volume(
        draft.solid({ type: 'torus', rmin: 0, rmax: 0.3 * ball, rtor: 0.7 * ball, ...full }),
        [],
      ),
    () =>
      draft.volume(
        draft.solid({ type: 'trd', x1: 2 * hx, x2: hx, y1: hy, y2: 2 * hy, z: 2 * hz }),
        inner([0.5 * hx, 0.5 * hy, hz]),
      ),
    () =>
      draft.volume(
        draft.solid({
          type: 'polycone',
          ...full,
          planes: [
            { z: -hz, rmin: 0, rmax: 0.6 * r },
            { z: -0.3 * hz, rmin: 0, rmax: r },
            { z: 0.2 * hz, rmin: 0.3 * r, rmax: 0.8 * r },
            { z: 0.2 * hz, rmin: 0.3 * r, rmax: r },
            { z: hz, rmin: 0.5 * r, rmax: 0.5 * r + 1e-3 },
          ],
        }),
        [],
      ),
    () =>
      draft.volume(
        draft.solid({
          type: 'polyhedra',
          ...full,
          numsides: draft.whole(3, 9),
          planes: [
            { z: -hz, rmin: 0, rmax: 0.5 * r },
            { z: hz, rmin: 0, rmax: 0.4 * r },
          ],
        }),
        inner([0.28 * r, 0.28 * r, hz]),
      ),
    () =>
      draft.volume(
        draft.solid({
          type: 'hype',
          rmin: 0,
          rmax: 0.4 * r,
          inst: 0,
          outst: Math.atan((0.9 * r) / hz),
          z: 2 * hz,
        }),
        inner([0.28 * r, 0.28 * r, hz]),
      ),
    () => draft.volume(drilledBox(draft, half), []),
    () =>
      draft.volume(
        draft.solid({ type: 'eltube', dx: hx, dy: hy, dz: hz }),
        inner([0.7 * hx, 0.7 * hy, hz]),
      ),
  ]);
  return make();
}

/** A box less a tube along z through all of it. */
function drilledBox(draft: Draft, half: Vector3): string {
  const box = draft.solid({ type: 'box', x: 2 * half[0], y: 2 * half[1], z: 2 * half[2] });
  const r = 0.6 * Math.min(half[0], half[1]);
  const hole = draft.solid({ type: 'tube', rmin: 0, rmax: r, z: 2 * half[2], ...full });
  return draft.solid({
    type: 'subtraction',
    first: box,
    second: hole,
    transform: standing([0, 0, 0]),
  });
}

const standing = (at: Vector3, rotation: Matrix3 = [1, 0, 0, 0, 1, 0, 0, 0, 1]) => ({
  rotation,
  translation: at,
  scale: [1, 1, 1],
});

/** Cuts of [-half, half] into that many parts, of random lengths; sometimes with very thin ones. */
function cuts(draft: Draft, half: number, parts: number): number[] {
  const inner = Array.from({ length: parts - 1 }, () => draft.between(-half, half));
  if (draft.chance(0.3))
    for (let i = 1; i < inner.length; i += 2)
      inner[i] = Math.min(half * 0.999, (inner[i - 1] ?? 0) + draft.pick([1e-3, 1e-2]));
  return [-half, ...inner.sort((a, b) => a - b), half].filter(
    (x, i, all) => i === 0 || x - (all[i - 1] ?? 0) > 1e-4,
  );
}

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
  ]);
  return draft.moved(chosen(draft, [h, h, h], depth), draft.rotation());
};

/** Layers from face to face, most of them 1 or 10 micrometres thin. */
const layers: Fill = (draft, half, depth) => {
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
const tubes: Fill = (draft, half, depth) => {
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
const shells: Fill = (draft, half, depth) => {
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
const cones: Fill = (draft, half) => {
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
const profile: Fill = (draft, half) => {
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

/** Booleans and what fits into them without a gap. */
const fitted: Fill = (draft, half, depth) => {
  const [hx, hy, hz] = half;
  const r = 0.6 * Math.min(hx, hy);
  const box = draft.solid({ type: 'box', x: 2 * hx, y: 2 * hy, z: 2 * hz });
  draft.budget -= 2;
  const kind = draft.whole(0, 4);
  if (kind === 0) {
    const plug = draft.solid({ type: 'tube', rmin: 0, rmax: r, z: 2 * hz, ...full });
    return [
      { volume: draft.volume(drilledBox(draft, half), []), at: [0, 0, 0] },
      {
        volume: draft.volume(plug, fillBox(draft, [0.7 * r, 0.7 * r, hz], depth - 1)),
        at: [0, 0, 0],
      },
    ];
  }
  if (kind === 1) {
    const small = Math.min(...half) * 0.5;
    const ball = draft.solid({ type: 'orb', r: small });
    const at: Vector3 = [hx - small * draft.pick([1, 1.1]), hy - small * 1.2, 0];
    const rest = draft.solid({
      type: 'subtraction',
      first: box,
      second: ball,
      transform: standing(at),
    });
    return [
      { volume: draft.volume(rest, []), at: [0, 0, 0] },
      {
        volume: draft.volume(ball, fillBox(draft, shrunk([small, small, small], 0.57), depth - 1)),
        at,
      },
    ];
  }
  if (kind === 2) {
    // A corner cut off along the faces, and the corner put back.
    const small = draft.solid({ type: 'box', x: hx, y: hy, z: hz });
    const at: Vector3 = [hx / 2, hy / 2, hz / 2];
    const rest = draft.solid({
      type: 'subtraction',
      first: box,
      second: small,
      transform: standing(at),
    });
    return [
      { volume: draft.volume(rest, []), at: [0, 0, 0] },
      { volume: draft.volume(small, fillBox(draft, [hx / 2, hy / 2, hz / 2], depth - 1)), at },
    ];
  }
  if (kind === 3) {
    const ball = draft.solid({ type: 'orb', r: Math.min(...half) * 1.3 });
    const common = draft.solid({
      type: 'intersection',
      first: box,
      second: ball,
      transform: standing([0, 0, 0]),
    });
    const rest = draft.solid({
      type: 'subtraction',
      first: box,
      second: ball,
      transform: standing([0, 0, 0]),
    });
    return [
      { volume: draft.volume(common, []), at: [0, 0, 0] },
      { volume: draft.volume(rest, []), at: [0, 0, 0] },
    ];
  }
  const half1 = draft.solid({ type: 'box', x: hx, y: 2 * hy, z: hz });
  const union = draft.solid({
    type: 'union',
    first: draft.solid({ type: 'box', x: hx, y: 2 * hy, z: 2 * hz }),
    second: half1,
    transform: standing([hx, 0, hz / 2]),
  });
  return [
    { volume: draft.volume(union, []), at: [-hx / 2, 0, 0] },
    {
      volume: draft.volume(half1, fillBox(draft, [hx / 2, hy, hz / 2], depth - 1)),
      at: [hx / 2, 0, -hz / 2],
    },
  ];
};

/** Trapezoids that share their slanted faces. */
const wedges: Fill = (draft, half) => {
  const [hx, hy, hz] = half;
  draft.budget -= 3;
  const x = hx / 2;
  const trd = draft.solid({
    type: 'trd',
    x1: 2 * x * 0.5,
    x2: 2 * x * 0.25,
    y1: 2 * hy,
    y2: 2 * hy,
    z: 2 * hz,
  });
  const flip: Matrix3 = [-1, 0, 0, 0, 1, 0, 0, 0, -1];
  const volume = draft.volume(trd, []);
  const step = x * 0.5 + x * 0.25;
  return [0, 1, 2].map(
    (i): Piece => ({
      volume,
      at: [(i - 1) * step, 0, 0],
      ...(i === 1 ? { turn: flip } : {}),
    }),
  );
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
];
