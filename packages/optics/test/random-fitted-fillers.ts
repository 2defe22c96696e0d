import type { Matrix3, Vector3 } from '@lantern/units';
import { ballFacets } from '../../geometry/test/solids/mesh-solids.ts';
import type { Piece } from './random-detector.ts';
import { boxVolume, type Fill, fillBox, full, shrunk } from './random-filling.ts';
import { drilledBox, standing } from './random-solids.ts';

/** Booleans and what fits into them without a gap. */
export const fitted: Fill = (draft, half, depth) => {
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
export const wedges: Fill = (draft, half) => {
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

/** An extruded ell and the box in its corner; meshes that touch, and what stands flush in them. */
export const faceted: Fill = (draft, half, depth) => {
  const [hx, hy, hz] = half;
  draft.budget -= 2;
  const ell = draft.solid({
    type: 'xtru',
    outline: [
      { x: -hx, y: -hy },
      { x: hx, y: -hy },
      { x: hx, y: 0 },
      { x: 0, y: 0 },
      { x: 0, y: hy },
      { x: -hx, y: hy },
    ],
    sections: [-hz, hz].map((z) => ({ z, xOffset: 0, yOffset: 0, scale: 1 })),
  });
  const arm = fillBox(draft, [hx / 2, hy, hz], depth - 1);
  const inside = draft.moved(arm, [1, 0, 0, 0, 1, 0, 0, 0, 1], [-hx / 2, 0, 0]);
  const size: Vector3 = [hx / 2, hy / 2, hz];
  const ball = draft.solid({ type: 'tessellated', facets: ballFacets(2, () => Math.min(...size)) });
  const rest = draft.solid({
    type: 'subtraction',
    first: draft.solid({ type: 'box', x: hx, y: hy, z: 2 * hz }),
    second: ball,
    transform: standing([0, 0, 0]),
  });
  const at: Vector3 = [hx / 2, hy / 2, 0];
  const corner = draft.chance(0.5)
    ? [{ volume: boxVolume(draft, size, depth), at }]
    : [rest, ball].map((solid) => ({ volume: draft.volume(solid, []), at }));
  return [{ volume: draft.volume(ell, inside), at: [0, 0, 0] }, ...corner];
};
