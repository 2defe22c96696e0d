import type { Matrix3, Vector3 } from '@lantern/units';
import { bumpyFacets, star } from '../../geometry/test/solids/mesh-solids.ts';
import type { Draft, Piece } from './random-detector.ts';
import { boxVolume, fillBox, full, shrunk, turn } from './random-filling.ts';

/** One of many kinds of solids, with daughters in a box inside it where one is known. */
export function anyVolume(draft: Draft, half: Vector3, depth: number): string {
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
    () => draft.volume(rareSolid(draft, half), []),
    () => draft.volume(rareSolid(draft, half), []),
  ]);
  return make();
}

/** A box less a tube along z through all of it. */
export function drilledBox(draft: Draft, half: Vector3): string {
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

export const standing = (at: Vector3, rotation: Matrix3 = [1, 0, 0, 0, 1, 0, 0, 0, 1]) => ({
  rotation,
  translation: at,
  scale: [1, 1, 1],
});

/** One of the less common solids, in a box about the origin of those half lengths. */
function rareSolid(draft: Draft, [hx, hy, hz]: Vector3): string {
  const r = Math.min(hx, hy);
  const outline = [
    { r: 0.2 * r, z: -hz },
    { r, z: -0.2 * hz },
    { r: 0.4 * r, z: 0 },
    { r: 0.9 * r, z: hz },
    { r: 0.1 * r, z: 0.4 * hz },
  ];
  const square = [
    { x: -hx, y: -hy },
    { x: hx, y: -hy },
    { x: hx, y: hy },
    { x: -hx, y: hy },
  ];
  const phi = draft.between(-0.6, 0.6);
  const twisted = square.map(({ x, y }) => ({
    x: 0.5 * (x * Math.cos(phi) - y * Math.sin(phi)),
    y: 0.5 * (x * Math.sin(phi) + y * Math.cos(phi)),
  }));
  return draft.solid(
    draft.pick<Parameters<Draft['solid']>[0]>([
      { type: 'elcone', dx: hx / (3 * hz), dy: hy / (3 * hz), zmax: 2 * hz, zcut: hz },
      { type: 'paraboloid', rlo: draft.between(0, 0.5) * r, rhi: r, dz: hz },
      { type: 'arb8', dz: hz, vertices: [...square, ...twisted] },
      {
        type: 'tet',
        vertices: [
          [-hx, -hy, -hz],
          [hx, -hy, -hz],
          [0, hy, -hz],
          [0, 0, hz],
        ],
      },
      {
        type: 'genericPolycone',
        startphi: 0,
        deltaphi: draft.pick([turn, 2, 4]),
        corners: outline,
      },
      {
        ...{ type: 'genericPolyhedra', startphi: 0, deltaphi: draft.pick([turn, 3]) },
        ...{ numsides: draft.whole(4, 7), corners: outline },
      },
      {
        type: 'xtru',
        outline: star(draft.whole(3, 9), 0.6 * r, 0.3 * r),
        sections: [
          { z: -hz, xOffset: 0, yOffset: 0, scale: 1 },
          { z: 0, xOffset: 0.2 * r, yOffset: 0, scale: 0.5 },
          { z: hz, xOffset: 0, yOffset: 0.1 * r, scale: draft.pick([0, 1]) },
        ],
      },
      { type: 'tessellated', facets: bumpyFacets(2, draft.whole(1, 99), Math.min(r, hz) / 50) },
      {
        ...{ type: 'twistedtubs', twistedangle: draft.between(-1, 1), phi: draft.between(0.3, 6) },
        ...{ endinnerrad: draft.pick([0, 0.4 * r]), endouterrad: r, zlen: 2 * hz },
      },
    ]),
  );
}
