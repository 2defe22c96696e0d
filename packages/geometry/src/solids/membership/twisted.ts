import type { TwistedBox, TwistedTrap, TwistedTrd, TwistedTubs } from '../../model/solid.ts';
import { trapMembership, trdMembership } from './flat.ts';
import type { Membership } from './membership.ts';
import { phiSegment } from './phi-segment.ts';

/** A solid whose cross-section at z is turned by PhiTwist · z / Z about the point (cx, cy) · z / Z. */
function twisted(
  straight: Membership,
  { PhiTwist, z: Z }: { readonly PhiTwist: number; readonly z: number },
  cx = 0,
  cy = 0,
): Membership {
  return (x, y, z) => {
    const angle = (-PhiTwist * z) / Z;
    const [u, v] = [x - (cx * z) / Z, y - (cy * z) / Z];
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    return straight(u * c - v * s, u * s + v * c, z);
  };
}

/** A box, each layer turned. */
export function twistedBoxMembership(box: TwistedBox): Membership {
  const { name, x, y, z } = box;
  return twisted(trdMembership({ type: 'trd', name, x1: x, x2: x, y1: y, y2: y, z }), box);
}

/** A trd, each layer turned. */
export function twistedTrdMembership(trd: TwistedTrd): Membership {
  return twisted(trdMembership({ ...trd, type: 'trd' }), trd);
}

/**
 * A trap, each layer turned about its own centre, which leans by theta along phi.
 *
 * @see G4VTwistedFaceted::Inside
 */
export function twistedTrapMembership(trap: TwistedTrap): Membership {
  const { name, z, y1, x1, x2, y2, x3, x4, Alph, Theta, Phi } = trap;
  const straight = trapMembership({
    ...{ type: 'trap', name, z, y1, x1, x2, y2, x3, x4 },
    ...{ theta: 0, phi: 0, alpha1: Alph, alpha2: Alph },
  });
  const lean = z * Math.tan(Theta);
  return twisted(straight, trap, lean * Math.cos(Phi), lean * Math.sin(Phi));
}

/**
 * A tube segment between hyperboloids of straight lines: r² = r0² (1 + κ² z²), turned by atan(κ z), with
 * κ = tan(twist / 2) / (Z / 2) and r0 = r(end) cos(twist / 2).
 *
 * @see G4TwistedTubs, constructor
 */
export function twistedTubsMembership(tubs: TwistedTubs): Membership {
  const { twistedangle, endinnerrad, endouterrad, zlen, phi } = tubs;
  const kappa = Math.tan(twistedangle / 2) / (zlen / 2);
  const waist = Math.cos(twistedangle / 2);
  const inSegment = phiSegment(-phi / 2, phi);
  return (x, y, z) => {
    if (Math.abs(z) > zlen / 2) return false;
    const widening = waist * Math.hypot(1, kappa * z);
    const r = Math.hypot(x, y);
    if (r < endinnerrad * widening || r > endouterrad * widening) return false;
    const turned = Math.atan2(y, x) - Math.atan(kappa * z);
    return inSegment(Math.cos(turned), Math.sin(turned));
  };
}
