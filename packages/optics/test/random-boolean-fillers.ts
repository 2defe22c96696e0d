import { identity3, rotationZ, type Vector3 } from '@lantern/units';
import type { Piece } from './random-detector.ts';
import { type Fill, fillBox, full, shrunk, turn } from './random-filling.ts';

/** A plate with holes, each of its own subtraction, that others fill exactly: through it, blind, or inside it. */
export const holes: Fill = (draft, half, depth) => {
  const [hx, hy, hz] = half;
  const [nx, ny] = [draft.whole(1, 4), draft.whole(1, 3)];
  draft.budget -= nx * ny + 1;
  const cell: Vector3 = [hx / nx, hy / ny, hz];
  let plate = draft.solid({ type: 'box', x: 2 * hx, y: 2 * hy, z: 2 * hz });
  const fills: Piece[] = [];
  for (let i = 0; i < nx * ny; i++) {
    const r = 0.9 * Math.min(cell[0], cell[1]);
    const isBlind = draft.chance(0.3);
    const at: Vector3 = [
      (2 * (i % nx) + 1) * cell[0] - hx,
      (2 * Math.floor(i / nx) + 1) * cell[1] - hy,
      isBlind ? hz / 2 : 0,
    ];
    const height = isBlind ? hz : 2 * hz;
    const ball = Math.min(r, hz);
    const solid = draft.pick([
      () => draft.solid({ type: 'tube', rmin: 0, rmax: r, z: height, ...full }),
      () => draft.solid({ type: 'box', x: 2 * cell[0], y: 1.2 * cell[1], z: height }),
      () => draft.solid({ type: 'orb', r: ball }),
    ])();
    const isBall = draft.solids.get(solid)?.type === 'orb';
    const where: Vector3 = isBall ? [at[0], at[1], 0] : at;
    plate = draft.solid({
      type: 'subtraction',
      first: plate,
      second: solid,
      transform: { rotation: identity3, translation: where, scale: [1, 1, 1] },
    });
    if (draft.chance(0.2)) continue;
    const inner: Vector3 = isBall
      ? shrunk([ball, ball, ball], 0.5)
      : [0.5 * r, 0.5 * r, height / 2];
    const volume = draft.volume(solid, draft.chance(0.3) ? fillBox(draft, inner, depth - 1) : []);
    const isRound = draft.solids.get(solid)?.type !== 'box';
    fills.push({
      volume,
      at: where,
      ...(isRound ? { turn: rotationZ(draft.between(0, turn)) } : {}),
    });
  }
  return [{ volume: draft.volume(plate, []), at: [0, 0, 0] }, ...fills];
};

/** Unions, differences and intersections of few parts, each in another that is a bit larger or has the same faces. */
export const bulbs: Fill = (draft, half) => {
  const r = 0.6 * Math.min(...half);
  draft.budget -= 4;
  const bulb = (size: number, neck: number): string =>
    draft.solid({
      type: 'union',
      first: draft.solid({
        type: 'ellipsoid',
        ax: size,
        by: size,
        cz: 0.7 * size,
        zcut1: 0,
        zcut2: 0,
      }),
      second: draft.solid({ type: 'tube', rmin: 0, rmax: 0.4 * size, z: neck, ...full }),
      transform: { rotation: identity3, translation: [0, 0, -0.8 * r], scale: [1, 1, 1] },
    });
  const glass = bulb(r, r);
  // The necks end at the same plane, or not.
  const vacuum = bulb(0.95 * r, draft.chance(0.5) ? r : 0.98 * r);
  const upper = draft.solid({
    type: 'intersection',
    first: vacuum,
    second: draft.solid({ type: 'box', x: 4 * r, y: 4 * r, z: 2 * r }),
    transform: { rotation: identity3, translation: [0, 0, r], scale: [1, 1, 1] },
  });
  const inner = draft.volume(vacuum, [{ volume: draft.volume(upper, []), at: [0, 0, 0] }]);
  const outer = draft.volume(glass, [{ volume: inner, at: [0, 0, 0] }]);
  return [{ volume: outer, at: [0, 0, 0], turn: draft.rotation() }];
};
