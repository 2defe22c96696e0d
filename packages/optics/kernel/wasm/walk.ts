// A straight walk through the volumes, for charged particles: the same
// navigation as the photon's, one step at a time, driven from outside.

import { directionToLocal, fx, fy, fz } from './frame';
import {
  nodeParent,
  nodeMaterial,
  nodeTransform,
} from './generated/scene';
import { locate } from './locate';
import {
  crossToFarSide,
  farNode,
  findFarSide,
  nextBoundary,
} from './navigate';
import {
  dx,
  dy,
  dz,
  node,
  px,
  py,
  pz,
  setDirection,
  setPolarisation,
  setPosition,
} from './photon';

// Begins at a point of the world; the node there, -1 outside the world.
export function walkStart(
  x: f64,
  y: f64,
  z: f64,
  ux: f64,
  uy: f64,
  uz: f64,
): i32 {
  setPosition(x, y, z);
  setDirection(ux, uy, uz);
  // A vector that is not along the direction will do for the polarisation.
  setPolarisation(uy, uz, ux);
  return locate() ? node : -1;
}

// Distance to the next boundary, mm.
export function walkDistance(): f64 {
  return nextBoundary(Infinity);
}

// Goes on by `s` mm, not beyond the boundary.
export function walkAdvance(s: f64): void {
  setPosition(px + s * dx, py + s * dy, pz + s * dz);
}

// Over the boundary that walkDistance() found and walkAdvance() reached; the
// node behind it, -1 outside the world.
export function walkCross(): i32 {
  findFarSide();
  if (farNode < 0) return -1;
  crossToFarSide();
  return node;
}

let turnedX: f64 = 0;
let turnedY: f64 = 0;
let turnedZ: f64 = 0;

// Turns to a new direction, given in the frame of the world.
export function walkTurn(ux: f64, uy: f64, uz: f64): void {
  turnedX = ux;
  turnedY = uy;
  turnedZ = uz;
  turnIntoFrame(node);
  setDirection(turnedX, turnedY, turnedZ);
}

function turnIntoFrame(n: i32): void {
  const parent = nodeParent(n);
  if (parent >= 0) turnIntoFrame(parent);
  const transform = nodeTransform(n);
  if (transform < 0) return;
  directionToLocal(transform, turnedX, turnedY, turnedZ);
  turnedX = fx;
  turnedY = fy;
  turnedZ = fz;
}

// The material that the walk is in.
export function walkMaterial(): i32 {
  return nodeMaterial(node);
}
