import type { Point2, TwistedBox, TwistedTrap, TwistedTrd } from '../model/solid.ts';

/**
 * A solid between z = -halfZ and +halfZ whose cross-section is a quadrangle: its corners go linearly from `low` to
 * `high`, and the whole is turned by `turn` z about (leanX, leanY) z.
 */
export interface TwistedPrism {
  readonly halfZ: number;
  /** Corners at both ends before they are turned, counterclockwise, mm. */
  readonly low: readonly Point2[];
  readonly high: readonly Point2[];
  /** rad/mm. */
  readonly turn: number;
  readonly leanX: number;
  readonly leanY: number;
}

/** A twisted box, trd or trap as a twisted prism (G4VTwistedFaceted). */
export function twistedPrism(solid: TwistedBox | TwistedTrd | TwistedTrap): TwistedPrism {
  const base = { halfZ: solid.z / 2, turn: solid.PhiTwist / solid.z };
  const upright = { ...base, leanX: 0, leanY: 0 };
  switch (solid.type) {
    case 'twistedbox': {
      const end = faceCorners(solid.y, solid.x, solid.x, 0);
      return { ...upright, low: end, high: end };
    }
    case 'twistedtrd':
      return {
        ...upright,
        low: faceCorners(solid.y1, solid.x1, solid.x1, 0),
        high: faceCorners(solid.y2, solid.x2, solid.x2, 0),
      };
    case 'twistedtrap': {
      const lean = Math.tan(solid.Theta);
      return {
        ...base,
        leanX: lean * Math.cos(solid.Phi),
        leanY: lean * Math.sin(solid.Phi),
        low: faceCorners(solid.y1, solid.x1, solid.x2, Math.tan(solid.Alph)),
        high: faceCorners(solid.y2, solid.x3, solid.x4, Math.tan(solid.Alph)),
      };
    }
  }
}

/** A trapezoid of height y about the origin, sheared along x; lengths in full. */
function faceCorners(y: number, xLowY: number, xHighY: number, shear: number): readonly Point2[] {
  const lean = (y / 2) * shear;
  return [
    { x: -lean - xLowY / 2, y: -y / 2 },
    { x: -lean + xLowY / 2, y: -y / 2 },
    { x: lean + xHighY / 2, y: y / 2 },
    { x: lean - xHighY / 2, y: y / 2 },
  ];
}

/** The point of the cross-section at z that is `along` of the way (0..1) from corner i to the next. */
export function pointOnSide(prism: TwistedPrism, i: number, along: number, z: number): Point2 {
  const a = cornerAt(prism, i, z);
  const b = cornerAt(prism, (i + 1) % prism.low.length, z);
  const x = a.x + along * (b.x - a.x);
  const y = a.y + along * (b.y - a.y);
  const [cos, sin] = [Math.cos(prism.turn * z), Math.sin(prism.turn * z)];
  return { x: cos * x - sin * y + prism.leanX * z, y: sin * x + cos * y + prism.leanY * z };
}

function cornerAt({ low, high, halfZ }: TwistedPrism, i: number, z: number): Point2 {
  const a = low[i] ?? { x: 0, y: 0 };
  const b = high[i] ?? a;
  const up = (z / halfZ + 1) / 2;
  return { x: a.x + up * (b.x - a.x), y: a.y + up * (b.y - a.y) };
}
