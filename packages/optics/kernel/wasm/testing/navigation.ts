// The navigation one boundary at a time, in 64 bits, for tests that compare it
// with a slow tracker of their own.

import {
  crossToFarSide,
  farNode,
  farNormalX,
  farNormalY,
  farNormalZ,
  findFarSide,
  nextBoundary,
} from '../navigate';
import {
  dx,
  dy,
  dz,
  node,
  px,
  py,
  pz,
  setDirection,
  setPosition,
} from '../photon';

export { walkStart as navigateFrom } from '../walk';
export { farNode, farNormalX, farNormalY, farNormalZ, node, px, py, pz };

// To the next boundary, or `limit` mm if that is nearer; the way made.
export function navigateOn(limit: f64): f64 {
  const way = nextBoundary(limit);
  setPosition(px + way * dx, py + way * dy, pz + way * dz);
  return way;
}

// What is behind the boundary reached: the node, -1 outside the world.
export function navigateLook(): i32 {
  findFarSide();
  return farNode;
}

// Over the boundary looked at.
export function navigateCross(): void {
  crossToFarSide();
}

// A new direction, in the frame of the node.
export function navigateTurn(ux: f64, uy: f64, uz: f64): void {
  setDirection(ux, uy, uz);
}
