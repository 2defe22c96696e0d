// Mie scattering by the phase function of Henyey and Greenstein.

import { goAbout, polariseLike } from './emission';
import {
  materialMieBackward,
  materialMieForward,
  materialMieForwardRatio,
} from './generated/scene';
import { draw } from './philox';
import { dx, dy, dz, ex, ey, ez } from './photon';

// A cosine of the density (1 - g^2) / 2 (1 + g^2 - 2 g c)^(3/2), whose mean is
// g: the inverse of its integral, written so that g may be 0 or -1 or 1.
// Henyey and Greenstein, Astrophys. J. 93 (1941) 70. [BULK7]
@inline export function henyeyGreenstein(g: f64, u: f64): f64 {
  const a = 1.0 + g;
  const b = 1.0 - g + 2.0 * g * u;
  return min(1.0, (2.0 * u * a * a * (1.0 - g + g * u)) / (b * b) - 1.0);
}

// Forward with the chance of the material, else backward; the new polarisation
// is as near to the old one as it can be. The distributions of G4OpMieHG.
// Draws: forward or backward where there is a choice, cosine, azimuth. [BULK7]
export function mie(material: i32): void {
  const ratio = materialMieForwardRatio(material);
  const forward = ratio >= 1.0 || (ratio > 0.0 && draw() <= ratio);
  const g = forward ? materialMieForward(material) : materialMieBackward(material);
  const cosine = henyeyGreenstein(g, draw());
  const x = ex;
  const y = ey;
  const z = ez;
  goAbout(forward ? cosine : -cosine, dx, dy, dz);
  polariseLike(x, y, z);
}
